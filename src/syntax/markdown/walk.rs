//! Ways through the tree, and its words alone.

use super::{Block, BlockKind, Inline};

/// Visits every run of running text below these blocks.
pub fn runs<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a [Inline])) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => visit(&heading.text),
            BlockKind::Paragraph(text) | BlockKind::Plain(text) => visit(text),
            BlockKind::List { items, .. } => items.iter().for_each(|item| runs(item, visit)),
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => runs(blocks, visit),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| visit(cell));
            }
            BlockKind::Code(_) | BlockKind::Rule => {}
        }
    }
}

/// Visits every piece of running text below these blocks.
pub fn walk<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    runs(blocks, &mut |run| walk_inlines(run, visit));
}

pub(super) fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Strike(text) => walk_inlines(text, visit),
            Inline::Link(link) => walk_inlines(&link.text, visit),
            Inline::Text(..)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::FootnoteRef(..)
            | Inline::HardBreak => {}
        }
    }
}

/// The words of running text without marks, for headings, search and comparison.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text, _) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Strike(text) => {
                out.push_str(&plain(text));
            }
            Inline::Link(link) => out.push_str(&plain(&link.text)),
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::HardBreak => out.push(' '),
            Inline::FootnoteRef(..) => {}
        }
    }
    out
}
