// The language switch keeps the place on the page: anchors are the same in every language.
(function () {
  "use strict";
  function follow() {
    document.querySelectorAll("[data-pk-switch]").forEach(function (link) {
      link.hash = location.hash;
    });
  }
  addEventListener("hashchange", follow);
  follow();
})();
