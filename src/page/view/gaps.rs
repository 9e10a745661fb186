//! Competences: which tasks need them, and who of those who bear the task has learnt them.

use super::super::Cx;
use super::super::sheet::{Cell, Part, Sheet, Table};
use crate::model::bearing::{Knowing, knowing};
use crate::model::competence::Competence;
use crate::model::kind::Kind;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Task;
use crate::route::View;
use crate::syntax::slug::Slug;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    Sheet {
        notice: Some(cx.word("gaps.notice").to_owned()),
        class: "pk-gaps",
        ..super::overview(cx, View::Gaps)
    }
    .with(Part { table: Some(needed(cx)), ..Part::new("_tasks", cx.word("gaps.tasks")) })
    .with(Part { table: Some(unneeded(cx)), ..Part::new("_roles", cx.word("gaps.roles")) })
}

/// A row for each task that needs a competence; what nobody has comes first.
fn needed(cx: Cx<'_>) -> Table {
    let tables = &cx.book().tables;
    let mut rows: Vec<(u8, Vec<Cell>)> = Vec::new();
    for competence in tables.competences.iter() {
        for task in tables.tasks.iter().filter(|task| needs(task, competence.id())) {
            let knowing = knowing(cx.book(), &task.data, Some(competence.id()));
            rows.push((state(&knowing), row(cx, competence, task, &knowing)));
        }
    }
    rows.sort_by_key(|(state, _)| *state);
    let columns = ["gaps.competence", "gaps.task", "gaps.state", "gaps.have", "gaps.lack"];
    Table::new(cx, &columns, rows.into_iter().map(|(_, row)| row).collect())
}

fn needs(task: &Entry<Task>, competence: &Slug) -> bool {
    task.data.competences.iter().any(|needed| needed.id() == Some(competence))
}

/// How bad it is, worst first.
fn state(knowing: &Knowing<'_>) -> u8 {
    match (knowing.have.is_empty(), knowing.lack.is_empty(), knowing.beside) {
        (true, _, false) => 0,
        (true, _, true) => 1,
        (false, false, _) => 2,
        (false, true, _) => 3,
    }
}

fn row(cx: Cx<'_>, competence: &Entry<Competence>, task: &Entry<Task>, knowing: &Knowing<'_>) -> Vec<Cell> {
    let state = match state(knowing) {
        0 => cx.word("gaps.nobody"),
        1 => cx.word("gaps.partner"),
        2 => cx.word("gaps.some"),
        _ => cx.word("gaps.all"),
    };
    vec![
        Cell::link(cx.link(&competence.key())),
        Cell::link(cx.link(&task.key())),
        Cell::plain(state),
        roles(cx, &knowing.have),
        roles(cx, &knowing.lack),
    ]
}

fn roles(cx: Cx<'_>, roles: &[&Entry<Role>]) -> Cell {
    Cell::links(cx.links(&roles.iter().map(|role| role.key()).collect::<Vec<_>>()))
}

/// Competences that no task asks for, with the roles that have them.
fn unneeded(cx: Cx<'_>) -> Table {
    let tables = &cx.book().tables;
    let asked = |id: &Slug| tables.tasks.iter().any(|task| needs(task, id));
    let row = |competence: &Entry<Competence>| {
        let has =
            |role: &&Entry<Role>| role.data.competences.iter().any(|own| own.id() == Some(competence.id()));
        let roles: Vec<Key> = tables.roles.iter().filter(has).map(AnyEntry::key).collect();
        let key = competence.key();
        let rules = cx.world.reading.links().back(&key).filter(|key| key.kind == Kind::Rule).cloned();
        let rules: Vec<Key> = cx.in_order(rules);
        vec![Cell::link(cx.link(&key)), Cell::links(cx.links(&roles)), Cell::links(cx.links(&rules))]
    };
    let columns = ["gaps.competence", "gaps.have", "gaps.rules"];
    Table::new(
        cx,
        &columns,
        tables.competences.iter().filter(|competence| !asked(competence.id())).map(row).collect(),
    )
}
