//! The words of the interface: complete in every language of the handbook, or the theme does not load.

use std::collections::{BTreeMap, BTreeSet};

use super::{Files, THEME_MISSING_WORDS, THEME_NO_LANGUAGE, THEME_STRINGS};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;

/// The words of one language, by dotted key: `nav.home`.
#[derive(Debug, Clone)]
pub struct Strings {
    words: BTreeMap<String, String>,
    tree: tera::Value,
}

impl Default for Strings {
    fn default() -> Self {
        Strings { words: BTreeMap::new(), tree: tera::Value::none() }
    }
}

impl Strings {
    /// A word. A missing one shows as its key, which a test forbids.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A word that a theme need not have.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// A sentence with `{name}` filled in.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Number and noun: `key.one` or `key.many`, with `{n}` filled in.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "many" };
        self.with(&format!("{key}.{form}"), &[("n", &n.to_string())])
    }

    /// All words, as templates read them.
    pub fn tree(&self) -> tera::Value {
        self.tree.clone()
    }

    /// The keys, for comparing languages.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}

/// Reads the words of each language and compares them with the theme's fullest one.
pub(super) fn load(
    files: &Files,
    langs: &[Lang],
    diags: &mut Diagnostics,
) -> Option<BTreeMap<Lang, Strings>> {
    let mut all: BTreeMap<Lang, Strings> = BTreeMap::new();
    let mut whole = true;
    for (name, text, id) in files.below("strings/", ".toml") {
        let Some(lang) = Lang::parse(name.trim_end_matches(".toml")) else { continue };
        match toml::from_str::<toml::Table>(text) {
            Ok(table) => drop(all.insert(lang, strings(&table))),
            Err(error) => {
                whole = false;
                let file = format!("strings/{name}");
                let finding =
                    Diagnostic::of(THEME_STRINGS).with("file", file).with("parser", error.message());
                let span = id.map(crate::base::source::Span::beginning);
                diags.push(Diagnostic { span, ..finding });
            }
        }
    }
    // What a broken file lacks cannot be told.
    let complete =
        !whole || langs.iter().filter(|lang| !is_complete(**lang, &all, files, diags)).count() == 0;
    (whole && complete).then_some(all)
}

fn is_complete(lang: Lang, all: &BTreeMap<Lang, Strings>, files: &Files, diags: &mut Diagnostics) -> bool {
    let own = all.get(&lang);
    let has = |key: &str| own.is_some_and(|own| own.words.contains_key(key));
    let missing: BTreeSet<&str> = all.values().flat_map(Strings::keys).filter(|key| !has(key)).collect();
    let Some(first) = missing.first() else { return true };
    let code = if own.is_some() { THEME_MISSING_WORDS } else { THEME_NO_LANGUAGE };
    let finding = Diagnostic::of(code).with("language", lang.to_string()).with("first", *first);
    let finding = finding.with("file", format!("{}strings/{lang}.toml", files.folder));
    diags.push(finding.with("keys", missing.iter().copied().collect::<Vec<_>>().join(", ")));
    false
}

fn strings(table: &toml::Table) -> Strings {
    let mut words = BTreeMap::new();
    flatten("", table, &mut words);
    Strings { words, tree: tera::Value::from_serializable(table) }
}

fn flatten(prefix: &str, table: &toml::Table, words: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => flatten(&format!("{prefix}{key}."), inner, words),
            toml::Value::String(text) => drop(words.insert(format!("{prefix}{key}"), text.clone())),
            other => drop(words.insert(format!("{prefix}{key}"), other.to_string())),
        }
    }
}
