//! Entities of a kind, and references to them that may lead nowhere.

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use foldhash::HashMap;

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
pub trait Entity: Record + Send + Sync + 'static {
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

/// What an entity's own lines say.
#[derive(Debug)]
pub struct Declaration<T> {
    /// The id.
    pub id: Slug,
    /// Where it is declared.
    pub span: Span,
    /// What every kind has.
    pub meta: Meta,
    /// What this kind has.
    pub data: T,
    /// Whether something in it could not be read as it was written and has been told.
    pub faulty: bool,
}

/// An entity: its declaration and its prose. Both are shared by every handbook in which they are the same, so an
/// entry costs little to keep.
#[derive(Debug)]
pub struct Entry<T> {
    own: Arc<Declaration<T>>,
    /// Its prose.
    pub prose: Arc<PerLang<Prose>>,
}

impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Entry { own: Arc::clone(&self.own), prose: Arc::clone(&self.prose) }
    }
}

impl<T> Deref for Entry<T> {
    type Target = Declaration<T>;

    fn deref(&self) -> &Declaration<T> {
        &self.own
    }
}

/// What tells that an entity is the very same as in a handbook before: it is written and read the same.
#[derive(Debug, Clone)]
pub struct Identity {
    own: Arc<dyn Any + Send + Sync>,
    prose: Arc<PerLang<Prose>>,
}

impl Identity {
    /// Whether an entry is this one.
    pub fn is(&self, entry: &dyn AnyEntry) -> bool {
        self.is_told(entry) && self.is_declared(entry)
    }

    /// Whether an entry has the declaration of this one.
    pub fn is_declared(&self, entry: &dyn AnyEntry) -> bool {
        entry.is_declared_by(&self.own)
    }

    /// Whether an entry has the prose of this one.
    pub fn is_told(&self, entry: &dyn AnyEntry) -> bool {
        Arc::ptr_eq(&self.prose, entry.shared_prose())
    }
}

/// An entity of whatever kind.
pub trait AnyEntry: Send + Sync {
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
    /// Its prose, to be shared.
    fn shared_prose(&self) -> &Arc<PerLang<Prose>>;
    /// What it is told by from what it was before.
    fn identity(&self) -> Identity;
    /// Whether this is its declaration.
    fn is_declared_by(&self, own: &Arc<dyn Any + Send + Sync>) -> bool;
    /// Shows every text, reference and citation of its fields.
    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>);
    /// What the fields of its kind hold.
    fn held(&self) -> Fields<'_>;
}

impl<T> Entry<T> {
    /// The id.
    pub fn id(&self) -> &Slug {
        &self.own.id
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

    fn shared_prose(&self) -> &Arc<PerLang<Prose>> {
        &self.prose
    }

    fn identity(&self) -> Identity {
        let own = Arc::clone(&self.own);
        Identity { own, prose: Arc::clone(&self.prose) }
    }

    fn is_declared_by(&self, own: &Arc<dyn Any + Send + Sync>) -> bool {
        std::ptr::addr_eq(Arc::as_ptr(&self.own), Arc::as_ptr(own))
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
#[derive(Debug)]
pub struct Table<T> {
    entries: Vec<Entry<T>>,
    places: HashMap<Slug, usize>,
    hidden: BTreeSet<Slug>,
}

/// The prose of what has none: one for all, so that it is the same in every handbook.
static NO_PROSE: LazyLock<Arc<PerLang<Prose>>> = LazyLock::new(Arc::default);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { entries: Vec::new(), places: HashMap::default(), hidden: BTreeSet::new() }
    }
}

impl<T: Entity> Table<T> {
    /// The entity with this id, shown or not.
    pub fn get(&self, id: &Slug) -> Option<&Entry<T>> {
        self.place(id).and_then(|at| self.entries.get(at))
    }

    /// The entity a reference points at.
    pub fn at(&self, reference: &Ref<T>) -> Option<&Entry<T>> {
        self.get(reference.id()?)
    }

    /// Where the entity with this id stands among all of its kind.
    pub(super) fn place(&self, id: &Slug) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// All entities that are shown, in the order of files and places.
    pub fn iter(&self) -> impl Iterator<Item = &Entry<T>> + Clone {
        self.entries.iter().filter(|entry| !self.hidden.contains(entry.id()))
    }

    /// The entity with this id, if it is shown.
    pub fn shown(&self, id: &Slug) -> Option<&Entry<T>> {
        self.get(id).filter(|entry| !self.hidden.contains(entry.id()))
    }

    /// The entity at a place, if it is shown.
    pub(super) fn shown_at(&self, place: usize) -> Option<&Entry<T>> {
        self.entries.get(place).filter(|entry| !self.hidden.contains(entry.id()))
    }

    /// All entities, also those that are not shown.
    pub fn every(&self) -> impl Iterator<Item = &Entry<T>> {
        self.entries.iter()
    }

    /// Whether both have the very same declarations, and show the same of them.
    pub(super) fn is_declared_as(&self, other: &Table<T>) -> bool {
        let same = |(own, other): (&Entry<T>, &Entry<T>)| Arc::ptr_eq(&own.own, &other.own);
        self.entries.len() == other.entries.len()
            && self.hidden == other.hidden
            && self.entries.iter().zip(&other.entries).all(same)
    }

    /// Leaves out of every list and page what the test says. Hidden entities keep their names, so that
    /// what mentions them can still say who is meant.
    pub fn hide(&mut self, hidden: &dyn Fn(&Meta) -> bool) {
        let ids = self.entries.iter().filter(|entry| hidden(&entry.meta)).map(|entry| entry.id().clone());
        self.hidden = ids.collect();
    }

    /// Adds an entity without prose; where its id is taken, gives back the place of the first.
    pub(super) fn add(&mut self, own: &Arc<Declaration<T>>) -> Result<(), Span> {
        if let Some(first) = self.get(&own.id) {
            return Err(first.span);
        }
        self.places.insert(own.id.clone(), self.entries.len());
        self.entries.push(Entry { own: Arc::clone(own), prose: Arc::clone(&NO_PROSE) });
        Ok(())
    }

    /// Gives the entity at a place its prose.
    pub(super) fn set_prose(&mut self, place: usize, prose: Arc<PerLang<Prose>>) {
        if let Some(entry) = self.entries.get_mut(place) {
            entry.prose = prose;
        }
    }
}
