//! A segmentation: one way of telling clients apart, such as by age or by need of service.

use crate::model::law::LawRef;
use crate::model::measure::Range;
use crate::record;

record! {
    /// A segmentation. Its segments say to which one they belong.
    pub struct Segmentation {
        /// The ages its segments cover between them.
        ages: Option<Range>,
        /// The law it rests on.
        law: Vec<LawRef>,
    }
}
