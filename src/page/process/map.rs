//! The map of processes: which there are, at which level and in which phases, and how they hang together.

use super::drawing::entity;
use crate::base::html::Html;
use crate::chart::flow::{Exit, Flow, Named, Shape, Step, layout, svg};
use crate::model::kind::Kind;
use crate::model::process::{Level, Process, StepKind};
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::page::Cx;
use crate::page::markup::Facts;
use crate::page::words::Link;
use crate::syntax::slug::Slug;

/// The levels from the widest to the closest.
const LEVELS: [Level; 4] = [Level::Map, Level::Model, Level::Flow, Level::Workflow];

/// The processes as a drawing, in the columns of the phases in which they begin; none where there are not two.
pub(crate) fn map(cx: Cx<'_>) -> Option<Html> {
    let mut shown: Vec<&Entry<Process>> = in_order(cx);
    // A map itself would lead to everything.
    shown.retain(|process| process.data.level != Level::Map);
    if shown.len() < 2 {
        return None;
    }
    let levels: Vec<Level> =
        LEVELS.into_iter().filter(|level| shown.iter().any(|one| one.data.level == *level)).collect();
    let phases = phases(cx, &shown);
    let place = |id: &Slug| shown.iter().position(|one| one.id() == id);
    let step = |one: &&Entry<Process>| {
        let key = one.key();
        let exits = linked(&one.data).filter_map(|(id, _)| Some(Exit { to: place(id)?, ..Exit::default() }));
        Step {
            shape: Shape::Process,
            lane: levels.iter().position(|level| *level == one.data.level).unwrap_or_default(),
            column: first_phase(one)
                .and_then(|id| phases.iter().position(|own| own == id))
                .unwrap_or_default(),
            id: key.id.to_string(),
            name: entity(cx, &key),
            exits: exits.collect(),
            ..Step::default()
        }
    };
    let lane = |level: &Level| Named { label: cx.word_of("level", level.as_str()), ..Named::default() };
    let flow = Flow {
        lanes: levels.iter().map(lane).collect(),
        columns: phases.iter().map(|id| entity(cx, &Key::new(Kind::Phase, id.clone()))).collect(),
        steps: shown.iter().map(step).collect(),
        title: cx.word("process.map").to_owned(),
        description: cx.word("process.map_drawing").to_owned(),
        id: "_flow-map".to_owned(),
    };
    Some(Html::vouched(svg::draw(&flow, &layout(&flow))))
}

/// What a process says of itself in the list: its level, and the processes before, within and after it.
pub(crate) fn facts(cx: Cx<'_>, process: &Entry<Process>) -> Facts {
    let level = cx.word_of("level", process.data.level.as_str());
    let of = |goes_on: bool| {
        let own = linked(&process.data).filter(|(_, after)| *after == goes_on);
        let keys: Vec<Key> = own.map(|(id, _)| Key::new(Kind::Process, id.clone())).collect();
        cx.links(&keys)
    };
    let within =
        cx.book().tables.processes.iter().filter(|other| {
            other.id() != process.id() && linked(&other.data).any(|(id, _)| id == process.id())
        });
    let keys: Vec<Key> = within.map(AnyEntry::key).collect();
    let facts = [
        cx.fact("process.level", vec![Link::plain(&level)]),
        cx.fact("process.contains", of(false)),
        cx.fact("process.goes_on", of(true)),
        cx.fact("process.part_of", cx.links(&keys)),
    ];
    facts.into_iter().flatten().collect()
}

/// Processes so that each stands before those to which it leads, and else as they are written.
fn in_order<'a>(cx: Cx<'a>) -> Vec<&'a Entry<Process>> {
    let mut shown: Vec<&Entry<Process>> =
        cx.book().tables.processes.iter().filter(|process| cx.href(&process.key()).is_some()).collect();
    let rank = |level: Level| LEVELS.iter().position(|own| *own == level);
    shown.sort_by_key(|process| rank(process.data.level));
    shown
}

/// The processes that a process leads to, once each, and whether it goes on with them in its end.
fn linked(process: &Process) -> impl Iterator<Item = (&Slug, bool)> {
    let mut seen: Vec<&Slug> = Vec::new();
    let steps = process.step.iter().filter_map(|step| {
        let id = step.process.as_ref().and_then(Ref::id)?;
        Some((id, step.kind == StepKind::End))
    });
    for (id, _) in steps.clone() {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen.into_iter().filter_map(move |id| steps.clone().find(|(own, _)| *own == id))
}

/// The phases in which processes begin, in the order of the handbook.
fn phases(cx: Cx<'_>, shown: &[&Entry<Process>]) -> Vec<Slug> {
    let begun = |id: &Slug| shown.iter().any(|process| first_phase(process) == Some(id));
    cx.book().tables.phases.iter().map(|phase| phase.id().clone()).filter(begun).collect()
}

fn first_phase(process: &Entry<Process>) -> Option<&Slug> {
    process.data.step.iter().find_map(|step| step.phase.as_ref()).and_then(Ref::id)
}
