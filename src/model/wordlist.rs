//! `search.toml`: words of the handbook's own for the search.

use crate::base::lang::Lang;
use crate::model::text::{Phrase, WordLists};
use crate::record;

/// The file's path.
pub const SEARCH: &str = "search.toml";

record! {
    /// Words for the search.
    pub struct SearchWords {
        /// Words that mean the same, a text a set: `"totu, toimeentulotuki"`.
        synonyms: WordLists,
        /// Forms of one word that the search takes for different ones, a text a word: `"lapsi, lasten, lasta"`.
        forms: WordLists,
    }
}

impl SearchWords {
    /// The sets of words that mean the same in a language.
    pub fn synonyms_in(&self, lang: Lang) -> Vec<Vec<&str>> {
        sets(&self.synonyms, lang)
    }

    /// The sets of forms in a language.
    pub fn forms_in(&self, lang: Lang) -> Vec<Vec<&str>> {
        sets(&self.forms, lang)
    }

    /// Texts with one word only, which say nothing.
    pub fn lone(&self) -> impl Iterator<Item = &Phrase> {
        let all = [&self.synonyms, &self.forms].into_iter().flat_map(|lists| lists.0.iter());
        all.flat_map(|(_, phrases)| phrases).filter(|phrase| set(&phrase.words).len() < 2)
    }
}

fn sets(lists: &WordLists, lang: Lang) -> Vec<Vec<&str>> {
    lists.get(lang).map(set).filter(|set| set.len() > 1).collect()
}

fn set(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect()
}
