//! Who decides what: every decision of the handbook, when, up to which limit, and on what grounds.

use std::collections::BTreeSet;

use super::super::Cx;
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::task::situations;
use super::super::words::Link;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Bearer, Entry, Key, Ref};
use crate::model::task::{Decision, Task};
use crate::model::text::At;
use crate::route::View;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let sheet = Sheet {
        notice: Some(cx.word("decisions.notice").to_owned()),
        class: "pk-decisions",
        ..super::overview(cx, View::Decisions)
    };
    parts(cx).into_iter().fold(sheet, Sheet::with)
}

/// A part for each phase in which something is decided.
fn parts(cx: Cx<'_>) -> Vec<Part> {
    let mut seen = BTreeSet::new();
    let mut parts: Vec<Part> = Vec::new();
    for phase in cx.world.reading.division().phases() {
        let tasks = cx
            .world
            .reading
            .division()
            .of_phase(phase)
            .iter()
            .filter_map(|id| cx.book().tables.tasks.shown(id));
        let tasks: Vec<_> = tasks.filter(|task| decides(task) && seen.insert(task.id())).collect();
        let link = cx.link(&Key::new(Kind::Phase, phase.clone()));
        let table = Some(table(cx, &tasks));
        parts.push(Part { id: phase.to_string(), heading: link, table, ..Part::default() });
    }
    let rest = cx.book().tables.tasks.iter().filter(|task| decides(task) && !seen.contains(task.id()));
    let rest: Vec<_> = rest.collect();
    parts.push(Part { table: Some(table(cx, &rest)), ..Part::new("_rest", cx.word("list.no_phase")) });
    parts
}

fn decides(task: &Entry<Task>) -> bool {
    task.data.decision != Decision::None
}

/// Decisions as a table: what, when, who, up to where, who above, who stands in, on what grounds.
pub(in crate::page) fn table(cx: Cx<'_>, tasks: &[&Entry<Task>]) -> Table {
    let columns = [
        "decisions.what",
        "task.situations",
        "task.decides",
        "task.limit",
        "task.above",
        "decisions.substitute",
        "decisions.grounds",
    ];
    Table::new(cx, &columns, tasks.iter().map(|task| row(cx, task)).collect())
}

fn row(cx: Cx<'_>, task: &Entry<Task>) -> Vec<Cell> {
    let data = &task.data;
    let kind = At::root("task");
    let at = kind.entity(task.id().as_str());
    let of = |actor: Option<&Ref<Bearer>>| {
        Cell::link(actor.and_then(|actor| cx.book().target(actor)).and_then(|key| cx.link(&key)))
    };
    let sort = cx.word_of("decision", data.decision.as_str());
    vec![
        Cell::link(cx.link(&task.key()).map(|link| link.noted(Some(sort)))),
        Cell::links(situations(cx, task)),
        of(data.decides.as_ref().or(data.accountable.as_ref())),
        Cell::text(cx.rich(&data.limit, &at.field("limit"))),
        of(data.above.as_ref()),
        of(data.substitute.as_ref()),
        grounds(cx, data, &at),
    ]
}

/// The law, and the delegation with its document.
fn grounds(cx: Cx<'_>, task: &Task, at: &At<'_>) -> Cell {
    let law = cx.law(&task.law).into_iter().map(|link| link.noted(None));
    let delegation = task.delegation.as_ref();
    let document = delegation.and_then(|delegation| {
        let words = delegation.document.clone().or_else(|| delegation.link.clone())?;
        let href = delegation.link.clone().filter(|link| link.starts_with("https://"));
        let date = delegation.date.0.map(|date| cx.date(date));
        Some(Link { href, ..Link::plain(&words) }.noted(date))
    });
    let text =
        delegation.and_then(|delegation| cx.rich(&delegation.text, &at.field("delegation").field("text")));
    Cell { links: law.chain(document).collect(), text, ..Cell::default() }
}
