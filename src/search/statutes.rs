//! By which words statutes are called, and citations as one token each: `1301/2014:36`.

use std::collections::BTreeMap;

use super::document::{Document, Field};
use super::{Searched, tokens};
use crate::syntax::cite;

/// Names of statutes in small letters, with their numbers in the statute book.
#[derive(Debug, Default)]
pub(super) struct Statutes(BTreeMap<String, String>);

impl Statutes {
    /// Gathers the names: of the handbook's statutes, and of entities whose name tells a number, as
    /// `Hallintolaki (434/2003)`.
    pub(super) fn new(searched: &Searched<'_>) -> Statutes {
        let (book, lang) = (searched.book, searched.lang);
        let mut names = BTreeMap::new();
        let mut add = |name: &str, number: &str| {
            names.entry(name.to_lowercase()).or_insert_with(|| token(number));
        };
        for (name, id) in book.statutes.names() {
            let number = book.tables.statutes.get(id).map(|statute| statute.data.number.as_str());
            number.into_iter().filter(|number| *number != name).for_each(|number| add(name, number));
        }
        for entry in searched.entries() {
            let Some((name, number)) = entry.meta().name.get(lang).and_then(numbered) else { continue };
            entry.meta().synonyms.get(lang).chain([name]).for_each(|name| add(name, number));
        }
        Statutes(names)
    }

    /// Names and numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, number)| (name.as_str(), number.as_str()))
    }

    /// Visits the citations of a text: the statute's number, and the section within it.
    pub(super) fn citations(&self, text: &str, visit: &mut dyn FnMut(&str)) {
        if !text.contains('§') {
            return;
        }
        for (_, citation) in cite::find(text, &|word| self.0.contains_key(&word.to_lowercase())) {
            let number = self.number(&citation.statute);
            visit(&number);
            let section = citation.section.to_string().replace(' ', "");
            visit(&format!("{number}:{section}"));
        }
    }

    fn number(&self, statute: &str) -> String {
        let of = |name: &str| self.0.get(&name.to_lowercase()).cloned();
        let base = || cite::base_forms(statute).into_iter().find_map(|form| of(form.as_ref()));
        of(statute).or_else(base).unwrap_or_else(|| token(statute))
    }
}

/// A number as one token: an author may have written anything for it.
fn token(number: &str) -> String {
    number.to_lowercase().split_whitespace().collect()
}

/// A title without the number of a statute in it, and the number.
fn numbered(title: &str) -> Option<(&str, &str)> {
    let (name, rest) = title.split_once('(')?;
    let (number, _) = rest.split_once(')')?;
    cite::is_number(number).then_some((name.trim(), number))
}

impl Document {
    /// Visits every token with its field: words, and what is cited.
    pub(super) fn tokens(
        &self,
        statutes: &Statutes,
        visit: &mut dyn FnMut(Field, crate::base::lang::Lang, &str),
    ) {
        for (field, lang, text) in &self.texts {
            tokens::tokens(text, &mut |token| visit(*field, *lang, token));
            let cited = if matches!(field, Field::Title | Field::Names) { *field } else { Field::Law };
            statutes.citations(text, &mut |token| visit(cited, *lang, token));
        }
    }
}
