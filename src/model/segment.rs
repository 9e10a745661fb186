//! A segment: clients who have something in common, what they need and who works with them.

use crate::model::measure::Range;
use crate::model::role::Role;
use crate::model::segmentation::Segmentation;
use crate::model::service::Service;
use crate::model::table::Ref;
use crate::model::team::Team;
use crate::model::text::Text;
use crate::model::values::Day;
use crate::{record, row};

record! {
    /// A segment.
    pub struct Segment {
        /// The segmentation it belongs to.
        segmentation: Option<Ref<Segmentation>> = required,
        /// Its short sign, such as `1`.
        code: Option<String>,
        /// The ages it is for, in years.
        age: Option<Range>,
        /// How many people it is.
        size: Option<Size>,
        /// The larger segment it is a part of.
        parent: Option<Ref<Segment>>,
        /// Whether it is left out of the sum of the larger one, because it overlaps with others.
        outside_sum: bool,
        /// What its clients need most often.
        services: Vec<Ref<Service>>,
        /// Who works with them.
        responsible: Vec<Ref<Role>>,
        /// The team that takes over from it.
        hands_over_to: Option<Ref<Team>>,
    }
}

row! {
    /// How many people something is: a number, or from how many to how many.
    pub struct Size {
        /// How many.
        value: Option<u32>,
        /// From how many to how many.
        range: Option<Range>,
        /// Whether the number is rounded.
        about: bool,
        /// The day it was counted.
        date: Day,
        /// Where it was told.
        source: Text,
    }
}
