//! Changes that an editor asks for: a handbook's sources and a change give new sources, or a refusal.
//!
//! Layer 3. Comments, order and layout of files survive: a change touches the field or section it is
//! about and nothing else. Nothing is written here; whoever drives writes the files that differ.

mod address;
mod base;
mod entity;
mod hold;
mod layout;
mod list;
mod outline;
mod prose;
mod refer;
mod rename;
mod rename_row;
mod rows;
mod set;
mod splice;
mod spot;
mod value;
mod work;
mod wrap;

use serde::{Deserialize, Serialize};

use crate::base::diag::Diagnostic;
use crate::base::source::{SourcePath, Sources};
use crate::model::book::Handbook;
use work::Work;

pub use base::Bases;

crate::codes! { "edit/edit.toml":
    UNKNOWN_PLACE = "edit-unknown-place",
    CHANGED = "edit-changed",
    WRONG_VALUE = "edit-wrong-value",
    LAYOUT = "edit-layout",
    DAMAGED = "edit-damaged",
    ID_TAKEN = "edit-id-taken",
    OUTLINE = "edit-outline",
    REFERRED = "edit-referred",
}

/// One change. Addresses are those of texts ([`TextId`](crate::model::text::TextId)): `role/x.name`, with a
/// language behind where a text is per language (`role/x.name.fi`), rows by their id or their number from 1
/// (`task/t.recorded.2.text.sv`), `site.title.fi` for the settings.
///
/// `was` is what [`base`] said of the place when the editor read it; without it nothing is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone)]
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

/// Makes changes, all or none. Each sees what those before it have made.
///
/// # Errors
/// The first change that cannot be made.
pub fn apply(sources: &Sources, book: &Handbook, changes: &[Change]) -> Result<Edited, Vec<Refusal>> {
    let mut work = Work::new(sources, book);
    for (at, change) in changes.iter().enumerate() {
        if let Err(Refused { why, theirs }) = make(&mut work, change) {
            return Err(vec![Refusal { change: at, why: *why, theirs }]);
        }
    }
    Ok(work.finish(sources))
}

/// What a field, row, section or entity is known by, to be sent back as `was`: changes whenever what
/// stands there does, whatever happens around it. Empty where nothing stands there. Whoever asks for many
/// keeps [`Bases`].
pub fn base(sources: &Sources, book: &Handbook, at: &str, lang: Option<&str>) -> String {
    Bases::new(sources, book).of(at, lang)
}

/// Why a change is not made.
struct Refused {
    why: Box<Diagnostic>,
    theirs: Option<String>,
}

impl Refused {
    fn of(why: Diagnostic) -> Refused {
        Refused { why: Box::new(why), theirs: None }
    }
}

fn make(work: &mut Work<'_>, change: &Change) -> Result<(), Refused> {
    match change {
        Change::Set { at, value, was } => work.set(at, value, was.as_deref()),
        Change::Insert { at, before, value } => work.insert(at, *before, value),
        Change::Move { at, to, was } => work.shift(at, *to, was.as_deref()),
        Change::Remove { at, was } => work.take_out(at, was.as_deref()),
        Change::Prose { at, lang, text, was } => prose::set(work, (at, lang), text, was.as_deref()),
        Change::Create { at, value, after } => entity::create(work, at, value, after.as_deref()),
        Change::Delete { at, unlink, was } => refer::delete(work, at, *unlink, was.as_deref()),
        Change::Rename { at, to } => rename::rename(work, at, to),
        Change::Order { at, before } => entity::order(work, at, before.as_deref()),
        Change::Splice { file, start, end, text, was } => {
            work.splice(file, *start..*end, text, was.as_deref())
        }
    }
}
