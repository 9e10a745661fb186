// One search: a field, and below it what it finds. The same in the dialog and on the page of the search.
//
// The results are a list of links, and the arrows move the focus itself from link to link. In the pattern of
// combobox and listbox the focus stays in the field and the options are only pointed at: then an option is
// one flat string without link, language or mark, it cannot be opened in a new tab, and VoiceOver on phones does
// not follow. Links are read and opened everywhere as links are. How many there are is told politely, after a
// rest, because at every key it would drown the letters being typed.
(function () {
  "use strict";
  var find = self.polkuFind = self.polkuFind || {};
  var engines = {};

  // The engine of a language whose index is there; throws where it is not.
  function engine(lang) {
    engines[lang] = engines[lang] || self.polkuSearch.open(self.polkuIndex[lang]);
    engines[lang].size;
    return engines[lang];
  }

  find.start = (root, way) => {
    var lang = document.documentElement.lang;
    engine(lang);
    var form = root.querySelector("form");
    var field = form.elements.q;
    var list = part("hits");
    var status = root.querySelector("[role=status]");
    var others = Array.from(root.querySelectorAll("[data-pk-other]"));
    var step = Number(root.dataset.pkStep);
    // On a page of its own the search stands in the address.
    var isPage = root.localName !== "dialog";
    var wanted = isPage ? new URLSearchParams(location.search).get("kind") || "" : "";
    var found, asked, pause, rest;

    function part(name) {
      return root.querySelector("[data-pk-" + name + "]");
    }

    function query() {
      return field.value.trim();
    }

    // A kind is kept while the query changes, and counts where it has hits; an address may name anything.
    function ask(text) {
      var all = engine(lang).find(text);
      var kind = all.kinds.some((one) => one.kind === wanted) ? wanted : "";
      return { kind: kind, kinds: all.kinds, near: all.near, hits: all.hits.filter((hit) => !kind || hit.kind === kind) };
    }

    function count(n) {
      return (n === 1 ? status.dataset.pkOne : status.dataset.pkMany).replace("{n}", n);
    }

    function run() {
      clearTimeout(pause);
      clearTimeout(rest);
      asked = query();
      try {
        found = asked ? ask(asked) : { kind: "", kinds: [], near: [], hits: [] };
        show();
      } catch (broken) {
        return find.failed();
      }
      pause = setTimeout(look, 150);
      rest = setTimeout(settle, 600);
    }

    function show() {
      var nothing = found.hits.length === 0;
      part("failed").hidden = true;
      part("hint").hidden = asked !== "";
      part("none").hidden = !asked || !nothing;
      others.forEach((other) => { other.hidden = true; });
      root.classList.toggle("pk-find-asked", asked !== "");
      find.chips(part("kinds"), found);
      near(part("near"));
      list.replaceChildren();
      more();
      list.parentNode.scrollTop = 0;
      all();
    }

    function near(line) {
      line.hidden = found.near.length === 0;
      line.querySelectorAll("button").forEach((old) => { old.remove(); });
      found.near.forEach((word) => {
        var button = find.element("button", "pk-chip", word);
        button.type = "button";
        button.dataset.pkAsk = "";
        line.append(button, " ");
      });
    }

    function append(to, hits, of) {
      hits.forEach((hit) => {
        to.append(find.hit(hit, { engine: engine(of), lang: of, here: lang, way: way }));
      });
      find.passages(to);
    }

    // The next hits; gives the first of them, where there is one.
    function more() {
      var from = list.children.length;
      append(list, found.hits.slice(from, from + step), lang);
      if (part("more")) part("more").hidden = list.children.length >= found.hits.length;
      return list.children[from];
    }

    function address() {
      var values = new URLSearchParams();
      if (asked) values.set("q", asked);
      if (asked && found.kind) values.set("kind", found.kind);
      var said = values.toString();
      return said && "?" + said;
    }

    function all() {
      var link = part("all");
      if (!link) return;
      link.hidden = found.hits.length <= step;
      link.textContent = link.dataset.pkAll.replace("{n}", found.hits.length);
      link.href = form.getAttribute("action") + address();
    }

    // After a short rest: the passages, and the other languages where this one has nothing.
    function look() {
      find.passages(list, true);
      if (!asked || found.hits.length) return;
      others.forEach((other) => {
        var before = asked;
        find.load(other.dataset.pkIndex).then(() => {
          var theirs = engine(other.dataset.pkOther).find(before);
          if (before !== asked || !theirs.hits.length) return;
          other.lastElementChild.replaceChildren();
          append(other.lastElementChild, theirs.hits.slice(0, step), other.dataset.pkOther);
          other.hidden = false;
          other.dataset.count = theirs.hits.length;
          find.passages(other.lastElementChild, true);
          // What comes late is told late.
          settle();
        }).catch(() => { /* What stands in another language may be missing. */ });
      });
    }

    // After a longer one: how many there are, and the address.
    function settle() {
      var seen = others.filter((other) => !other.hidden).map((other) => {
        return other.firstElementChild.textContent + ": " + count(Number(other.dataset.count));
      });
      var told = found.hits.length ? count(found.hits.length) : part("none").firstElementChild.textContent + " " + seen.join(" ");
      status.textContent = asked ? told : "";
      remember();
    }

    function remember() {
      if (!isPage) return;
      var said = address();
      history.replaceState(list.children.length, "", said || location.pathname + location.hash);
      document.querySelectorAll("[data-pk-switch]").forEach((link) => { link.search = said; });
    }

    function links() {
      return Array.from(root.querySelectorAll(".pk-hits a")).filter((link) => link.getClientRects().length);
    }

    function move(event) {
      var by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      var at = links().indexOf(event.target);
      if (!by || event.isComposing || (at < 0 && event.target !== field)) return;
      event.preventDefault();
      if (at + by < 0) field.focus();
      else if (links()[at + by]) links()[at + by].focus();
    }

    function submit(event) {
      event.preventDefault();
      run();
      if (!isPage) return location.assign(form.getAttribute("action") + address());
      settle();
    }

    form.addEventListener("submit", submit);
    form.addEventListener("change", (event) => {
      if (event.target === field) return remember();
      wanted = event.target.value;
      run();
    });
    // Two keys that come at once are one question.
    field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(run, 15);
    });
    root.addEventListener("keydown", move);
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-pk-more]")) {
        more().querySelector("a").focus();
        find.passages(list, true);
        remember();
      }
      var word = event.target.closest("[data-pk-ask]");
      if (!word) return;
      field.value = word.textContent;
      field.focus();
      run();
    });
    // Who comes back finds as many hits as there were, or the place on the page would be another.
    var before = isPage && history.state;
    find.run = run;
    // Who opens the dialog again looks for something else: in all kinds.
    find.reset = () => {
      wanted = "";
      run();
    };
    run();
    while (list.children.length < before && more());
  };
})();
