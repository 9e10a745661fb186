//! A framework: the columns of a matrix, as a path of phases or as areas of work.

use crate::model::phase::Phase;
use crate::model::table::Ref;
use crate::{choices, record, row};

record! {
    /// A framework. A handbook has one or more; a phase may stand in several.
    pub struct Framework {
        /// Whether its phases follow one another.
        order: Order,
        /// Its columns.
        phases: Vec<Ref<Phase>> = required,
        /// What runs along them.
        band: Vec<Band>,
    }
}

choices! {
    /// Whether the phases of a framework follow one another.
    pub enum Order {
        /// They do: arrows, previous and next.
        Path = "path",
        /// They stand beside one another.
        Areas = "areas",
    }
}

row! {
    /// A phase that runs along others and is never a step between them.
    pub struct Band {
        /// The phase.
        phase: Ref<Phase> = required,
        /// The phases along which it runs; all where none is given.
        spans: Vec<Ref<Phase>>,
    }
}
