//! What a role has to know and answers for: grounds for talking about how demanding the work is. It says
//! nothing about pay, which is decided elsewhere.

use std::collections::BTreeSet;

use super::super::Cx;
use super::super::mark::marks;
use super::super::role;
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::words::Link;
use super::form;
use super::work;
use crate::model::division::{Share, Who};
use crate::model::kind::Kind;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Task;
use crate::model::text::At;
use crate::page::markup::Facts;
use crate::route::Paper;
use crate::syntax::slug::Slug;

pub(super) fn sheet(cx: Cx<'_>, role: &Entry<Role>) -> Sheet {
    let sheet = Sheet {
        summary: cx.summary(role),
        notice: Some(cx.word("responsibility.notice").to_owned()),
        ..super::begin(cx, Paper::Responsibility, role, "pk-paper pk-paper-responsibility")
    };
    sheet
        .with(knowledge(cx, role))
        .with(needed(cx, role))
        .with(answers(cx, role))
        .with(work::decided(cx, role, "_decides", cx.word("role.decides")))
        .with(work::together(cx, role, "_together", cx.word("job.together")))
        .with(conditions(cx, role))
        .with(work::time(cx, role))
        .with(notes(cx))
        .with(form::signatures(cx))
}

/// Qualifications, what has been learnt beyond them, and languages.
fn knowledge(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let data = &role.data;
    let any: Vec<Key> = data.qualifications.iter().filter_map(|q| cx.book().target(q)).collect();
    let all: Vec<Key> = data.qualifications_all.iter().filter_map(|q| cx.book().target(q)).collect();
    let learnt: Vec<Key> = data.competences.iter().filter_map(|c| cx.book().target(c)).collect();
    let facts = [
        cx.fact("role.qualifications", cx.links(&any)),
        cx.fact("role.qualifications_all", cx.links(&all)),
        cx.fact("role.competences", cx.links(&learnt)),
        role::languages(cx, role),
    ];
    let facts: Facts = facts.into_iter().flatten().collect();
    Part { facts, ..Part::new("_knowledge", cx.word("responsibility.knowledge")) }
}

/// The tasks of the role, each once.
fn tasks<'a>(cx: Cx<'a>, role: &Entry<Role>) -> Vec<&'a Entry<Task>> {
    let mut seen = BTreeSet::new();
    let phases = cx.world.reading.division().phases().iter();
    let work = work::by_phase(cx, role);
    let tasks = phases.flat_map(|phase| work.of(phase)).copied();
    tasks.filter(|task| seen.insert(task.id())).collect()
}

/// Competences that its tasks need, and whether the role has them.
fn needed(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let tasks = tasks(cx, role);
    let mut rows = Vec::new();
    for competence in cx.book().tables.competences.iter() {
        let is = |own: &crate::model::table::Ref<_>| own.id() == Some(competence.id());
        let asking = tasks.iter().filter(|task| task.data.competences.iter().any(is));
        let asking: Vec<Key> = asking.map(|task| task.key()).collect();
        if !asking.is_empty() {
            let has = role.data.competences.iter().any(is);
            let state = cx.word(if has { "responsibility.has" } else { "responsibility.has_not" });
            let links = Cell::links(cx.links(&asking));
            rows.push(vec![Cell::link(cx.link(&competence.key())), links, Cell::plain(state)]);
        }
    }
    let columns = ["gaps.competence", "responsibility.tasks", "responsibility.state"];
    let part = Part::new("_needed", cx.word("responsibility.needed"));
    Part { table: Some(Table::new(cx, &columns, rows)), below: true, ..part }
}

/// What the role answers for, phase by phase.
fn answers(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let mut seen = BTreeSet::new();
    let (mut rows, work) = (Vec::new(), work::by_phase(cx, role));
    for phase in cx.world.reading.division().phases() {
        let tasks = work.of(phase).iter().filter(|task| seen.insert(task.id()));
        rows.extend(tasks.filter_map(|task| answer(cx, role, phase, task)));
    }
    let lead = (!rows.is_empty()).then(|| cx.word("responsibility.answers_lead").to_owned());
    let table = Some(Table::new(cx, &["job.task", "matrix.phase", "task.situations"], rows));
    Part { table, lead, ..Part::new("_answers", cx.word("responsibility.answers")) }
}

fn answer(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug, task: &Entry<Task>) -> Option<Vec<Cell>> {
    let marks = marks(cx, task, &Who::Actor(role.key()), &[Share::Accountable]);
    let how = marks.first()?.as_what();
    let phase = cx.link(&Key::new(Kind::Phase, phase.clone()));
    let situations = super::super::task::situations(cx, task);
    let task = cx.link(&task.key()).map(|link| link.noted(how));
    Some(vec![Cell::link(task), Cell::link(phase), Cell::links(situations)])
}

/// Under which conditions the work is done.
fn conditions(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let data = &role.data;
    let word = |group: &str, one: &str| vec![Link::plain(&cx.word_of(group, one))];
    let one = |role: &Option<crate::model::table::Ref<Role>>| {
        cx.links(&role.iter().filter_map(|role| cx.book().target(role)).collect::<Vec<_>>())
    };
    let shifts = data.teams.iter().filter_map(|team| {
        let team = cx.book().tables.teams.shown(team.id()?)?;
        let kind = At::root(Kind::Team.as_str());
        let words = cx.words(&team.data.shift, &kind.entity(team.id().as_str()).field("shift"))?;
        Some(Link { words, ..Link::default() })
    });
    let facts = [
        data.employment.and_then(|own| cx.fact("role.employment", word("employment", own.as_str()))),
        cx.fact("role.manager", one(&data.manager)),
        cx.fact("role.professional_lead", one(&data.professional_lead)),
        data.access.and_then(|own| cx.fact("role.access", word("access", own.as_str()))),
        role::teams(cx, role),
        cx.fact("responsibility.shift", shifts.collect()),
    ];
    let facts = facts.into_iter().flatten().collect();
    Part { facts, ..Part::new("_conditions", cx.word("responsibility.conditions")) }
}

/// Room for what the handbook cannot know.
fn notes(cx: Cx<'_>) -> Part {
    let columns = ["job.additions_what", "responsibility.notes_words"];
    let rows =
        ["responsibility.note_knowledge", "responsibility.note_burden", "responsibility.note_training"];
    Part {
        table: Some(form::table(cx, &columns, &rows)),
        ..Part::new("_notes", cx.word("responsibility.notes"))
    }
}
