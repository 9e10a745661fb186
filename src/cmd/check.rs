//! `polku check`: everything that is wrong, told in one run.

use std::path::PathBuf;

use super::{Exit, fail, language, say};
use crate::base::diag::Severity;
use crate::base::lang::Lang;
use crate::base::report::{Format, report};
use crate::io::Disk;
use crate::snapshot::{Settings, Snapshot};

/// What to check.
pub struct Check {
    /// The handbook's folder.
    pub root: PathBuf,
    /// How findings are written.
    pub format: Format,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
    /// From which weight on the handbook counts as faulty.
    pub deny: Severity,
    /// What does not stand in the handbook.
    pub settings: Settings,
}

/// Checks a handbook.
pub fn check(check: &Check) -> Exit {
    let disk = match Disk::open(&check.root) {
        Ok(disk) => disk,
        Err(finding) => return fail(&[finding], language(check.lang)),
    };
    let snapshot = Snapshot::take(disk.sources(), check.settings, None);
    let lang = check.lang.unwrap_or(snapshot.lang);
    say(&report(&snapshot.findings, &snapshot.sources, check.format, lang));
    let faulty = snapshot.findings.iter().any(|finding| finding.severity <= check.deny);
    if faulty { Exit::Findings } else { Exit::Done }
}
