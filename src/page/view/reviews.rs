//! The calendar of reviews: what is overdue, and what is due month by month.

use std::collections::BTreeMap;

use super::super::Cx;
use super::super::frame::owner_link;
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::words::Link;
use crate::base::date::Date;
use crate::model::review;
use crate::model::table::AnyEntry;
use crate::route::View;

/// An entity and the day by which it has to be read again.
pub(in crate::page) type Due<'a> = (Date, &'a dyn AnyEntry);

/// What is due later than this stands under one heading.
const MONTHS: u16 = 12;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let all = all(cx);
    let sheet = Sheet { class: "pk-reviews", ..super::overview(cx, View::Reviews) };
    let sheet = sheet.with(overdue(cx, &all));
    let sheet = coming(cx, &all).into_iter().fold(sheet, Sheet::with);
    sheet.with(Part { links: undated(cx), ..Part::new("_undated", cx.word("reviews.undated")) })
}

/// Everything that has to be read again, by day.
pub(in crate::page) fn all<'a>(cx: Cx<'a>) -> Vec<Due<'a>> {
    let config = &cx.book().config;
    let due = |entry: &'a dyn AnyEntry| Some((review::due(entry.meta(), config)?, entry));
    let mut all: Vec<Due<'a>> = cx.book().tables.entries().filter_map(due).collect();
    all.sort_by_key(|(due, entry)| (*due, entry.span()));
    all
}

/// What should have been read again already.
pub(in crate::page) fn overdue(cx: Cx<'_>, all: &[Due<'_>]) -> Part {
    let late: Vec<&Due<'_>> = all.iter().filter(|(due, _)| *due < cx.world.today).collect();
    let lead =
        if late.is_empty() { cx.word("reviews.none_overdue") } else { cx.word("reviews.overdue_lead") };
    let part = Part::new("_overdue", cx.word("reviews.overdue"));
    Part { lead: Some(lead.to_owned()), table: (!late.is_empty()).then(|| table(cx, &late)), ..part }
}

/// A part for each month to come, and one for what is due later.
fn coming(cx: Cx<'_>, all: &[Due<'_>]) -> Vec<Part> {
    let last = cx.world.today.plus_months(MONTHS);
    let mut months: BTreeMap<Option<(i16, i8)>, Vec<&Due<'_>>> = BTreeMap::new();
    let mut later = Vec::new();
    for due in all.iter().filter(|(due, _)| *due >= cx.world.today) {
        if last.is_some_and(|last| due.0 > last) {
            later.push(due);
        } else {
            months.entry(Some((due.0.year(), due.0.month()))).or_default().push(due);
        }
    }
    let month = |(month, due): (Option<(i16, i8)>, Vec<&Due<'_>>)| {
        let (year, month) = month?;
        let name = due.first()?.0.display_month(cx.lang);
        let part = Part::new(&format!("_{year}-{month:02}"), &capital(&name));
        Some(Part { table: Some(table(cx, &due)), ..part })
    };
    let later = Part { table: Some(table(cx, &later)), ..Part::new("_later", cx.word("reviews.later")) };
    months.into_iter().filter_map(month).chain([later]).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn table(cx: Cx<'_>, due: &[&Due<'_>]) -> Table {
    let columns = ["reviews.what", "reviews.kind", "trust.owner", "trust.reviewed", "trust.due"];
    Table::new(cx, &columns, due.iter().map(|(due, entry)| row(cx, *due, *entry)).collect())
}

fn row(cx: Cx<'_>, due: Date, entry: &dyn AnyEntry) -> Vec<Cell> {
    let (key, meta) = (entry.key(), entry.meta());
    let date = |date: Option<Date>| Cell::plain(&date.map(|date| cx.date(date)).unwrap_or_default());
    vec![
        Cell::link(cx.link(&key)),
        Cell::plain(&cx.kind_word(key.kind)),
        Cell::link(meta.owner.as_ref().map(|owner| owner_link(cx, owner))),
        date(meta.reviewed.0),
        date(Some(due)),
    ]
}

/// What somebody ought to read again, but without a day for it.
fn undated(cx: Cx<'_>) -> Vec<Link> {
    let config = &cx.book().config;
    let without = |entry: &&dyn AnyEntry| review::due(entry.meta(), config).is_none();
    let all = review::KINDS.iter().flat_map(|kind| cx.book().tables.of(*kind)).filter(without);
    all.filter_map(|entry| Some(cx.link(&entry.key())?.noted(Some(cx.kind_word(entry.key().kind))))).collect()
}
