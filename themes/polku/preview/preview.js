// The preview: reloads the page when the handbook changed, and shows what is wrong in it.
(function () {
  "use strict";
  var own = document.currentScript;
  var revision = Number(own.dataset.revision);
  var lang = document.documentElement.lang;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function item(finding) {
    var line = element("li", "pkp-" + finding.severity);
    var place = finding.file ? finding.file + (finding.line ? ", " + finding.line : "") : "";
    line.append(element("span", "pkp-place", place), element("span", "pkp-message", finding.message));
    if (finding.help) line.append(element("span", "pkp-help", finding.help));
    return line;
  }

  function panel(told) {
    var before = document.querySelector(".pkp");
    var box = element("details", "pkp");
    var worst = told.findings.some(function (finding) { return finding.severity === "error"; });
    if (worst) box.classList.add("pkp-error");
    // What was opened stays open; errors open it.
    box.open = before ? before.open : worst;
    box.append(element("summary", "", told.summary));
    var list = element("ul");
    // What forbids publishing comes first.
    ["error", "warning", "info"].forEach(function (severity) {
      told.findings.forEach(function (finding) {
        if (finding.severity === severity) list.append(item(finding));
      });
    });
    box.append(list);
    if (before) before.remove();
    if (told.findings.length) document.body.append(box);
  }

  function tell() {
    fetch("/_polku/findings?lang=" + encodeURIComponent(lang))
      .then(function (answer) { return answer.json(); })
      .then(panel)
      .catch(function () { /* The server is away; the events tell when it is back. */ });
  }

  var events = new EventSource("/_polku/events");
  events.addEventListener("revision", function (event) {
    if (Number(event.data) !== revision) location.reload();
  });
  addEventListener("pagehide", function () { events.close(); });
  tell();
})();
