//! What every kind of entity has.

use crate::model::table::{Bearer, Ref};
use crate::model::text::{Text, WordLists};
use crate::model::values::{Day, Tag};
use crate::{choices, record, row};

record! {
    /// The common keys of every entity.
    pub struct Meta {
        /// What it is called.
        name: Text = required,
        /// What it is, in a sentence or two.
        summary: Text,
        /// Other words for it, abbreviations included: they are searched for.
        synonyms: WordLists,
        /// The languages it is written in, where not all of the handbook's.
        languages: Vec<Tag>,
        /// Who keeps it up to date: the id of a role, or words.
        owner: Option<String>,
        /// How far it has been agreed on.
        status: Status,
        /// Who approved it, and when.
        approved: Option<Approval>,
        /// When somebody last read it with care.
        reviewed: Day,
        /// When it has to be read again, where not after the handbook's cycle.
        review_due: Day,
        /// From when until when it holds.
        valid: Option<Validity>,
        /// Its part of the address, where not the id.
        slug: Text,
        /// Parts of the address it had before.
        former_slugs: WordLists,
        /// Ids it had before.
        former_ids: Vec<String>,
    }
}

choices! {
    /// How far an entity has been agreed on.
    pub enum Status {
        /// In force.
        Approved = "approved",
        /// Being written: left out unless drafts are asked for.
        Draft = "draft",
        /// Published to be commented on.
        Comment = "comment",
    }
}

row! {
    /// An approval.
    pub struct Approval {
        /// The day.
        date: Day,
        /// The role that approved.
        by: Option<Ref<Bearer>>,
        /// The decision, minutes or case number.
        reference: Option<String>,
    }
}

row! {
    /// From when until when something holds; both days included.
    pub struct Validity {
        /// The first day.
        from: Day,
        /// The last day.
        until: Day,
    }
}

row! {
    /// A text in a list of texts.
    pub struct TextRow {
        /// The words.
        text: Text = required,
    }
}
