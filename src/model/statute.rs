//! A statute: what it is called and when somebody last compared the handbook with it.

use crate::model::law::LawRef;
use crate::model::text::{Text, WordLists};
use crate::model::values::{Day, Since};
use crate::{choices, record, row};

record! {
    /// A statute. Its text is never copied: the handbook summarises and links.
    pub struct Statute {
        /// Its number in the statute book: `1301/2014`.
        number: String = required,
        /// Short names by which it is cited.
        short: WordLists,
        /// Whether it has been repealed, or from when.
        repealed: Since,
        /// What to cite instead.
        instead: Vec<LawRef>,
        /// When the summaries were last compared with the law.
        checked: Day,
        /// Announced changes.
        change: Vec<Change>,
    }
}

row! {
    /// An announced change of the law.
    pub struct Change {
        /// From when.
        date: Day,
        /// How certain it is.
        certainty: Certainty,
        /// What changes.
        text: Text,
    }
}

choices! {
    /// How certain an announced change is.
    pub enum Certainty {
        /// Passed.
        Passed = "passed",
        /// A bill has been given.
        Bill = "bill",
        /// Being prepared.
        Proposed = "proposed",
    }
}
