//! The entities that one file declares, read. They stay the same as long as the file and the languages do,
//! so every later handbook shares them.

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::model;
use crate::model::field::{NOTHING, ReadCx};
use crate::model::kind::{Declarations, Kind};
use crate::model::meta::Meta;
use crate::model::record::{Keys, Record};
use crate::model::section::Section;
use crate::model::table::{CLIENT, Declaration, Entity};
use crate::syntax::cite::SectionNumber;
use crate::syntax::slug::Slug;
use crate::syntax::toml::{self, Data, TomlFile, Value};

/// What a file declares, and what is wrong in how it does.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// The entities, in the order of places.
    pub entities: Declarations,
    /// What is wrong.
    pub told: Diagnostics,
}

/// So many entities are read at a time, side by side with others.
const AT_A_TIME: usize = 64;

impl Declared {
    /// Reads the entities of a file.
    pub(super) fn read(toml: &TomlFile, langs: &[Lang]) -> Declared {
        let mut declared = Declared::default();
        let mut found = Vec::new();
        for (word, value) in toml.root.iter() {
            let mut cx = ReadCx { langs, diags: &mut declared.told, key: &word.name };
            found.extend(entities(word, value, &mut cx));
        }
        let read = |found: &[Found<'_>]| {
            let mut part = Declared::default();
            found.iter().for_each(|found| part.take(found, langs));
            part
        };
        let parts: Vec<Declared> = found.par_chunks(AT_A_TIME).map(read).collect();
        for part in parts {
            declared.entities.append(part.entities);
            declared.told.extend(part.told);
        }
        declared
    }

    fn take(&mut self, found: &Found<'_>, langs: &[Lang]) {
        let mut cx = ReadCx { langs, diags: &mut self.told, key: found.word };
        let Some(id) = read_id(found.kind, found.key, &mut cx) else { return };
        let Data::Table(table) = &found.value.data else {
            return cx.at(&found.key.name).wrong_type(found.value, "rows");
        };
        if found.kind == Kind::Statute {
            return read_statute(&mut self.entities, id, (found.key, table), &mut cx);
        }
        self.entities.read(found.kind, &Written { id, span: found.key.span, table }, &mut cx);
    }
}

/// An entity found in a file.
struct Found<'t> {
    kind: Kind,
    /// The kind as written.
    word: &'t str,
    key: &'t toml::Key,
    value: &'t Value,
}

/// What stands under the word of a kind.
fn entities<'t>(
    word: &'t toml::Key,
    value: &'t Value,
    cx: &mut ReadCx<'_>,
) -> impl Iterator<Item = Found<'t>> + use<'t> {
    let kind = kind_named(word, cx);
    let table = kind.and_then(|kind| match &value.data {
        Data::Table(table) if lacks_id(table) => {
            cx.push(Diagnostic::at(model::MISSING_ID, word.span).with("kind", kind.as_str()));
            None
        }
        Data::Table(table) => Some((kind, table)),
        _ => {
            cx.wrong_type(value, "rows");
            None
        }
    });
    let found = move |(kind, table): (Kind, &'t toml::Table)| {
        table.iter().map(move |(key, value)| Found { kind, word: &word.name, key, value })
    };
    table.into_iter().flat_map(found)
}

/// Whether the keys of an entity stand where ids should: `[role]` with `name.fi = …` below it.
fn lacks_id(entities: &toml::Table) -> bool {
    let is_name = |value: &Value| match &value.data {
        Data::Table(table) => {
            table.iter().all(|(key, _)| Lang::parse(&key.name).is_some()) && !table.is_empty()
        }
        _ => true,
    };
    entities.get("name").is_some_and(is_name)
}

fn kind_named(word: &toml::Key, cx: &mut ReadCx<'_>) -> Option<Kind> {
    let known = Kind::parse(&word.name).filter(|kind| *kind != Kind::Section);
    if known.is_some() {
        return known;
    }
    let words = || Kind::ALL.iter().filter(|kind| **kind != Kind::Section).map(|kind| kind.as_str());
    let near = nearest(&word.name, words());
    let kinds = words().collect::<Vec<_>>().join(", ");
    let finding = Diagnostic::at(model::UNKNOWN_KIND, word.span).with("kind", &*word.name);
    cx.push(finding.with("kinds", kinds).near(near));
    near.and_then(Kind::parse)
}

/// An entity as it stands in a file.
pub(super) struct Written<'a> {
    /// Its id.
    id: Slug,
    /// Where the id stands.
    span: Span,
    /// Its keys.
    table: &'a toml::Table,
}

/// An id, put right where it has characters it may not have, so that one mistake stays one.
fn read_id(kind: Kind, key: &toml::Key, cx: &mut ReadCx<'_>) -> Option<Slug> {
    if Kind::ACTORS.contains(&kind) && &*key.name == CLIENT {
        cx.push(Diagnostic::at(model::RESERVED_ID, key.span).with("id", CLIENT));
        return None;
    }
    if let Some(id) = Slug::new(&key.name) {
        return Some(id);
    }
    let meant = Slug::from_words(&key.name);
    let near = meant.as_ref().map(Slug::as_str);
    cx.push(Diagnostic::at(model::BAD_ID, key.span).with("id", &*key.name).near(near));
    meant
}

/// Reads the keys of an entity.
pub(super) fn declaration<T: Entity>(source: &Written<'_>, cx: &mut ReadCx<'_>) -> Declaration<T> {
    // The sections of a statute have been taken out of its table before.
    let sections: &[&str] = if T::KIND == Kind::Statute { &["section"] } else { &[] };
    let known: Vec<&'static str> = Meta::KEYS.iter().chain(T::KEYS).chain(sections).copied().collect();
    let before = cx.diags.len();
    let keys = Keys::new(source.table, source.span, &known, cx);
    let (meta, data) = (Meta::read_keys(&keys, cx), T::read_keys(&keys, cx));
    let faulty = cx.diags.len() > before;
    Declaration { id: source.id.clone(), span: source.span, meta, data, faulty }
}

/// A statute and its sections. A table that holds sections only adds them to a statute that stands
/// elsewhere.
fn read_statute(
    entities: &mut Declarations,
    id: Slug,
    (key, table): (&toml::Key, &toml::Table),
    cx: &mut ReadCx<'_>,
) {
    if let Some((word, value)) = table.entry("section") {
        match &value.data {
            Data::Table(sections) => sections.iter().for_each(|(number, value)| {
                read_section(entities, (&id, key.span), (number, value), cx);
            }),
            _ => cx.at(&word.name).wrong_type(value, "rows"),
        }
    }
    let rest = table.without("section");
    if !rest.is_empty() || table.is_empty() {
        entities.read(Kind::Statute, &Written { id, span: key.span, table: &rest }, cx);
    }
}

fn read_section(
    entities: &mut Declarations,
    (statute, statute_span): (&Slug, Span),
    (key, value): (&toml::Key, &Value),
    cx: &mut ReadCx<'_>,
) {
    let number = SectionNumber::parse(&key.name);
    let part = number.as_ref().and_then(|number| Slug::new(&number.slug()));
    let (Some(number), Some(part)) = (number, part) else {
        return cx.push(Diagnostic::at(model::BAD_SECTION, key.span).with("section", &*key.name));
    };
    let table = match &value.data {
        Data::Table(table) => table,
        _ => {
            cx.at(&key.name).wrong_type(value, "rows");
            &NOTHING
        }
    };
    let written = Written { id: statute.join(&part), span: key.span, table };
    let mut section: Declaration<Section> = declaration(&written, &mut cx.at("section"));
    section.data.statute = Some(statute.clone());
    section.data.statute_span = statute_span;
    section.data.number = Some(number);
    entities.sections.push(section.into());
}
