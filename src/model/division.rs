//! Who takes which share in which task: the division of work, gathered once for every page and check.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::book::Handbook;
use crate::model::framework::Order;
use crate::model::function::Carrier;
use crate::model::kind::Kind;
use crate::model::table::{Actor, AnyEntry, CLIENT, Entry, Key, Ref};
use crate::model::task::{Decision, Task};
use crate::syntax::slug::Slug;

/// What somebody does in a task, in the order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// Answers for it.
    Accountable,
    /// Does it.
    Responsible,
    /// Does it in a pair with whoever answers.
    Paired,
    /// Takes part.
    Supports,
    /// Is heard.
    Consulted,
    /// Is told.
    Informed,
}

impl Share {
    /// All shares in the order of weight.
    pub const ALL: [Share; 6] = [
        Share::Accountable,
        Share::Responsible,
        Share::Paired,
        Share::Supports,
        Share::Consulted,
        Share::Informed,
    ];

    /// The word in files and in the theme's strings.
    pub fn as_str(self) -> &'static str {
        match self {
            Share::Accountable => "accountable",
            Share::Responsible => "responsible",
            Share::Paired => "paired",
            Share::Supports => "supports",
            Share::Consulted => "consulted",
            Share::Informed => "informed",
        }
    }
}

/// What somebody does in a task beside a share in the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Makes its decision.
    Decides,
    /// Stands in for the accountable.
    Substitutes,
    /// Decides above the limit.
    DecidesAbove,
}

/// Whoever takes a share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A role or a function.
    Actor(Key),
    /// The person the work is done for.
    Client,
}

/// Somebody's share in a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// Who.
    pub who: Who,
    /// Which share.
    pub share: Share,
    /// Only in this situation.
    pub when: Option<Slug>,
}

/// The division of work of a handbook.
#[derive(Debug, Clone, Default)]
pub struct Division {
    takings: BTreeMap<Slug, Vec<Taking>>,
    by_actor: BTreeMap<Key, Vec<Slug>>,
    by_phase: BTreeMap<Slug, Vec<Slug>>,
    handed: BTreeMap<Slug, Vec<Slug>>,
    duties: BTreeMap<(Key, Duty), Vec<Slug>>,
    order: Vec<Slug>,
    places: BTreeMap<Slug, usize>,
    phases: Vec<Slug>,
}

impl Division {
    /// Gathers the shares of every task.
    pub fn new(book: &Handbook) -> Division {
        let mut division = Division::default();
        for task in book.tables.tasks.iter() {
            division.add(book, task);
        }
        division.phases = phases_in_order(book);
        division.order = division.reading_order(book);
        division.places = division.order.iter().enumerate().map(|(at, id)| (id.clone(), at)).collect();
        division
    }

    fn add(&mut self, book: &Handbook, task: &Entry<Task>) {
        let takings = takings(book, &task.data);
        for phase in task.data.phases() {
            self.by_phase.entry(phase.clone()).or_default().push(task.id().clone());
        }
        for taking in &takings {
            let Who::Actor(key) = &taking.who else { continue };
            let tasks = self.by_actor.entry(key.clone()).or_default();
            if tasks.last() != Some(task.id()) {
                tasks.push(task.id().clone());
            }
        }
        for next in task.data.hands_over_to.iter().filter_map(Ref::id) {
            self.handed.entry(next.clone()).or_default().push(task.id().clone());
        }
        for (actor, duty) in duties(book, &task.data) {
            self.duties.entry((actor, duty)).or_default().push(task.id().clone());
        }
        self.takings.insert(task.id().clone(), takings);
    }

    /// Who takes which share in a task, by weight.
    pub fn of_task(&self, task: &Slug) -> &[Taking] {
        self.takings.get(task).map_or(&[], Vec::as_slice)
    }

    /// The tasks in which a role or function takes a share itself.
    pub fn of_actor(&self, actor: &Key) -> &[Slug] {
        self.by_actor.get(actor).map_or(&[], Vec::as_slice)
    }

    /// The tasks in which a role or function has a duty.
    pub fn with_duty(&self, actor: &Key, duty: Duty) -> &[Slug] {
        self.duties.get(&(actor.clone(), duty)).map_or(&[], Vec::as_slice)
    }

    /// The tasks of a phase.
    pub fn of_phase(&self, phase: &Slug) -> &[Slug] {
        self.by_phase.get(phase).map_or(&[], Vec::as_slice)
    }

    /// The tasks that hand over to this one.
    pub fn before(&self, task: &Slug) -> &[Slug] {
        self.handed.get(task).map_or(&[], Vec::as_slice)
    }

    /// The tasks before and after one, as all tasks follow one another along the frameworks.
    pub fn around(&self, task: &Slug) -> (&[Slug], &[Slug]) {
        let Some(at) = self.places.get(task) else { return (&[], &[]) };
        (&self.order[..*at], &self.order[at + 1..])
    }

    /// Every task once, in the order in which a reader meets them.
    pub fn order(&self) -> &[Slug] {
        &self.order
    }

    /// Phases as a reader meets them: framework by framework, bands behind the phases, then the rest.
    pub fn phases(&self) -> &[Slug] {
        &self.phases
    }

    /// Every task once, phase by phase; those without a known phase last.
    fn reading_order(&self, book: &Handbook) -> Vec<Slug> {
        let mut seen = BTreeSet::new();
        let in_phases = self.phases.iter().filter_map(|phase| self.by_phase.get(phase)).flatten();
        let all = in_phases.chain(book.tables.tasks.iter().map(Entry::id));
        all.filter(|task| seen.insert((*task).clone())).cloned().collect()
    }

    /// The shares of somebody in a task, by weight.
    pub fn shares<'d>(&'d self, task: &Slug, actor: &Key) -> impl Iterator<Item = &'d Taking> {
        let who = Who::Actor(actor.clone());
        self.of_task(task).iter().filter(move |taking| taking.who == who)
    }
}

/// Some tasks by phase.
pub struct ByPhase<'b>(BTreeMap<&'b Slug, Vec<&'b Entry<Task>>>);

impl<'b> ByPhase<'b> {
    /// Sorts tasks by their phases. What is not shown is left out.
    pub fn sorted<'t>(book: &'b Handbook, tasks: impl Iterator<Item = &'t Slug>) -> ByPhase<'b> {
        let table = &book.tables.tasks;
        let mut own: Vec<usize> = tasks.filter_map(|task| table.place(task)).collect();
        own.sort_unstable();
        own.dedup();
        let mut by: BTreeMap<&Slug, Vec<&Entry<Task>>> = BTreeMap::new();
        for task in own.into_iter().filter_map(|place| table.shown_at(place)) {
            task.data.phases().for_each(|phase| by.entry(phase).or_default().push(task));
        }
        ByPhase(by)
    }

    /// Those of a phase, each once, in the order in which the phase has them.
    pub fn of(&self, phase: &Slug) -> &[&'b Entry<Task>] {
        self.0.get(phase).map_or(&[], Vec::as_slice)
    }
}

fn duties(book: &Handbook, task: &Task) -> Vec<(Key, Duty)> {
    let decider =
        (task.decision != Decision::None).then(|| task.decides.as_ref().or(task.accountable.as_ref()));
    let named = [
        (decider.flatten(), Duty::Decides),
        (task.substitute.as_ref(), Duty::Substitutes),
        (task.above.as_ref(), Duty::DecidesAbove),
    ];
    named.into_iter().filter_map(|(actor, duty)| Some((book.target(actor?)?, duty))).collect()
}

/// The shares in a task, by weight.
fn takings(book: &Handbook, task: &Task) -> Vec<Taking> {
    let taking = |who: Who, share: Share| Taking { who, share, when: None };
    let key = |key: Option<Key>| key.map(Who::Actor);
    let mut found: Vec<Taking> = Vec::new();
    let accountable = task.accountable.as_ref().and_then(|actor| key(book.target(actor)));
    found.extend(accountable.map(|who| taking(who, Share::Accountable)));
    let pair = task.pair.as_ref().and_then(|role| key(book.target(role)));
    found.extend(pair.map(|who| taking(who, Share::Paired)));
    let lists = [
        (&task.responsible, Share::Responsible),
        (&task.supports, Share::Supports),
        (&task.consulted, Share::Consulted),
        (&task.informed, Share::Informed),
    ];
    for (actors, share) in lists {
        for actor in actors {
            // `"*"` means everybody else: whoever has a share of their own keeps that.
            let others = |who: &Who| !actor.is_everyone() || found.iter().all(|own| own.who != *who);
            let who: Vec<Who> = whos(book, actor).into_iter().filter(others).collect();
            found.extend(who.into_iter().map(|who| taking(who, share)));
        }
    }
    for joins in &task.joins_if {
        let when = joins.situation.id().cloned();
        let who = whos(book, &joins.actor).into_iter();
        found.extend(who.map(|who| Taking { who, share: Share::Supports, when: when.clone() }));
    }
    found.sort_by_key(|taking| taking.share);
    let mut seen = Vec::new();
    found.retain(|taking| {
        !seen.contains(taking) && {
            seen.push(taking.clone());
            true
        }
    });
    found
}

fn whos(book: &Handbook, actor: &Ref<Actor>) -> Vec<Who> {
    if actor.is_everyone() {
        return book.tables.roles.iter().map(|role| Who::Actor(role.key())).collect();
    }
    if actor.id().is_some_and(|id| id.as_str() == CLIENT) {
        return vec![Who::Client];
    }
    book.target(actor).map(Who::Actor).into_iter().collect()
}

fn phases_in_order(book: &Handbook) -> Vec<Slug> {
    let of_frameworks = book.tables.frameworks.iter().flat_map(|framework| {
        let bands = framework.data.band.iter().filter_map(|band| band.phase.id());
        framework.data.phases.iter().filter_map(Ref::id).chain(bands)
    });
    let mut seen = BTreeSet::new();
    let all = of_frameworks.chain(book.tables.phases.iter().map(Entry::id));
    let known = all.filter(|phase| book.tables.phases.shown(phase).is_some());
    known.filter(|phase| seen.insert((*phase).clone())).cloned().collect()
}

/// The phases before and after one on the paths it stands on.
pub fn neighbours(book: &Handbook, phase: &Slug) -> (Option<Slug>, Option<Slug>) {
    for framework in book.tables.frameworks.iter().filter(|f| f.data.order == Order::Path) {
        let phases: Vec<&Slug> = framework.data.phases.iter().filter_map(Ref::id).collect();
        if let Some(at) = phases.iter().position(|id| *id == phase) {
            let other = |at: Option<usize>| at.and_then(|at| phases.get(at)).map(|id| (*id).clone());
            return (other(at.checked_sub(1)), other(Some(at + 1)));
        }
    }
    (None, None)
}

/// The functions that a role can carry.
pub fn functions_of<'b>(book: &'b Handbook, role: &'b Slug) -> impl Iterator<Item = Key> + 'b {
    functions(book, move |carrier| carrier.role.id() == Some(role))
}

/// The functions that a role can carry in the situations of a task.
pub fn functions_in<'b>(
    book: &'b Handbook,
    role: &'b Slug,
    task: &'b Task,
) -> impl Iterator<Item = Key> + 'b {
    let situations = || task.situations.iter().filter_map(Ref::id);
    functions(book, move |carrier| carrier.role.id() == Some(role) && carrier.can_carry(task, situations()))
}

fn functions<'b>(
    book: &'b Handbook,
    carries: impl Fn(&Carrier) -> bool + 'b,
) -> impl Iterator<Item = Key> + 'b {
    let functions = book.tables.functions.iter();
    functions
        .filter(move |function| function.data.carrier.iter().any(&carries))
        .map(|function| Key::new(Kind::Function, function.id().clone()))
}
