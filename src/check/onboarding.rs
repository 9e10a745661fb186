//! Onboarding paths: working days are counted from 1.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::check::Facts;
use crate::check::names::called;

crate::codes! { "onboarding.toml": DAY_ZERO = "day-zero" }

/// The first working day is 1.
pub(super) fn days(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for path in facts.book.tables.onboardings.iter() {
        for (at, step) in path.data.step.iter().enumerate().filter(|(_, step)| step.day == Some(0)) {
            let finding = Diagnostic::at(DAY_ZERO, step.id.span).with("step", step.id.name(at).into_owned());
            diags.push(finding.with("onboarding", called(facts.book, path)));
        }
    }
}
