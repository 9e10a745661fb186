// A look-up of postal codes as it should be, each page with one fault.
(function () {
  var fault = document.documentElement.dataset.fault;
  var box = document.querySelector("[data-pk-places]");
  var field = box.querySelector("input"), told = box.querySelector("[data-pk-found]");
  function holds(row, code) {
    return row.cells[0].dataset.pkCodes.split(" ").some(function (span) {
      var ends = span.split("-"), last = ends[1] || ends[0];
      return ends[0] <= code && (fault === "edge" && ends[1] ? code < last : code <= last);
    });
  }
  function show() {
    var code = field.value.replace(/\s/g, "");
    told.textContent = "";
    if (fault === "kept") sessionStorage.setItem("code", code);
    if (/\D/.test(code) || code.length > 5) return told.append(fault === "mute" ? "" : box.dataset.pkWrong);
    if (code.length < 5) return;
    var found = Array.from(document.querySelectorAll("tbody tr")).filter(function (row) { return holds(row, code); });
    if (!found.length) told.append(box.dataset.pkNone.replace("{code}", code));
    found.forEach(function (row) {
      var name = document.createElement("h3");
      name.textContent = row.cells[2].textContent;
      told.append(name);
    });
  }
  field.addEventListener("input", show);
})();
