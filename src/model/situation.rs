//! A situation: one answer on an axis, such as "the client needs special support".

use crate::model::axis::Axis;
use crate::model::table::Ref;
use crate::record;

record! {
    /// A situation.
    pub struct Situation {
        /// The axis it lies on.
        axis: Option<Ref<Axis>> = required,
    }
}
