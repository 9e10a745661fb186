// The language switch keeps the place on the page: anchors are the same in every language.
(function () {
  "use strict";
  function follow() {
    document.querySelectorAll("[data-pk-switch]").forEach(function (link) {
      // Letters of the alphabet are those of one language.
      link.hash = location.hash.indexOf("#_here-") === 0 ? "" : location.hash;
    });
  }
  addEventListener("hashchange", follow);
  addEventListener("pk-changed", follow);
  follow();
})();
