//! Short texts in several languages, and the one address by which every text is known.

use std::fmt;
use std::sync::Arc;

use crate::base::lang::{Lang, PerLang};
use crate::base::source::Span;

/// A short text of one language and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words, without white space around.
    pub words: Arc<str>,
    /// Where they stand.
    pub span: Span,
}

/// A short text: `name.fi = "…"`, `name.sv = "…"`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The words per language.
    pub words: PerLang<Phrase>,
    /// Where the first of them stands.
    pub span: Option<Span>,
    /// Whether something in it could not be read and has been told: then nothing is missing from it.
    pub faulty: bool,
}

impl Text {
    /// The words in exactly this language.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.words.get(lang).map(|phrase| &*phrase.words)
    }

    /// The words in every language there is, for messages.
    pub fn plain(&self) -> PerLang<String> {
        self.words.map(|_, phrase| phrase.words.to_string())
    }

    /// Whether no language has words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether there is nothing but what a new handbook says is to be written here.
    pub fn is_asked_for(&self) -> bool {
        let asks = |phrase: &Phrase| ASKS.iter().any(|asks| phrase.words.starts_with(asks));
        self.words.iter().all(|(_, phrase)| asks(phrase))
    }
}

/// How a text of a new handbook begins that is to be replaced.
const ASKS: [&str; 3] = ["Kirjoita tähän ", "Skriv här ", "Write here "];

/// Words of several languages in lists: `synonyms.fi = ["…", "…"]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordLists(pub PerLang<Vec<Phrase>>);

impl WordLists {
    /// The words of a language.
    pub fn get(&self, lang: Lang) -> impl Iterator<Item = &str> {
        self.0.get(lang).into_iter().flatten().map(|phrase| &*phrase.words)
    }

    /// The words of all languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|(_, words)| words).map(|phrase| &*phrase.words)
    }
}

/// The address of a text: `role/x.name`, `task/y.recorded.r1.text`, `role/x#vireilletulo.content`.
///
/// Made of ids only, never of positions, so that it survives every rearrangement. Translation states,
/// source marks in the preview, edits and exports all speak of texts by this address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(String);

impl TextId {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TextId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address being walked to: costs nothing until somebody asks for the [`TextId`].
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    parent: Option<&'a At<'a>>,
    separator: &'static str,
    part: &'a str,
}

impl<'a> At<'a> {
    /// The outermost part: a kind.
    pub fn root(kind: &'a str) -> At<'a> {
        At { parent: None, separator: "", part: kind }
    }

    /// The entity of a kind: `role/x`.
    pub fn entity(&'a self, id: &'a str) -> At<'a> {
        At { parent: Some(self), separator: "/", part: id }
    }

    /// A field, a row of a field, a field of a row: `.name`.
    pub fn field(&'a self, key: &'a str) -> At<'a> {
        At { parent: Some(self), separator: ".", part: key }
    }

    /// A part of the prose: `#vireilletulo`.
    pub fn prose(&'a self, anchor: &'a str) -> At<'a> {
        At { parent: Some(self), separator: "#", part: anchor }
    }

    /// The last part: the key of a field.
    pub fn key(&self) -> &'a str {
        self.part
    }

    /// The address.
    pub fn id(&self) -> TextId {
        TextId(self.to_string())
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        f.write_str(self.separator)?;
        f.write_str(self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_of_ids() {
        let (kind, id) = (At::root("task"), "x");
        let entity = kind.entity(id);
        let (field, cell) = (entity.field("recorded"), entity.prose("phase"));
        let row = field.field("r1");
        assert_eq!(row.field("text").id().as_str(), "task/x.recorded.r1.text");
        assert_eq!(cell.field("content").id().as_str(), "task/x#phase.content");
    }
}
