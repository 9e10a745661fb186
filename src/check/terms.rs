//! The words of the handbook: none that is outdated, and no abbreviation that nobody explains.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::called;
use crate::model::field::Visitor;
use crate::model::glossary::Sort;
use crate::model::text::{At, Text};
use crate::syntax::markdown::Inline;
use crate::syntax::text;

crate::codes! { "terms.toml":
    OUTDATED_TERM = "outdated-term",
    UNKNOWN_ABBREVIATION = "unknown-abbreviation",
    TERM_TWICE = "term-twice",
    LONE_SEARCH_WORD = "lone-search-word",
}

/// Texts that tell of earlier times on purpose.
const OF_OLD: [&str; 2] = ["former_name", "replaces"];

/// Words in quotation marks are spoken of, not used.
const QUOTES: [char; 8] = ['”', '“', '„', '"', '«', '»', '’', '\''];

/// Every text is held against the glossary. A handbook without one has no words to be held against.
pub(super) fn words(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for lone in facts.book.search.lone() {
        diags.push(Diagnostic::at(LONE_SEARCH_WORD, lone.span).with("word", &*lone.words));
    }
    if facts.book.tables.terms.iter().next().is_none() {
        return;
    }
    twins(facts, diags);
    let mut look = Look { facts, explained: explained(facts), diags };
    for entry in facts.book.tables.entries() {
        entry.visit(&mut look);
        for (lang, prose) in entry.prose().iter() {
            prose.doc.each_inline(&mut |inline| {
                if let Inline::Text(text, span) = inline {
                    look.text_in(lang, text, *span);
                }
            });
        }
    }
}

/// What needs no explanation: abbreviations of terms and statutes, and what names are made of.
fn explained(facts: &Facts<'_>) -> BTreeSet<String> {
    let tables = &facts.book.tables;
    let terms = tables.terms.iter().flat_map(|term| term.data.short.all().chain(term.meta.synonyms.all()));
    let statutes = tables.statutes.iter().flat_map(|statute| statute.data.short.all());
    let names =
        tables.entries().flat_map(|entry| entry.meta().name.words.iter().map(|(_, name)| &*name.words));
    let words = terms
        .chain(statutes)
        .chain(names)
        .flat_map(|name| text::words(name).map(move |range| abbreviation(&name[range]).to_owned()));
    words.collect()
}

/// An abbreviation without its ending: `PTA` of `PTA:n`.
fn abbreviation(word: &str) -> &str {
    word.split(':').next().unwrap_or(word)
}

struct Look<'a, 'd> {
    facts: &'a Facts<'a>,
    /// Abbreviations that are explained, or have been told.
    explained: BTreeSet<String>,
    diags: &'d mut Diagnostics,
}

impl<'a> Visitor<'a> for Look<'_, '_> {
    fn text(&mut self, at: &At<'_>, text: &'a Text) {
        if OF_OLD.contains(&at.key()) {
            return;
        }
        for (lang, phrase) in text.words.iter() {
            self.text_in(lang, &phrase.words, phrase.span);
        }
    }
}

impl Look<'_, '_> {
    fn text_in(&mut self, lang: Lang, text: &str, span: Span) {
        self.outdated(lang, text, span);
        self.abbreviations(text, span);
    }

    fn outdated(&mut self, lang: Lang, text: &str, span: Span) {
        let found = self.facts.glossary.find(lang, text);
        for found in found.iter().filter(|found| found.sort == Sort::Outdated && !quoted(text, &found.range))
        {
            let Some(term) = self.facts.book.tables.terms.get(found.term) else { continue };
            let instead = term.meta.name.get(lang).unwrap_or_default();
            let finding = Diagnostic::at(OUTDATED_TERM, span.part(text, &found.range));
            self.diags.push(finding.with("word", &text[found.range.clone()]).with("instead", instead));
        }
    }

    fn abbreviations(&mut self, text: &str, span: Span) {
        for range in text::words(text) {
            let word = abbreviation(&text[range.clone()]);
            let letters = word.chars().count();
            let shortened = (2..=6).contains(&letters) && word.chars().all(char::is_uppercase);
            let number = word.chars().all(|c| "IVXLCDM".contains(c));
            if shortened && !number && self.explained.insert(word.to_owned()) {
                let finding = Diagnostic::at(UNKNOWN_ABBREVIATION, span.part(text, &range));
                self.diags.push(finding.with("word", word));
            }
        }
    }
}

fn quoted(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with(QUOTES) || text[range.end..].starts_with(QUOTES)
}

/// Two terms that one word means in one language.
fn twins(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for lang in &facts.book.langs {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for term in facts.book.tables.terms.iter() {
            let (meta, data) = (&term.meta, &term.data);
            let own: BTreeSet<&str> =
                meta.name.get(*lang).into_iter().chain(meta.synonyms.get(*lang)).collect();
            let all = own.into_iter().chain(data.short.get(*lang)).chain(data.outdated.get(*lang));
            for word in all {
                let first = *seen.entry(word.to_lowercase()).or_insert(term.span);
                if first != term.span {
                    let finding = Diagnostic::at(TERM_TWICE, term.span).also(Some(first));
                    diags.push(finding.with("word", word).with("term", called(facts.book, term)));
                }
            }
        }
    }
}
