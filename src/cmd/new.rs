//! `polku new`: a small complete handbook to begin with, with the statutes and competence rules.
//!
//! The law stands in `content/laki` of the example handbook and nowhere else: what is embedded here is
//! that very folder.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::{Exit, fail, language, say};
use crate::base::diag::Diagnostics;
use crate::base::lang::Lang;
use crate::base::source::{Content, FileId, SourcePath, Sources};
use crate::io;
use crate::model::load::load;
use crate::model::lock::{LOCK, Lock};
use crate::model::translation::units;
use crate::syntax::toml::{self, Data, Table};

static LAW: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/laki");
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cmd/new/starter");

/// The languages in which the texts of a new handbook are written.
pub const WRITTEN: [Lang; 2] = [Lang::FI, Lang::SV];

/// What to make.
pub struct New {
    /// The folder, which must be empty or not there yet.
    pub folder: PathBuf,
    /// The languages of the handbook, the default first.
    pub languages: Vec<Lang>,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
}

/// Makes a handbook.
pub fn new(new: &New) -> Exit {
    let lang = language(new.lang.or(new.languages.first().copied()));
    match io::create(&new.folder, &files(&new.languages)) {
        Ok(()) => {
            say(&next_steps(lang, &new.folder));
            Exit::Done
        }
        Err(finding) => fail(&[finding], lang),
    }
}

fn next_steps(lang: Lang, folder: &Path) -> String {
    let (made, write, publish) = match lang {
        Lang::FI => {
            ("Käsikirja on valmis muokattavaksi kansiossa", "Katso ja kirjoita:", "Julkaise lukijoille:")
        }
        Lang::SV => ("Handboken är klar att redigeras i mappen", "Se och skriv:", "Publicera för läsarna:"),
        _ => ("The handbook is ready to be edited in the folder", "Look and write:", "Publish for readers:"),
    };
    let (root, to) = (folder.display(), folder.join("public"));
    let to = to.display();
    format!(
        "{made} {root}\n  {write} polku serve --open --root {root}\n  \
         {publish} polku publish --root {root} --to {to}\n"
    )
}

/// The files of a new handbook in these languages, by their paths.
pub fn files(languages: &[Lang]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    gather(&STARTER, "", &mut files);
    gather(&LAW, "content/laki/", &mut files);
    let left_out: Vec<Lang> = WRITTEN.into_iter().filter(|lang| !languages.contains(lang)).collect();
    files.retain(|(path, _)| !left_out.iter().any(|lang| path.ends_with(&format!(".{lang}.md"))));
    for (path, text) in &mut files {
        if path.ends_with(".toml") {
            *text = without(text, &left_out);
        }
        if path == crate::model::config::SITE {
            let tags: Vec<String> = languages.iter().map(|lang| format!("\"{lang}\"")).collect();
            *text = format!("languages = [{}]\n{text}", tags.join(", "));
        }
    }
    if languages.len() > 1 {
        let lock = confirmed(&files);
        files.push((LOCK.to_owned(), lock));
    }
    files
}

/// Its texts say the same in every language. That is noted, so that a text that falls behind is told from the
/// first change on.
fn confirmed(files: &[(String, String)]) -> String {
    let file =
        |(path, text): &(String, String)| Some((SourcePath::new(path)?, Content::Text(text.as_str().into())));
    let sources = Sources::new(files.iter().filter_map(file).collect::<Vec<_>>());
    let units = units(&load(&sources, &mut Diagnostics::default()));
    let mut lock = Lock::default();
    units.iter().filter(|unit| unit.is_whole()).for_each(|unit| lock.confirm(unit));
    lock.write()
}

fn gather(folder: &Dir<'_>, below: &str, files: &mut Vec<(String, String)>) {
    for file in folder.files() {
        let text = file.contents_utf8().expect("the files of a new handbook are texts");
        files.push((format!("{below}{}", file.path().display()), text.to_owned()));
    }
    for folder in folder.dirs() {
        gather(folder, below, files);
    }
}

/// The file without the lines that hold texts in these languages.
fn without(text: &str, langs: &[Lang]) -> String {
    let mut spans = Vec::new();
    texts_in(&toml::parse(FileId::default(), text).root, langs, &mut spans);
    let mut lines = String::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let whole = at..at + line.len();
        at = whole.end;
        if !spans.iter().any(|(start, end)| *start < whole.end && whole.start < *end) {
            lines.push_str(line);
        }
    }
    lines
}

/// The places of texts in these languages, from the key to the end of the value.
fn texts_in(table: &Table, langs: &[Lang], spans: &mut Vec<(usize, usize)>) {
    for (key, value) in table.iter() {
        let foreign = langs.iter().any(|lang| lang.as_str() == &*key.name);
        match &value.data {
            _ if foreign => spans.push((key.span.range().start, value.span.range().end)),
            Data::Table(table) => texts_in(table, langs, spans),
            Data::Array(items) => {
                for item in items {
                    if let Data::Table(table) = &item.data {
                        texts_in(table, langs, spans);
                    }
                }
            }
            _ => {}
        }
    }
}
