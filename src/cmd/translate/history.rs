//! What changed in a text since it was last confirmed, from the history of its file.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use super::Work;
use crate::base::diag::Diagnostics;
use crate::base::lang::Lang;
use crate::base::source::{Content, FileId};
use crate::model::load::load;
use crate::model::translation::{Side, Unit, units};

/// A text that is newer in one language than in another.
pub(super) struct Newer<'a> {
    pub unit: &'a Unit,
    pub lang: Lang,
    pub than: Lang,
}

/// The words that changed in each text since the other language was confirmed: `[-left out-]{+added+}`.
/// Texts whose earlier words are not in the history are left out.
pub(super) fn changed<'a>(work: &Work<'_>, newer: &[Newer<'a>]) -> BTreeMap<(&'a str, Lang), String> {
    let mut files: BTreeMap<FileId, Vec<&Newer<'a>>> = BTreeMap::new();
    for one in newer {
        if let Some(side) = one.unit.sides.get(one.lang) {
            files.entry(side.span.file).or_default().push(one);
        }
    }
    files.into_iter().flat_map(|(file, wanted)| changed_in(work, file, wanted)).collect()
}

fn changed_in<'a>(
    work: &Work<'_>,
    file: FileId,
    mut wanted: Vec<&Newer<'a>>,
) -> Vec<((&'a str, Lang), String)> {
    let sources = &work.snapshot.sources;
    let Some(path) = sources.get(file).map(|file| file.path.clone()) else { return Vec::new() };
    let mut found = Vec::new();
    for text in work.disk.earlier(&path) {
        let then = sources.with(path.clone(), Content::Text(text.into()));
        let then = units(&load(&then, &mut Diagnostics::default()));
        wanted.retain(|one| match confirmed(work, one, &then) {
            Some(words) => {
                found.push(((one.unit.id.as_str(), one.than), difference(&words, now(one))));
                false
            }
            None => true,
        });
        if wanted.is_empty() {
            break;
        }
    }
    found
}

fn now<'a>(one: &Newer<'a>) -> &'a str {
    one.unit.sides.get(one.lang).map_or("", Side::words)
}

/// The words of a text at an earlier time, if they are those that were confirmed.
fn confirmed(work: &Work<'_>, one: &Newer<'_>, then: &[Unit]) -> Option<String> {
    let known = work.book.lock.confirmed_with(one.unit, one.than, one.lang);
    let side = then.iter().find(|unit| unit.id == one.unit.id)?.sides.get(one.lang)?;
    known.contains(side.digest()).then(|| side.words().to_owned())
}

/// Two texts as one, word by word.
fn difference(before: &str, now: &str) -> String {
    let diff = TextDiff::from_words(before, now);
    let mut out = String::new();
    let mut last = ChangeTag::Equal;
    for change in diff.iter_all_changes() {
        if change.tag() != last {
            out.push_str(closing(last));
            out.push_str(opening(change.tag()));
            last = change.tag();
        }
        out.push_str(change.value());
    }
    out + closing(last)
}

fn opening(tag: ChangeTag) -> &'static str {
    match tag {
        ChangeTag::Equal => "",
        ChangeTag::Delete => "[-",
        ChangeTag::Insert => "{+",
    }
}

fn closing(tag: ChangeTag) -> &'static str {
    match tag {
        ChangeTag::Equal => "",
        ChangeTag::Delete => "-]",
        ChangeTag::Insert => "+}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_are_marked() {
        assert_eq!(difference("Auttaa arjessa.", "Auttaa arjessa."), "Auttaa arjessa.");
        assert_eq!(difference("Auttaa kotona aina.", "Auttaa aina."), "Auttaa [-kotona -]aina.");
        assert_eq!(difference("7 päivää", "5 päivää"), "[-7-]{+5+} päivää");
    }
}
