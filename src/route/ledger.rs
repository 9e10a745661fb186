//! Every address that was ever published: `urls.lock`, a line an address with whose it was and its anchors.
//!
//! ```text
//! fi/roolit/x.html role/x #tehtavat #vanha>uusi #poistettu>
//! ```
//! Anchors stand in the order of the page, so that a renamed heading can be told by its neighbours. An
//! anchor that is no more is kept with the one it leads to, or with none where it leads to the beginning of
//! the page. Only `polku publish` writes the file; git merges it as a union of lines.

use std::collections::BTreeMap;

use super::{CONFLICT, LEDGER_LINE};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::output::UrlPath;
use crate::base::source::{FileId, Span};

/// The file's path.
pub const LEDGER: &str = "urls.lock";

/// What has been published, address by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<UrlPath, Line>);

/// What has been published at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What stood there: see [`super::owner`].
    pub owner: String,
    /// The anchors it had, in the order of the page.
    pub anchors: Vec<String>,
    /// The anchors it had before, each with the one it leads to now, or with none.
    pub moved: BTreeMap<String, Option<String>>,
    /// Where the line stands.
    pub span: Option<Span>,
}

impl Ledger {
    /// Reads the file. Of a merge that was not finished both sides count; what cannot be read is told.
    pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Ledger {
        let mut ledger = Ledger::default();
        let (mut start, mut conflict) = (0, None);
        for line in text.split_inclusive('\n') {
            let span = Span::new(file, &(start..start + line.trim_end().len()));
            start += line.len();
            let line = line.trim().trim_start_matches('\u{feff}');
            if line.is_empty() {
                continue;
            }
            if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
                conflict.get_or_insert(span);
                continue;
            }
            match read(line, span) {
                Some((url, line)) => ledger.join(url, line),
                None => diags.push(Diagnostic::at(LEDGER_LINE, span)),
            }
        }
        diags.extend(conflict.map(|span| Diagnostic::at(CONFLICT, span)));
        ledger
    }

    /// Two lines of one address come from two branches: nothing that either of them has is lost.
    fn join(&mut self, url: UrlPath, line: Line) {
        let Some(own) = self.0.get_mut(&url) else { return drop(self.0.insert(url, line)) };
        for anchor in line.anchors {
            if !own.anchors.contains(&anchor) {
                own.moved.remove(&anchor);
                own.anchors.push(anchor);
            }
        }
        for (anchor, to) in line.moved {
            if !own.anchors.contains(&anchor) {
                own.moved.entry(anchor).or_insert(to);
            }
        }
    }

    /// Whether nothing has been published yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What has been published at an address.
    pub fn get(&self, url: &UrlPath) -> Option<&Line> {
        self.0.get(url)
    }

    /// All addresses in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&UrlPath, &Line)> {
        self.0.iter()
    }

    /// Sets what stands at an address now; what stands at others is kept.
    pub fn set(&mut self, url: UrlPath, line: Line) {
        self.0.insert(url, line);
    }

    /// The file.
    pub fn write(&self) -> String {
        let mut out = String::new();
        for (url, line) in &self.0 {
            out += &format!("{} {}", url.encoded(), line.owner);
            line.anchors.iter().for_each(|anchor| out += &format!(" #{anchor}"));
            for (anchor, to) in &line.moved {
                out += &format!(" #{anchor}>{}", to.as_deref().unwrap_or_default());
            }
            out.push('\n');
        }
        out
    }
}

fn read(text: &str, span: Span) -> Option<(UrlPath, Line)> {
    let mut words = text.split_whitespace();
    let url = UrlPath::decoded(words.next()?)?;
    let owner = words.next().filter(|owner| !owner.starts_with('#'))?.to_owned();
    let mut line = Line { owner, span: Some(span), ..Line::default() };
    for word in words {
        let anchor = word.strip_prefix('#').filter(|anchor| !anchor.is_empty())?;
        match anchor.split_once('>') {
            None => line.anchors.push(anchor.to_owned()),
            Some((anchor, to)) => {
                let to = Some(to).filter(|to| !to.is_empty()).map(str::to_owned);
                line.moved.insert(anchor.to_owned(), to);
            }
        }
    }
    Some((url, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (String, Vec<&'static str>) {
        let mut diags = Diagnostics::default();
        let written = Ledger::parse(FileId::default(), text, &mut diags).write();
        (written, diags.iter().map(|finding| finding.code.id()).collect())
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let text = "fi/a.html role/a #b #a #gone> #old>b\nmedia/kuva%20%C3%A4.pdf file\n";
        assert_eq!(parse(text), (text.to_owned(), vec![]));
    }

    #[test]
    fn of_two_branches_nothing_is_lost() {
        let text = "fi/a.html role/a #a #b\n<<<<<<< main\nfi/b.html role/b\n=======\nfi/a.html role/a #c #b>c\n>>>>>>> mine\n";
        let joined = "fi/a.html role/a #a #b #c\nfi/b.html role/b\n";
        assert_eq!(parse(text), (joined.to_owned(), vec!["urls-conflict"]));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told() {
        for bad in ["fi/a.html", "../a role/a", "fi/a.html role/a a", "fi/a.html #a", "fi/%zz.html role/a"] {
            assert_eq!(parse(bad), (String::new(), vec!["urls-line"]), "{bad}");
        }
    }
}
