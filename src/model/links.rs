//! References in both directions: what an entity mentions, and what mentions it.

mod numbers;
mod speech;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use numbers::{Numbers, Runs};
use speech::Speech;

use crate::base::lang::Lang;
use crate::base::parts::in_parts;
use crate::base::piece::Piece;
use crate::base::source::Span;
use crate::model::book::{Handbook, ProseFile, Resolved};
use crate::model::field::Visitor;
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef, Statutes};
use crate::model::table::{AnyEntry, AnyRef, Identity, Key};
use crate::model::text::{At, Text};
use crate::syntax::cite::{self, Citation};
use crate::syntax::markdown::{Law, Lead, Target};

/// Who mentions whom. Entities go by numbers, so that very many links are a few runs of numbers.
#[derive(Debug, Default)]
pub struct Links {
    numbers: Numbers,
    /// What each entity that is shown mentions, by its number.
    gathered: Vec<Option<Arc<Gathered>>>,
    from: Runs,
    /// Who cites each statute and section in a sentence.
    quoted: Runs,
    /// What texts were read by.
    statutes: Arc<Statutes>,
    files: Arc<Vec<ProseFile>>,
}

/// What an entity mentions.
#[derive(Debug)]
struct Gathered {
    of: Identity,
    /// Its number.
    number: u32,
    fields: Arc<Said>,
    prose: Arc<Said>,
    /// What both mention, each once and nothing of itself.
    found: Vec<u32>,
}

/// What fields or prose mention.
#[derive(Debug, Default)]
struct Said {
    found: Vec<u32>,
    sentences: Vec<(u32, Sentence)>,
    citings: Vec<Citing>,
}

/// A sentence as it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sentence {
    lang: Lang,
    text: Piece,
    /// Whether links without words of their own stand in it as `[[id]]`.
    linked: bool,
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// In whose text it stands.
    pub by: Key,
    /// In which language.
    pub lang: Lang,
    /// The sentence.
    pub text: String,
}

impl Links {
    /// Gathers every reference, link and citation of a handbook. What an entity mentions is kept where it is the
    /// same as before, and so is everything that it may mention.
    pub fn new(book: &Handbook, before: Option<&Links>) -> Links {
        let numbers = Numbers::of(book);
        let same = |before: &&Links| {
            before.numbers.keys == numbers.keys
                && Arc::ptr_eq(&before.statutes, &book.statutes)
                && Arc::ptr_eq(&before.files, &book.prose_files)
        };
        let before = before.filter(same).map_or(&[] as &[_], |before| before.gathered.as_slice());
        let entries: Vec<(u32, &dyn AnyEntry)> =
            book.tables.entries().filter_map(|entry| Some((numbers.get(&entry.key())?, entry))).collect();
        let gather = |(number, entry): &(u32, &dyn AnyEntry)| {
            let kept = before.get(*number as usize).and_then(Option::as_ref);
            let whole = kept.filter(|kept| kept.of.is(*entry)).map(Arc::clone);
            let gather = || Gathered::new(&Gather::new(book, &numbers, *entry), (*number, *entry), kept);
            whole.unwrap_or_else(|| Arc::new(gather()))
        };
        let found: Vec<Arc<Gathered>> =
            in_parts(&entries, |part| part.iter().map(gather).collect::<Vec<_>>())
                .into_iter()
                .flatten()
                .collect();
        let from = found.iter().flat_map(|own| own.found.iter().map(|other| (*other, own.number)));
        let quoted = found.iter().flat_map(|own| own.quoted().map(|law| (law, own.number)));
        let count = numbers.keys.len();
        let (from, quoted) = (Runs::new(count, from), Runs::new(count, quoted));
        let mut gathered = vec![None; count];
        for own in found {
            let at = own.number as usize;
            gathered[at] = Some(own);
        }
        let (statutes, files) = (Arc::clone(&book.statutes), Arc::clone(&book.prose_files));
        Links { numbers, gathered, from, quoted, statutes, files }
    }

    /// What an entity mentions.
    pub fn of(&self, key: &Key) -> impl Iterator<Item = &Key> {
        self.gathered(self.numbers.get(key)).into_iter().flat_map(|own| self.keys(&own.found))
    }

    /// What mentions an entity.
    pub fn back(&self, key: &Key) -> impl Iterator<Item = &Key> {
        let own = self.numbers.get(key);
        own.into_iter().flat_map(|own| self.keys(self.from.of(own)))
    }

    fn keys<'l>(&'l self, numbers: &'l [u32]) -> impl Iterator<Item = &'l Key> {
        numbers.iter().filter_map(|number| self.numbers.keys.get(*number as usize))
    }

    fn gathered(&self, number: Option<u32>) -> Option<&Gathered> {
        self.gathered.get(number? as usize)?.as_deref()
    }

    /// The sentences in prose and short texts that cite a statute or section, with the names of what they lead
    /// to; those of one text stand together.
    pub fn quotes(&self, book: &Handbook, key: &Key) -> Vec<Quote> {
        let Some(own) = self.numbers.get(key) else { return Vec::new() };
        let by = self.quoted.of(own).iter().filter_map(|by| self.gathered(Some(*by)));
        let quote = |by: &Key, said: &Sentence| {
            let text = if said.linked { named(book, &said.text, said.lang) } else { said.text.to_string() };
            Quote { by: by.clone(), lang: said.lang, text }
        };
        let quotes = by.flat_map(|by| {
            let own = by.sentences().filter(|(law, _)| *law == own);
            own.filter_map(|(_, said)| Some(quote(self.numbers.keys.get(by.number as usize)?, said)))
        });
        let mut seen = BTreeSet::new();
        quotes.filter(|quote| seen.insert(quote.clone())).collect()
    }

    /// Every citation in prose and short texts.
    pub fn citings(&self) -> impl Iterator<Item = &Citing> {
        self.gathered.iter().flatten().flat_map(|own| own.fields.citings.iter().chain(&own.prose.citings))
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

impl Gathered {
    /// Reads the fields and the prose of an entity, each where it is another than before.
    fn new(
        gather: &Gather<'_>,
        (number, entry): (u32, &dyn AnyEntry),
        before: Option<&Arc<Gathered>>,
    ) -> Gathered {
        let fields = before.filter(|before| before.of.is_declared(entry)).map(|before| &before.fields);
        let prose = before.filter(|before| before.of.is_told(entry)).map(|before| &before.prose);
        let fields = fields.map_or_else(|| Arc::new(gather.fields(entry)), Arc::clone);
        let prose = prose.map_or_else(|| Arc::new(gather.prose(entry)), Arc::clone);
        let mut found: Vec<u32> = fields.found.iter().chain(&prose.found).copied().collect();
        found.retain(|target| *target != number);
        found.sort_unstable();
        found.dedup();
        Gathered { of: entry.identity(), number, fields, prose, found }
    }

    fn sentences(&self) -> impl Iterator<Item = &(u32, Sentence)> {
        let all = self.fields.sentences.iter().chain(&self.prose.sentences);
        all.filter(|(law, _)| *law != self.number)
    }

    /// The statutes and sections that it speaks of.
    fn quoted(&self) -> impl Iterator<Item = u32> + Clone {
        let mut laws: Vec<u32> = self.sentences().map(|(law, _)| *law).collect();
        laws.sort_unstable();
        laws.dedup();
        laws.into_iter()
    }
}

impl Said {
    /// Every mention and sentence once.
    fn once(mut self) -> Said {
        self.found.sort_unstable();
        self.found.dedup();
        self.found.shrink_to_fit();
        let mut seen = BTreeSet::new();
        self.sentences.retain(|said| seen.insert(said.clone()));
        self.sentences.shrink_to_fit();
        self.citings.shrink_to_fit();
        self
    }
}

struct Gather<'b> {
    book: &'b Handbook,
    numbers: &'b Numbers,
    by: Key,
    said: Said,
}

impl<'a> Visitor<'a> for Gather<'_> {
    fn text(&mut self, _at: &At<'_>, text: &'a Text) {
        for (lang, phrase) in text.words.iter() {
            let found = citations(self.book, &phrase.words);
            if found.is_empty() {
                continue;
            }
            let run = Piece::whole(&phrase.words);
            let mut speech = Speech::new(&run, lang, false);
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
    fn new(book: &'b Handbook, numbers: &'b Numbers, entry: &dyn AnyEntry) -> Gather<'b> {
        Gather { book, numbers, by: entry.key(), said: Said::default() }
    }

    /// What the fields of an entity mention.
    fn fields(&self, entry: &dyn AnyEntry) -> Said {
        let mut gather = Gather { by: self.by.clone(), said: Said::default(), ..*self };
        entry.visit(&mut gather);
        gather.said.once()
    }

    /// What its prose mentions.
    fn prose(&self, entry: &dyn AnyEntry) -> Said {
        let mut gather = Gather { by: self.by.clone(), said: Said::default(), ..*self };
        gather.read(entry);
        gather.said.once()
    }

    fn finds(&mut self, key: Option<&Key>) {
        self.said.found.extend(key.and_then(|key| self.numbers.get(key)));
    }

    fn read(&mut self, entry: &dyn AnyEntry) {
        each_link(self.book, entry, &mut |_, link| {
            if let Linked::Link(_, Resolved::Entity(key, _)) = link {
                self.finds(Some(&key));
            }
        });
        for (lang, prose) in entry.prose().iter() {
            let mut heard: Option<(&Piece, Speech<'_>)> = None;
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
        heard: &mut Option<(&'d Piece, Speech<'d>)>,
    ) {
        let (text, start) = (law.text(), law.range.start);
        for (range, citation) in citations(self.book, text) {
            heard.take_if(|(run, _)| !run.is(&law.run));
            // A text that stands alone has no links beside it.
            let new = || (&law.run, Speech::new(&law.run, lang, text.len() < law.run.len()));
            let (_, speech) = heard.get_or_insert_with(new);
            let place = span.part(text, &range);
            self.cites((place, &(range.start + start..range.end + start)), citation, speech);
        }
    }

    fn cites(&mut self, (span, range): (Span, &Range<usize>), citation: Citation, speech: &mut Speech<'_>) {
        let cited = self.book.statutes.find(&citation.statute, Some(&citation.section));
        if let Some(law) = cited_key(cited.clone()).and_then(|key| self.numbers.get(&key)) {
            self.said.found.push(law);
            if let Some(text) = speech.quote(law, range) {
                let (lang, linked) = (speech.lang, speech.linked);
                self.said.sentences.push((law, Sentence { lang, text, linked }));
            }
        }
        self.said.citings.push(Citing { by: self.by.clone(), span, citation, cited });
    }
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
                Lead::Link(link) => {
                    let resolved = book.resolve(&link.target, &prose.path);
                    visit(link.span, Linked::Link(&link.target, resolved));
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
    let Resolved::Entity(key, _) = book.resolve_entity(None, id, None) else { return None };
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
