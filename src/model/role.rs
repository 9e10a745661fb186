//! A role: a job in the organisation, with its cells of the role × phase matrix.

use crate::model::competence::Competence;
use crate::model::qualification::Qualification;
use crate::model::table::Ref;
use crate::model::team::Team;
use crate::model::text::Text;
use crate::model::values::Tag;
use crate::{choices, record, row};

record! {
    /// A role. What it does in each phase stands in its prose, under the name of the phase.
    pub struct Role {
        /// Qualifications of which a holder has at least one.
        qualifications: Vec<Ref<Qualification>>,
        /// Qualifications of which a holder has all.
        qualifications_all: Vec<Ref<Qualification>>,
        /// The form of employment.
        employment: Option<Employment>,
        /// Who leads the work.
        manager: Option<Ref<Role>>,
        /// Who leads the profession.
        professional_lead: Option<Ref<Role>>,
        /// Which class of access to client data its tasks give (decree 457/2024 10 §).
        access: Option<Access>,
        /// What a holder has learnt beyond the qualification.
        competences: Vec<Ref<Competence>>,
        /// The teams in which it is found.
        teams: Vec<Ref<Team>>,
        /// Which languages a holder has to know, and how well (424/2003).
        language: Vec<LanguageSkill>,
        /// Whom it works with outside the tasks of the handbook.
        interaction: Text,
        /// How working time is shared out.
        time: Vec<TimeShare>,
    }
}

row! {
    /// A language and how well it has to be known.
    pub struct LanguageSkill {
        /// The language.
        language: Tag = required,
        /// How well.
        level: SkillLevel,
        /// Whether it is made up as an example.
        example: bool,
    }
}

choices! {
    /// Degrees of language proficiency.
    pub enum SkillLevel {
        /// Tyydyttävä / nöjaktig.
        Satisfactory = "satisfactory",
        /// Hyvä / god.
        Good = "good",
        /// Erinomainen / utmärkt.
        Excellent = "excellent",
    }
}

row! {
    /// A share of working time.
    pub struct TimeShare {
        /// What it goes to.
        text: Text = required,
        /// How much of it, in per cent.
        percent: Option<u32> = required,
        /// Whether it is made up as an example.
        example: bool,
    }
}

choices! {
    /// The form of employment. Public power is used only in a public office (611/2021 92 §).
    pub enum Employment {
        /// Virkasuhde / tjänsteförhållande.
        PublicOffice = "public_office",
        /// Työsuhde / arbetsavtalsförhållande.
        Contract = "contract",
        /// One or the other.
        Either = "either",
        /// Not employed by the organisation.
        External = "external",
    }
}

choices! {
    /// The classes of tasks from which access to client data follows (decree 457/2024 10 §).
    pub enum Access {
        /// Tasks with broad responsibility for clients.
        Broad = "broad",
        /// Arranging a service.
        Arranging = "arranging",
        /// Lastenvalvoja / barnatillsyningsman.
        ChildSupervision = "child_supervision",
        /// Carrying out a service.
        CarryingOut = "carrying_out",
        /// Administration.
        Administrative = "administrative",
    }
}
