//! The lines of a text that the parser could not follow, and which of them begin a statement.

use std::ops::Range;

/// What a line looks like, whatever stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// `[kind.id`, `[[kind.id.rows`
    Header,
    /// `key =`
    Pair,
    /// Neither: what continues a statement, a comment, a slip.
    Other,
}

struct Line {
    /// First byte.
    at: usize,
    sort: Sort,
    /// The nearest line, from this one backwards, that begins a statement.
    start: Option<usize>,
    /// The nearest header above.
    header: Option<usize>,
}

/// The lines of a text.
pub(super) struct Lines {
    lines: Vec<Line>,
    /// Byte behind the last.
    end: usize,
}

impl Lines {
    pub(super) fn new(text: &str) -> Lines {
        let (mut at, mut start, mut header) = (0, None, None);
        let mut lines: Vec<Line> = Vec::new();
        for (number, line) in text.split('\n').enumerate() {
            if lines.last().is_some_and(|above| above.sort == Sort::Header) {
                header = number.checked_sub(1);
            }
            let sort = sort(line);
            if sort != Sort::Other {
                start = Some(number);
            }
            lines.push(Line { at, sort, start, header });
            at += line.len() + 1;
        }
        Lines { lines, end: text.len() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The line that holds a byte.
    pub(super) fn holding(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.at <= byte).saturating_sub(1)
    }

    /// The bytes of some lines, line ends included.
    pub(super) fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        let at = |line: usize| self.lines.get(line).map_or(self.end, |line| line.at);
        at(lines.start)..at(lines.end)
    }

    /// The line, from this one backwards, that begins a statement.
    pub(super) fn start(&self, line: usize) -> Option<usize> {
        self.lines.get(line)?.start
    }

    pub(super) fn is_header(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.sort == Sort::Header)
    }

    /// The lines from this one up to the next statement.
    pub(super) fn statement(&self, line: usize) -> Range<usize> {
        self.until(line, |sort| sort != Sort::Other)
    }

    /// The lines from this one up to the next header.
    pub(super) fn section(&self, line: usize) -> Range<usize> {
        self.until(line, |sort| sort == Sort::Header)
    }

    /// The header above a line that is none itself.
    pub(super) fn header(&self, line: usize) -> Option<usize> {
        self.lines.get(line).filter(|line| line.sort != Sort::Header)?.header
    }

    /// The lines of the section that begins on this line, and of those for its rows right behind it.
    pub(super) fn entity(&self, line: usize, text: &str) -> Range<usize> {
        let path = |line: usize| header_path(&text[self.bytes(&(line..line + 1))]);
        let own = path(line);
        let is_part = |line: usize| path(line).strip_prefix(own).is_some_and(|rest| rest.starts_with('.'));
        let mut lines = self.section(line);
        while self.is_header(lines.end) && is_part(lines.end) {
            lines.end = self.section(lines.end).end;
        }
        lines
    }

    /// The first header of rows that stand in single brackets, seen from another of them: the same path of at
    /// least three words, the last of which is a key and no number.
    pub(super) fn single_brackets(&self, line: usize, text: &str) -> Option<usize> {
        let written = |line: usize| &text[self.bytes(&(line..line + 1))];
        let own = header_path(written(line));
        let is_single = |line: usize| {
            let header = written(line).trim_start_matches(['\u{feff}', ' ', '\t']);
            header.starts_with('[') && !header.starts_with("[[")
        };
        let is_list = own.split('.').nth(2).is_some() && !own.contains('"');
        let same =
            |line: &usize| self.is_header(*line) && is_single(*line) && header_path(written(*line)) == own;
        let first = (0..self.len()).find(same)?;
        (self.is_header(line) && is_list).then_some(first)
    }

    fn until(&self, line: usize, ends: impl Fn(Sort) -> bool) -> Range<usize> {
        let end = self.lines.iter().skip(line + 1).position(|line| ends(line.sort));
        line..end.map_or(self.len(), |distance| line + 1 + distance)
    }
}

/// What stands in the brackets of a header.
pub(super) fn header_path(line: &str) -> &str {
    let path = line.trim_start_matches(['\u{feff}', ' ', '\t', '[']);
    path.split(']').next().unwrap_or_default().trim()
}

fn sort(line: &str) -> Sort {
    let text = line.trim_start_matches('\u{feff}').trim_start();
    if let Some(rest) = text.strip_prefix('[') {
        // `["x", …` continues a list.
        let begins = |c: char| is_key(c) || matches!(c, ']' | '.');
        return if rest.trim_start_matches(['[', ' ']).starts_with(begins) {
            Sort::Header
        } else {
            Sort::Other
        };
    }
    let key = text.split_once('=').map_or("", |(key, _)| key.trim_end());
    let is_pair = !key.is_empty() && key.chars().all(|c| is_key(c) || matches!(c, '.' | '"' | '\''));
    if is_pair { Sort::Pair } else { Sort::Other }
}

/// Whether a character stands in a key without quotation marks, or is meant to.
fn is_key(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
