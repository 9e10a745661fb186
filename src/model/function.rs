//! A function: a duty that several roles can carry, such as omatyöntekijä / egen kontaktperson.

use crate::model::law::LawRef;
use crate::model::role::Role;
use crate::model::situation::Situation;
use crate::model::table::Ref;
use crate::model::task::Task;
use crate::syntax::slug::Slug;
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

impl Carrier {
    /// Whether the role can carry the function in a task in these situations: alone, or in the pair in
    /// which it may.
    pub fn can_carry<'a>(&self, task: &Task, situations: impl IntoIterator<Item = &'a Slug>) -> bool {
        let barring = |situation: &Slug| self.not_in.iter().any(|not| not.id() == Some(situation));
        let partner = self.unless_paired_with.as_ref().and_then(Ref::id);
        let paired = partner.is_some() && task.pair.as_ref().and_then(Ref::id) == partner;
        paired || !situations.into_iter().any(barring)
    }
}
