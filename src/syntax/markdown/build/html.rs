//! HTML, which is shown as the text it is, and comments: notes of the author's that no reader sees.

use std::ops::Range;

use super::{Builder, Frame};
use crate::base::diag::Diagnostic;
use crate::base::source::Span;
use crate::syntax;
use crate::syntax::markdown::{BlockKind, plain};

impl<'a> Builder<'a> {
    /// A tag or a comment in running text.
    pub(super) fn html(&mut self, span: Span) {
        let visible = Comments::default().visible(self.text, span.range());
        self.hide_between(&visible, span);
        visible.into_iter().for_each(|part| self.raw(part));
    }

    /// A line of a block of HTML.
    pub(super) fn html_line(&mut self, span: Span) {
        let begins = self.top().span.range().start;
        let is_comment = self.text[begins..].trim_start().starts_with(BEGIN);
        let visible = self.comments.visible(self.text, span.range());
        self.hide_between(&visible, span);
        if is_comment {
            self.comments.between.extend(visible);
        } else {
            visible.into_iter().for_each(|part| self.raw(part));
        }
    }

    /// Remembers what is not seen of a run of HTML.
    fn hide_between(&mut self, visible: &[Range<usize>], span: Span) {
        let mut at = span.range().start;
        for part in visible.iter().cloned().chain(std::iter::once(span.range().end..span.range().end)) {
            if at < part.start {
                let comment = self.span(at, part.start);
                self.hidden.push(comment);
            }
            at = part.end;
        }
    }

    fn raw(&mut self, part: Range<usize>) {
        let (span, html) = (self.span(part.start, part.end), &self.text[part]);
        let told = std::mem::replace(&mut self.here.html_told, true);
        if !told && self.here.hidden_from.is_none() {
            self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_RAW_HTML, span));
        }
        self.text(html.into(), span);
    }

    /// The end of a block of HTML. Words beside comments are read as if they stood alone.
    pub(super) fn html_block(&mut self, frame: Frame<'a>) {
        let comments = std::mem::take(&mut self.comments);
        if let Some(at) = comments.open {
            self.open_comment(at);
        }
        if !plain(&frame.inlines).trim().is_empty() {
            self.block(BlockKind::Paragraph(frame.inlines), frame.span);
        }
        for part in comments.between {
            let words = self.text[part.clone()].trim_start();
            self.read(part.end - words.len()..part.end);
        }
    }

    /// Hides what stands behind the beginning of a comment that has no end in its paragraph.
    pub(super) fn hide(&mut self, span: Span) {
        if self.here.hidden_from.is_none() {
            self.here.hidden_from = Some(span.start);
            self.open_comment(span.range().start);
        }
    }

    fn open_comment(&mut self, at: usize) {
        let span = self.span(at, at + BEGIN.len());
        self.mistakes.push(Diagnostic::at(syntax::MARKDOWN_OPEN_COMMENT, span));
    }
}

/// What begins a comment.
pub(super) const BEGIN: &str = "<!--";
const END: &str = "-->";

/// A run of HTML that the parser gives line by line, and whether a comment is open in it.
#[derive(Default)]
pub(super) struct Comments {
    /// Where the comment that is still open begins.
    pub open: Option<usize>,
    /// What has been seen outside of comments, in a run that begins with one.
    pub between: Vec<Range<usize>>,
}

impl Comments {
    /// The places outside of comments in the next line, given as its place in the text.
    pub(super) fn visible(&mut self, text: &str, line: Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = line.start;
        while at < line.end {
            let rest = &text[at..line.end];
            if self.open.is_some() {
                let Some(end) = rest.find(END) else { break };
                (self.open, at) = (None, at + end + END.len());
                continue;
            }
            let begin = rest.find(BEGIN).map_or(line.end, |begin| at + begin);
            if begin > at {
                found.push(at..begin);
            }
            self.open = (begin < line.end).then_some(begin);
            // `<!-->` is a whole comment: its end may share the hyphens of its beginning.
            at = begin + "<!".len();
        }
        found
    }
}
