// What takes the focus in a frame that scrolls is brought into it: browsers may leave it at the edge or beyond.
(() => {
  document.addEventListener('focusin', ({ target }) => {
    if (target.parentElement?.closest('.pk-scroll')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
})();
