//! Cases: situations combined, one of each axis, as tasks and rules tell them apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::book::Handbook;
use crate::model::situation::Situation;
use crate::model::table::{Entry, Ref};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

/// Situations axis by axis. Those of one axis are alternatives; an axis that is not there means all of it.
pub type Axes<'a> = BTreeMap<&'a Slug, BTreeSet<&'a Slug>>;

/// One situation on each axis.
pub type Case<'a> = BTreeMap<&'a Slug, &'a Slug>;

/// More cases than this are not looked through for gaps: no reader could follow such a division either.
const MOST_CASES: usize = 4096;

/// The situations named, axis by axis; unknown ones are told by themselves.
pub fn axes<'a>(book: &'a Handbook, named: impl IntoIterator<Item = &'a Ref<Situation>>) -> Axes<'a> {
    let mut axes = Axes::new();
    for situation in named.into_iter().filter_map(|situation| book.tables.situations.at(situation)) {
        if let Some(axis) = situation.data.axis.as_ref().and_then(Ref::id) {
            axes.entry(axis).or_default().insert(situation.id());
        }
    }
    axes
}

/// Every combination of one situation of each axis; none where there are too many.
pub fn combinations<'a>(axes: &Axes<'a>) -> Vec<Case<'a>> {
    let mut all = vec![Case::new()];
    for (axis, situations) in axes {
        let with = |case: &Case<'a>, situation: &&'a Slug| {
            let mut case = case.clone();
            case.insert(axis, situation);
            case
        };
        if all.len() * situations.len() > MOST_CASES {
            return Vec::new();
        }
        all = all
            .iter()
            .flat_map(|case| situations.iter().map(move |situation| with(case, situation)))
            .collect();
    }
    all
}

/// The cases that can be put together of some situations of each axis. They are never put together one by
/// one, so there may be any number of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope<'a>(Axes<'a>);

impl<'a> Scope<'a> {
    /// The cases a task is for, told apart on its own axes and on those of the other situations named: where
    /// the task names none of an axis, all of it. An axis without a situation tells nothing apart.
    pub fn of_task(
        book: &'a Handbook,
        task: &'a Task,
        others: impl IntoIterator<Item = &'a Ref<Situation>>,
    ) -> Scope<'a> {
        let mut split = axes(book, &task.situations);
        for axis in axes(book, others).into_keys() {
            split.entry(axis).or_insert_with(|| on_axis(book, axis));
        }
        split.retain(|_, situations| !situations.is_empty());
        Scope(split)
    }

    /// The situations, axis by axis.
    pub fn axes(&self) -> &Axes<'a> {
        &self.0
    }

    /// Whether there is no case, because an axis has no situation left.
    pub fn is_empty(&self) -> bool {
        self.0.values().any(BTreeSet::is_empty)
    }

    /// The cases with one of the named situations on every axis they name.
    pub fn within(mut self, axes: &Axes<'a>) -> Scope<'a> {
        for (axis, named) in axes {
            self.0.entry(axis).or_default().retain(|situation| named.contains(situation));
        }
        self
    }

    /// The cases of those situations of which the test, given axis and situation, is true.
    pub fn retain(mut self, keep: impl Fn(&Slug, &Slug) -> bool) -> Scope<'a> {
        for (axis, situations) in &mut self.0 {
            situations.retain(|situation| keep(axis, situation));
        }
        self
    }
}

fn on_axis<'a>(book: &'a Handbook, axis: &Slug) -> BTreeSet<&'a Slug> {
    let lies = |situation: &&Entry<Situation>| situation.data.axis.as_ref().and_then(Ref::id) == Some(axis);
    book.tables.situations.iter().filter(lies).map(Entry::id).collect()
}

/// Whether a case has one of the named situations on every axis they name.
pub fn within(case: &Case<'_>, axes: &Axes<'_>) -> bool {
    axes.iter().all(|(axis, own)| case.get(axis).is_none_or(|situation| own.contains(situation)))
}
