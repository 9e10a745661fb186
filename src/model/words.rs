//! The nouns of the domain in the languages polku speaks: kinds, sorts of values, parts of a cell.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::base::lang::{Lang, PerLang};
use crate::model::innokyla::Heading;
use crate::model::kind::Kind;
use crate::model::prose::Part;

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nouns {
    /// What a value should be: `a text`, `a date`.
    types: BTreeMap<String, String>,
    /// The kinds: `role`.
    kinds: BTreeMap<String, String>,
    /// What stands in a message where a name would.
    phrases: BTreeMap<String, String>,
    /// Words of fixed choices, by choice.
    choices: BTreeMap<String, BTreeMap<String, String>>,
    /// The headings of a cell.
    parts: BTreeMap<String, String>,
    /// The headings of Innokylä.
    innokyla: BTreeMap<String, String>,
    /// Labels of fields by kind; `meta` for the common ones.
    fields: BTreeMap<String, BTreeMap<String, Label>>,
}

/// How a field is called and what goes into it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The label on a form.
    pub label: String,
    /// What goes into it, in a sentence.
    pub help: String,
}

static WORDS: LazyLock<PerLang<Nouns>> = LazyLock::new(|| {
    let read = |text| toml::from_str(text).expect("a test reads the words of every language");
    [
        (Lang::FI, read(include_str!("words/fi.toml"))),
        (Lang::SV, read(include_str!("words/sv.toml"))),
        (Lang::EN, read(include_str!("words/en.toml"))),
    ]
    .into_iter()
    .collect()
});

/// The words of a language; English where polku does not speak it.
pub fn nouns(lang: Lang) -> &'static Nouns {
    let known = if Lang::SPOKEN.contains(&lang) { lang } else { Lang::EN };
    WORDS.get(known).expect("every spoken language has words")
}

/// What a value should be, in every language.
pub fn noun(of_type: &str) -> PerLang<String> {
    each(|words| words.types.get(of_type))
}

/// What stands in a message where a name would, in every language.
pub fn phrase(key: &str) -> PerLang<String> {
    each(|words| words.phrases.get(key))
}

/// What a language is called, in every language; its tag where there is no word.
pub fn language(lang: Lang) -> PerLang<String> {
    choice("language", lang.as_str())
}

/// What one of a fixed choice is called, in every language.
pub fn choice(of: &str, word: &str) -> PerLang<String> {
    each_or(word, |words| words.choices.get(of)?.get(word))
}

/// What a kind is called, in every language.
pub fn kind(kind: Kind) -> PerLang<String> {
    each(|words| words.kinds.get(kind.as_str()))
}

/// What several kinds are called, joined by a slash; all of them are "anything".
pub fn kinds(kinds: &[Kind]) -> PerLang<String> {
    if kinds.len() == Kind::ALL.len() {
        return phrase("anything");
    }
    let name = |words: &Nouns, kind: &Kind| words.kinds.get(kind.as_str()).cloned().unwrap_or_default();
    WORDS.map(|_, words| kinds.iter().map(|kind| name(words, kind)).collect::<Vec<_>>().join(" / "))
}

/// What the heading of a part of a cell is called in a language.
pub fn part(part: Part, lang: Lang) -> &'static str {
    nouns(lang).parts.get(part.as_str()).map_or("", String::as_str)
}

/// What the heading of a part of a cell is called, in every language.
pub fn part_everywhere(part: Part) -> PerLang<String> {
    each(|words| words.parts.get(part.as_str()))
}

/// What a heading of Innokylä is called in a language.
pub fn innokyla(heading: Heading, lang: Lang) -> &'static str {
    nouns(lang).innokyla.get(heading.as_str()).map_or("", String::as_str)
}

/// How a field is called in every language; its key where it has no label.
pub fn field(kind: Kind, key: &str) -> PerLang<String> {
    each_or(key, |words| Some(&label_in(words, kind, key)?.label))
}

/// How a field of a kind is called and what goes into it.
pub fn label(kind: Kind, key: &str, lang: Lang) -> Option<&'static Label> {
    label_in(nouns(lang), kind, key)
}

/// How a key of `site.toml` or `search.toml` is called and what goes into it.
pub fn setting(key: &str, lang: Lang) -> Option<&'static Label> {
    let fields = &nouns(lang).fields;
    ["site", "search"].iter().find_map(|file| fields.get(*file)?.get(key))
}

/// How a key of `site.toml` is called, in every language.
pub fn setting_everywhere(key: &str) -> PerLang<String> {
    each_or(key, |words| Some(&words.fields.get("site")?.get(key)?.label))
}

fn label_in<'a>(words: &'a Nouns, kind: Kind, key: &str) -> Option<&'a Label> {
    let of = |group: &str| words.fields.get(group).and_then(|labels| labels.get(key));
    of(kind.as_str()).or_else(|| of("meta"))
}

/// Words made for every language polku speaks.
pub fn each_spoken(word: impl Fn(Lang) -> String) -> PerLang<String> {
    Lang::SPOKEN.into_iter().map(|lang| (lang, word(lang))).collect()
}

fn each(word: impl Fn(&Nouns) -> Option<&String>) -> PerLang<String> {
    each_or("", word)
}

fn each_or(otherwise: &str, word: impl Fn(&Nouns) -> Option<&String>) -> PerLang<String> {
    WORDS.map(|_, words| word(words).cloned().unwrap_or_else(|| otherwise.to_owned()))
}
