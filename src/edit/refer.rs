//! What refers to an entity, and an entity taken out with what refers to it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::address::{Address, unknown};
use super::base::{digest, plain};
use super::layout::Layout;
use super::set::taken_out;
use super::splice::{Splice, spliced};
use super::value::canonical;
use super::work::{Home, Work, changed};
use super::{REFERRED, Refused, entity, hold};
use crate::base::diag::Diagnostic;
use crate::base::lang::{Lang, PerLang};
use crate::base::source::{FileId, SourcePath, Span};
use crate::model::book::{Handbook, Resolved};
use crate::model::field::{Shape, Visitor};
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::lock::LOCK;
use crate::model::record::{Need, Record};
use crate::model::table::{AnyEntry, AnyRef, Key};
use crate::model::text::At;
use crate::model::words;
use crate::syntax::markdown::{Lead, Target};

/// Something that refers to an entity.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// Who refers; `None` for the settings.
    pub(super) by: Option<Key>,
    /// Where.
    pub(super) place: Where,
}

/// Where a reference stands.
#[derive(Debug, Clone)]
pub(super) enum Where {
    /// In a field, as this id or citation.
    Field {
        /// The address of the field.
        at: String,
        /// What is written there.
        text: String,
        /// Where it is written, where that is known.
        span: Option<Span>,
    },
    /// In prose.
    Prose {
        /// The file.
        file: SourcePath,
        /// The whole link.
        span: Span,
        /// What it names.
        target: Target,
        /// The language of the prose.
        lang: Lang,
    },
}

/// An entity, and what is a part of it: the sections of a statute.
pub(super) fn parts_of(book: &Handbook, key: &Key) -> BTreeSet<Key> {
    let own = |section: &Key| {
        section.id.as_str().strip_prefix(key.id.as_str()).is_some_and(|rest| rest.starts_with(':'))
    };
    let sections = book.tables.every(Kind::Section).map(AnyEntry::key);
    let sections = sections.filter(|section| key.kind == Kind::Statute && own(section));
    sections.chain([key.clone()]).collect()
}

/// Everything that refers to some entities.
pub(super) fn references(book: &Handbook, targets: &BTreeSet<Key>) -> Vec<Reference> {
    let mut finder = Finder { book, targets, by: None, found: Vec::new() };
    book.config.visit_fields(&At::root("site"), &mut finder);
    for entry in Kind::ALL.iter().flat_map(|kind| book.tables.every(*kind)) {
        finder.by = Some(entry.key());
        entry.visit(&mut finder);
        finder.owner(entry);
        finder.prose(entry);
    }
    finder.found
}

struct Finder<'b> {
    book: &'b Handbook,
    targets: &'b BTreeSet<Key>,
    by: Option<Key>,
    found: Vec<Reference>,
}

impl Finder<'_> {
    fn field(&mut self, at: String, text: &str, span: Option<Span>) {
        let place = Where::Field { at, text: text.to_owned(), span };
        self.found.push(Reference { by: self.by.clone(), place });
    }

    /// The owner of an entity may be named by the id of a role.
    fn owner(&mut self, entry: &dyn AnyEntry) {
        let Some(owner) = &entry.meta().owner else { return };
        if self.targets.iter().any(|key| key.kind == Kind::Role && key.id.as_str() == owner) {
            self.field(format!("{}.owner", entry.key()), owner, None);
        }
    }

    fn prose(&mut self, entry: &dyn AnyEntry) {
        for (lang, prose) in entry.prose().iter() {
            for lead in &prose.doc.leads {
                let Lead::Link(link) = lead else { continue };
                let (target, span) = (&link.target, link.span);
                let Resolved::Entity(key, _) = self.book.resolve(target, &prose.path) else { continue };
                if self.targets.contains(&key) {
                    let (file, target) = (prose.path.clone(), target.clone());
                    let place = Where::Prose { file, span, target, lang };
                    self.found.push(Reference { by: self.by.clone(), place });
                }
            }
        }
    }
}

impl<'a> Visitor<'a> for Finder<'_> {
    fn reference(&mut self, at: &At<'_>, reference: AnyRef<'a>) {
        if self.book.found(reference).is_some_and(|key| self.targets.contains(&key)) {
            self.field(at.to_string(), reference.id.as_str(), Some(reference.span));
        }
    }

    fn law(&mut self, at: &At<'_>, law: &'a LawRef) {
        let cited = match self.book.statutes.find(&law.statute, law.section.as_ref()) {
            Cited::Section(key) | Cited::Statute(key) | Cited::UnknownSection(key) => key,
            Cited::UnknownStatute => return,
        };
        if self.targets.contains(&cited) {
            self.field(at.to_string(), &law.text, Some(law.span));
        }
    }
}

/// Takes an entity out with its prose; what refers to it too, where that is wished and possible.
pub(super) fn delete(work: &mut Work<'_>, at: &str, unlink: bool, was: Option<&str>) -> Result<(), Refused> {
    let key = Address::entity(at).ok_or_else(|| unknown(at))?;
    let home = work.home(Some(&key))?;
    let source = entity::source(work, &key).unwrap_or_default();
    if was.is_some_and(|was| was != digest(&source)) {
        let json = Layout::of(&work.text(&home.file)).json(&home.place.path);
        return Err(Refused { theirs: Some(plain(&json)), ..changed() });
    }
    let targets = parts_of(work.book(), &key);
    let mut found = references(work.book(), &targets);
    found.retain(|reference| reference.by.as_ref().is_none_or(|by| !targets.contains(by)));
    if !unlink && !found.is_empty() {
        return Err(referred(work.book(), &found));
    }
    unlink_all(work, found)?;
    for target in &targets {
        take(work, target)?;
    }
    forget(work, &targets);
    Ok(())
}

/// Forgets what was confirmed of entities.
fn forget(work: &mut Work<'_>, targets: &BTreeSet<Key>) {
    let Some(path) = SourcePath::new(LOCK) else { return };
    let gone: Vec<String> = targets.iter().map(Key::to_string).collect();
    let is_left = |line: &&str| {
        let whose = line.split(['.', '#', ' ']).next().unwrap_or_default();
        !gone.iter().any(|own| own == whose)
    };
    let left: String = work.text(&path).split_inclusive('\n').filter(is_left).collect();
    if work.sources.find(LOCK).is_some() {
        work.put(&path, left, false);
    }
}

/// Takes the tables of an entity and its prose out.
fn take(work: &mut Work<'_>, key: &Key) -> Result<(), Refused> {
    let Some(entry) = work.book().entry(key) else { return Ok(()) };
    let prose: Vec<SourcePath> = entry.prose().iter().map(|(_, prose)| prose.path.clone()).collect();
    let Home { file, place } = work.home(Some(key))?;
    let text = work.text(&file);
    let layout = Layout::of(&text);
    let new = spliced(&text, taken_out(&layout, &layout.spot(&place.path)));
    hold::only(&layout, &Layout::of(&new), &[&place.path])?;
    match new.trim().is_empty() {
        true => work.drop_file(&file),
        false => work.put(&file, new, true),
    }
    prose.iter().for_each(|file| work.drop_file(file));
    Ok(())
}

/// Something refers to it: who, and in which field.
fn referred(book: &Handbook, found: &[Reference]) -> Refused {
    let places = words::each_spoken(|lang| {
        let mut places: Vec<String> = Vec::new();
        for place in found.iter().map(|reference| told(book, reference, lang)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let more = if places.len() > MOST { " …" } else { "" };
        places.truncate(MOST);
        places.join(", ") + more
    });
    Refused::of(Diagnostic::of(REFERRED).with("places", places))
}

/// How many places a message names.
const MOST: usize = 6;

fn told(book: &Handbook, reference: &Reference, lang: Lang) -> String {
    let Some(by) = &reference.by else { return "site.toml".to_owned() };
    let name = book.entry(by).and_then(|entry| {
        let names: &PerLang<_> = &entry.meta().name.words;
        names.fallback(lang, &book.fallbacks).map(|(_, name)| name.words.to_string())
    });
    let name = name.unwrap_or_else(|| by.to_string());
    match &reference.place {
        Where::Field { at, .. } => {
            let key = at.split('.').nth(1).unwrap_or_default();
            let label = words::label(by.kind, key, lang).map_or(key, |label| label.label.as_str());
            format!("{name} ({label})")
        }
        Where::Prose { .. } => name,
    }
}

/// Takes references out of fields and prose.
fn unlink_all(work: &mut Work<'_>, found: Vec<Reference>) -> Result<(), Refused> {
    let mut fields: BTreeMap<String, Vec<Reference>> = BTreeMap::new();
    let mut links: BTreeMap<SourcePath, Vec<Splice>> = BTreeMap::new();
    for reference in found {
        match &reference.place {
            Where::Field { at, .. } => fields.entry(at.clone()).or_default().push(reference),
            Where::Prose { file, span, target, lang } => {
                let words = words_of(work, file, (*span, target, *lang));
                links.entry(file.clone()).or_default().push(Splice::new(span.range(), words));
            }
        }
    }
    let mut needed = Vec::new();
    for (at, found) in &fields {
        let texts = found.iter().filter_map(|reference| match &reference.place {
            Where::Field { text, .. } => Some(text.as_str()),
            Where::Prose { .. } => None,
        });
        if !unlinked(work, at, &texts.collect::<Vec<_>>())? {
            needed.extend(found.iter().cloned());
        }
    }
    if !needed.is_empty() {
        return Err(referred(work.book(), &needed));
    }
    for (file, splices) in links {
        let text = work.text(&file);
        work.put(&file, spliced(&text, splices), false);
    }
    Ok(())
}

/// Takes references out of a field; false where the field must have one.
fn unlinked(work: &mut Work<'_>, at: &str, texts: &[&str]) -> Result<bool, Refused> {
    let address = Address::parse(at).ok_or_else(|| unknown(at))?;
    let home = work.home(address.of.as_ref())?;
    let text = work.text(&home.file);
    let layout = Layout::of(&text);
    let (key, above) = address.parts.split_last().ok_or_else(|| unknown(at))?;
    let place = home.place.walk(&layout, &address.parts)?;
    let is_one = |item: &Json| {
        let own = item.as_str().unwrap_or_default();
        texts.iter().any(|text| own == *text || own.split_once(':').is_some_and(|(_, id)| id == *text))
    };
    let left = match canonical(&place.shape, &layout.json(&place.path)) {
        Some(Json::Array(items)) => items.into_iter().filter(|item| !is_one(item)).collect(),
        _ => Vec::new(),
    };
    if left.is_empty() && is_required(&home.place.walk(&layout, above)?.shape, key) {
        return Ok(false);
    }
    let value = if left.is_empty() { Json::Null } else { Json::Array(left) };
    work.set(at, &value, None)?;
    Ok(true)
}

fn is_required(record: &Shape, key: &str) -> bool {
    matches!(record, Shape::Record(fields)
        if fields.iter().any(|field| field.key == key && field.need == Need::Required))
}

/// The words of a link without the link.
fn words_of(work: &mut Work<'_>, file: &SourcePath, (span, target, lang): (Span, &Target, Lang)) -> String {
    let text = work.text(file);
    let written = text.get(span.range()).unwrap_or_default();
    if let Some((words, _)) = written.strip_prefix('[').and_then(|rest| rest.rsplit_once("](")) {
        return words.to_owned();
    }
    let inside = written.trim_start_matches('[').trim_end_matches(']');
    if let Some((_, words)) = inside.split_once('|') {
        return words.trim().to_owned();
    }
    let Resolved::Entity(key, _) = work.book().resolve(target, file) else { return inside.to_owned() };
    let name = work.book().entry(&key).and_then(|entry| entry.meta().name.get(lang));
    name.unwrap_or(inside).to_owned()
}

/// The file of a number.
pub(super) fn path_of(work: &Work<'_>, file: FileId) -> Option<SourcePath> {
    work.sources.get(file).map(|file| file.path.clone())
}
