//! Which competence rules bind which tasks, and in which cases.
//!
//! A rule binds the tasks of its topic or decision. A wrong topic cannot silence it: it also binds a task
//! that cites the law which the rule or its topic rests on, or that is called as the topic is. Only where
//! the task's own topic is about the same law, or is called so too, does that count for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::book::Handbook;
use crate::model::cases::{self, Scope};
use crate::model::field::Visitor;
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::rule::Rule;
use crate::model::table::{AnyEntry, AnyRef, Entry, Key, Ref};
use crate::model::task::Task;
use crate::model::text::At;
use crate::syntax::slug::Slug;
use crate::syntax::text::words;

/// A rule that binds a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The rule.
    pub rule: Slug,
    /// Why it does.
    pub ground: Ground,
}

/// Why a rule binds a task.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The task is of the rule's topic, or has a decision of its sort.
    Meant,
    /// The task cites the law that the rule or its topic rests on.
    Cited {
        /// The topic.
        topic: Slug,
        /// The citation as written in the task.
        law: Arc<str>,
        /// Whether it can mean nothing else.
        surely: bool,
    },
    /// The task's name holds that of the rule's topic.
    Named {
        /// The topic.
        topic: Slug,
    },
}

/// The rules that bind the tasks of a handbook.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    of_task: BTreeMap<Slug, Vec<Bound>>,
    unsound: BTreeSet<Key>,
}

impl Rulings {
    /// Finds the rules that bind each task. What is not written as it was meant binds nothing and is bound
    /// by nothing: its mistake is told by itself.
    pub fn new(book: &Handbook) -> Rulings {
        let unsound = unsound(book);
        let sound = |entry: &dyn AnyEntry| !unsound.contains(&entry.key());
        let rules = book.tables.rules.iter().filter(|rule| !rule.data.is_idle() && sound(*rule));
        let rules: Vec<&Entry<Rule>> = rules.collect();
        let all: Vec<&Entry<Rule>> = book.tables.rules.iter().collect();
        let asked = Asked { book, claims: claims(book, &all), rules };
        let tasks = book.tables.tasks.iter().filter(|task| sound(*task));
        let bounds = tasks.map(|task| (task.id().clone(), asked.bounds(task)));
        Rulings { of_task: bounds.filter(|(_, bounds)| !bounds.is_empty()).collect(), unsound }
    }

    /// Whether an entity is written as it was meant, as far as rules are concerned.
    pub fn is_sound(&self, entry: &dyn AnyEntry) -> bool {
        !self.unsound.contains(&entry.key())
    }

    /// The rules that bind a task, first those that are meant for it.
    pub fn of_task(&self, task: &Slug) -> &[Bound] {
        self.of_task.get(task).map_or(&[], Vec::as_slice)
    }

    /// The tasks that a rule is meant for.
    pub fn tasks<'r>(&'r self, rule: &'r Slug) -> impl Iterator<Item = &'r Slug> {
        let meant = |bound: &Bound| bound.rule == *rule && bound.ground == Ground::Meant;
        self.of_task.iter().filter(move |(_, bounds)| bounds.iter().any(meant)).map(|(task, _)| task)
    }
}

/// The kinds that rules and what they bind are made of.
const JUDGED: [Kind; 9] = [
    Kind::Situation,
    Kind::Qualification,
    Kind::Competence,
    Kind::Topic,
    Kind::Role,
    Kind::Function,
    Kind::Partner,
    Kind::Rule,
    Kind::Task,
];

/// What could not be read as it was written, what names something that does not exist, and rules and
/// functions that name such things.
fn unsound(book: &Handbook) -> BTreeSet<Key> {
    let mut unsound = BTreeSet::new();
    for entry in JUDGED.iter().flat_map(|kind| book.tables.of(*kind)) {
        let mut look = Look { book, unsound: &unsound, lost: entry.is_faulty() };
        entry.visit(&mut look);
        if look.lost {
            unsound.insert(entry.key());
        }
    }
    unsound
}

struct Look<'b> {
    book: &'b Handbook,
    unsound: &'b BTreeSet<Key>,
    lost: bool,
}

impl<'a> Visitor<'a> for Look<'_> {
    fn reference(&mut self, at: &At<'_>, reference: AnyRef<'a>) {
        let known = |kind: &&Kind| self.book.tables.entry(**kind, reference.id).is_some();
        let built_in = reference.built_in.contains(&reference.id.as_str());
        // A task stays what it is when one that follows it does not exist.
        let beside = at.key() == "hands_over_to";
        match reference.kinds.iter().find(known) {
            Some(kind) => {
                // Of a situation it matters on which axis it lies; of the others only that they exist.
                self.lost |=
                    *kind == Kind::Situation && self.unsound.contains(&Key::new(*kind, reference.id.clone()));
            }
            None => self.lost |= !built_in && !beside,
        }
    }
}

/// A place in the law: a statute or one of its sections, and perhaps a subsection.
struct Place<'a> {
    key: Key,
    law: &'a LawRef,
}

fn places<'a>(book: &'a Handbook, laws: &'a [LawRef]) -> impl Iterator<Item = Place<'a>> {
    let place = |law: &'a LawRef| match book.statutes.find(&law.statute, law.section.as_ref()) {
        Cited::Section(key) | Cited::Statute(key) => Some(Place { key, law }),
        Cited::UnknownSection(_) | Cited::UnknownStatute => None,
    };
    laws.iter().filter_map(place)
}

impl Place<'_> {
    /// Whether both may be the same subsection.
    fn meets(&self, other: &Place<'_>) -> bool {
        let (own, its) = (self.law.subsection, other.law.subsection);
        self.key == other.key && (own.is_none() || its.is_none() || own == its)
    }

    /// Whether whoever cites this cites the other.
    fn is_part_of(&self, other: &Place<'_>) -> bool {
        self.meets(other) && (other.law.subsection.is_none() || self.law.subsection.is_some())
    }
}

/// A place of which a topic says that it is about it, or a rule of the topic that it rests on it.
struct Claim<'a> {
    topic: &'a Slug,
    rule: Option<&'a Slug>,
    place: Place<'a>,
}

fn claims<'a>(book: &'a Handbook, rules: &[&'a Entry<Rule>]) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for topic in book.tables.topics.iter() {
        let places = places(book, &topic.data.law);
        claims.extend(places.map(|place| Claim { topic: topic.id(), rule: None, place }));
    }
    for rule in rules {
        for topic in rule.data.topic.iter().filter_map(Ref::id) {
            let places = places(book, &rule.data.law);
            claims.extend(places.map(|place| Claim { topic, rule: Some(rule.id()), place }));
        }
    }
    claims
}

/// What every task is asked against.
struct Asked<'a> {
    book: &'a Handbook,
    rules: Vec<&'a Entry<Rule>>,
    claims: Vec<Claim<'a>>,
}

impl Asked<'_> {
    fn bounds(&self, task: &Entry<Task>) -> Vec<Bound> {
        let ground = |rule: &&Entry<Rule>| {
            let ground = self.ground(task, rule)?;
            Some(Bound { rule: rule.id().clone(), ground })
        };
        let mut bounds: Vec<Bound> = self.rules.iter().filter_map(ground).collect();
        bounds.sort_by(|a, b| a.ground.cmp(&b.ground));
        bounds
    }

    fn ground(&self, task: &Entry<Task>, rule: &Entry<Rule>) -> Option<Ground> {
        let (own, data) = (topic(task), &rule.data);
        let of_topic = data.topic.is_empty() || data.topic.iter().any(|topic| topic.id() == own);
        let of_decision = data.decision.is_empty() || data.decision.contains(&task.data.decision);
        match (of_topic, of_decision) {
            (true, true) => Some(Ground::Meant),
            (true, false) => None,
            (false, _) => self.cited(task, rule).or_else(|| self.named(task, rule)),
        }
    }

    fn cited(&self, task: &Entry<Task>, rule: &Entry<Rule>) -> Option<Ground> {
        let speaks = |claim: &&Claim<'_>| {
            let of_topic = rule.data.topic.iter().any(|topic| topic.id() == Some(claim.topic));
            of_topic && claim.rule.is_none_or(|own| own == rule.id())
        };
        let mut grounds = Vec::new();
        for cited in places(self.book, &task.data.law) {
            let met = || self.claims.iter().filter(|claim| cited.meets(&claim.place));
            if met().any(|claim| Some(claim.topic) == topic(task)) {
                continue;
            }
            for claim in met().filter(speaks) {
                let own = |topic: &Slug| rule.data.topic.iter().any(|own| own.id() == Some(topic));
                let contested = met().any(|other| !own(other.topic));
                let surely = cited.is_part_of(&claim.place) && !contested;
                let law = Arc::clone(&cited.law.text);
                grounds.push(Ground::Cited { topic: claim.topic.clone(), law, surely });
            }
        }
        grounds.into_iter().max_by_key(|ground| matches!(ground, Ground::Cited { surely: true, .. }))
    }

    fn named(&self, task: &Entry<Task>, rule: &Entry<Rule>) -> Option<Ground> {
        let own = topic(task).is_some_and(|own| self.is_called(task, own));
        let mut topics = rule.data.topic.iter().filter_map(Ref::id).filter(|_| !own);
        let topic = topics.find(|topic| self.is_called(task, topic))?;
        Some(Ground::Named { topic: topic.clone() })
    }

    /// Whether the task's name holds the topic's in some language.
    fn is_called(&self, task: &Entry<Task>, topic: &Slug) -> bool {
        let Some(topic) = self.book.tables.topics.get(topic) else { return false };
        topic
            .meta
            .name
            .words
            .iter()
            .any(|(lang, name)| holds_words(task.meta.name.get(lang).unwrap_or_default(), &name.words))
    }
}

/// Whether a text has the words of another one after the other.
fn holds_words(text: &str, others: &str) -> bool {
    let of = |text: &str| words(text).map(|range| text[range].to_lowercase()).collect::<Vec<String>>();
    let (own, others) = (of(text), of(others));
    !others.is_empty() && own.windows(others.len()).any(|run| run == others)
}

fn topic(task: &Entry<Task>) -> Option<&Slug> {
    task.data.topic.as_ref().and_then(Ref::id)
}

/// The cases of a task, told apart on the axes that a rule and whoever it binds tell apart.
pub struct Cases<'a> {
    /// All of them.
    pub all: Scope<'a>,
    /// Those in which the rule holds.
    pub held: Scope<'a>,
}

impl<'a> Cases<'a> {
    /// The cases of a task under a rule. The carriers of every function matter, because each of them may
    /// be barred in some.
    pub fn new(book: &'a Handbook, task: &'a Task, rule: &'a Rule) -> Cases<'a> {
        let barring = book.tables.functions.iter().flat_map(|function| &function.data.carrier);
        let barring = barring.flat_map(|carrier| &carrier.not_in);
        let all = Scope::of_task(book, task, rule.situations.iter().chain(&rule.except).chain(barring));
        let only = cases::axes(book, &rule.situations);
        let excepted = |situation: &Slug| rule.except.iter().any(|except| except.id() == Some(situation));
        let held = all.clone().within(&only).retain(|_, situation| !excepted(situation));
        Cases { all, held }
    }

    /// Whether the rule holds in every case of the task.
    pub fn is_whole(&self) -> bool {
        self.held == self.all
    }
}
