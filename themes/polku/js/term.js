// The explanations of words. Escape closes one, until the pointer or the focus leaves it (WCAG 1.4.13). A
// finger cannot point: its first tap on a word explains it, the second follows the link.
(function () {
  "use strict";
  function termOf(event) {
    return event.target.closest && event.target.closest(".pk-term");
  }
  function closeOthers(term) {
    document.querySelectorAll(".pk-term-open").forEach(function (open) {
      if (open !== term) open.classList.remove("pk-term-open");
    });
  }
  function isTouch(event) {
    if (event.detail === 0) return false;
    return event.pointerType ? event.pointerType === "touch" : matchMedia("(hover: none)").matches;
  }
  function tap(event) {
    var term = termOf(event);
    closeOthers(term);
    if (!term || !isTouch(event) || !event.target.closest("a")) return;
    if (term.classList.contains("pk-term-open")) return;
    event.preventDefault();
    term.classList.remove("pk-term-shut");
    term.classList.add("pk-term-open");
  }
  function shut(event) {
    if (event.key !== "Escape") return;
    closeOthers(null);
    document.querySelectorAll(".pk-term:hover, .pk-term:focus-within").forEach(function (term) {
      term.classList.add("pk-term-shut");
    });
  }
  // A word broken over lines is crossed on the way to its explanation.
  function enter(event) {
    var term = termOf(event);
    if (term) term.style.setProperty("--pk-term-lines", term.firstElementChild.getClientRects().length - 1);
  }
  function leave(event) {
    var term = termOf(event);
    if (term && !term.contains(event.relatedTarget)) term.classList.remove("pk-term-shut");
  }
  addEventListener("click", tap);
  addEventListener("keydown", shut);
  addEventListener("mouseover", enter);
  addEventListener("mouseout", leave);
  addEventListener("focusout", leave);
})();
