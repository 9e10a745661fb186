//! Prose of an entity: its anchors, and for roles the cells of the matrix that its headings make.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::base::source::{SourcePath, Span};
use crate::model;
use crate::model::outline::twins;
use crate::model::title::{Meant, Title};
use crate::model::words;
use crate::syntax::markdown::{BlockRange, Doc, Heading, Inline, plain};
use crate::syntax::slug::Slug;

/// A part of a cell: steps 2 to 4 of the Talentia path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What the work contains.
    Content,
    /// What it aims at.
    Goal,
    /// How one relates to the client.
    Relation,
}

impl Part {
    /// All parts in the order of the method.
    pub const ALL: [Part; 3] = [Part::Content, Part::Goal, Part::Relation];

    /// The word in addresses of texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Content => "content",
            Part::Goal => "goal",
            Part::Relation => "relation",
        }
    }
}

/// One language's prose of an entity.
#[derive(Debug, Clone)]
pub struct Prose {
    /// Its file.
    pub path: SourcePath,
    /// The text.
    pub doc: Arc<Doc>,
    /// The anchors of its outermost headings, in order: the same in every language where the outlines
    /// agree.
    pub anchors: Vec<Slug>,
    /// For a role: what it says about each phase, with the phase's id.
    pub cells: BTreeMap<Slug, Cell>,
    /// Whether a heading is almost the name of a phase or part: a cell that seems missing may be there.
    pub nearly: bool,
    /// The blocks that are not part of a cell.
    pub body: Vec<BlockRange>,
    /// For a pilot: what stands under each heading of Innokylä.
    pub innokyla: BTreeMap<crate::model::innokyla::Heading, Vec<BlockRange>>,
    /// The anchors of headings that open a cell or a part of one, or that Innokylä names, by block.
    pub(super) named: BTreeMap<usize, Slug>,
    /// What is wrong in its headings.
    pub(super) told: Vec<Diagnostic>,
}

/// A section that another language does not have.
pub struct Alone<'p> {
    /// Its anchor.
    pub anchor: &'p Slug,
    /// Its heading.
    pub heading: &'p Heading,
    /// Its blocks, the heading among them.
    pub blocks: BlockRange,
    /// Where its heading stands.
    pub span: Span,
    /// The block of the other language before which it would stand.
    pub before: usize,
}

/// What a role's prose says about a phase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Where its heading stands.
    pub span: Span,
    /// The blocks under each of the three headings.
    pub parts: BTreeMap<Part, BlockRange>,
    /// The blocks before and between them.
    pub notes: Vec<BlockRange>,
}

impl Prose {
    /// Prose without structure.
    pub fn new(path: SourcePath, doc: Arc<Doc>) -> Prose {
        let body = std::iter::once(0..doc.blocks.len()).collect();
        Prose {
            path,
            doc,
            anchors: Vec::new(),
            cells: BTreeMap::new(),
            nearly: false,
            body,
            innokyla: BTreeMap::new(),
            named: BTreeMap::new(),
            told: Vec::new(),
        }
    }

    /// The sections that another language of the text does not have; those inside them go without saying.
    pub fn alone<'p>(&'p self, other: &Prose) -> Vec<Alone<'p>> {
        let mut found: Vec<Alone<'p>> = Vec::new();
        let headings = self.doc.headings().zip(&self.anchors).zip(twins(self, other));
        let places: Vec<usize> = other.doc.headings().map(|(at, _, _)| at).collect();
        let mut twin_before = Vec::new();
        for (((at, heading, span), anchor), twin) in headings {
            let inside = found.last().is_some_and(|last| last.blocks.contains(&at));
            twin_before
                .retain(|(level, _)| *level < heading.level || (*level == heading.level && twin.is_none()));
            match twin {
                Some(twin) => twin_before.push((heading.level, twin)),
                None if inside => {}
                None => {
                    let blocks = at..self.doc.section_end(at, heading.level);
                    let before = other.end_of(heading.level, twin_before.last().copied(), &places);
                    found.push(Alone { anchor, heading, blocks, span, before });
                }
            }
        }
        found
    }

    /// The block behind which a section of a level would stand: behind the heading of its level that comes before
    /// it with its section, else before the first heading in the section around it. `headings` are the blocks of all
    /// headings.
    fn end_of(&self, level: u8, before: Option<(u8, usize)>, headings: &[usize]) -> usize {
        let at = |place: usize| headings.get(place).copied();
        let end = match before {
            Some((own, place)) if own == level => at(place).map(|at| self.doc.section_end(at, level)),
            Some((_, place)) => at(place + 1),
            None => at(0),
        };
        end.unwrap_or(self.doc.blocks.len())
    }

    /// The anchor of the heading at a block, if one stands there.
    pub fn anchor_at(&self, block: usize) -> Option<&Slug> {
        let position = self.doc.headings().position(|(at, _, _)| at == block)?;
        self.anchors.get(position)
    }
}

/// Finds the cells of a role's prose: `## phase`, and under it the three headings of a cell.
pub(super) fn find_cells(prose: &mut Prose, meant: &Meant<'_>, lang: Lang) {
    let doc = Arc::clone(&prose.doc);
    prose.body.clear();
    let mut body_start = 0;
    for (at, heading, span) in doc.headings().filter(|(_, h, _)| h.level == 2) {
        let Some(phase) = prose.phase_named(&heading.text, span, (meant, lang)) else { continue };
        let end = doc.section_end(at, 2);
        prose.body.push(body_start..at);
        body_start = end;
        prose.named.insert(at, phase.clone());
        let cell = cell(prose, &phase, at + 1..end, (lang, span));
        if let Some(first) = prose.cells.get(&phase) {
            let heading = plain(&heading.text);
            let finding = Diagnostic::at(model::CELL_TWICE, span).also(Some(first.span));
            prose.told.push(finding.with("phase", heading));
        } else {
            prose.cells.insert(phase, cell);
        }
    }
    prose.nearly = !prose.told.is_empty();
    prose.body.push(body_start..doc.blocks.len());
    prose.body.retain(|range| !range.is_empty());
}

impl Prose {
    /// The phase a heading names. One that is almost named is told, and read as what was meant.
    fn phase_named(
        &mut self,
        text: &[Inline],
        span: Span,
        (meant, lang): (&Meant<'_>, Lang),
    ) -> Option<Slug> {
        let words = plain(text);
        let words = words.trim();
        Some(match meant.title(words, lang)? {
            Title::Phase(one) => one.clone(),
            Title::Nearly(phase, name) => {
                self.told.push(near_told(name, words, span));
                phase.clone()
            }
            Title::Several(phases) => {
                let ids: Vec<&str> = phases.iter().map(|id| id.as_str()).collect();
                let finding = Diagnostic::at(model::AMBIGUOUS_HEADING, span).with("heading", words);
                self.told.push(finding.with("ids", ids.join(", ")));
                (*phases.first()?).clone()
            }
        })
    }

    fn part_named(&mut self, text: &[Inline], span: Span, lang: Lang) -> Option<Part> {
        let words = plain(text);
        let words = words.trim();
        let same = |part: &Part| words::part(*part, lang).to_lowercase() == words.to_lowercase();
        if let Some(found) = Part::ALL.into_iter().find(same) {
            return Some(found);
        }
        let near = nearest(words, Part::ALL.map(|part| words::part(part, lang)))?;
        self.told.push(near_told(near, words, span));
        Part::ALL.into_iter().find(|part| words::part(*part, lang) == near)
    }
}

/// That a heading is almost the name of a phase or of a part of a cell.
fn near_told(near: &str, words: &str, span: Span) -> Diagnostic {
    Diagnostic::at(model::NEAR_HEADING, span).with("heading", words).with("meant", near)
}
/// The parts of one cell. A heading of another name is a note between them.
fn cell(prose: &mut Prose, phase: &Slug, blocks: BlockRange, (lang, span): (Lang, Span)) -> Cell {
    let doc = Arc::clone(&prose.doc);
    let mut cell = Cell { span, ..Cell::default() };
    let inside = |at: usize, heading: &Heading| heading.level == 3 && blocks.contains(&at);
    let heads: Vec<_> = doc.headings().filter(|(at, h, _)| inside(*at, h)).collect();
    let first = heads.first().map_or(blocks.end, |(at, _, _)| *at);
    cell.notes.push(blocks.start..first);
    for (position, (at, heading, span)) in heads.iter().enumerate() {
        let end = heads.get(position + 1).map_or(blocks.end, |(next, _, _)| *next);
        let Some(part) = prose.part_named(&heading.text, *span, lang) else {
            cell.notes.push(*at..end);
            continue;
        };
        if let Some(anchor) = Slug::new(&format!("{phase}-{}", part.as_str())) {
            prose.named.insert(*at, anchor);
        }
        if cell.parts.insert(part, at + 1..end).is_some() {
            let finding = Diagnostic::at(model::CELL_TWICE, *span);
            prose.told.push(finding.with("phase", plain(&heading.text)));
        }
    }
    cell.notes.retain(|range| !range.is_empty());
    cell
}

/// Gives every heading its anchor: its own, else that of the cell it opens, else that of its twin in the first
/// language, else its words.
pub(super) fn set_anchors(prose: &mut PerLang<Prose>, langs: &[Lang]) {
    let Some((_, base)) = langs.first().and_then(|lang| prose.fallback(*lang, langs)) else { return };
    let (of_base, _) = anchors(base, &[]);
    let of_twin = |twin: Option<usize>| twin.and_then(|at| of_base.get(at)).cloned();
    let wished: PerLang<Vec<Option<Slug>>> =
        prose.map(|_, own| twins(own, base).into_iter().map(of_twin).collect());
    for (lang, prose) in prose.iter_mut() {
        let (anchors, twice) = anchors(prose, wished.get(lang).map_or(&[], Vec::as_slice));
        prose.anchors = anchors;
        prose.told.extend(twice);
    }
}

/// The anchors of a text, and those that its author gave twice.
fn anchors(prose: &Prose, twins: &[Option<Slug>]) -> (Vec<Slug>, Vec<Diagnostic>) {
    let mut taken: BTreeMap<Slug, Span> = BTreeMap::new();
    let (mut anchors, mut twice) = (Vec::new(), Vec::new());
    for (position, (at, heading, span)) in prose.doc.headings().enumerate() {
        let own = heading.id.as_ref().filter(|_| !prose.named.contains_key(&at));
        if let Some((own, first)) = own.and_then(|own| Some((own, taken.get(own)?))) {
            let finding = Diagnostic::at(model::ANCHOR_TWICE, span).also(Some(*first));
            twice.push(finding.with("anchor", own.as_str()));
        }
        let found = prose.named.get(&at).or(own).or_else(|| twins.get(position)?.as_ref()).cloned();
        let words = || Slug::from_words(&plain(&heading.text));
        let anchor = free(found.or_else(words).as_ref(), position, &taken);
        taken.insert(anchor.clone(), span);
        anchors.push(anchor);
    }
    (anchors, twice)
}

/// The wished anchor, with a number behind it where it is taken.
fn free(wished: Option<&Slug>, position: usize, taken: &BTreeMap<Slug, Span>) -> Slug {
    let stem = wished.map_or("section", Slug::as_str);
    let numbered = (position + 1..).filter_map(|n| Slug::new(&format!("{stem}-{n}")));
    let fallback = wished.cloned().into_iter().chain(numbered).find(|anchor| !taken.contains_key(anchor));
    fallback.expect("numbers do not run out")
}
