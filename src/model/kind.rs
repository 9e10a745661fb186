//! The registry: one row a kind. Everything that must know all kinds is generated here.

use std::sync::Arc;

use crate::base::lang::PerLang;
use crate::base::source::Span;
use crate::model::declared::{Written, declaration};
use crate::model::field::ReadCx;
use crate::model::prose::Prose;
use crate::model::table::{AnyEntry, Declaration, Entity, Table};
use crate::syntax::slug::Slug;

/// Declares the kinds: name of the enum's variant, the type, its table in the handbook, the word in
/// files, and the folder of its prose.
macro_rules! kinds {
    ($($variant:ident: $module:ident::$type:ident, $table:ident, $word:literal, $plural:literal;)+) => {
        $(use crate::model::$module::$type;)+

        /// A kind of entity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("`[", $word, ".id]`, prose in `", $plural, "/`")] $variant,)+
        }

        impl Kind {
            /// All kinds, in the order of the registry.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The word in files: `role`.
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $word),+ }
            }

            /// The folder of its prose: `roles`.
            pub fn plural(self) -> &'static str {
                match self { $(Kind::$variant => $plural),+ }
            }

            /// The fields beyond the common ones.
            pub fn fields(self) -> Vec<crate::model::record::FieldDef> {
                use crate::model::record::Record;
                match self { $(Kind::$variant => $type::fields()),+ }
            }
        }

        $(impl Entity for $type {
            const KIND: Kind = Kind::$variant;
        })+

        /// All entities of a handbook, a table a kind.
        #[derive(Debug, Default)]
        pub struct Tables {
            $(#[doc = concat!("Entities of `[", $word, ".id]`.")] pub $table: Table<$type>,)+
        }

        impl Tables {
            /// All entities, kind by kind.
            pub fn entries(&self) -> impl Iterator<Item = &dyn AnyEntry> {
                let none: Box<dyn Iterator<Item = &dyn AnyEntry>> = Box::new(std::iter::empty());
                $(let none: Box<dyn Iterator<Item = &dyn AnyEntry>> =
                    Box::new(none.chain(self.$table.iter().map(|entry| entry as &dyn AnyEntry)));)+
                none
            }

            /// The entities of a kind.
            pub fn of(&self, kind: Kind) -> Box<dyn Iterator<Item = &dyn AnyEntry> + '_> {
                match kind {
                    $(Kind::$variant => Box::new(self.$table.iter().map(|entry| entry as &dyn AnyEntry)),)+
                }
            }

            /// The entities of a kind, also those that are not shown.
            pub fn every(&self, kind: Kind) -> Box<dyn Iterator<Item = &dyn AnyEntry> + '_> {
                match kind {
                    $(Kind::$variant => Box::new(self.$table.every().map(|entry| entry as &dyn AnyEntry)),)+
                }
            }

            /// One entity.
            pub fn entry(&self, kind: Kind, id: &Slug) -> Option<&dyn AnyEntry> {
                match kind {
                    $(Kind::$variant => self.$table.get(id).map(|entry| entry as &dyn AnyEntry),)+
                }
            }

            /// One entity, if it is shown.
            pub fn shown(&self, kind: Kind, id: &Slug) -> Option<&dyn AnyEntry> {
                match kind {
                    $(Kind::$variant => self.$table.shown(id).map(|entry| entry as &dyn AnyEntry),)+
                }
            }

            /// Where an entity stands among all of its kind.
            pub(super) fn place(&self, kind: Kind, id: &Slug) -> Option<usize> {
                match kind { $(Kind::$variant => self.$table.place(id),)+ }
            }

            /// Gives the entity at a place its prose.
            pub(super) fn set_prose(&mut self, kind: Kind, place: usize, prose: Arc<PerLang<Prose>>) {
                match kind { $(Kind::$variant => self.$table.set_prose(place, prose),)+ }
            }

            /// Leaves out of every list and page what the test says.
            pub fn hide(&mut self, hidden: &dyn Fn(&crate::model::meta::Meta) -> bool) {
                $(self.$table.hide(hidden);)+
            }

            /// Adds what a file declares; gives what is declared elsewhere too: its kind, id and both places.
            pub(super) fn add(&mut self, declared: &Declarations) -> Vec<(Kind, Slug, [Span; 2])> {
                let mut twice = Vec::new();
                $(for own in &declared.$table {
                    if let Err(first) = self.$table.add(own) {
                        twice.push((Kind::$variant, own.id.clone(), [first, own.span]));
                    }
                })+
                twice
            }
        }

        /// The entities that one file declares.
        #[derive(Debug, Default)]
        pub(super) struct Declarations {
            $(pub(super) $table: Vec<Arc<Declaration<$type>>>,)+
        }

        impl Declarations {
            /// Adds what stands behind.
            pub(super) fn append(&mut self, mut behind: Declarations) {
                $(self.$table.append(&mut behind.$table);)+
            }

            /// Reads an entity of a kind.
            pub(super) fn read(&mut self, kind: Kind, source: &Written<'_>, cx: &mut ReadCx<'_>) {
                match kind { $(Kind::$variant => self.$table.push(Arc::new(declaration(source, cx))),)+ }
            }
        }
    };
}

kinds! {
    Qualification: qualification::Qualification, qualifications, "qualification", "qualifications";
    Role: role::Role, roles, "role", "roles";
    Function: function::Function, functions, "function", "functions";
    Partner: partner::Partner, partners, "partner", "partners";
    Framework: framework::Framework, frameworks, "framework", "frameworks";
    Phase: phase::Phase, phases, "phase", "phases";
    Axis: axis::Axis, axes, "axis", "axes";
    Situation: situation::Situation, situations, "situation", "situations";
    Topic: topic::Topic, topics, "topic", "topics";
    Task: task::Task, tasks, "task", "tasks";
    Process: process::Process, processes, "process", "processes";
    Guide: guide::Guide, guides, "guide", "guides";
    Service: service::Service, services, "service", "services";
    Form: form::Form, forms, "form", "forms";
    Segmentation: segmentation::Segmentation, segmentations, "segmentation", "segmentations";
    Segment: segment::Segment, segments, "segment", "segments";
    Team: team::Team, teams, "team", "teams";
    Area: area::Area, areas, "area", "areas";
    Forum: forum::Forum, forums, "forum", "forums";
    Competence: competence::Competence, competences, "competence", "competences";
    Statute: statute::Statute, statutes, "statute", "statutes";
    Section: section::Section, sections, "section", "sections";
    Rule: rule::Rule, rules, "rule", "rules";
    Obligation: obligation::Obligation, obligations, "obligation", "obligations";
    Question: question::Question, questions, "question", "questions";
    Indicator: indicator::Indicator, indicators, "indicator", "indicators";
    Pilot: pilot::Pilot, pilots, "pilot", "pilots";
    Checklist: checklist::Checklist, checklists, "checklist", "checklists";
    Onboarding: onboarding::Onboarding, onboardings, "onboarding", "onboardings";
    Change: change::Change, changes, "change", "changes";
    Term: term::Term, terms, "term", "terms";
    Page: page::Page, pages, "page", "pages";
}

impl Kind {
    /// The kind a word in a file names.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// The kinds whose ids share one space: whoever can take part in a task.
    pub const ACTORS: &'static [Kind] = &[Kind::Role, Kind::Function, Kind::Forum, Kind::Partner];

    /// Those of them who can answer for a task: a meeting cannot.
    pub const BEARERS: &'static [Kind] = &[Kind::Role, Kind::Function, Kind::Partner];
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u64);

impl Kinds {
    /// The set with a kind in it.
    #[must_use]
    pub fn with(self, kind: Kind) -> Kinds {
        Kinds(self.0 | 1 << kind as u64)
    }

    /// The set without a kind.
    #[must_use]
    pub fn without(self, kind: Kind) -> Kinds {
        Kinds(self.0 & !(1 << kind as u64))
    }

    /// Whether a kind is in it.
    pub fn has(self, kind: Kind) -> bool {
        self.without(kind) != self
    }

    /// Whether there is none in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The only kind in it.
    pub fn one(self) -> Option<Kind> {
        let one = self.0.is_power_of_two();
        Kind::ALL.get(self.0.trailing_zeros() as usize).copied().filter(|_| one)
    }

    /// The kinds, in the order of the registry.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| self.has(*kind))
    }
}
