// The search itself, without a page: an index in, hits out.
//
//   var engine = polkuSearch.open(self.polkuIndex.fi);
//   engine.size                          how many documents there are
//   engine.find("shl 36", { kind: "" })  what a query finds, best first:
//     hits   [{ at, href, title, kind, trail, lang?, words }]
//              at     the number of the document in the index
//              href   from the root of the site, percent-encoded
//              kind   a key of `kinds`;  trail  the names of the pages above, outermost first
//              words  the forms that were hit, in small letters, for `passage`
//     kinds  [{ kind, label, count }] of all hits, whatever kind was asked for
//     near   the nearest words of the handbook where a word of the query is in none of its texts
//   engine.texts(at)                     { file, first, row }: which file holds the text of a document
//   polkuSearch.passage(text, words, letters)
//            the part of a text around the hits, as [{ text, hit }]
(function () {
  "use strict";
  self.polkuSearch = { open: function () { return null; } };
})();
