//! A phase: who does what in it, by when, on what law, and what comes before and after.

use serde::Serialize;

use super::markup::Facts;
use super::path::Screens;
use super::prose::Piece;
use super::role::PartView;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::division::{Share, neighbours};
use crate::model::kind::Kind;
use crate::model::meta::TextRow;
use crate::model::phase::{Deadline, Phase};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::At;
use crate::route::List;
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    path_html: Vec<Html>,
    facts: Facts,
    deadlines: Vec<DeadlineView>,
    documents: Vec<Rich>,
    body: Option<Piece>,
    tasks: Vec<TaskView>,
    roles: Vec<RoleView>,
    previous: Option<Link>,
    next: Option<Link>,
    mentions: Facts,
}

#[derive(Serialize)]
pub(super) struct DeadlineView {
    limit: Option<String>,
    text: Option<Rich>,
    law: Vec<Link>,
}

#[derive(Serialize)]
struct TaskView {
    link: Option<Link>,
    summary: Option<Rich>,
    accountable: Vec<Link>,
    situations: Vec<Link>,
    decision: bool,
}

#[derive(Serialize)]
struct RoleView {
    link: Option<Link>,
    parts: Vec<PartView>,
}

pub(super) fn render(cx: Cx<'_>, phase: &Entry<Phase>) -> Result<String, Diagnostic> {
    let key = phase.key();
    let kind = At::root("phase");
    let at = kind.entity(phase.id().as_str());
    let (previous, next) = neighbours(cx.book(), phase.id());
    let beside = |id: Option<Slug>| id.and_then(|id| cx.link(&Key::new(Kind::Phase, id)));
    let told = [Kind::Task, Kind::Role, Kind::Framework];
    let view = View {
        kind: cx.kind_word(Kind::Phase),
        name: cx.name(phase),
        summary: cx.summary(phase),
        path_html: cx.paths_with(std::slice::from_ref(phase.id()), Screens::All),
        facts: facts(cx, phase),
        deadlines: deadlines(cx, &phase.data.deadline, &at.field("deadline")),
        documents: texts(cx, &phase.data.documents, &at.field("documents")),
        body: cx.body(phase),
        tasks: cx
            .world
            .reading
            .division()
            .of_phase(phase.id())
            .iter()
            .filter_map(|task| task_view(cx, task))
            .collect(),
        roles: roles(cx, phase.id()),
        previous: beside(previous),
        next: beside(next),
        mentions: super::list::mentioned_by(cx, &key, &told),
    };
    lay_out(cx, "page/phase.html", &view, super::role::head(cx, phase, List::Phases))
}

fn facts(cx: Cx<'_>, phase: &Entry<Phase>) -> Facts {
    let back: Vec<Key> = phase.data.returns_to.iter().filter_map(|back| cx.book().target(back)).collect();
    let facts = [cx.fact("phase.returns_to", cx.links(&back)), cx.fact("law.law", cx.law(&phase.data.law))];
    facts.into_iter().flatten().collect()
}

/// A list of texts.
pub(super) fn texts(cx: Cx<'_>, rows: &[TextRow], at: &At<'_>) -> Vec<Rich> {
    let row = |(position, row): (usize, &TextRow)| {
        let name = row.id.name(position);
        cx.rich(&row.text, &at.field(&name).field("text"))
    };
    rows.iter().enumerate().filter_map(row).collect()
}

/// Time limits: how long, from when, on what law.
pub(super) fn deadlines(cx: Cx<'_>, rows: &[Deadline], at: &At<'_>) -> Vec<DeadlineView> {
    let view = |(position, row): (usize, &Deadline)| {
        let name = row.id.name(position);
        DeadlineView {
            limit: limit(cx, row),
            text: cx.rich(&row.text, &at.field(&name).field("text")),
            law: cx.law(&row.law),
        }
    };
    rows.iter().enumerate().map(view).collect()
}

fn limit(cx: Cx<'_>, row: &Deadline) -> Option<String> {
    let count = usize::try_from(row.count?).ok()?;
    Some(cx.strings().count(&format!("unit.{}", row.unit?.as_str()), count))
}

fn task_view(cx: Cx<'_>, id: &Slug) -> Option<TaskView> {
    let task = cx.book().tables.tasks.get(id)?;
    let accountable =
        cx.world.reading.division().of_task(id).iter().filter(|taking| taking.share == Share::Accountable);
    Some(TaskView {
        link: cx.link(&task.key()),
        summary: cx.summary(task),
        accountable: accountable.filter_map(|taking| super::task::who_link(cx, taking)).collect(),
        situations: super::task::situations(cx, task),
        decision: task.data.decision != crate::model::task::Decision::None,
    })
}

fn roles(cx: Cx<'_>, phase: &Slug) -> Vec<RoleView> {
    let view = |role: &Entry<crate::model::role::Role>| {
        let parts = super::role::parts(cx, role, phase);
        (!parts.is_empty()).then(|| RoleView { link: cx.link(&role.key()), parts })
    };
    cx.book().tables.roles.iter().filter_map(view).collect()
}
