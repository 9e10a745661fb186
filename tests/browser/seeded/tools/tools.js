// A guide and a list as they should be, each page with one fault.
(function () {
  var fault = document.documentElement.dataset.fault, step = 0;
  var guide = document.querySelector("[data-pk-guide]"), list = document.querySelector("[data-pk-ticks]");
  function all(what) { return Array.from(guide.querySelectorAll(what)); }
  function show(focus) {
    var questions = all("[data-pk-question]"), done = step === questions.length;
    questions.forEach(function (question, at) { question.hidden = at !== step; });
    all("[data-pk-end]").forEach(function (end) { end.hidden = !done || fault === "endless"; });
    var heading = done ? guide.querySelector("[data-pk-end] h2") : questions[step].querySelector("h2");
    if (focus && fault !== "focus") heading.focus();
    if (fault === "stores") localStorage.setItem("answers", step);
    if (fault === "address" && step) history.replaceState(null, "", "#" + step);
  }
  if (guide) {
    all("[data-pk-question] button").forEach(function (button) {
      button.addEventListener("click", function () { step += 1; show(true); });
    });
    guide.querySelector("[data-pk-back]").addEventListener("click", function () { if (fault !== "back") step -= 1; show(true); });
    guide.querySelector("[data-pk-whole]").addEventListener("click", function () {
      all("[data-pk-question], [data-pk-end]").forEach(function (part) { part.hidden = fault === "whole"; });
    });
    show(false);
  }
  if (list) {
    var box = list.querySelector("input");
    box.checked = localStorage.getItem("tick") === "yes";
    box.addEventListener("change", function () { if (fault !== "forgets") localStorage.setItem("tick", box.checked ? "yes" : ""); });
    list.querySelector("[data-pk-clear]").addEventListener("click", function () { if (fault !== "clings") localStorage.removeItem("tick"); });
  }
})();
