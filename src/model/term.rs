//! A term: a word of the handbook with what it means, its abbreviations and the words it has replaced.

use crate::model::law::LawRef;
use crate::model::text::{Text, WordLists};
use crate::record;

record! {
    /// A term of the glossary.
    pub struct Term {
        /// What it means for the reader's work.
        definition: Text = required,
        /// Its abbreviations.
        short: WordLists,
        /// Words that are no longer used for it.
        outdated: WordLists,
        /// The law that defines or governs it.
        law: Vec<LawRef>,
    }
}
