// A step of a drawing that takes the focus is brought into the frame: browsers leave it at the edge.
(() => {
  document.addEventListener('focusin', ({ target }) => {
    if (target.closest('.pk-scroll svg')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
})();
