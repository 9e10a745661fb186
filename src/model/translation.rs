//! Translation states: which texts somebody has confirmed to say the same in every language.
//!
//! Neither language is the source: where the text of one side has changed since both were confirmed, the
//! other side is stale.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::base::lang::{Lang, PerLang};
use crate::base::parts::in_parts;
use crate::base::source::Span;
use crate::model::book::Handbook;
use crate::model::field::Visitor;
use crate::model::lock::Lock;
use crate::model::prose::Prose;
use crate::model::record::Record;
use crate::model::table::{AnyEntry, Key};
use crate::model::text::{At, Phrase, Text, TextId};
use crate::syntax::markdown::{Doc, SectionText};
use crate::syntax::shape::Shape;

/// A text in every language that has it.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its address.
    pub id: TextId,
    /// Whose it is; `None` for the settings.
    pub of: Option<Key>,
    /// The languages it should have.
    pub langs: Vec<Lang>,
    /// What there is.
    pub sides: PerLang<Side>,
}

impl Unit {
    /// Whether an address names this text, or the entity or field it belongs to.
    pub fn is_meant(&self, id: &str) -> bool {
        self.id.as_str().strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '#']))
    }

    /// Whether every language has it that should.
    pub fn is_whole(&self) -> bool {
        self.langs.iter().all(|lang| self.sides.get(*lang).is_some())
    }
}

/// A text in one language.
#[derive(Debug, Clone)]
pub struct Side {
    /// Where it stands; of prose the lines, of a field the value.
    pub span: Span,
    shape: Shaped,
    text: Kept,
}

/// The shape of a text: of prose as it is kept with its parse.
#[derive(Debug, Clone)]
enum Shaped {
    Field(Box<Shape>),
    Section(usize),
}

/// The text itself, without a copy of it.
#[derive(Debug, Clone)]
enum Kept {
    Field(Arc<str>),
    Prose(Arc<Doc>),
}

impl Side {
    fn field(phrase: &Phrase) -> Side {
        let shape = Shaped::Field(Box::new(Shape::of(&phrase.words)));
        Side { span: phrase.span, shape, text: Kept::Field(Arc::clone(&phrase.words)) }
    }

    /// The words, without white space around.
    pub fn words(&self) -> &str {
        match &self.text {
            Kept::Field(words) => words,
            Kept::Prose(doc) => doc.source.get(self.span.range()).unwrap_or_default().trim(),
        }
    }

    /// Its shape.
    pub fn shape(&self) -> &Shape {
        static NONE: LazyLock<Shape> = LazyLock::new(Shape::default);
        match (&self.shape, &self.text) {
            (Shaped::Field(shape), _) => shape,
            (Shaped::Section(at), Kept::Prose(doc)) => doc.sections.get(*at).map_or(&NONE, |s| &s.shape),
            (Shaped::Section(_), Kept::Field(_)) => &NONE,
        }
    }

    /// Its fingerprint.
    pub fn digest(&self) -> &str {
        &self.shape().digest
    }

    /// Whether it is prose.
    pub fn is_prose(&self) -> bool {
        matches!(self.text, Kept::Prose(_))
    }
}

/// How far a text is confirmed in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// There is no text.
    Missing,
    /// Another language has changed since both were confirmed.
    Stale,
    /// Nobody has confirmed it yet.
    ToConfirm,
    /// Confirmed, or newer than what is stale.
    Current,
}

impl State {
    /// All states, the best first.
    pub const ALL: [State; 4] = [State::Current, State::Stale, State::ToConfirm, State::Missing];

    /// The word in tables and files.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Stale => "stale",
            State::ToConfirm => "to_confirm",
            State::Current => "current",
        }
    }
}

/// How many texts are in each state, language by language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Lang, BTreeMap<State, usize>>);

impl Tally {
    /// The languages in which there should be texts.
    pub fn langs(&self) -> impl Iterator<Item = Lang> {
        self.0.keys().copied()
    }

    /// The texts in a state.
    pub fn count(&self, lang: Lang, state: State) -> usize {
        self.0.get(&lang).and_then(|states| states.get(&state)).copied().unwrap_or_default()
    }

    /// All texts that there should be.
    pub fn all(&self, lang: Lang) -> usize {
        self.0.get(&lang).map_or(0, |states| states.values().sum())
    }

    fn add(&mut self, states: &BTreeMap<Lang, State>) {
        for (lang, state) in states {
            *self.0.entry(*lang).or_default().entry(*state).or_default() += 1;
        }
    }
}

/// The texts of a handbook with their states.
#[derive(Debug, Clone, Default)]
pub struct Translations {
    /// Every text that should be in more than one language.
    pub units: Vec<Unit>,
    /// Whether anybody has begun to confirm.
    pub begun: bool,
    states: Vec<BTreeMap<Lang, State>>,
    stale: BTreeMap<Lang, BTreeMap<TextId, Lang>>,
}

impl Translations {
    /// Holds every text against the lock.
    pub fn new(book: &Handbook, lock: &Lock) -> Translations {
        let units = units(book);
        let mut states = Vec::with_capacity(units.len());
        let mut stale: BTreeMap<Lang, BTreeMap<TextId, Lang>> = BTreeMap::new();
        for unit in &units {
            let held = Held::new(unit, lock);
            let own: BTreeMap<Lang, State> =
                unit.langs.iter().map(|lang| (*lang, held.state(*lang))).collect();
            for lang in own.iter().filter(|(_, state)| **state == State::Stale).map(|(lang, _)| *lang) {
                stale.entry(lang).or_default().extend(held.newer(lang).map(|newer| (unit.id.clone(), newer)));
            }
            states.push(own);
        }
        Translations { units, begun: !lock.is_empty(), states, stale }
    }

    /// Texts with the state of each language.
    pub fn states(&self) -> impl Iterator<Item = (&Unit, &BTreeMap<Lang, State>)> {
        self.units.iter().zip(&self.states)
    }

    /// How many texts are in each state, group by group.
    pub fn tally<K: Ord>(&self, group: impl Fn(&Unit) -> K) -> BTreeMap<K, Tally> {
        let mut groups: BTreeMap<K, Tally> = BTreeMap::new();
        for (unit, states) in self.states() {
            groups.entry(group(unit)).or_default().add(states);
        }
        groups
    }

    /// The language in which a text is newer, where it is stale in this one.
    pub fn newer(&self, lang: Lang, id: &TextId) -> Option<Lang> {
        self.stale.get(&lang)?.get(id).copied()
    }
}

/// The texts of an entity that are stale in a language, in the order of their addresses, each with the language in
/// which it is newer.
pub fn stale(book: &Handbook, entry: &dyn AnyEntry, lang: Lang) -> Vec<(TextId, Lang)> {
    if book.lock.is_empty() {
        return Vec::new();
    }
    let newer = |unit: &Unit| {
        let held = Held::new(unit, &book.lock);
        let stale = unit.langs.contains(&lang) && held.state(lang) == State::Stale;
        stale.then(|| held.newer(lang)).flatten()
    };
    let units = units_of(book, entry).into_iter();
    let mut stale: Vec<(TextId, Lang)> =
        units.filter_map(|unit| Some((newer(&unit)?, unit.id))).map(|(newer, id)| (id, newer)).collect();
    stale.sort();
    stale
}

/// A text held against what has been confirmed of it.
struct Held<'a> {
    unit: &'a Unit,
    lines: Vec<&'a BTreeMap<Lang, String>>,
}

impl<'a> Held<'a> {
    fn new(unit: &'a Unit, lock: &'a Lock) -> Held<'a> {
        Held { unit, lines: lock.of(unit.id.as_str()).collect() }
    }

    /// How far the text is confirmed in a language.
    fn state(&self, lang: Lang) -> State {
        if self.unit.sides.get(lang).is_none() {
            return State::Missing;
        }
        let open: Vec<Lang> = self.others(lang).filter(|other| !self.matched(lang, *other)).collect();
        if open.iter().any(|other| self.is_older(lang, *other)) {
            return State::Stale;
        }
        let new = |other: Lang| self.is_known(lang) && !self.is_known(other);
        let waits = |other: &Lang| !self.is_older(*other, lang) && !new(*other);
        if open.iter().any(waits) { State::ToConfirm } else { State::Current }
    }

    /// The language in which the text is newer than in this one; of several one that waits for nobody.
    fn newer(&self, lang: Lang) -> Option<Lang> {
        let newer = || self.others(lang).filter(|other| self.is_older(lang, *other));
        newer().find(|other| self.state(*other) == State::Current).or_else(|| newer().next())
    }

    /// The other languages that have the text.
    fn others(&self, lang: Lang) -> impl Iterator<Item = Lang> {
        self.unit.sides.iter().map(|(other, _)| other).filter(move |other| *other != lang)
    }

    fn is_today(&self, line: &BTreeMap<Lang, String>, lang: Lang) -> bool {
        line.get(&lang).map(String::as_str) == self.unit.sides.get(lang).map(Side::digest)
    }

    fn is_known(&self, lang: Lang) -> bool {
        self.lines.iter().any(|line| self.is_today(line, lang))
    }

    fn matched(&self, one: Lang, other: Lang) -> bool {
        self.lines.iter().any(|line| self.is_today(line, one) && self.is_today(line, other))
    }

    /// Whether one is as it was confirmed and only the other has changed since.
    fn is_older(&self, one: Lang, other: Lang) -> bool {
        let behind = |one: Lang, other: Lang| {
            self.lines.iter().any(|line| self.is_today(line, one) && line.contains_key(&other))
        };
        !self.matched(one, other) && behind(one, other) && !behind(other, one)
    }
}

/// Every text that should be in more than one language.
pub fn units(book: &Handbook) -> Vec<Unit> {
    let mut gather = Gather { of: None, langs: book.langs.clone(), units: Vec::new() };
    book.config.visit_fields(&At::root("site"), &mut gather);
    let entries: Vec<&dyn AnyEntry> = book.tables.entries().collect();
    let of =
        |part: &[&dyn AnyEntry]| part.iter().flat_map(|entry| units_of(book, *entry)).collect::<Vec<_>>();
    gather.units.extend(in_parts(&entries, of).into_iter().flatten());
    gather.units
}

/// The texts of an entity.
fn units_of(book: &Handbook, entry: &dyn AnyEntry) -> Vec<Unit> {
    let langs = book.langs_of(entry.meta());
    let mut gather = Gather { of: Some(entry.key()), langs, units: Vec::new() };
    entry.visit(&mut gather);
    gather.prose(entry);
    gather.units
}

struct Gather {
    of: Option<Key>,
    langs: Vec<Lang>,
    units: Vec<Unit>,
}

impl<'a> Visitor<'a> for Gather {
    fn text(&mut self, at: &At<'_>, text: &'a Text) {
        if text.is_empty() || text.faulty || at.key() == "slug" || self.langs.len() < 2 {
            return;
        }
        let sides = text.words.map(|_, phrase| Side::field(phrase));
        self.units.push(Unit { id: at.id(), of: self.of.clone(), langs: self.langs.clone(), sides });
    }
}

impl Gather {
    fn prose(&mut self, entry: &dyn AnyEntry) {
        let key = entry.key();
        let kind = At::root(key.kind.as_str());
        let entity = kind.entity(key.id.as_str());
        let mut parts: Vec<(String, PerLang<Side>)> = Vec::new();
        for (lang, prose) in entry.prose().iter().filter(|_| self.langs.len() > 1) {
            for (name, side) in sections(prose) {
                match parts.iter_mut().find(|(own, _)| *own == name) {
                    Some((_, sides)) => sides.insert(lang, side),
                    None => parts.push((name, [(lang, side)].into_iter().collect())),
                }
            }
        }
        for (name, sides) in parts {
            let id = entity.prose(&name).id();
            self.units.push(Unit { id, of: self.of.clone(), langs: self.langs.clone(), sides });
        }
    }
}

/// The parts of prose that are confirmed one by one: what stands before the first heading, and each
/// section with its heading, by the anchor that all languages share.
fn sections(prose: &Prose) -> Vec<(String, Side)> {
    let part = |(at, section): (usize, &SectionText)| {
        let name = match section.heading {
            Some(heading) => prose.anchor_at(heading)?.to_string(),
            None => String::new(),
        };
        let side = Side {
            span: section.span,
            shape: Shaped::Section(at),
            text: Kept::Prose(Arc::clone(&prose.doc)),
        };
        Some((name, side))
    };
    prose.doc.sections.iter().enumerate().filter_map(part).collect()
}
