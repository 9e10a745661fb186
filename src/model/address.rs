//! From a place in a file to the address of what stands there: the way from a finding to its field.

use std::collections::BTreeMap;

use crate::base::source::{FileId, Sources, Span};
use crate::model::book::Handbook;
use crate::model::config::SITE;
use crate::model::kind::Kind;
use crate::model::parses::Parses;
use crate::model::prose::{Part, Prose};
use crate::model::table::AnyEntry;
use crate::syntax::cite::SectionNumber;
use crate::syntax::toml::{Data, Table, Value};

/// Addresses of places in the files of a handbook.
pub struct Addresses<'a> {
    sources: &'a Sources,
    parses: &'a Parses,
    prose: BTreeMap<&'a str, (String, &'a Prose)>,
}

impl<'a> Addresses<'a> {
    /// Gathers where prose belongs.
    pub fn new(sources: &'a Sources, parses: &'a Parses, book: &'a Handbook) -> Addresses<'a> {
        let own = |entry: &'a dyn AnyEntry| {
            let key = entry.key().to_string();
            entry.prose().iter().map(move |(_, prose)| (prose.path.as_str(), (key.clone(), prose)))
        };
        Addresses { sources, parses, prose: book.tables.entries().flat_map(own).collect() }
    }

    /// The address of what stands at a place: `role/x.name.fi`, `role/x#phase.content`.
    pub fn of(&self, span: Span) -> Option<String> {
        let path = self.sources.get(span.file)?.path.as_str();
        match self.prose.get(path) {
            Some((entity, prose)) => Some(in_prose(entity, prose, span)),
            None => self.in_table(span.file, path, span),
        }
    }

    fn in_table(&self, file: FileId, path: &str, span: Span) -> Option<String> {
        let toml = self.parses.toml(file)?;
        let mut last = Last { at: span.start, found: None };
        last.table(&toml.root, &mut Vec::new());
        let (_, steps) = last.found?;
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        if path == SITE { Some(format!("site.{}", steps.join("."))) } else { entity(&steps) }
    }
}

/// `["role", "x", "name", "fi"]` as an address; sections stand inside their statutes.
fn entity(steps: &[&str]) -> Option<String> {
    let joined = |head: String, rest: &[&str]| {
        rest.iter().fold(head, |at, step| if step.is_empty() { at } else { at + "." + step })
    };
    match steps {
        ["statute", id, "section", number, rest @ ..] => {
            let number = SectionNumber::parse(number)?.slug();
            Some(joined(format!("section/{id}:{number}"), rest))
        }
        [kind, id, rest @ ..] if Kind::parse(kind).is_some() => Some(joined(format!("{kind}/{id}"), rest)),
        _ => None,
    }
}

/// The last key or row that begins at a place or before it.
struct Last {
    at: u32,
    found: Option<(u32, Vec<String>)>,
}

impl Last {
    fn table(&mut self, table: &Table, steps: &mut Vec<String>) {
        for (key, value) in table.iter() {
            steps.push(key.name.to_string());
            self.note(key.span.start, steps);
            self.value(value, steps);
            steps.pop();
        }
    }

    fn value(&mut self, value: &Value, steps: &mut Vec<String>) {
        match &value.data {
            Data::Table(table) => self.table(table, steps),
            Data::Array(rows) => rows.iter().enumerate().for_each(|(at, row)| {
                if let Data::Table(table) = &row.data {
                    steps.push(row_name(table, at));
                    self.note(row.span.start, steps);
                    self.table(table, steps);
                    steps.pop();
                }
            }),
            _ => {}
        }
    }

    fn note(&mut self, start: u32, steps: &[String]) {
        let later = self.found.as_ref().is_none_or(|(found, _)| *found <= start);
        if start <= self.at && later {
            self.found = Some((start, steps.to_vec()));
        }
    }
}

fn row_name(row: &Table, position: usize) -> String {
    match row.get("id").map(|id| &id.data) {
        Some(Data::Text(id)) => id.to_string(),
        _ => (position + 1).to_string(),
    }
}

fn in_prose(entity: &str, prose: &Prose, span: Span) -> String {
    let before = prose.doc.headings().zip(&prose.anchors).filter(|((_, _, own), _)| own.start <= span.start);
    let Some((_, anchor)) = before.last() else { return entity.to_owned() };
    let anchor = anchor.as_str();
    let cell = |part: &Part| {
        let phase = anchor.strip_suffix(part.as_str())?.strip_suffix('-')?;
        let known = prose.cells.keys().any(|own| own.as_str() == phase);
        known.then(|| format!("{entity}#{phase}.{}", part.as_str()))
    };
    Part::ALL.iter().find_map(cell).unwrap_or_else(|| format!("{entity}#{anchor}"))
}
