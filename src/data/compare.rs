//! What changed in the division of work between two published handbooks: a pure function of both.
//!
//! One edit gives one change. A task that is handed over is one change for both sides, and the power to
//! decide that goes with it is part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, Named, Task, Texts};
use crate::model::division::Share;

/// The key of a thing: `role/x`.
pub type Key = String;

/// A share in a task, only in a situation where one is named.
pub type Part = (Share, Option<Key>);

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Something is new.
    Added(Key),
    /// Something is no longer there.
    Removed(Key),
    /// Something is called otherwise.
    Renamed(Key),
    /// A task is another's.
    Handed {
        /// The task.
        task: Key,
        /// Whether the power to decide went with it.
        decides: bool,
    },
    /// Somebody takes another part in a task: none before, or none any more.
    Shared {
        /// The task.
        task: Key,
        /// Who.
        actor: Key,
        /// The parts before.
        old: BTreeSet<Part>,
        /// The parts now.
        new: BTreeSet<Part>,
    },
    /// The power to decide in a task is another.
    Power {
        /// The task.
        task: Key,
        /// In what.
        power: Power,
    },
    /// A task is for other situations.
    Situations(Key),
    /// A task belongs to other phases.
    Phases(Key),
    /// A role can carry a function that it could not, or the other way round, or in other situations.
    Carries {
        /// The function.
        function: Key,
        /// The role.
        role: Key,
    },
}

/// What belongs to the power to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    /// What sort of decision there is.
    Decision,
    /// Who decides.
    Decides,
    /// Up to what limit.
    Limit,
    /// Who decides above it.
    Above,
    /// By what the power was given.
    Delegation,
    /// Who stands in.
    Substitute,
}

/// Two documents and what changed between them.
pub struct Comparison {
    /// The older one, with the ids that things have now.
    pub old: Document,
    /// The newer one.
    pub new: Document,
    /// The changes, in the order of the documents.
    pub changes: Vec<Change>,
}

/// Compares two documents.
pub fn compare(old: Document, new: Document) -> Comparison {
    let former = new.former(&old);
    let old = rekeyed(old, &former);
    let mut changes = Vec::new();
    things(&old, &new, &mut changes);
    functions(&old, &new, &mut changes);
    let before: BTreeMap<&str, &Task> =
        old.entities.task.iter().map(|task| (task.id.as_str(), task)).collect();
    for task in &new.entities.task {
        if let Some(before) = before.get(task.id.as_str()) {
            tasks(before, task, &mut changes);
        }
    }
    Comparison { old, new, changes }
}

/// What is new, gone, or called otherwise.
fn things(old: &Document, new: &Document, changes: &mut Vec<Change>) {
    let (before, now) = (old.named(), new.named());
    let names: BTreeMap<&Key, &Texts> = before.iter().map(|(key, name)| (key, *name)).collect();
    for (key, name) in &now {
        match names.get(key) {
            None => changes.push(Change::Added(key.clone())),
            Some(before) if before != name => changes.push(Change::Renamed(key.clone())),
            Some(_) => {}
        }
    }
    let here: BTreeSet<&Key> = now.iter().map(|(key, _)| key).collect();
    let gone = before.iter().filter(|(key, _)| !here.contains(key));
    changes.extend(gone.map(|(key, _)| Change::Removed(key.clone())));
}

/// Who can carry a function that there was before.
fn functions(old: &Document, new: &Document, changes: &mut Vec<Change>) {
    for function in &new.entities.function {
        let Some(before) = old.entities.function.iter().find(|own| own.id == function.id) else { continue };
        let carriers = |of: &Named| {
            of.carrier
                .iter()
                .map(|carrier| (carrier.role.clone(), carrier.clone()))
                .collect::<BTreeMap<_, _>>()
        };
        let (before, now) = (carriers(before), carriers(function));
        let roles: BTreeSet<&Key> = before.keys().chain(now.keys()).collect();
        let changed = roles.into_iter().filter(|role| before.get(*role) != now.get(*role));
        let function = format!("function/{}", function.id);
        changes
            .extend(changed.map(|role| Change::Carries { function: function.clone(), role: role.clone() }));
    }
}

/// What changed in a task.
fn tasks(old: &Task, new: &Task, changes: &mut Vec<Change>) {
    let task = format!("task/{}", new.id);
    let handed = old.accountable != new.accountable;
    if handed {
        let decides = deciding(old) && deciding(new) && old.decides.is_none() && new.decides.is_none();
        changes.push(Change::Handed { task: task.clone(), decides });
    }
    let (before, now) = (parts(old), parts(new));
    let sides = [&old.accountable, &new.accountable];
    let told = |actor: &Key| handed && sides.iter().any(|side| side.as_ref() == Some(actor));
    let actors: BTreeSet<&Key> = before.keys().chain(now.keys()).collect();
    for actor in actors.into_iter().filter(|actor| !told(actor)) {
        let of = |parts: &BTreeMap<Key, BTreeSet<Part>>| parts.get(actor).cloned().unwrap_or_default();
        let (old, new) = (of(&before), of(&now));
        if old != new {
            changes.push(Change::Shared { task: task.clone(), actor: actor.clone(), old, new });
        }
    }
    let powers = powers(old, new, handed).into_iter();
    changes.extend(powers.map(|power| Change::Power { task: task.clone(), power }));
    if old.situations != new.situations {
        changes.push(Change::Situations(task.clone()));
    }
    if old.phase != new.phase {
        changes.push(Change::Phases(task));
    }
}

/// Whether a task contains a decision.
fn deciding(task: &Task) -> bool {
    task.decision.as_deref().is_some_and(|decision| decision != "none")
}

/// Who decides in a task: the accountable where nobody else does.
pub(super) fn decider(task: &Task) -> Option<&Key> {
    task.decides.as_ref().or(task.accountable.as_ref()).filter(|_| deciding(task))
}

fn powers(old: &Task, new: &Task, handed: bool) -> Vec<Power> {
    let both = deciding(old) && deciding(new);
    let went_along = handed && old.decides.is_none() && new.decides.is_none();
    let changed = [
        (Power::Decision, deciding(old) != deciding(new) || (both && old.decision != new.decision)),
        (Power::Decides, both && !went_along && decider(old) != decider(new)),
        (Power::Limit, old.limit != new.limit),
        (Power::Above, old.above != new.above),
        (Power::Delegation, old.delegation != new.delegation),
        (Power::Substitute, old.substitute != new.substitute),
    ];
    changed.into_iter().filter(|(_, changed)| *changed).map(|(power, _)| power).collect()
}

/// Who takes which parts in a task; `*` stands for every role.
pub(super) fn parts(task: &Task) -> BTreeMap<Key, BTreeSet<Part>> {
    let mut parts: BTreeMap<Key, BTreeSet<Part>> = BTreeMap::new();
    let mut add = |actor: &Key, share: Share, when: Option<Key>| {
        parts.entry(actor.clone()).or_default().insert((share, when));
    };
    task.accountable.iter().for_each(|actor| add(actor, Share::Accountable, None));
    task.pair.iter().for_each(|actor| add(actor, Share::Paired, None));
    let lists = [
        (&task.responsible, Share::Responsible),
        (&task.supports, Share::Supports),
        (&task.consulted, Share::Consulted),
        (&task.informed, Share::Informed),
    ];
    for (actors, share) in lists {
        actors.iter().for_each(|actor| add(actor, share, None));
    }
    for joins in &task.joins_if {
        add(&joins.actor, Share::Supports, Some(joins.situation.clone()));
    }
    parts
}

/// A document with the ids that things have now.
fn rekeyed(mut old: Document, former: &BTreeMap<Key, Key>) -> Document {
    if former.is_empty() {
        return old;
    }
    let now = |key: &mut Key| former.get(key).into_iter().for_each(|new| key.clone_from(new));
    let id = |kind: &str, id: &mut String| {
        if let Some((_, new)) = former.get(&format!("{kind}/{id}")).and_then(|key| key.split_once('/')) {
            new.clone_into(id);
        }
    };
    let set = |keys: &mut BTreeSet<Key>| {
        *keys = keys.iter().map(|key| former.get(key).unwrap_or(key).clone()).collect();
    };
    let entities = &mut old.entities;
    let lists = [
        ("role", &mut entities.role),
        ("function", &mut entities.function),
        ("partner", &mut entities.partner),
        ("forum", &mut entities.forum),
        ("framework", &mut entities.framework),
        ("phase", &mut entities.phase),
        ("situation", &mut entities.situation),
    ];
    for (kind, named) in lists.into_iter().flat_map(|(kind, list)| list.iter_mut().map(move |n| (kind, n))) {
        id(kind, &mut named.id);
        for carrier in &mut named.carrier {
            now(&mut carrier.role);
            set(&mut carrier.not_in);
            carrier.unless_paired_with.iter_mut().for_each(now);
        }
    }
    for task in &mut entities.task {
        id("task", &mut task.id);
        set(&mut task.phase);
        set(&mut task.situations);
        let ones = [&mut task.accountable, &mut task.pair, &mut task.substitute, &mut task.decides];
        ones.into_iter().chain([&mut task.above]).flatten().for_each(now);
        let lists = [&mut task.responsible, &mut task.supports, &mut task.consulted, &mut task.informed];
        lists.into_iter().flatten().for_each(now);
        let joins = task.joins_if.iter_mut().flat_map(|joins| [&mut joins.actor, &mut joins.situation]);
        joins.for_each(now);
    }
    old
}
