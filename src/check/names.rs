//! What entities are called in findings, one by one and joined.

use crate::base::lang::{Lang, PerLang};
use crate::model::book::Handbook;
use crate::model::field::same_everywhere;
use crate::model::kind::Kind;
use crate::model::table::AnyEntry;
use crate::model::text::Text;
use crate::syntax::slug::Slug;

/// What an entity is called in each language in which a finding may be told. Where a language lacks the
/// name it stands in the first of the others that has it, as on pages; an entity without a name is called
/// by its id.
pub(super) fn called(book: &Handbook, entry: &dyn AnyEntry) -> PerLang<String> {
    worded(book, &entry.meta().name, entry.key().id.as_str())
}

/// A text in each language in which a finding may be told, or something else where it has no words.
pub(super) fn worded(book: &Handbook, text: &Text, otherwise: &str) -> PerLang<String> {
    let words = text.plain();
    everywhere(book, |lang| {
        let found = words.fallback(lang, &book.fallbacks).or_else(|| words.iter().next());
        found.map_or_else(|| otherwise.to_owned(), |(_, words)| words.clone())
    })
}

/// What the entity with an id is called; the id where there is no such entity.
pub(super) fn name(book: &Handbook, kind: Kind, id: &Slug) -> PerLang<String> {
    let entry = book.tables.entry(kind, id);
    entry.map_or_else(|| everywhere(book, |_| id.to_string()), |entry| called(book, entry))
}

/// What several entities of a kind are called, joined.
pub(super) fn names<'a>(
    book: &Handbook,
    kind: Kind,
    ids: impl IntoIterator<Item = &'a Slug>,
    between: &str,
) -> PerLang<String> {
    joined(book, ids.into_iter().map(|id| name(book, kind, id)), between)
}

/// Names as given here, joined language by language.
pub(super) fn joined(
    book: &Handbook,
    names: impl IntoIterator<Item = PerLang<String>>,
    between: &str,
) -> PerLang<String> {
    let names: Vec<PerLang<String>> = names.into_iter().collect();
    let own = |lang| names.iter().filter_map(|name| name.get(lang).cloned()).collect::<Vec<_>>();
    everywhere(book, |lang| own(lang).join(between))
}

/// What the first few of several entities are called, and how many more there are.
pub(super) fn first_called<'a>(
    book: &Handbook,
    entries: impl ExactSizeIterator<Item = &'a dyn AnyEntry>,
) -> PerLang<String> {
    let more = entries.len().saturating_sub(MOST_NAMED);
    let more = (more > 0).then(|| same_everywhere(&format!("+ {more}")));
    let named = entries.take(MOST_NAMED).map(|entry| called(book, entry));
    joined(book, named.chain(more), ", ")
}

/// How many of many things a finding names.
pub(super) const MOST_NAMED: usize = 5;

/// The first few of many words, and how many more there are.
pub(super) fn few(words: impl ExactSizeIterator<Item = String>) -> String {
    let more = words.len().saturating_sub(MOST_NAMED);
    let more = (more > 0).then(|| format!("+ {more}"));
    words.take(MOST_NAMED).chain(more).collect::<Vec<_>>().join(", ")
}

/// Words in each language in which a finding may be told: the handbook's own are among them, also where
/// polku does not speak them, because names then stand in a message in English.
fn everywhere(book: &Handbook, words: impl Fn(Lang) -> String) -> PerLang<String> {
    let langs = Lang::SPOKEN.into_iter().chain(book.langs.iter().copied());
    let mut told = PerLang::default();
    langs.for_each(|lang| told.insert(lang, words(lang)));
    told
}
