//! Competence rules: whether the division of work gives a task only to those whom the law lets do it.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::{Arg, Code, Diagnostic, Diagnostics, Fix, Severity};
use crate::base::lang::PerLang;
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::{called, joined, name, names};
use crate::model::bearing::{self, Lack};
use crate::model::book::Handbook;
use crate::model::cases::{self, Axes, Scope};
use crate::model::kind::Kind;
use crate::model::partner::Partner;
use crate::model::role::Role;
use crate::model::rule::{Rule, Weight};
use crate::model::ruling::{Bound, Cases, Ground};
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::task::Task;
use crate::model::words;
use crate::syntax::slug::Slug;

crate::codes! { "competence.toml":
    RESERVED_TASK = "reserved-task",
    TASK_IN_OFFICE = "task-in-office",
    TASK_NEEDS_COMPETENCE = "task-needs-competence",
    FORBIDDEN_PARTNER = "forbidden-partner",
    SPLIT_TASK = "split-task",
    CITED_TOPIC = "cited-topic",
    NAMED_TOPIC = "named-topic",
    RULE_WITHOUT_TASK = "rule-without-task",
    IDLE_RULE = "idle-rule",
    COMPETENCE_GAP = "competence-gap",
}

pub(super) const BREACHES: &[Code] = &[
    RESERVED_TASK,
    TASK_IN_OFFICE,
    TASK_NEEDS_COMPETENCE,
    FORBIDDEN_PARTNER,
    SPLIT_TASK,
    CITED_TOPIC,
    NAMED_TOPIC,
];

/// Somebody who may not do a task as it is given to them.
struct Breach<'a> {
    book: &'a Handbook,
    task: &'a Entry<Task>,
    rule: &'a Entry<Rule>,
    ground: &'a Ground,
    who: Whom<'a>,
    /// Where the task names them, or the function they carry.
    span: Span,
    /// Whether the rule holds in every case of the task.
    whole: bool,
    /// The cases in which it holds.
    held: Scope<'a>,
}

/// Who breaks a rule.
#[derive(Clone, Copy)]
enum Whom<'a> {
    Role(&'a Entry<Role>, Lack),
    Partner(&'a Entry<Partner>),
}

impl<'a> Whom<'a> {
    fn entry(self) -> &'a dyn AnyEntry {
        match self {
            Whom::Role(role, _) => role,
            Whom::Partner(partner) => partner,
        }
    }
}

/// Nobody has a task whom a rule does not let do it. Of several rules that somebody breaks in one task,
/// the one that weighs most is told, of those that weigh the same the one that holds most surely, and those
/// whom the task names with one word are told together: the task is given to others once. A task with a
/// wrong topic is told once.
pub(super) fn rules(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let weights = facts.book.severities();
    for task in facts.book.tables.tasks.iter().filter(|_| facts.book.damaged.is_empty()) {
        let bounds = facts.rulings.of_task(task.id()).iter();
        let mut breaches: Vec<Breach<'_>> = bounds.flat_map(|bound| breaches(facts, task, bound)).collect();
        breaches
            .sort_by_key(|breach| (breach.weight(&weights), *breach.ground != Ground::Meant, !breach.whole));
        let (mut told, mut topic) = (BTreeSet::new(), false);
        breaches.retain(|breach| {
            let elsewhere = *breach.ground != Ground::Meant;
            let first = !(elsewhere && topic) && told.insert(breach.who.entry().key());
            topic |= elsewhere && first;
            first
        });
        for first in 0..breaches.len() {
            let same = |other: &Breach<'_>| {
                other.span == breaches[first].span && other.code() == breaches[first].code()
            };
            if !breaches[..first].iter().any(same) {
                let others: Vec<&Breach<'_>> = breaches.iter().filter(|other| same(other)).collect();
                diags.push(breaches[first].finding(&others));
            }
        }
    }
}

fn breaches<'a>(facts: &Facts<'a>, task: &'a Entry<Task>, bound: &'a Bound) -> Vec<Breach<'a>> {
    let book = facts.book;
    let Some(rule) = book.tables.rules.shown(&bound.rule) else { return Vec::new() };
    let cases = Cases::new(book, &task.data, &rule.data);
    let mut found = Vec::new();
    for bearer in bearing::bearers(book, &task.data, rule.data.bound()) {
        let (all, held) = (bearer.cases(book, &cases.all), bearer.cases(book, &cases.held));
        for who in broken(facts, task, rule, &bearer.key, &held) {
            let (ground, whole, held) = (&bound.ground, held == all, held.clone());
            found.push(Breach { book, task, rule, ground, who, span: bearer.span, whole, held });
        }
    }
    found
}

/// Whoever of those behind an actor breaks a rule in one of these cases.
fn broken<'a>(
    facts: &Facts<'a>,
    task: &Entry<Task>,
    rule: &Entry<Rule>,
    key: &Key,
    held: &Scope<'_>,
) -> Vec<Whom<'a>> {
    let book = facts.book;
    if held.is_empty() {
        return Vec::new();
    }
    if key.kind == Kind::Partner {
        let partner = book.tables.partners.get(&key.id).filter(|partner| facts.rulings.is_sound(*partner));
        let barred = partner.filter(|partner| rule.data.bars(partner.data.sort));
        return barred.map(Whom::Partner).into_iter().collect();
    }
    let lacks = |role: &'a Entry<Role>| {
        let lack = bearing::lack_in(book, &task.data, &rule.data, role)?;
        facts.rulings.is_sound(role).then_some(Whom::Role(role, lack))
    };
    bearing::roles(book, &task.data, key, held).into_iter().filter_map(lacks).collect()
}

impl Breach<'_> {
    /// The finding, with everybody of whom it holds.
    fn finding(&self, all: &[&Breach<'_>]) -> Diagnostic {
        let code = self.code();
        let lawful = self.lawful();
        let nobody = words::phrase("nobody");
        let ids: Vec<&Slug> = lawful.iter().map(|role| role.id()).collect();
        let roles = if ids.is_empty() { nobody } else { names(self.book, Kind::Role, ids, " / ") };
        let law: Vec<&str> = self.rule.data.law.iter().map(|law| &*law.text).collect();
        let finding = Diagnostic::at(code, self.span)
            .with("task", called(self.book, self.task))
            .with(
                "who",
                joined(self.book, all.iter().map(|breach| called(self.book, breach.who.entry())), ", "),
            )
            .with("rule", called(self.book, self.rule))
            .with("law", law.join(", "))
            .with("asks", self.asks())
            .with("lawful", roles);
        let severity = self.severity(finding.severity);
        let weighed = self.rule.data.severity.is_some();
        let finding = Diagnostic { severity, weighed, fix: self.fix(code, &lawful), ..finding };
        self.particulars(code, finding).also(Some(self.other_place()))
    }

    fn code(&self) -> Code {
        match (self.ground, self.who) {
            (Ground::Cited { .. }, _) => CITED_TOPIC,
            (Ground::Named { .. }, _) => NAMED_TOPIC,
            (Ground::Meant, Whom::Partner(_)) => FORBIDDEN_PARTNER,
            (Ground::Meant, Whom::Role(..)) if !self.whole => SPLIT_TASK,
            (Ground::Meant, Whom::Role(_, Lack::Qualification)) => RESERVED_TASK,
            (Ground::Meant, Whom::Role(_, Lack::Employment)) => TASK_IN_OFFICE,
            (Ground::Meant, Whom::Role(_, Lack::Competence)) => TASK_NEEDS_COMPETENCE,
        }
    }

    /// The rule's own weight; a warning at most where it is not sure that the rule is meant.
    fn severity(&self, usual: Severity) -> Severity {
        let own = self.rule.data.severity.map_or(usual, Weight::severity);
        match self.ground {
            Ground::Meant | Ground::Cited { surely: true, .. } => own,
            Ground::Cited { .. } | Ground::Named { .. } => own.max(Severity::Warning),
        }
    }

    /// What the finding will weigh in this handbook: where the rule does not say, as `site.toml` has it.
    fn weight(&self, weights: &BTreeMap<String, Severity>) -> Severity {
        let code = self.code();
        let usual = code.info().map_or(Severity::Error, |info| info.severity);
        let of_code = weights.get(code.id()).filter(|_| self.rule.data.severity.is_none());
        of_code.copied().unwrap_or_else(|| self.severity(usual))
    }

    /// The roles of the handbook that fulfil the rule.
    fn lawful(&self) -> Vec<&Entry<Role>> {
        let fulfils = |role: &&Entry<Role>| bearing::lack(&self.rule.data, &role.data).is_none();
        self.book.tables.roles.iter().filter(fulfils).collect()
    }

    /// What only this sort of finding tells.
    fn particulars(&self, code: Code, finding: Diagnostic) -> Diagnostic {
        match self.ground {
            Ground::Cited { topic, law, .. } => self.about(finding, topic).with("cited", &**law),
            Ground::Named { topic } => self.about(finding, topic),
            Ground::Meant if code == SPLIT_TASK => {
                let axes = self.part();
                let names =
                    axes.values().map(|own| names(self.book, Kind::Situation, own.iter().copied(), " / "));
                let ids: Vec<String> = axes.values().flatten().map(|id| format!("\"{id}\"")).collect();
                let finding = finding.with("case", joined(self.book, names, " + "));
                finding.with("ids", ids.join(", "))
            }
            Ground::Meant => finding,
        }
    }

    /// The part of the task in which the rule holds: on the axes that tell it apart and on the task's own.
    fn part(&self) -> Axes<'_> {
        let named = self.rule.data.situations.iter().chain(&self.rule.data.except);
        let named = cases::axes(self.book, named.chain(&self.task.data.situations));
        let mut part = self.held.axes().clone();
        part.retain(|axis, _| named.contains_key(*axis));
        part
    }

    fn about(&self, finding: Diagnostic, topic: &Slug) -> Diagnostic {
        finding.with("topic", topic.as_str()).with("about", name(self.book, Kind::Topic, topic))
    }

    /// What the rule asks for and this one lacks; of a partner, what sort it is.
    fn asks(&self) -> Arg {
        let rule = &self.rule.data;
        match self.who {
            Whom::Partner(partner) => words::choice("sort", partner.data.sort.as_str()).into(),
            Whom::Role(_, Lack::Qualification) => {
                names(self.book, Kind::Qualification, rule.allows.iter().filter_map(Ref::id), " / ").into()
            }
            Whom::Role(_, Lack::Employment) => rule
                .employment
                .map_or_else(PerLang::default, |sort| words::choice("employment", sort.as_str()))
                .into(),
            Whom::Role(_, Lack::Competence) => {
                names(self.book, Kind::Competence, rule.competence.iter().filter_map(Ref::id), " / ").into()
            }
        }
    }

    /// The role where its employment is told, else the rule.
    fn other_place(&self) -> Span {
        match self.who {
            Whom::Role(role, Lack::Employment) => role.span,
            Whom::Role(..) | Whom::Partner(_) => self.rule.span,
        }
    }

    /// The one role that fulfils the rule in the place of the one that answers for the task.
    fn fix(&self, code: Code, lawful: &[&Entry<Role>]) -> Option<Fix> {
        let accountable = self.task.data.accountable.as_ref()?;
        let key = self.book.target(accountable)?;
        let itself = accountable.span == self.span && key == self.who.entry().key();
        let plain = [RESERVED_TASK, TASK_IN_OFFICE, FORBIDDEN_PARTNER].contains(&code);
        let [one] = lawful else { return None };
        let lists = [&self.task.data.consulted, &self.task.data.informed];
        let listed = lists.into_iter().flatten().any(|actor| actor.id() == Some(one.id()));
        (itself && plain && !listed).then(|| Fix { span: self.span, text: format!("\"{}\"", one.id()) })
    }
}

/// A rule for a situation has a task, where its topic has tasks at all: otherwise the task it is meant for
/// may have another topic.
pub(super) fn unused(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    let told_apart = |rule: &&Entry<Rule>| {
        !rule.data.situations.is_empty() && rule.data.decision.is_empty() && !rule.data.is_idle()
    };
    let rules = book.tables.rules.iter().filter(told_apart).filter(|rule| facts.rulings.is_sound(*rule));
    for rule in rules.filter(|_| book.damaged.is_empty()) {
        let of_topic = |task: &&Entry<Task>| {
            let topic = task.data.topic.as_ref().and_then(Ref::id);
            topic.is_some() && rule.data.topic.iter().any(|own| own.id() == topic)
        };
        let tasks: Vec<&Entry<Task>> = book.tables.tasks.iter().filter(of_topic).collect();
        let (Some(first), true) = (tasks.first(), tasks.iter().all(|task| facts.rulings.is_sound(*task)))
        else {
            continue;
        };
        if tasks.iter().all(|task| Cases::new(book, &task.data, &rule.data).held.is_empty()) {
            let axes = cases::axes(book, &rule.data.situations);
            let names_of = axes.values().map(|own| names(book, Kind::Situation, own.iter().copied(), " / "));
            let topics = rule.data.topic.iter().filter_map(Ref::id);
            let finding = Diagnostic::at(RULE_WITHOUT_TASK, rule.span).also(Some(first.span));
            let finding = finding
                .with("rule", called(book, rule))
                .with("about", names(book, Kind::Topic, topics, " / "));
            diags.push(finding.with("case", joined(book, names_of, " + ")));
        }
    }
}

/// A rule says of what it speaks and what it asks for.
pub(super) fn idle(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let rules = facts.book.tables.rules.iter().filter(|_| facts.book.damaged.is_empty());
    for rule in rules.filter(|rule| rule.data.is_idle() && !rule.faulty) {
        diags.push(Diagnostic::at(IDLE_RULE, rule.span).with("rule", called(facts.book, rule)));
    }
}

/// Somebody who does a task has learnt what it needs. A partner's people are not in the handbook, and what
/// a rule asks of everybody is told by the rule.
pub(super) fn gap(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    let sound = |task: &&Entry<Task>| book.damaged.is_empty() && facts.rulings.is_sound(*task);
    for task in book.tables.tasks.iter().filter(sound) {
        for needed in &task.data.competences {
            let knowing = bearing::knowing(book, &task.data, needed.id());
            let sound = knowing.lack.iter().all(|role| facts.rulings.is_sound(*role));
            let lacking = knowing.have.is_empty() && !knowing.beside && sound;
            if lacking && !ruled(facts, task, needed.id()) {
                let finding = Diagnostic::at(COMPETENCE_GAP, needed.span).with("task", called(book, task));
                diags.push(finding.with("competence", names(book, Kind::Competence, needed.id(), "")));
            }
        }
    }
}

/// Whether a rule that is meant for a task asks for a competence.
fn ruled(facts: &Facts<'_>, task: &Entry<Task>, competence: Option<&Slug>) -> bool {
    let bounds = facts.rulings.of_task(task.id()).iter().filter(|bound| bound.ground == Ground::Meant);
    let mut rules = bounds.filter_map(|bound| facts.book.tables.rules.shown(&bound.rule));
    rules.any(|rule| rule.data.competence.as_ref().is_some_and(|asked| asked.id() == competence))
}
