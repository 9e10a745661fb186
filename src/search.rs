//! What is searched: an index for each language, and the texts for the passages of its hits.
//!
//! Layer 5. All that knows Finnish and Swedish is done here, while the site is built; the browser only compares
//! words with the forms in the index.

mod document;
mod forms;
mod index;
mod language;
mod statutes;
mod tokens;
mod weigh;
mod write;

use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::table::AnyEntry;
use crate::route::{Findable, PASSAGES, Routes};
use crate::theme::Strings;
use document::document;

/// What an index is made from.
pub struct Searched<'a> {
    /// The handbook.
    pub book: &'a Handbook,
    /// The addresses.
    pub routes: &'a Routes,
    /// The words of the interface.
    pub words: &'a Strings,
    /// The language.
    pub lang: Lang,
}

impl<'a> Searched<'a> {
    /// The entities that can be found.
    fn entries(&self) -> impl Iterator<Item = &'a dyn AnyEntry> {
        let key = |found: &'a Findable| match found {
            Findable::Entity(key) => Some(key),
            Findable::List(_) => None,
        };
        self.routes.searched(self.lang).iter().filter_map(key).filter_map(|key| self.book.entry(key))
    }

    /// Single words that the handbook says are one.
    fn alike(&self) -> Vec<Vec<String>> {
        let words = &self.book.search;
        let sets = words.synonyms_in(self.lang).into_iter().chain(words.forms_in(self.lang));
        let single = |set: Vec<&str>| {
            let tokens = set.into_iter().map(tokens::all).filter(|tokens| tokens.len() == 1);
            tokens.flatten().collect()
        };
        sets.map(single).collect()
    }

    /// What the handbook says means the same as one of these names.
    fn also(&self, names: &[String]) -> Vec<&'a str> {
        let named = |word: &str| names.iter().any(|name| name.to_lowercase() == word.to_lowercase());
        let sets = self.book.search.synonyms_in(self.lang);
        let sets = sets.into_iter().filter(|set| set.iter().any(|word| named(word)));
        sets.flatten().filter(|word| !named(word)).collect()
    }
}

/// The index of a language, as a classic script: that is what a page opened from disk can load.
pub fn index(searched: &Searched<'_>) -> String {
    format!("(self.polkuIndex=self.polkuIndex||{{}})[\"{}\"]={};", searched.lang, index::write(searched))
}

/// The texts of the documents from `first` on, as a classic script.
pub fn passages(searched: &Searched<'_>, first: usize) -> String {
    let found = searched.routes.searched(searched.lang).iter().skip(first).take(PASSAGES);
    let documents = found.filter_map(|found| document(searched, found));
    let texts: Vec<String> = documents.map(|document| document.body()).collect();
    let lang = searched.lang;
    let mut out = format!(
        "((self.polkuTexts=self.polkuTexts||{{}})[\"{lang}\"]=polkuTexts[\"{lang}\"]||{{}})[{first}]="
    );
    write::list(texts.iter().map(String::as_str), &mut out);
    out + ";"
}
