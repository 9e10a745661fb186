//! Text put in the place of other text, and the lines around it.

use std::ops::Range;

/// Text that comes in the place of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    /// The bytes.
    pub(super) range: Range<usize>,
    /// What comes in their place.
    pub(super) text: String,
}

impl Splice {
    /// Puts a text in the place of some bytes.
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Splice {
        Splice { range, text: text.into() }
    }

    /// Puts a text before a byte.
    pub(super) fn at(at: usize, text: impl Into<String>) -> Splice {
        Splice::new(at..at, text)
    }
}

/// A text with its splices, which do not overlap. Those at one place keep their order.
pub(super) fn spliced(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| splice.range.start);
    let mut out = String::with_capacity(text.len() + 256);
    let mut at = 0;
    for splice in &splices {
        out.push_str(text.get(at..splice.range.start).unwrap_or_default());
        out.push_str(&splice.text);
        at = at.max(splice.range.end);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A byte order mark at the beginning of a file.
pub(super) const MARK: char = '\u{feff}';

/// The first byte of the line that holds a byte.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if start == 0 && text.starts_with(MARK) { MARK.len_utf8().min(at) } else { start }
}

/// The byte behind the line that holds a byte, with its end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The white space with which a line begins.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How the line before a byte ends; where there is none, the first line of the text.
pub(super) fn end_of_line(text: &str, at: usize) -> &'static str {
    let newline = text[..at].rfind('\n').or_else(|| text.find('\n'));
    match newline {
        Some(newline) if text[..newline].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Lines of ours with the line ends of the file.
pub(super) fn with_ends(lines: &str, end: &str) -> String {
    if end == "\n" { lines.to_owned() } else { lines.replace('\n', end) }
}

/// Where the comments directly above a line begin, not before a byte.
pub(super) fn comments_above(text: &str, line: usize, not_before: usize) -> usize {
    let mut start = line;
    while start > not_before {
        let above = line_start(text, start - 1);
        if above < not_before || !text[above..].trim_start_matches([' ', '\t']).starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// Where the comments directly below the lines that end at a byte end themselves, not behind another byte.
pub(super) fn comments_below(text: &str, line: usize, not_behind: usize) -> usize {
    let mut end = line;
    while end < not_behind && text[end..].trim_start_matches([' ', '\t']).starts_with('#') {
        end = line_end(text, end);
    }
    end
}

/// The byte behind the empty lines that begin at a byte.
pub(super) fn blanks_below(text: &str, line: usize) -> usize {
    let mut end = line;
    while end < text.len() {
        let next = line_end(text, end);
        if !text[end..next].trim().is_empty() {
            break;
        }
        end = next;
    }
    end
}

/// Where the empty lines above a line begin.
pub(super) fn blanks_above(text: &str, line: usize) -> usize {
    let mut start = line;
    while start > 0 {
        let above = line_start(text, start - 1);
        if above == start || !text[above..start].trim().is_empty() {
            break;
        }
        start = above;
    }
    start
}

/// Lines with the empty lines that part them from what follows; at the end of a text with those before.
pub(super) fn around(text: &str, lines: Range<usize>) -> Range<usize> {
    let end = blanks_below(text, lines.end);
    if end < text.len() { lines.start..end } else { blanks_above(text, lines.start)..text.len() }
}
