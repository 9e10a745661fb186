// A search as small as can be, to see what the checks see: a page names the one thing that is wrong with it in
// `data-fault`.
(function () {
  "use strict";
  var fault = document.documentElement.dataset.fault;
  var link = document.querySelector("[data-pk-search]");
  var root = document.querySelector("[data-pk-find]");
  var field = root.querySelector("input[type=search]");
  var list = root.querySelector("[data-pk-hits]");
  var kinds = root.querySelector("[data-pk-kinds]");
  var slash = root.querySelector("[data-pk-slash]");
  var status = root.querySelector("[role=status]");
  var all = root.querySelector("[data-pk-all]");
  var before, rest;

  function load(address, then, failed) {
    var script = document.createElement("script");
    script.src = address;
    script.onload = then;
    script.onerror = failed || null;
    document.head.append(script);
  }

  function open() {
    before = document.activeElement;
    if (root.showModal && !root.open) root.show();
    field.focus();
    field.select();
    start();
  }

  function start() {
    ["data-pk-search", "data-pk-index"].forEach(function (name) {
      load(link.getAttribute(name), run, function () {
        if (fault === "failing") throw new Error("no index");
        root.querySelector("[data-pk-failed]").hidden = false;
      });
    });
  }

  function hits() {
    var kind = kinds.querySelector(":checked");
    return (self.polkuIndex || []).filter(function (hit) {
      var inKind = !kind || !kind.value || fault === "filter" || hit.kind === kind.value;
      return field.value && inKind && hit.title.indexOf(field.value) >= 0;
    });
  }

  function item(hit) {
    var made = document.createElement("li");
    made.innerHTML = "<a></a> <span class=\"pk-hit-kind\"></span><p class=\"pk-hit-text\"></p>";
    made.firstChild.href = hit.href;
    made.firstChild.onclick = function () { return fault !== "enter"; };
    made.firstChild.textContent = hit.title;
    made.querySelector("span").textContent = hit.kind;
    return made;
  }

  function run() {
    if (fault === "finds") return;
    if (fault === "console" && field.value) setTimeout(function () { throw new Error("a mistake in the search"); });
    var found = hits();
    list.replaceChildren.apply(list, found.map(item));
    if (fault === "markup") list.insertAdjacentHTML("beforeend", "<li>" + field.value + "</li>");
    clearTimeout(rest);
    if (fault === "announced") tell(found.length);
    else rest = setTimeout(tell, 300, found.length);
    if (fault !== "no-texts") load("texts.js", fill);
  }

  function fill() {
    list.querySelectorAll(".pk-hit-text").forEach(function (text) {
      text.textContent = fault === "jumps" ? new Array(200).join("teksti ") : "teksti";
    });
  }

  function tell(count) {
    if (fault !== "silent") status.textContent = count + " osumaa";
    var query = "?" + new URLSearchParams({ q: fault === "address" ? "muu" : field.value });
    if (all) all.href = "page.html" + query;
    else history.replaceState(null, "", query);
  }

  function move(event) {
    var links = Array.from(list.querySelectorAll("a"));
    var by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.target.type === "radio" || fault === "arrows") return;
    var at = links.indexOf(document.activeElement) + by;
    event.preventDefault();
    (links[at] || field).focus();
  }

  addEventListener("keydown", function (event) {
    var command = event.key === "k" && (event.ctrlKey || event.metaKey) && fault !== "opens";
    var typing = event.target === field;
    if (!command && (event.key !== "/" || typing || (!slash.checked && fault !== "single"))) return;
    event.preventDefault();
    open();
  });
  root.addEventListener("keydown", function (event) {
    move(event);
    if (event.key !== "Escape" || !root.showModal) return;
    event.preventDefault();
    root.close();
    if (fault === "returns") document.activeElement.blur();
    else before.focus();
  });
  link.addEventListener("click", function (event) {
    event.preventDefault();
    open();
  });
  slash.checked = localStorage.getItem("slash") !== "off";
  slash.addEventListener("change", function () { localStorage.setItem("slash", slash.checked ? "on" : "off"); });
  field.addEventListener("input", run);
  kinds.addEventListener("change", run);
  if (!root.showModal) {
    field.value = new URLSearchParams(location.search).get("q") || "";
    start();
  }
})();
