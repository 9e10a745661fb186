//! Prose as plain text, to be pasted where there is no markup: paragraphs with empty lines between them, lists
//! with signs, tables line by line.

use super::Cx;
use crate::base::lang::Lang;
use crate::model::book::Resolved;
use crate::model::prose::Prose;
use crate::syntax::markdown::{Block, BlockKind, BlockRange, Inline, Link, Target};

/// Blocks of a text as plain text.
pub(super) fn blocks(cx: Cx<'_>, prose: &Prose, lang: Lang, range: &BlockRange) -> String {
    let plain = Plain { cx, prose, lang };
    plain.blocks(prose.doc.blocks.get(range.clone()).unwrap_or_default(), "\n\n")
}

struct Plain<'a> {
    cx: Cx<'a>,
    prose: &'a Prose,
    lang: Lang,
}

impl Plain<'_> {
    fn blocks(&self, blocks: &[Block], between: &str) -> String {
        let texts = blocks.iter().map(|block| self.block(block));
        texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(between)
    }

    fn block(&self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading(heading) => self.inlines(&heading.text),
            BlockKind::Paragraph(text) | BlockKind::Plain(text) => self.inlines(text),
            BlockKind::List { start, items } => self.list(*start, items),
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => self.blocks(blocks, "\n\n"),
            BlockKind::Code(text) => text.trim_end().to_owned(),
            BlockKind::Table(table) => {
                let row = |row: &Vec<Vec<Inline>>| {
                    row.iter().map(|cell| self.inlines(cell)).collect::<Vec<_>>().join(" | ")
                };
                std::iter::once(&table.head).chain(&table.rows).map(row).collect::<Vec<_>>().join("\n")
            }
            BlockKind::Rule => String::new(),
        }
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>]) -> String {
        let item = |(at, item): (u64, &Vec<Block>)| {
            let sign = start.map_or_else(|| "•".to_owned(), |start| format!("{}.", start.saturating_add(at)));
            // What stands below an item is set in, so that it is seen whose it is.
            format!("{sign} {}", self.blocks(item, "\n").replace('\n', "\n  "))
        };
        (0..).zip(items).map(item).collect::<Vec<_>>().join("\n")
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text, _) | Inline::Code(text) => text.to_string(),
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Strike(text) => self.inlines(text),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => image.alt.clone(),
            Inline::FootnoteRef(..) => String::new(),
            Inline::HardBreak => "\n".to_owned(),
        }
    }

    /// The words of a link, or the name of where it leads; an address outside stands behind its words.
    fn link(&self, link: &Link) -> String {
        let words = self.inlines(&link.text);
        match (self.cx.book().resolve(&link.target, &self.prose.path), &link.target) {
            (Resolved::External(address), _) if address != words => format!("{words} ({address})"),
            (Resolved::Entity(key, _), _) if words.is_empty() => {
                let entry = self.cx.book().entry(&key);
                let name = entry
                    .and_then(|entry| entry.meta().name.words.fallback(self.lang, &self.cx.book().fallbacks));
                name.map_or_else(|| key.id.to_string(), |(_, name)| name.words.to_string())
            }
            (_, Target::Entity { id, .. }) if words.is_empty() => id.to_string(),
            _ => words,
        }
    }
}
