//! The text of a cell of HTML, written and read again.
//!
//! HTML keeps neither the ends of lines nor more than one space. So the ends of lines go out as `<br>` and
//! the spaces that would be lost as no-break spaces. What comes back has the markup of a word processor:
//! paragraphs where somebody pressed Enter, lists where it made some of lines with a hyphen.

use crate::base::html::escape;

const NO_BREAK: char = '\u{a0}';

/// A text as the markup of a cell.
pub(super) fn written(text: &str) -> String {
    text.lines().map(|line| escape(&spaced(line)).to_string()).collect::<Vec<_>>().join("<br>")
}

/// A line with no-break spaces where it begins, and behind another space.
fn spaced(line: &str) -> String {
    let line = line.replace('\t', "    ");
    let before = std::iter::once(' ').chain(line.chars());
    let kept = |(before, c)| if before == ' ' && c == ' ' { NO_BREAK } else { c };
    before.zip(line.chars()).map(kept).collect()
}

/// A cell that is being read.
#[derive(Default)]
pub(super) struct Cell {
    lines: Vec<String>,
    line: String,
    /// The marks of the lists that are open.
    lists: Vec<&'static str>,
    /// What stands before the next word.
    mark: String,
}

impl Cell {
    /// Adds text, in which white space is as much as one space.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.line += &std::mem::take(&mut self.mark);
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    /// Ends a line, also one without text.
    pub(super) fn end_line(&mut self) {
        self.lines.push(unspaced(&std::mem::take(&mut self.line)));
    }

    /// Ends a line if there is one: where a block begins behind another there is no line between them.
    pub(super) fn boundary(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }

    pub(super) fn open_list(&mut self, mark: &'static str) {
        self.boundary();
        self.lists.push(mark);
    }

    pub(super) fn item(&mut self) {
        self.boundary();
        let Some((own, above)) = self.lists.split_last() else { return };
        self.mark = " ".repeat(above.concat().len()) + own;
    }

    /// Ends a list: without an empty line the text behind it would go on in its last item.
    pub(super) fn close_list(&mut self) {
        self.boundary();
        self.mark.clear();
        if self.lists.pop().is_some() && self.lists.is_empty() {
            self.end_line();
        }
    }

    /// The text, without white space around.
    pub(super) fn finish(mut self) -> String {
        self.boundary();
        self.lines.join("\n").trim().to_owned()
    }
}

/// A line as it is meant: one no-break space between words is one, others stand for spaces.
fn unspaced(line: &str) -> String {
    let is_space = |c: char| c == ' ' || c == NO_BREAK;
    let line = line.trim_end_matches(' ');
    if line.chars().all(is_space) {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(is_space) {
        let (word, behind) = rest.split_at(at);
        let next = behind.trim_start_matches(is_space);
        let spaces = &behind[..behind.len() - next.len()];
        out.push_str(word);
        match spaces.chars().count() {
            1 if !out.is_empty() && !next.is_empty() => out.push_str(spaces),
            // A line may end in a space that somebody forgot, but two are a line break of Markdown.
            1 if next.is_empty() => {}
            count => out.push_str(&" ".repeat(count)),
        }
        rest = next;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_would_lose_goes_out_in_another_form() {
        assert_eq!(written("a  b\n\n  - <c>"), "a \u{a0}b<br><br>\u{a0}\u{a0}- &lt;c&gt;");
        assert_eq!(written("\ta "), "\u{a0}\u{a0}\u{a0}\u{a0}a ");
    }

    #[test]
    fn white_space_is_read_as_it_is_meant() {
        let cases = [
            ("a \n\t b ", "a b"),
            ("1\u{a0}000 \u{a0}€", "1\u{a0}000  €"),
            ("\u{a0}a\u{a0}", "a"),
            ("a \u{a0}", "a"),
        ];
        for (text, meant) in cases {
            let mut cell = Cell::default();
            cell.text(text);
            assert_eq!(cell.finish(), meant, "{text:?}");
        }
        assert_eq!(unspaced("\u{a0}\u{a0}a \u{a0}"), "  a  ");
        assert_eq!(unspaced("\u{a0} "), "");
    }
}
