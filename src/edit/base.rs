//! What a place is known by while somebody edits it, and what stands there in plain words.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::address::Address;
use super::layout::Layout;
use super::work::{Work, entity_in};
use super::{entity, prose};
use crate::base::digest::Digest;
use crate::base::source::{SourcePath, Sources};
use crate::model::book::Handbook;
use crate::model::field::Shape;

/// The digests of places of one handbook, for a form that asks for many of them.
pub struct Bases<'a> {
    sources: &'a Sources,
    book: &'a Handbook,
    layouts: RefCell<BTreeMap<SourcePath, Rc<Layout<'a>>>>,
}

impl<'a> Bases<'a> {
    /// Of a handbook and the sources it was read from.
    pub fn new(sources: &'a Sources, book: &'a Handbook) -> Bases<'a> {
        Bases { sources, book, layouts: RefCell::default() }
    }

    /// What a place is known by: see [`base`](super::base).
    pub fn of(&self, at: &str, lang: Option<&str>) -> String {
        self.find(at, lang).map_or_else(String::new, |source| digest(&source))
    }

    /// The text of prose or of a section as an editor shows it, with plain line ends: what
    /// [`Change::Prose`](super::Change::Prose) replaces.
    pub fn prose(&self, at: &str, lang: &str) -> Option<String> {
        let address = Address::parse(at).filter(|address| address.parts.is_empty())?;
        prose::source(&mut Work::new(self.sources, self.book), &address.of?, address.section.as_deref(), lang)
    }

    fn find(&self, at: &str, lang: Option<&str>) -> Option<String> {
        let mut work = Work::new(self.sources, self.book);
        let address = Address::parse(at)?;
        if let (Some(key), Some(lang), true) = (&address.of, lang, address.parts.is_empty()) {
            return prose::source(&mut work, key, address.section.as_deref(), lang);
        }
        if let (Some(key), true) = (&address.of, address.parts.is_empty()) {
            return entity::source(&mut work, key);
        }
        let layout = self.layout(&work.sheet(address.of.as_ref()).ok()?.file)?;
        let mut place = entity_in(&layout, address.of.as_ref()).ok()?.walk(&layout, &address.parts).ok()?;
        if let (Some(lang), Shape::Text | Shape::Words) = (lang, &place.shape) {
            place = place.field(lang)?;
        }
        Some(layout.source(&place.path))
    }

    /// A file laid out, once.
    fn layout(&self, file: &SourcePath) -> Option<Rc<Layout<'a>>> {
        if let Some(known) = self.layouts.borrow().get(file) {
            return Some(Rc::clone(known));
        }
        let layout = Rc::new(Layout::of(self.sources.find(file.as_str())?.text()));
        self.layouts.borrow_mut().insert(file.clone(), Rc::clone(&layout));
        Some(layout)
    }
}

/// What a text is known by; nothing where there is none.
pub(super) fn digest(source: &str) -> String {
    if source.is_empty() { String::new() } else { Digest::of(source.as_bytes()).short() }
}

/// A value in words that an author understands.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            let parted = if items.iter().any(|item| item.contains(['\n', ','])) { "\n" } else { ", " };
            items.join(parted)
        }
        Json::Object(map) => {
            map.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}
