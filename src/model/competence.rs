//! A competence: something a person has learnt beyond the qualification, such as medication training.

use crate::model::law::LawRef;
use crate::record;

record! {
    /// A competence.
    pub struct Competence {
        /// Where the law asks for it.
        law: Vec<LawRef>,
    }
}
