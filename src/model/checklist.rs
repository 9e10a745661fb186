//! A checklist: what has to be seen to, to be ticked off on paper or on the screen.

use crate::model::mention::Mention;
use crate::model::meta::TextRow;
use crate::model::text::Text;
use crate::{record, row};

record! {
    /// A checklist.
    pub struct Checklist {
        /// What has to be seen to.
        item: Vec<CheckItem>,
    }
}

row! {
    /// Something that has to be seen to.
    pub struct CheckItem {
        /// What.
        text: Text = required,
        /// The heading it stands under.
        group: Text,
        /// The check of polku whose state it shows.
        check: Option<String>,
        /// What says more about it.
        see: Vec<Mention>,
        /// What it is made of.
        sub: Vec<TextRow>,
    }
}
