//! A team's own part of the handbook: who is in it, what they do and decide, and how it is reached.

use super::super::Cx;
use super::super::role;
use super::super::sheet::{Part, Sheet};
use super::super::view::decisions;

use super::work;
use crate::model::division::Duty;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Task;
use crate::model::team::Team;
use crate::route::Paper;

pub(super) fn sheet(cx: Cx<'_>, team: &Entry<Team>) -> Sheet {
    let start = Sheet {
        summary: cx.summary(team),
        empty: Some(cx.word("part.no_roles").to_owned()),
        ..super::begin(cx, Paper::Part, team, "pk-paper pk-paper-part")
    };
    let members = super::members(cx, team.id());
    let sheet = start.with(basics(cx, team, &members)).with(super::super::team::contact(cx, team));
    let sheet = members.iter().map(|role| tasks(cx, role)).fold(sheet, Sheet::with);
    sheet.with(decided(cx, &members))
}

fn basics(cx: Cx<'_>, team: &Entry<Team>, members: &[&Entry<Role>]) -> Part {
    let roles: Vec<Key> = members.iter().map(|role| role.key()).collect();
    let roles = cx.fact("kinds.role", cx.links(&roles));
    let facts = super::super::team::facts(cx, team).into_iter().chain(roles).collect();
    Part { facts, ..Part::new("_basics", cx.word("role.facts")) }
}

/// What somebody of the team does, by the order of phases.
fn tasks(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let mut tasks: Vec<&Entry<Task>> = Vec::new();
    let work = work::by_phase(cx, role);
    for task in cx.world.reading.division().phases().iter().flat_map(|phase| work.of(phase)).copied() {
        if tasks.iter().all(|known| known.id() != task.id()) {
            tasks.push(task);
        }
    }
    let table = work::shares(cx, role, &tasks, work::OWN);
    let summary = cx.summary(role).into_iter().collect();
    Part {
        id: format!("_{}", role.id()),
        heading: cx.link(&role.key()),
        items: summary,
        table: Some(table),
        ..Part::default()
    }
}

/// What is decided in the team.
fn decided(cx: Cx<'_>, members: &[&Entry<Role>]) -> Part {
    let of = |role: &&Entry<Role>| role::duty_tasks(cx, &role.key(), &role::actors(cx, role), Duty::Decides);
    let tasks: std::collections::BTreeSet<Key> = members.iter().flat_map(of).collect();
    let tasks = cx.in_order(tasks);
    let tasks: Vec<&Entry<Task>> =
        tasks.iter().filter_map(|task| cx.book().tables.tasks.shown(&task.id)).collect();
    let table = decisions::table(cx, &tasks).keep(&[0, 1, 2, 3, 4, 5]);
    Part { table: Some(table), ..Part::new("_decides", cx.word("part.decisions")) }
}
