//! The six steps of making a division of work, and how far this handbook has come in each: everything is
//! counted from the content, and the page says how.

use std::collections::BTreeSet;

use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::words::Link;
use super::super::{Cx, Progress};
use crate::base::html::{Html, Writer};
use crate::model::cell;
use crate::model::kind::Kind;
use crate::model::prose;
use crate::model::review;
use crate::model::table::{AnyEntry, Key};
use crate::route::View;
use crate::syntax::slug::Slug;

/// A step as counted.
struct Step {
    id: &'static str,
    title: &'static str,
    what: &'static str,
    how: &'static str,
    done: usize,
    of: usize,
    missing: Vec<Link>,
}

/// More than so many missing things are only counted.
const MOST: usize = 12;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let steps = steps(cx);
    let summary =
        Part { table: Some(table(cx, &steps)), ..Part::new("_progress", cx.word("method.progress")) };
    let sheet = Sheet {
        notice: Some(cx.word("method.notice").to_owned()),
        class: "pk-method",
        ..super::overview(cx, View::Method)
    };
    steps.into_iter().map(|step| part(cx, step)).fold(sheet.with(summary), Sheet::with)
}

/// The steps in numbers alone.
pub(in crate::page) fn progress(cx: Cx<'_>) -> Vec<Progress> {
    let of = |step: Step| Progress {
        id: step.id,
        title: cx.strings().get(step.title).to_owned(),
        done: step.done,
        of: step.of,
    };
    steps(cx).into_iter().map(of).collect()
}

fn steps(cx: Cx<'_>) -> Vec<Step> {
    let cells = cx.world.cells();
    let written = |part: prose::Part| {
        let missing =
            cells.iter().filter(|cell| !cell.written.contains(&part)).filter_map(|cell| of_cell(cx, cell));
        missing.collect::<Vec<Link>>()
    };
    let of_cells = |id, title, what, how, part| {
        let missing = written(part);
        Step { id, title, what, how, done: cells.len() - missing.len(), of: cells.len(), missing }
    };
    vec![
        phases(cx),
        of_cells(
            "contents",
            "method.contents",
            "method.contents_what",
            "method.contents_how",
            prose::Part::Content,
        ),
        of_cells("goals", "method.goals", "method.goals_what", "method.goals_how", prose::Part::Goal),
        of_cells(
            "relation",
            "method.relation",
            "method.relation_what",
            "method.relation_how",
            prose::Part::Relation,
        ),
        clients(cx),
        evaluation(cx),
    ]
}

/// A cell as a link to the phase on the role's page.
fn of_cell(cx: Cx<'_>, cell: &cell::Cell) -> Option<Link> {
    let link = cx.link(&Key::new(Kind::Role, cell.role.clone()))?;
    let phase = cx.link(&Key::new(Kind::Phase, cell.phase.clone())).map(|phase| phase.words.text);
    let href = link.href.clone().map(|href| format!("{href}#{}", cell.phase));
    Some(Link { href, ..link }.noted(phase))
}

/// Phases with a task that a role does.
fn phases(cx: Cx<'_>) -> Step {
    let tables = &cx.book().tables;
    let division = cx.world.reading.division();
    let manned: BTreeSet<&Slug> =
        tables.roles.iter().flat_map(|role| cell::worked(cx.book(), division, role)).collect();
    let all = division.phases();
    let missing: Vec<Key> = all
        .iter()
        .filter(|phase| !manned.contains(phase))
        .map(|phase| Key::new(Kind::Phase, phase.clone()))
        .collect();
    Step {
        id: "phases",
        title: "method.phases",
        what: "method.phases_what",
        how: "method.phases_how",
        done: all.len() - missing.len(),
        of: all.len(),
        missing: cx.links(&missing),
    }
}

/// Hearings of which it is told what changed.
fn clients(cx: Cx<'_>) -> Step {
    let (mut done, mut of, mut missing) = (0, 0, Vec::new());
    for pilot in cx.book().tables.pilots.iter() {
        let heard = pilot.data.heard.len();
        let with = pilot.data.heard.iter().filter(|heard| !heard.effect.is_empty()).count();
        (done, of) = (done + with, of + heard);
        let lacking = (with < heard).then(|| format!("{} / {heard}", heard - with));
        missing.extend(lacking.and_then(|lacking| Some(cx.link(&pilot.key())?.noted(Some(lacking)))));
    }
    Step {
        id: "clients",
        title: "method.clients",
        what: "method.clients_what",
        how: "method.clients_how",
        done,
        of,
        missing,
    }
}

/// What has been read with care and need not be read again yet.
fn evaluation(cx: Cx<'_>) -> Step {
    let (config, today) = (&cx.book().config, cx.world.today);
    let all = || review::KINDS.iter().flat_map(|kind| cx.book().tables.of(*kind));
    let fresh = |entry: &&dyn AnyEntry| {
        entry.meta().reviewed.0.is_some() && !review::is_overdue(entry.meta(), config, today)
    };
    let missing: Vec<Key> = all().filter(|entry| !fresh(entry)).map(AnyEntry::key).collect();
    let of = all().count();
    Step {
        id: "evaluation",
        title: "method.evaluation",
        what: "method.evaluation_what",
        how: "method.evaluation_how",
        done: of - missing.len(),
        of,
        missing: cx.links(&missing),
    }
}

fn table(cx: Cx<'_>, steps: &[Step]) -> Table {
    let row = |step: &Step| {
        let title = Link::to(format!("#{}", step.id), cx.strings().get(step.title));
        let share = (step.of > 0).then(|| format!("{}\u{a0}%", step.done * 100 / step.of));
        vec![
            Cell::link(Some(title)),
            Cell::number(&step.done.to_string()),
            Cell::number(&step.of.to_string()),
            Cell::number(share.as_deref().unwrap_or("–")),
        ]
    };
    let columns = ["method.step", "method.done", "method.of", "method.share"];
    Table::new(cx, &columns, steps.iter().map(row).collect())
}

fn part(cx: Cx<'_>, step: Step) -> Part {
    let how = format!("{} {}", cx.word("method.how"), cx.strings().get(step.how));
    let more = step.missing.len().saturating_sub(MOST);
    let mut links = step.missing;
    links.truncate(MOST);
    if more > 0 {
        links.push(Link::plain(&cx.strings().with("method.more", &[("n", &more.to_string())])));
    }
    let figure_html = Some(meter(cx, step.id, step.done, step.of, &how));
    let lead = Some(cx.strings().get(step.what).to_owned());
    Part { lead, figure_html, links, ..Part::new(step.id, cx.strings().get(step.title)) }
}

/// How far a step has come, as a bar and in numbers, and how it was counted.
fn meter(cx: Cx<'_>, id: &'static str, done: usize, of: usize, how: &str) -> Html {
    let mut out = Writer::default();
    out.raw("<p class=\"pk-progress\">");
    let told = if of == 0 { cx.word("method.nothing").to_owned() } else { format!("{done} / {of}") };
    if of > 0 {
        out.raw("<meter min=\"0\"").attr("max", &of.to_string()).attr("value", &done.to_string());
        out.attr("aria-labelledby", &format!("_h-{id}")).raw("></meter> ");
    }
    out.raw("<strong>").text(&told).raw("</strong></p><p class=\"pk-formula\">").text(how).raw("</p>");
    if done < of {
        out.raw("<p class=\"pk-lacking\">").text(cx.word("method.missing")).raw("</p>");
    }
    out.finish()
}
