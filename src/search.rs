//! What is searched: an index for each language, and the texts for the passages of its hits.
//!
//! Layer 5. All that knows Finnish and Swedish is done here, while the site is built; the browser only compares
//! words with the forms in the index.

use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::route::Routes;
use crate::theme::Strings;

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

/// The index of a language, as a classic script: that is what a page opened from disk can load.
pub fn index(searched: &Searched<'_>) -> String {
    format!("(self.polkuIndex=self.polkuIndex||{{}}).{}={{}};", searched.lang)
}

/// The texts of the documents from `first` on, as a classic script.
pub fn passages(searched: &Searched<'_>, first: usize) -> String {
    format!("((self.polkuTexts=self.polkuTexts||{{}}).{}={{}})[{first}]=[];", searched.lang)
}
