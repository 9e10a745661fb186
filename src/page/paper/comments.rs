//! A sheet on which a team says of everything that is written about its work whether it is right.

use std::collections::BTreeSet;

use super::super::Cx;
use super::super::mark::{Mark, marks};
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::words::Link;
use super::form;
use super::work;
use crate::model::division::Who;
use crate::model::kind::Kind;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Task;
use crate::model::team::Team;
use crate::route::Paper;
use crate::syntax::slug::Slug;

pub(super) fn sheet(cx: Cx<'_>, team: &Entry<Team>) -> Sheet {
    let start = Sheet {
        notice: Some(cx.word("comments.notice").to_owned()),
        empty: Some(cx.word("part.no_roles").to_owned()),
        ..super::begin(cx, Paper::Comments, team, "pk-paper pk-paper-comments")
    };
    let members = super::members(cx, team.id());
    if members.is_empty() {
        return start;
    }
    let sheet = members.iter().map(|role| part(cx, role)).fold(start, Sheet::with);
    sheet.with(missing(cx))
}

fn part(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let mut seen = BTreeSet::new();
    let phases = cx.world.reading.division().phases().iter();
    let work = work::by_phase(cx, role);
    let tasks = |phase| work.of(phase).iter().copied();
    let rows: Vec<Vec<Cell>> = phases
        .flat_map(|phase| {
            let tasks: Vec<&Entry<Task>> = tasks(phase).filter(|task| seen.insert(task.id())).collect();
            rows(cx, role, phase, &tasks)
        })
        .collect();
    let columns = ["comments.what", "comments.right", "comments.wrong", "comments.lacking", "comments.words"];
    let table = Some(Table::new(cx, &columns, rows));
    Part { id: format!("_{}", role.id()), heading: cx.link(&role.key()), table, ..Part::default() }
}

/// What a role does in a phase: its cell, then these tasks.
fn rows(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug, tasks: &[&Entry<Task>]) -> Vec<Vec<Cell>> {
    let row = |what: Cell| std::iter::once(what).chain(form::boxes()).collect();
    let described = role.prose.iter().any(|(_, prose)| prose.cells.contains_key(phase));
    let cell = described.then(|| {
        let link = cx.link(&Key::new(Kind::Phase, phase.clone()));
        row(Cell::link(link.map(|link| link.noted(Some(cx.word("comments.cell").to_owned())))))
    });
    cell.into_iter().chain(tasks.iter().filter_map(|task| Some(row(what(cx, role, task)?)))).collect()
}

/// A task, with the shares of the role and what it is.
fn what(cx: Cx<'_>, role: &Entry<Role>, task: &Entry<Task>) -> Option<Cell> {
    let marks = marks(cx, task, &Who::Actor(role.key()), work::PART);
    let shares = work::joined(&marks.iter().map(Mark::said).collect::<Vec<_>>());
    let link: Option<Link> = cx.link(&task.key()).map(|link| link.noted(Some(shares)));
    (!marks.is_empty()).then(|| Cell { text: cx.summary(task), ..Cell::link(link) })
}

/// Room for work that nobody has written down.
fn missing(cx: Cx<'_>) -> Part {
    let columns = ["meeting.number", "comments.work", "comments.who", "comments.often"];
    Part {
        lead: Some(cx.word("comments.missing_lead").to_owned()),
        table: Some(form::numbered(cx, &columns, 4)),
        ..Part::new("_missing", cx.word("comments.missing"))
    }
}
