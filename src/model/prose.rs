//! Prose of an entity: its anchors, and for roles the cells of the matrix that its headings make.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::base::source::{SourcePath, Span};
use crate::model;
use crate::model::outline::twins;
use crate::model::phase::Phase;
use crate::model::table::Table;
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
pub fn find_cells(prose: &mut Prose, phases: &Table<Phase>, lang: Lang, diags: &mut Diagnostics) {
    let doc = Arc::clone(&prose.doc);
    let before = diags.len();
    prose.body.clear();
    let mut body_start = 0;
    for (at, heading, span) in doc.headings().filter(|(_, h, _)| h.level == 2) {
        let Some(phase) = phase_named(&heading.text, span, (phases, lang), diags) else { continue };
        let end = doc.section_end(at, 2);
        prose.body.push(body_start..at);
        body_start = end;
        prose.named.insert(at, phase.clone());
        let cell = cell(prose, &phase, at + 1..end, (lang, span), diags);
        if let Some(first) = prose.cells.get(&phase) {
            let heading = plain(&heading.text);
            let finding = Diagnostic::at(model::CELL_TWICE, span).also(Some(first.span));
            diags.push(finding.with("phase", heading));
        } else {
            prose.cells.insert(phase, cell);
        }
    }
    prose.nearly = diags.len() > before;
    prose.body.push(body_start..doc.blocks.len());
    prose.body.retain(|range| !range.is_empty());
}

/// The phase a heading names: by id, or by its name in the language of the text.
fn phase_named(
    text: &[Inline],
    span: Span,
    (phases, lang): (&Table<Phase>, Lang),
    diags: &mut Diagnostics,
) -> Option<Slug> {
    let words = plain(text);
    let words = words.trim();
    if let Some(phase) = Slug::new(words).and_then(|id| phases.get(&id)) {
        return Some(phase.id().clone());
    }
    let names = || phases.iter().filter_map(|phase| Some((phase.meta.name.get(lang)?, phase.id())));
    let same: Vec<&Slug> =
        names().filter(|(name, _)| name.to_lowercase() == words.to_lowercase()).map(|(_, id)| id).collect();
    match same.as_slice() {
        [] => {
            // Told, and read as what was meant.
            let near = nearest(words, names().map(|(name, _)| name));
            report_near(near, words, span, diags);
            names().find(|(name, _)| Some(*name) == near).map(|(_, id)| id.clone())
        }
        [one] => Some((*one).clone()),
        [first, ..] => {
            let ids: Vec<&str> = same.iter().map(|id| id.as_str()).collect();
            let finding = Diagnostic::at(model::AMBIGUOUS_HEADING, span).with("heading", words);
            diags.push(finding.with("ids", ids.join(", ")));
            Some((*first).clone())
        }
    }
}

/// A heading that is almost the name of a phase or of a part of a cell.
fn report_near(near: Option<&str>, words: &str, span: Span, diags: &mut Diagnostics) {
    if let Some(near) = near {
        let finding = Diagnostic::at(model::NEAR_HEADING, span).with("heading", words);
        diags.push(finding.with("meant", near));
    }
}

/// The parts of one cell. A heading of another name is a note between them.
fn cell(
    prose: &mut Prose,
    phase: &Slug,
    blocks: BlockRange,
    (lang, span): (Lang, Span),
    diags: &mut Diagnostics,
) -> Cell {
    let doc = Arc::clone(&prose.doc);
    let mut cell = Cell { span, ..Cell::default() };
    let inside = |at: usize, heading: &Heading| heading.level == 3 && blocks.contains(&at);
    let heads: Vec<_> = doc.headings().filter(|(at, h, _)| inside(*at, h)).collect();
    let first = heads.first().map_or(blocks.end, |(at, _, _)| *at);
    cell.notes.push(blocks.start..first);
    for (position, (at, heading, span)) in heads.iter().enumerate() {
        let end = heads.get(position + 1).map_or(blocks.end, |(next, _, _)| *next);
        let Some(part) = part_named(&heading.text, lang, *span, diags) else {
            cell.notes.push(*at..end);
            continue;
        };
        if let Some(anchor) = Slug::new(&format!("{phase}-{}", part.as_str())) {
            prose.named.insert(*at, anchor);
        }
        if cell.parts.insert(part, at + 1..end).is_some() {
            diags.push(Diagnostic::at(model::CELL_TWICE, *span).with("phase", plain(&heading.text)));
        }
    }
    cell.notes.retain(|range| !range.is_empty());
    cell
}

fn part_named(text: &[Inline], lang: Lang, span: Span, diags: &mut Diagnostics) -> Option<Part> {
    let words = plain(text);
    let words = words.trim();
    let same = |part: &Part| words::part(*part, lang).to_lowercase() == words.to_lowercase();
    if let Some(found) = Part::ALL.into_iter().find(same) {
        return Some(found);
    }
    let near = nearest(words, Part::ALL.map(|part| words::part(part, lang)));
    report_near(near, words, span, diags);
    Part::ALL.into_iter().find(|part| Some(words::part(*part, lang)) == near)
}

/// Gives every heading its anchor: its own, else that of the cell it opens, else that of its twin in the first
/// language, else its words.
pub fn set_anchors(prose: &mut PerLang<Prose>, langs: &[Lang], diags: &mut Diagnostics) {
    let Some((_, base)) = langs.first().and_then(|lang| prose.fallback(*lang, langs)) else { return };
    let of_base = anchors(base, &[], &mut Diagnostics::default());
    let of_twin = |twin: Option<usize>| twin.and_then(|at| of_base.get(at)).cloned();
    let wished: PerLang<Vec<Option<Slug>>> =
        prose.map(|_, own| twins(own, base).into_iter().map(of_twin).collect());
    for (lang, prose) in prose.iter_mut() {
        prose.anchors = anchors(prose, wished.get(lang).map_or(&[], Vec::as_slice), diags);
    }
}

fn anchors(prose: &Prose, twins: &[Option<Slug>], diags: &mut Diagnostics) -> Vec<Slug> {
    let mut taken: BTreeMap<Slug, Span> = BTreeMap::new();
    let mut anchors = Vec::new();
    for (position, (at, heading, span)) in prose.doc.headings().enumerate() {
        let own = heading.id.as_ref().filter(|_| !prose.named.contains_key(&at));
        if let Some((own, first)) = own.and_then(|own| Some((own, taken.get(own)?))) {
            let finding = Diagnostic::at(model::ANCHOR_TWICE, span).also(Some(*first));
            diags.push(finding.with("anchor", own.as_str()));
        }
        let found = prose.named.get(&at).or(own).or_else(|| twins.get(position)?.as_ref()).cloned();
        let words = || Slug::from_words(&plain(&heading.text));
        let anchor = free(found.or_else(words).as_ref(), position, &taken);
        taken.insert(anchor.clone(), span);
        anchors.push(anchor);
    }
    anchors
}

/// The wished anchor, with a number behind it where it is taken.
fn free(wished: Option<&Slug>, position: usize, taken: &BTreeMap<Slug, Span>) -> Slug {
    let stem = wished.map_or("section", Slug::as_str);
    let numbered = (position + 1..).filter_map(|n| Slug::new(&format!("{stem}-{n}")));
    let fallback = wished.cloned().into_iter().chain(numbered).find(|anchor| !taken.contains_key(anchor));
    fallback.expect("numbers do not run out")
}
