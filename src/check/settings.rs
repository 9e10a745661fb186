//! `site.toml` against what polku knows.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::check::Facts;

crate::codes! { "settings.toml": UNKNOWN_SEVERITY = "unknown-severity" }

/// Weights are given to checks that exist.
pub(super) fn severities(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let known: Vec<&str> =
        crate::check::all_codes().iter().chain(facts.more_codes).map(|code| code.id()).collect();
    for (code, (_, span)) in &facts.book.config.severity.0 {
        if !known.contains(&code.as_str()) {
            let finding = Diagnostic::at(UNKNOWN_SEVERITY, *span).with("code", code.as_str());
            diags.push(finding.near(nearest(code, known.iter().copied())));
        }
    }
}
