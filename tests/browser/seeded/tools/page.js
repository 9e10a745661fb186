// A page with an explanation and a link to copy, as it should be; each page with one fault.
(function () {
  var fault = document.documentElement.dataset.fault, word = document.querySelector(".word");
  var button = document.querySelector("h2 button"), told = document.querySelector("[role=status]");
  addEventListener("keydown", function (event) { if (event.key === "Escape" && fault !== "stays-open") word.classList.add("shut"); });
  word.addEventListener("mouseleave", function () { word.classList.remove("shut"); });
  word.addEventListener("focusout", function () { word.classList.remove("shut"); });
  if (fault === "fades") word.addEventListener("mouseover", function () { setTimeout(function () { word.classList.add("shut"); }, 100); });
  if (fault === "slips") document.querySelector(".tip").addEventListener("mouseenter", function () { word.classList.add("shut"); });
  button.addEventListener("click", function () {
    var place = fault === "elsewhere" ? "muualla" : "kohta";
    navigator.clipboard.writeText(location.href.split("#")[0] + "#" + place).then(function () {
      if (fault !== "silent") told.textContent = "Linkki kopioitu";
    });
  });
})();
