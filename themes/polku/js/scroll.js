// What takes the focus in a frame that scrolls is brought into it: browsers may leave it at the edge or beyond. The
// heads of a matrix stay in sight while it scrolls, unless long names make them so high that they would cover it.
(() => {
  document.addEventListener('focusin', ({ target }) => {
    if (target.parentElement?.closest('.pk-scroll')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  function fit() {
    document.querySelectorAll('.pk-matrix-page .pk-scroll').forEach((frame) => {
      const high = frame.querySelector('thead')?.offsetHeight ?? 0;
      const tall = high > frame.clientHeight / 3;
      frame.classList.toggle('pk-tall', tall);
      frame.style.scrollPaddingBlockStart = tall || !high ? '' : `${high + 8}px`;
    });
  }
  addEventListener('resize', fit);
  addEventListener('pk-changed', fit);
  fit();
})();
