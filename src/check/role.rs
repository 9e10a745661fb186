//! What a role says of itself: its class of access, and how its working time is shared out.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::check::Facts;
use crate::check::names::called;
use crate::model::role::Employment;

crate::codes! { "role.toml":
    ACCESS_MISSING = "access-missing",
    TIME_OVER = "time-over",
}

/// Where some roles have a class of access, every role of the organisation has one.
pub(super) fn access(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let roles = || facts.book.tables.roles.iter();
    if !facts.book.damaged.is_empty() || !roles().any(|role| role.data.access.is_some()) {
        return;
    }
    let own = |employment: Option<Employment>| employment != Some(Employment::External);
    for role in roles().filter(|role| role.data.access.is_none() && own(role.data.employment) && !role.faulty)
    {
        diags.push(Diagnostic::at(ACCESS_MISSING, role.span).with("role", called(facts.book, role)));
    }
}

/// Shares of working time come to a whole at most.
pub(super) fn time(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for role in facts.book.tables.roles.iter() {
        let sum: u64 = role.data.time.iter().filter_map(|share| share.percent).map(u64::from).sum();
        if let Some(last) = role.data.time.last().filter(|_| sum > 100) {
            let finding = Diagnostic::at(TIME_OVER, last.id.span).with("role", called(facts.book, role));
            diags.push(finding.with("sum", sum.to_string()));
        }
    }
}
