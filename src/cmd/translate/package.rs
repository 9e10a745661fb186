//! Texts out of a handbook: what waits, and packages for translators, written and read again.

use super::history::{self, Newer};
use super::{Work, html, in_states};
use crate::base::lang::Lang;
use crate::base::source::{Sources, Span};
use crate::model::translation::{Side, State, Unit};

/// How a list of texts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines to be read in a terminal.
    Human,
    /// For a spreadsheet: UTF-8 with a mark, semicolons between.
    Csv,
    /// A page with a table, for a word processor.
    Html,
}

/// The columns of a package. Digests tell whether a text has changed while it was away.
pub(super) const COLUMNS: [&str; 10] =
    ["id", "state", "place", "from", "from_text", "changed", "from_digest", "to", "to_text", "to_digest"];

/// One text of a package, in the order of the columns.
pub(super) type Row = [String; 10];

/// A package that has been away.
pub struct Package {
    /// Its texts.
    pub rows: Vec<Row>,
    /// What could not be read as a text.
    pub lost: Vec<String>,
    /// What its form keeps of a text that nobody touches.
    pub kept: fn(&str) -> String,
}

/// Reads a package in the form that it has. `None` where it is no table with our columns.
pub fn read(text: &str) -> Option<Package> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('<') { html::read(text) } else { read_csv(text) }
}

fn read_csv(text: &str) -> Option<Package> {
    let delimiter = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    reader.headers().ok().filter(|own| own.iter().eq(COLUMNS))?;
    let mut package = Package { rows: Vec::new(), lost: Vec::new(), kept: str::to_owned };
    for record in reader.records() {
        let cells = record.map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>());
        match cells.map(TryInto::try_into) {
            Ok(Ok(row)) => package.rows.push(row),
            Ok(Err(cells)) => package.lost.push(cells.join(";")),
            Err(error) => package.lost.push(error.to_string()),
        }
    }
    Some(package)
}

/// The texts that are not current.
pub(super) fn status(work: &Work<'_>, form: Form) -> String {
    let wanted = [State::Missing, State::Stale, State::ToConfirm];
    let rows = rows(work, in_states(work.translations, &wanted).collect());
    match form {
        Form::Csv => csv_of(&rows),
        Form::Html => html::page(&rows, work),
        Form::Human => {
            let lines = rows.iter().map(|row| format!("{:<10} {} {} {}\n", row[1], row[7], row[0], row[2]));
            lines.collect::<String>() + &coverage(work)
        }
    }
}

/// How much of a handbook is current, language by language.
fn coverage(work: &Work<'_>) -> String {
    let words = work.word(["ajan tasalla", "aktuella", "current"]);
    let all = work.translations.tally(|_| ()).remove(&()).unwrap_or_default();
    let line = |lang| format!("{lang}: {} / {} {words}\n", all.count(lang, State::Current), all.all(lang));
    all.langs().map(line).collect()
}

/// What is to be translated into a language: what is missing there, and what is stale.
pub(super) fn export(work: &Work<'_>, to: Lang, form: Form) -> String {
    let waiting = [State::Missing, State::Stale];
    let texts = in_states(work.translations, &waiting).filter(|(_, lang, _)| *lang == to);
    let rows = rows(work, texts.collect());
    if form == Form::Html { html::page(&rows, work) } else { csv_of(&rows) }
}

fn rows(work: &Work<'_>, texts: Vec<(&Unit, Lang, State)>) -> Vec<Row> {
    let mut newer = Vec::new();
    for (unit, than, _) in &texts {
        let lang = work.translations.newer(*than, &unit.id);
        newer.extend(lang.map(|lang| Newer { unit, lang, than: *than }));
    }
    let changed = history::changed(work, &newer);
    let row = |(unit, lang, state): (&Unit, Lang, State)| {
        let mut row = row(work, unit, lang, state);
        row[5] = changed.get(&(unit.id.as_str(), lang)).cloned().unwrap_or_default();
        row
    };
    texts.into_iter().map(row).collect()
}

fn row(work: &Work<'_>, unit: &Unit, lang: Lang, state: State) -> Row {
    let other = source(work, unit, lang);
    let own = unit.sides.get(lang);
    let of = |side: Option<&Side>| {
        side.map_or_else(Default::default, |s| (s.words().to_owned(), s.digest().to_owned()))
    };
    let (from_text, from_digest) = of(other.map(|(_, side)| side));
    let (to_text, to_digest) = of(own);
    let span = own.or(other.map(|(_, side)| side)).map(|side| side.span);
    [
        unit.id.as_str().to_owned(),
        state.as_str().to_owned(),
        span.map_or_else(String::new, |span| place(&work.snapshot.sources, span)),
        other.map_or_else(String::new, |(lang, _)| lang.to_string()),
        from_text,
        String::new(),
        from_digest,
        lang.to_string(),
        to_text,
        to_digest,
    ]
}

/// What a text is to be translated from: the language in which it is newer, else the first other one.
fn source<'u>(work: &Work<'_>, unit: &'u Unit, lang: Lang) -> Option<(Lang, &'u Side)> {
    let newer = work.translations.newer(lang, &unit.id);
    let newer = newer.and_then(|newer| Some((newer, unit.sides.get(newer)?)));
    newer.or_else(|| unit.sides.iter().find(|(other, _)| *other != lang))
}

fn place(sources: &Sources, span: Span) -> String {
    let file = sources.get(span.file).map(|file| file.path.to_string()).unwrap_or_default();
    sources.place(span).map_or_else(|| file.clone(), |place| format!("{file}:{}", place.line))
}

fn csv_of(rows: &[Row]) -> String {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let written =
        out.write_record(COLUMNS).and_then(|()| rows.iter().try_for_each(|row| out.write_record(row)));
    let bytes = written.ok().and_then(|()| out.into_inner().ok()).unwrap_or_default();
    // Excel takes a file with the mark as UTF-8.
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}
