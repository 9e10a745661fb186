//! A phase of a client process, or an area of work.

use crate::model::law::LawRef;
use crate::model::meta::TextRow;
use crate::model::table::Ref;
use crate::model::text::Text;
use crate::{choices, record, row};

record! {
    /// A phase.
    pub struct Phase {
        /// Earlier phases to which the work may return from here.
        returns_to: Vec<Ref<Phase>>,
        /// The law of the phase.
        law: Vec<LawRef>,
        /// Documents made or used in it.
        documents: Vec<TextRow>,
        /// Time limits.
        deadline: Vec<Deadline>,
    }
}

row! {
    /// A time limit.
    pub struct Deadline {
        /// How many units.
        count: Option<u32>,
        /// Of what.
        unit: Option<Unit>,
        /// From when, for whom.
        text: Text,
        /// Where the law sets it.
        law: Vec<LawRef>,
    }
}

choices! {
    /// Units of time limits.
    pub enum Unit {
        /// Calendar days.
        Day = "day",
        /// Monday to Friday, public holidays left out.
        Weekday = "weekday",
        /// Months.
        Month = "month",
    }
}
