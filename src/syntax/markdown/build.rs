//! Parser events gathered into the tree.

mod html;
mod notes;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use html::Comments;

use super::address::{entity, is_unsafe, target};
use super::{
    Alert, Align, Block, BlockKind, Doc, Footnote, Heading, Image, Inline, Link, MAX_DEPTH, Table, Target,
};
use crate::base::diag::{Code, Diagnostic, Fix};
use crate::base::piece::Piece;
use crate::base::source::{FileId, Span};
use crate::syntax;
use crate::syntax::markdown::plain;
use crate::syntax::slug::Slug;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

pub(super) fn build(file: FileId, text: &Arc<str>) -> Doc {
    let mut builder = Builder::new(file, text);
    // A byte order mark is no text.
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    builder.read(start..text.len());
    builder.finish()
}

/// An open block or inline and what it holds so far.
struct Frame<'a> {
    tag: Option<Tag<'a>>,
    span: Span,
    inlines: Vec<Inline>,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    cells: Vec<Vec<Inline>>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
}

impl<'a> Frame<'a> {
    fn new(tag: Option<Tag<'a>>, span: Span) -> Frame<'a> {
        let (inlines, blocks, items) = (Vec::new(), Vec::new(), Vec::new());
        Frame { tag, span, inlines, blocks, items, cells: Vec::new(), head: Vec::new(), rows: Vec::new() }
    }

    /// Turns loose text of a tight list item into a block, before another block follows or the item ends.
    fn flush(&mut self) {
        if !self.inlines.is_empty() {
            let mut text = std::mem::take(&mut self.inlines);
            text.shrink_to_fit();
            self.blocks.push(Block { kind: BlockKind::Plain(text), span: self.span });
        }
    }

    /// Gives back the room that was kept for more: documents are kept for long, and there are many.
    fn compact(&mut self) {
        self.inlines.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.items.shrink_to_fit();
        self.cells.shrink_to_fit();
        self.rows.shrink_to_fit();
    }
}

struct Builder<'a> {
    file: FileId,
    source: &'a Arc<str>,
    text: &'a str,
    stack: Vec<Frame<'a>>,
    /// The words read last, to which more may come.
    words: Option<(Cow<'a, str>, Span)>,
    /// Open elements below the deepest one that is read.
    too_deep: usize,
    deep_told: bool,
    /// The comments of the block of HTML that is being read.
    comments: Comments,
    /// What is to be known within one block of running text.
    here: Here,
    /// Notes without a text that have been told.
    told: BTreeSet<&'a str>,
    footnotes: Vec<Footnote>,
    /// What no reader sees.
    hidden: Vec<Span>,
    mistakes: Vec<Diagnostic>,
}

/// What holds within one block of running text, such as a paragraph, and ends with it.
#[derive(Default)]
struct Here {
    /// Whether its HTML has been told: once is enough.
    html_told: bool,
    /// Where a comment begins that the block does not end: nothing behind it is shown.
    hidden_from: Option<u32>,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, source: &'a Arc<str>) -> Builder<'a> {
        Builder {
            file,
            source,
            text: source,
            stack: vec![Frame::new(None, Span::beginning(file))],
            words: None,
            too_deep: 0,
            deep_told: false,
            comments: Comments::default(),
            here: Here::default(),
            told: BTreeSet::new(),
            footnotes: Vec::new(),
            hidden: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// Reads a part of the text; places stay those of the file.
    fn read(&mut self, part: Range<usize>) {
        for (event, at) in Parser::new_ext(&self.text[part.clone()], OPTIONS).into_offset_iter() {
            let span = self.span(at.start + part.start, at.end + part.start);
            self.event(event, span);
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, &(start..end))
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.open(tag, span),
            Event::End(tag) => self.close(tag),
            _ if self.too_deep > 0 => {}
            Event::Text(text) => self.words(text, span),
            Event::Code(text) => {
                let code = Piece::within(self.source, &text);
                self.inline(Inline::Code(code), span);
            }
            Event::InlineHtml(_) => self.html(span),
            Event::Html(_) => self.html_line(span),
            Event::FootnoteReference(label) => {
                self.inline(Inline::FootnoteRef(notes::name(&label), span), span);
            }
            Event::SoftBreak => self.text(" ".into(), span),
            Event::HardBreak => self.inline(Inline::HardBreak, span),
            Event::Rule => self.block(BlockKind::Rule, span),
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'a>, span: Span) {
        if is_block(&tag.to_end()) {
            self.ends(span.start);
        }
        if self.stack.len() <= MAX_DEPTH && self.too_deep == 0 {
            self.settle();
            return self.stack.push(Frame::new(Some(tag), span));
        }
        if self.too_deep == 0 && !std::mem::replace(&mut self.deep_told, true) {
            let limit = MAX_DEPTH.to_string();
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_DEEP, span).with("limit", limit));
        }
        self.too_deep += 1;
    }

    fn close(&mut self, end: TagEnd) {
        if is_block(&end) {
            let end = self.top().span.end;
            self.ends(end);
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.settle();
        let Some(mut frame) = self.stack.pop() else { return };
        frame.compact();
        let Some(tag) = frame.tag.take() else { return };
        match end {
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.close_table_part(end, frame),
            TagEnd::Item => {
                frame.flush();
                frame.blocks.shrink_to_fit();
                self.top().items.push(frame.blocks);
            }
            TagEnd::FootnoteDefinition => {
                frame.flush();
                if let Tag::FootnoteDefinition(label) = tag {
                    let (label, span) = (notes::name(&label), frame.span);
                    self.footnotes.push(Footnote { label, span, blocks: frame.blocks });
                }
            }
            _ => self.close_content(tag, frame),
        }
    }

    /// Running text ends here, and with it what it hides.
    fn ends(&mut self, end: u32) {
        let here = std::mem::take(&mut self.here);
        let hidden = here.hidden_from.filter(|start| *start < end);
        self.hidden.extend(hidden.map(|start| self.span(start as usize, end as usize)));
    }

    fn close_table_part(&mut self, end: TagEnd, frame: Frame<'a>) {
        let top = self.top();
        match end {
            TagEnd::TableHead => top.head = frame.cells,
            TagEnd::TableRow => top.rows.push(frame.cells),
            _ => top.cells.push(frame.inlines),
        }
    }

    fn close_content(&mut self, tag: Tag<'a>, mut frame: Frame<'a>) {
        let span = frame.span;
        match tag {
            Tag::Emphasis => self.inline(Inline::Emphasis(frame.inlines), span),
            Tag::Strong => self.inline(Inline::Strong(frame.inlines), span),
            Tag::Strikethrough => self.inline(Inline::Strike(frame.inlines), span),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, frame),
            Tag::Image { dest_url, .. } => self.image(&dest_url, &frame),
            Tag::Paragraph => self.block(BlockKind::Paragraph(frame.inlines), span),
            Tag::Heading { level, id, .. } => self.heading(level, id.as_deref(), frame),
            Tag::BlockQuote(kind) => {
                frame.flush();
                let kind = match kind {
                    Some(kind) => BlockKind::Alert(alert(kind), frame.blocks),
                    None => BlockKind::Quote(frame.blocks),
                };
                self.block(kind, span);
            }
            Tag::CodeBlock(_) => self.block(BlockKind::Code(plain(&frame.inlines)), span),
            Tag::List(start) => self.block(BlockKind::List { start, items: frame.items }, span),
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                let table = Table { columns, head: frame.head, rows: frame.rows };
                self.block(BlockKind::Table(Box::new(table)), span);
            }
            Tag::HtmlBlock => self.html_block(frame),
            _ => {}
        }
    }

    fn top(&mut self) -> &mut Frame<'a> {
        if self.stack.is_empty() {
            self.stack.push(Frame::new(None, Span::beginning(self.file)));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn inline(&mut self, inline: Inline, span: Span) {
        self.settle();
        if self.here.hidden_from.is_none_or(|hidden| span.start < hidden) {
            self.top().inlines.push(inline);
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.settle();
        let top = self.top();
        top.flush();
        top.blocks.push(Block { kind, span });
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, frame: Frame<'a>) {
        let range = frame.span.range();
        let written = self.text[range.clone()].trim_end();
        let span = self.span(range.start, range.start + written.len());
        if level == HeadingLevel::H1 {
            let sign = Fix { span: Span { end: span.start, ..span }, text: "#".to_owned() };
            // A sign more mends no heading that is underlined.
            let fix = written.starts_with('#').then_some(sign);
            self.mistakes.push(Diagnostic { fix, ..Diagnostic::at(syntax::MARKDOWN_H1, span) });
        }
        let slug = id.and_then(Slug::new);
        if let (Some(id), None) = (id, &slug) {
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_BAD_ANCHOR, span).with("anchor", id));
        }
        let level = (level as u8).max(2);
        self.block(BlockKind::Heading(Heading { level, id: slug, text: frame.inlines }), span);
    }

    fn link(&mut self, link_type: LinkType, address: &str, frame: Frame<'a>) {
        let span = frame.span;
        let target = match link_type {
            LinkType::WikiLink { .. } => entity(self.source, address),
            LinkType::Email => Target::External(format!("mailto:{address}")),
            _ => target(self.source, address),
        };
        if target == Target::Unsafe {
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_UNSAFE_LINK, span).with("address", address));
        }
        let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let text = if bare { Vec::new() } else { frame.inlines };
        self.inline(Inline::Link(Arc::new(Link { target, text, span })), span);
    }

    fn image(&mut self, path: &str, frame: &Frame<'a>) {
        let alt = plain(&frame.inlines);
        let lacks = |code: Code| Diagnostic::at(code, frame.span).with("picture", path);
        if alt.trim().is_empty() {
            self.mistakes.push(lacks(syntax::MARKDOWN_NO_ALT));
        }
        if is_unsafe(path) {
            self.mistakes.push(lacks(syntax::MARKDOWN_UNSAFE_LINK).with("address", path));
        }
        let image = Image { path: path.to_owned(), alt, span: frame.span };
        self.inline(Inline::Image(Box::new(image)), frame.span);
    }

    fn finish(mut self) -> Doc {
        self.settle();
        let mut root = self.stack.swap_remove(0);
        root.flush();
        root.blocks.shrink_to_fit();
        let (blocks, footnotes) = (root.blocks, self.footnotes);
        let (mistakes, mut comments) = (self.mistakes, self.hidden);
        comments.sort_by_key(|comment| comment.start);
        let mut doc = Doc {
            file: self.file,
            blocks,
            footnotes,
            leads: Vec::new(),
            mistakes,
            source: Arc::clone(self.source),
            comments,
            sections: Vec::new(),
        };
        let missing = notes::missing(&doc);
        doc.mistakes.extend(missing);
        doc.leads = super::leads::of(&doc);
        doc.leads.shrink_to_fit();
        doc
    }
}

/// Whether running text ends where this begins or ends.
fn is_block(tag: &TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
        Alignment::None | Alignment::Left => Align::Start,
    }
}
