//! From sources to a site and its findings: the one pipeline of `build`, `check` and `serve`.
//!
//! Layer 7. A snapshot is taken in two steps: what pages need is read, then it is checked. Whatever costs and
//! can be kept from the snapshot before is kept: what was read of files and entities that are the same, and the
//! theme where none of its files changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::base::digest::Digest;
use crate::base::lang::Lang;
use crate::base::source::{FileId, Sources};
use crate::check::{self, Facts, language};
use crate::model;
use crate::model::address::Addresses;
use crate::model::book::Handbook;
use crate::model::load::load_parsed;
use crate::model::parses::Parses;
use crate::model::placed::Tint;
use crate::model::reading::Reading;
use crate::page::{Tally, Told};
use crate::route::ledger::{LEDGER, Ledger};
use crate::route::{self, Drafts, Shown};
use crate::site::{Parts, Site};
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
    /// What is wrong, sorted; nothing before it has been checked.
    pub findings: Vec<Diagnostic>,
    /// Whether it has been checked.
    pub checked: bool,
    /// The language of messages.
    pub lang: Lang,
    kept: Arc<Kept>,
}

/// What the check and the next snapshot take from this one.
struct Kept {
    settings: Settings,
    parses: Parses,
    reading: Arc<Reading>,
    theme: Option<(Digest, Arc<Theme>)>,
    ledger: Option<(Digest, Arc<Published>)>,
    /// What was found wrong while reading.
    told: Diagnostics,
}

/// What has been published, and what is wrong in the file that says so.
#[derive(Default)]
struct Published {
    file: FileId,
    ledger: Arc<Ledger>,
    told: Diagnostics,
}

impl Snapshot {
    /// Takes a snapshot with its findings, keeping what has not changed since the one before.
    pub fn take(sources: &Sources, settings: Settings, before: Option<&Snapshot>) -> Snapshot {
        Snapshot::read(sources, settings, before).check()
    }

    /// Takes a snapshot whose pages are as they will be, without its findings. Pages that show what the checks
    /// found show what they found before.
    pub fn read(sources: &Sources, settings: Settings, before: Option<&Snapshot>) -> Snapshot {
        let kept = before.map(|before| &*before.kept);
        let mut told = Diagnostics::default();
        let parses = Parses::of(sources, kept.map_or(&Parses::default(), |kept| &kept.parses));
        let shown = Shown { drafts: settings.drafts, today: settings.today };
        let reading_before = kept.map(|kept| &*kept.reading);
        let mut book = load_parsed(sources, &parses, reading_before.map(|reading| &reading.book), &mut told);
        book.tables.hide(&|meta| !shown.shows(meta));
        let reading = Arc::new(Reading::new(book, reading_before));
        let theme = theme(sources, &reading.book, kept, &mut told);
        let ledger = published(sources, kept);
        let site = theme.as_ref().map(|(_, theme)| {
            let published = ledger.as_ref().map(|(_, own)| Arc::clone(&own.ledger)).unwrap_or_default();
            told.extend(ledger.iter().flat_map(|(_, published)| published.told.iter()).cloned());
            let parts = Parts { reading: Arc::clone(&reading), theme: Arc::clone(theme), published };
            let before = before.and_then(|before| before.site.as_ref());
            Site::assemble(parts, sources, shown, before, &mut told)
        });
        let lang = reading.book.default_lang;
        let kept = Arc::new(Kept { settings, parses, reading, theme, ledger, told });
        Snapshot { sources: sources.clone(), site, findings: Vec::new(), checked: false, lang, kept }
    }

    /// The same snapshot with what is wrong in it.
    #[must_use]
    pub fn check(&self) -> Snapshot {
        let reading = &*self.kept.reading;
        let book = &reading.book;
        let mut diags = self.kept.told.clone();
        let translations = reading.passing_translations();
        let facts = Facts {
            book,
            links: reading.links(),
            rulings: reading.rulings(),
            glossary: reading.glossary(),
            translations: &translations,
            today: self.kept.settings.today,
            more_codes: route::CODES,
        };
        check::check(&facts, &mut diags);
        silence(&mut diags, &self.sources, &book.damaged);
        let findings = diags.finish(&self.sources, &book.severities());
        let tally = Arc::new(tally(&findings));
        let site = self.site.as_ref().map(|site| site.told(tally));
        let (sources, lang, kept) = (self.sources.clone(), self.lang, Arc::clone(&self.kept));
        Snapshot { sources, site, findings, checked: true, lang, kept }
    }

    /// The addresses of what stands at places in the files; none where the theme cannot be read.
    pub fn addresses(&self) -> Option<Addresses<'_>> {
        let book = self.site.as_ref()?.book();
        Some(Addresses::new(&self.sources, &self.kept.parses, book))
    }

    /// Whether anything is wrong that forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// What has been published, read anew only where the list of it changed.
fn published(sources: &Sources, before: Option<&Kept>) -> Option<(Digest, Arc<Published>)> {
    let file = sources.find(LEDGER)?;
    let kept = before.and_then(|before| before.ledger.clone());
    let kept = kept.filter(|(digest, published)| *digest == file.digest && published.file == file.id);
    Some(kept.unwrap_or_else(|| {
        let mut told = Diagnostics::default();
        let ledger = Ledger::parse(file.id, file.text(), &mut told);
        (file.digest, Arc::new(Published { file: file.id, ledger: Arc::new(ledger), told }))
    }))
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
    before: Option<&Kept>,
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
