//! What of a handbook has pages: drafts or not, and what is in force on the day.

use crate::base::date::Date;
use crate::model::meta::{Meta, Status};

/// What of a handbook is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Whether drafts are.
    pub drafts: Drafts,
    /// The day of reading: what is not yet or no longer in force is not shown.
    pub today: Date,
}

/// Whether drafts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// As the published handbook: left out.
    Hidden,
    /// As for those who write it.
    Shown,
}

impl Shown {
    /// Whether an entity is shown.
    pub fn shows(self, meta: &Meta) -> bool {
        let drafts = self.drafts == Drafts::Shown || meta.status != Status::Draft;
        let valid = meta.valid.as_ref();
        let begun = valid.and_then(|valid| valid.from.0).is_none_or(|from| from <= self.today);
        let ended = valid.and_then(|valid| valid.until.0).is_some_and(|until| until < self.today);
        drafts && begun && !ended
    }
}
