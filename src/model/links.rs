//! References in both directions: what an entity mentions, and what mentions it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use foldhash::HashMap;

use crate::base::lang::Lang;
use crate::base::parts::in_parts;
use crate::base::source::Span;
use crate::model::book::{Handbook, Resolved};
use crate::model::field::Visitor;
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::table::{AnyEntry, AnyRef, Key};
use crate::model::text::{At, Text};
use crate::syntax::cite::{self, Citation};
use crate::syntax::markdown::{Law, Lead, Target};
use crate::syntax::text::Sentences;

/// Who mentions whom. Entities go by numbers, so that very many links are a few runs of numbers.
#[derive(Debug, Default)]
pub struct Links {
    keys: Vec<Key>,
    numbers: Numbers,
    to: Runs,
    from: Runs,
    quotes: BTreeMap<Key, Vec<Quote>>,
    citings: Vec<Citing>,
}

/// The number of each entity.
type Numbers = HashMap<Key, u32>;

/// For each number a run of others.
#[derive(Debug, Default)]
struct Runs {
    /// Where each run begins, and where the last one ends.
    starts: Vec<usize>,
    others: Vec<u32>,
}

impl Runs {
    /// Pairs as runs of seconds by firsts, each in the order of the pairs.
    fn new(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Runs {
        let mut starts = vec![0; count + 1];
        pairs.clone().for_each(|(own, _)| starts[own as usize + 1] += 1);
        (0..count).for_each(|own| starts[own + 1] += starts[own]);
        let (mut free, mut others) = (starts.clone(), vec![0; starts[count]]);
        for (own, other) in pairs {
            let at = &mut free[own as usize];
            others[*at] = other;
            *at += 1;
        }
        Runs { starts, others }
    }

    fn of(&self, own: u32) -> &[u32] {
        let own = own as usize;
        &self.others[self.starts[own]..self.starts[own + 1]]
    }
}

/// A citation of law in prose or in a short text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing {
    /// In whose text it stands.
    pub by: Key,
    /// Where it stands.
    pub span: Span,
    /// What is cited.
    pub citation: Citation,
    /// What that means in this handbook.
    pub cited: Cited,
}

/// A sentence that cites the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// In whose text it stands.
    pub by: Key,
    /// In which language.
    pub lang: Lang,
    /// The sentence.
    pub text: String,
}

impl Links {
    /// Gathers every reference, link and citation of a handbook.
    pub fn new(book: &Handbook) -> Links {
        let all = Kind::ALL.iter().flat_map(|kind| book.tables.every(*kind));
        let keys: Vec<Key> = all.map(AnyEntry::key).collect();
        let numbers: Numbers = keys.iter().cloned().zip(0..).collect();
        let entries: Vec<&dyn AnyEntry> = book.tables.entries().collect();
        let gathered: Vec<Vec<Gather<'_>>> =
            in_parts(&entries, |part| part.iter().map(|entry| Gather::of(book, &numbers, *entry)).collect());
        let gathered = || gathered.iter().flatten();
        let to = gathered().flat_map(|gather| gather.found.iter().map(|other| (gather.number, *other)));
        let from = to.clone().map(|(own, other)| (other, own));
        let (to, from) = (Runs::new(keys.len(), to), Runs::new(keys.len(), from));
        let citings = gathered().flat_map(|gather| gather.citings.iter().cloned()).collect();
        let mut quotes: BTreeMap<Key, Vec<Quote>> = BTreeMap::new();
        for (target, quote) in gathered().flat_map(|gather| &gather.quotes) {
            quotes.entry(target.clone()).or_default().push(quote.clone());
        }
        Links { keys, numbers, to, from, quotes, citings }
    }

    /// What an entity mentions.
    pub fn of(&self, key: &Key) -> impl Iterator<Item = &Key> {
        self.run(&self.to, key)
    }

    /// What mentions an entity.
    pub fn back(&self, key: &Key) -> impl Iterator<Item = &Key> {
        self.run(&self.from, key)
    }

    fn run<'l>(&'l self, runs: &'l Runs, key: &Key) -> impl Iterator<Item = &'l Key> + use<'l> {
        let others = self.numbers.get(key).map_or(&[] as &[u32], |own| runs.of(*own));
        others.iter().filter_map(|other| self.keys.get(*other as usize))
    }

    /// The sentences in prose and short texts that cite a statute or section.
    pub fn quotes(&self, key: &Key) -> &[Quote] {
        self.quotes.get(key).map_or(&[], Vec::as_slice)
    }

    /// Every citation in prose and short texts.
    pub fn citings(&self) -> &[Citing] {
        &self.citings
    }

    /// What rests on a section, or on a statute as a whole or any of its sections: whatever else cites it.
    pub fn resting_on(&self, book: &Handbook, key: &Key) -> BTreeSet<Key> {
        let of_law = |key: &&Key| !matches!(key.kind, Kind::Statute | Kind::Section);
        let sections =
            book.tables.sections.iter().filter(|section| {
                key.kind == Kind::Statute && section.data.statute.as_ref() == Some(&key.id)
            });
        let keys: Vec<Key> = sections.map(AnyEntry::key).chain([key.clone()]).collect();
        keys.iter().flat_map(|key| self.back(key)).filter(of_law).cloned().collect()
    }
}

struct Gather<'b> {
    book: &'b Handbook,
    numbers: &'b Numbers,
    by: Key,
    number: u32,
    found: Vec<u32>,
    quotes: Vec<(Key, Quote)>,
    citings: Vec<Citing>,
}

impl<'a> Visitor<'a> for Gather<'_> {
    fn text(&mut self, _at: &At<'_>, text: &'a Text) {
        for (lang, phrase) in text.words.iter() {
            let found = citations(self.book, &phrase.words);
            if found.is_empty() {
                continue;
            }
            let mut speech = Speech::new(&phrase.words, lang, false);
            for (range, citation) in found {
                self.cites((phrase.span, &range), citation, &mut speech);
            }
        }
    }

    fn reference(&mut self, _at: &At<'_>, reference: AnyRef<'a>) {
        self.finds(self.book.found(reference).as_ref());
    }

    fn law(&mut self, _at: &At<'_>, law: &'a LawRef) {
        let cited = self.book.statutes.find(&law.statute, law.section.as_ref());
        self.finds(cited_key(cited).as_ref());
    }
}

impl<'b> Gather<'b> {
    fn of(book: &'b Handbook, numbers: &'b Numbers, entry: &'b dyn AnyEntry) -> Gather<'b> {
        let by = entry.key();
        let number = numbers.get(&by).copied().unwrap_or_default();
        let (found, quotes, citings) = (Vec::new(), Vec::new(), Vec::new());
        let mut gather = Gather { book, numbers, by, number, found, quotes, citings };
        entry.visit(&mut gather);
        gather.prose(entry);
        gather.once();
        gather
    }

    fn finds(&mut self, key: Option<&Key>) {
        self.found.extend(key.and_then(|key| self.numbers.get(key)));
    }

    fn prose(&mut self, entry: &dyn AnyEntry) {
        each_link(self.book, entry, &mut |_, link| {
            if let Linked::Link(_, Resolved::Entity(key, _)) = link {
                self.finds(Some(&key));
            }
        });
        for (lang, prose) in entry.prose().iter() {
            let mut heard: Option<(&Arc<str>, Speech<'_>)> = None;
            for lead in &prose.doc.leads {
                if let Lead::Law(law, span) = lead {
                    self.law_in_prose(law, *span, lang, &mut heard);
                }
            }
        }
    }

    /// Reads the citations of a text, in the speech of the text before it where both stand in one.
    fn law_in_prose<'d>(
        &mut self,
        law: &'d Law,
        span: Span,
        lang: Lang,
        heard: &mut Option<(&'d Arc<str>, Speech<'d>)>,
    ) {
        let (text, start) = (law.text(), law.range.start);
        for (range, citation) in citations(self.book, text) {
            heard.take_if(|(run, _)| !Arc::ptr_eq(run, &law.run));
            // A text that stands alone has no links beside it.
            let new = || (&law.run, Speech::new(&law.run, lang, text.len() < law.run.len()));
            let (_, speech) = heard.get_or_insert_with(new);
            let place = span.part(text, &range);
            self.cites((place, &(range.start + start..range.end + start)), citation, speech);
        }
    }

    /// Everything once, and nothing of itself.
    fn once(&mut self) {
        let own = self.number;
        self.found.retain(|target| *target != own);
        self.found.sort_unstable();
        self.found.dedup();
        let (own, mut seen) = (&self.by, BTreeSet::new());
        let quotes = self.quotes.iter();
        let kept: Vec<bool> = quotes
            .map(|(target, quote)| target != own && seen.insert((target, quote.lang, &quote.text)))
            .collect();
        let mut kept = kept.into_iter();
        self.quotes.retain(|_| kept.next().unwrap_or_default());
    }

    fn cites(&mut self, (span, range): (Span, &Range<usize>), citation: Citation, speech: &mut Speech<'_>) {
        let cited = self.book.statutes.find(&citation.statute, Some(&citation.section));
        if let Some(key) = cited_key(cited.clone()) {
            self.finds(Some(&key));
            if let Some(text) = speech.quote(self.book, &key, range) {
                self.quotes.push((key, Quote { by: self.by.clone(), lang: speech.lang, text }));
            }
        }
        self.citings.push(Citing { by: self.by.clone(), span, citation, cited });
    }
}

/// Running text while its citations are read from its beginning to its end.
struct Speech<'t> {
    sentences: Sentences<'t>,
    lang: Lang,
    /// Whether links without words of their own stand in it as `[[id]]`.
    linked: bool,
    /// The sentence of the last citation, as written.
    sentence: &'t str,
    /// The same with names for links.
    words: String,
    /// What the sentence has been quoted for.
    quoted: BTreeSet<Key>,
}

impl<'t> Speech<'t> {
    fn new(text: &'t str, lang: Lang, linked: bool) -> Speech<'t> {
        let (words, quoted) = (String::new(), BTreeSet::new());
        Speech { sentences: Sentences::of(text), lang, linked, sentence: "", words, quoted }
    }

    /// The sentence around a citation, where it has not been quoted for that yet. A citation that stands
    /// alone says nothing about what it cites.
    fn quote(&mut self, book: &Handbook, cited: &Key, range: &Range<usize>) -> Option<String> {
        let sentence = self.sentences.around(range);
        if !std::ptr::eq(sentence, self.sentence) {
            self.sentence = sentence;
            self.words = if self.linked { named(book, sentence, self.lang) } else { sentence.to_owned() };
            self.quoted.clear();
        }
        let said = !self.quoted.contains(cited)
            && words_of(&self.words) != words_of(&self.sentences.text()[range.clone()]);
        (said && self.quoted.insert(cited.clone())).then(|| self.words.clone())
    }
}

fn words_of(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '§')
}

/// The entity a citation leads to: the statute where its section is not known.
pub fn cited_key(cited: Cited) -> Option<Key> {
    match cited {
        Cited::Section(key) | Cited::Statute(key) | Cited::UnknownSection(key) => Some(key),
        Cited::UnknownStatute => None,
    }
}

/// A link or picture in prose, and where it leads.
pub enum Linked<'a> {
    /// A link.
    Link(&'a Target, Resolved),
    /// A picture, by its path.
    Picture(&'a str, Resolved),
}

/// Visits every link and picture in an entity's prose, in every language, with its place.
pub fn each_link<'a>(book: &Handbook, entry: &'a dyn AnyEntry, visit: &mut dyn FnMut(Span, Linked<'a>)) {
    for (_, prose) in entry.prose().iter() {
        for lead in &prose.doc.leads {
            match lead {
                Lead::Link(target, span) => {
                    visit(*span, Linked::Link(target, book.resolve(target, &prose.path)));
                }
                Lead::Picture(path, span) => {
                    visit(*span, Linked::Picture(path, book.picture(path, &prose.path)));
                }
                Lead::Law(..) => {}
            }
        }
    }
}

/// Plain words with the name of what it leads to for each `[[id]]`. Nothing is looked for in a name that was
/// put in.
fn named(book: &Handbook, words: &str, lang: Lang) -> String {
    let (mut named, mut rest) = (String::with_capacity(words.len()), words);
    while let Some((before, (id, behind))) =
        rest.split_once("[[").and_then(|(before, link)| Some((before, link.split_once("]]")?)))
    {
        named.push_str(before);
        named.push_str(name_of(book, id, lang).unwrap_or(id));
        rest = behind;
    }
    named + rest
}

/// The name of what an id in prose leads to.
fn name_of<'b>(book: &'b Handbook, id: &str, lang: Lang) -> Option<&'b str> {
    let Resolved::Entity(key, _) = book.resolve_entity(None, id, &None) else { return None };
    let (_, name) = book.entry(&key)?.meta().name.words.fallback(lang, &book.fallbacks)?;
    Some(&name.words)
}

/// The citations in a text of this handbook.
pub fn citations(book: &Handbook, text: &str) -> Vec<(Range<usize>, Citation)> {
    if !text.contains('§') {
        return Vec::new();
    }
    cite::find(text, &|word| book.statutes.knows(word))
}
