//! The accessibility statement: what a published handbook has to say of itself (306/2019 9 §).

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::base::lang::PerLang;
use crate::check::Facts;
use crate::check::names::joined;
use crate::model::book::Handbook;
use crate::model::statement::{self, Accessibility, Lack};
use crate::model::words::setting_everywhere;

crate::codes! { "accessibility.toml":
    STATEMENT_MISSING = "statement-missing",
    STATEMENT_INCOMPLETE = "statement-incomplete",
    STATEMENT_EXAMPLE = "statement-example",
    STATEMENT_OLD = "statement-old",
    BARRIER_OVERDUE = "barrier-overdue",
}

/// After how many months a statement is old.
const MONTHS: u16 = 12;

/// What has to be there before a handbook is published; errors, because a site may not go out without it. What
/// only time does to a statement is not among them.
pub fn demanded(book: &Handbook) -> Vec<Diagnostic> {
    let must = |finding: Diagnostic| Diagnostic { severity: Severity::Error, weighed: true, ..finding };
    let found = match &book.config.accessibility {
        None => Some(Diagnostic::of(STATEMENT_MISSING)),
        Some(own) => incomplete(book, own),
    };
    found.map(must).into_iter().collect()
}

/// What is lacking from a statement, and what time has done to it. That there is none weighs nothing yet:
/// a handbook may do without it until it is published.
pub(super) fn statement(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let Some(own) = &facts.book.config.accessibility else {
        return diags.push(Diagnostic::of(STATEMENT_MISSING));
    };
    diags.extend(incomplete(facts.book, own));
    let made_up = made_up(own);
    if !made_up.is_empty() {
        diags.push(at(STATEMENT_EXAMPLE, own).with("what", made_up.join(", ")));
    }
    // Days that are made up are nobody's promise.
    if own.example {
        return;
    }
    let due = own.current().and_then(|current| current.plus_months(MONTHS));
    if let (Some(current), true) = (own.current(), due.is_some_and(|due| due < facts.today)) {
        diags.push(at(STATEMENT_OLD, own).with("date", current.everywhere()));
    }
    let overdue = own.overdue(facts.today).filter_map(|barrier| Some((barrier.id.span, barrier.until.0?)));
    diags.extend(overdue.map(|(span, until): (_, Date)| {
        Diagnostic::at(BARRIER_OVERDUE, span).with("date", until.everywhere())
    }));
}

fn incomplete(book: &Handbook, own: &Accessibility) -> Option<Diagnostic> {
    let lacking = statement::lacking(&book.config);
    let keys = lacking.iter().map(called);
    let keys: PerLang<String> = joined(book, keys, ", ");
    (!lacking.is_empty()).then(|| at(STATEMENT_INCOMPLETE, own).with("keys", keys))
}

/// What the guides write where the name of the authority belongs.
const NO_NAMES: [&str; 2] = ["valvovan viranomaisen nimi", "tillsynsmyndighetens namn"];

/// What a statement says that is made up: all of it where it says so, else what stands as the guides show it.
fn made_up(own: &Accessibility) -> Vec<&str> {
    if own.example {
        return vec!["example = true"];
    }
    let authority = own.authority.as_ref();
    let names = authority.into_iter().flat_map(|authority| authority.name.words.iter());
    let names = names.map(|(_, name)| &*name.words);
    let names = names.filter(|name| NO_NAMES.contains(&name.trim().to_lowercase().as_str()));
    let of_authority = authority.map(|authority| [authority.link.as_ref(), authority.mail.as_ref()]);
    let addresses = own.mail.iter().chain(of_authority.into_iter().flatten().flatten());
    let addresses = addresses.map(|address| address.words.as_str());
    names.chain(addresses.filter(|address| is_nowhere(address))).collect()
}

/// Whether an address leads to a place that never is (RFC 2606).
fn is_nowhere(address: &str) -> bool {
    let host = address.strip_prefix("https://").unwrap_or(address);
    host.split(['/', '?', '#', ':'])
        .next()
        .is_some_and(|host| host.to_ascii_lowercase().ends_with(".example"))
}

/// What a key is called, with the key itself.
fn called(key: &Lack) -> PerLang<String> {
    setting_everywhere(key).map(|_, label| format!("{label} ({key})"))
}

fn at(code: Code, own: &Accessibility) -> Diagnostic {
    Diagnostic::at(code, own.id.span)
}
