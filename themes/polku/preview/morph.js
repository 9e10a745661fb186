(() => {
  'use strict';
  const polku = window.polku;
  polku.on('revision', (n) => { if (n !== polku.revision) location.reload(); });
})();
