//! A role: a job in the organisation, with its cells of the role × phase matrix.

use crate::model::competence::Competence;
use crate::model::qualification::Qualification;
use crate::model::table::Ref;
use crate::{choices, record};

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
