//! A service: what it is for, who decides on it and who carries it out.

use crate::model::form::Form;
use crate::model::law::LawRef;
use crate::model::table::{Actor, Bearer, Ref};
use crate::model::text::Text;
use crate::record;

record! {
    /// A service.
    pub struct Service {
        /// The law it rests on.
        law: Vec<LawRef>,
        /// Who decides on it.
        decides: Option<Ref<Bearer>>,
        /// Who carries it out.
        carries_out: Vec<Ref<Actor>>,
        /// How it is applied for.
        how_to_apply: Text,
        /// Forms that belong to it.
        forms: Vec<Ref<Form>>,
    }
}
