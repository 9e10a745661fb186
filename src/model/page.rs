//! A page of free prose.

use crate::model::role::Role;
use crate::model::table::Ref;
use crate::record;

record! {
    /// A page.
    pub struct Page {
        /// Its place among the pages.
        order: Option<u32>,
        /// For whom it is meant; all where nobody is given.
        audience: Vec<Ref<Role>>,
    }
}
