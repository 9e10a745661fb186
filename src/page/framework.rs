//! A framework as a matrix: who does what in each phase, in words and letters, and what each role's work
//! is like there.

use std::collections::BTreeSet;

use serde::Serialize;

use super::mark::{Mark, marks};
use super::path::Screens;
use super::role::{PartView, parts};
use super::words::{Link, Rich, Words};
use super::{Cx, Profile, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::{Html, Writer};
use crate::model::axis::Axis;
use crate::model::cases;
use crate::model::division::{Share, Taking, Who};
use crate::model::framework::Framework;
use crate::model::kind::Kind;
use crate::model::situation::Situation;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::route::List;
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    path_html: Option<Html>,
    legend: Vec<Legend>,
    actors: Vec<ActorView>,
    axes: Vec<AxisView>,
    phases: Vec<PhaseView>,
    roles: Vec<RoleView>,
    columns: Vec<ColumnView>,
    /// The matrix as files.
    files: Vec<Link>,
}

#[derive(Serialize)]
struct Legend {
    letter: String,
    word: String,
    meaning: String,
}

#[derive(Serialize)]
struct ActorView {
    id: String,
    /// What it is called, for the filter.
    name: String,
    link: Link,
}

/// An axis on which tasks of the matrix are told apart, for its filter.
#[derive(Serialize)]
struct AxisView {
    id: String,
    name: String,
    situations: Vec<SituationView>,
}

#[derive(Serialize)]
struct SituationView {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct PhaseView {
    id: String,
    /// What it is called, for the filter.
    name: String,
    link: Option<Link>,
    tasks: Vec<TaskView>,
}

#[derive(Serialize)]
struct TaskView {
    id: String,
    link: Option<Link>,
    situations: Vec<Link>,
    /// The ids of the situations, for the filter.
    situation_ids: String,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    headers: String,
    /// The address of the cell, in the preview.
    at_html: Html,
    marks: Vec<Mark>,
}

/// A role's row of the matrix of contents.
#[derive(Serialize)]
struct RoleView {
    id: String,
    link: Option<Link>,
    cells: Vec<ContentView>,
}

#[derive(Serialize)]
struct ContentView {
    /// The address of the cell, in the preview.
    at_html: Html,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct ColumnView {
    id: String,
    link: Option<Link>,
    band: bool,
}

pub(super) fn render(cx: Cx<'_>, framework: &Entry<Framework>) -> Result<String, Diagnostic> {
    let phases: Vec<(Slug, bool)> = columns(cx, framework);
    let actors = actors(cx, &phases);
    let view = View {
        kind: cx.kind_word(Kind::Framework),
        name: cx.name(framework),
        summary: cx.summary(framework),
        path_html: cx.path(framework, &[], Screens::All),
        legend: Share::ALL.iter().map(|share| legend(cx, *share)).collect(),
        phases: phases.iter().map(|(phase, _)| phase_view(cx, phase, &actors)).collect(),
        roles: roles(cx, &phases),
        columns: phases.iter().map(|(phase, band)| column(cx, phase, *band)).collect(),
        axes: axes(cx, &phases),
        actors: actors.iter().filter_map(|who| actor_view(cx, who)).collect(),
        files: super::sheet::files(cx),
    };
    lay_out(cx, "page/framework.html", &view, super::role::head(cx, framework, List::Matrices))
}

/// The phases of a framework and whether each is a band.
pub(super) fn columns(cx: Cx<'_>, framework: &Entry<Framework>) -> Vec<(Slug, bool)> {
    let steps = framework.data.phases.iter().filter_map(Ref::id).map(|id| (id, false));
    let bands = framework.data.band.iter().filter_map(|band| band.phase.id()).map(|id| (id, true));
    let known = |(id, _): &(&Slug, bool)| cx.book().tables.phases.shown(id).is_some();
    let mut seen = BTreeSet::new();
    let each_once = steps.chain(bands).filter(known).filter(|(id, _)| seen.insert(*id));
    each_once.map(|(id, band)| (id.clone(), band)).collect()
}

/// Everybody who takes part in a task of these phases: roles, functions, partners, the client, in that order.
pub(super) fn actors(cx: Cx<'_>, phases: &[(Slug, bool)]) -> Vec<Who> {
    let tasks = phases.iter().flat_map(|(phase, _)| cx.world.reading.division().of_phase(phase));
    let takings: Vec<&Taking> = tasks.flat_map(|task| cx.world.reading.division().of_task(task)).collect();
    let tables = &cx.book().tables;
    let everybody =
        Kind::ACTORS.iter().flat_map(|kind| tables.of(*kind)).map(|entry| Who::Actor(entry.key()));
    let takes_part = |who: &Who| takings.iter().any(|taking| taking.who == *who);
    everybody.chain([Who::Client]).filter(takes_part).collect()
}

/// The axes on which the tasks of these phases are told apart.
fn axes(cx: Cx<'_>, phases: &[(Slug, bool)]) -> Vec<AxisView> {
    let tables = &cx.book().tables;
    let tasks = phases.iter().flat_map(|(phase, _)| cx.world.reading.division().of_phase(phase));
    let named = tasks.filter_map(|task| tables.tasks.get(task)).flat_map(|task| &task.data.situations);
    let used: BTreeSet<&Slug> = cases::axes(cx.book(), named).into_keys().collect();
    let situation = |situation: &Entry<Situation>| SituationView {
        id: situation.id().to_string(),
        name: cx.name(situation).text,
    };
    let axis = |axis: &Entry<Axis>| {
        let own = |s: &&Entry<Situation>| s.data.axis.as_ref().and_then(Ref::id) == Some(axis.id());
        let situations = tables.situations.iter().filter(own).map(situation).collect();
        AxisView { id: axis.id().to_string(), name: cx.name(axis).text, situations }
    };
    tables.axes.iter().filter(|axis| used.contains(axis.id())).map(axis).collect()
}

fn actor_view(cx: Cx<'_>, who: &Who) -> Option<ActorView> {
    let link = match who {
        Who::Actor(key) => cx.link(key)?,
        Who::Client => Link::plain(cx.word("actor.client")),
    };
    Some(ActorView { id: actor_id(who), name: link.words.text.clone(), link })
}

/// The phase that a path marks where no page stands for one.
pub(super) fn first_phase(framework: &Entry<Framework>) -> Vec<Slug> {
    framework.data.phases.iter().filter_map(Ref::id).take(1).cloned().collect()
}

/// What somebody is called.
pub(super) fn who_name(cx: Cx<'_>, who: &Who) -> String {
    actor_view(cx, who).map(|actor| actor.name).unwrap_or_default()
}

fn actor_id(who: &Who) -> String {
    format!("_a-{}", actor_name(who))
}

fn actor_name(who: &Who) -> &str {
    match who {
        Who::Actor(key) => key.id.as_str(),
        Who::Client => crate::model::table::CLIENT,
    }
}

/// The address of a cell in the preview: `cell/ACTOR/PHASE`, with the task behind it where it is a task's.
fn cell_at(cx: Cx<'_>, actor: &str, rest: &[&Slug]) -> Html {
    let mut out = Writer::default();
    if cx.profile == Profile::Preview {
        let rest: String = rest.iter().map(|part| format!("/{part}")).collect();
        out.attr("data-src", &format!("cell/{actor}{rest}"));
    }
    out.finish()
}

fn legend(cx: Cx<'_>, share: Share) -> Legend {
    let of = |group: &str| cx.word_of(group, share.as_str());
    Legend { letter: of("letter"), word: of("share"), meaning: of("meaning") }
}

fn phase_view(cx: Cx<'_>, phase: &Slug, actors: &[Who]) -> PhaseView {
    let tasks = cx.world.reading.division().of_phase(phase).iter();
    let link = cx.link(&Key::new(Kind::Phase, phase.clone()));
    PhaseView {
        id: format!("_p-{phase}"),
        name: link.as_ref().map(|link| link.words.text.clone()).unwrap_or_default(),
        link,
        tasks: tasks.filter_map(|task| task_view(cx, phase, task, actors)).collect(),
    }
}

fn task_view(cx: Cx<'_>, phase: &Slug, id: &Slug, actors: &[Who]) -> Option<TaskView> {
    let task = cx.book().tables.tasks.get(id)?;
    let row = format!("_t-{phase}.{id}");
    let cell = |who: &Who| CellView {
        at_html: cell_at(cx, actor_name(who), &[phase, id]),
        headers: format!("_p-{phase} {row} {}", actor_id(who)),
        marks: marks(cx, task, who, &Share::ALL),
    };
    Some(TaskView {
        link: cx.link(&task.key()),
        situations: super::task::situations(cx, task),
        situation_ids: task
            .data
            .situations
            .iter()
            .filter_map(Ref::id)
            .map(Slug::as_str)
            .collect::<Vec<_>>()
            .join(" "),
        cells: actors.iter().map(cell).collect(),
        id: row,
    })
}

fn roles(cx: Cx<'_>, phases: &[(Slug, bool)]) -> Vec<RoleView> {
    let view = |role: &Entry<crate::model::role::Role>| {
        let cell = |phase: &Slug| ContentView {
            at_html: cell_at(cx, role.id().as_str(), &[phase]),
            parts: parts(cx, role, phase),
        };
        let cells: Vec<ContentView> = phases.iter().map(|(phase, _)| cell(phase)).collect();
        let any = cells.iter().any(|cell| !cell.parts.is_empty());
        any.then(|| RoleView { id: format!("_r-{}", role.id()), link: cx.link(&role.key()), cells })
    };
    cx.book().tables.roles.iter().filter_map(view).collect()
}

fn column(cx: Cx<'_>, phase: &Slug, band: bool) -> ColumnView {
    ColumnView { id: format!("_c-{phase}"), link: cx.link(&Key::new(Kind::Phase, phase.clone())), band }
}
