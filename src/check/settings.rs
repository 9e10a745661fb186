//! `site.toml` against what polku knows.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::check::Facts;

crate::codes! { "settings.toml":
    UNKNOWN_SEVERITY = "unknown-severity",
    BAD_BASE_URL = "bad-base-url",
}

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

/// The address of the site is one that whole addresses can be made of.
pub(super) fn base_url(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if let Some(base) = facts.book.config.base_url.as_ref().filter(|base| !base.is_whole()) {
        diags.push(Diagnostic::at(BAD_BASE_URL, base.span).with("address", base.address.as_str()));
    }
}
