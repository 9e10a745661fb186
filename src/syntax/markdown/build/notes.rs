//! Notes that are referred to and have no text.

use std::collections::BTreeSet;

use super::Builder;
use crate::base::diag::Diagnostic;
use crate::base::source::Span;
use crate::syntax;
use crate::syntax::markdown::{Doc, Inline};

impl Builder<'_> {
    /// Tells a `[^name]` that stayed words because no note has the name: once for each name.
    pub(super) fn missing_note(&mut self, span: Span) {
        let start = span.range().start;
        let Some(label) = self.text[start..].strip_prefix("[^").and_then(label) else { return };
        let span = self.span(start, start + "[^]".len() + label.len());
        if self.told.insert(label) {
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_NO_FOOTNOTE, span).with("label", label));
        }
    }
}

/// References to notes that have no text: their text stands too deep to be read.
pub(super) fn missing(doc: &Doc) -> Vec<Diagnostic> {
    let notes: BTreeSet<&str> = doc.footnotes.iter().map(|note| note.label.as_str()).collect();
    let mut missing = Vec::new();
    doc.each_inline(&mut |inline| {
        if let Inline::FootnoteRef(label, span) = inline
            && !notes.contains(label.as_str())
        {
            missing.push(Diagnostic::at(syntax::MARKDOWN_NO_FOOTNOTE, *span).with("label", label.as_str()));
        }
    });
    missing
}

/// The name of a note: the parser takes `[^A]` and `[^a]` for one.
pub(super) fn name(label: &str) -> String {
    label.to_lowercase()
}

/// The name in what stands behind `[^`.
fn label(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| c == ']' || c == '[' || c.is_whitespace())?;
    (end > 0 && rest[end..].starts_with(']')).then_some(&rest[..end])
}
