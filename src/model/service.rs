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
        /// Whether the client may refuse it without further consequence.
        voluntary: bool,
        /// Who decides on it; several where it depends on the situation.
        decides: Vec<Ref<Bearer>>,
        /// Who carries it out.
        carries_out: Vec<Ref<Actor>>,
        /// How it is applied for.
        how_to_apply: Text,
        /// Forms that belong to it.
        forms: Vec<Ref<Form>>,
    }
}
