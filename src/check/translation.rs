//! The twins of a text: none stale, none of another shape.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::source::Span;
use crate::check::Facts;
use crate::model::book::{Handbook, Resolved};
use crate::model::kind::Kind;
use crate::model::law::Cited;
use crate::model::links::{Citing, Linked, cited_key, each_link};
use crate::model::table::Key;
use crate::model::translation::{Side, State, Unit};
use crate::model::words;
use crate::syntax::cite::SectionNumber;

crate::codes! { "translation.toml":
    STALE_TEXT = "stale-text",
    UNCONFIRMED_TEXTS = "unconfirmed-texts",
    DIFFERENT_LAW = "different-law",
    DIFFERENT_NUMBERS = "different-numbers",
    DIFFERENT_OUTLINE = "different-outline",
    DIFFERENT_LINKS = "different-links",
    FOREIGN_TEXT = "foreign-text",
}

pub(super) const STATES: &[Code] = &[STALE_TEXT, UNCONFIRMED_TEXTS];
pub(super) const SHAPES: &[Code] =
    &[DIFFERENT_LAW, DIFFERENT_NUMBERS, DIFFERENT_OUTLINE, DIFFERENT_LINKS, FOREIGN_TEXT];

/// Texts that changed in one language since both were confirmed, and how many nobody has confirmed. A
/// handbook in which nobody has begun to confirm is not drowned in what there is to do.
pub(super) fn states(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if !facts.translations.begun {
        return;
    }
    let mut unconfirmed = 0_usize;
    for (unit, states) in facts.translations.states() {
        unconfirmed += usize::from(states.values().any(|state| *state == State::ToConfirm));
        for (lang, _) in states.iter().filter(|(_, state)| **state == State::Stale) {
            let newer = facts.translations.newer(*lang, &unit.id);
            let (Some(side), Some(newer)) = (unit.sides.get(*lang), newer) else { continue };
            let finding =
                Diagnostic::at(STALE_TEXT, side.span).also(unit.sides.get(newer).map(|side| side.span));
            let finding = finding.with("at", unit.id.as_str()).with("language", words::language(*lang));
            diags.push(finding.with("newer", words::language(newer)));
        }
    }
    if unconfirmed > 0 {
        diags.push(Diagnostic::of(UNCONFIRMED_TEXTS).with("number", unconfirmed.to_string()));
    }
}

/// Both sides of a text cite the same law, name the same numbers and have the same parts, and each is in
/// its own language.
pub(super) fn shapes(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let mut citings: Vec<&Citing> = facts.links.citings().collect();
    citings.sort_by_key(|citing| (citing.span.file, citing.span.start));
    let facts = &Compared { facts, citings, leads: leads(facts.book) };
    for unit in facts.facts.translations.units.iter().filter(|_| facts.facts.book.damaged.is_empty()) {
        for (lang, side) in unit.sides.iter().filter(|(lang, side)| side.shape().is_foreign(*lang)) {
            let finding = Diagnostic::at(FOREIGN_TEXT, side.span).with("at", unit.id.as_str());
            diags.push(finding.with("language", words::language(lang)));
        }
        let mut sides = unit.sides.iter();
        let Some((_, first)) = sides.next() else { continue };
        for (_, other) in sides {
            diags.extend(facts.difference(unit, first, other));
        }
    }
}

/// What sides are compared with.
struct Compared<'a> {
    facts: &'a Facts<'a>,
    /// Every citation in the order of files and places.
    citings: Vec<&'a Citing>,
    /// Every link to an entity in the order of files and places.
    leads: Vec<(Span, Key)>,
}

/// A place in the law as one of the sides cites it: the entity, or the words where there is none; the
/// section where the handbook does not have it; the subsection.
type Place<'a> = (Option<&'a Key>, &'a str, Option<&'a SectionNumber>, Option<u16>);

impl<'a> Compared<'a> {
    /// The first thing in which two sides differ: whoever mends it looks at the others too.
    fn difference(&self, unit: &Unit, first: &Side, other: &Side) -> Option<Diagnostic> {
        let finding = |code, own: String, theirs: String| {
            let finding =
                Diagnostic::at(code, other.span).also(Some(first.span)).with("at", unit.id.as_str());
            finding.with("one", theirs).with("other", own)
        };
        let law =
            |side: &Side| self.cited(side).map(|citing| self.place(citing)).collect::<BTreeSet<Place<'_>>>();
        if law(other) != law(first) {
            let told = |side: &Side| listed(&count(self.cited(side).map(|citing| self.told(citing))));
            return Some(finding(DIFFERENT_LAW, told(other), told(first)));
        }
        let (own, theirs) = (other.shape(), first.shape());
        if own.numbers != theirs.numbers {
            let told = |numbers: &str| listed(&count(numbers.split_ascii_whitespace().map(str::to_owned)));
            return Some(finding(DIFFERENT_NUMBERS, told(&own.numbers), told(&theirs.numbers)));
        }
        if let Some((own, theirs)) = self.outlines(unit, first, other) {
            return Some(finding(DIFFERENT_OUTLINE, own, theirs));
        }
        let [one, two] = [first, other].map(|side| self.led(side).collect::<BTreeSet<&Key>>());
        let told = |keys: &BTreeSet<&Key>| listed(&count(keys.iter().map(ToString::to_string)));
        (one != two).then(|| finding(DIFFERENT_LINKS, told(&two), told(&one)))
    }

    /// The outlines of two sides of prose, where they differ. A part of a cell that is missing is told by its
    /// name.
    fn outlines(&self, unit: &Unit, first: &Side, other: &Side) -> Option<(String, String)> {
        let (own, theirs) = (&other.shape().outline, &first.shape().outline);
        let parts = |outline: &str| outline.split(' ').filter(|mark| *mark == "###").count();
        let is_cell = unit.of.as_ref().is_some_and(|key| key.kind == Kind::Role);
        let told = is_cell && parts(own) != parts(theirs);
        let differ = other.is_prose() && own != theirs && !told;
        differ.then(|| (own.to_string(), theirs.to_string()))
    }

    /// The entities to which a side leads.
    fn led(&self, side: &Side) -> impl Iterator<Item = &Key> {
        let (file, start, end) = (side.span.file, side.span.start, side.span.end);
        let from = self.leads.partition_point(|(span, _)| (span.file, span.start) < (file, start));
        let own = move |(span, _): &&(Span, Key)| span.file == file && span.start < end;
        self.leads[from..].iter().take_while(own).map(|(_, key)| key)
    }

    /// The citations in a side.
    fn cited(&self, side: &Side) -> impl Iterator<Item = &'a Citing> {
        let (file, start, end) = (side.span.file, side.span.start, side.span.end);
        let from =
            self.citings.partition_point(|citing| (citing.span.file, citing.span.start) < (file, start));
        let own = move |citing: &&&'a Citing| citing.span.file == file && citing.span.start < end;
        self.citings[from..].iter().take_while(own).copied().collect::<Vec<_>>().into_iter()
    }

    fn place(&self, citing: &'a Citing) -> Place<'a> {
        let cited = &citing.citation;
        match &citing.cited {
            Cited::Section(key) | Cited::Statute(key) => (Some(key), "", None, cited.subsection),
            Cited::UnknownSection(key) => (Some(key), "", Some(&cited.section), cited.subsection),
            Cited::UnknownStatute => (None, &cited.statute, Some(&cited.section), cited.subsection),
        }
    }

    /// A place in words that are the same in every language: each has its own short name for a statute.
    fn told(&self, citing: &Citing) -> String {
        let tables = &self.facts.book.tables;
        let section = cited_key(citing.cited.clone()).and_then(|key| tables.sections.get(&key.id));
        let statute = section.and_then(|section| tables.statutes.get(section.data.statute.as_ref()?));
        let of = statute.map_or_else(|| citing.citation.statute.to_string(), |own| own.data.number.clone());
        let subsection = citing.citation.subsection.map_or(String::new(), |n| format!(" {n} mom."));
        format!("{of} {} §{subsection}", citing.citation.section)
    }
}

/// Every link from prose to an entity.
fn leads(book: &Handbook) -> Vec<(Span, Key)> {
    let mut leads = Vec::new();
    for entry in book.tables.entries() {
        each_link(book, entry, &mut |span, linked| {
            if let Linked::Link(_, Resolved::Entity(key, _)) = linked {
                leads.push((span, key));
            }
        });
    }
    leads.sort_by_key(|(span, _)| (span.file, span.start));
    leads
}

fn count(all: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    all.for_each(|one| *counted.entry(one).or_default() += 1);
    counted
}

fn listed(counted: &BTreeMap<String, usize>) -> String {
    let one = |(name, times): (&String, &usize)| match times {
        1 => name.clone(),
        times => format!("{name} × {times}"),
    };
    let all: Vec<String> = counted.iter().map(one).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}
