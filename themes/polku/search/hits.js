// What is shown of a search. Everything goes in as text, so that nothing in a handbook or a query is ever
// markup.
(function () {
  "use strict";
  var find = self.polkuFind = self.polkuFind || {};
  var waiting = new WeakMap();
  var drawn = 0;

  find.element = (name, className, text) => {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  function mark(into, text, words, letters, fromStart) {
    into.replaceChildren();
    self.polkuSearch.passage(text, words, letters, fromStart).forEach((piece) => {
      into.append(piece.hit ? find.element("mark", "", piece.text) : piece.text);
    });
  }

  // The kind and the pages above, which tell hits of one name apart.
  function where(hit) {
    var line = find.element("p", "pk-hit-where");
    line.id = "_hit-" + (drawn += 1);
    line.append(find.element("span", "pk-hit-kind", hit.label));
    hit.trail.forEach((name) => { line.append(find.element("span", "", name)); });
    return line;
  }

  find.hit = (hit, cx) => {
    var item = find.element("li", "pk-hit");
    var link = find.element("a");
    var line = where(hit);
    var text = find.element("p", "pk-hit-text");
    link.href = cx.way + hit.href;
    link.setAttribute("aria-describedby", line.id);
    if (cx.lang !== cx.here) link.hreflang = cx.lang;
    if (hit.lang) link.lang = hit.lang;
    mark(link, hit.title, hit.words, hit.title.length + 1);
    item.append(link, line, text);
    waiting.set(text, { texts: cx.engine.texts(hit.at), title: hit.title, words: hit.words, isIt: hit.isIt, lang: cx.lang, way: cx.way });
    return item;
  };

  // Fills the lines that are kept for a passage and no more, so that nothing moves when it comes.
  function fill(text) {
    var own = waiting.get(text);
    var file = ((self.polkuTexts || {})[own.lang] || {})[own.texts.first];
    if (!file) return;
    waiting.delete(text);
    // A file of another publication than the index has other things in its rows.
    var row = file[own.texts.row] || [];
    if (row[0] !== own.title) return;
    if (row[2]) text.lang = row[2];
    var style = getComputedStyle(text);
    var kept = parseFloat(style.minBlockSize);
    var lines = Math.round(kept / parseFloat(style.lineHeight)) || 2;
    var letters = lines * text.clientWidth / (parseFloat(style.fontSize) * 0.52);
    do {
      mark(text, row[1], own.words, Math.floor(letters), own.isIt);
      letters *= 0.85;
    } while (text.offsetHeight > kept + 1 && letters > 20);
  }

  // The passages of the hits in a list: those whose texts are there, and where asked the others too. A text that
  // does not come leaves its lines empty.
  find.passages = (list, alsoLoad) => {
    list.querySelectorAll(".pk-hit-text").forEach((text) => {
      if (waiting.has(text)) fill(text);
      var own = alsoLoad && waiting.get(text);
      if (own) find.load(own.way + own.texts.file).then(() => { if (waiting.has(text)) fill(text); }, () => {});
    });
  };

  // The kinds of what is found, to choose one. They are made anew only when they change, so that the
  // focus stays on the one that is chosen.
  find.chips = (box, found) => {
    var total = found.kinds.reduce((sum, one) => sum + one.count, 0);
    var all = [{ kind: "", label: box.dataset.pkKinds, count: total }].concat(found.kinds);
    var made = JSON.stringify(all);
    box.hidden = total === 0;
    if (box.dataset.made !== made) {
      box.dataset.made = made;
      box.querySelectorAll("label").forEach((old) => { old.remove(); });
      all.forEach((one) => { box.append(chip(one)); });
    }
    box.querySelectorAll("input").forEach((input) => {
      input.checked = input.value === found.kind;
      if (input.checked && found.kind) input.parentNode.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  };

  function chip(one) {
    var label = find.element("label", "pk-chip");
    var input = find.element("input");
    input.type = "radio";
    input.name = "kind";
    input.value = one.kind;
    label.append(input, find.element("span", "", one.label), " ", find.element("b", "", String(one.count)));
    return label;
  }
})();
