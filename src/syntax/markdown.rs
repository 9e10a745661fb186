//! Prose as a tree of blocks with places: what headings, links, notes and pictures there are is known
//! from here, never from rendered pages.
//!
//! CommonMark with tables, footnotes, alerts, strikethrough, `{#ids}` on headings and `[[links]]`.

mod address;
mod build;
mod leads;
mod walk;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::piece::Piece;
use crate::base::source::{FileId, Span};
use crate::syntax::shape::Shape;
use crate::syntax::slug::Slug;
use crate::syntax::text::composed;

pub use walk::{plain, runs, walk};

/// Deepest nesting of blocks and emphasis that is read. Deeper text is a mistake, and would make
/// recursive readers of the tree, the minifier among them, run out of stack.
pub const MAX_DEPTH: usize = 50;

/// A file of prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    /// The file.
    pub file: FileId,
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// The texts of its notes, in the order of the file.
    pub footnotes: Vec<Footnote>,
    /// Everything in it that leads elsewhere, gathered once while it is read, because every check of
    /// the handbook asks for it again.
    pub leads: Vec<Lead>,
    /// What is wrong in it.
    pub mistakes: Vec<Diagnostic>,
    /// The text it was read from.
    pub source: Arc<str>,
    /// Comments, which no reader sees, in the order of the file.
    pub comments: Vec<Span>,
    /// What stands before the first outermost heading, and each section with its heading.
    pub sections: Vec<SectionText>,
}

/// A part of a document that is translated and confirmed as one.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionText {
    /// The block of its heading; `None` for what stands before the first.
    pub heading: Option<usize>,
    /// Where it stands, with the texts of the notes in it and behind it.
    pub span: Span,
    /// Its shape.
    pub shape: Shape,
}

/// Something that leads elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Lead {
    /// A link.
    Link(Arc<Link>),
    /// A picture, by its path.
    Picture(String, Span),
    /// A text with a section sign in it: perhaps a citation of law.
    Law(Law, Span),
}

/// A text with a section sign, within the running text around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// The running text in [`plain`] words, a link without words of its own as `[[id]]`: one for all the
    /// texts in it.
    pub run: Piece,
    /// Where the text stands in it.
    pub range: Range<usize>,
}

impl Law {
    /// The text.
    pub fn text(&self) -> &str {
        &self.run[self.range.clone()]
    }
}

/// A block and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// The sorts of blocks.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// `## Heading {#id}`
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text of a list item that is no paragraph of its own.
    Plain(Vec<Inline>),
    /// A list; `start` where it is numbered.
    List {
        /// First number.
        start: Option<u64>,
        /// The items' blocks.
        items: Vec<Vec<Block>>,
    },
    /// `> …`
    Quote(Vec<Block>),
    /// `> [!NOTE] …`
    Alert(Alert, Vec<Block>),
    /// Text to be shown letter by letter.
    Code(String),
    /// A table with a head row.
    Table(Box<Table>),
    /// A line across.
    Rule,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 2 to 6; an H1, which is a mistake, is read as 2.
    pub level: u8,
    /// The anchor the author gave.
    pub id: Option<Slug>,
    /// Its text.
    pub text: Vec<Inline>,
}

/// The sorts of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// A piece of advice.
    Tip,
    /// Must be known.
    Important,
    /// Needs attention.
    Warning,
    /// Dangerous.
    Caution,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// How columns are set.
    pub columns: Vec<Align>,
    /// The head row.
    pub head: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As text runs.
    Start,
    /// In the middle.
    Center,
    /// At the far side, as numbers are.
    End,
}

/// A note's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// The name in `[^name]`.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words, in normal form (NFC) so that they can be compared; a line end among them is a space.
    Text(Piece, Span),
    /// Words shown letter by letter.
    Code(Piece),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// A link.
    Link(Arc<Link>),
    /// A picture.
    Image(Box<Image>),
    /// `[^name]`
    FootnoteRef(String, Span),
    /// A line end that is kept.
    HardBreak,
}

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where to.
    pub target: Target,
    /// What is shown; empty for `[[id]]`, which shows the name of its target.
    pub text: Vec<Inline>,
    /// The place of the whole link.
    pub span: Span,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `[[id]]`, `[[kind:id]]`, with an anchor behind `#`.
    Entity {
        /// The kind, where given.
        kind: Option<Piece>,
        /// The id.
        id: Piece,
        /// The anchor, where given.
        anchor: Option<Piece>,
    },
    /// Another file of the handbook, relative to this one.
    File {
        /// The path as written.
        path: Piece,
        /// The anchor, where given.
        anchor: Option<Piece>,
    },
    /// A heading of the same text.
    Anchor(Piece),
    /// A page elsewhere, a mail address or a telephone number.
    External(String),
    /// A scheme that is not let through, such as `javascript:`.
    Unsafe,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The path or address as written.
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
    /// Its place.
    pub span: Span,
}

/// Reads prose. Everything that can be understood is, whatever else is wrong. The document keeps the text: its
/// words are pieces of it.
pub fn parse(file: FileId, text: &Arc<str>) -> Doc {
    build::build(file, text)
}

impl Doc {
    /// Adds the shapes of its sections.
    #[must_use]
    pub fn with_shapes(mut self) -> Doc {
        let headings = self.headings().filter(|(_, heading, _)| heading.level == 2);
        let tops: Vec<usize> = headings.map(|(at, _, _)| at).collect();
        let first = tops.first().copied().unwrap_or(self.blocks.len());
        let before = (first > 0).then_some((None, 0..first));
        let section = |at: usize| (Some(at), at..self.section_end(at, 2));
        let parts: Vec<(Option<usize>, BlockRange)> =
            before.into_iter().chain(tops.iter().map(|at| section(*at))).collect();
        for (heading, range) in parts {
            let Some(span) = self.section_span(range) else { continue };
            let shape = Shape::of_prose(self.source.get(span.range()).unwrap_or_default());
            self.sections.push(SectionText { heading, span, shape });
        }
        self
    }

    /// The text of a run of blocks as it was written but for comments, with the notes that stand behind it;
    /// none where nobody kept the text.
    pub fn text_of(&self, range: BlockRange) -> String {
        let Some(span) = self.section_span(range).map(Span::range) else { return String::new() };
        let mut text = String::new();
        let mut at = span.start;
        let inside = self.comments.iter().map(|comment| comment.range());
        for comment in inside.filter(|comment| comment.end > span.start && comment.start < span.end) {
            text += self.source.get(at..comment.start).unwrap_or_default();
            at = at.max(comment.end);
            // What stands behind a comment would be indented, and mean something else, where it began the line.
            if text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty()) {
                let behind = self.source.get(at..span.end).unwrap_or_default();
                at += behind.len() - behind.trim_start_matches([' ', '\t']).len();
            }
        }
        text += self.source.get(at..span.end).unwrap_or_default();
        // Whoever reads it gets the same text from every machine that it was written on.
        if text.contains('\r') {
            text = text.replace("\r\n", "\n");
        }
        match composed(&text) {
            Cow::Owned(composed) => composed,
            Cow::Borrowed(_) => text,
        }
    }

    /// The place of a section, with the notes that stand behind its blocks. Notes before all blocks belong to
    /// the first section.
    fn section_span(&self, range: BlockRange) -> Option<Span> {
        let (first, last) = (self.blocks.get(range.start)?, self.blocks.get(range.end.checked_sub(1)?)?);
        let next = self.blocks.get(range.end).map_or(u32::MAX, |block| block.span.start);
        let behind = self.footnotes.partition_point(|note| note.span.end <= next);
        let end = behind.checked_sub(1).map_or(0, |at| self.footnotes[at].span.end).max(last.span.end);
        let before = self.footnotes.first().filter(|_| range.start == 0);
        let start = before.map_or(u32::MAX, |note| note.span.start).min(first.span.start);
        Some(Span { start, end, ..first.span })
    }

    /// The headings of the outermost level of blocks, with the index of their block.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &Heading, Span)> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| match &block.kind {
            BlockKind::Heading(heading) => Some((at, heading, block.span)),
            _ => None,
        })
    }

    /// The index behind the last block that belongs to the heading at `at`.
    pub fn section_end(&self, at: usize, level: u8) -> usize {
        let ends = |block: &Block| matches!(&block.kind, BlockKind::Heading(h) if h.level <= level);
        let next = self.blocks.iter().skip(at + 1).position(ends);
        next.map_or(self.blocks.len(), |distance| at + 1 + distance)
    }

    /// Visits every piece of running text, notes included, in the order of the file.
    pub fn each_inline<'a>(&'a self, visit: &mut dyn FnMut(&'a Inline)) {
        self.each_run(&mut |run| walk::walk_inlines(run, visit));
    }

    /// Visits every run of running text, such as a paragraph or a cell, in the order of the file.
    pub fn each_run<'a>(&'a self, visit: &mut dyn FnMut(&'a [Inline])) {
        runs(&self.blocks, visit);
        self.footnotes.iter().for_each(|note| runs(&note.blocks, visit));
    }
}

/// A run of blocks of a document: a section, a cell, the whole.
pub type BlockRange = Range<usize>;
