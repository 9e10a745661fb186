//! Indicators: values that can be, in order, of the past, and something to hold them against.

use std::collections::BTreeMap;

use crate::base::date::Date;
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::PerLang;
use crate::base::number::display;
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::{called, joined};
use crate::model::indicator::{Computed, Indicator, Value};
use crate::model::kind::Kind;
use crate::model::table::{Entry, Ref};
use crate::model::words;
use crate::syntax::slug::Slug;

crate::codes! { "measure.toml":
    VALUE_OUTSIDE_SCALE = "value-outside-scale",
    VALUE_ORDER = "value-order",
    VALUE_TWICE = "value-twice",
    VALUE_IN_FUTURE = "value-in-future",
    UNAIMED_INDICATOR = "unaimed-indicator",
    ADOPTION_WITHOUT_TEAMS = "adoption-without-teams",
}

/// An indicator whose last value is as many months old is history: nobody aims at anything with it any more.
const HISTORY_MONTHS: u16 = 24;

/// Values are on their scale, one of a day and team, in the order of days, and none is of tomorrow.
pub(super) fn values(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for indicator in facts.book.tables.indicators.iter() {
        scale(facts, indicator, diags);
        order(facts, indicator, diags);
    }
}

fn about(
    facts: &Facts<'_>,
    indicator: &Entry<Indicator>,
    code: crate::base::diag::Code,
    span: Span,
) -> Diagnostic {
    Diagnostic::at(code, span).with("indicator", called(facts.book, indicator))
}

/// The values and the target lie between the ends of the scale.
fn scale(facts: &Facts<'_>, indicator: &Entry<Indicator>, diags: &mut Diagnostics) {
    let Some((least, most)) = indicator.data.bounds() else { return };
    let number = |number: f64| words::each_spoken(|lang| display(number, lang));
    let values = indicator.data.value.iter().filter_map(|value| value.value);
    for value in values.chain(indicator.data.target).filter(|own| own.value < least || own.value > most) {
        let finding = about(facts, indicator, VALUE_OUTSIDE_SCALE, value.span);
        let finding = finding.with("value", number(value.value)).with("least", number(least));
        diags.push(finding.with("most", number(most)));
    }
}

fn order(facts: &Facts<'_>, indicator: &Entry<Indicator>, diags: &mut Diagnostics) {
    let mut seen: BTreeMap<(Date, Option<&Slug>), Span> = BTreeMap::new();
    let mut last: BTreeMap<Option<&Slug>, Date> = BTreeMap::new();
    // A team that could not be read has been told; nobody knows whose value it is.
    let unread = |value: &Value| value.team.as_ref().is_some_and(|team| team.id().is_none());
    let dated = indicator.data.value.iter().filter_map(|value| Some((value.date.0?, value)));
    for (date, value) in dated.filter(|(_, value)| !unread(value)) {
        let team = value.team.as_ref().and_then(Ref::id);
        let first = seen.insert((date, team), value.id.span);
        let before = last.insert(team, date).filter(|before| *before > date);
        let code = match (date > facts.today, first, before) {
            (true, ..) => VALUE_IN_FUTURE,
            (_, Some(_), _) => VALUE_TWICE,
            (_, _, Some(_)) => VALUE_ORDER,
            _ => continue,
        };
        let finding = about(facts, indicator, code, value.id.span).also(first);
        diags.push(finding.with("date", date.everywhere()));
    }
}

/// An indicator that is in use asks something and aims at something.
pub(super) fn aims(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let since = facts.today.minus_months(HISTORY_MONTHS);
    let in_use = |indicator: &&Entry<Indicator>| {
        let last = indicator.data.value.iter().filter_map(|value| value.date.0).max();
        let old = last.zip(since).is_some_and(|(last, since)| last < since);
        indicator.data.computed.is_some() || !old
    };
    for indicator in facts.book.tables.indicators.iter().filter(|own| !own.faulty).filter(in_use) {
        let missing =
            [(indicator.data.question.is_empty(), "question"), (indicator.data.target.is_none(), "target")];
        let missing: Vec<PerLang<String>> = missing
            .into_iter()
            .filter(|(missing, _)| *missing)
            .map(|(_, key)| words::field(Kind::Indicator, key))
            .collect();
        if !missing.is_empty() {
            let finding = about(facts, indicator, UNAIMED_INDICATOR, indicator.span);
            diags.push(finding.with("missing", joined(facts.book, missing, ", ")));
        }
    }
}

/// How far teams have come can only be worked out where they are told.
pub(super) fn adoption(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let alone = |own: &&Entry<Indicator>| {
        own.data.computed == Some(Computed::Adoption) && own.data.adopted.is_empty() && !own.faulty
    };
    for indicator in facts.book.tables.indicators.iter().filter(alone) {
        diags.push(about(facts, indicator, ADOPTION_WITHOUT_TEAMS, indicator.span));
    }
}
