//! Parses of files, kept from one version of the sources to the next: the only memory polku has.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::source::{Content, Digest, FileId, SourceFile, SourcePath, Sources};
use crate::model::config::SITE;
use crate::model::wordlist::SEARCH;
use crate::syntax::markdown::{self, Doc};
use crate::syntax::toml::{self, TomlFile};

/// The folder of a handbook's content.
pub const CONTENT: &str = "content/";

/// Parses of files, kept from one version of the sources to the next.
#[derive(Debug, Clone, Default)]
pub struct Parses(BTreeMap<FileId, (Digest, Parse)>);

#[derive(Debug, Clone)]
enum Parse {
    Toml(Arc<TomlFile>),
    Prose(Arc<Doc>),
}

impl Parses {
    /// Parses what changed since `before` and keeps the rest.
    #[must_use]
    pub fn of(sources: &Sources, before: &Parses) -> Parses {
        let files: Vec<&SourceFile> = sources.iter().filter(|file| is_text(&file.path)).collect();
        let parse = |file: &&SourceFile| {
            let kept = before.0.get(&file.id).filter(|(digest, _)| *digest == file.digest);
            (file.id, kept.cloned().unwrap_or_else(|| (file.digest, parse(file))))
        };
        Parses(files.par_iter().map(parse).collect())
    }

    /// What was read from a TOML file.
    pub(super) fn toml(&self, file: FileId) -> Option<Arc<TomlFile>> {
        match self.0.get(&file) {
            Some((_, Parse::Toml(toml))) => Some(Arc::clone(toml)),
            _ => None,
        }
    }

    /// What was read from a file of prose.
    pub(super) fn prose(&self, file: FileId) -> Option<Arc<Doc>> {
        match self.0.get(&file) {
            Some((_, Parse::Prose(doc))) => Some(Arc::clone(doc)),
            _ => None,
        }
    }
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
    path.name().ends_with(ending)
}

/// Whether an author put a file aside: its name, or a folder's, begins with `_`.
pub(super) fn is_aside(path: &SourcePath) -> bool {
    path.as_str().split('/').any(|part| part.starts_with('_'))
}

fn parse(file: &SourceFile) -> Parse {
    if has_ending(&file.path, ".md") {
        Parse::Prose(Arc::new(markdown::parse(file.id, file.text()).with_source(text_of(file))))
    } else {
        Parse::Toml(Arc::new(toml::parse(file.id, file.text())))
    }
}

/// The text of a file, without a copy of it.
fn text_of(file: &SourceFile) -> Arc<str> {
    match &file.content {
        Content::Text(text) => Arc::clone(text),
        Content::Bytes(_) | Content::Unreadable(_) => "".into(),
    }
}
