//! From sources to a site and its findings: the one pipeline of `build`, `check` and `serve`.
//!
//! Layer 7. Everything costly that can be kept from the snapshot before is kept: the parse of a file
//! whose text is the same, and the theme where none of its files changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::base::lang::Lang;
use crate::base::source::{Digest, FileId, Sources};
use crate::check::{self, Facts, language};
use crate::model;
use crate::model::address::Addresses;
use crate::model::book::Handbook;
use crate::model::glossary::Glossary;
use crate::model::links::Links;
use crate::model::load::load_parsed;
use crate::model::parses::Parses;
use crate::model::placed::Tint;
use crate::model::ruling::Rulings;
use crate::model::translation::Translations;
use crate::page::{Tally, Told};
use crate::route::{self, Drafts, Shown};
use crate::site::{Reading, Site};
use crate::syntax;
use crate::theme::brand::Brand;
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
        let shown = Shown { drafts: settings.drafts, today: settings.today };
        let mut book = load_parsed(sources, &parses, &mut diags);
        book.tables.hide(&|meta| !shown.shows(meta));
        let (links, translations) =
            rayon::join(|| Links::new(&book), || Translations::new(&book, &book.lock));
        let (rulings, glossary) = (Rulings::new(&book), Glossary::new(&book));
        let facts = Facts {
            book: &book,
            links: &links,
            rulings: &rulings,
            glossary: &glossary,
            translations: &translations,
            today: settings.today,
            more_codes: route::CODES,
        };
        check::check(&facts, &mut diags);
        let theme = theme(sources, &book, before, &mut diags);
        let (lang, severities, damaged) = (book.default_lang, book.severities(), book.damaged.clone());
        let site = theme.as_ref().map(|(_, theme)| {
            let reading = Reading { book, links, rulings, glossary, translations };
            Site::assemble(reading, Arc::clone(theme), sources, shown, &mut diags)
        });
        silence(&mut diags, sources, &damaged);
        let findings = diags.finish(sources, &severities);
        let site = site.map(|site| site.told(tally(&findings)));
        Snapshot { sources: sources.clone(), site, findings, lang, parses, theme }
    }

    /// The addresses of what stands at places in the files; none where the theme cannot be read.
    pub fn addresses(&self) -> Option<Addresses<'_>> {
        let book = self.site.as_ref()?.book();
        Some(Addresses::new(&self.sources, &self.parses, book))
    }

    /// Whether anything is wrong that forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// How many findings each check has given.
fn tally(findings: &[Diagnostic]) -> Tally {
    let codes = check::all_codes().into_iter().chain(route::CODES.iter().copied());
    let mut tally: Tally = codes.map(|code| (code.id(), Told { code, found: 0 })).collect();
    for finding in findings {
        let none = Told { code: finding.code, found: 0 };
        tally.entry(finding.code.id()).or_insert(none).found += 1;
    }
    tally
}

/// Findings of which a file that could not be read as a whole may be the only reason.
const MISSING: [Code; 3] = [model::MISSING_KEY, language::MISSING_NAME, language::MISSING_TEXT];

/// Takes back what only follows from mistakes of notation: whatever is told of their lines, and what
/// seems missing in their files.
fn silence(diags: &mut Diagnostics, sources: &Sources, damaged: &BTreeSet<FileId>) {
    if damaged.is_empty() {
        return;
    }
    let line = |finding: &Diagnostic| {
        let span = finding.span.filter(|span| damaged.contains(&span.file))?;
        Some((span.file, sources.place(span)?.line))
    };
    let notation = |finding: &Diagnostic| syntax::CODES.contains(&finding.code);
    let lines: BTreeSet<_> = diags.iter().filter(|finding| notation(finding)).filter_map(line).collect();
    diags.retain(|finding| {
        let follows = line(finding).is_some_and(|at| lines.contains(&at) || MISSING.contains(&finding.code));
        notation(finding) || !follows
    });
}

/// The theme, read anew only where one of its files, the languages or the colour changed.
fn theme(
    sources: &Sources,
    book: &Handbook,
    before: Option<&Snapshot>,
    diags: &mut Diagnostics,
) -> Option<(Digest, Arc<Theme>)> {
    let name = book.config.theme.as_deref().unwrap_or(theme::DEFAULT);
    let (langs, brand) = (&book.langs, brand(book));
    let folder = format!("themes/{name}/");
    let files = sources.iter().filter(|file| file.path.as_str().starts_with(&folder));
    let state: String = files.map(|file| format!("{} {}\n", file.path, file.digest)).collect();
    let digest = Digest::of(format!("{name} {langs:?} {brand:?}\n{state}").as_bytes());
    let kept = before.and_then(|before| before.theme.clone()).filter(|(own, _)| *own == digest);
    kept.or_else(|| {
        let theme = Theme::load(sources, name, langs, diags)?;
        let branded = match brand {
            Some(brand) => theme.branded(brand),
            None => theme,
        };
        Some((digest, Arc::new(branded)))
    })
}

/// The colour of the organisation, where one is given that can be read as a colour.
fn brand(book: &Handbook) -> Option<Brand> {
    let colour = |tint: &Option<Tint>| tint.as_ref().and_then(|tint| tint.colour);
    Some(Brand::new(colour(&book.config.accent)?, colour(&book.config.accent_dark)))
}
