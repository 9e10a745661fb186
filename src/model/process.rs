//! A process: steps in the lanes of those who take them, from a start to an end.

use crate::model::form::Form;
use crate::model::guide::Guide;
use crate::model::law::LawRef;
use crate::model::measure::{Places, RowId};
use crate::model::meta::TextRow;
use crate::model::phase::Phase;
use crate::model::table::{Actor, Ref};
use crate::model::task::Task;
use crate::model::text::Text;
use crate::{choices, record, row};

record! {
    /// A process. Steps follow one another as they stand in the file, unless one says otherwise.
    pub struct Process {
        /// How close it looks (JHS 152).
        level: Level,
        /// The law it rests on.
        law: Vec<LawRef>,
        /// Its steps.
        step: Vec<Step>,
    }
}

choices! {
    /// The four levels of describing processes of the recommendation JHS 152, the closest first.
    pub enum Level {
        /// Työnkulku: single steps and who takes them.
        Workflow = "workflow",
        /// Prosessin kulku: stages of a process.
        Flow = "flow",
        /// Toimintamalli: how processes of an organisation hang together.
        Model = "model",
        /// Prosessikartta: which processes there are.
        Map = "map",
    }
}

row! {
    /// A step of a process.
    pub struct Step {
        /// What sort of step it is.
        kind: StepKind,
        /// In whose lane it stands; where nobody is given, in that of the step before.
        actor: Option<Ref<Actor>>,
        /// The phase it belongs to.
        phase: Option<Ref<Phase>>,
        /// What happens.
        text: Text = required,
        /// The steps that follow, where not the next in the file.
        next: Vec<RowId>,
        /// The ways out of a decision.
        branch: Vec<Branch>,
        /// The task that says more about it.
        task: Option<Ref<Task>>,
        /// The guide that helps to decide.
        guide: Option<Ref<Guide>>,
        /// The process that is gone through in this step, or with which this one goes on.
        process: Option<Ref<Process>>,
        /// Documents made or used.
        documents: Vec<TextRow>,
        /// Forms used.
        forms: Vec<Ref<Form>>,
        /// How many days are waited.
        days: Option<u32>,
        /// What is to be made better here.
        improve: Text,
        /// Whether no way through the process may pass it by.
        mandatory: bool,
    }
}

choices! {
    /// The sorts of steps.
    pub enum StepKind {
        /// Work.
        Task = "task",
        /// A choice between ways.
        Decision = "decision",
        /// A document that is made or arrives.
        Document = "document",
        /// Waiting for something.
        Wait = "wait",
        /// Another process.
        Subprocess = "subprocess",
        /// Where it begins.
        Start = "start",
        /// Where it ends.
        End = "end",
    }
}

row! {
    /// A way out of a decision.
    pub struct Branch {
        /// The answer that leads here.
        text: Text = required,
        /// The step it leads to.
        next: RowId = required,
    }
}

/// A way from a step to another.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// The place of the step it leads to.
    pub to: usize,
    /// The answer that leads there, where it is a way out of a decision.
    pub branch: Option<&'a Branch>,
}

impl Process {
    /// Where its steps stand.
    pub fn places(&self) -> Places<'_> {
        Places::of(self.step.iter().map(|step| &step.id))
    }

    /// Where a step leads: to where it says, else to the next in the file, unless it is an end.
    pub fn ways(&self, place: usize, places: &Places<'_>) -> Vec<Way<'_>> {
        let Some(step) = self.step.get(place) else { return Vec::new() };
        if step.branch.is_empty() && step.next.is_empty() {
            let follows = step.kind != StepKind::End && place + 1 < self.step.len();
            return follows.then_some(Way { to: place + 1, branch: None }).into_iter().collect();
        }
        let branches = step.branch.iter().filter_map(|branch| {
            let to = places.at(&branch.next)?;
            Some(Way { to, branch: Some(branch) })
        });
        let next = step.next.iter().filter_map(|row| Some(Way { to: places.at(row)?, branch: None }));
        branches.chain(next).collect()
    }

    /// Who takes a step: whoever it names, else who took the one before.
    pub fn actor(&self, place: usize) -> Option<&Ref<Actor>> {
        self.step.iter().take(place + 1).rev().find_map(|step| step.actor.as_ref())
    }

    /// The phase of a step: the one it names, else that of the step before.
    pub fn phase(&self, place: usize) -> Option<&Ref<Phase>> {
        self.step.iter().take(place + 1).rev().find_map(|step| step.phase.as_ref())
    }
}
