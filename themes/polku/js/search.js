// The way to the search. The link in the header opens a dialog, and so do / and Ctrl+K from anywhere; on the
// page of the search they go to its field. What searches is loaded only when somebody searches.
(function () {
  "use strict";
  var link = document.querySelector("[data-pk-search]");
  var root = document.querySelector("[data-pk-find]");
  if (!link || !root) return;
  var isDialog = root.localName === "dialog";
  if (isDialog && !root.showModal) return;
  var field = root.querySelector("input");
  var slash = root.querySelector("[data-pk-slash]");
  var find = self.polkuFind = { load: load, failed: failed };
  var loads = {};
  var started;

  // Classic scripts are what a page from disk may load. What failed is tried again the next time.
  function load(address) {
    loads[address] = loads[address] || new Promise(function (done, refused) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = function () {
        delete loads[address];
        script.remove();
        refused(new Error(address));
      };
      document.head.append(script);
    });
    return loads[address];
  }

  function failed() {
    var told = root.querySelector("[data-pk-failed]");
    root.querySelector("[data-pk-hint]").hidden = true;
    told.hidden = false;
    root.querySelector("[role=status]").textContent = told.textContent;
    started = null;
  }

  function start() {
    started = started || Promise.all([load(link.dataset.pkSearch), load(link.dataset.pkIndex)]).then(function () {
      root.querySelector("[data-pk-failed]").hidden = true;
      if (find.run) find.run();
      else find.start(root, link.dataset.pkRoot);
    }).catch(failed);
  }

  function open() {
    if (isDialog && !root.open) {
      root.showModal();
      if (find.reset) find.reset();
    }
    field.focus();
    field.select();
    start();
  }

  // A single key disturbs whoever speaks to the computer, so it can be turned off (WCAG 2.1.4).
  function remembered(value) {
    try {
      if (value !== undefined) localStorage.setItem("polku-slash", value);
      return localStorage.getItem("polku-slash");
    } catch (refused) {
      return null;
    }
  }

  function isTyping(target) {
    return target.closest && target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
  }

  function isCall(event) {
    var key = event.key || "";
    var held = event.ctrlKey || event.metaKey;
    if (event.altKey) return false;
    if (held) return !event.shiftKey && key.toLowerCase() === "k";
    return key === "/" && slash.checked && !isTyping(event.target);
  }

  addEventListener("keydown", function (event) {
    if (!isCall(event)) return;
    event.preventDefault();
    open();
  });
  link.addEventListener("click", function (event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Not every browser gives a link that is clicked the focus, to which it is returned.
    link.focus();
    open();
  });
  // What is said of the key is true only while it is on.
  function tellKeys() {
    link.setAttribute("aria-keyshortcuts", slash.checked ? "/ Control+K" : "Control+K");
    link.querySelector("kbd").hidden = !slash.checked;
  }

  slash.checked = remembered() !== "off";
  tellKeys();
  slash.addEventListener("change", function () {
    remembered(slash.checked ? "on" : "off");
    tellKeys();
  });
  root.addEventListener("keydown", function (event) {
    // A search field would only empty itself.
    if (event.key !== "Escape" || !isDialog) return;
    event.preventDefault();
    root.close();
  });
  var pressed;
  root.addEventListener("pointerdown", function (event) { pressed = event.target; });
  root.addEventListener("click", function (event) {
    if (!isDialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // The dialog has no edge of its own: what hits itself hits what is behind, unless a text was marked from within.
    // A link may lead to this very page.
    var isBehind = event.target === root && pressed === root;
    if (isBehind || event.target.closest("a, [data-pk-close]")) root.close();
  });
  if (!isDialog) {
    field.value = new URLSearchParams(location.search).get("q") || "";
    start();
  }
})();
