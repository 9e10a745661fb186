//! Which competence rules bind which tasks, and whom they let do them.
//!
//! A rule binds the tasks of its topic or decision. A wrong topic cannot silence it: it also binds a task
//! that cites the law which the rule or its topic rests on, or that is called as the topic is. Only where
//! the task's own topic is about the same law, or is called so too, does that count for nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::source::Span;
use crate::model::book::Handbook;
use crate::model::cases::{self, Case};
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::links::cited_key;
use crate::model::role::{Employment, Role};
use crate::model::rule::{Binds, Rule};
use crate::model::table::{Actor, AnyEntry, Entry, Key, Ref, Target};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

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
}

impl Rulings {
    /// Finds the rules that bind each task. A rule that says too little, or names what does not exist,
    /// binds none.
    pub fn new(book: &Handbook) -> Rulings {
        let rules: Vec<&Entry<Rule>> = book.tables.rules.iter().filter(|rule| settled(book, rule)).collect();
        let asked = Asked { book, claims: claims(book, &rules), rules };
        let bounds = book.tables.tasks.iter().map(|task| (task.id().clone(), asked.bounds(task)));
        Rulings { of_task: bounds.filter(|(_, bounds)| !bounds.is_empty()).collect() }
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

fn settled(book: &Handbook, rule: &Entry<Rule>) -> bool {
    let data = &rule.data;
    !data.is_idle()
        && all_known(book, &data.topic)
        && all_known(book, &data.situations)
        && all_known(book, &data.except)
        && all_known(book, &data.allows)
        && all_known(book, data.competence.as_slice())
}

fn all_known<T: Target>(book: &Handbook, references: &[Ref<T>]) -> bool {
    references.iter().all(|reference| book.target(reference).is_some())
}

/// A place in the law: a statute or one of its sections, and perhaps a subsection.
struct Place<'a> {
    key: Key,
    law: &'a LawRef,
}

fn places<'a>(book: &'a Handbook, laws: &'a [LawRef]) -> impl Iterator<Item = Place<'a>> {
    let place = |law: &'a LawRef| {
        let key = cited_key(book.statutes.find(&law.statute, law.section.as_ref()))?;
        Some(Place { key, law })
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
                let contested = met().any(|other| other.topic != claim.topic);
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
        topic.meta.name.words.iter().any(|(lang, name)| {
            let own = task.meta.name.get(lang).unwrap_or_default();
            own.to_lowercase().contains(&name.words.to_lowercase())
        })
    }
}

fn topic(task: &Entry<Task>) -> Option<&Slug> {
    task.data.topic.as_ref().and_then(Ref::id)
}

/// The cases of a task, told apart on the axes that a rule and whoever it binds tell apart.
pub struct Cases<'a> {
    /// All of them.
    pub all: Vec<Case<'a>>,
    /// Those in which the rule holds.
    pub held: Vec<Case<'a>>,
}

impl<'a> Cases<'a> {
    /// The cases of a task under a rule. The carriers of every function matter, because each of them may
    /// be barred in some.
    pub fn new(book: &'a Handbook, task: &'a Task, rule: &'a Rule) -> Cases<'a> {
        let barring = book.tables.functions.iter().flat_map(|function| &function.data.carrier);
        let barring = barring.flat_map(|carrier| &carrier.not_in);
        let all = cases::of_task(book, task, rule.situations.iter().chain(&rule.except).chain(barring));
        let only = cases::axes(book, &rule.situations);
        let excepted = |situation: &&&Slug| rule.except.iter().any(|except| except.id() == Some(**situation));
        let holds = |case: &&Case<'a>| cases::within(case, &only) && !case.values().any(|s| excepted(&s));
        let held = all.iter().filter(holds).cloned().collect();
        Cases { all, held }
    }
}

/// Those whom a rule binds in a task, each with the place where the task names them.
pub fn bearers(book: &Handbook, task: &Task, binds: &[Binds]) -> Vec<(Key, Span)> {
    let mut found: Vec<(Key, Span)> = Vec::new();
    for bearer in binds.iter().flat_map(|binds| bound(book, task, *binds)) {
        if !found.contains(&bearer) {
            found.push(bearer);
        }
    }
    found
}

fn bound(book: &Handbook, task: &Task, binds: Binds) -> Vec<(Key, Span)> {
    let one = |bearer: Option<&Ref<_>>| bearer.and_then(|bearer| Some((book.target(bearer)?, bearer.span)));
    let (accountable, substitute) = (one(task.accountable.as_ref()), one(task.substitute.as_ref()));
    let decides = one(task.decides.as_ref());
    let named = match binds {
        Binds::Accountable => [accountable, substitute, None],
        Binds::Decides => {
            // Whoever stands in for the accountable decides only where the accountable does.
            let substitute = substitute.filter(|_| decides.is_none());
            [decides.or(accountable), substitute, one(task.above.as_ref())]
        }
        Binds::Everyone => [accountable, substitute, decides],
    };
    let pair = task.pair.as_ref().and_then(|role| Some((book.target(role)?, role.span)));
    let doers = task.responsible.iter().chain(&task.supports);
    let doers = doers.chain(task.joins_if.iter().map(|joins| &joins.actor));
    let others = pair.into_iter().chain(doers.flat_map(|actor| actors(book, actor)));
    let others: Vec<(Key, Span)> = if binds == Binds::Everyone { others.collect() } else { Vec::new() };
    named.into_iter().flatten().chain(others).collect()
}

fn actors(book: &Handbook, actor: &Ref<Actor>) -> Vec<(Key, Span)> {
    if actor.is_everyone() {
        return book.tables.roles.iter().map(|role| (role.key(), actor.span)).collect();
    }
    book.target(actor).map(|key| (key, actor.span)).into_iter().collect()
}

/// The roles behind somebody in a task that may have to do it in one of these cases.
pub fn roles<'a>(book: &'a Handbook, task: &Task, key: &Key, held: &[Case<'_>]) -> Vec<&'a Entry<Role>> {
    let Some(function) = book.tables.functions.get(&key.id).filter(|_| key.kind == Kind::Function) else {
        return book.bearers(key);
    };
    let able = |carrier: &&crate::model::function::Carrier| {
        held.iter().any(|case| carrier.can_carry(task, case.values().copied()))
    };
    function
        .data
        .carrier
        .iter()
        .filter(able)
        .filter_map(|carrier| book.tables.roles.at(&carrier.role))
        .collect()
}

/// What somebody lacks to fulfil a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A qualification that the rule allows.
    Qualification,
    /// The form of employment.
    Employment,
    /// The competence.
    Competence,
}

/// What a role lacks to fulfil a rule. Of several alternative qualifications every one must be allowed,
/// because a holder may have any of them.
pub fn lack(rule: &Rule, role: &Role) -> Option<Lack> {
    let allowed = |own: &Ref<_>| rule.allows.iter().any(|allowed| allowed.id() == own.id());
    let any_of = !role.qualifications.is_empty() && role.qualifications.iter().all(allowed);
    let qualified = rule.allows.is_empty() || any_of || role.qualifications_all.iter().any(allowed);
    let employed = match rule.employment {
        None => true,
        Some(Employment::Either) => role.employment.is_some_and(|own| own != Employment::External),
        asked => asked == role.employment,
    };
    let asked = rule.competence.as_ref().and_then(Ref::id);
    let competent = asked.is_none_or(|asked| role.competences.iter().any(|own| own.id() == Some(asked)));
    match (qualified, employed, competent) {
        (false, _, _) => Some(Lack::Qualification),
        (_, false, _) => Some(Lack::Employment),
        (_, _, false) => Some(Lack::Competence),
        (true, true, true) => None,
    }
}

/// What a role lacks for a task under a rule, where one of a pair may be enough.
pub fn lack_in(book: &Handbook, task: &Task, rule: &Rule, role: &Role) -> Option<Lack> {
    let pair = task.pair.as_ref().and_then(|pair| book.tables.roles.at(pair));
    let helped = rule.one_of_pair && pair.is_some_and(|pair| lack(rule, &pair.data).is_none());
    lack(rule, role).filter(|_| !helped)
}
