// The search itself, without a page: an index in, hits out.
//
//   var engine = polkuSearch.open(self.polkuIndex.fi);
//   engine.size                          how many documents there are
//   engine.find("shl 36", { kind: "" })  what a query finds, best first:
//     hits   [{ at, href, title, kind, label, trail, lang, words }]
//              at     the number of the document in the index
//              href   from the root of the site, percent-encoded
//              kind   a key of `kinds`, label what it is called;  trail  the names of the pages above, outermost first
//              lang   the language of the title, where another than that of the index
//              words  the forms that were hit, in small letters, for `passage`
//     kinds  [{ kind, label, count }] of all hits, whatever kind was asked for
//     near   the nearest words of the handbook where a word of the query is in none of its texts
//   engine.texts(at)                     { file, first, row }: which file holds the text of a document
//   polkuSearch.passage(text, words, letters)
//            the part of a text around the hits, as [{ text, hit }]
//
// How the index is written stands in src/search/. Every way in which a word of the query may be meant has a weight;
// what is meant by one word counts as one word.
(function () {
  "use strict";
  var DIGITS = " !#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  // Longer queries are cut: nobody means so many words.
  var LETTERS = 300;
  var WORDS = 24;
  // How much it counts that a word of the query stands in a text in another way: without its dots, in another form
  // (less, the less of it is alike), as the beginning of the word being typed, as a part of a compound, with a
  // mistake (less, where the word may be meant otherwise) or two, or with other dots; at last by its beginning.
  var FOLDED = 0.95;
  var NEAR = 0.95;
  var LEAST_NEAR = 0.4;
  var TYPED = 0.8;
  var BEGINS = 0.55;
  var ENDS = 0.8;
  var INSIDE = 0.3;
  var FUZZY = 0.7;
  var FUZZIER = 0.5;
  var LESS_FUZZY = 0.8;
  var TYPED_FUZZY = 0.5;
  var OTHER_DOTS = 0.2;
  var ALIKE = 0.3;
  // A part between whole words counts as if it were so much of the compound.
  var JOINT = 0.7;
  // From here on a word is surely meant.
  var SURE = 0.5;
  // How soon a word that stands there often counts no more (BM25).
  var K = 2.8;
  // How much it counts that all words of the query are there.
  var COVERAGE = 0.75;
  // The words that name a statute, where the section stands somewhere.
  var STATUTE = 0.4;
  // A name of which the words are asked for, in this order; the title or another name that is just what was asked.
  var NAMED = 0.5;
  var IN_ORDER = 1.15;
  var EQUAL = 0.94;
  var TITLE = 1.6;
  var OTHER_NAME = 1.5;
  // More forms with a part in them say nothing, and only the best hits are looked at closely.
  var MOST_FORMS = 400;
  var MOST_HITS = 100;

  var digitOf = {};
  DIGITS.split("").forEach(function (digit, at) { digitOf[digit] = at; });

  // Numbers of one to four digits, told apart by the first.
  function numbers(text) {
    var all = [];
    for (var i = 0; i < text.length;) {
      var first = digitOf[text[i++]];
      var more = first < 56 ? 0 : first < 88 ? 1 : first < 91 ? 2 : 3;
      var n = first - [0, 56, 88, 91][more];
      for (var k = 0; k < more; k++) n = n * 92 + digitOf[text[i++]];
      all.push(n + [0, 56, 3000, 28392][more]);
    }
    return all;
  }

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function table(words) {
    var found = Object.create(null);
    words.forEach(function (word) { found[word] = true; });
    return found;
  }

  // The same tokens that the index has: words, words with hyphens whole and in parts, sections, numbers of statutes.
  function tokens(text) {
    var found = [];
    text.toLowerCase().replace(/(\d+)\/(\d{4})(?!\d)|(\d+)\s?([a-z])?\s*§|[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*/gu,
      function (word, a, b, section, letter) {
        if (a) return found.push(a + "/" + b);
        if (section) return found.push(section + (letter || "") + "§");
        var parts = word.split("-").filter(Boolean);
        if (parts.length > 1) found.push(parts.join(""));
        found.push.apply(found, parts);
      });
    return found;
  }

  // ---- The index, unpacked ----

  function Index(data) {
    var self = this;
    this.data = data;
    var shared = numbers(data.shared);
    var words = numbers(data.words);
    var before = "";
    var seen = 0;
    this.forms = data.tails.split(" ").map(function (tail, at) {
      before = before.slice(0, shared[at]) + tail;
      return before;
    });
    this.folded = this.forms.map(fold);
    this.letters = this.folded.map(lettersOf);
    this.wordOf = words.map(function (back) { return back ? seen - back : seen++; });
    this.formsOf = [];
    this.wordOf.forEach(function (word, at) { (self.formsOf[word] = self.formsOf[word] || []).push(at); });
    // All forms as one text, in which parts of words are looked for.
    this.text = "\n" + this.folded.join("\n") + "\n";
    this.starts = [];
    var start = 1;
    this.folded.forEach(function (form) { self.starts.push(start); start += form.length + 1; });
    this.docs = data.docs.split("\n").map(function (line) {
      var parts = line.split("\t");
      var at = numbers(parts[2]);
      return {
        title: parts[0], names: parts.slice(4), lang: parts[3] || null,
        kind: at[0], trail: at[1], href: data.folders[at[2]] + parts[1].replace(/(#|$)/, ".html$1")
      };
    });
    this.posts = numbers(data.posts);
    this.postsAt = [];
    for (var i = 0; i < this.posts.length; i += this.posts[i] + 1) this.postsAt.push(i);
    this.stop = table(data.stop.split(" ").map(fold));
    this.endings = table(data.endings.split(" "));
    this.sections = data.sections.split(" ");
    this.statutes = data.statutes.split("\n").filter(Boolean).map(function (line) {
      var parts = line.split("\t");
      return { words: parts[0].split(" "), number: parts[1] };
    });
    this.steps = [];
    for (var s = 0, w = data.steps[0]; s < data.steps[2]; s++, w *= data.steps[1]) this.steps.push(w);
  }

  // The first form that is not before a folded word.
  Index.prototype.place = function (word) {
    var low = 0;
    var high = this.folded.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (this.folded[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  };

  Index.prototype.exact = function (word) {
    var found = [];
    for (var at = this.place(word); this.folded[at] === word; at++) found.push(at);
    return found;
  };

  Index.prototype.beginning = function (word) {
    var found = [];
    for (var at = this.place(word); at < this.folded.length && this.folded[at].startsWith(word); at++) found.push(at);
    return found;
  };

  // The forms that have a part, wherever it stands.
  Index.prototype.having = function (part) {
    var found = [];
    for (var at = this.text.indexOf(part); at >= 0; at = this.text.indexOf(part, at + 1)) {
      var low = 0;
      var high = this.starts.length - 1;
      while (low < high) {
        var middle = (low + high + 1) >> 1;
        if (this.starts[middle] <= at) low = middle; else high = middle - 1;
      }
      if (found[found.length - 1] !== low) found.push(low);
    }
    return found;
  };

  // The documents of a word: visit(document, weight).
  Index.prototype.each = function (word, visit) {
    var at = this.postsAt[word];
    var steps = this.steps.length;
    var doc = 0;
    for (var left = this.posts[at++]; left; left--) {
      var n = this.posts[at++];
      doc += Math.floor(n / steps);
      visit(doc, this.steps[n % steps]);
    }
  };

  // ---- What a word of the query may mean ----

  // Words of the index with their weights, the greatest of each.
  function Meaning() {
    this.words = new Map();
    this.best = 0;
  }

  Meaning.prototype.add = function (word, weight) {
    if (!(this.words.get(word) >= weight)) this.words.set(word, weight);
    this.best = Math.max(this.best, weight);
  };

  function alike(one, other) {
    var n = 0;
    while (n < one.length && one[n] === other[n]) n++;
    return n;
  }

  // Which letters a word has, a bit each: words that differ in many are not near each other.
  function lettersOf(word) {
    var letters = 0;
    for (var i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
    return letters;
  }

  function bits(n) {
    var count = 0;
    for (; n; n &= n - 1) count++;
    return count;
  }

  // Damerau's distance (optimal string alignment) up to a limit: only cells so near the diagonal are filled in.
  var ROWS = [new Uint8Array(LETTERS + 2), new Uint8Array(LETTERS + 2), new Uint8Array(LETTERS + 2)];

  function distance(one, other, limit) {
    var over = limit + 1;
    var above = ROWS[0];
    var row = ROWS[1];
    for (var j = 0; j <= other.length; j++) row[j] = j;
    for (var i = 1; i <= one.length; i++) {
      var before = above;
      above = row;
      row = ROWS[(i + 1) % 3];
      var from = Math.max(1, i - limit);
      var to = Math.min(other.length, i + limit);
      var least = row[from - 1] = from === 1 ? i : over;
      var letter = one.charCodeAt(i - 1);
      for (j = from; j <= to; j++) {
        var there = other.charCodeAt(j - 1);
        var n = above[j - 1] + (letter === there ? 0 : 1);
        if (row[j - 1] < n) n = row[j - 1] + 1;
        if (j < i + limit && above[j] < n) n = above[j] + 1;
        if (i > 1 && j > 1 && letter === other.charCodeAt(j - 2) && there === one.charCodeAt(i - 2)) {
          n = Math.min(n, before[j - 2] + 1);
        }
        row[j] = n;
        if (n < least) least = n;
      }
      if (to < other.length) row[to + 1] = over;
      if (least > limit) return over;
    }
    return row[other.length];
  }

  Index.prototype.mean = function (token, typed) {
    var meaning = new Meaning();
    var word = fold(token);
    this.asItIs(meaning, token, word);
    if (word.length > 1) this.inOtherForms(meaning, word);
    if (/\d/.test(word)) return meaning;
    this.asPart(meaning, word, typed);
    if (meaning.best < FOLDED) this.misspelt(meaning, word, typed);
    return meaning;
  };

  // The same as a whole word, in whatever form.
  Index.prototype.meanWhole = function (token) {
    var meaning = new Meaning();
    this.asItIs(meaning, token, fold(token));
    if (token.length > 3) this.inOtherForms(meaning, fold(token));
    return meaning;
  };

  Index.prototype.asItIs = function (meaning, token, word) {
    var self = this;
    this.exact(word).forEach(function (form) {
      // Dots that are typed are meant; dots that are not may be missing.
      meaning.add(self.wordOf[form], self.forms[form] === token ? 1 : token === word ? FOLDED : OTHER_DOTS);
    });
    var number = /^\d+[a-z]?$/.test(word) && this.exact(word + "§");
    if (number) number.forEach(function (form) { meaning.add(self.wordOf[form], FOLDED); });
  };

  // Forms that begin alike and differ by endings only: of these the ones that are alike the longest.
  Index.prototype.inOtherForms = function (meaning, word) {
    var self = this;
    if (word.length < 4) return;
    var least = Math.max(3, Math.ceil(word.length * 0.5) - 1);
    var longest = 0;
    var found = this.beginning(word.slice(0, least)).map(function (at) {
      var form = self.folded[at];
      var n = alike(word, form);
      while (n >= least && !(self.endings[word.slice(n)] && self.endings[form.slice(n)])) n--;
      longest = Math.max(longest, n);
      return { at: at, n: n, share: n / Math.max(word.length, form.length) };
    });
    found.forEach(function (form) {
      if (form.n < least || form.n < longest - 1 || self.folded[form.at] === word) return;
      meaning.add(self.wordOf[form.at], NEAR * (LEAST_NEAR + (1 - LEAST_NEAR) * form.share));
    });
  };

  Index.prototype.asPart = function (meaning, word, typed) {
    var self = this;
    var parts = [word];
    // In compounds the word stands in one of its short forms.
    this.exact(word).forEach(function (at) {
      var forms = self.formsOf[self.wordOf[at]].map(function (form) { return self.folded[form]; });
      forms.sort(function (a, b) { return a.length - b.length; }).slice(0, 2).forEach(function (form) {
        if (form.length > 3 && parts.indexOf(form) < 0) parts.push(form);
      });
    });
    // `missbrukare` stands in `missbrukarrehabilitering` without its last vowel.
    if (word.length > 6 && /[aeiouy]$/.test(word)) parts.push(word.slice(0, -1));
    parts.forEach(function (part) {
      if (part.length < 2) return;
      var forms = part.length < 4 ? self.beginning(part) : self.having(part);
      forms.slice(0, MOST_FORMS).forEach(function (at) {
        var form = self.folded[at];
        var share = part.length / form.length;
        if (self.isJoint(form, form.indexOf(part), part.length)) share = Math.max(share, JOINT);
        var way = form.startsWith(part) ? (typed && part === word ? TYPED : BEGINS)
          : self.endings[form.slice(form.indexOf(part) + part.length)] ? ENDS : INSIDE;
        meaning.add(self.wordOf[at], way * (0.5 + 0.5 * share));
      });
    });
  };

  // Whether what is around a part of a word is made of words too: `förmån-s-handläggare`.
  Index.prototype.isJoint = function (form, at, length) {
    var self = this;
    function known(rest) {
      return !rest || self.exact(rest).length > 0;
    }
    var before = form.slice(0, at);
    var behind = form.slice(at + length);
    return (known(before) || known(before.replace(/s$/, ""))) &&
      (known(behind) || known(behind.replace(/^s/, "")) || !!self.endings[behind]);
  };

  Index.prototype.misspelt = function (meaning, word, typed) {
    if (word.length < 4) return;
    var limit = word.length > 8 ? 2 : 1;
    var less = meaning.best > 0 ? (typed ? TYPED_FUZZY : LESS_FUZZY) : 1;
    var letters = lettersOf(word);
    for (var at = 0; at < this.folded.length; at++) {
      var form = this.folded[at];
      if (Math.abs(form.length - word.length) > limit || bits(letters ^ this.letters[at]) > 2 * limit) continue;
      var n = distance(word, form, limit);
      if (n && n <= limit) meaning.add(this.wordOf[at], less * (n > 1 ? FUZZIER : FUZZY));
    }
  };

  // The words that begin most alike, so that no word is left with nothing.
  Index.prototype.nearest = function (word) {
    var at = this.place(word);
    var best = 0;
    var found = [];
    [at - 1, at].forEach(function (near) {
      var n = near in this.folded ? alike(word, this.folded[near]) : 0;
      if (n > best) { best = n; }
    }, this);
    if (best >= 3) found = this.beginning(word.slice(0, best)).slice(0, 20);
    return found;
  };

  // ---- The query ----

  // Sections as the index has them: "42§", whatever they are called, and "shl45" in two.
  Index.prototype.tokens = function (text) {
    var self = this;
    var all = tokens(text.replace(/(\p{L})(\d)/gu, "$1 $2"));
    var found = [];
    all.forEach(function (token, at) {
      var last = found[found.length - 1];
      var called = self.sections.some(function (name) { return fold(token).startsWith(name); });
      if (called && /^\d+[a-z]?$/.test(last || "")) found[found.length - 1] = last + "§";
      else if (/^[a-z]$/.test(token) && /^\d+$/.test(last || "")) found[found.length - 1] = last + token;
      else if (!called || !/^\d/.test(all[at + 1] || "")) found.push(token);
    });
    return found.slice(0, WORDS);
  };

  Index.prototype.slots = function (text) {
    var self = this;
    var all = this.tokens(text);
    var about = all.filter(function (token) { return !self.stop[fold(token)]; });
    if (about.length) all = about;
    var slots = all.map(function (token, at) {
      return { token: token, meaning: self.mean(token, at === all.length - 1) };
    });
    this.join(slots);
    slots = this.split(slots);
    this.cite(slots);
    slots.forEach(function (slot) {
      if (slot.meaning.words.size) return;
      slot.lost = true;
      self.nearest(fold(slot.token)).forEach(function (form) { slot.meaning.add(self.wordOf[form], ALIKE); });
    });
    return slots;
  };

  // Words that stand apart in the query and together in a text.
  Index.prototype.join = function (slots) {
    for (var at = 0; at + 1 < slots.length; at++) {
      var one = slots[at];
      var other = slots[at + 1];
      var joined = this.meanWhole(one.token + other.token);
      joined.words.forEach(function (weight, word) {
        if (weight < SURE) return;
        one.meaning.add(word, weight);
        other.meaning.add(word, weight);
      });
    }
  };

  // Words that stand together in the query and apart in a text.
  Index.prototype.split = function (slots) {
    var self = this;
    var found = [];
    slots.forEach(function (slot) {
      var word = slot.token;
      var best = null;
      for (var cut = 3; slot.meaning.best < SURE && cut <= word.length - 3; cut++) {
        var pair = [word.slice(0, cut), word.slice(cut)].map(function (token) {
          return { token: token, meaning: self.meanWhole(token) };
        });
        var weight = pair[0].meaning.best * pair[1].meaning.best;
        if (weight > 0.3 && (!best || weight > best.weight)) best = { weight: weight, pair: pair };
      }
      if (best && best.weight > slot.meaning.best * 0.5) found.push.apply(found, best.pair); else found.push(slot);
    });
    return found;
  };

  // A statute and a section behind or before it are one place in the law.
  Index.prototype.cite = function (slots) {
    var self = this;
    var section = null;
    var cited = false;
    slots.forEach(function (slot) { if (/^\d+[a-z]?§?$/.test(slot.token)) section = slot; });
    if (!section) return;
    this.statutes.forEach(function (statute) {
      var named = statute.words.every(function (word) {
        var forms = self.exact(fold(word));
        return slots.some(function (slot) {
          if (slot.token === statute.number) return true;
          return forms.some(function (form) { return slot.meaning.words.get(self.wordOf[form]) >= SURE; });
        });
      }) || slots.some(function (slot) { return slot.token === statute.number; });
      if (!named) return;
      var naming = slots.filter(function (slot) {
        return slot.token === statute.number || statute.words.some(function (word) {
          return self.exact(fold(word)).some(function (form) { return slot.meaning.words.get(self.wordOf[form]) >= SURE; });
        });
      });
      self.exact(statute.number + ":" + section.token.replace("§", "")).forEach(function (form) {
        if (!cited) {
          cited = true;
          naming.forEach(function (slot) { slot.part = STATUTE; });
          section.meaning.words.forEach(function (weight, word, words) { words.set(word, weight * ALIKE); });
        }
        section.meaning.add(self.wordOf[form], 1);
      });
    });
  };

  // ---- Hits ----

  Index.prototype.score = function (slots) {
    var self = this;
    var scores = new Map();
    slots.forEach(function (slot, at) {
      var weights = new Map();
      var surest = new Map();
      var count = 0;
      slot.meaning.words.forEach(function (weight, word) {
        var counts = weight >= SURE * slot.meaning.best;
        self.each(word, function (doc, often) {
          var before = weights.get(doc);
          if (counts && !before) count++;
          weights.set(doc, (before || 0) + weight * often);
          surest.set(doc, Math.max(surest.get(doc) || 0, weight));
        });
      });
      var size = self.docs.length;
      var rare = Math.log(1 + (size - count + 0.5) / (count + 0.5));
      weights.forEach(function (often, doc) {
        var hit = scores.get(doc);
        if (!hit) scores.set(doc, hit = { at: doc, score: 0, asked: 0 });
        hit.score += rare * (slot.part || 1) * (often / (K + often));
        hit.asked += Math.min(1, surest.get(doc) / (0.5 * slot.meaning.best)) / slots.length;
      });
    });
    scores.forEach(function (hit) { hit.score *= Math.pow(hit.asked, COVERAGE); });
    return Array.from(scores.values());
  };

  // The words of a document's title and names, each as numbers of words of the index.
  Index.prototype.namesOf = function (doc) {
    var self = this;
    if (!doc.words) {
      doc.words = [doc.title].concat(doc.names).map(function (name) {
        return tokens(name).filter(function (token) { return !self.stop[fold(token)]; }).map(function (token) {
          var forms = self.exact(fold(token));
          return forms.length ? self.wordOf[forms[0]] : -1;
        });
      });
    }
    return doc.words;
  };

  // How far a name is what was asked for: its words in the query, and the query's words in it.
  function fits(name, slots) {
    var used = 0;
    var run = 0;
    var longest = 0;
    var covered = name.map(function (word) {
      return slots.reduce(function (best, slot) { return Math.max(best, slot.meaning.words.get(word) || 0); }, 0);
    });
    var before = -2;
    slots.forEach(function (slot) {
      var place = -1;
      name.forEach(function (word, at) {
        if (slot.meaning.words.get(word) >= 0.5 && (place < 0 || at === before + 1)) place = at;
      });
      if (place >= 0) used++;
      run = place >= 0 && place === before + 1 ? run + 1 : 0;
      longest = Math.max(longest, run);
      before = place < 0 ? -2 : place;
    });
    var share = covered.reduce(function (sum, weight) { return sum + Math.min(weight, 1); }, 0) / Math.max(name.length, 1);
    return { share: share, used: used / slots.length, run: longest };
  }

  Index.prototype.boost = function (hit, slots) {
    var best = 1;
    this.namesOf(this.docs[hit.at]).forEach(function (name, at) {
      var fit = fits(name, slots);
      var by = 1 + NAMED * fit.share * fit.used;
      if (fit.run) by *= IN_ORDER;
      if (fit.share > EQUAL && fit.used === 1) by *= at ? OTHER_NAME : TITLE;
      best = Math.max(best, by);
    });
    return best;
  };

  Index.prototype.find = function (text, options) {
    var self = this;
    var slots = this.slots(String(text).normalize("NFC").slice(0, LETTERS));
    var hits = this.score(slots);
    hits.sort(function (a, b) { return b.score - a.score || a.at - b.at; });
    hits.slice(0, MOST_HITS).forEach(function (hit) { hit.score *= self.boost(hit, slots); });
    hits.sort(function (a, b) { return b.score - a.score || a.at - b.at; });
    return this.told(hits, slots, options && options.kind);
  };

  Index.prototype.told = function (hits, slots, wanted) {
    var self = this;
    var words = [];
    slots.forEach(function (slot) {
      slot.meaning.words.forEach(function (weight, word) {
        if (weight >= 0.5 * slot.meaning.best) self.formsOf[word].forEach(function (form) { words.push(self.forms[form]); });
      });
    });
    var near = [];
    slots.forEach(function (slot) {
      if (slot.meaning.best > FUZZY) return;
      slot.meaning.words.forEach(function (weight, word) {
        if (near.length < 5 && weight === slot.meaning.best) near.push(self.forms[self.formsOf[word][0]]);
      });
    });
    var labels = this.data.kinds.map(function (line) { return line.split("\t"); });
    var counts = labels.map(function (parts) { return { kind: parts[0], label: parts[2], count: 0 }; });
    hits.forEach(function (hit) { counts[self.docs[hit.at].kind].count++; });
    var shown = hits.filter(function (hit) { return !wanted || labels[self.docs[hit.at].kind][0] === wanted; });
    return {
      hits: shown.map(function (hit) {
        var doc = self.docs[hit.at];
        return {
          at: hit.at, href: doc.href, title: doc.title, kind: labels[doc.kind][0], label: labels[doc.kind][1],
          trail: self.data.trails[doc.trail].split("\t"), lang: doc.lang, words: words, score: hit.score
        };
      }),
      kinds: counts.filter(function (kind) { return kind.count; }),
      near: near
    };
  };

  self.polkuSearch = self.polkuSearch || {};
  self.polkuSearch.open = function (data) {
    var index = new Index(data);
    return {
      size: index.docs.length,
      find: function (text, options) { return index.find(text, options); },
      texts: function (at) {
        var first = at - at % data.texts;
        return { file: "search/" + data.lang + "-" + first + ".js", first: first, row: at - first };
      }
    };
  };
})();
