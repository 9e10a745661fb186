//! Findings for the panel: in the author's language, with the field to open and the mend there is.

use serde::Serialize;

use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::report::{Finding, findings};
use crate::base::source::{Digest, Span};
use crate::edit::Change;
use crate::snapshot::Snapshot;

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
}

/// The findings of a snapshot.
pub(super) fn told(snapshot: &Snapshot, lang: Lang) -> Vec<Told<'_>> {
    let addresses = snapshot.addresses();
    let found = findings(&snapshot.findings, &snapshot.sources, lang).into_iter().zip(&snapshot.findings);
    let told = |(finding, own): (_, &Diagnostic)| Told {
        finding,
        key: key(own),
        at: own.span.zip(addresses.as_ref()).and_then(|(span, addresses)| addresses.of(span)),
    };
    found.map(told).collect()
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
