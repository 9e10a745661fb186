//! Texts out of a handbook for a translator, and in again.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Work, in_states, write_lock};
use crate::base::diag::Diagnostic;
use crate::base::html::escape;
use crate::base::lang::Lang;
use crate::base::source::{Content, SourcePath, Sources, Span};
use crate::cmd::{Exit, complain, say};
use crate::io;
use crate::model::translation::{Side, State, Translations, Unit};
use crate::snapshot::Snapshot;

/// How a list of texts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines to be read in a terminal.
    Human,
    /// For a spreadsheet: UTF-8 with a mark, semicolons between.
    Csv,
    /// A page with a table, to be read or printed.
    Html,
}

/// The columns of a package. Digests tell whether a text has changed while it was away.
const COLUMNS: [&str; 9] =
    ["id", "state", "place", "from", "from_text", "from_digest", "to", "to_text", "to_digest"];

/// One text of a package, in the order of the columns.
type Row = [String; 9];

/// The texts that are not current.
pub(super) fn status(translations: &Translations, work: &Work<'_>, form: Form) -> String {
    let wanted = [State::Missing, State::Stale, State::ToConfirm];
    let rows: Vec<Row> =
        in_states(translations, &wanted).map(|(unit, lang, state)| row(work, unit, lang, state)).collect();
    match form {
        Form::Csv => csv_of(&rows),
        Form::Html => html_of(&rows, work),
        Form::Human => {
            let lines = rows.iter().map(|row| format!("{:<10} {} {} {}\n", row[1], row[6], row[0], row[2]));
            lines.collect::<String>() + &coverage(translations, work)
        }
    }
}

/// How much of a handbook is current, language by language.
fn coverage(translations: &Translations, work: &Work<'_>) -> String {
    let words = work.word("ajan tasalla", "aktuella", "current");
    let all = translations.tally(|_| ()).remove(&()).unwrap_or_default();
    let line = |lang| format!("{lang}: {} / {} {words}\n", all.count(lang, State::Current), all.all(lang));
    all.langs().map(line).collect()
}

/// What is to be translated into a language: what is missing there, and what is stale.
pub(super) fn export(translations: &Translations, work: &Work<'_>, to: Lang, form: Form) -> String {
    let texts = in_states(translations, &[State::Missing, State::Stale]).filter(|(_, lang, _)| *lang == to);
    let rows: Vec<Row> = texts.map(|(unit, lang, state)| row(work, unit, lang, state)).collect();
    if form == Form::Html { html_of(&rows, work) } else { csv_of(&rows) }
}

fn row(work: &Work<'_>, unit: &Unit, lang: Lang, state: State) -> Row {
    let other = unit.sides.iter().find(|(other, _)| *other != lang);
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
        span.map_or_else(String::new, |span| place(work.sources, span)),
        other.map_or_else(String::new, |(lang, _)| lang.to_string()),
        from_text,
        from_digest,
        lang.to_string(),
        to_text,
        to_digest,
    ]
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

fn html_of(rows: &[Row], work: &Work<'_>) -> String {
    let cell = |text: &String| format!("<td>{}</td>", escape(text).as_str());
    let line = |row: &Row| format!("<tr>{}</tr>\n", [0, 1, 4, 7].map(|at| cell(&row[at])).concat());
    let head = [
        work.word("Teksti", "Text", "Text"),
        work.word("Tila", "Läge", "State"),
        work.word("Lähde", "Källa", "Source"),
        work.word("Käännös", "Översättning", "Translation"),
    ];
    let head = head.map(|word| format!("<th scope=\"col\">{word}</th>")).concat();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>polku translate</title>\n\
         <table border=\"1\">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{}</tbody></table>\n</html>\n",
        work.lang,
        rows.iter().map(line).collect::<String>()
    )
}

/// What became of a package.
#[derive(Default)]
struct Taken<'a> {
    changed: Vec<&'a Unit>,
    same: usize,
    /// Texts that are no longer as they were when the package was made, or that cannot be placed.
    left: Vec<String>,
    edits: BTreeMap<SourcePath, Vec<(Span, String)>>,
}

/// Takes translations in. Only what changed in the package is written, and nothing that has changed in the
/// handbook meanwhile; whatever is written counts as confirmed.
pub(super) fn import(translations: &Translations, work: &Work<'_>, file: &Path) -> Result<Exit, Diagnostic> {
    let text = io::text_of(file)?;
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    if reader.headers().map(|own| own.iter().ne(COLUMNS)).unwrap_or(true) {
        complain(work.word(
            "Tiedosto ei ole polku translate export -komennon tekemä taulukko.\n",
            "Filen är ingen tabell från kommandot polku translate export.\n",
            "The file is no table made by polku translate export.\n",
        ));
        return Ok(Exit::Failed);
    }
    let mut taken = Taken::default();
    for record in reader.records() {
        match record {
            Ok(record) => taken.row(translations, work, &record.iter().collect::<Vec<_>>()),
            Err(error) => taken.left.push(error.to_string()),
        }
    }
    let sources = taken.applied(work.sources);
    for path in taken.edits.keys() {
        let text = sources.find(path.as_str()).map(|file| file.text().to_owned()).unwrap_or_default();
        io::write(work.root, path, &text)?;
    }
    confirm_changed(work, &taken, &sources)?;
    say(&taken.told(work));
    Ok(if taken.left.is_empty() { Exit::Done } else { Exit::Findings })
}

/// Confirms what was written, in the handbook as it is now.
fn confirm_changed(work: &Work<'_>, taken: &Taken<'_>, sources: &Sources) -> Result<(), Diagnostic> {
    let now = Snapshot::take(sources, work.settings, None);
    let Some(site) = now.site.as_ref().filter(|_| !taken.changed.is_empty()) else { return Ok(()) };
    let changed = |unit: &&Unit| taken.changed.iter().any(|own| own.id == unit.id);
    let confirmed: Vec<&Unit> = site.translations().units.iter().filter(changed).collect();
    write_lock(site.translations(), work.root, site.book(), &confirmed)
}

impl<'a> Taken<'a> {
    fn row(&mut self, translations: &'a Translations, work: &Work<'_>, row: &[&str]) {
        let [id, _, _, from, _, from_digest, to, to_text, to_digest] = row else { return };
        let unit = translations.units.iter().find(|unit| unit.id.as_str() == *id);
        let (Some(unit), Some(from), Some(to)) = (unit, Lang::parse(from), Lang::parse(to)) else {
            return self.left.push((*id).to_owned());
        };
        let digest = |lang: Lang| unit.sides.get(lang).map_or("", Side::digest);
        let own = unit.sides.get(to);
        let wished = to_text.trim();
        if wished == own.map_or("", Side::words) {
            self.same += 1;
        } else if digest(from) != *from_digest || digest(to) != *to_digest || wished.is_empty() {
            self.left.push((*id).to_owned());
        } else {
            match edit(work.sources, unit, (from, to), wished) {
                Some((path, span, text)) => {
                    self.edits.entry(path).or_default().push((span, text));
                    self.changed.push(unit);
                }
                None => self.left.push((*id).to_owned()),
            }
        }
    }

    /// The sources with every edit, from the end of each file to its beginning.
    fn applied(&mut self, sources: &Sources) -> Sources {
        let mut sources = sources.clone();
        for (path, edits) in &mut self.edits {
            let mut text = sources.find(path.as_str()).map(|file| file.text().to_owned()).unwrap_or_default();
            edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, new) in edits.iter() {
                text.replace_range(span.range(), new);
            }
            sources = sources.with(path.clone(), Content::Text(text.into()));
        }
        sources
    }

    fn told(&self, work: &Work<'_>) -> String {
        let written = work.word("Kirjoitettu", "Skrivna", "Written");
        let same = work.word("Ennallaan", "Oförändrade", "Unchanged");
        let left = work.word(
            "Ei kirjoitettu, koska teksti on muuttunut tai paikka puuttuu",
            "Inte skrivna, eftersom texten har ändrats eller platsen saknas",
            "Not written, because the text has changed or its place is missing",
        );
        let rows: String = self.left.iter().map(|id| format!("  {id}\n")).collect();
        format!(
            "{written}: {}\n{same}: {}\n{left}: {}\n{rows}",
            self.changed.len(),
            self.same,
            self.left.len()
        )
    }
}

/// The change that puts a text in its place: in the place of what stands there, or of a field on a line of
/// its own behind the other language.
fn edit(
    sources: &Sources,
    unit: &Unit,
    (from, to): (Lang, Lang),
    text: &str,
) -> Option<(SourcePath, Span, String)> {
    let of = |span: Span| sources.get(span.file).map(|file| file.path.clone());
    if let Some(own) = unit.sides.get(to) {
        let new = if own.is_prose() { format!("{text}\n") } else { quoted(text) };
        // Of prose the last line may be followed by what does not belong to it.
        let new = if own.is_prose() { new.trim_end().to_owned() } else { new };
        return Some((of(own.span)?, trimmed(sources, own)?, new));
    }
    let other = unit.sides.get(from).filter(|side| !side.is_prose())?;
    let file = sources.get(other.span.file)?;
    let (source, range) = (file.text(), other.span.range());
    let line = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let key =
        source[line..range.start].trim_end().strip_suffix('=')?.trim_end().strip_suffix(from.as_str())?;
    let end = source[range.end..].find('\n').map_or(source.len(), |at| range.end + at);
    let plain = key.ends_with('.') && source[range.end..end].trim().is_empty();
    let new = format!("\n{key}{to} = {}", quoted(text));
    plain.then(|| (file.path.clone(), Span::new(other.span.file, &(end..end)), new))
}

/// The place of a side without the white space behind it.
fn trimmed(sources: &Sources, side: &Side) -> Option<Span> {
    let text = sources.get(side.span.file)?.text();
    let range = side.span.range();
    let kept = text.get(range.clone())?.trim_end().len();
    Some(Span::new(side.span.file, &(range.start..range.start + kept)))
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    toml::Value::String(flat).to_string()
}
