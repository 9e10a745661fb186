// The team of a postal code: a field over the table of codes, areas and teams. What is typed is neither stored nor
// sent; without this script the whole table is read.
(function () {
  "use strict";
  var box = document.querySelector("[data-pk-places]");
  if (!box) return;
  var field = box.querySelector("input");
  var told = box.querySelector("[data-pk-found]");
  var rows, heads;

  function gather() {
    rows = Array.from(document.querySelectorAll("tbody th[data-pk-codes]")).map(function (head) { return head.parentNode; });
    heads = rows.length ? Array.from(rows[0].closest("table").tHead.rows[0].cells) : [];
  }

  function holds(row, code) {
    return row.cells[0].dataset.pkCodes.split(" ").some(function (span) {
      var ends = span.split("-");
      return ends[0] <= code && code <= (ends[1] || ends[0]);
    });
  }

  function made(name, nodes) {
    var node = document.createElement(name);
    nodes.forEach(function (child) { node.append(child); });
    return node;
  }

  function copied(cell) {
    return Array.from(cell.cloneNode(true).childNodes);
  }

  // Each team as a card: its name, then what the other columns say of it.
  function card(row) {
    var cells = Array.from(row.cells);
    var facts = cells.slice(3).map(function (cell, at) {
      return cell.textContent.trim() && made("div", [made("dt", [heads[at + 3].textContent]), made("dd", copied(cell))]);
    }).filter(Boolean);
    var list = made("dl", facts);
    list.className = "pk-facts";
    return made("li", [made("h3", copied(cells[2]))].concat(facts.length ? [list] : []));
  }

  function say(text, code) {
    told.append(made("p", [text.replace("{code}", code)]));
  }

  function tell(found, code) {
    var areas = [];
    found.forEach(function (row) {
      if (areas.every(function (cell) { return cell.textContent !== row.cells[1].textContent; })) areas.push(row.cells[1]);
    });
    var title = made("h2", [code + ": "]);
    areas.forEach(function (cell, at) {
      var note = cell.querySelector(".pk-remark");
      title.append(at ? ", " : "", cell.firstElementChild.textContent, note ? " (" + note.textContent + ")" : "");
    });
    var list = made("ul", found.map(card));
    told.append(title, list);
  }

  function show() {
    var code = field.value.replace(/\s/g, "");
    told.textContent = "";
    if (/\D/.test(code) || code.length > 5) return say(box.dataset.pkWrong, code);
    if (code.length < 5) return;
    var found = rows.filter(function (row) { return holds(row, code); });
    if (found.length) tell(found, code);
    else say(box.dataset.pkNone, code);
  }

  gather();
  box.hidden = false;
  field.addEventListener("input", show);
  // A preview patches the table in place.
  addEventListener("pk-changed", function () {
    gather();
    show();
  });
  if (field.value) show();
})();
