//! Changes that an editor asks for: a handbook's sources and a change give new sources, or a refusal.
//!
//! Layer 3. Comments, order and layout of files survive: a change touches the field or section it is
//! about and nothing else. Nothing is written here; whoever drives writes the files that differ.

use serde::Deserialize;

use crate::base::diag::Diagnostic;
use crate::base::source::{SourcePath, Sources};
use crate::model::book::Handbook;

/// One change. Addresses are those of texts ([`TextId`](crate::model::text::TextId)): `role/x.name`, with a
/// language behind where a text is per language (`role/x.name.fi`), rows by their id or their number from 1
/// (`task/t.recorded.2.text.sv`), `site.title.fi` for the settings.
///
/// `was` is what [`base`] said of the place when the editor read it; without it nothing is compared.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub enum Change {
    /// Sets a field, or takes it out where the value is null. A list is set as a whole.
    Set {
        /// The field.
        at: String,
        /// Its value: what JSON has for the field's shape; a day as text.
        value: serde_json::Value,
        /// What it was based on.
        was: Option<String>,
    },
    /// Adds a row to a list of rows, before a row or at the end.
    Insert {
        /// The list: `task/t.recorded`.
        at: String,
        /// The number of the row it goes before, from 1.
        before: Option<usize>,
        /// Its fields.
        value: serde_json::Map<String, serde_json::Value>,
    },
    /// Moves a row to another position of its list.
    Move {
        /// The row.
        at: String,
        /// Its number afterwards, from 1.
        to: usize,
        /// What it was based on.
        was: Option<String>,
    },
    /// Takes a row out.
    Remove {
        /// The row.
        at: String,
        /// What it was based on.
        was: Option<String>,
    },
    /// Sets prose in one language: all of it (`role/x`), or one section (`page/y#anchor`,
    /// `role/x#phase.content`). An empty text takes the section out; a cell that is not there is made with
    /// its headings.
    Prose {
        /// The entity or section.
        at: String,
        /// The language.
        lang: String,
        /// Markdown, without the section's own heading.
        text: String,
        /// What it was based on.
        was: Option<String>,
    },
    /// Makes an entity.
    Create {
        /// Its address: `role/x`.
        at: String,
        /// Its fields.
        value: serde_json::Map<String, serde_json::Value>,
        /// The entity behind which it goes; else behind the last of its kind.
        after: Option<String>,
    },
    /// Takes an entity out with its prose. Refused while something refers to it, unless `unlink`: then
    /// those references are taken out too.
    Delete {
        /// The entity.
        at: String,
        /// Whether to take out what refers to it.
        #[serde(default)]
        unlink: bool,
        /// What it was based on.
        was: Option<String>,
    },
    /// Gives an entity another id: references are rewritten, the former id leads on.
    Rename {
        /// The entity.
        at: String,
        /// Its new id.
        to: String,
    },
    /// Moves an entity before another of its kind, or to the end: order matters where it is shown.
    Order {
        /// The entity.
        at: String,
        /// The one it goes before.
        before: Option<String>,
    },
    /// Replaces a part of a file: what a finding offers as its mend.
    Splice {
        /// The file.
        file: String,
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
        /// What comes in its place.
        text: String,
        /// The digest of the file.
        was: Option<String>,
    },
}

/// Sources after changes.
#[derive(Debug)]
pub struct Edited {
    /// All of them.
    pub sources: Sources,
    /// The files that differ, with those that are gone or new.
    pub files: Vec<SourcePath>,
}

/// Why a change was not made.
#[derive(Debug)]
pub struct Refusal {
    /// Which of the changes, from 0.
    pub change: usize,
    /// What is wrong, in words.
    pub why: Diagnostic,
    /// What stands there now, where it has changed since `was`.
    pub theirs: Option<String>,
}

/// Makes changes, all or none.
///
/// # Errors
/// The first change that cannot be made.
pub fn apply(_sources: &Sources, _book: &Handbook, _changes: &[Change]) -> Result<Edited, Vec<Refusal>> {
    Err(Vec::new())
}

/// What a field, row, section or entity is known by, to be sent back as `was`: changes whenever what
/// stands there does, whatever happens around it.
pub fn base(_sources: &Sources, _book: &Handbook, _at: &str, _lang: Option<&str>) -> String {
    String::new()
}
