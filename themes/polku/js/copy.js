// A button beside every heading that has a lasting address: it copies the link to that place and says so. Anchors
// that begin with _ are those of the page and not of its content, and may change.
(function () {
  "use strict";
  var words = document.body.dataset, main = words.pkCopy && document.querySelector("main:not(.pk-whole)");
  if (!main) return;
  var told = document.createElement("p");
  told.className = "pk-unseen";
  told.setAttribute("role", "status");

  // The anchor of a heading: its own, else that of the part which it opens.
  function anchor(heading) {
    var part = heading.parentElement;
    var opens = part.matches("section[id], li[id]") && part.querySelector("h2, h3, h4") === heading;
    var id = heading.id && heading.id[0] !== "_" ? heading.id : opens ? part.id : "";
    return id[0] === "_" ? "" : id;
  }
  // A browser lets a page copy by itself only over a safe connection or from disk.
  function copy(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    var field = document.createElement("textarea"), before = document.activeElement;
    field.value = text;
    field.className = "pk-unseen";
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    before.focus();
    return done ? Promise.resolve() : Promise.reject();
  }
  function tell(button, done) {
    button.classList.toggle("pk-copied", done);
    told.textContent = "";
    setTimeout(function () { told.textContent = done ? words.pkCopied : words.pkUncopied; }, 50);
    setTimeout(function () { button.classList.remove("pk-copied"); }, 2000);
  }
  function add(heading) {
    if (!anchor(heading)) return;
    // Without the marks of where its words may be broken.
    var name = heading.textContent.replace(/\u00ad/g, "").trim(), button = heading.querySelector(".pk-copy") || made(heading);
    button.setAttribute("aria-label", words.pkCopy.replace("{heading}", name));
    // The heading keeps its own name: the button in it is not read along.
    if (!heading.querySelector("[lang]")) heading.setAttribute("aria-label", name);
    // Behind a name from right to left the button stands on the left.
    heading.dir = "auto";
    if (!button.parentNode) heading.append(button);
  }
  function made(heading) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "pk-copy";
    button.addEventListener("click", function () {
      copy(location.href.split("#")[0] + "#" + anchor(heading)).then(function () { tell(button, true); }, function () { tell(button, false); });
    });
    return button;
  }
  function all() { main.querySelectorAll("h2, h3, h4").forEach(add); }
  all();
  // A preview patches the page in place.
  addEventListener("pk-changed", all);
  main.append(told);
})();
