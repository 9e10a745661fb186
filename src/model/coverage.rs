//! Where the tasks of a topic leave a case to nobody, or give one to two.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::book::Handbook;
use crate::model::cases::{self, Axes, Case};
use crate::model::table::{Entry, Ref};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

/// Tasks of one topic in one phase.
pub struct Group<'a> {
    /// The topic.
    pub topic: &'a Slug,
    /// The phase.
    pub phase: &'a Slug,
    /// The tasks.
    pub tasks: Vec<&'a Entry<Task>>,
}

/// The tasks that have a topic, by topic and phase.
pub fn groups(book: &Handbook) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(&Slug, &Slug), Vec<&Entry<Task>>> = BTreeMap::new();
    for task in book.tables.tasks.iter() {
        let Some(topic) = task.data.topic.as_ref().and_then(Ref::id) else { continue };
        for phase in task.data.phase.iter().filter_map(Ref::id) {
            groups.entry((topic, phase)).or_default().push(task);
        }
    }
    groups.into_iter().map(|((topic, phase), tasks)| Group { topic, phase, tasks }).collect()
}

/// What is loose in the tasks of a topic and phase.
pub struct Loose {
    /// The topic.
    pub topic: Slug,
    /// The phase.
    pub phase: Slug,
    /// What is loose.
    pub end: End,
}

/// A loose end.
pub enum End {
    /// Nobody has the case of these situations.
    Gap(Vec<Slug>),
    /// Two tasks have the same case.
    Overlap(Slug, Slug),
}

/// Cases that nobody has, and cases that two have, each two tasks once.
pub fn loose(book: &Handbook) -> Vec<Loose> {
    let (mut told, mut found) = (BTreeSet::new(), Vec::new());
    for group in groups(book) {
        let loose = |end| Loose { topic: group.topic.clone(), phase: group.phase.clone(), end };
        let gap = |case: Case<'_>| loose(End::Gap(case.values().map(|id| (*id).clone()).collect()));
        found.extend(group.missing(book).into_iter().map(gap));
        let new = group.overlaps(book).into_iter().map(|(one, other)| (one.id(), other.id()));
        let new = new.filter(|pair| told.insert(*pair));
        found.extend(new.map(|(one, other)| loose(End::Overlap(one.clone(), other.clone()))));
    }
    found
}

impl<'a> Group<'a> {
    /// Every two tasks with different accountables that no axis separates.
    pub fn overlaps(&self, book: &Handbook) -> Vec<(&'a Entry<Task>, &'a Entry<Task>)> {
        let mut found = Vec::new();
        for (n, first) in self.tasks.iter().enumerate() {
            let others = self.tasks[n + 1..].iter();
            let both = others.filter(|second| overlap(book, &first.data, &second.data));
            found.extend(both.map(|second| (*first, *second)));
        }
        found
    }

    /// The combinations of the situations told apart here for which there is no task.
    pub fn missing(&self, book: &'a Handbook) -> Vec<Case<'a>> {
        let split: Vec<Axes<'a>> =
            self.tasks.iter().map(|task| cases::axes(book, &task.data.situations)).collect();
        let mut used = Axes::new();
        for (axis, situations) in split.iter().flatten() {
            used.entry(axis).or_default().extend(situations);
        }
        let covered = |case: &Case<'_>| split.iter().any(|task| cases::within(case, task));
        cases::combinations(&used).into_iter().filter(|case| !covered(case)).collect()
    }
}

fn overlap(book: &Handbook, first: &Task, second: &Task) -> bool {
    let accountable = |task: &Task| task.accountable.as_ref().and_then(Ref::id).cloned();
    let (one, other) = (cases::axes(book, &first.situations), cases::axes(book, &second.situations));
    let separates = |axis: &&Slug| match (one.get(axis), other.get(axis)) {
        (Some(one), Some(other)) => one.is_disjoint(other),
        _ => false,
    };
    accountable(first).is_some()
        && accountable(second).is_some()
        && accountable(first) != accountable(second)
        && !one.keys().any(separates)
}
