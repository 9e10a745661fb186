// The search itself, without a page: an index in, hits out.
//
//   var engine = polkuSearch.open(self.polkuIndex.fi);
//   engine.size                          how many documents there are
//   engine.find("shl 36")                what a query finds, best first:
//     hits   [{ at, href, title, kind, label, trail, lang, words, isIt }]
//              at     the number of the document in the index
//              href   from the root of the site, percent-encoded
//              kind   a key of `kinds`, label what one of it is called
//              trail  the names of the pages above, outermost first
//              lang   the language of the title, where another than that of the index
//              words  the forms that were hit, in small letters, for `passage`
//              isIt   whether a name of it is just what was asked for: then its text is shown from the beginning
//     kinds  [{ kind, label, count }] of the hits
//     near   the nearest words of the handbook where a word of the query is in none of its texts
//   engine.texts(at)                     { file, first, row }: where polkuTexts[lang][first][row], the text of a document,
//                                        comes from: [title, text, lang], lang where another than that of the index
//   polkuSearch.passage(text, words, letters, fromStart)
//            the part of a text around the hits, as [{ text, hit }]
//
// How the index is written stands in src/search/. A word of the query may be meant in several ways, each with a weight;
// whatever is meant by one word counts as that word. Words are compared without their dots.
(function () {
  "use strict";
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
  var STATUTE = 0.1;
  // A name of which the words are asked for, in this order; the title or another name that is just what was asked.
  var NAMED = 0.5;
  var IN_ORDER = 1.15;
  var EQUAL = 0.94;
  var TITLE = 1.6;
  var OTHER_NAME = 1.5;
  var SHORT = 5;
  // More forms with a part in them say nothing, and only the best hits are looked at closely.
  var MOST_ALIKE = 0.8;
  var MOST_NEAR = 5;
  var MOST_FORMS = 400;
  var MOST_HITS = 100;

  // A part of a section: `36 § 5 mom.`, `36 § 2 kohta`, `36 § 1 punkten`.
  var PARTS = /\s\d+\s*(mom|koh[dt]|punkt)[\p{L}.]*/giu;

  // Numbers of one to four digits, told apart by the first.
  function numbers(text) {
    var all = [];
    for (var i = 0; i < text.length;) {
      var first = DIGIT[text.charCodeAt(i++)];
      var more = first < 56 ? 0 : first < 88 ? 1 : first < 91 ? 2 : 3;
      var n = first - [0, 56, 88, 91][more];
      for (var k = 0; k < more; k++) n = n * 92 + DIGIT[text.charCodeAt(i++)];
      all.push(n + [0, 56, 3000, 28392][more]);
    }
    return all;
  }

  // What is printable in ASCII and needs no escape in a string of a script, by its code.
  var DIGIT = [];
  for (var code = 32, digit = 0; code < 127; code++) if (!/["<\\]/.test(String.fromCharCode(code))) DIGIT[code] = digit++;

  function fold(text) {
    return /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function rows(text) {
    return text.split("\n").filter(Boolean);
  }

  // A table in which no word is there by itself, as `constructor` would be.
  function table(words) {
    var found = Object.create(null);
    words.forEach((word) => { found[word] = true; });
    return found;
  }

  // The same tokens that the index has: words, words with hyphens whole and in parts, sections, numbers of statutes.
  // Visits each with its place in the text and its length there.
  function eachToken(text, visit) {
    text.replace(/(\d+\/\d{4})(?!\d)|(\d+)[ \u00a0]*([a-z])?[ \u00a0]*§|[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*/gu,
      (word, number, section, letter, at) => {
        function found(token) {
          visit(token.toLowerCase(), at, word.length);
        }
        if (number) return found(number);
        if (section) return found(section + (letter || "") + "§");
        var parts = word.split("-").filter(Boolean);
        if (parts.length > 1) found(parts.join(""));
        parts.forEach(found);
      });
  }

  function tokens(text) {
    var found = [];
    eachToken(text, (token) => { found.push(token); });
    return found;
  }

  // How many letters two words have in common from the beginning.
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

  // How far a form is from a word of the query: by its beginning, then by its length.
  function unlike(form, token) {
    return form.length - 3 * alike(form, fold(token));
  }

  // Words of the index that a word of the query may mean, with their weights, the greatest of each.
  function Meaning() {
    this.words = new Map();
    this.best = 0;
  }

  Meaning.prototype.add = function (word, weight) {
    if (!(this.words.get(word) >= weight)) this.words.set(word, weight);
    this.best = Math.max(this.best, weight);
  };

  Meaning.prototype.of = function (word) {
    return this.words.get(word) || 0;
  };

  // How far a name is what was asked for: how much of it is asked for, how many of the words asked for are in it,
  // and how many of these in order.
  function fit(name, slots) {
    var used = 0;
    var run = 0;
    var longest = 0;
    var before = -2;
    slots.forEach((slot) => {
      var place = -1;
      name.forEach((word, at) => {
        if (slot.sense.of(word) >= SURE && (place < 0 || at === before + 1)) place = at;
      });
      if (place >= 0) used++;
      run = place >= 0 && place === before + 1 ? run + 1 : 0;
      longest = Math.max(longest, run);
      before = place < 0 ? -2 : place;
    });
    var asked = name.reduce((sum, word) => {
      return sum + slots.reduce((best, slot) => Math.max(best, slot.sense.of(word)), 0);
    }, 0);
    return { asked: asked / Math.max(name.length, 1), used: used / slots.length, run: longest };
  }

  function open(data) {
    // ---- The index, unpacked ----
    var forms = [];
    var folded = [];
    var letters = [];
    var formsOf = [];
    var shared = numbers(data.shared);
    var wordOf = numbers(data.words);
    data.tails.split(" ").forEach((tail, at) => {
      forms.push((at ? forms[at - 1].slice(0, shared[at]) : "") + tail);
      folded.push(fold(forms[at]));
      letters.push(lettersOf(folded[at]));
      var word = wordOf[at] ? formsOf.length - wordOf[at] : formsOf.length;
      wordOf[at] = word;
      (formsOf[word] = formsOf[word] || []).push(at);
    });
    // All forms as one text, in which parts of words are looked for, and where in it each begins.
    var all = "\n" + folded.join("\n") + "\n";
    var starts = [];
    folded.reduce((start, form) => {
      starts.push(start);
      return start + form.length + 1;
    }, 1);
    var kinds = data.kinds.map((line) => line.split("\t"));
    var docs = rows(data.docs).map((line) => {
      var parts = line.split("\t");
      var at = numbers(parts[2]);
      return {
        title: parts[0], lang: parts[3] || null, names: parts.slice(4), kind: at[0], trail: at[1],
        href: data.folders[at[2]] + parts[1].replace(/(#|$)/, ".html$1")
      };
    });
    var posts = numbers(data.posts);
    var postsOf = [];
    for (var i = 0; i < posts.length; i += posts[i] + 1) postsOf.push(i);
    var steps = [];
    for (var weight = data.steps[0]; steps.length < data.steps[2]; weight *= data.steps[1]) steps.push(weight);
    var stop = table(data.stop.split(" ").map(fold));
    var endings = table(data.endings.split(" "));
    var sections = data.sections.split(" ");
    var statutes = rows(data.statutes).map((line) => {
      var parts = line.split("\t");
      return { words: parts[0].split(" ").map(fold).filter((word) => !stop[word]), number: parts[1] };
    });

    // The first of a sorted row that is not before a value.
    function place(row, value) {
      var low = 0;
      var high = row.length;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (row[middle] < value) low = middle + 1; else high = middle;
      }
      return low;
    }

    // The forms that are this word, and those that begin with it.
    function exact(word) {
      var found = [];
      for (var at = place(folded, word); folded[at] === word; at++) found.push(at);
      return found;
    }

    function beginning(word) {
      var found = [];
      for (var at = place(folded, word); at < folded.length && folded[at].startsWith(word); at++) found.push(at);
      return found;
    }

    // The forms that have a part, wherever it stands.
    function having(part) {
      var found = [];
      for (var at = all.indexOf(part); at >= 0 && found.length < MOST_FORMS; at = all.indexOf(part, at + 1)) {
        var form = place(starts, at + 1) - 1;
        if (found[found.length - 1] !== form) found.push(form);
      }
      return found;
    }

    // The documents in which a word stands: visit(document, how much it weighs there).
    function each(word, visit) {
      var at = postsOf[word];
      var doc = 0;
      for (var left = posts[at++]; left; left--) {
        var n = posts[at++];
        doc += Math.floor(n / steps.length);
        visit(doc, steps[n % steps.length]);
      }
    }

    // ---- What a word of the query may mean ----

    function mean(token, typed) {
      var word = fold(token);
      var meaning = meanWhole(token);
      if (/\d/.test(word)) return meaning;
      asPart(meaning, word, typed);
      if (meaning.best < FOLDED) misspelt(meaning, word, typed);
      return meaning;
    }

    // The word as a whole, in whatever form.
    function meanWhole(token) {
      var meaning = new Meaning();
      var word = fold(token);
      exact(word).forEach((form) => {
        // Dots that are typed are meant; dots that are not may be missing.
        meaning.add(wordOf[form], forms[form] === token ? 1 : token === word ? FOLDED : OTHER_DOTS);
      });
      // Where a number stands alone it may be that of a section.
      if (/^\d+[a-z]?$/.test(word)) {
        exact(word + "§").forEach((form) => { meaning.add(wordOf[form], FOLDED); });
      }
      if (word.length > 3) inOtherForms(meaning, word);
      return meaning;
    }

    // Forms that begin alike and differ by endings only: of these the ones that are alike the longest.
    function inOtherForms(meaning, word) {
      var least = Math.max(3, Math.ceil(word.length * 0.5) - 1);
      var longest = 0;
      var others = beginning(word.slice(0, least)).filter((at) => folded[at] !== word);
      var found = others.map((at) => {
        var form = folded[at];
        var n = alike(word, form);
        while (n >= least && !(isEnding(word, n) && isEnding(form, n))) n--;
        longest = Math.max(longest, n);
        return { at: at, n: n, share: n / Math.max(word.length, form.length) };
      });
      found.forEach((form) => {
        if (form.n < least || form.n < longest - 1) return;
        meaning.add(wordOf[form.at], NEAR * (LEAST_NEAR + (1 - LEAST_NEAR) * form.share));
      });
    }

    // Whether a word is a stem of so many letters and an ending; `tulkin` and `tulkkeja` have one stem.
    function isEnding(word, n) {
      return endings[word.slice(n)] || (/[kpt]/.test(word[n]) && word[n] === word[n - 1] && endings[word.slice(n + 1)]);
    }

    function asPart(meaning, word, typed) {
      partsOf(word).forEach((part) => {
        (part.length < 4 ? beginning(part).slice(0, MOST_FORMS) : having(part)).forEach((at) => {
          var form = folded[at];
          var from = form.indexOf(part);
          var behind = form.slice(from + part.length);
          var joint = isJoint(form.slice(0, from), behind);
          var share = Math.max(part.length / form.length, joint ? JOINT : 0);
          var way = !from ? (typed && part === word ? TYPED : BEGINS) : endings[behind] ? ENDS : INSIDE;
          // Few letters in the middle of a word say nothing: `elev` is no part of `oleskelevat`.
          if (way === INSIDE && part.length < SHORT && !joint) return;
          // Nor does another form of it between what is no word: `lasta` in `pykälästä`.
          if (from && part !== word && !joint) return;
          meaning.add(wordOf[at], way * (0.5 + 0.5 * share));
        });
      });
    }

    // A word as it may stand in compounds: as it is, in one of its short forms, or without its last vowel, as
    // `missbrukare` in `missbrukarrehabilitering`.
    function partsOf(word) {
      var parts = [word];
      exact(word).forEach((at) => {
        var own = formsOf[wordOf[at]].map((form) => folded[form]);
        own.sort((a, b) => a.length - b.length);
        parts = parts.concat(own.slice(0, 2).filter((form) => form.length > 3));
      });
      if (word.length > 6 && /[aeiouy]$/.test(word)) parts.push(word.slice(0, -1));
      return parts.filter((part, at) => part.length > 1 && parts.indexOf(part) === at);
    }

    // Whether what stands before and behind a part of a compound are words too: `förmån-s-handläggare`.
    function isJoint(before, behind) {
      function known(rest) {
        return !rest || exact(rest).length > 0;
      }
      return (known(before) || known(before.replace(/s$/, ""))) &&
        (endings[behind] || known(behind) || known(behind.replace(/^s/, "")));
    }

    function misspelt(meaning, word, typed) {
      if (word.length < 4) return;
      var limit = word.length > 8 ? 2 : 1;
      var isBegun = typed && meaning.best > 0;
      var less = !meaning.best ? 1 : isBegun ? TYPED_FUZZY : LESS_FUZZY;
      var own = lettersOf(word);
      var least = 2;
      folded.forEach((form, at) => {
        if (Math.abs(form.length - word.length) > limit || bits(own ^ letters[at]) > 2 * limit) return;
        var n = distance(word, form, limit);
        if (!n || n > limit) return;
        least = Math.min(least, n);
        meaning.add(wordOf[at], less * (n > 1 ? FUZZIER : FUZZY));
      });
      if (least === 1 || word.length < 7 || isBegun) return;
      // Rather than two mistakes: `föräldrar` begins as `föräldramöte` does.
      beginning(word.slice(0, Math.ceil(word.length * MOST_ALIKE))).forEach((at) => {
        meaning.add(wordOf[at], BEGINS);
      });
    }

    // The words that begin most alike, so that no word is left with nothing.
    function nearest(meaning, word) {
      var at = place(folded, word);
      var best = Math.max(alike(word, folded[at] || ""), alike(word, folded[at - 1] || ""));
      if (best < 3) return;
      beginning(word.slice(0, best)).slice(0, MOST_NEAR).forEach((form) => { meaning.add(wordOf[form], ALIKE); });
    }

    // ---- The query ----

    // Sections as the index has them, whatever they are called in the query, without the part of a section; "shl45"
    // in two.
    function asked(text) {
      var found = [];
      var given = tokens(text.replace(/(\p{L})(\d)/gu, "$1 $2").replace(PARTS, ""));
      given.forEach((token, at) => {
        var last = found[found.length - 1] || "";
        var isSection = sections.some((name) => fold(token).startsWith(name));
        if (isSection && /^\d+[a-z]?$/.test(last)) found[found.length - 1] = last + "§";
        else if (/^[a-z]$/.test(token) && /^\d+$/.test(last)) found[found.length - 1] = last + token;
        else if (!isSection || !/^\d/.test(given[at + 1] || "")) found.push(token);
      });
      found = found.slice(0, WORDS);
      var about = found.filter((token) => !stop[fold(token)]);
      return about.length ? about : found;
    }

    function slotsOf(text) {
      var words = asked(text);
      var slots = words.map((token, at) => {
        return { token: token, share: 1, sense: mean(token, at === words.length - 1) };
      });
      join(slots);
      slots = split(slots);
      cite(slots);
      slots.forEach((slot) => {
        if (!slot.sense.best) nearest(slot.sense, fold(slot.token));
      });
      return slots;
    }

    // Words that stand apart in the query and together in a text.
    function join(slots) {
      slots.slice(1).forEach((other, at) => {
        meanWhole(slots[at].token + other.token).words.forEach((weight, word) => {
          if (weight < SURE) return;
          slots[at].sense.add(word, weight);
          other.sense.add(word, weight);
        });
      });
    }

    // Words that stand together in the query and apart in a text.
    function split(slots) {
      var found = [];
      slots.forEach((slot) => {
        var best = { weight: Math.max(0.3, slot.sense.best * 0.5), slots: [slot] };
        for (var cut = 3; slot.sense.best < SURE && cut <= slot.token.length - 3; cut++) {
          var pair = [slot.token.slice(0, cut), slot.token.slice(cut)].map((token) => {
            return { token: token, share: 1, sense: meanWhole(token) };
          });
          var weight = pair.reduce((product, half) => product * (stop[fold(half.token)] ? 0 : half.sense.best), 1);
          if (weight > best.weight) best = { weight: weight, slots: pair };
        }
        found = found.concat(best.slots);
      });
      return found;
    }

    // A statute and a section are one place in the law, whichever stands first. Of several statutes whose names are in
    // the query the one with the longest name is meant.
    function cite(slots) {
      var section = slots.filter((slot) => /^\d+[a-z]?§?$/.test(slot.token)).pop();
      if (!section) return;
      var meant = [];
      statutes.forEach((statute) => {
        var numbered = slots.filter((slot) => slot.token === statute.number);
        var named = statute.words.map((word) => {
          var own = exact(word);
          return slots.filter((slot) => own.some((form) => slot.sense.of(wordOf[form]) >= SURE));
        });
        var length = numbered.length ? WORDS : named.every((found) => found.length) ? named.length : 0;
        var code = exact(statute.number + ":" + section.token.replace("§", ""))[0];
        if (length && code !== undefined) meant.push({ length: length, code: code, slots: named.concat([numbered]) });
      });
      var longest = meant.reduce((most, one) => Math.max(most, one.length), 0);
      meant.filter((one) => one.length === longest).forEach((one) => {
        // What cites the place comes before what is about the statute or another section of that number.
        one.slots.forEach((found) => {
          found.forEach((slot) => { if (slot !== section) slot.share = STATUTE; });
        });
        if (!section.cited) {
          section.sense.words.forEach((weight, word, own) => { own.set(word, weight * ALIKE); });
        }
        section.cited = true;
        section.sense.add(wordOf[one.code], 1);
      });
    }

    // ---- Hits ----

    function score(slots) {
      var hits = new Map();
      var whole = slots.filter((slot) => slot.share === 1).length;
      slots.forEach((slot) => {
        var weights = new Map();
        var surest = new Map();
        var count = 0;
        slot.sense.words.forEach((weight, word) => {
          each(word, (doc, often) => {
            if (weight >= SURE * slot.sense.best && !weights.has(doc)) count++;
            weights.set(doc, (weights.get(doc) || 0) + weight * often);
            surest.set(doc, Math.max(surest.get(doc) || 0, weight));
          });
        });
        var rare = slot.share * Math.log(1 + (docs.length - count + 0.5) / (count + 0.5));
        weights.forEach((often, doc) => {
          var hit = hits.get(doc) || { at: doc, score: 0, asked: 0 };
          hits.set(doc, hit);
          hit.score += rare * often / (K + often);
          // The words that name the statute of a place are told by the place.
          if (slot.share === 1) hit.asked += Math.min(1, surest.get(doc) / (SURE * slot.sense.best)) / whole;
        });
      });
      hits.forEach((hit) => { hit.score *= Math.pow(hit.asked, COVERAGE); });
      return Array.from(hits.values());
    }

    // The words of a document's title and of its other names.
    function namesOf(doc) {
      doc.words = doc.words || [doc.title].concat(doc.names).map((name) => {
        return tokens(name).map(fold).filter((token) => !stop[token]).map((token) => {
          var at = exact(token)[0];
          return at === undefined ? -1 : wordOf[at];
        });
      });
      return doc.words;
    }

    function boost(doc, slots) {
      return namesOf(doc).reduce((best, name, at) => {
        var how = fit(name, slots);
        var isIt = how.asked > EQUAL && how.used === 1;
        var by = (1 + NAMED * how.asked * how.used) * (how.run ? IN_ORDER : 1) * (isIt ? (at ? OTHER_NAME : TITLE) : 1);
        return { by: Math.max(best.by, by), isIt: best.isIt || isIt };
      }, { by: 1, isIt: false });
    }

    function sort(hits) {
      return hits.sort((a, b) => b.score - a.score || a.at - b.at);
    }

    // The forms of what was surely meant, for marking them in a text.
    function formsMeant(slots) {
      var found = [];
      slots.forEach((slot) => {
        slot.sense.words.forEach((weight, word) => {
          if (weight < SURE * slot.sense.best) return;
          formsOf[word].forEach((form) => { found.push(forms[form]); });
        });
        if (slot.cited) found.push(slot.token.replace("§", "") + "§");
      });
      return found;
    }

    function nearWords(slots) {
      var found = [];
      slots.filter((slot) => slot.sense.best <= FUZZY && !/\d/.test(slot.token)).forEach((slot) => {
        slot.sense.words.forEach((weight, word) => {
          if (weight < slot.sense.best) return;
          var own = formsOf[word].slice().sort((a, b) => unlike(folded[a], slot.token) - unlike(folded[b], slot.token));
          found.push(forms[own[0]]);
        });
      });
      return Array.from(new Set(found)).slice(0, MOST_NEAR);
    }

    function find(text) {
      var slots = slotsOf(String(text).normalize("NFC").slice(0, LETTERS));
      var hits = sort(score(slots));
      hits.slice(0, MOST_HITS).forEach((hit) => {
        var doc = docs[hit.at];
        var name = boost(doc, slots);
        hit.score *= name.by * kinds[doc.kind][3];
        hit.isIt = name.isIt;
      });
      sort(hits);
      var words = formsMeant(slots);
      var counts = kinds.map((kind) => { return { kind: kind[0], label: kind[2], count: 0 }; });
      hits.forEach((hit) => { counts[docs[hit.at].kind].count++; });
      return {
        hits: hits.map((hit) => {
          var doc = docs[hit.at];
          return {
            at: hit.at, href: doc.href, title: doc.title, kind: kinds[doc.kind][0], label: kinds[doc.kind][1],
            trail: data.trails[doc.trail].split("\t"), lang: doc.lang, words: words, isIt: hit.isIt
          };
        }),
        kinds: counts.filter((kind) => kind.count),
        near: nearWords(slots)
      };
    }

    return {
      size: docs.length,
      find: find,
      texts: (at) => {
        var first = at - at % data.texts;
        return { file: "search/" + data.lang + "-" + first + ".js", first: first, row: at - first };
      }
    };
  }

  // ---- Passages ----

  // Where in a text the words stand: [{ from, to, word }].
  function marks(text, words) {
    var wanted = table(words);
    var found = [];
    eachToken(text, (token, at, length) => {
      var last = found[found.length - 1];
      if (wanted[token] && !(last && last.from === at)) found.push({ from: at, to: at + length, word: token });
    });
    return found;
  }

  // The letter from which a passage of so many letters shows the most different words, then the most words.
  function best(found, letters) {
    var most = { value: 0, from: 0 };
    found.forEach((first, at) => {
      var seen = Object.create(null);
      var value = 0;
      for (var i = at; i < found.length && found[i].to <= first.from + letters; i++) {
        value += seen[found[i].word] ? 1 : 10;
        seen[found[i].word] = true;
      }
      if (value > most.value) most = { value: value, from: first.from };
    });
    return most.from;
  }

  function passage(text, words, letters, fromStart) {
    text = text.normalize("NFC");
    var found = marks(text, words);
    var from = 0;
    var to = text.length;
    if (text.length > letters) {
      // A little of what stands before, from the beginning of a word.
      from = fromStart ? 0 : Math.max(0, best(found, letters * 0.85) - Math.floor(letters * 0.15));
      from = from && text.indexOf(" ", from) + 1;
      to = from + letters < text.length ? Math.max(text.lastIndexOf(" ", from + letters), from + 1) : text.length;
    }
    var pieces = [];
    function add(piece, hit) {
      if (piece) pieces.push({ text: piece, hit: hit });
    }
    var at = from;
    add(from ? "… " : "", false);
    found.forEach((mark) => {
      if (mark.from < at || mark.to > to) return;
      add(text.slice(at, mark.from), false);
      add(text.slice(mark.from, mark.to), true);
      at = mark.to;
    });
    add(text.slice(at, to), false);
    add(to < text.length ? " …" : "", false);
    return pieces;
  }

  self.polkuSearch = { open: open, passage: passage };
})();
