//! The division of work itself: one accountable, no overlap, no gap, decisions where they may be made.

use std::collections::BTreeSet;

use crate::base::diag::{Diagnostic, Diagnostics, Severity};
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::{called, first_called, name, names};
use crate::check::pairs::gathered;
use crate::model::book::Handbook;
use crate::model::cases;
use crate::model::coverage;
use crate::model::function::Carrier;
use crate::model::kind::Kind;
use crate::model::role::{Employment, Role};
use crate::model::rule::Binds;
use crate::model::ruling::{Cases, Ground};
use crate::model::table::{Actor, AnyEntry, Entry, Key, Ref, Target};
use crate::model::task::{Decision, Delegation, Task};
use crate::model::words;
use crate::syntax::slug::Slug;

crate::codes! { "responsibility.toml":
    ACCOUNTABLE_INFORMED = "accountable-informed",
    OVERLAP = "overlap",
    GAP = "gap",
    PHASE_WITHOUT_TASK = "phase-without-task",
    PHASE_WITHOUT_ROLE = "phase-without-role",
    ROLE_WITHOUT_TASK = "role-without-task",
    DECISION_WITHOUT_OFFICE = "decision-without-office",
    DECISION_WITHOUT_DELEGATION = "decision-without-delegation",
    FUNCTION_WITHOUT_CARRIER = "function-without-carrier",
}

/// Whoever answers for a task need not be heard or told as well.
pub(super) fn accountable_informed(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for task in facts.book.tables.tasks.iter() {
        let Some(accountable) = task.data.accountable.as_ref().and_then(Ref::id) else { continue };
        for (key, actors) in [("consulted", &task.data.consulted), ("informed", &task.data.informed)] {
            for actor in actors.iter().filter(|actor| actor.id() == Some(accountable)) {
                let finding = Diagnostic::at(ACCOUNTABLE_INFORMED, actor.span).with("key", key);
                let finding =
                    finding.with("actor", accountable.as_str()).with("task", called(facts.book, task));
                diags.push(finding.also(task.data.accountable.as_ref().map(|a| a.span)));
            }
        }
    }
}

/// Two tasks of one topic and phase with different accountables that no axis separates.
pub(super) fn overlap(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let mut told = BTreeSet::new();
    for group in coverage::groups(facts.book) {
        let place = |task: &Entry<Task>| group.tasks.iter().position(|own| own.id() == task.id());
        let pairs = group.overlaps(facts.book).into_iter();
        let new = pairs.filter(|(first, second)| told.insert((first.id(), second.id())));
        for (at, others) in gathered(new.filter_map(|(first, second)| place(first).zip(place(second)))) {
            let others: Vec<&Entry<Task>> = others.into_iter().map(|other| group.tasks[other]).collect();
            let names = first_called(facts.book, others.iter().map(|other| *other as &dyn AnyEntry));
            let finding = Diagnostic::at(OVERLAP, group.tasks[at].span).with("others", names);
            let finding = finding
                .with("task", called(facts.book, group.tasks[at]))
                .with("topic", name(facts.book, Kind::Topic, group.topic))
                .with("phase", name(facts.book, Kind::Phase, group.phase));
            diags.push(finding.also(others.first().map(|other| other.span)));
        }
    }
}

/// A combination of the situations that a topic and phase tell apart, for which there is no task.
pub(super) fn gap(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for group in coverage::groups(facts.book) {
        let Some(first) = group.tasks.first() else { continue };
        for missing in group.missing(facts.book) {
            let finding = Diagnostic::at(GAP, first.span)
                .with("topic", name(facts.book, Kind::Topic, group.topic))
                .with("phase", name(facts.book, Kind::Phase, group.phase))
                .with("missing", names(facts.book, Kind::Situation, missing.values().copied(), " + "));
            diags.push(finding);
        }
    }
}

/// Whether some task names an actor or phase that could not be found: then whoever seems to have no
/// task, and a phase that seems to have none, may only be misspelt there, which is told by itself.
fn unsettled(book: &Handbook) -> bool {
    let lost = |task: &Entry<Task>| {
        let data = &task.data;
        let phases = data.phase.iter().any(|phase| book.target(phase).is_none()) || data.phase.is_empty();
        let accountable = data.accountable.as_ref().is_none_or(|actor| book.target(actor).is_none());
        let lists = [&data.responsible, &data.supports, &data.consulted, &data.informed];
        phases || accountable || lists.into_iter().flatten().any(|actor| is_lost(book, actor))
    };
    !book.damaged.is_empty() || book.tables.tasks.iter().any(lost)
}

fn is_lost(book: &Handbook, actor: &Ref<Actor>) -> bool {
    let built_in = actor.id().is_some_and(|id| Actor::BUILT_IN.contains(&id.as_str()));
    !actor.is_everyone() && !built_in && book.target(actor).is_none()
}

/// A phase has tasks, and somebody in them.
pub(super) fn phases(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if unsettled(facts.book) {
        return;
    }
    let (mut with_task, mut with_role) = (BTreeSet::new(), BTreeSet::new());
    for task in facts.book.tables.tasks.iter() {
        let mans = |key: &Key| key.kind == Kind::Partner || !facts.book.bearers(key).is_empty();
        let manned = actors(facts.book, &task.data).iter().any(mans);
        for phase in task.data.phase.iter().filter_map(Ref::id) {
            with_task.insert(phase);
            if manned {
                with_role.insert(phase);
            }
        }
    }
    let cells = facts.book.tables.roles.iter().flat_map(|role| role.prose.iter());
    with_role.extend(cells.flat_map(|(_, prose)| prose.cells.keys()));
    for phase in facts.book.tables.phases.iter() {
        let code = match (with_task.contains(phase.id()), with_role.contains(phase.id())) {
            (false, _) => PHASE_WITHOUT_TASK,
            (true, false) => PHASE_WITHOUT_ROLE,
            (true, true) => continue,
        };
        diags.push(Diagnostic::at(code, phase.span).with("phase", called(facts.book, phase)));
    }
}

/// Everybody in a task, functions as themselves, `"*"` as every role.
fn actors(book: &Handbook, task: &Task) -> Vec<Key> {
    let named = [&task.responsible, &task.supports, &task.consulted, &task.informed];
    let mut found: Vec<Key> = task.accountable.iter().filter_map(|actor| book.target(actor)).collect();
    found.extend(task.decides.iter().filter_map(|actor| book.target(actor)));
    found.extend(task.substitute.iter().chain(&task.above).filter_map(|actor| book.target(actor)));
    found.extend(task.pair.iter().filter_map(|role| book.target(role)));
    found.extend(task.joins_if.iter().filter_map(|joins| book.target(&joins.actor)));
    for actor in named.into_iter().flatten() {
        found.extend(everyone(book, actor));
    }
    found
}

fn everyone(book: &Handbook, actor: &Ref<Actor>) -> Vec<Key> {
    if actor.is_everyone() {
        return book.tables.roles.iter().map(AnyEntry::key).collect();
    }
    book.target(actor).into_iter().collect()
}

/// A role or function takes part in something.
pub(super) fn roles(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if unsettled(facts.book) {
        return;
    }
    let mut busy: BTreeSet<Key> = BTreeSet::new();
    for task in facts.book.tables.tasks.iter() {
        for actor in actors(facts.book, &task.data) {
            busy.extend(facts.book.bearers(&actor).iter().map(|role| role.key()));
            busy.insert(actor);
        }
    }
    let tables = &facts.book.tables;
    for entry in tables.of(Kind::Role).chain(tables.of(Kind::Function)) {
        let twin = Kind::ACTORS.iter().any(|kind| busy.contains(&Key::new(*kind, entry.key().id)));
        if !twin {
            let finding =
                Diagnostic::at(ROLE_WITHOUT_TASK, entry.span()).with("role", called(facts.book, entry));
            diags.push(finding.with("kind", words::kind(entry.key().kind)));
        }
    }
}

/// Tasks with a decision of public power, with who decides.
fn decisions(book: &Handbook) -> impl Iterator<Item = (&Entry<Task>, Key, Span)> {
    let of_power = |decision| {
        matches!(decision, Decision::Discretionary | Decision::NonDiscretionary | Decision::Involuntary)
    };
    book.tables.tasks.iter().filter(move |task| of_power(task.data.decision)).filter_map(move |task| {
        let decider = task.data.decides.as_ref().or(task.data.accountable.as_ref())?;
        Some((task, book.target(decider)?, decider.span))
    })
}

/// Whoever uses public power does so in a public office (611/2021 92 §). Where a rule asks for one of
/// whoever decides, in every case of the task, the rule is told instead.
pub(super) fn office(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let ruled = |task: &Entry<Task>| {
        let rules = facts.rulings.of_task(task.id()).iter().filter(|bound| bound.ground == Ground::Meant);
        let rules = rules.filter_map(|bound| facts.book.tables.rules.shown(&bound.rule));
        rules.into_iter().any(|rule| {
            let office = rule.data.employment == Some(Employment::PublicOffice);
            let decides = rule.data.bound().contains(&Binds::Decides);
            office && decides && Cases::new(facts.book, &task.data, &rule.data).is_whole()
        })
    };
    for (task, decider, span) in decisions(facts.book).filter(|(task, _, _)| !ruled(task)) {
        let outside = |role: &&Entry<Role>| role.data.employment != Some(Employment::PublicOffice);
        for role in deciding_roles(facts.book, &task.data, &decider).into_iter().filter(outside) {
            let finding = Diagnostic::at(DECISION_WITHOUT_OFFICE, span).also(Some(role.span));
            diags.push(finding.with("task", called(facts.book, task)).with("role", called(facts.book, role)));
        }
    }
}

/// The roles that decide: of a function, those that can carry it in one of the task's situations.
fn deciding_roles<'b>(book: &'b Handbook, task: &Task, decider: &Key) -> Vec<&'b Entry<Role>> {
    let Some(function) = book.tables.functions.get(&decider.id).filter(|_| decider.kind == Kind::Function)
    else {
        return book.bearers(decider);
    };
    let carriers = &function.data.carrier;
    let occurring = occurring(book, task, carriers);
    let able = carriers.iter().filter(|carrier| {
        occurring.is_empty() || occurring.iter().any(|situation| carrier.can_carry(task, [*situation]))
    });
    able.filter_map(|carrier| book.tables.roles.at(&carrier.role)).collect()
}

/// The situations in which a task may find a function, as far as they matter to its carriers: on each
/// axis that bars one of them, the task's own, or all where it names none.
fn occurring<'b>(book: &'b Handbook, task: &'b Task, carriers: &'b [Carrier]) -> BTreeSet<&'b Slug> {
    let own = cases::axes(book, &task.situations);
    let axis_of = |id: &Slug| book.tables.situations.get(id)?.data.axis.as_ref()?.id();
    let barring = carriers.iter().flat_map(|carrier| &carrier.not_in).filter_map(Ref::id);
    let axes: BTreeSet<&Slug> = barring.filter_map(axis_of).collect();
    let all = |axis: &Slug| {
        let on_axis = book.tables.situations.iter().map(Entry::id).filter(|id| axis_of(id) == Some(axis));
        on_axis.collect::<BTreeSet<_>>()
    };
    axes.into_iter().flat_map(|axis| own.get(axis).cloned().unwrap_or_else(|| all(axis))).collect()
}

/// A power to decide comes from somewhere. What `polku new` asks for is still to be written, and no more than
/// that.
pub(super) fn delegation(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for (task, _, _) in decisions(facts.book) {
        let finding = Diagnostic::at(DECISION_WITHOUT_DELEGATION, task.span);
        let finding = finding.with("task", called(facts.book, task));
        match task.data.delegation.as_ref().map(Delegation::is_asked_for) {
            None => diags.push(finding),
            Some(true) => diags.push(Diagnostic { severity: Severity::Info, ..finding }),
            Some(false) => {}
        }
    }
}

/// A function has somebody to carry it in every situation in which a task needs it.
pub(super) fn carriers(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for task in facts.book.tables.tasks.iter() {
        let Some(accountable) = &task.data.accountable else { continue };
        let function = accountable.id().and_then(|id| facts.book.tables.functions.get(id));
        let Some(function) = function else { continue };
        let carriers = &function.data.carrier;
        let carried =
            |situation: &Slug| carriers.iter().any(|carrier| carrier.can_carry(&task.data, [situation]));
        let occurring = occurring(facts.book, &task.data, carriers);
        let alone: Vec<&Slug> = occurring.into_iter().filter(|situation| !carried(situation)).collect();
        if alone.is_empty() && !carriers.is_empty() {
            continue;
        }
        let joined = names(facts.book, Kind::Situation, alone, " + ");
        let finding = Diagnostic::at(FUNCTION_WITHOUT_CARRIER, accountable.span).also(Some(function.span));
        let finding = finding.with("function", called(facts.book, function)).with("situation", joined);
        diags.push(finding.with("task", called(facts.book, task)));
    }
}
