//! From sources to a site and its findings: the one pipeline of `build`, `check` and `serve`.
//!
//! Layer 7. Everything costly that can be kept from the snapshot before is kept: the parse of a file
//! whose text is the same, and the theme where none of its files changed.

use std::sync::Arc;

use crate::base::date::Date;
use crate::base::diag::{Diagnostic, Diagnostics, Severity};
use crate::base::lang::Lang;
use crate::base::source::{Digest, Sources};
use crate::check::{self, Facts};
use crate::model::links::Links;
use crate::model::load::load_parsed;
use crate::model::parses::Parses;
use crate::route::{self, Drafts, Shown};
use crate::site::Site;
use crate::theme::{self, Theme};

/// What does not stand in the handbook.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// The day of reading.
    pub today: Date,
}

/// A handbook at one moment, as a site and with what is wrong in it.
pub struct Snapshot {
    /// The files.
    pub sources: Sources,
    /// The site; `None` where the theme cannot be read.
    pub site: Option<Site>,
    /// What is wrong, sorted.
    pub findings: Vec<Diagnostic>,
    /// The language of messages.
    pub lang: Lang,
    parses: Parses,
    theme: Option<(Digest, Arc<Theme>)>,
}

impl Snapshot {
    /// Takes a snapshot, keeping what has not changed since the one before.
    pub fn take(sources: &Sources, settings: Settings, before: Option<&Snapshot>) -> Snapshot {
        let mut diags = Diagnostics::default();
        let parses = Parses::of(sources, before.map_or(&Parses::default(), |before| &before.parses));
        let book = load_parsed(sources, &parses, &mut diags);
        let links = Links::new(&book);
        check::check(
            &Facts { book: &book, links: &links, today: settings.today, more_codes: route::CODES },
            &mut diags,
        );
        let name = book.config.theme.clone().unwrap_or_else(|| theme::DEFAULT.to_owned());
        let theme = theme(sources, &name, &book.langs, before, &mut diags);
        let (lang, severities) = (book.default_lang, book.severities());
        let shown = Shown { drafts: settings.drafts, today: settings.today };
        let site = theme
            .as_ref()
            .map(|(_, theme)| Site::assemble((book, links), Arc::clone(theme), sources, shown, &mut diags));
        let findings = diags.finish(sources, &severities);
        Snapshot { sources: sources.clone(), site, findings, lang, parses, theme }
    }

    /// Whether anything is wrong that forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// The theme, read anew only where one of its files or the languages changed.
fn theme(
    sources: &Sources,
    name: &str,
    langs: &[Lang],
    before: Option<&Snapshot>,
    diags: &mut Diagnostics,
) -> Option<(Digest, Arc<Theme>)> {
    let folder = format!("themes/{name}/");
    let files = sources.iter().filter(|file| file.path.as_str().starts_with(&folder));
    let state: String = files.map(|file| format!("{} {}\n", file.path, file.digest)).collect();
    let digest = Digest::of(format!("{name} {langs:?}\n{state}").as_bytes());
    let kept = before.and_then(|before| before.theme.clone()).filter(|(own, _)| *own == digest);
    kept.or_else(|| Some((digest, Arc::new(Theme::load(sources, name, langs, diags)?))))
}
