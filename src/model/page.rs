//! A page of free prose.

use crate::model::role::Role;
use crate::model::table::Ref;
use crate::{choices, record};

record! {
    /// A page.
    pub struct Page {
        /// Its place among the pages.
        order: Option<u32>,
        /// For whom it is meant; all where nobody is given.
        audience: Vec<Ref<Role>>,
        /// The overview that it explains.
        explains: Option<Overview>,
    }
}

choices! {
    /// The overviews that polku works out from the handbook.
    pub enum Overview {
        /// Who decides what.
        Decisions = "decisions",
        /// The team of a postal code.
        Places = "places",
        /// Who may see which client data.
        Access = "access",
        /// Competences that are lacking.
        Gaps = "gaps",
        /// What has to be read again.
        Reviews = "reviews",
        /// Who was heard.
        Participation = "participation",
        /// The six steps.
        Method = "method",
        /// The whole handbook.
        Whole = "whole",
    }
}
