//! A function: a duty that several roles can carry, such as omatyöntekijä / egen kontaktperson.

use crate::model::law::LawRef;
use crate::model::role::Role;
use crate::model::situation::Situation;
use crate::model::table::Ref;
use crate::{record, row};

record! {
    /// A function. It may stand wherever a role may stand.
    pub struct Function {
        /// Who can carry it.
        carrier: Vec<Carrier>,
        /// Where the law describes it.
        law: Vec<LawRef>,
    }
}

row! {
    /// A role that can carry a function.
    pub struct Carrier {
        /// The role.
        role: Ref<Role> = required,
        /// Situations in which it cannot.
        not_in: Vec<Ref<Situation>>,
        /// The role beside which it can even then.
        unless_paired_with: Option<Ref<Role>>,
    }
}
