//! Translations out of a package into the files of a handbook.
//!
//! Only what changed in the package is written, and nothing that has changed in the handbook meanwhile.
//! Every edit is tried before any file is touched: exactly the texts it is about may read otherwise
//! afterwards.

use std::collections::BTreeMap;
use std::path::Path;

use super::package::{self, Row};
use super::{Said, Work};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::source::{Content, SourcePath, Sources, Span};
use crate::cmd::{Exit, complain, say};
use crate::io;
use crate::model::lock::Lock;
use crate::model::translation::{Side, Translations, Unit};
use crate::snapshot::Snapshot;
use crate::syntax::shape::Shape;

const NO_PACKAGE: Said = [
    "Tiedostossa ei ole polku translate export -komennon tekemää taulukkoa. Tallenna taulukko muodossa CSV \
     UTF-8 tai HTML ja jätä sarakkeet ja ylin rivi ennalleen.\n",
    "I filen finns ingen tabell från kommandot polku translate export. Spara tabellen i formatet CSV UTF-8 \
     eller HTML och låt kolumnerna och den översta raden vara som de är.\n",
    "The file has no table made by polku translate export. Save the table as CSV UTF-8 or as HTML, and leave \
     its columns and its top row as they are.\n",
];
const WRITTEN: Said = ["Kirjoitettu", "Skrivna", "Written"];
const SAME: Said = ["Ennallaan", "Oförändrade", "Unchanged"];
const LEFT: Said = [
    "Ei kirjoitettu, koska teksti on muuttunut, paikka puuttuu tai otsikot muuttuisivat",
    "Inte skrivna, eftersom texten har ändrats, platsen saknas eller rubrikerna skulle ändras",
    "Not written, because the text has changed, its place is missing or headings would change",
];

/// Takes translations in; whatever is written counts as confirmed against the text it was made from.
pub(super) fn import(work: &Work<'_>, file: &Path) -> Result<Exit, Diagnostic> {
    let text = io::text_of(file)?;
    let Some(package) = package::read(&text) else {
        complain(work.word(NO_PACKAGE));
        return Ok(Exit::Failed);
    };
    let mut taken = Taken { left: package.lost, ..Taken::default() };
    package.rows.iter().for_each(|row| taken.row(work, row, package.kept));
    // What changes nothing does not touch the lock either.
    if let Some(tried) = taken.settle(work)
        && !taken.edits.is_empty()
    {
        write(work, &taken.edits, &tried)?;
    }
    say(&taken.told(work));
    Ok(if taken.left.is_empty() { Exit::Done } else { Exit::Findings })
}

/// Writes the files that were edited, then what is confirmed by that.
fn write(work: &Work<'_>, edits: &[Edit<'_>], tried: &Snapshot) -> Result<(), Diagnostic> {
    let Some(site) = &tried.site else { return Ok(()) };
    let mut paths: Vec<&SourcePath> = edits.iter().map(|edit| &edit.path).collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        work.disk.write(path, text_at(&tried.sources, path))?;
    }
    let (units, mut lock) = (&site.translations().units, Lock::clone(&work.book.lock));
    for edit in edits {
        if let Some(unit) = units.iter().find(|unit| unit.id == edit.unit.id) {
            lock.confirm_pair(unit, [edit.from, edit.to]);
        }
    }
    work.write_lock(lock, units, site.book())
}

/// A text put in its place.
struct Edit<'a> {
    unit: &'a Unit,
    from: Lang,
    to: Lang,
    path: SourcePath,
    span: Span,
    text: String,
    /// What the text is known by afterwards.
    digest: String,
}

impl Edit<'_> {
    fn overlaps(&self, other: &Edit<'_>) -> bool {
        let (own, theirs) = (self.span.range(), other.span.range());
        let same = self.unit.id == other.unit.id && self.to == other.to;
        same || self.path == other.path && own.start < theirs.end && theirs.start < own.end
    }
}

/// What became of a package.
#[derive(Default)]
struct Taken<'a> {
    edits: Vec<Edit<'a>>,
    same: usize,
    /// Texts that are no longer as they were when the package was made, or that cannot be placed.
    left: Vec<String>,
}

impl<'a> Taken<'a> {
    fn row(&mut self, work: &Work<'a>, row: &Row, kept: fn(&str) -> String) {
        let [id, _, _, from, _, _, from_digest, to, to_text, to_digest] = row;
        let unit = work.translations.units.iter().find(|unit| unit.id.as_str() == id);
        let (Some(unit), Some(from), Some(to)) = (unit, Lang::parse(from), Lang::parse(to)) else {
            return self.left.push(id.clone());
        };
        let digest = |lang: Lang| unit.sides.get(lang).map_or("", Side::digest);
        let (wished, wish) = (to_text.trim(), digest_of(to_text));
        let own = unit.sides.get(to).map_or("", Side::words);
        if [digest(to), to_digest, &digest_of(&kept(own))].contains(&wish.as_str()) {
            self.same += 1;
        } else if digest(from) != *from_digest || digest(to) != *to_digest || wish.is_empty() {
            self.left.push(id.clone());
        } else {
            let edit = place(&work.snapshot.sources, unit, (from, to), wished);
            let edit = edit.map(|(path, span, text)| Edit { unit, from, to, path, span, text, digest: wish });
            match edit.filter(|edit| !self.edits.iter().any(|other| edit.overlaps(other))) {
                Some(edit) => self.edits.push(edit),
                None => self.left.push(id.clone()),
            }
        }
    }

    /// Keeps the edits that change what they are about and nothing else; the handbook with them.
    fn settle(&mut self, work: &Work<'a>) -> Option<Snapshot> {
        let all: Vec<&Edit<'_>> = self.edits.iter().collect();
        if let Some(tried) = tried(work, &all) {
            return Some(tried);
        }
        let (mut kept, mut last) = (Vec::new(), None);
        for edit in std::mem::take(&mut self.edits) {
            kept.push(edit);
            match tried(work, &kept.iter().collect::<Vec<_>>()) {
                Some(tried) => last = Some(tried),
                None => self.left.extend(kept.pop().map(|edit| edit.unit.id.as_str().to_owned())),
            }
        }
        self.edits = kept;
        last
    }

    fn told(&self, work: &Work<'_>) -> String {
        let ids: String = self.left.iter().map(|id| format!("  {id}\n")).collect();
        let line = |words, count| format!("{}: {count}\n", work.word(words));
        line(WRITTEN, self.edits.len()) + &line(SAME, self.same) + &line(LEFT, self.left.len()) + &ids
    }
}

/// What a text is known by; nothing where there is none.
fn digest_of(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { String::new() } else { Shape::of(text).digest.into() }
}

/// The handbook with these edits, if then exactly the texts they are about read otherwise.
fn tried(work: &Work<'_>, edits: &[&Edit<'_>]) -> Option<Snapshot> {
    let sources = edited(&work.snapshot.sources, edits);
    let snapshot = Snapshot::take(&sources, work.settings, Some(work.snapshot));
    let mut wanted = digests(work.translations);
    for edit in edits {
        wanted.insert((edit.unit.id.as_str(), edit.to), &edit.digest);
    }
    let site = snapshot.site.as_ref()?;
    let sound = site.book().damaged.is_empty() && digests(site.translations()) == wanted;
    sound.then_some(snapshot)
}

fn digests(translations: &Translations) -> BTreeMap<(&str, Lang), &str> {
    let units = translations.units.iter();
    let sides = units.flat_map(|unit| unit.sides.iter().map(move |(lang, side)| (unit, lang, side)));
    sides.map(|(unit, lang, side)| ((unit.id.as_str(), lang), side.digest())).collect()
}

/// The sources with every edit, from the end of each file to its beginning.
fn edited(sources: &Sources, edits: &[&Edit<'_>]) -> Sources {
    let mut files: BTreeMap<&SourcePath, Vec<&Edit<'_>>> = BTreeMap::new();
    edits.iter().for_each(|edit| files.entry(&edit.path).or_default().push(edit));
    let mut sources = sources.clone();
    for (path, mut edits) in files {
        let mut text = text_at(&sources, path).to_owned();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        edits.iter().for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
        sources = sources.with(path.clone(), Content::Text(text.into()));
    }
    sources
}

fn text_at<'s>(sources: &'s Sources, path: &SourcePath) -> &'s str {
    sources.find(path.as_str()).map_or("", |file| file.text())
}

/// The change that puts a text in its place: in the place of what stands there, or of a field on a line of
/// its own behind the other language. Line ends are those of the file.
fn place(
    sources: &Sources,
    unit: &Unit,
    (from, to): (Lang, Lang),
    text: &str,
) -> Option<(SourcePath, Span, String)> {
    if let Some(own) = unit.sides.get(to) {
        let file = sources.get(own.span.file)?;
        let new = if own.is_prose() { lines(text, end_of_line(file.text())) } else { quoted(text) };
        return Some((file.path.clone(), trimmed(file.text(), own.span)?, new));
    }
    let other = unit.sides.get(from).filter(|side| !side.is_prose())?;
    let file = sources.get(other.span.file)?;
    let (source, range) = (file.text(), other.span.range());
    let line = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let key =
        source[line..range.start].trim_end().strip_suffix('=')?.trim_end().strip_suffix(from.as_str())?;
    let end = source[range.end..].find(['\r', '\n']).map_or(source.len(), |at| range.end + at);
    let plain = key.ends_with('.') && source[range.end..end].trim().is_empty();
    let new = format!("{}{key}{to} = {}", end_of_line(source), quoted(text));
    plain.then(|| (file.path.clone(), Span::new(other.span.file, &(end..end)), new))
}

/// A place without the white space behind it: the last line of prose may be followed by what does not
/// belong to it.
fn trimmed(source: &str, span: Span) -> Option<Span> {
    let range = span.range();
    let kept = source.get(range.clone())?.trim_end().len();
    Some(Span::new(span.file, &(range.start..range.start + kept)))
}

fn end_of_line(source: &str) -> &'static str {
    if source.contains("\r\n") { "\r\n" } else { "\n" }
}

fn lines(text: &str, end: &str) -> String {
    text.lines().collect::<Vec<_>>().join(end)
}

/// A text as a TOML string. A no-break space stays: it is part of the text.
fn quoted(text: &str) -> String {
    let flat = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    toml::Value::String(flat).to_string()
}
