//! `polku compare`: what changed in the division of work between two published handbooks, as text to paste.

use std::path::{Path, PathBuf};

use super::{
    DAMAGED_DATA, DATA_UNREADABLE, Exit, NOT_A_HANDBOOK, NOT_JSON, OTHER_VERSION, fail, language, say,
};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::data::{self, Document, FORMAT, Unread};
use crate::io;
use crate::route::DATA;

/// What to compare.
pub struct Compare {
    /// The document published before.
    pub old: PathBuf,
    /// The document published after.
    pub new: PathBuf,
    /// The language of the text and of messages; the text in all of the newer handbook's where not given.
    pub lang: Option<Lang>,
    /// The folder into which the text goes, a file a language; the terminal where not given.
    pub out: Option<PathBuf>,
}

/// Tells what changed.
pub fn compare(order: &Compare) -> Exit {
    let (old, new) = (document(&order.old), document(&order.new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let wrong: Vec<Diagnostic> = [old.err(), new.err()].into_iter().flatten().collect();
            return fail(&wrong, language(order.lang));
        }
    };
    let langs = order.lang.map_or_else(|| spoken(&new), |lang| vec![lang]);
    let comparison = data::compare(old, new);
    let told: Vec<(Lang, String)> =
        langs.iter().map(|lang| (*lang, data::tell(&comparison, *lang))).collect();
    match &order.out {
        None => {
            say(&told.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n"));
            Exit::Done
        }
        Some(folder) => match written(folder, &told) {
            Ok(paths) => {
                say(&paths);
                Exit::Done
            }
            Err(finding) => fail(&[finding], language(order.lang)),
        },
    }
}

/// Writes the text of each language into a file of its own and tells the files: a terminal on Windows spoils
/// letters such as ä when its output goes into a file.
fn written(folder: &Path, told: &[(Lang, String)]) -> Result<String, Diagnostic> {
    let mut paths = String::new();
    for (lang, text) in told {
        let path = folder.join(format!("changes.{lang}.md"));
        io::write(&path, text)?;
        paths += &format!("{}\n", path.display());
    }
    Ok(paths)
}

/// The languages of a handbook that polku speaks; English where there are none.
fn spoken(document: &Document) -> Vec<Lang> {
    let langs = document.site.languages.iter().filter_map(|tag| Lang::parse(tag));
    let langs: Vec<Lang> = langs.filter(|lang| Lang::SPOKEN.contains(lang)).collect();
    if langs.is_empty() { vec![Lang::EN] } else { langs }
}

fn document(path: &Path) -> Result<Document, Diagnostic> {
    read(path).map(|(document, _)| document)
}

/// A published handbook, and its text: the file `handbook.json`, or a package that holds it.
pub(super) fn read(path: &Path) -> Result<(Document, String), Diagnostic> {
    let told = |code| Diagnostic::of(code).with("path", path.display().to_string());
    if let Err(error) = io::readable(path) {
        return Err(told(DATA_UNREADABLE).with("detail", error));
    }
    let bytes = io::held(path, DATA)?.map_or_else(|| io::bytes_of(path), Ok)?;
    let text = String::from_utf8(bytes).map_err(|error| told(NOT_JSON).with("detail", error.to_string()))?;
    let document = data::read(&text).map_err(|unread| match unread {
        Unread::NotJson(detail) => told(NOT_JSON).with("detail", detail),
        Unread::NotOurs => told(NOT_A_HANDBOOK),
        Unread::Version(found) => told(OTHER_VERSION).with("found", found).with("wanted", FORMAT.to_string()),
        Unread::Damaged(detail) => told(DAMAGED_DATA).with("detail", detail),
    })?;
    Ok((document, text))
}
