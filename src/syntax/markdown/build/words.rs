//! Words while they are read: pieces of the file as long as they follow one another there.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Tag};

use super::{Builder, html};
use crate::base::piece::Piece;
use crate::base::source::Span;
use crate::syntax::markdown::Inline;
use crate::syntax::text::composed;

impl<'a> Builder<'a> {
    /// Words, and the marks among them that the parser makes nothing of.
    pub(super) fn words(&mut self, words: CowStr<'a>, span: Span) {
        let in_code = matches!(self.top().tag, Some(Tag::CodeBlock(_)));
        let mark = &self.text[span.range()];
        // A mark that is meant as such, not written `\[` or `&lt;`, comes alone.
        if !in_code && *words == *mark {
            match &*words {
                "<" if self.text[span.range().start..].starts_with(html::BEGIN) => self.hide(span),
                "[" => self.missing_note(span),
                _ => {}
            }
        }
        self.text(words.into(), span);
    }

    /// Neighbouring pieces and lines become one, so that a citation is never cut in two.
    pub(super) fn text(&mut self, text: Cow<'a, str>, span: Span) {
        if self.here.hidden_from.is_some_and(|hidden| span.start >= hidden) {
            return;
        }
        let text = match text {
            Cow::Borrowed(text) => composed(text),
            Cow::Owned(text) => composed(&text).into_owned().into(),
        };
        self.words = Some(match self.words.take() {
            Some((before, place)) => (self.joined(before, &text), Span { end: span.end, ..place }),
            None => (text, span),
        });
    }

    /// Two pieces as one: where the second follows in the file, as it stands there.
    fn joined(&self, before: Cow<'a, str>, more: &str) -> Cow<'a, str> {
        let place = |words: &str| words.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        let start = place(&before);
        let whole = self.text.get(start..start.wrapping_add(before.len() + more.len()));
        match whole {
            Some(whole) if place(more) == start + before.len() => Cow::Borrowed(whole),
            _ => Cow::Owned(before.into_owned() + more),
        }
    }

    /// No more comes to the words read last.
    pub(super) fn settle(&mut self) {
        if let Some((words, span)) = self.words.take() {
            let text = Inline::Text(Piece::within(self.source, &words), span);
            self.top().inlines.push(text);
        }
    }
}
