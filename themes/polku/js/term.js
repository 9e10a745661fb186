// Escape closes the explanation of a word, until the pointer or the focus leaves it (WCAG 1.4.13).
(function () {
  "use strict";
  function shut(event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".pk-term:hover, .pk-term:focus-within").forEach(function (term) {
      term.classList.add("pk-term-shut");
    });
  }
  function leave(event) {
    var term = event.target.closest && event.target.closest(".pk-term");
    if (term && !term.contains(event.relatedTarget)) term.classList.remove("pk-term-shut");
  }
  addEventListener("keydown", shut);
  addEventListener("mouseout", leave);
  addEventListener("focusout", leave);
})();
