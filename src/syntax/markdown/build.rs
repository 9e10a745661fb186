//! Parser events gathered into the tree.

use pulldown_cmark::{
    Alignment, BlockQuoteKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::{
    Alert, Align, Block, BlockKind, Doc, Footnote, Heading, Image, Inline, Lead, Link, MAX_DEPTH, Table,
    Target,
};
use crate::base::diag::{Code, Diagnostic, Fix};
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

pub(super) fn build(file: FileId, text: &str) -> Doc {
    let mut builder = Builder::new(file);
    // A byte order mark is no text; the offsets of what follows stay those of the file.
    let skip = text.len() - text.trim_start_matches('\u{feff}').len();
    for (event, range) in Parser::new_ext(&text[skip..], OPTIONS).into_offset_iter() {
        let span = Span::new(file, &(range.start + skip..range.end + skip));
        builder.event(event, span);
    }
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
            let text = std::mem::take(&mut self.inlines);
            self.blocks.push(Block { kind: BlockKind::Plain(text), span: self.span });
        }
    }
}

struct Builder<'a> {
    file: FileId,
    stack: Vec<Frame<'a>>,
    /// Open elements below the deepest one that is read.
    too_deep: usize,
    footnotes: Vec<Footnote>,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(file: FileId) -> Builder<'a> {
        let root = Frame::new(None, Span::beginning(file));
        Builder { file, stack: vec![root], too_deep: 0, footnotes: Vec::new(), mistakes: Vec::new() }
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.open(tag, span),
            Event::End(tag) => self.close(tag),
            _ if self.too_deep > 0 => {}
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::InlineHtml(html) | Event::Html(html) => self.raw(&html, span),
            Event::FootnoteReference(label) => self.inline(Inline::FootnoteRef(label.into_string(), span)),
            Event::SoftBreak => self.inline(Inline::SoftBreak),
            Event::HardBreak => self.inline(Inline::HardBreak),
            Event::Rule => self.block(BlockKind::Rule, span),
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'a>, span: Span) {
        if self.stack.len() <= MAX_DEPTH && self.too_deep == 0 {
            return self.stack.push(Frame::new(Some(tag), span));
        }
        if self.too_deep == 0 && !self.mistakes.iter().any(|d| d.code == syntax::MARKDOWN_DEEP) {
            let limit = MAX_DEPTH.to_string();
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_DEEP, span).with("limit", limit));
        }
        self.too_deep += 1;
    }

    fn close(&mut self, end: TagEnd) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(mut frame) = self.stack.pop() else { return };
        let Some(tag) = frame.tag.take() else { return };
        match end {
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.close_table_part(end, frame),
            TagEnd::Item => {
                frame.flush();
                self.top().items.push(frame.blocks);
            }
            TagEnd::FootnoteDefinition => {
                frame.flush();
                if let Tag::FootnoteDefinition(label) = tag {
                    self.footnotes.push(Footnote { label: label.into_string(), blocks: frame.blocks });
                }
            }
            _ => self.close_content(tag, frame),
        }
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
            Tag::Emphasis => self.inline(Inline::Emphasis(frame.inlines)),
            Tag::Strong => self.inline(Inline::Strong(frame.inlines)),
            Tag::Strikethrough => self.inline(Inline::Strike(frame.inlines)),
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
                self.block(BlockKind::Table(Table { columns, head: frame.head, rows: frame.rows }), span);
            }
            // What raw() put there stays as text.
            Tag::HtmlBlock if !frame.inlines.is_empty() => {
                self.block(BlockKind::Paragraph(frame.inlines), span);
            }
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

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        let top = self.top();
        top.flush();
        top.blocks.push(Block { kind, span });
    }

    /// Neighbouring pieces become one, so that a citation is never cut in two.
    fn text(&mut self, text: &str, span: Span) {
        match self.top().inlines.last_mut() {
            Some(Inline::Text(before, place)) => {
                before.push_str(text);
                place.end = span.end;
            }
            _ => self.inline(Inline::Text(text.to_owned(), span)),
        }
    }

    /// Raw HTML is shown as the text it is; a comment is a note of the author's and not shown.
    fn raw(&mut self, html: &str, span: Span) {
        if html.trim_start().starts_with("<!--") && html.trim_end().ends_with("-->") {
            return;
        }
        let same_line = |d: &Diagnostic| d.code == syntax::MARKDOWN_RAW_HTML;
        if !self.mistakes.iter().any(same_line) {
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_RAW_HTML, span));
        }
        self.text(html, span);
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, frame: Frame<'a>) {
        let span = frame.span;
        if level == HeadingLevel::H1 {
            let fix = Fix { span: Span { end: span.start, ..span }, text: "#".to_owned() };
            let mistake = Diagnostic { fix: Some(fix), ..Diagnostic::at(syntax::MARKDOWN_H1, span) };
            self.mistakes.push(mistake);
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
            LinkType::WikiLink { .. } => entity(address),
            LinkType::Email => Target::External(format!("mailto:{address}")),
            _ => target(address),
        };
        if target == Target::Unsafe {
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_UNSAFE_LINK, span).with("address", address));
        }
        let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let text = if bare { Vec::new() } else { frame.inlines };
        self.inline(Inline::Link(Link { target, text, span }));
    }

    fn image(&mut self, path: &str, frame: &Frame<'a>) {
        let alt = plain(&frame.inlines);
        let lacks = |code: Code| Diagnostic::at(code, frame.span).with("picture", path);
        if alt.trim().is_empty() {
            self.mistakes.push(lacks(syntax::MARKDOWN_NO_ALT));
        }
        if target(path) == Target::Unsafe {
            self.mistakes.push(lacks(syntax::MARKDOWN_UNSAFE_LINK).with("address", path));
        }
        self.inline(Inline::Image(Image { path: path.to_owned(), alt, span: frame.span }));
    }

    fn finish(mut self) -> Doc {
        let mut root = self.stack.swap_remove(0);
        root.flush();
        let (blocks, footnotes) = (root.blocks, self.footnotes);
        let mut doc = Doc { file: self.file, blocks, footnotes, leads: Vec::new(), mistakes: self.mistakes };
        let missing = missing_notes(&doc);
        doc.mistakes.extend(missing);
        doc.leads = leads(&doc);
        doc
    }
}

fn leads(doc: &Doc) -> Vec<Lead> {
    let mut leads = Vec::new();
    doc.each_inline(&mut |inline| match inline {
        Inline::Link(link) => leads.push(Lead::Link(link.target.clone(), link.span)),
        Inline::Image(image) => leads.push(Lead::Picture(image.path.clone(), image.span)),
        Inline::Text(text, span) if text.contains('§') => leads.push(Lead::Law(text.clone(), *span)),
        _ => {}
    });
    leads
}

/// References to notes that have no text.
fn missing_notes(doc: &Doc) -> Vec<Diagnostic> {
    let mut missing = Vec::new();
    doc.each_inline(&mut |inline| {
        if let Inline::FootnoteRef(label, span) = inline
            && !doc.footnotes.iter().any(|note| note.label == *label)
        {
            missing.push(Diagnostic::at(syntax::MARKDOWN_NO_FOOTNOTE, *span).with("label", label.as_str()));
        }
    });
    missing
}

fn entity(address: &str) -> Target {
    let (id, anchor) = split_anchor(address);
    let (kind, id) = match id.split_once(':') {
        Some((kind, id)) => (Some(kind.trim().to_owned()), id),
        None => (None, id),
    };
    Target::Entity { kind, id: id.trim().to_owned(), anchor }
}

fn split_anchor(address: &str) -> (&str, Option<String>) {
    address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor.to_owned())))
}

/// Schemes that a link may have; everything else with a scheme is refused.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

fn target(address: &str) -> Target {
    // Browsers drop tabs, line ends and leading controls before they look for a scheme.
    let seen: String = address.chars().filter(|c| !c.is_control() && *c != ' ').collect();
    let scheme = seen.find([':', '/', '?', '#']).filter(|at| seen[*at..].starts_with(':'));
    if let Some(at) = scheme {
        let allowed = SCHEMES.contains(&seen[..at].to_ascii_lowercase().as_str());
        return if allowed { Target::External(seen) } else { Target::Unsafe };
    }
    if seen.starts_with("//") {
        return Target::External(format!("https:{seen}"));
    }
    match split_anchor(address) {
        ("", anchor) => Target::Anchor(anchor.unwrap_or_default()),
        (path, anchor) => Target::File { path: path.to_owned(), anchor },
    }
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
