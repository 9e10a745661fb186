//! Reading a text with mistakes: what cannot be read is told and blanked out, until the rest can be.
//!
//! The parser goes on after a mistake, but takes what follows for part of it: behind a line without `=`
//! it reads nothing more, a list without its end swallows the rest of the file. So each statement that
//! it complains of is looked at on its own.

use std::ops::Range;

use toml::de::DeTable;

use super::lines::{Lines, header_path};
use super::mistake::{Complaint, chief, complaints};
use super::twin::{self, Twin};
use super::{Reader, Table, TomlFile};
use crate::base::diag::{Diagnostic, Fix};
use crate::base::source::{FileId, Span};
use crate::syntax;
use crate::syntax::slug::Slug;

/// How often the text is read anew. Each time ends at least one list or text that has no end; a file
/// with more of them is told in part.
const ROUNDS: usize = 16;

/// Reads a text that has mistakes.
pub(super) fn read(file: FileId, text: &str) -> TomlFile {
    let mut mend = Mend::new(file, text);
    let mut left = complaints(&mend.text);
    while !left.is_empty() && mend.round < ROUNDS {
        mend.round(&left);
        left = complaints(&mend.text);
    }
    mend.give_up(&left);
    mend.finish(left.is_empty())
}

struct Mend<'t> {
    file: FileId,
    /// As the author wrote it.
    written: &'t str,
    /// The same with blanks for what cannot be read: places stay.
    text: String,
    lines: Lines,
    /// How often the text has been looked at.
    round: usize,
    /// For each line, in which round it was told and blanked or mended.
    dealt: Vec<Option<usize>>,
    damaged: Vec<Range<usize>>,
    mistakes: Vec<Diagnostic>,
    twins: Vec<Twin>,
    /// A statement that is known to need none of the lines behind it.
    whole: Option<usize>,
}

impl<'t> Mend<'t> {
    fn new(file: FileId, written: &'t str) -> Mend<'t> {
        let lines = Lines::new(written);
        Mend {
            file,
            written,
            text: written.to_owned(),
            round: 0,
            dealt: vec![None; lines.len()],
            lines,
            damaged: Vec::new(),
            mistakes: Vec::new(),
            twins: Vec::new(),
            whole: None,
        }
    }

    /// Deals with what the parser complains of.
    fn round(&mut self, found: &[Complaint]) {
        let mut led = false;
        self.whole = None;
        self.round += 1;
        for complaint in found {
            let line = self.lines.holding(complaint.range.start);
            if self.dealt[line] == Some(self.round) {
                continue;
            }
            let lines = self.statement(line);
            if let Some(own) = self.own(&lines) {
                self.blame(lines, &own);
            } else if complaint.is_twin() {
                self.twin(line, complaint);
            } else if !std::mem::replace(&mut led, true) {
                self.blame_earlier(line, complaint);
            }
        }
    }

    /// What is wrong with some lines alone.
    fn own(&self, lines: &Range<usize>) -> Option<Complaint> {
        let bytes = self.lines.bytes(lines);
        let text = &self.text[bytes.clone()];
        // What is missing at the end is missing behind the last word, not on the next line.
        let end = bytes.start + text.trim_end().len();
        let own = chief(complaints(text))?;
        let place = |at: usize| (bytes.start + at).min(end);
        Some(Complaint { range: place(own.range.start)..place(own.range.end), ..own })
    }

    /// The lines that a mistake on this one spoils.
    fn statement(&mut self, line: usize) -> Range<usize> {
        let Some(start) = self.lines.start(line) else { return line..line + 1 };
        let stands_alone = if start == line { !self.is_open(line) } else { self.is_whole(start, line) };
        if stands_alone { line..line + 1 } else { self.lines.statement(start) }
    }

    /// Whether a text or a list begins on this line and ends on another.
    fn is_open(&self, line: usize) -> bool {
        let found = complaints(&self.text[self.lines.bytes(&(line..line + 1))]);
        found.iter().any(|complaint| complaint.code() == syntax::TOML_UNCLOSED)
    }

    /// Whether a statement ends before this line.
    fn is_whole(&mut self, start: usize, line: usize) -> bool {
        if self.whole == Some(start) {
            return true;
        }
        let whole = complaints(&self.text[self.lines.bytes(&(start..line))]).is_empty();
        if whole {
            self.whole = Some(start);
        }
        whole
    }

    /// Tells what is wrong with some lines, and takes them out of the text. A header takes its section
    /// along, whose keys would fall to the entity before; an id in it is mended instead, if it can be.
    fn blame(&mut self, lines: Range<usize>, complaint: &Complaint) {
        let finding = complaint.tell(self.file, self.written);
        if !self.lines.is_header(lines.start) {
            return self.leave_out(lines, finding);
        }
        let Some((place, id)) = self.id(lines.start, complaint) else {
            let section = self.lines.section(lines.start);
            return self.leave_out(section, finding);
        };
        let fix = Fix { span: Span::new(self.file, &place), text: id.to_string() };
        self.deal(lines, Diagnostic { fix: Some(fix), ..finding });
        self.text.replace_range(place.clone(), &format!("{:<1$}", id.as_str(), place.len()));
    }

    /// Looks for the statement before a line that has no end and so made the parser stumble there.
    fn blame_earlier(&mut self, line: usize, complaint: &Complaint) {
        let mut at = self.lines.start(line);
        while let Some(start) = at {
            let lines = self.lines.statement(start);
            if let Some(own) = self.own(&lines) {
                return self.blame(lines, &own);
            }
            at = start.checked_sub(1).and_then(|line| self.lines.start(line));
        }
        self.blame(line..line + 1, complaint);
    }

    /// Tells what is written a second time, and leaves out the copy: of an entity with all it has.
    fn twin(&mut self, line: usize, complaint: &Complaint) {
        if let Some(first) = self.lines.single_brackets(line, &self.text) {
            return self.rows(line, first);
        }
        let is_header = self.lines.is_header(line);
        let lines = if is_header { self.lines.entity(line, &self.text) } else { self.statement(line) };
        let header = self.lines.header(line).map(|header| self.lines.bytes(&(header..header + 1)));
        let own = self.lines.bytes(&lines);
        let header = header.map_or("", |bytes| &self.text[bytes]);
        let keys = twin::keys(header, &self.text[own.clone()], complaint.range.start - own.start);
        self.twins.push(Twin { finding: self.mistakes.len(), keys, at: complaint.range.start });
        self.leave_out(lines, complaint.tell(self.file, self.written));
    }

    /// Tells once that rows stand in single brackets, at the first header, and leaves out the others.
    fn rows(&mut self, line: usize, first: usize) {
        let bytes = self.lines.bytes(&(first..first + 1));
        let header = self.written[bytes.clone()].trim_end();
        let span = Span::new(self.file, &(bytes.start..bytes.start + header.len()));
        let finding = Diagnostic::at(syntax::TOML_SINGLE_BRACKETS, span).with("key", header_path(header));
        let known =
            self.mistakes.iter().any(|mistake| mistake.code == finding.code && mistake.span == finding.span);
        let lines = self.lines.entity(line, &self.text);
        self.blank(lines.clone());
        if known {
            self.damaged.push(self.lines.bytes(&lines));
            self.dealt[lines].fill(Some(self.round));
        } else {
            self.deal(lines, finding);
        }
    }

    /// The id in a header where the parser stumbles over its letters, and what it is to be.
    fn id(&self, line: usize, complaint: &Complaint) -> Option<(Range<usize>, Slug)> {
        let start = self.lines.bytes(&(line..line + 1)).start;
        let (kind, before) = self.text[start..complaint.range.start].split_once('.')?;
        let is_kind =
            kind.trim_start_matches(['\u{feff}', ' ', '[']).bytes().all(|b| b.is_ascii_alphanumeric());
        let from = complaint.range.start - before.len();
        let end = self.text[from..].find(['.', ']', '\n']).map_or(self.text.len(), |end| from + end);
        let id = Slug::from_words(&self.text[from..end])?;
        let fits = is_kind && !before.contains('.') && from + id.as_str().len() <= end;
        (fits && complaint.code() == syntax::TOML_BAD_KEY).then_some((from..end, id))
    }

    fn leave_out(&mut self, lines: Range<usize>, finding: Diagnostic) {
        self.blank(lines.clone());
        self.deal(lines, finding);
    }

    fn blank(&mut self, lines: Range<usize>) {
        let bytes = self.lines.bytes(&lines);
        let blank = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
        let blanks: String = self.text[bytes.clone()].chars().map(blank).collect();
        self.text.replace_range(bytes, &blanks);
    }

    /// Notes that some lines are dealt with, and tells why, unless that has been told.
    fn deal(&mut self, lines: Range<usize>, finding: Diagnostic) {
        if self.dealt[lines.start].is_none() {
            self.mistakes.push(finding);
        }
        self.damaged.push(self.lines.bytes(&lines));
        self.dealt[lines].fill(Some(self.round));
    }

    /// Tells what is left when nothing more can be done about it.
    fn give_up(&mut self, left: &[Complaint]) {
        for complaint in left {
            let line = self.lines.holding(complaint.range.start);
            self.deal(line..line + 1, complaint.tell(self.file, self.written));
        }
    }

    /// What can be read: nothing where the parser still stumbles, because it would make values up.
    fn finish(mut self, readable: bool) -> TomlFile {
        let mut root = Table::default();
        if readable {
            let (table, _) = DeTable::parse_recoverable(&self.text);
            root = Reader { file: self.file, text: self.written }.table(table.get_ref());
        }
        for twin in &self.twins {
            if let Some(finding) = self.mistakes.get_mut(twin.finding) {
                finding.also = twin.first(&root);
            }
        }
        self.mistakes.sort_by_key(|finding| finding.span.map(|span| span.start));
        TomlFile { root, mistakes: self.mistakes, damaged: joined(self.file, self.damaged) }
    }
}

/// Ranges in order, those that touch as one.
fn joined(file: FileId, mut ranges: Vec<Range<usize>>) -> Vec<Range<u32>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        let Span { start, end, .. } = Span::new(file, &range);
        match joined.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => joined.push(start..end),
        }
    }
    joined
}
