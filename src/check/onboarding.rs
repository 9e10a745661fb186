//! Onboarding paths: working days are counted from 1.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::check::Facts;
use crate::check::names::called;

crate::codes! { "onboarding.toml":
    DAY_ZERO = "day-zero",
    DAY_TOO_LATE = "day-too-late",
}

/// Nobody is a newcomer after so many working days, which are four years.
const LAST: u32 = 1_000;

/// The first working day is 1, and none is years away.
pub(super) fn days(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for path in facts.book.tables.onboardings.iter() {
        for (at, step) in path.data.step.iter().enumerate() {
            let (code, day) = match step.day {
                Some(0) => (DAY_ZERO, 0),
                Some(day) if day > LAST => (DAY_TOO_LATE, day),
                _ => continue,
            };
            let finding = Diagnostic::at(code, step.id.span).with("step", step.id.name(at).into_owned());
            let finding = finding.with("day", day.to_string()).with("onboarding", called(facts.book, path));
            diags.push(finding);
        }
    }
}
