//! A task: who is accountable for what, in which phase and situation.

use crate::model::competence::Competence;
use crate::model::form::Form;
use crate::model::law::LawRef;
use crate::model::meta::TextRow;
use crate::model::phase::{Deadline, Phase};
use crate::model::role::Role;
use crate::model::service::Service;
use crate::model::situation::Situation;
use crate::model::table::{Actor, Bearer, Ref};
use crate::model::text::Text;
use crate::model::topic::Topic;
use crate::syntax::slug::Slug;
use crate::{choices, record, row};

record! {
    /// A task.
    pub struct Task {
        /// The phases it belongs to.
        phase: Vec<Ref<Phase>> = required,
        /// What it is about.
        topic: Option<Ref<Topic>>,
        /// The situations it is for: one of each axis named, several of one axis being alternatives; an axis
        /// not named means all of it.
        situations: Vec<Ref<Situation>>,
        /// Who answers for it: exactly one.
        accountable: Option<Ref<Bearer>> = required,
        /// Who does it; the accountable where nobody is given.
        responsible: Vec<Ref<Actor>>,
        /// Who takes part.
        supports: Vec<Ref<Actor>>,
        /// Who is heard.
        consulted: Vec<Ref<Actor>>,
        /// Who is told.
        informed: Vec<Ref<Actor>>,
        /// With whom it is done as a pair.
        pair: Option<Ref<Role>>,
        /// Who takes part when a situation arises.
        joins_if: Vec<Joins>,
        /// Who stands in.
        substitute: Option<Ref<Bearer>>,
        /// What sort of decision it contains.
        decision: Decision,
        /// Who decides, where not the accountable.
        decides: Option<Ref<Bearer>>,
        /// Up to what limit.
        limit: Text,
        /// Who decides above the limit.
        above: Option<Ref<Bearer>>,
        /// By what the power to decide was given.
        delegation: Option<Delegation>,
        /// The law.
        law: Vec<LawRef>,
        /// What whoever does it must have learnt.
        competences: Vec<Ref<Competence>>,
        /// The time limit.
        deadline: Option<Deadline>,
        /// Where it is documented.
        recorded: Vec<TextRow>,
        /// The tasks that follow elsewhere.
        hands_over_to: Vec<Ref<Task>>,
        /// Forms used in it.
        forms: Vec<Ref<Form>>,
        /// Services it belongs to; all where none is given.
        services: Vec<Ref<Service>>,
        /// The older practice it replaces.
        replaces: Text,
    }
}

choices! {
    /// The sorts of decisions a task can contain.
    pub enum Decision {
        /// None.
        None = "none",
        /// One with discretion.
        Discretionary = "discretionary",
        /// One without discretion.
        NonDiscretionary = "non_discretionary",
        /// One against the client's will.
        Involuntary = "involuntary",
        /// A physician's.
        Medical = "medical",
    }
}

row! {
    /// Somebody who takes part when a situation arises.
    pub struct Joins {
        /// Who.
        actor: Ref<Actor> = required,
        /// When.
        situation: Ref<Situation> = required,
    }
}

row! {
    /// The grounds of a power to decide (611/2021 96 §).
    pub struct Delegation {
        /// What was given to whom.
        text: Text,
        /// The document.
        document: Option<String>,
        /// Its day.
        date: crate::model::values::Day,
        /// Its address.
        link: Option<String>,
    }
}

impl Task {
    /// Its phases, each once.
    pub fn phases(&self) -> impl Iterator<Item = &Slug> {
        let before = |at: usize| self.phase[..at].iter().filter_map(Ref::id);
        let ids = self.phase.iter().enumerate().filter_map(|(at, phase)| Some((at, phase.id()?)));
        ids.filter(move |(at, id)| before(*at).all(|other| other != *id)).map(|(_, id)| id)
    }
}

impl Delegation {
    /// Whether nobody has written yet what a new handbook asks for.
    pub fn is_asked_for(&self) -> bool {
        self.document.is_none() && self.link.is_none() && self.text.is_asked_for()
    }
}
