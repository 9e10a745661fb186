//! What something is called besides its name.

use crate::base::lang::Lang;
use crate::model::field::Visitor;
use crate::model::table::AnyEntry;
use crate::model::text::{At, WordLists};

/// Keys under which other words for the thing itself stand: synonyms, abbreviations, and words that are no longer
/// used, which may be the only ones somebody knows.
const KEYS: [&str; 3] = ["synonyms", "short", "outdated"];

/// The other words for an entity, with their languages.
pub fn other_names(entry: &dyn AnyEntry) -> Vec<(Lang, &str)> {
    let mut names = Names(Vec::new());
    entry.visit(&mut names);
    names.0
}

struct Names<'a>(Vec<(Lang, &'a str)>);

impl<'a> Visitor<'a> for Names<'a> {
    fn words(&mut self, at: &At<'_>, words: &'a WordLists) {
        if KEYS.contains(&at.key()) {
            self.0.extend(
                words.0.iter().flat_map(|(lang, phrases)| phrases.iter().map(move |p| (lang, &*p.words))),
            );
        }
    }
}
