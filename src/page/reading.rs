//! What has been measured: the values of the file, and what polku works out itself on the day of reading.

use super::Cx;
use crate::base::date::Date;
use crate::base::lang::Lang;
use crate::model::indicator::{Adopted, Computed, Indicator, Stage};
use crate::model::table::{Entry, Key};
use crate::model::text::{At, Text};
use crate::model::translation::{State, Tally};
use crate::page::words::Rich;

/// A value on a day.
pub(super) struct Reading {
    /// The day.
    pub date: Date,
    /// The value; none where so few of a team answered that it is not shown.
    pub value: Option<f64>,
    /// How many answered, where that is told and shown.
    pub n: Option<u32>,
    /// Whose it is; none for all.
    pub team: Option<Key>,
    /// Where it was told.
    pub source: Option<Rich>,
}

/// The values of an indicator by day, that of all before those of teams.
pub(super) fn readings(cx: Cx<'_>, entry: &Entry<Indicator>) -> Vec<Reading> {
    let given = given(cx, entry);
    let now = computed(cx, &entry.data).into_iter();
    let now = now.filter(|now| !given.iter().any(|own| own.date == now.0 && own.team.is_none()));
    let now: Vec<Reading> = now.map(|(date, value)| whole(date, value)).collect();
    let mut all: Vec<Reading> = given.into_iter().chain(now).collect();
    all.sort_by_key(|reading| (reading.date, reading.team.is_some()));
    all
}

fn whole(date: Date, value: f64) -> Reading {
    Reading { date, value: Some(value), n: None, team: None, source: None }
}

fn given(cx: Cx<'_>, entry: &Entry<Indicator>) -> Vec<Reading> {
    let kind = At::root("indicator");
    let at = kind.entity(entry.id().as_str());
    let values = at.field("value");
    let reading = |(place, value): (usize, &crate::model::indicator::Value)| {
        let hidden = entry.data.is_hidden(value);
        let name = value.id.name(place);
        let row = values.field(&name);
        Some(Reading {
            date: value.date.0?,
            value: Some(value.value?.value).filter(|_| !hidden),
            n: value.n.filter(|_| !hidden),
            team: value.team.as_ref().and_then(|team| cx.book().target(team)),
            source: source(cx, &value.source, &row),
        })
    };
    entry.data.value.iter().enumerate().filter_map(reading).collect()
}

fn source(cx: Cx<'_>, text: &Text, row: &At<'_>) -> Option<Rich> {
    cx.rich(text, &row.field("source"))
}

/// What polku works out: the day and the value, several where the days are known.
fn computed(cx: Cx<'_>, indicator: &Indicator) -> Vec<(Date, f64)> {
    let today = cx.world.today;
    match indicator.computed {
        Some(Computed::Adoption) => adoption(&indicator.adopted, today),
        Some(Computed::Translations) => {
            let (all, current) = tallied(&tally(cx));
            Some((today, percent(current, all))).filter(|_| all > 0).into_iter().collect()
        }
        Some(Computed::OverdueReviews) => {
            let number = crate::model::review::overdue(cx.book(), today).count();
            vec![(today, f64::from(u32::try_from(number).unwrap_or(u32::MAX)))]
        }
        None => Vec::new(),
    }
}

/// The share of teams in which the division of work is in use: on every day on which one more began to use it,
/// and today.
fn adoption(teams: &[Adopted], today: Date) -> Vec<(Date, f64)> {
    let used = |day: Date| {
        let began = |team: &&Adopted| team.date.0.is_none_or(|date| date <= day);
        teams.iter().filter(|team| team.stage == Stage::InUse).filter(began).count()
    };
    let began = teams.iter().filter(|team| team.stage == Stage::InUse).filter_map(|team| team.date.0);
    let mut days: Vec<Date> = began.filter(|day| *day <= today).chain([today]).collect();
    days.sort();
    days.dedup();
    days.into_iter().filter(|_| !teams.is_empty()).map(|day| (day, percent(used(day), teams.len()))).collect()
}

/// A share in per cent, to a tenth.
pub(super) fn percent(part: usize, all: usize) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if all == 0 { 0.0 } else { (count(part) / count(all) * 1000.0).round() / 10.0 }
}

/// How many texts match their twins.
pub(super) fn tally(cx: Cx<'_>) -> Tally {
    cx.world.reading.translations().tally(|_| ()).remove(&()).unwrap_or_default()
}

fn tallied(tally: &Tally) -> (usize, usize) {
    let langs: Vec<Lang> = tally.langs().collect();
    let all = langs.iter().map(|lang| tally.all(*lang)).sum();
    (all, langs.iter().map(|lang| tally.count(*lang, State::Current)).sum())
}
