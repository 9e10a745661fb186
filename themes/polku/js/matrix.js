// Filters of the matrix: one role or two beside each other, a phase, situations. Without this script the
// whole matrix is shown. What is chosen stands in the address, so that it can be passed on.
(function () {
  "use strict";
  var form = document.querySelector("[data-pk-filter]");
  var table = document.querySelector("[data-pk-matrix]");
  if (!form || !table) return;
  var heads, bodies, filtered = false;
  var selects = Array.from(form.querySelectorAll("select[name]"));
  var axes = Array.from(form.querySelectorAll("[data-pk-axis]"));
  var told = form.querySelector("output");

  function gather() {
    heads = Array.from(table.tHead.rows[0].cells).slice(2);
    bodies = Array.from(table.tBodies).map(function (body) {
      return { body: body, rows: Array.from(body.rows), phase: body.querySelector(".pk-matrix-phase") };
    });
  }

  function offered(select) {
    return Array.from(select.options).map(function (option) { return option.value; });
  }

  // A task that names no situation of an axis is for all of them.
  function isFor(row, select) {
    if (!select.value) return true;
    var own = (row.dataset.pkSituations || "").split(" ").filter(function (id) {
      return id && offered(select).includes(id);
    });
    return own.length === 0 || own.includes(select.value);
  }

  function columns() {
    var chosen = [form.elements.role.value, form.elements.other.value].filter(Boolean);
    return heads.map(function (head) { return chosen.length === 0 || chosen.includes(head.id); });
  }

  function show() {
    filtered = true;
    var shownColumns = columns();
    var all = shownColumns.every(Boolean);
    var phase = form.elements.phase.value;
    var count = 0;
    heads.forEach(function (head, at) { head.hidden = !shownColumns[at]; });
    bodies.forEach(function (part) {
      var shown = part.rows.filter(function (row) {
        var cells = Array.from(row.querySelectorAll("td"));
        cells.forEach(function (cell, at) { cell.hidden = !shownColumns[at]; });
        var taking = all || cells.some(function (cell, at) { return shownColumns[at] && cell.children.length; });
        var fits = taking && (!phase || part.phase.id === phase) && axes.every(function (axis) {
          return isFor(row, axis);
        });
        row.hidden = !fits;
        return fits;
      });
      part.body.hidden = shown.length === 0;
      // The phase stands beside the first row that is shown.
      if (shown.length) {
        shown[0].insertBefore(part.phase, shown[0].firstChild);
        part.phase.rowSpan = shown.length;
      }
      count += shown.length;
    });
    told.textContent = told.dataset.pkShown.replace("{n}", count);
    remember();
  }

  function remember() {
    var address = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value) address.set(name, value); });
    var query = address.toString();
    history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash);
  }

  // An address may name anything: only what a select offers is chosen.
  new URLSearchParams(location.search).forEach(function (value, name) {
    var select = selects.find(function (select) { return select.name === name; });
    if (select && offered(select).includes(value)) select.value = value;
  });
  gather();
  form.hidden = false;
  form.addEventListener("change", show);
  // A preview patches the table in place.
  addEventListener("pk-changed", function () {
    gather();
    if (filtered) show();
  });
  form.addEventListener("reset", function () { setTimeout(show); });
  if (location.search) show();
})();
