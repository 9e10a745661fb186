//! An indicator: what it asks, how it is measured, how the values have changed, and how far the target is.

use std::collections::BTreeMap;

use super::Cx;
use super::markup::Facts;
use super::measure::{amount, difference, unit};
use super::reading::{Reading, percent, readings, tally};
use super::sheet::{Cell, Part, Sheet, Table};
use super::words::Link;
use crate::base::html::Html;
use crate::base::number::display;
use crate::chart::series::{Plot, Series, layout};
use crate::chart::sketch::{Name, draw};
use crate::model::indicator::{Computed, FEW, Indicator};
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::translation::State;

pub(super) fn sheet(cx: Cx<'_>, indicator: &Entry<Indicator>) -> Sheet {
    let (key, data) = (indicator.key(), &indicator.data);
    let readings = readings(cx, indicator);
    let hides = readings.iter().any(|reading| reading.value.is_none());
    let few = hides.then(|| cx.strings().with("indicator.few", &[("n", &FEW.to_string())]));
    let texts = [("question", &data.question), ("method", &data.method)];
    let sheet = Sheet {
        notice: data.example.then(|| cx.word("indicator.example").to_owned()),
        ..Sheet::of(cx, indicator, &[Kind::Pilot])
    };
    sheet
        .with(Part {
            texts: super::sheet::texts(cx, &key, &texts),
            ..Part::new("_facts", cx.word("indicator.facts"))
        })
        .with(Part { facts: facts(cx, indicator, &readings), ..Part::default() })
        .with(Part {
            lead: few,
            figure_html: figure(cx, indicator, &readings),
            table: Some(table(cx, data, &readings)),
            ..Part::new("_values", cx.word("indicator.values"))
        })
        .with(behind(cx, data))
        .with_body(cx, indicator)
}

fn facts(cx: Cx<'_>, indicator: &Entry<Indicator>, readings: &[Reading]) -> Facts {
    let data = &indicator.data;
    let plain = |text: String| vec![Link::plain(&text)];
    let target = data.target.map(|target| plain(amount(cx, data.unit, target.value)));
    let viewpoint = data.viewpoint.map(|own| plain(cx.word_of("viewpoint", own.as_str())));
    let computed = data.computed.map(|own| plain(cx.word_of("computed", own.as_str())));
    let key = indicator.key();
    let pilots = cx.world.reading.links().back(&key).filter(|back| back.kind == Kind::Pilot).cloned();
    let facts = [
        cx.fact("indicator.latest", latest_of(cx, data, readings)),
        cx.fact("indicator.target", target.unwrap_or_default()),
        cx.fact("indicator.better", plain(cx.word_of("better", data.better.as_str()))),
        cx.fact("indicator.unit", plain(unit(cx, data))),
        cx.fact("indicator.viewpoint", viewpoint.unwrap_or_default()),
        cx.fact("indicator.computed", computed.unwrap_or_default()),
        cx.fact("indicator.pilots", cx.links(&cx.in_order(pilots))),
    ];
    facts.into_iter().flatten().collect()
}

/// What the list tells of an indicator.
pub(super) fn brief(cx: Cx<'_>, indicator: &Entry<Indicator>) -> Facts {
    let data = &indicator.data;
    let target = data.target.map(|target| Link::plain(&amount(cx, data.unit, target.value)));
    let facts = [
        cx.fact("indicator.latest", latest(cx, indicator)),
        cx.fact("indicator.target", target.into_iter().collect()),
    ];
    facts.into_iter().flatten().collect()
}

/// The newest value of all, or of each team where there is none of all.
fn latest_of(cx: Cx<'_>, data: &Indicator, readings: &[Reading]) -> Vec<Link> {
    let value = |reading: &Reading| Some((reading.date, amount(cx, data.unit, reading.value?)));
    if let Some((date, text)) = readings.iter().rev().filter(|own| own.team.is_none()).find_map(value) {
        return vec![Link::plain(&text).noted(Some(cx.date(date)))];
    }
    let mut teams: BTreeMap<&Key, (crate::base::date::Date, String)> = BTreeMap::new();
    for reading in readings {
        if let (Some(team), Some(value)) = (&reading.team, value(reading)) {
            teams.insert(team, value);
        }
    }
    let link = |key: Key| {
        let (date, text) = teams.get(&key)?;
        Some(cx.link(&key)?.noted(Some(format!("{text} ({})", cx.date(*date)))))
    };
    cx.in_order(teams.keys().copied().cloned()).into_iter().filter_map(link).collect()
}

/// The newest value of an indicator in a line, for other pages.
pub(super) fn latest(cx: Cx<'_>, indicator: &Entry<Indicator>) -> Vec<Link> {
    let links = latest_of(cx, &indicator.data, &readings(cx, indicator));
    let example = indicator.data.example.then(|| cx.word("indicator.made_up").to_owned());
    let marked = |link: Link| {
        let note = link.note.iter().chain(&example).cloned().collect::<Vec<_>>().join(", ");
        link.noted(Some(note).filter(|note| !note.is_empty()))
    };
    links.into_iter().map(marked).collect()
}

/// The values as a table; columns that nothing stands in are left out.
fn table(cx: Cx<'_>, data: &Indicator, readings: &[Reading]) -> Table {
    let teams = readings.iter().any(|reading| reading.team.is_some());
    let answers = readings.iter().any(|reading| reading.n.is_some() || reading.value.is_none());
    let sources = readings.iter().any(|reading| reading.source.is_some());
    let value = if data.example { "indicator.example_value" } else { "indicator.value" };
    let columns = [
        (true, "indicator.date"),
        (teams, "indicator.team"),
        (true, value),
        (answers, "indicator.answers"),
        (data.target.is_some(), "indicator.difference"),
        (sources, "indicator.source"),
    ];
    let shown = columns.map(|(shown, _)| shown);
    let row = |reading: &Reading| {
        let cells = cells(cx, data, reading);
        cells.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(cell, _)| cell).collect()
    };
    let columns = columns.into_iter().filter(|(shown, _)| *shown);
    Table {
        columns: columns.map(|(_, key)| cx.strings().get(key).to_owned()).collect(),
        rows: readings.iter().map(row).collect(),
    }
}

fn cells(cx: Cx<'_>, data: &Indicator, reading: &Reading) -> [Cell; 6] {
    let team = || reading.team.as_ref().and_then(|team| cx.link(team));
    let hidden = || cx.strings().with("indicator.hidden", &[("n", &FEW.to_string())]);
    let value = match reading.value {
        Some(value) => Cell::number(&amount(cx, data.unit, value)),
        None => Cell::plain(&hidden()),
    };
    let difference = reading.value.and_then(|value| difference(cx, data, value));
    [
        Cell::plain(&cx.date(reading.date)),
        team().map_or_else(|| Cell::plain(cx.word("indicator.all")), |team| Cell::link(Some(team))),
        value,
        reading.n.map_or_else(Cell::default, |n| Cell::number(&n.to_string())),
        Cell::plain(&difference.unwrap_or_default()),
        Cell::text(reading.source.clone()),
    ]
}

/// The values as a drawing, twice: for wide and for narrow screens. One day alone is no change over time.
fn figure(cx: Cx<'_>, indicator: &Entry<Indicator>, readings: &[Reading]) -> Option<Html> {
    let shown = || readings.iter().filter(|reading| reading.value.is_some());
    let first = shown().next()?.date;
    let last = shown().next_back()?.date;
    if first == last {
        return None;
    }
    let plot = plot(cx, &indicator.data, readings);
    let title = cx.strings().with(
        "indicator.chart",
        &[("name", &cx.name(indicator).text), ("from", &cx.date(first)), ("to", &cx.date(last))],
    );
    let said = latest(cx, indicator).into_iter().map(|link| match link.note {
        Some(note) => format!("{} ({note})", link.words.text),
        None => link.words.text,
    });
    let target = plot.target.iter().map(|(_, words)| words.clone());
    let said: Vec<String> = said.chain(target).chain([cx.word("indicator.below").to_owned()]).collect();
    Some(super::measure::frame(&[("wide", 660.0), ("narrow", 288.0)].map(|(size, width)| {
        let id = format!("_chart-{size}");
        let class = format!("pk-chart-{size}");
        let name = Name { id: &id, class: &class, title: &title, description: &said.join(". ") };
        draw(&layout(&plot, width), &name)
    })))
}

fn plot(cx: Cx<'_>, data: &Indicator, readings: &[Reading]) -> Plot {
    let mut series: Vec<(Option<&Key>, Series)> = Vec::new();
    let teams = readings.iter().any(|reading| reading.team.is_some());
    let holds = data.computed == Some(Computed::Adoption);
    for reading in readings {
        let Some(value) = reading.value else { continue };
        let team = reading.team.as_ref();
        let at = series.iter().position(|(own, _)| *own == team).unwrap_or_else(|| {
            let name = team.and_then(|team| cx.link(team)).map(|link| link.words.text);
            let name = name.unwrap_or_else(|| cx.word("indicator.all").to_owned());
            series.push((
                team,
                Series { name: if teams { name } else { String::new() }, points: Vec::new(), holds },
            ));
            series.len() - 1
        });
        series[at].1.points.push((reading.date, value));
    }
    let of = |target: f64| cx.strings().with("indicator.aim", &[("value", &amount(cx, data.unit, target))]);
    let example = data.example.then(|| cx.word("indicator.made_up").to_owned());
    Plot {
        series: series.into_iter().map(|(_, series)| series).collect(),
        target: data.target.map(|target| (target.value, of(target.value))),
        unit: [unit(cx, data)].into_iter().chain(example).collect::<Vec<_>>().join(" · "),
        scale: data.bounds(),
        lang: cx.lang,
    }
}

/// What a value that polku works out is made of.
fn behind(cx: Cx<'_>, data: &Indicator) -> Part {
    let columns = |keys: &[&'static str]| keys.iter().map(|key| cx.strings().get(key).to_owned()).collect();
    let (id, heading, columns, rows) = match data.computed {
        None => return adopted(cx, data),
        Some(Computed::Adoption) => return adopted(cx, data),
        Some(Computed::Translations) => (
            "_languages",
            "indicator.by_language",
            columns(&["indicator.language", "indicator.texts", "indicator.current", "indicator.share"]),
            languages(cx),
        ),
        Some(Computed::OverdueReviews) => {
            ("_kinds", "indicator.by_kind", columns(&["indicator.kind", "indicator.overdue"]), kinds(cx))
        }
    };
    let table = Table { columns, rows };
    Part { table: Some(table), ..Part::new(id, cx.strings().get(heading)) }
}

/// How far each team has come.
fn adopted(cx: Cx<'_>, data: &Indicator) -> Part {
    let row = |team: &crate::model::indicator::Adopted| {
        let key = cx.book().target(team.team.as_ref()?)?;
        let date = team.date.0.map(|date| cx.date(date)).unwrap_or_default();
        let stage = cx.word_of("stage", team.stage.as_str());
        Some(vec![Cell::link(cx.link(&key)), Cell::plain(&stage), Cell::plain(&date)])
    };
    let table = Table {
        columns: ["indicator.team", "indicator.stage", "indicator.since"]
            .map(|key| cx.strings().get(key).to_owned())
            .to_vec(),
        rows: data.adopted.iter().filter_map(row).collect(),
    };
    Part { table: Some(table), ..Part::new("_teams", cx.word("indicator.by_team")) }
}

fn languages(cx: Cx<'_>) -> Vec<Vec<Cell>> {
    let tally = tally(cx);
    let row = |lang| {
        let (all, current) = (tally.all(lang), tally.count(lang, State::Current));
        let share = display(percent(current, all), cx.lang);
        vec![
            Cell::plain(&cx.language_phrase("own", lang)),
            Cell::number(&all.to_string()),
            Cell::number(&current.to_string()),
            Cell::number(&cx.strings().with("measured.percent", &[("n", &share)])),
        ]
    };
    tally.langs().map(row).collect()
}

/// The overdue by kind.
fn kinds(cx: Cx<'_>) -> Vec<Vec<Cell>> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for entry in crate::model::review::overdue(cx.book(), cx.world.today) {
        *counts.entry(entry.key().kind).or_default() += 1;
    }
    let row = |(kind, count): (Kind, usize)| {
        vec![Cell::plain(&cx.word_of("_kinds", kind.as_str())), Cell::number(&count.to_string())]
    };
    counts.into_iter().map(row).collect()
}
