//! A partner: somebody outside the unit who takes part in the work, such as Kela or a school.

use crate::model::law::LawRef;
use crate::model::text::Text;
use crate::{choices, record};

record! {
    /// A partner. It may stand wherever a role may stand.
    pub struct Partner {
        /// What sort of partner it is.
        sort: Sort = required,
        /// What it is turned to for.
        purpose: Text,
        /// Whether the client's consent is needed before it is turned to.
        consent: bool,
        /// What it was called before.
        former_name: Text,
        /// How it is reached.
        contact: Text,
        /// The law it rests on.
        law: Vec<LawRef>,
    }
}

choices! {
    /// The sorts of partners. A private provider may not be given what 612/2021 12 § keeps for the county.
    pub enum Sort {
        /// Another unit of the same organisation.
        OwnOrganisation = "own_organisation",
        /// An authority of the state.
        State = "state",
        /// A municipality.
        Municipality = "municipality",
        /// A private provider.
        Private = "private",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// People close to the client.
        ClosePeople = "close_people",
    }
}
