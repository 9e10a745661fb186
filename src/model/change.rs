//! A change: what is done otherwise from a day on, for those who have to know.

use crate::model::mention::Mention;
use crate::model::role::Role;
use crate::model::table::Ref;
use crate::model::text::Text;
use crate::model::values::Day;
use crate::record;

record! {
    /// A change.
    pub struct Change {
        /// From when.
        date: Day = required,
        /// What it is about.
        about: Vec<Mention>,
        /// Whose work it changes; everybody's where nobody is given.
        roles: Vec<Ref<Role>>,
        /// How it was.
        before: Text,
        /// How it is.
        after: Text,
    }
}
