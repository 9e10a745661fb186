//! A competence rule: whom the law lets do what. Data that the handbook's authors write and change.

use crate::base::diag::Severity;
use crate::model::competence::Competence;
use crate::model::law::LawRef;
use crate::model::partner::Sort;
use crate::model::qualification::Qualification;
use crate::model::role::Employment;
use crate::model::situation::Situation;
use crate::model::table::Ref;
use crate::model::task::Decision;
use crate::model::topic::Topic;
use crate::{choices, record};

record! {
    /// A competence rule. It speaks of the tasks of a topic, of tasks with a decision, or of tasks of
    /// a topic with a decision; it asks for whatever its fields name, all at once.
    pub struct Rule {
        /// The law it rests on.
        law: Vec<LawRef> = required,
        /// The topics it speaks of; all where a decision is named instead.
        topic: Vec<Ref<Topic>>,
        /// The decisions it speaks of; any task where a topic is named instead.
        decision: Vec<Decision>,
        /// The situations in which it holds; all where none is named.
        situations: Vec<Ref<Situation>>,
        /// The situations in which it does not hold.
        except: Vec<Ref<Situation>>,
        /// Whom it binds; whoever answers for the task where nobody is named.
        binds: Vec<Binds>,
        /// The qualifications it lets do it.
        allows: Vec<Ref<Qualification>>,
        /// The form of employment it asks for.
        employment: Option<Employment>,
        /// The competence it asks for.
        competence: Option<Ref<Competence>>,
        /// Whether it is enough that one of a pair fulfils it.
        one_of_pair: bool,
        /// The sorts of partners that may not be given it.
        forbids: Vec<Sort>,
        /// How much a breach weighs, where not as the check does.
        severity: Option<Weight>,
    }
}

choices! {
    /// Whom a rule binds.
    pub enum Binds {
        /// Whoever answers for the task, and who stands in for them.
        Accountable = "accountable",
        /// Whoever decides: at first, above the limit, and who stands in for them.
        Decides = "decides",
        /// Everybody who does the work or takes part in it.
        Everyone = "everyone",
    }
}

choices! {
    /// How much a breach of a rule weighs.
    pub enum Weight {
        /// The handbook may not be published like this.
        Error = "error",
        /// Something a reader will stumble over.
        Warning = "warning",
        /// Something to know.
        Info = "info",
    }
}

impl Weight {
    /// The same as the weight of a finding.
    pub fn severity(self) -> Severity {
        match self {
            Weight::Error => Severity::Error,
            Weight::Warning => Severity::Warning,
            Weight::Info => Severity::Info,
        }
    }
}

impl Rule {
    /// Whom it binds.
    pub fn bound(&self) -> &[Binds] {
        if self.binds.is_empty() { &[Binds::Accountable] } else { &self.binds }
    }

    /// Whether it lets no partner of a sort do it: because it says so, or because it asks for a public
    /// office, which only an authority has.
    pub fn bars(&self, sort: Sort) -> bool {
        let authority = matches!(sort, Sort::OwnOrganisation | Sort::State | Sort::Municipality);
        let office = self.employment == Some(Employment::PublicOffice);
        self.forbids.contains(&sort) || (office && !authority)
    }

    /// Whether it says of what it speaks and what it asks for.
    pub fn is_idle(&self) -> bool {
        let about = !self.topic.is_empty() || !self.decision.is_empty();
        let asks_who = !self.allows.is_empty() || !self.forbids.is_empty();
        let asks = asks_who || self.employment.is_some() || self.competence.is_some();
        !(about && asks)
    }
}
