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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::table::AnyEntry;
use crate::route::{Findable, PASSAGES, Routes};
use crate::theme::Strings;
use document::document;

/// What an index is made from.
pub struct Searched<'a> {
    book: &'a Handbook,
    routes: &'a Routes,
    words: &'a Strings,
    lang: Lang,
    /// For each word of a set of synonyms, in small letters, the sets it is in.
    synonyms: OnceLock<BTreeMap<String, Vec<Vec<&'a str>>>>,
}

impl<'a> Searched<'a> {
    /// A language of a handbook with its addresses and the words of the interface.
    pub fn new(book: &'a Handbook, routes: &'a Routes, words: &'a Strings, lang: Lang) -> Searched<'a> {
        Searched { book, routes, words, lang, synonyms: OnceLock::new() }
    }

    /// The entities that can be found.
    fn entries(&self) -> impl Iterator<Item = &'a dyn AnyEntry> {
        let key = |found: &'a Findable| match found {
            Findable::Entity(key) => Some(key),
            Findable::Page(_) => None,
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
    fn also<'n>(&self, names: impl Iterator<Item = &'n String>) -> Vec<&'a str> {
        let own: BTreeSet<String> = names.map(|name| name.to_lowercase()).collect();
        let sets = own.iter().filter_map(|name| self.synonyms().get(name)).flatten();
        let also: BTreeSet<&str> =
            sets.flatten().copied().filter(|word| !own.contains(&word.to_lowercase())).collect();
        also.into_iter().collect()
    }

    fn synonyms(&self) -> &BTreeMap<String, Vec<Vec<&'a str>>> {
        self.synonyms.get_or_init(|| {
            let mut sets: BTreeMap<String, Vec<Vec<&str>>> = BTreeMap::new();
            for set in self.book.search.synonyms_in(self.lang) {
                for word in &set {
                    sets.entry(word.to_lowercase()).or_default().push(set.clone());
                }
            }
            sets
        })
    }
}

/// The index of a language, as a classic script: that is what a page opened from disk can load.
pub fn index(searched: &Searched<'_>) -> String {
    format!("(self.polkuIndex=self.polkuIndex||{{}})[\"{}\"]={};", searched.lang, index::write(searched))
}

/// The texts of the documents from `first` on, as a classic script: for each its title, by which a client knows
/// whether the file is of the same publication as the index, its text, and the language of that where it is another.
pub fn passages(searched: &Searched<'_>, first: usize) -> String {
    let lang = searched.lang;
    let found = searched.routes.searched(lang).iter().skip(first).take(PASSAGES);
    let rows = found.filter_map(|found| document(searched, found)).map(|document| {
        let (text, other) = document.passage(lang);
        let other = other.map(|other| other.to_string());
        let mut row = String::new();
        write::list([document.title.as_str(), &text].into_iter().chain(other.as_deref()), &mut row);
        row
    });
    let rows: Vec<String> = rows.collect();
    format!(
        "((self.polkuTexts=self.polkuTexts||{{}})[\"{lang}\"]=polkuTexts[\"{lang}\"]||{{}})[{first}]=[{}];",
        rows.join(",")
    )
}
