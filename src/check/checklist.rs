//! Checklists: a check whose state an item shows exists.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::check::Facts;
use crate::check::names::called;

crate::codes! { "checklist.toml": UNKNOWN_CHECK = "unknown-check" }

/// Items name checks of polku that exist.
pub(super) fn checks(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let codes = crate::check::all_codes();
    let known = || codes.iter().chain(facts.more_codes).map(|code| code.id());
    for checklist in facts.book.tables.checklists.iter() {
        for check in checklist.data.item.iter().filter_map(|item| item.check.as_ref()) {
            // What is empty has been told by itself.
            if !check.id.is_empty() && !known().any(|id| id == check.id) {
                let finding = Diagnostic::at(UNKNOWN_CHECK, check.span).with("check", check.id.as_str());
                let finding = finding.with("checklist", called(facts.book, checklist));
                diags.push(finding.near_value(nearest(&check.id, known())));
            }
        }
    }
}
