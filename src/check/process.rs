//! Processes: every step is reached and leads on to an end, decisions have ways out, what must be decided is
//! decided, and a step is taken by somebody who takes part in its task.

use std::collections::BTreeSet;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::check::Facts;
use crate::check::names::{called, name, names};
use crate::model::book::Handbook;
use crate::model::guide::Guide;
use crate::model::kind::Kind;
use crate::model::measure::RowId;
use crate::model::process::{Level, Process, Step, StepKind};
use crate::model::table::{Actor, CLIENT, Entry, Key, Ref};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

crate::codes! { "process.toml":
    UNKNOWN_STEP = "unknown-step",
    UNREACHABLE_STEP = "unreachable-step",
    DEAD_END = "dead-end",
    CYCLE_WITHOUT_EXIT = "cycle-without-exit",
    DECISION_WITHOUT_EXITS = "decision-without-exits",
    BRANCH_WITHOUT_DECISION = "branch-without-decision",
    SUBPROCESS_WITHOUT_PROCESS = "subprocess-without-process",
    STEP_WITHOUT_ACTOR = "step-without-actor",
    ACTOR_NOT_IN_TASK = "actor-not-in-task",
    DECISION_POINT_MISSING = "decision-point-missing",
    STEP_PASSED_BY = "step-passed-by",
    STEP_IN_OTHER_PHASE = "step-in-other-phase",
    PROCESS_WITHOUT_END = "process-without-end",
    WAIT_WITHOUT_DAYS = "wait-without-days",
}

/// What steps lead to.
pub(super) const WAYS: &[Code] =
    &[UNKNOWN_STEP, UNREACHABLE_STEP, DEAD_END, CYCLE_WITHOUT_EXIT, STEP_PASSED_BY, PROCESS_WITHOUT_END];
/// What a step of its sort has.
pub(super) const STEPS: &[Code] =
    &[DECISION_WITHOUT_EXITS, BRANCH_WITHOUT_DECISION, SUBPROCESS_WITHOUT_PROCESS, WAIT_WITHOUT_DAYS];
/// Who takes steps.
pub(super) const ACTORS: &[Code] = &[STEP_WITHOUT_ACTOR, ACTOR_NOT_IN_TASK];

/// The ways through a process lead somewhere, and to an end.
pub(super) fn ways(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for process in facts.book.tables.processes.iter() {
        let unknown = unknown(facts.book, process);
        // What cannot be reached or left may only be so because a step is misspelt.
        let whole = unknown.is_empty() && !process.faulty && facts.book.damaged.is_empty();
        diags.extend(unknown);
        if whole && !process.data.step.is_empty() {
            let found = paths(facts.book, process);
            let endless = endless(facts.book, process).filter(|_| found.is_empty());
            diags.extend(found.into_iter().chain(endless));
        }
    }
}

/// A process that is gone through and stops without saying that it ends. Where it goes on as another process,
/// that one ends.
fn endless(book: &Handbook, process: &Entry<Process>) -> Option<Diagnostic> {
    let steps = &process.data.step;
    let gone_through = matches!(process.data.level, Level::Workflow | Level::Flow);
    let ends = steps.iter().any(|step| step.kind == StepKind::End);
    let goes_on = steps.iter().any(|step| step.process.is_some() && step.next.is_empty());
    let finding = || Diagnostic::at(PROCESS_WITHOUT_END, process.span).with("process", called(book, process));
    (gone_through && !ends && !goes_on).then(finding)
}

/// Steps that are named and not there.
fn unknown(book: &Handbook, process: &Entry<Process>) -> Vec<Diagnostic> {
    let data = &process.data;
    let ids: Vec<&str> = data.step.iter().filter_map(|step| step.id.id.as_ref()).map(Slug::as_str).collect();
    let named = |step: &Step| -> Vec<RowId> {
        step.next.iter().chain(step.branch.iter().map(|branch| &branch.next)).cloned().collect()
    };
    let places = data.places();
    let lost = data.step.iter().flat_map(named).filter(|row| places.at(row).is_none());
    let finding = |row: RowId| {
        let id = row.id?;
        let near = nearest(id.as_str(), ids.iter().copied());
        let finding = Diagnostic::at(UNKNOWN_STEP, row.span).with("step", id.as_str());
        Some(finding.with("process", called(book, process)).near_value(near))
    };
    lost.filter_map(finding).collect()
}

/// What is wrong with the ways through a process.
fn paths(book: &Handbook, process: &Entry<Process>) -> Vec<Diagnostic> {
    let data = &process.data;
    let map = Paths::of(data);
    let at = |code: Code, place: usize| {
        let step = &data.step[place];
        let finding = Diagnostic::at(code, step.id.span).with("process", called(book, process));
        finding.with("step", step_name(step, place))
    };
    let reached = map.reached(&map.roots(data), None);
    let all = 0..data.step.len();
    // What follows from an unreachable step is told with it.
    let lost = all.clone().filter(|place| !reached[*place]);
    let first = ends(lost, &map.before, &map.next).into_iter();
    let mut found: Vec<Diagnostic> = first.map(|place| at(UNREACHABLE_STEP, place)).collect();
    found.extend(
        all.clone()
            .filter(|place| reached[*place] && is_dead_end(data, &map, *place))
            .map(|p| at(DEAD_END, p)),
    );
    let leaves = map.leaves();
    let stuck = all.clone().filter(|place| reached[*place] && !leaves[*place]);
    found.extend(ends(stuck, &map.next, &map.before).into_iter().map(|p| at(CYCLE_WITHOUT_EXIT, p)));
    let must = all.filter(|place| data.step[*place].mandatory && reached[*place]);
    let passed = must.filter(|place| map.passes_by(data, *place));
    found.extend(passed.map(|place| at(STEP_PASSED_BY, place)));
    found
}

/// A step in a message: its id, or its number where it has none.
fn step_name(step: &Step, place: usize) -> String {
    step.id.name(place).into_owned()
}

/// Whether a process stops at a step that is no end, though it has ends.
fn is_dead_end(data: &Process, map: &Paths, place: usize) -> bool {
    let step = &data.step[place];
    let has_end = data.step.iter().any(|step| step.kind == StepKind::End);
    has_end && map.next[place].is_empty() && step.kind != StepKind::End && step.process.is_none()
}

/// Which step leads to which.
struct Paths {
    next: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
}

impl Paths {
    fn of(data: &Process) -> Paths {
        let places = data.places();
        let ways = |place| data.ways(place, &places).iter().map(|way| way.to).collect();
        let next: Vec<Vec<usize>> = (0..data.step.len()).map(ways).collect();
        let mut before = vec![Vec::new(); next.len()];
        for (from, ways) in next.iter().enumerate() {
            ways.iter().for_each(|to| before[*to].push(from));
        }
        Paths { next, before }
    }

    /// Where a process begins: its starts, and its first step.
    fn roots(&self, data: &Process) -> Vec<usize> {
        let starts = data.step.iter().enumerate().filter(|(_, step)| step.kind == StepKind::Start);
        let starts: Vec<usize> = starts.map(|(place, _)| place).collect();
        if starts.is_empty() { vec![0] } else { starts }
    }

    /// What can be reached, without going through one step.
    fn reached(&self, roots: &[usize], without: Option<usize>) -> Vec<bool> {
        spread(&self.next, roots.iter().copied().filter(|root| Some(*root) != without), without)
    }

    /// From which steps an end can be reached.
    fn leaves(&self) -> Vec<bool> {
        let ends = (0..self.next.len()).filter(|place| self.next[*place].is_empty());
        spread(&self.before, ends, None)
    }

    /// Whether an end can be reached without going through a step.
    fn passes_by(&self, data: &Process, place: usize) -> bool {
        let reached = self.reached(&self.roots(data), Some(place));
        (0..self.next.len()).any(|other| reached[other] && self.next[other].is_empty())
    }
}

/// Where one ends up by going on from some places: a place that leads nowhere, and of each circle that
/// leads nowhere else one place.
fn ends(of: impl Iterator<Item = usize>, on: &[Vec<usize>], back: &[Vec<usize>]) -> Vec<usize> {
    let (mut found, mut done) = (Vec::new(), vec![false; on.len()]);
    for place in of {
        if done[place] {
            continue;
        }
        let (ahead, behind) =
            (spread(on, [place].into_iter(), None), spread(back, [place].into_iter(), None));
        if ahead.iter().zip(&behind).all(|(ahead, behind)| !ahead || *behind) {
            found.push(place);
            done.iter_mut().zip(behind).for_each(|(done, behind)| *done |= behind);
        }
    }
    found
}

fn spread(ways: &[Vec<usize>], from: impl Iterator<Item = usize>, without: Option<usize>) -> Vec<bool> {
    let mut seen = vec![false; ways.len()];
    let mut open: Vec<usize> = from.collect();
    open.iter().for_each(|place| seen[*place] = true);
    while let Some(place) = open.pop() {
        for to in ways[place].iter().copied().filter(|to| Some(*to) != without) {
            if !std::mem::replace(&mut seen[to], true) {
                open.push(to);
            }
        }
    }
    seen
}

/// A decision has two ways out, only a decision has answers, and a subprocess is one.
pub(super) fn steps(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for process in facts.book.tables.processes.iter().filter(|process| !process.faulty) {
        for (place, step) in process.data.step.iter().enumerate() {
            let exits = step.branch.len() + step.next.len();
            let code = match step.kind {
                StepKind::Decision if exits < 2 => DECISION_WITHOUT_EXITS,
                StepKind::Decision => continue,
                _ if !step.branch.is_empty() => BRANCH_WITHOUT_DECISION,
                StepKind::Subprocess if step.process.is_none() => SUBPROCESS_WITHOUT_PROCESS,
                StepKind::Wait if step.days.is_none() => WAIT_WITHOUT_DAYS,
                _ => continue,
            };
            let finding = Diagnostic::at(code, step.id.span).with("step", step_name(step, place));
            diags.push(finding.with("process", called(facts.book, process)));
        }
    }
}

/// Steps have somebody who takes them, and whoever takes a step takes part in its task: told once of everybody
/// and each task.
pub(super) fn actors(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for process in facts.book.tables.processes.iter().filter(|process| !process.faulty) {
        let (data, book) = (&process.data, facts.book);
        if let Some(step) = data.step.first().filter(|step| step.actor.is_none()) {
            let finding = Diagnostic::at(STEP_WITHOUT_ACTOR, step.id.span).with("step", step_name(step, 0));
            diags.push(finding.with("process", called(book, process)));
        }
        let (mut actor, mut told) = (None, BTreeSet::new());
        for (place, step) in data.step.iter().enumerate() {
            actor = step.actor.as_ref().or(actor);
            let task = step.task.as_ref().and_then(|task| book.tables.tasks.at(task));
            let (Some(actor), Some(task)) = (actor, task) else { continue };
            if !takes_part(book, actor, &task.data) {
                let span = step.actor.as_ref().map_or(step.id.span, |actor| actor.span);
                let finding = Diagnostic::at(ACTOR_NOT_IN_TASK, span).with("step", step_name(step, place));
                let finding = finding.with("process", called(book, process)).with("task", called(book, task));
                let key = actor.id().map_or_else(|| Slug::new(CLIENT), |id| Some(id.clone()));
                let Some(id) = key else { continue };
                if !told.insert((id.clone(), task.id())) {
                    continue;
                }
                let kind = book.target(actor).map_or(Kind::Role, |key| key.kind);
                diags.push(finding.with("actor", name(book, kind, &id)).also(Some(task.span)));
            }
        }
    }
}

/// Whether somebody does something in a task, himself or as a carrier of a function; who is only told of it
/// does not.
fn takes_part(book: &Handbook, actor: &Ref<Actor>, task: &Task) -> bool {
    let client = |actor: &Ref<Actor>| actor.id().is_some_and(|id| id.as_str() == CLIENT);
    let Some(key) = book.target(actor) else {
        return actor.is_everyone() || !client(actor) || hears_client(task);
    };
    let own = bearers(book, &key);
    let shares = [&task.responsible, &task.supports, &task.consulted];
    let mut others: Vec<Key> = shares.into_iter().flatten().filter_map(|actor| book.target(actor)).collect();
    let one = [&task.accountable, &task.decides, &task.substitute, &task.above];
    others.extend(one.into_iter().flatten().filter_map(|actor| book.target(actor)));
    others.extend(task.pair.iter().filter_map(|role| book.target(role)));
    others.extend(task.joins_if.iter().filter_map(|joins| book.target(&joins.actor)));
    let everyone = shares.into_iter().flatten().any(Ref::is_everyone) && key.kind == Kind::Role;
    everyone || others.iter().any(|other| !bearers(book, other).is_disjoint(&own))
}

/// Whether the client has a share in a task: it is done with the client where a share says so.
fn hears_client(task: &Task) -> bool {
    let shares = [&task.responsible, &task.supports, &task.consulted];
    shares.into_iter().flatten().any(|actor| actor.id().is_some_and(|id| id.as_str() == CLIENT))
}

/// An actor and the roles behind it.
fn bearers(book: &Handbook, key: &Key) -> BTreeSet<Key> {
    let roles = book.bearers(key).into_iter().map(|role| Key::new(Kind::Role, role.id().clone()));
    roles.chain([key.clone()]).collect()
}

/// A step that names a phase stands in one of its task.
pub(super) fn phases(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    for process in book.tables.processes.iter().filter(|process| !process.faulty) {
        for (place, step) in process.data.step.iter().enumerate() {
            let task = step.task.as_ref().and_then(|task| book.tables.tasks.at(task));
            let own = step.phase.as_ref().and_then(|phase| Some((phase.span, book.tables.phases.at(phase)?)));
            let (Some(task), Some((span, own))) = (task, own) else { continue };
            let of_task: Vec<&Slug> = task.data.phase.iter().filter_map(Ref::id).collect();
            // A phase of the task that there is not may be this one, misspelt.
            let known = task.data.phase.iter().all(|phase| book.tables.phases.at(phase).is_some());
            if !known || of_task.is_empty() || of_task.contains(&own.id()) {
                continue;
            }
            let finding = Diagnostic::at(STEP_IN_OTHER_PHASE, span).also(Some(task.span));
            let finding = finding.with("step", step_name(step, place)).with("phase", called(book, own));
            let finding = finding.with("process", called(book, process)).with("task", called(book, task));
            diags.push(finding.with("phases", names(book, Kind::Phase, of_task, ", ")));
        }
    }
}

/// A process that goes through a phase contains what is always decided in it, itself or in a process that is
/// a part of it. Maps only show which processes there are.
pub(super) fn decision_points(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    if !book.damaged.is_empty() {
        return;
    }
    for process in book.tables.processes.iter() {
        if process.faulty || matches!(process.data.level, Level::Map | Level::Model) {
            continue;
        }
        for guide in book.tables.guides.iter().filter(|guide| !contains(book, process, guide)) {
            let Some((place, phase)) = touches(process, guide) else { continue };
            let finding = Diagnostic::at(DECISION_POINT_MISSING, process.data.step[place].id.span);
            let finding = finding.with("guide", called(book, guide)).with("process", called(book, process));
            let finding =
                finding.with("phase", name(book, Kind::Phase, phase)).with("id", guide.id().as_str());
            diags.push(finding.also(Some(guide.span)));
        }
    }
}

/// The first step in a phase in which a guide is always gone through.
fn touches<'a>(process: &'a Entry<Process>, guide: &Entry<Guide>) -> Option<(usize, &'a Slug)> {
    let always: Vec<&Slug> = guide.data.always_in.iter().filter_map(Ref::id).collect();
    let steps = process.data.step.iter().enumerate();
    steps
        .filter_map(|(place, step)| Some((place, step.phase.as_ref()?.id()?)))
        .find(|(_, id)| always.contains(id))
}

fn contains(book: &Handbook, process: &Entry<Process>, guide: &Entry<Guide>) -> bool {
    let (mut open, mut seen) = (vec![process], BTreeSet::new());
    while let Some(process) = open.pop() {
        let steps = &process.data.step;
        if steps.iter().any(|step| step.guide.as_ref().and_then(Ref::id) == Some(guide.id())) {
            return true;
        }
        if seen.insert(process.id()) {
            let parts = steps.iter().filter(|step| step.kind == StepKind::Subprocess);
            open.extend(parts.filter_map(|step| book.tables.processes.at(step.process.as_ref()?)));
        }
    }
    false
}
