//! Every text has its twin in each language of its entity.

use std::collections::BTreeSet;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::{Lang, PerLang};
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::name;
use crate::model::field::{Visitor, same_everywhere};
use crate::model::kind::Kind;
use crate::model::prose::{Alone, Cell, Part, Prose};
use crate::model::record::Record;
use crate::model::table::{AnyEntry, Key};
use crate::model::text::{At, Text};
use crate::model::words;
use crate::syntax::markdown::plain;
use crate::syntax::slug::Slug;

crate::codes! { "language.toml":
    MISSING_NAME = "missing-name",
    MISSING_TEXT = "missing-text",
    MISSING_PROSE = "missing-prose",
    MISSING_SECTION = "missing-section",
    MISSING_CELL = "missing-cell",
}

/// Names and other texts in fields.
pub(super) fn texts(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if !facts.book.languages_told {
        return;
    }
    let mut look = Look { key: None, langs: facts.book.langs.clone(), diags };
    facts.book.config.visit_fields(&At::root("site"), &mut look);
    for entry in facts.book.tables.entries() {
        let mut look = Look { key: Some(entry.key()), langs: facts.book.langs_of(entry.meta()), diags };
        entry.visit(&mut look);
    }
}

struct Look<'b> {
    key: Option<Key>,
    langs: Vec<Lang>,
    diags: &'b mut Diagnostics,
}

impl<'a> Visitor<'a> for Look<'_> {
    fn text(&mut self, at: &At<'_>, text: &'a Text) {
        let Some((twin_lang, twin)) = text.words.iter().next() else { return };
        // An address without a part of its own takes the id, in whatever language.
        if text.faulty || at.key() == "slug" {
            return;
        }
        for lang in self.langs.iter().filter(|lang| text.get(**lang).is_none()) {
            let finding = |code| {
                let twin_lang = twin_lang.to_string();
                Diagnostic::at(code, twin.span).with("language", lang.to_string()).with("twin", twin_lang)
            };
            let address = at.id();
            let name = |key: &Key| address.as_str() == format!("{key}.name");
            self.diags.push(match &self.key {
                Some(key) if name(key) => {
                    finding(MISSING_NAME).with("kind", words::kind(key.kind)).with("id", key.id.as_str())
                }
                Some(key) => {
                    let label = words::field(key.kind, at.key());
                    finding(MISSING_TEXT).with("at", address.as_str()).with("label", label)
                }
                None => finding(MISSING_TEXT).with("at", address.as_str()).with("label", at.key()),
            });
        }
    }
}

/// Prose as a whole.
pub(super) fn prose(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if !facts.book.languages_told {
        return;
    }
    for entry in facts.book.tables.entries() {
        let Some((_, twin)) = entry.prose().iter().next() else { continue };
        let key = entry.key();
        if facts.book.strays.contains(&key.kind) {
            continue;
        }
        for lang in missing_languages(facts, entry) {
            let finding = Diagnostic::at(MISSING_PROSE, Span::beginning(twin.doc.file));
            let finding = finding.with("kind", words::kind(key.kind)).with("id", key.id.as_str());
            diags.push(finding.with("language", lang.to_string()));
        }
    }
}

fn missing_languages(facts: &Facts<'_>, entry: &dyn AnyEntry) -> Vec<Lang> {
    let langs = facts.book.langs_of(entry.meta());
    langs.into_iter().filter(|lang| entry.prose().get(*lang).is_none()).collect()
}

/// Sections of prose, where both languages have prose.
pub(super) fn sections(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if !facts.book.languages_told {
        return;
    }
    for entry in facts.book.tables.entries() {
        for (lang, own) in entry.prose().iter().filter(|(_, own)| !own.nearly) {
            let others = entry.prose().iter().filter(|(other, theirs)| *other != lang && !theirs.nearly);
            let mut told = BTreeSet::new();
            for (heading, name, span) in others.flat_map(|(_, theirs)| alone(theirs, own)) {
                if told.insert(heading) {
                    let finding = Diagnostic::at(MISSING_SECTION, span).with("heading", name);
                    diags.push(finding.with("file", own.path.as_str()));
                }
            }
        }
    }
}

/// The outermost sections that a text has and its twin has not, each by its anchor: what stands before the
/// first heading has none. Parts of a cell are told by their names.
fn alone<'p>(prose: &'p Prose, twin: &'p Prose) -> Vec<(Option<&'p Slug>, PerLang<String>, Span)> {
    let first =
        |prose: &Prose| prose.doc.sections.first().filter(|first| first.heading.is_none()).map(|s| s.span);
    let beginning = first(prose).filter(|_| first(twin).is_none());
    let beginning = beginning.map(|span| (None, words::phrase("beginning"), span));
    let has_parts = |section: &Alone<'_>| {
        let cell = prose.cells.get(section.anchor);
        cell.is_some_and(|cell| !cell.parts.is_empty())
    };
    let sections = prose.alone(twin).into_iter();
    let sections = sections.filter(|section| section.heading.level == 2 && !has_parts(section));
    let told = sections.map(|section| {
        let name = same_everywhere(plain(&section.heading.text).trim());
        (Some(section.anchor), name, section.span)
    });
    beginning.into_iter().chain(told).collect()
}

/// Cells of the role × phase matrix, where both languages have prose. A phase without a name in a
/// language cannot be found by its heading there: the missing name is told, and not the cells too.
pub(super) fn cells(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if !facts.book.languages_told {
        return;
    }
    for role in facts.book.tables.roles.iter() {
        for (lang, prose) in role.prose.iter() {
            let twins = role.prose.iter().filter(|(other, _)| *other != lang);
            for (phase, twin) in twins.flat_map(|(_, twin)| &twin.cells) {
                let named =
                    facts.book.tables.phases.get(phase).is_some_and(|p| p.meta.name.get(lang).is_some());
                let missing = missing_parts(prose.cells.get(phase), twin);
                if named && !prose.nearly && !missing.is_empty() {
                    let finding = Diagnostic::at(MISSING_CELL, twin.span).with("id", role.id().as_str());
                    let finding = finding.with("language", lang.to_string());
                    diags.push(
                        finding
                            .with("phase", name(facts.book, Kind::Phase, phase))
                            .with("part", parts(&missing)),
                    );
                }
            }
        }
    }
}

/// The parts that one language has of a cell and the other has not.
fn missing_parts(own: Option<&Cell>, twin: &Cell) -> Vec<Part> {
    let has = |part: &Part| own.is_some_and(|own| own.parts.contains_key(part));
    twin.parts.keys().copied().filter(|part| !has(part)).collect()
}

fn parts(missing: &[Part]) -> PerLang<String> {
    let name =
        |lang: Lang| missing.iter().map(|part| words::part(*part, lang)).collect::<Vec<_>>().join(", ");
    Lang::SPOKEN.into_iter().map(|lang| (lang, name(lang))).collect()
}
