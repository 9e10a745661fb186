//! Parses of files, kept from one version of the sources to the next.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::Diagnostics;
use crate::base::digest::Digest;
use crate::base::source::{Content, FileId, SourceFile, SourcePath, Sources};
use crate::model::attach::Named;
use crate::model::config::SITE;
use crate::model::lock::{LOCK, Lock};
use crate::model::wordlist::SEARCH;
use crate::syntax::markdown::{self, Doc};
use crate::syntax::toml::{self, TomlFile};

/// The folder of a handbook's content.
pub const CONTENT: &str = "content/";

/// Parses of files, kept from one version of the sources to the next: by the number of the file.
#[derive(Debug, Clone, Default)]
pub struct Parses(Vec<Option<Parsed>>);

/// A file as it was when it was parsed, and what was read from it.
#[derive(Debug, Clone)]
struct Parsed {
    path: SourcePath,
    digest: Digest,
    parse: Parse,
}

#[derive(Debug, Clone)]
enum Parse {
    Toml(Arc<TomlFile>),
    Prose(Arc<Text>),
    Lock(Arc<Confirmed>),
}

/// A file of prose.
#[derive(Debug)]
pub(super) struct Text {
    /// What it says.
    pub doc: Arc<Doc>,
    /// The entity it is named after.
    pub named: Option<Named>,
}

/// What has been confirmed, and what is wrong in the file that says so.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    /// What has been confirmed.
    pub lock: Arc<Lock>,
    /// What is wrong.
    pub told: Diagnostics,
}

impl Parses {
    /// Parses what changed since `before` and keeps the rest.
    #[must_use]
    pub fn of(sources: &Sources, before: &Parses) -> Parses {
        let mut parses = Vec::new();
        let mut changed: Vec<&SourceFile> = Vec::new();
        for file in sources.iter().filter(|file| is_text(&file.path) || file.path.as_str() == LOCK) {
            let kept = before.kept(file);
            changed.extend(kept.is_none().then_some(file));
            set(&mut parses, file.id, kept.cloned());
        }
        // What parsing tables takes for a while is there for prose afterwards.
        let (prose, tables): (Vec<_>, Vec<_>) =
            changed.into_iter().partition(|file| has_ending(&file.path, ".md"));
        for some in [tables, prose] {
            let parsed: Vec<(FileId, Parsed)> = some.par_iter().map(|file| (file.id, parse(file))).collect();
            parsed.into_iter().for_each(|(id, parsed)| set(&mut parses, id, Some(parsed)));
        }
        Parses(parses)
    }

    fn kept(&self, file: &SourceFile) -> Option<&Parsed> {
        self.get(file.id).filter(|kept| kept.digest == file.digest && kept.path == file.path)
    }

    fn get(&self, file: FileId) -> Option<&Parsed> {
        self.0.get(file.index())?.as_ref()
    }

    /// What was read from a TOML file.
    pub(super) fn toml(&self, file: FileId) -> Option<&Arc<TomlFile>> {
        match &self.get(file)?.parse {
            Parse::Toml(toml) => Some(toml),
            Parse::Prose(_) | Parse::Lock(_) => None,
        }
    }

    /// What was read from a file of prose.
    pub(super) fn prose(&self, file: FileId) -> Option<&Text> {
        match &self.get(file)?.parse {
            Parse::Prose(text) => Some(text),
            Parse::Toml(_) | Parse::Lock(_) => None,
        }
    }

    /// What was read from the file of confirmations.
    pub(super) fn lock(&self, file: FileId) -> Option<&Confirmed> {
        match &self.get(file)?.parse {
            Parse::Lock(confirmed) => Some(confirmed),
            Parse::Toml(_) | Parse::Prose(_) => None,
        }
    }
}

fn set(parses: &mut Vec<Option<Parsed>>, file: FileId, parsed: Option<Parsed>) {
    let at = file.index();
    if parses.len() <= at {
        parses.resize(at + 1, None);
    }
    parses[at] = parsed;
}

/// Whether a file is read as text of the handbook.
pub(super) fn is_text(path: &SourcePath) -> bool {
    [SITE, SEARCH].contains(&path.as_str())
        || (in_content(path) && (has_ending(path, ".toml") || has_ending(path, ".md")))
}

/// Whether a file lies in the handbook's content.
pub(super) fn in_content(path: &SourcePath) -> bool {
    path.as_str().starts_with(CONTENT)
}

fn has_ending(path: &SourcePath, ending: &str) -> bool {
    path.as_str().ends_with(ending)
}

/// Whether an author put a file aside: its name, or a folder's, begins with `_`.
pub(super) fn is_aside(path: &SourcePath) -> bool {
    let path = path.as_str();
    path.starts_with('_') || path.contains("/_")
}

fn parse(file: &SourceFile) -> Parsed {
    let parse = if has_ending(&file.path, ".md") {
        let doc = Arc::new(markdown::parse(file.id, &text_of(file)).with_shapes());
        Parse::Prose(Arc::new(Text { doc, named: Named::of(&file.path) }))
    } else if file.path.as_str() == LOCK {
        let mut told = Diagnostics::default();
        let lock = Arc::new(Lock::parse(file.id, file.text(), &mut told));
        Parse::Lock(Arc::new(Confirmed { lock, told }))
    } else {
        Parse::Toml(Arc::new(toml::parse(file.id, file.text())))
    };
    Parsed { path: file.path.clone(), digest: file.digest, parse }
}

/// The text of a file, without a copy of it.
fn text_of(file: &SourceFile) -> Arc<str> {
    match &file.content {
        Content::Text(text) => Arc::clone(text),
        Content::Bytes(_) | Content::Unreadable(_) => "".into(),
    }
}
