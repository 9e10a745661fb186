//! Sections of prose by their anchors, and where one goes that is not there yet.

use std::ops::Range;

use super::prose::lines;
use super::splice::{MARK, line_end, line_start};
use super::{OUTLINE, Refused};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::source::FileId;
use crate::model::book::Handbook;
use crate::model::prose::{Part, Prose};
use crate::model::words;
use crate::syntax::markdown::{self, BlockKind, Doc, Heading, plain};
use crate::syntax::slug::Slug;

/// Where the text of a section stands, or would.
pub(super) struct Slot {
    /// The text, without white space around; empty where it would stand.
    pub(super) range: Range<usize>,
    /// The same with the headings that go with it when it is taken out, and the white space behind.
    pub(super) whole: Range<usize>,
    /// The headings that are to be made.
    pub(super) head: String,
    /// The level of its heading.
    level: u8,
}

impl Slot {
    /// All of a file.
    pub(super) fn whole(text: &str) -> Slot {
        let start = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        Slot { whole: start..text.len(), ..Slot::of(text, start..text.len(), 0) }
    }

    fn of(text: &str, inside: Range<usize>, level: u8) -> Slot {
        let part = &text[inside.clone()];
        let blank = part.len() - part.trim_start().len();
        // The indent of the first line is a part of the text.
        let start = part[..blank].rfind('\n').map_or(0, |newline| newline + 1);
        let end = part.trim_end().len().max(start);
        let range = if part.trim().is_empty() {
            inside.end..inside.end
        } else {
            inside.start + start..inside.start + end
        };
        Slot { range, whole: inside, head: String::new(), level }
    }

    /// The text that stands there, with plain line ends.
    pub(super) fn text(&self, text: &str) -> String {
        lines(&text[self.range.clone()])
    }

    /// Whether nothing stands there yet.
    pub(super) fn is_made(&self) -> bool {
        self.range.is_empty()
    }
}

/// The slot of a section: `anchor`, `phase.content`, or nothing for what stands before the first heading.
pub(super) fn slot(
    book: &Handbook,
    prose: Option<&Prose>,
    text: &str,
    (section, lang): (&str, Lang),
) -> Option<Slot> {
    if let Some((phase, part)) = section.split_once('.') {
        let part = Part::ALL.into_iter().find(|own| own.as_str() == part)?;
        let phase = Slug::new(phase).filter(|phase| book.tables.phases.get(phase).is_some())?;
        return Some(cell(book, prose, text, (&phase, part, lang)));
    }
    let heads = prose.map(|prose| heads(prose, text)).unwrap_or_default();
    if section.is_empty() {
        let start = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        let end = heads.iter().find(|head| head.level == 2).map_or(text.len(), |head| head.start);
        return Some(Slot::of(text, start..end, 2));
    }
    let at = heads.iter().position(|head| head.anchor.as_str() == section)?;
    Some(existing(text, &heads, at))
}

/// A heading with its place.
struct Head {
    level: u8,
    anchor: Slug,
    /// The first byte of its line.
    start: usize,
    /// The byte behind its lines.
    end: usize,
}

fn heads(prose: &Prose, text: &str) -> Vec<Head> {
    let head = |((_, heading, span), anchor): ((usize, &Heading, crate::base::source::Span), &Slug)| {
        let range = span.range();
        let end = text[..range.end.min(text.len())].trim_end_matches(['\n', '\r']).len();
        let (start, end) = (line_start(text, range.start), line_end(text, end.max(range.start)));
        Head { level: heading.level, anchor: anchor.clone(), start, end }
    };
    prose.doc.headings().zip(&prose.anchors).map(head).collect()
}

/// Where a section ends.
fn end(text: &str, heads: &[Head], at: usize) -> usize {
    let next = heads[at + 1..].iter().find(|head| head.level <= heads[at].level);
    next.map_or(text.len(), |head| head.start)
}

fn existing(text: &str, heads: &[Head], at: usize) -> Slot {
    let end = end(text, heads, at);
    let slot = Slot::of(text, heads[at].end.min(end)..end, heads[at].level);
    Slot { whole: heads[at].start..end, ..slot }
}

/// A part of a cell, with the headings it lacks.
fn cell(
    book: &Handbook,
    prose: Option<&Prose>,
    text: &str,
    (phase, part, lang): (&Slug, Part, Lang),
) -> Slot {
    let heads = prose.map(|prose| heads(prose, text)).unwrap_or_default();
    let part_head = format!("### {}\n\n", words::part(part, lang));
    let cells = prose.map(|prose| &prose.cells);
    let known = cells.is_some_and(|cells| cells.contains_key(phase));
    let own = heads.iter().position(|head| known && head.level == 2 && head.anchor == *phase);
    let Some(own) = own else {
        let at = new_cell(book, prose, &heads, text, phase);
        let head = format!("## {}\n\n{part_head}", phase_heading(book, phase, lang));
        return Slot { range: at..at, whole: at..at, head, level: 3 };
    };
    let cell_end = end(text, &heads, own);
    let inside = |head: &Head| head.level == 3 && head.start > heads[own].start && head.start < cell_end;
    let of = |part: Part| {
        let anchor = format!("{phase}-{}", part.as_str());
        heads.iter().position(|head| inside(head) && head.anchor.as_str() == anchor)
    };
    if let Some(at) = of(part) {
        let slot = existing(text, &heads, at);
        let others =
            text[heads[own].end..heads[at].start].trim().len() + text[slot.whole.end..cell_end].trim().len();
        let whole = if others == 0 { heads[own].start..cell_end } else { slot.whole.clone() };
        return Slot { whole, ..slot };
    }
    let later = Part::ALL.into_iter().filter(|other| *other > part).find_map(of);
    let at = later.map_or(cell_end, |at| heads[at].start);
    Slot { range: at..at, whole: at..at, head: part_head, level: 3 }
}

/// Where the section of a phase goes: behind those of the phases before it.
fn new_cell(book: &Handbook, prose: Option<&Prose>, heads: &[Head], text: &str, phase: &Slug) -> usize {
    let order = order(book);
    let rank = |phase: &Slug| order.iter().position(|own| own == phase);
    let is_cell =
        |head: &&Head| head.level == 2 && prose.is_some_and(|prose| prose.cells.contains_key(&head.anchor));
    let cells: Vec<&Head> = heads.iter().filter(is_cell).collect();
    let behind = cells.iter().rposition(|head| rank(&head.anchor) < rank(phase));
    let place = |head: &Head| heads.iter().position(|own| own.start == head.start);
    match behind {
        Some(at) => place(cells[at]).map_or(text.len(), |at| end(text, heads, at)),
        None => cells.first().map_or(text.len(), |first| first.start),
    }
}

/// The phases as their frameworks have them, then the others.
fn order(book: &Handbook) -> Vec<Slug> {
    let frameworks = book.tables.frameworks.iter().flat_map(|framework| &framework.data.phases);
    let named = frameworks.filter_map(|phase| phase.id().cloned());
    let mut order: Vec<Slug> = Vec::new();
    for phase in named.chain(book.tables.phases.every().map(|phase| phase.id().clone())) {
        if !order.contains(&phase) {
            order.push(phase);
        }
    }
    order
}

/// The heading that opens the cell of a phase: its name, or its id where others are called the same.
fn phase_heading(book: &Handbook, phase: &Slug, lang: Lang) -> String {
    let name = |own: &Slug| book.tables.phases.get(own)?.meta.name.get(lang).map(str::to_lowercase);
    let same = book.tables.phases.every().filter(|other| name(other.id()) == name(phase)).count();
    let entry = book.tables.phases.get(phase).filter(|_| same == 1);
    entry.and_then(|entry| entry.meta.name.get(lang)).unwrap_or(phase.as_str()).to_owned()
}

/// Refuses a text whose headings change what stands outside its section.
pub(super) fn kept(old: &str, new: &str, slot: &Slot, range: &Range<usize>) -> Result<(), Refused> {
    let [before, after] = [old, new].map(|text| markdown::parse(FileId::default(), &text.into()));
    let behind = |end: usize| move |start: usize| start >= end;
    let first = outline(&before, &|at| at < slot.range.start) == outline(&after, &|at| at < range.start);
    let last = outline(&before, &behind(slot.range.end)) == outline(&after, &behind(range.end));
    let own = markdown::parse(FileId::default(), &new[range.clone()].into());
    let made = slot.head.matches("## ").count();
    let deep = own.headings().skip(made).all(|(_, heading, _)| heading.level > slot.level);
    if first && last && deep && ends(&new[range.clone()]) {
        return Ok(());
    }
    let marks = "#".repeat(usize::from(slot.level) + 1);
    Err(Refused::of(Diagnostic::of(OUTLINE).with("marks", marks)))
}

/// Whether what stands behind a text would not become a part of it: a block of code that has no end.
fn ends(text: &str) -> bool {
    let doc = markdown::parse(FileId::default(), &format!("{text}\n\n## x\n").into());
    doc.blocks
        .last()
        .is_some_and(|block| matches!(&block.kind, BlockKind::Heading(h) if plain(&h.text) == "x"))
}

fn outline(doc: &Doc, fits: &dyn Fn(usize) -> bool) -> Vec<(u8, String)> {
    let headings = doc.headings().filter(|(_, _, span)| fits(span.range().start));
    headings.map(|(_, heading, _)| (heading.level, plain(&heading.text))).collect()
}
