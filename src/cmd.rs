//! The commands: thin drivers around the pipeline.
//!
//! Top layer, and with `cli` the only place that writes to the terminal.

mod build;
mod check;
mod compare;
mod engine;
mod explain;
mod minify;
mod new;
mod publish;
mod schema;
mod search_report;
mod serve;
mod translate;
mod unchanged;

use std::io::{IsTerminal, Write};

use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::report::{Colour, Format, report};
use crate::base::source::Sources;

pub use crate::io::Compress;
pub use crate::serve::Access;
pub use build::{Build, Minify, build};
pub use check::{Check, check};
pub use compare::{Compare, compare};
pub use engine::{Answer, Engine};
pub use explain::{codes, explain};
pub use new::{New, WRITTEN, files, new};
pub use publish::{Publish, publish};
pub use schema::{Schema, schema};
pub use search_report::{SearchReport, Table, search_report};
pub use serve::{Open, Serve, serve};
pub use translate::{Action, Form, Package, Translate, Which, read_package, translate};

crate::codes! { "cmd/cmd.toml":
    SEARCH_SCRIPT = "search-script",
    NOT_JSON = "not-json",
    DATA_UNREADABLE = "data-unreadable",
    NOT_A_HANDBOOK = "not-a-handbook",
    OTHER_VERSION = "other-version",
    DAMAGED_DATA = "damaged-data",
    PACKAGE_INSIDE = "package-inside",
    PACKAGE_SOURCE = "package-source",
    PACKAGE_NOT_OURS = "package-not-ours",
    PUBLISHED_MEANWHILE = "published-meanwhile",
    URLS_LOST = "urls-lost",
}

/// How a command ended, as the exit code tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: well.
    Done,
    /// 1: the handbook has errors.
    Findings,
    /// 2: the command could not be carried out.
    Failed,
}

/// Writes to the terminal; a reader that has gone away is no mistake of ours.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Writes what went wrong to the terminal.
fn complain(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Findings for people, in colours where the terminal shows them.
fn human() -> Format {
    Format::Human(if std::io::stderr().is_terminal() { Colour::Yes } else { Colour::No })
}

/// Tells findings that stand in no file.
fn fail(found: &[Diagnostic], lang: Lang) -> Exit {
    complain(&report(found, &Sources::default(), human(), lang));
    Exit::Failed
}

/// The language for what goes wrong before a handbook is read.
fn language(wished: Option<Lang>) -> Lang {
    wished.unwrap_or(Lang::EN)
}
