//! Findings for the panel: in the author's language, with the field to open and the mend there is.

use serde::Serialize;

use crate::base::diag::Diagnostic;
use crate::base::digest::Digest;
use crate::base::lang::Lang;
use crate::base::report::{Finding, findings};
use crate::base::source::Span;
use crate::edit::Change;
use crate::model::kind::Kind;
use crate::model::table::AnyEntry;
use crate::model::words::{self, Label};
use crate::snapshot::Snapshot;
use crate::syntax::slug::Slug;

/// A finding as the panel gets it.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    /// What names it while nothing changes.
    key: String,
    /// The address of the field to open.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// What that is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_label: Option<String>,
    /// What the mend puts in, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix_label: Option<String>,
}

/// The findings of a snapshot.
pub(super) fn told(snapshot: &Snapshot, lang: Lang) -> Vec<Told<'_>> {
    let addresses = snapshot.addresses();
    let found = findings(&snapshot.findings, &snapshot.sources, lang).into_iter().zip(&snapshot.findings);
    let told = |(finding, own): (_, &Diagnostic)| {
        let finding = Finding { help: own.panel(lang), ..finding };
        let at = own.span.zip(addresses.as_ref()).and_then(|(span, addresses)| addresses.of(span));
        let at_label = at.as_deref().and_then(|at| called(snapshot, at, lang));
        let fix_label = finding.fix.and_then(|fix| named(snapshot, fix, lang));
        Told { finding, key: key(own), at, at_label, fix_label }
    };
    found.map(told).collect()
}

/// A place by the names of its entity and field: `Ohjaaja, Nimi`.
fn called(snapshot: &Snapshot, at: &str, lang: Lang) -> Option<String> {
    let (entity, rest) = at.split_at(at.find(['.', '#']).unwrap_or(at.len()));
    let field = rest.strip_prefix('.').and_then(|rest| rest.split('.').next());
    let label = |label: Option<&'static Label>| label.map(|label| label.label.clone());
    let Some((kind, id)) = entity.split_once('/') else {
        return label(words::setting(field?, lang));
    };
    let (kind, id) = (Kind::parse(kind)?, Slug::new(id)?);
    let book = snapshot.site.as_ref()?.book();
    let name =
        book.tables.entry(kind, &id).and_then(|entry| entry.meta().name.words.fallback(lang, &book.langs));
    let name = name.map_or_else(|| id.to_string(), |(_, name)| name.words.to_string());
    let field = field.and_then(|field| label(words::label(kind, field, lang)));
    Some(field.map_or(name.clone(), |field| format!("{name}, {field}")))
}

/// What a mend puts in, where it is one entity.
fn named(snapshot: &Snapshot, fix: &str, lang: Lang) -> Option<String> {
    let id = Slug::new(fix.trim().trim_matches('"'))?;
    let book = snapshot.site.as_ref()?.book();
    let mut all = Kind::ALL.iter().filter_map(|kind| book.tables.entry(*kind, &id));
    // A role and what qualifies for it often share an id, and then mostly the name too.
    let names = |entry: &dyn AnyEntry| {
        let name = entry.meta().name.words.fallback(lang, &book.langs);
        name.map(|(_, name)| name.words.to_string())
    };
    let first = all.next().and_then(names)?;
    all.all(|entry| names(entry).as_ref() == Some(&first)).then_some(first)
}

/// The change that mends a finding, if there is one and the files are still as it saw them.
pub(super) fn mend(snapshot: &Snapshot, key: &str) -> Option<(Change, String)> {
    let finding = snapshot.findings.iter().find(|finding| self::key(finding) == key)?;
    let fix = finding.fix.as_ref()?;
    let Span { file, start, end } = fix.span;
    let file = snapshot.sources.get(file)?;
    let change = Change::Splice {
        file: file.path.to_string(),
        start: start as usize,
        end: end as usize,
        text: fix.text.clone(),
        was: Some(file.digest.short()),
    };
    Some((change, finding.message(snapshot.lang)))
}

fn key(finding: &Diagnostic) -> String {
    Digest::of(format!("{:?} {:?} {:?}", finding.code, finding.span, finding.args).as_bytes()).short()
}
