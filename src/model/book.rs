//! The handbook as it was written: entities with references that may lead nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;

use crate::base::diag::Severity;
use crate::base::lang::Lang;
use crate::base::source::{FileId, SourcePath};
use crate::model::config::Config;
use crate::model::declared::Declared;
use crate::model::kind::{Kind, Kinds, Tables};
use crate::model::law::{Cited, LawRef, Statutes};
use crate::model::lock::Lock;
use crate::model::logo::Shown;
use crate::model::meta::Meta;
use crate::model::role::Role;
use crate::model::statute::Statute;
use crate::model::table::{AnyEntry, AnyRef, Entry, Key, Ref, Target};
use crate::model::title::PhaseNames;
use crate::model::wordlist::SearchWords;
use crate::syntax::cite::SectionNumber;
use crate::syntax::markdown;
use crate::syntax::slug::{Slug, is_compound};
use crate::syntax::toml::TomlFile;

/// A handbook.
#[derive(Debug, Default)]
pub struct Handbook {
    /// The settings.
    pub config: Config,
    /// Words for the search.
    pub search: SearchWords,
    /// The languages, in the order of the language switch; never empty.
    pub langs: Vec<Lang>,
    /// The languages in which a missing part is looked for: the default language, then the others.
    pub fallbacks: Vec<Lang>,
    /// Whether `site.toml` names them; until it does, no text is told to be missing or foreign.
    pub languages_told: bool,
    /// The language of missing parts and messages.
    pub default_lang: Lang,
    /// The entities.
    pub tables: Tables,
    /// The names of statutes.
    pub statutes: Arc<Statutes>,
    /// The kinds that have each id, so that a link finds its target in one look.
    pub(super) ids: HashMap<Slug, Kinds>,
    /// Pictures and attachments below `content/`.
    pub media: BTreeMap<SourcePath, FileId>,
    /// The logo of the settings, as far as it can be shown.
    pub logo: Shown,
    /// Which entity and language each file of prose belongs to, in the order of paths.
    pub(super) prose_files: Arc<Vec<ProseFile>>,
    /// Which texts somebody has confirmed to match.
    pub lock: Arc<Lock>,
    /// Kinds of which a file of prose is misnamed: a text that seems missing may be in it.
    pub strays: BTreeSet<Kind>,
    /// Files with syntax mistakes: what is missing there may only be unread.
    pub damaged: BTreeSet<FileId>,
    /// What each file declares, for the next handbook.
    pub(super) declared: BTreeMap<FileId, (Arc<TomlFile>, Arc<Declared>)>,
    /// What the cells of roles were found by.
    pub(super) phase_names: Arc<PhaseNames>,
}

/// A file of prose, and whose it is.
#[derive(Debug, PartialEq)]
pub(super) struct ProseFile {
    /// The file.
    pub path: SourcePath,
    /// The entity.
    pub key: Key,
    /// The language.
    pub lang: Lang,
}

/// Where a link in prose leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// To an entity, and there to an anchor.
    Entity(Key, Option<String>),
    /// To a heading of the same text.
    Anchor(String),
    /// To a picture or attachment.
    Media(SourcePath),
    /// Out of the handbook.
    External(String),
    /// Nowhere: its scheme is not let through.
    Unsafe,
    /// Nowhere: no entity or file is called so.
    Missing,
    /// To one of several: the id exists in these kinds.
    Ambiguous(Vec<Kind>),
    /// Nowhere: there is no such kind.
    UnknownKind(String),
}

impl Handbook {
    /// The languages an entity is written in.
    pub fn langs_of(&self, meta: &Meta) -> Vec<Lang> {
        let own: Vec<Lang> = meta.languages.iter().filter_map(|tag| Some(tag.0?.0)).collect();
        let known = |lang: &Lang| own.is_empty() || own.contains(lang);
        self.langs.iter().copied().filter(known).collect()
    }

    /// An entity.
    pub fn entry(&self, key: &Key) -> Option<&dyn AnyEntry> {
        self.tables.entry(key.kind, &key.id)
    }

    /// An entity, if it is shown.
    pub fn shown(&self, key: &Key) -> Option<&dyn AnyEntry> {
        self.tables.shown(key.kind, &key.id)
    }

    /// What a reference points at, the first of its kinds that has the id.
    pub fn target<T: Target>(&self, reference: &Ref<T>) -> Option<Key> {
        let id = reference.id()?;
        let has = |kind: &&Kind| self.tables.entry(**kind, id).is_some();
        T::KINDS.iter().find(has).map(|kind| Key::new(*kind, id.clone()))
    }

    /// The entity a reference of any type points at.
    pub fn found(&self, reference: AnyRef<'_>) -> Option<Key> {
        let has = |kind: &&Kind| self.tables.entry(**kind, reference.id).is_some();
        reference.kinds.iter().find(has).map(|kind| Key::new(*kind, reference.id.clone()))
    }

    /// The statute that a citation names.
    pub fn statute_of(&self, law: &LawRef) -> Option<&Entry<Statute>> {
        match self.statutes.find(&law.statute, None) {
            Cited::Statute(key) => self.tables.statutes.get(&key.id),
            _ => None,
        }
    }

    /// The statute of a section, and the section's number in it.
    pub fn place_of(&self, key: &Key) -> Option<(&Entry<Statute>, &SectionNumber)> {
        let section = self.tables.sections.get(&key.id).filter(|_| key.kind == Kind::Section)?;
        let statute = self.tables.statutes.get(section.data.statute.as_ref()?)?;
        Some((statute, section.data.number.as_ref()?))
    }

    /// The roles behind an actor: itself, or the carriers of a function.
    pub fn bearers(&self, key: &Key) -> Vec<&Entry<Role>> {
        match key.kind {
            Kind::Role => self.tables.roles.get(&key.id).into_iter().collect(),
            Kind::Function => {
                let function = self.tables.functions.get(&key.id);
                let carriers = function.map(|function| function.data.carrier.as_slice()).unwrap_or_default();
                carriers.iter().filter_map(|carrier| self.tables.roles.at(&carrier.role)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Where a link leads that stands in this file.
    pub fn resolve(&self, target: &markdown::Target, from: &SourcePath) -> Resolved {
        match target {
            markdown::Target::Entity { kind, id, anchor } => {
                self.resolve_entity(kind.as_deref(), id, anchor.as_deref())
            }
            markdown::Target::File { path, anchor } => self.resolve_file(path, anchor.as_deref(), from),
            markdown::Target::Anchor(anchor) => Resolved::Anchor(anchor.to_string()),
            markdown::Target::External(address) => Resolved::External(address.clone()),
            markdown::Target::Unsafe => Resolved::Unsafe,
        }
    }

    /// Where an id in prose leads, with its kind where one is given.
    pub fn resolve_entity(&self, kind: Option<&str>, id: &str, anchor: Option<&str>) -> Resolved {
        let Some((id, found)) = self.ids.get_key_value(id) else {
            let unknown = kind.filter(|word| is_compound(id) && Kind::parse(word).is_none());
            return unknown.map_or(Resolved::Missing, |word| Resolved::UnknownKind(word.to_owned()));
        };
        let key = |kind: Kind| Key::new(kind, id.clone());
        if let Some(word) = kind {
            return match Kind::parse(word) {
                Some(kind) if found.has(kind) => Resolved::Entity(key(kind), anchor.map(str::to_owned)),
                Some(_) => Resolved::Missing,
                None => Resolved::UnknownKind(word.to_owned()),
            };
        }
        // A term explains what another thing of the same id is; a link leads to the thing.
        let things = found.without(Kind::Term);
        let meant = if things.is_empty() { *found } else { things };
        match meant.one() {
            Some(one) => Resolved::Entity(key(one), anchor.map(str::to_owned)),
            None => Resolved::Ambiguous(meant.iter().collect()),
        }
    }

    /// The entity and language that a file of prose belongs to.
    pub fn prose_owner(&self, path: &SourcePath) -> Option<(&Key, Lang)> {
        let at = self.prose_files.binary_search_by(|file| file.path.cmp(path)).ok()?;
        self.prose_files.get(at).map(|file| (&file.key, file.lang))
    }

    fn resolve_file(&self, path: &str, anchor: Option<&str>, from: &SourcePath) -> Resolved {
        let Some(path) = from.join(path) else { return Resolved::Missing };
        if let Some((key, _)) = self.prose_owner(&path) {
            return Resolved::Entity(key.clone(), anchor.map(str::to_owned));
        }
        if self.media.contains_key(&path) { Resolved::Media(path) } else { Resolved::Missing }
    }

    /// The file a picture shows.
    pub fn picture(&self, path: &str, from: &SourcePath) -> Resolved {
        match from.join(path).filter(|path| self.media.contains_key(path)) {
            Some(path) => Resolved::Media(path),
            None => Resolved::Missing,
        }
    }

    /// The handbook's own weights of checks.
    pub fn severities(&self) -> BTreeMap<String, Severity> {
        let own = &self.config.severity.0;
        own.iter().map(|(code, (severity, _))| (code.clone(), *severity)).collect()
    }
}
