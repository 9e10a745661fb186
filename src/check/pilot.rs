//! Pilots: what belongs to a project lies in its time, a grant in its budget, and each party's needs are told.

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::{called, joined};
use crate::model::kind::Kind;
use crate::model::pilot::{Needs, Pilot};
use crate::model::table::Entry;
use crate::model::words;

crate::codes! { "pilot.toml":
    END_BEFORE_START = "end-before-start",
    OUTSIDE_PROJECT = "outside-project",
    GRANT_OVER_BUDGET = "grant-over-budget",
    NEEDS_MISSING = "needs-missing",
}

pub(super) const DATES: &[Code] = &[END_BEFORE_START, OUTSIDE_PROJECT];

/// A project and its parts end after they begin, and what belongs to it lies in its time.
pub(super) fn dates(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for pilot in facts.book.tables.pilots.iter() {
        let data = &pilot.data;
        let whole = [(pilot.span, data.start.0, data.end.0)];
        let parts: Vec<Stretch> =
            data.part.iter().map(|part| (part.id.span, part.start.0, part.end.0)).collect();
        let turned = |(_, start, end): &&Stretch| start.zip(*end).is_some_and(|(start, end)| end < start);
        for (span, start, end) in whole.iter().chain(&parts).filter(turned) {
            let finding = about(facts, pilot, END_BEFORE_START, *span);
            let finding = finding.with("start", start.unwrap_or_default().everywhere());
            diags.push(finding.with("end", end.unwrap_or_default().everywhere()));
        }
        // A project of no time holds nothing; its parts are told when its own days are mended.
        if whole.iter().find(turned).is_none() {
            let turned = |stretch: &&Stretch| !turned(stretch);
            parts.iter().filter(turned).for_each(|part| outside(facts, pilot, part, diags));
            events(pilot).for_each(|event| outside(facts, pilot, &event, diags));
        }
    }
}

/// Where something stands, its first and its last day.
type Stretch = (Span, Option<Date>, Option<Date>);

/// What happened on a day. Who is heard may be heard before a project begins and after it has ended.
fn events(pilot: &Entry<Pilot>) -> impl Iterator<Item = Stretch> {
    pilot.data.event.iter().map(|event| (event.id.span, event.date.0, event.date.0))
}

fn outside(facts: &Facts<'_>, pilot: &Entry<Pilot>, (span, start, end): &Stretch, diags: &mut Diagnostics) {
    let (first, last) = (pilot.data.start.0, pilot.data.end.0);
    let early = start.zip(first).filter(|(day, first)| day < first).map(|(day, _)| day);
    let late = end.or(*start).zip(last).filter(|(day, last)| day > last).map(|(day, _)| day);
    let Some(day) = early.or(late) else { return };
    let told =
        |date: Option<Date>| date.map_or_else(|| words::each_spoken(|_| "…".to_owned()), Date::everywhere);
    let finding = about(facts, pilot, OUTSIDE_PROJECT, *span).with("date", day.everywhere());
    diags.push(finding.with("start", told(first)).with("end", told(last)));
}

fn about(facts: &Facts<'_>, pilot: &Entry<Pilot>, code: Code, span: Span) -> Diagnostic {
    Diagnostic::at(code, span).with("pilot", called(facts.book, pilot))
}

/// What was granted is a part of what it cost.
pub(super) fn money(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for pilot in facts.book.tables.pilots.iter() {
        let Some((grant, budget)) = pilot.data.grant.zip(pilot.data.budget) else { continue };
        if grant.value > budget.value {
            let euros = |number: f64| words::each_spoken(|lang| crate::base::number::display(number, lang));
            let finding = about(facts, pilot, GRANT_OVER_BUDGET, grant.span).also(Some(budget.span));
            diags.push(finding.with("grant", euros(grant.value)).with("budget", euros(budget.value)));
        }
    }
}

/// The needs of all four parties are told. A pilot that tells of none may be of another sort.
pub(super) fn needs(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for pilot in facts.book.tables.pilots.iter().filter(|pilot| !pilot.faulty) {
        let parties = pilot.data.needs.as_ref().map(Needs::parties).into_iter().flatten();
        let silent: Vec<_> = parties
            .filter(|(_, text)| text.is_empty() && !text.faulty)
            .map(|(party, _)| words::field(Kind::Pilot, party))
            .collect();
        if !silent.is_empty() {
            let finding = about(facts, pilot, NEEDS_MISSING, pilot.span);
            diags.push(finding.with("parties", joined(facts.book, silent, ", ")));
        }
    }
}
