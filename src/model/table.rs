//! Entities of a kind, and references to them that may lead nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use crate::base::lang::PerLang;
use crate::base::source::Span;
use crate::model::field::Visitor;
use crate::model::held::Fields;
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::prose::Prose;
use crate::model::record::Record;
use crate::model::text::At;
use crate::syntax::slug::Slug;

/// What names an entity: its kind and its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The kind.
    pub kind: Kind,
    /// The id.
    pub id: Slug,
}

impl Key {
    /// Names an entity.
    pub fn new(kind: Kind, id: Slug) -> Key {
        Key { kind, id }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.id)
    }
}

/// Something a reference can point at: a kind, or a group of kinds that share a field.
pub trait Target: 'static {
    /// The kinds.
    const KINDS: &'static [Kind];
    /// Ids that need no entity.
    const BUILT_IN: &'static [&'static str] = &[];
    /// Whether `"*"`, every role of the handbook, may stand here.
    const EVERYONE: bool = false;
}

/// A record that is an entity of its own.
pub trait Entity: Record + Sync + 'static {
    /// Its kind.
    const KIND: Kind;
}

impl<T: Entity> Target for T {
    const KINDS: &'static [Kind] = &[T::KIND];
}

/// The built-in actor: the person the work is done for. A lane, consulted or informed; never a role.
pub const CLIENT: &str = "client";

/// Whoever can take part in a task: a role, a function, a forum, a partner, the client, or `"*"` for every role.
#[derive(Debug)]
pub enum Actor {}

impl Target for Actor {
    const KINDS: &'static [Kind] = Kind::ACTORS;
    const BUILT_IN: &'static [&'static str] = &[CLIENT];
    const EVERYONE: bool = true;
}

/// Whoever can be accountable: one role, function or partner, and nobody else.
#[derive(Debug)]
pub enum Bearer {}

impl Target for Bearer {
    const KINDS: &'static [Kind] = Kind::BEARERS;
}

/// A reference as written: an id that may or may not exist.
pub struct Ref<T: ?Sized> {
    to: To,
    /// Where it stands.
    pub span: Span,
    target: PhantomData<fn() -> T>,
}

#[derive(Debug, Clone, PartialEq, Default)]
enum To {
    #[default]
    Nothing,
    One(Slug),
    Everyone,
}

impl<T: Target> Ref<T> {
    /// A reference to one id.
    pub fn new(id: Slug, span: Span) -> Ref<T> {
        Ref { to: To::One(id), span, target: PhantomData }
    }

    /// A reference to every role.
    pub fn everyone(span: Span) -> Ref<T> {
        Ref { to: To::Everyone, span, target: PhantomData }
    }

    /// The id, where one was given and readable.
    pub fn id(&self) -> Option<&Slug> {
        match &self.to {
            To::One(id) => Some(id),
            To::Nothing | To::Everyone => None,
        }
    }

    /// Whether this is `"*"`.
    pub fn is_everyone(&self) -> bool {
        self.to == To::Everyone
    }

    /// Whether nothing readable was given.
    pub fn is_default(&self) -> bool {
        self.to == To::Nothing
    }

    /// The reference without its type.
    pub fn any(&self) -> Option<AnyRef<'_>> {
        let id = self.id()?;
        Some(AnyRef { kinds: T::KINDS, built_in: T::BUILT_IN, id, span: self.span })
    }
}

impl<T: ?Sized> Default for Ref<T> {
    fn default() -> Self {
        Ref { to: To::Nothing, span: Span::default(), target: PhantomData }
    }
}

impl<T: ?Sized> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Ref { to: self.to.clone(), span: self.span, target: PhantomData }
    }
}

impl<T: ?Sized> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.to == other.to && self.span == other.span
    }
}

impl<T: ?Sized> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to.fmt(f)
    }
}

/// A reference of any type.
#[derive(Debug, Clone, Copy)]
pub struct AnyRef<'a> {
    /// The kinds it may point at.
    pub kinds: &'static [Kind],
    /// Ids that need no entity.
    pub built_in: &'static [&'static str],
    /// The id.
    pub id: &'a Slug,
    /// Where it stands.
    pub span: Span,
}

/// An entity: what every kind has, and what this kind has.
#[derive(Debug, Clone, Default)]
pub struct Entry<T> {
    /// The id.
    pub id: Option<Slug>,
    /// Where it is declared.
    pub span: Span,
    /// What every kind has.
    pub meta: Meta,
    /// What this kind has.
    pub data: T,
    /// Its prose.
    pub prose: PerLang<Prose>,
    /// Whether something in it could not be read as it was written and has been told.
    pub faulty: bool,
}

/// An entity of whatever kind.
pub trait AnyEntry: Sync {
    /// What names it.
    fn key(&self) -> Key;
    /// Where it is declared.
    fn span(&self) -> Span;
    /// What every kind has.
    fn meta(&self) -> &Meta;
    /// Whether something in it could not be read as it was written and has been told.
    fn is_faulty(&self) -> bool;
    /// Its prose.
    fn prose(&self) -> &PerLang<Prose>;
    /// Its prose, to be set while loading.
    fn prose_mut(&mut self) -> &mut PerLang<Prose>;
    /// Shows every text, reference and citation of its fields.
    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>);
    /// What the fields of its kind hold.
    fn held(&self) -> Fields<'_>;
}

impl<T: Entity> Entry<T> {
    /// The id. An entry in a table always has one.
    pub fn id(&self) -> &Slug {
        static NONE: std::sync::LazyLock<Slug> =
            std::sync::LazyLock::new(|| Slug::new("-").expect("a hyphen is an id"));
        self.id.as_ref().unwrap_or(&NONE)
    }
}

impl<T: Entity> AnyEntry for Entry<T> {
    fn key(&self) -> Key {
        Key::new(T::KIND, self.id().clone())
    }

    fn span(&self) -> Span {
        self.span
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn is_faulty(&self) -> bool {
        self.faulty
    }

    fn prose(&self) -> &PerLang<Prose> {
        &self.prose
    }

    fn prose_mut(&mut self) -> &mut PerLang<Prose> {
        &mut self.prose
    }

    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>) {
        let kind = At::root(T::KIND.as_str());
        let at = kind.entity(self.id().as_str());
        self.meta.visit_fields(&at, visitor);
        self.data.visit_fields(&at, visitor);
    }

    fn held(&self) -> Fields<'_> {
        self.data.held_fields()
    }
}

/// The entities of a kind, in the order of files and places.
#[derive(Debug, Clone)]
pub struct Table<T> {
    entries: Vec<Entry<T>>,
    places: BTreeMap<Slug, usize>,
    hidden: BTreeSet<Slug>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { entries: Vec::new(), places: BTreeMap::new(), hidden: BTreeSet::new() }
    }
}

impl<T: Entity> Table<T> {
    /// The entity with this id, shown or not.
    pub fn get(&self, id: &Slug) -> Option<&Entry<T>> {
        self.places.get(id).and_then(|at| self.entries.get(*at))
    }

    /// The entity a reference points at.
    pub fn at(&self, reference: &Ref<T>) -> Option<&Entry<T>> {
        self.get(reference.id()?)
    }

    /// The entity with this id, to be completed while loading.
    pub fn get_mut(&mut self, id: &Slug) -> Option<&mut Entry<T>> {
        self.places.get(id).and_then(|at| self.entries.get_mut(*at))
    }

    /// All entities that are shown, in the order of files and places.
    pub fn iter(&self) -> impl Iterator<Item = &Entry<T>> + Clone {
        self.entries.iter().filter(|entry| !self.hidden.contains(entry.id()))
    }

    /// The entity with this id, if it is shown.
    pub fn shown(&self, id: &Slug) -> Option<&Entry<T>> {
        self.get(id).filter(|entry| !self.hidden.contains(entry.id()))
    }

    /// All entities, also those that are not shown.
    pub fn every(&self) -> impl Iterator<Item = &Entry<T>> {
        self.entries.iter()
    }

    /// Leaves out of every list and page what the test says. Hidden entities keep their names, so that
    /// what mentions them can still say who is meant.
    pub fn hide(&mut self, hidden: &dyn Fn(&Meta) -> bool) {
        let ids = self.entries.iter().filter(|entry| hidden(&entry.meta)).map(|entry| entry.id().clone());
        self.hidden = ids.collect();
    }

    /// All entities, to be completed while loading.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry<T>> {
        self.entries.iter_mut()
    }

    /// Adds an entity; where its id is taken, gives back the place of the first.
    pub fn add(&mut self, entry: Entry<T>) -> Result<(), Span> {
        if let Some(first) = self.get(entry.id()) {
            return Err(first.span);
        }
        self.places.insert(entry.id().clone(), self.entries.len());
        self.entries.push(entry);
        Ok(())
    }
}
