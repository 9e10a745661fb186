//! Prose as markup: links resolved, law linked, tables with scopes, notes at the end; nothing of the
//! author's passes unescaped.

mod explain;
mod notes;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::lent::Lent;
use super::{Cx, Profile};
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::model::book::Resolved;
use crate::model::glossary::Sort;
use crate::model::kind::Kind;
use crate::model::links::citations;
use crate::model::prose::Prose;
use crate::model::table::{AnyEntry, Key};
use crate::model::text::At;
use crate::route::{Page, Route};
use crate::syntax::markdown::{
    Alert, Align, Block, BlockKind, BlockRange, Heading, Image, Inline, Link, Table, plain,
};
use crate::syntax::slug::Slug;

/// What stands before the first heading, lent by another language.
pub(super) const BEGINNING: &str = "_beginning";

/// A piece of prose in a page.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Piece {
    /// The markup.
    pub prose_html: Html,
    /// ` lang="…"` where it is in another language, and its address in a preview.
    pub at_html: Html,
    /// Said where it is in another language.
    pub mark: Option<String>,
}

/// Which runs of blocks, how much deeper their headings stand than written, and where the prose is.
pub(super) struct Excerpt<'a> {
    pub prose: &'a Prose,
    pub lang: Lang,
    pub ranges: &'a [BlockRange],
    pub shift: u8,
}

impl Cx<'_> {
    /// The prose of an entity that is in no cell, with its notes.
    pub(super) fn body(&self, entry: &dyn AnyEntry) -> Option<Piece> {
        let (lang, prose) = entry.prose().fallback(self.lang, &self.book().fallbacks)?;
        let excerpt = Excerpt { prose, lang, ranges: &prose.body, shift: 0 };
        let lent = super::lent::sections(*self, entry, (lang, prose));
        let piece = self.excerpt_with(&excerpt, &entry.key(), "", &lent);
        (!piece.prose_html.is_empty()).then_some(piece)
    }

    /// Part of the prose of an entity, with the notes it refers to.
    pub(super) fn excerpt(&self, excerpt: &Excerpt<'_>, key: &Key, part: &str) -> Piece {
        self.excerpt_with(excerpt, key, part, &[])
    }

    /// The same with what other languages lend it.
    fn excerpt_with(&self, excerpt: &Excerpt<'_>, key: &Key, part: &str, lent: &[Lent]) -> Piece {
        let anchors = excerpt.prose.doc.headings().map(|(at, _, _)| at).zip(&excerpt.prose.anchors);
        let mut setter = Setter {
            cx: self,
            excerpt,
            anchors: anchors.map(|(at, slug)| (at, slug.as_str())).collect(),
            notes: Vec::new(),
            in_heading: false,
            explained: BTreeSet::new(),
            cited: BTreeSet::new(),
            // A matrix holds its prose in cells.
            in_table: matches!(self.page, Page::Entity(key) if key.kind == Kind::Framework),
            pops: 0,
            prefix: super::view::whole::prefix(self, key),
            scope: format!("{}-{}{part}", key.kind.as_str(), key.id).replace([':', '.'], "-"),
            own: part.is_empty().then(|| key.to_string()).filter(|_| self.profile == Profile::Preview),
            pending: Html::default(),
            out: Writer::with_room(if part.is_empty() { excerpt.prose.doc.source.len() } else { 0 }),
        };
        let mut lent = lent.iter().peekable();
        for at in excerpt.ranges.iter().cloned().flatten() {
            while let Some(lent) = lent.next_if(|lent| lent.before <= at) {
                setter.lent(&lent.piece);
            }
            setter.block(&excerpt.prose.doc.blocks[at], Some(at));
        }
        lent.for_each(|lent| setter.lent(&lent.piece));
        setter.footnotes();
        let kind = At::root(key.kind.as_str());
        let entity = kind.entity(key.id.as_str());
        let part = if part == BEGINNING { "" } else { part };
        let source = self.source(&entity.prose(part));
        let at_html = self.at(excerpt.lang, source.as_ref());
        Piece { prose_html: setter.out.finish(), at_html, mark: self.mark(excerpt.lang) }
    }
}

struct Setter<'a> {
    cx: &'a Cx<'a>,
    excerpt: &'a Excerpt<'a>,
    anchors: BTreeMap<usize, &'a str>,
    /// Labels of notes in the order of their first mention.
    notes: Vec<String>,
    /// Whether a heading is being written: no word is explained there.
    in_heading: bool,
    /// Terms that have been explained since the last heading.
    explained: BTreeSet<&'a Slug>,
    /// What law has been told of since the last heading.
    cited: BTreeSet<Key>,
    /// Whether a table is being written: its frame would cut explanations off.
    in_table: bool,
    /// How many explanations there are.
    pops: usize,
    /// Sets the ids of notes of several excerpts on one page apart.
    scope: String,
    /// Sets the anchors of headings apart where the prose of several entities stands on one page.
    prefix: String,
    /// Whose prose it is, where each block gets the address of its section.
    own: Option<String>,
    /// That address, for the next element that opens.
    pending: Html,
    out: Writer,
}

impl<'a> Setter<'a> {
    /// A section in another language, which says so.
    fn lent(&mut self, piece: &Piece) {
        self.out
            .raw("<p class=\"pk-mark\">(")
            .text(piece.mark.as_deref().unwrap_or_default())
            .raw(")</p>\n<div");
        self.out.html(&piece.at_html).raw(">").html(&piece.prose_html).raw("</div>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block, None));
    }

    /// Opens an element, with the address of its section where it is a block of its own.
    fn open(&mut self, tag: &'static str) -> &mut Writer {
        let pending = std::mem::take(&mut self.pending);
        self.out.raw(tag).html(&pending)
    }

    /// The address of the section in which a block stands.
    fn section(&self, at: usize) -> Html {
        let mut out = Writer::default();
        if let Some(own) = &self.own {
            let headings = self.excerpt.prose.doc.sections.iter().filter_map(|section| section.heading);
            let heading = headings.take_while(|heading| *heading <= at).last();
            let anchor = heading.and_then(|heading| self.anchors.get(&heading)).copied().unwrap_or_default();
            out.attr("data-src", &format!("{own}#{anchor}"));
        }
        out.finish()
    }

    fn block(&mut self, block: &Block, at: Option<usize>) {
        self.pending = at.map(|at| self.section(at)).unwrap_or_default();
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, at),
            BlockKind::Paragraph(text) => {
                self.open("<p");
                self.element(">", text, "</p>\n");
            }
            BlockKind::Plain(text) => self.inlines(text),
            BlockKind::List { start, items } => self.list(*start, items),
            BlockKind::Quote(blocks) => {
                self.open("<blockquote").raw(">");
                self.blocks(blocks);
                self.out.raw("</blockquote>\n");
            }
            BlockKind::Alert(alert, blocks) => self.alert(*alert, blocks),
            BlockKind::Code(text) => {
                self.open("<pre tabindex=\"0\"").raw("><code>").text(text).raw("</code></pre>\n");
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Rule => {
                self.open("<hr").raw(">\n");
            }
        }
    }

    fn element(&mut self, open: &'static str, text: &[Inline], close: &'static str) {
        self.out.raw(open);
        self.inlines(text);
        self.out.raw(close);
    }

    fn heading(&mut self, heading: &Heading, at: Option<usize>) {
        let (open, close) = match heading.level + self.excerpt.shift {
            0..=2 => ("<h2", "</h2>\n"),
            3 => ("<h3", "</h3>\n"),
            4 => ("<h4", "</h4>\n"),
            5 => ("<h5", "</h5>\n"),
            _ => ("<h6", "</h6>\n"),
        };
        self.open(open);
        let anchor = at.and_then(|at| self.anchors.get(&at).copied());
        if let Some(anchor) = anchor {
            self.out.attr("id", &format!("{}{anchor}", self.prefix));
        }
        self.out.raw(">").html(&anchor.map(|anchor| self.cx.targets(anchor)).unwrap_or_default());
        self.explained.clear();
        self.cited.clear();
        self.in_heading = true;
        let above = std::mem::take(&mut self.out);
        self.inlines(&heading.text);
        self.in_heading = false;
        let words = std::mem::replace(&mut self.out, above).finish();
        self.out.html(&words.soft(self.excerpt.lang)).raw(close);
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>]) {
        match start {
            None => self.open("<ul").raw(">\n"),
            Some(1) => self.open("<ol").raw(">\n"),
            Some(start) => self.open("<ol").raw(" start=\"").number(start).raw("\">\n"),
        };
        for item in items {
            self.out.raw("<li>");
            self.blocks(item);
            self.out.raw("</li>\n");
        }
        self.out.raw(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn alert(&mut self, alert: Alert, blocks: &[Block]) {
        let (class, key) = match alert {
            Alert::Note => ("pk-alert pk-alert-note", "alert.note"),
            Alert::Tip => ("pk-alert pk-alert-tip", "alert.tip"),
            Alert::Important => ("pk-alert pk-alert-important", "alert.important"),
            Alert::Warning => ("pk-alert pk-alert-warning", "alert.warning"),
            Alert::Caution => ("pk-alert pk-alert-caution", "alert.caution"),
        };
        let word = self.cx.world.theme.strings(self.excerpt.lang).get(key);
        self.open("<div").attr("class", class).raw("><p class=\"pk-alert-title\">").text(word).raw("</p>");
        self.blocks(blocks);
        self.out.raw("</div>\n");
    }

    /// A table with scopes and without inline styles, in a frame of its own that can be scrolled by
    /// keyboard on a narrow screen.
    fn table(&mut self, table: &Table) {
        let label = table.head.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(", ");
        self.open("<div class=\"pk-scroll\" role=\"region\" tabindex=\"0\"").attr("aria-label", &label);
        self.out.raw("><table>\n<thead><tr>");
        for (cell, align) in table.head.iter().zip(&table.columns) {
            self.out.raw("<th scope=\"col\"");
            self.align(*align);
            self.element(">", cell, "</th>");
        }
        let within = std::mem::replace(&mut self.in_table, true);
        self.out.raw("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.raw("<tr>");
            for (cell, align) in row.iter().zip(&table.columns) {
                self.out.raw("<td");
                self.align(*align);
                self.element(">", cell, "</td>");
            }
            self.out.raw("</tr>\n");
        }
        self.in_table = within;
        self.out.raw("</tbody></table></div>\n");
    }

    fn align(&mut self, align: Align) {
        self.out.raw(match align {
            Align::Start => "",
            Align::Center => " class=\"pk-center\"",
            Align::End => " class=\"pk-end\"",
        });
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text, _) => self.text(text),
                Inline::Code(text) => {
                    self.out.raw("<code>").text(text).raw("</code>");
                }
                Inline::Emphasis(text) => self.element("<em>", text, "</em>"),
                Inline::Strong(text) => self.element("<strong>", text, "</strong>"),
                Inline::Strike(text) => self.element("<del>", text, "</del>"),
                Inline::Link(link) => self.link(link),
                Inline::Image(image) => self.image(image),
                Inline::FootnoteRef(label, _) => self.note_mark(label),
                Inline::HardBreak => {
                    self.out.raw("<br>\n");
                }
            }
        }
    }

    /// Running text: law becomes a link, and so does a word of the glossary where it stands first below a
    /// heading.
    fn text(&mut self, text: &str) {
        let cx: &'a Cx<'a> = self.cx;
        if self.in_heading {
            return cx.write_cited(text, &mut self.out);
        }
        let mut done = 0;
        let words = cx.world.reading.glossary().find(self.excerpt.lang, text);
        let mut cited = None;
        for found in words {
            let overlaps = |(range, _): &(Range<usize>, _)| {
                range.start < found.range.end && found.range.start < range.end
            };
            let cited = cited.get_or_insert_with(|| citations(cx.book(), text));
            let free = found.sort != Sort::Outdated && !cited.iter().any(overlaps);
            if free && self.explained.insert(found.term) {
                self.law(&text[done..found.range.start]);
                self.term(found.term, &text[found.range.clone()]);
                done = found.range.end;
            }
        }
        self.law(&text[done..]);
    }

    fn link(&mut self, link: &Link) {
        let resolved = self.cx.book().resolve(&link.target, &self.excerpt.prose.path);
        let own = self.cx.lang;
        let (href, name) = match resolved {
            Resolved::Entity(key, anchor) => {
                let name = link.text.is_empty().then(|| self.entity_name(&key)).flatten();
                (self.entity_link(&key, anchor.as_deref()), name)
            }
            Resolved::Anchor(anchor) => (Some((format!("#{}{anchor}", self.prefix), own)), None),
            Resolved::Media(path) => (self.media(&path).map(|href| (href, own)), None),
            Resolved::External(address) => (Some((address, own)), None),
            // A finding says so; the words stay.
            Resolved::Unsafe | Resolved::Missing | Resolved::Ambiguous(_) | Resolved::UnknownKind(_) => {
                (None, None)
            }
        };
        let Some((href, lang)) = href else { return self.link_words(link, name.as_deref()) };
        self.out.raw("<a").attr("href", &href);
        if lang != own {
            self.out.attr("hreflang", lang.as_str());
        }
        self.out.raw(">");
        self.link_words(link, name.as_deref());
        self.out.raw("</a>");
        if lang != own {
            self.out.raw(" <small class=\"pk-mark\">(").text(lang.as_str()).raw(")</small>");
        }
    }

    /// The words of a link: its own, else the name of where it leads, else what was written.
    fn link_words(&mut self, link: &Link, name: Option<&str>) {
        if !link.text.is_empty() {
            // Law mentioned inside a link stays words: links cannot nest.
            self.out.text(&plain(&link.text));
            return;
        }
        let written = match &link.target {
            crate::syntax::markdown::Target::Entity { id, .. } => id.as_str(),
            _ => "",
        };
        self.out.text(name.unwrap_or(written));
    }

    fn entity_name(&self, key: &Key) -> Option<String> {
        let name = &self.cx.book().entry(key)?.meta().name.words;
        let (_, name) = name.fallback(self.excerpt.lang, &self.cx.book().fallbacks)?;
        Some(String::from(&*name.words))
    }

    fn entity_link(&self, key: &Key, anchor: Option<&str>) -> Option<(String, Lang)> {
        self.cx.href(key).map(|(href, lang)| match anchor {
            Some(anchor) if !href.contains('#') => (format!("{href}#{anchor}"), lang),
            _ => (href, lang),
        })
    }

    fn media(&self, path: &crate::base::source::SourcePath) -> Option<String> {
        let url = self.cx.world.routes.url(&Route::Media(path.clone()))?;
        Some(self.cx.url.to(url))
    }

    fn image(&mut self, image: &Image) {
        let resolved = self.cx.book().picture(&image.path, &self.excerpt.prose.path);
        let found = if let Resolved::Media(path) = &resolved { self.media(path) } else { None };
        match found {
            Some(src) => {
                self.out.raw("<img").attr("src", &src).attr("alt", &image.alt).raw(" loading=\"lazy\">")
            }
            None => self.out.text(&image.alt),
        };
    }
}
