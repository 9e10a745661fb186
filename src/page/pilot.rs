//! A pilot: when, where and with whose money, what was done, what each party needed, who was heard, and the
//! story under the headings of Innokylä.

use super::Cx;
use super::markup::Facts;
use super::sheet::{Cell, Part, Sheet, Table};
use super::words::{Link, Rich};
use crate::base::date::Date;
use crate::base::html::Html;
use crate::base::number::display;
use crate::chart::sketch::{Name, draw};
use crate::chart::timeline::{Bar, Event, Timeline, layout};
use crate::model::kind::Kind;
use crate::model::pilot::{Heard, Needs, Pilot};
use crate::model::record::Row;
use crate::model::table::{AnyEntry, Entry, Ref, Target};
use crate::model::text::{At, Text};

pub(super) fn sheet(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Sheet {
    let told = [Kind::Indicator, Kind::Team];
    let sheet = Sheet { class: "pk-pilot", ..Sheet::of(cx, pilot, &told) };
    sheet
        .with(Part { facts: facts(cx, pilot), ..Part::new("_facts", cx.word("pilot.facts")) })
        .with(time(cx, pilot))
        .with(part("_needs", cx.word("pilot.needs"), needs(cx, pilot)))
        .with(part("_actions", cx.word("pilot.actions"), actions(cx, pilot)))
        .with(part("_evaluation", cx.word("pilot.evaluation"), evaluation(cx, &pilot.data)))
        .with(part("_heard", cx.word("pilot.heard"), heard(cx, pilot)))
        .with_body(cx, pilot)
}

fn part(id: &str, heading: &str, table: Table) -> Part {
    Part { table: Some(table), ..Part::new(id, heading) }
}

fn columns(cx: Cx<'_>, keys: &[&'static str]) -> Vec<String> {
    keys.iter().map(|key| cx.strings().get(key).to_owned()).collect()
}

/// The texts of rows, each with its address.
pub(super) fn rows<'r, T>(
    cx: Cx<'_>,
    pilot: &Entry<Pilot>,
    list: &str,
    rows: &'r [T],
    text: impl Fn(&'r T) -> (&'r Row, &'static str, &'r Text),
) -> Vec<Option<Rich>> {
    let kind = At::root("pilot");
    let at = kind.entity(pilot.id().as_str());
    let list = at.field(list);
    let rich = |(place, row): (usize, &'r T)| {
        let (id, field, text) = text(row);
        let name = id.name(place);
        let row = list.field(&name);
        cx.rich(text, &row.field(field))
    };
    rows.iter().enumerate().map(rich).collect()
}

/// When, where, with whose money and with whom.
pub(super) fn facts(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Facts {
    let data = &pilot.data;
    let at = At::root("pilot");
    let at = at.entity(pilot.id().as_str());
    let words = |key: &str, text: &Text| {
        let words = cx.words(text, &at.field(key));
        words.map(|words| vec![Link { words, ..Link::default() }]).unwrap_or_default()
    };
    let time = when(cx, data.start.0, data.end.0).map(|time| vec![Link::plain(&time)]);
    let euros = |amount: f64| cx.strings().with("measured.euros", &[("n", &display(amount, cx.lang))]);
    let budget = data.budget.map(|budget| vec![Link::plain(&euros(budget.value))]);
    let grant = data.grant.map(|grant| vec![Link::plain(&euros(grant.value)).noted(share(cx, data))]);
    let groups = rows(cx, pilot, "group", &data.group, |row| (&row.id, "text", &row.text));
    let groups = groups.into_iter().flatten().map(|text| Link::plain(&text.plain)).collect();
    let facts = [
        cx.fact("pilot.time", time.unwrap_or_default()),
        cx.fact("pilot.place", words("place", &data.place)),
        cx.fact("pilot.funder", words("funder", &data.funder)),
        cx.fact("pilot.budget", budget.unwrap_or_default()),
        cx.fact("pilot.grant", grant.unwrap_or_default()),
        cx.fact("pilot.groups", groups),
        cx.fact("pilot.teams", links(cx, &data.teams)),
    ];
    facts.into_iter().flatten().collect()
}

/// What the list tells of a pilot: when and where.
pub(super) fn brief(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Facts {
    let (time, place) = (cx.word("pilot.time"), cx.word("pilot.place"));
    facts(cx, pilot).into_iter().filter(|fact| fact.label == time || fact.label == place).collect()
}

fn links<T: Target>(cx: Cx<'_>, refs: &[Ref<T>]) -> Vec<Link> {
    cx.links(&refs.iter().filter_map(|own| cx.book().target(own)).collect::<Vec<_>>())
}

/// Which share of the whole was granted.
fn share(cx: Cx<'_>, pilot: &Pilot) -> Option<String> {
    let (grant, budget) = (pilot.grant?.value, pilot.budget?.value);
    let share = (grant / budget * 1000.0).round() / 10.0;
    let told = budget > 0.0 && (0.0..=100.0).contains(&share);
    told.then(|| cx.strings().with("pilot.share", &[("n", &display(share, cx.lang))]))
}

/// From when until when.
pub(super) fn when(cx: Cx<'_>, start: Option<Date>, end: Option<Date>) -> Option<String> {
    let day = |date: Option<Date>| date.map(|date| cx.date(date)).unwrap_or_default();
    match (start, end) {
        (None, None) => None,
        (Some(only), Some(end)) if only == end => Some(cx.date(only)),
        _ => Some(format!("{}–{}", day(start), day(end))),
    }
}

/// The project, its parts and what happened: a drawing and the same as a table.
fn time(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Part {
    let all = stretches(cx, pilot);
    // The time of the whole alone stands among the facts.
    if all.len() < 2 {
        return Part::default();
    }
    let figure_html = figure(cx, pilot, &all);
    Part { figure_html, ..part("_time", cx.word("pilot.timeline"), stages(cx, pilot)) }
}

/// The same as a table.
pub(super) fn stages(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Table {
    let row = |(text, start, end, _): Stretch| {
        vec![Cell::text(text), Cell::plain(&when(cx, start, end).unwrap_or_default())]
    };
    Table {
        columns: columns(cx, &["pilot.what", "pilot.when"]),
        rows: stretches(cx, pilot).into_iter().map(row).collect(),
    }
}

/// The project, its parts as written, and what happened by day.
fn stretches(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Vec<Stretch> {
    let data = &pilot.data;
    let parts = rows(cx, pilot, "part", &data.part, |part| (&part.id, "text", &part.text));
    let parts = parts.into_iter().zip(&data.part).map(|(text, part)| (text, part.start.0, part.end.0, false));
    let events = rows(cx, pilot, "event", &data.event, |event| (&event.id, "text", &event.text));
    let mut events: Vec<Stretch> = events
        .into_iter()
        .zip(&data.event)
        .map(|(text, event)| (text, event.date.0, event.date.0, true))
        .collect();
    events.sort_by_key(|(_, date, ..)| *date);
    let whole = cx.word("pilot.whole").to_owned();
    let text_html = crate::base::html::escape(&whole);
    let whole = Rich { plain: whole, text_html, ..Rich::default() };
    let whole = (Some(whole), data.start.0, data.end.0, false);
    let told = whole.1.is_some() || whole.2.is_some();
    [whole].into_iter().filter(|_| told).chain(parts).chain(events).collect()
}

/// What takes time: its words, the first and the last day, and whether it is an event.
type Stretch = (Option<Rich>, Option<Date>, Option<Date>, bool);

fn figure(cx: Cx<'_>, pilot: &Entry<Pilot>, all: &[Stretch]) -> Option<Html> {
    let mut timeline = Timeline { lang: cx.lang, ..Timeline::default() };
    let whole = pilot.data.start.0.is_some();
    for (at, (text, start, end, event)) in all.iter().enumerate() {
        let (Some(text), Some(from), Some(to)) = (text, *start, *end) else { continue };
        let label = format!("{}, {}", text.plain, months(cx, from, to, *event));
        if *event {
            timeline.events.push(Event { label, date: from });
        } else {
            // What ends before it begins is told by a check, and drawn as a day.
            timeline.bars.push(Bar { label, from, to: to.max(from), whole: whole && at == 0 });
        }
    }
    if timeline.bars.len() + timeline.events.len() < 2 {
        return None;
    }
    let title = cx.strings().with("timeline.title", &[("name", &cx.name(pilot).text)]);
    let description = cx.word("timeline.description");
    Some(super::measure::frame(&[("wide", 660.0), ("narrow", 288.0)].map(|(size, width)| {
        let id = format!("_timeline-{size}");
        let class = format!("pk-chart-{size}");
        let name = Name { id: &id, class: &class, title: &title, description };
        draw(&layout(&timeline, width), &name)
    })))
}

/// The months of a bar, the day of an event.
fn months(cx: Cx<'_>, from: Date, to: Date, event: bool) -> String {
    let month = |date: Date| format!("{}/{}", date.month(), date.year());
    if event { cx.date(from) } else { format!("{}–{}", month(from), month(to)) }
}

/// What each of the four parties needed.
fn needs(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Table {
    let row =
        |(party, text): (&str, Rich)| vec![Cell::plain(&cx.word_of("party", party)), Cell::text(Some(text))];
    Table {
        columns: columns(cx, &["pilot.party", "pilot.need"]),
        rows: needed(cx, pilot).into_iter().map(row).collect(),
    }
}

/// The needs that are told, by party.
pub(super) fn needed(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Vec<(&'static str, Rich)> {
    let kind = At::root("pilot");
    let at = kind.entity(pilot.id().as_str());
    let at = at.field("needs");
    let texts = pilot.data.needs.as_ref().map(Needs::parties).into_iter().flatten();
    texts.filter_map(|(party, text)| Some((party, cx.rich(text, &at.field(party))?))).collect()
}

pub(super) fn actions(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Table {
    let texts = rows(cx, pilot, "action", &pilot.data.action, |action| (&action.id, "text", &action.text));
    let told = pilot.data.action.iter().any(|action| action.state.is_some());
    let row = |(text, action): (Option<Rich>, &crate::model::pilot::Action)| {
        let state = action.state.map(|state| cx.word_of("action", state.as_str()));
        let state = told.then(|| Cell::plain(&state.unwrap_or_default()));
        std::iter::once(Cell::text(text)).chain(state).collect()
    };
    Table {
        columns: columns(cx, if told { &["pilot.action", "pilot.state"] } else { &["pilot.action"] }),
        rows: texts.into_iter().zip(&pilot.data.action).map(row).collect(),
    }
}

pub(super) fn evaluation(cx: Cx<'_>, pilot: &Pilot) -> Table {
    let indicators = pilot.evaluation.iter().filter_map(|own| cx.book().tables.indicators.shown(own.id()?));
    let row = |indicator: &Entry<crate::model::indicator::Indicator>| {
        let kind = At::root("indicator");
        let at = kind.entity(indicator.id().as_str());
        let question = cx.rich(&indicator.data.question, &at.field("question"));
        let unit = indicator.data.unit;
        let target = indicator.data.target.map(|target| super::measure::amount(cx, unit, target.value));
        vec![
            Cell::link(cx.link(&indicator.key())),
            Cell::text(question),
            Cell::links(super::indicator::latest(cx, indicator)),
            Cell::plain(&target.unwrap_or_default()),
        ]
    };
    let keys = ["pilot.indicator", "pilot.question", "pilot.latest", "pilot.target"];
    Table { columns: columns(cx, &keys), rows: indicators.map(row).collect() }
}

/// Who was heard; honestly also who was not, and why.
pub(super) fn heard(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Table {
    let of = |field: &'static str, text: fn(&Heard) -> &Text| {
        rows(cx, pilot, "heard", &pilot.data.heard, move |heard| (&heard.id, field, text(heard)))
    };
    let mut columns_of = [
        of("who", |heard| &heard.who),
        of("how", |heard| &heard.how),
        of("effect", |heard| &heard.effect),
        of("not_because", |heard| &heard.not_because),
    ]
    .map(Vec::into_iter);
    let row = |heard: &Heard| {
        let [who, how, effect, because] = columns_of.each_mut().map(|texts| texts.next().flatten());
        let date = heard.date.0.map(|date| cx.date(date)).unwrap_or_default();
        match because {
            Some(because) => {
                let reason = super::question::labelled(cx, "pilot.not_heard", because);
                vec![Cell::text(who), Cell::plain(&date), Cell::text(how), Cell::text(Some(reason))]
            }
            None => vec![Cell::text(who), Cell::plain(&date), Cell::text(how), Cell::text(effect)],
        }
    };
    let rows = pilot.data.heard.iter().map(row).collect();
    let keys = ["pilot.who", "pilot.when", "pilot.how", "pilot.effect"];
    Table { columns: columns(cx, &keys), rows }
}
