//! An obligation: something the law asks of the organisation, and the tasks by which it is met.

use crate::model::law::LawRef;
use crate::model::table::Ref;
use crate::model::task::Task;
use crate::record;

record! {
    /// An obligation.
    pub struct Obligation {
        /// Where the law lays it down.
        law: Vec<LawRef>,
        /// The tasks that meet it.
        fulfilled_by: Vec<Ref<Task>>,
    }
}
