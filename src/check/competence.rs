//! Competence rules: whether the division of work gives a task only to those whom the law lets do it.

use std::collections::BTreeSet;

use crate::base::diag::{Arg, Code, Diagnostic, Diagnostics, Fix, Severity};
use crate::base::lang::PerLang;
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::responsibility::{called, name, names};
use crate::model::book::Handbook;
use crate::model::cases::{self, Case};
use crate::model::kind::Kind;
use crate::model::partner::Partner;
use crate::model::role::Role;
use crate::model::rule::{Binds, Rule, Weight};
use crate::model::ruling::{self, Bound, Cases, Ground, Lack};
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
    /// A case in which it holds.
    case: Case<'a>,
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
/// the one that holds most surely is told: the task is given to another once.
pub(super) fn rules(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for task in facts.book.tables.tasks.iter() {
        let bounds = facts.rulings.of_task(task.id()).iter();
        let mut breaches: Vec<Breach<'_>> =
            bounds.flat_map(|bound| breaches(facts.book, task, bound)).collect();
        breaches.sort_by_key(|breach| (*breach.ground != Ground::Meant, !breach.whole));
        let mut told = BTreeSet::new();
        breaches.retain(|breach| told.insert(breach.who.entry().key()));
        diags.extend(breaches.iter().map(Breach::finding));
    }
}

fn breaches<'a>(book: &'a Handbook, task: &'a Entry<Task>, bound: &'a Bound) -> Vec<Breach<'a>> {
    let Some(rule) = book.tables.rules.shown(&bound.rule) else { return Vec::new() };
    let Cases { all, held } = Cases::new(book, &task.data, &rule.data);
    let Some(case) = held.first() else { return Vec::new() };
    let mut found = Vec::new();
    for (key, span) in ruling::bearers(book, &task.data, rule.data.bound()) {
        for who in broken(book, task, rule, &key, &held) {
            let (ground, whole, case) = (&bound.ground, held.len() == all.len(), case.clone());
            found.push(Breach { book, task, rule, ground, who, span, whole, case });
        }
    }
    found
}

/// Whoever of those behind an actor breaks a rule.
fn broken<'a>(
    book: &'a Handbook,
    task: &Entry<Task>,
    rule: &Entry<Rule>,
    key: &Key,
    held: &[Case<'_>],
) -> Vec<Whom<'a>> {
    if key.kind == Kind::Partner {
        let partner = book.tables.partners.get(&key.id);
        let forbidden = partner.filter(|partner| rule.data.bars(partner.data.sort));
        return forbidden.map(Whom::Partner).into_iter().collect();
    }
    let lacks = |role: &'a Entry<Role>| {
        Some(Whom::Role(role, ruling::lack_in(book, &task.data, &rule.data, &role.data)?))
    };
    ruling::roles(book, &task.data, key, held).into_iter().filter_map(lacks).collect()
}

impl Breach<'_> {
    fn finding(&self) -> Diagnostic {
        let code = self.code();
        let lawful = self.lawful();
        let nobody = words::phrase("nobody");
        let ids: Vec<&Slug> = lawful.iter().map(|role| role.id()).collect();
        let roles = if ids.is_empty() { nobody } else { names(self.book, Kind::Role, ids, " / ") };
        let law: Vec<&str> = self.rule.data.law.iter().map(|law| &*law.text).collect();
        let finding = Diagnostic::at(code, self.span)
            .with("task", called(self.task))
            .with("who", called(self.who.entry()))
            .with("rule", called(self.rule))
            .with("law", law.join(", "))
            .with("asks", self.asks())
            .with("lawful", roles);
        let severity = self.severity(finding.severity);
        let finding = Diagnostic { severity, fix: self.fix(code, &lawful), ..finding };
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

    /// The roles of the handbook that fulfil the rule.
    fn lawful(&self) -> Vec<&Entry<Role>> {
        let fulfils = |role: &&Entry<Role>| ruling::lack(&self.rule.data, &role.data).is_none();
        self.book.tables.roles.iter().filter(fulfils).collect()
    }

    /// What only this sort of finding tells.
    fn particulars(&self, code: Code, finding: Diagnostic) -> Diagnostic {
        match self.ground {
            Ground::Cited { topic, law, .. } => self.about(finding, topic).with("cited", &**law),
            Ground::Named { topic } => self.about(finding, topic),
            Ground::Meant if code == SPLIT_TASK => {
                let axes = self.rule.data.situations.iter().chain(&self.rule.data.except);
                let axes = cases::axes(self.book, axes);
                let own = self.case.iter().filter(|(axis, _)| axes.contains_key(*axis));
                let own: Vec<&Slug> = own.map(|(_, situation)| *situation).collect();
                let ids: Vec<String> = own.iter().map(|id| format!("\"{id}\"")).collect();
                let finding = finding.with("case", names(self.book, Kind::Situation, own, " + "));
                finding.with("ids", ids.join(", "))
            }
            Ground::Meant => finding,
        }
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
        (itself && plain).then(|| Fix { span: self.span, text: format!("\"{}\"", one.id()) })
    }
}

/// A rule for a situation has a task, where its topic has tasks at all: otherwise the task it is meant for
/// may have another topic.
pub(super) fn unused(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    for rule in book.tables.rules.iter().filter(|rule| !rule.data.situations.is_empty()) {
        let of_topic = |task: &&Entry<Task>| {
            let topic = task.data.topic.as_ref().and_then(Ref::id);
            topic.is_some() && rule.data.topic.iter().any(|own| own.id() == topic)
        };
        let mut tasks = book.tables.tasks.iter().filter(of_topic).peekable();
        let Some(first) = tasks.peek().map(|task| task.span) else { continue };
        if tasks.all(|task| Cases::new(book, &task.data, &rule.data).held.is_empty()) {
            let ids = rule.data.situations.iter().filter_map(Ref::id);
            let topics = rule.data.topic.iter().filter_map(Ref::id);
            let finding = Diagnostic::at(RULE_WITHOUT_TASK, rule.span).also(Some(first));
            let finding =
                finding.with("rule", called(rule)).with("about", names(book, Kind::Topic, topics, " / "));
            diags.push(finding.with("case", names(book, Kind::Situation, ids, " / ")));
        }
    }
}

/// A rule says of what it speaks and what it asks for.
pub(super) fn idle(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for rule in facts.book.tables.rules.iter().filter(|rule| rule.data.is_idle()) {
        diags.push(Diagnostic::at(IDLE_RULE, rule.span).with("rule", called(rule)));
    }
}

/// Somebody who does a task has learnt what it needs.
pub(super) fn gap(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    for task in book.tables.tasks.iter() {
        let bearers = ruling::bearers(book, &task.data, &[Binds::Everyone]);
        let roles: Vec<&Entry<Role>> = bearers.iter().flat_map(|(key, _)| book.bearers(key)).collect();
        let lacks = |needed: &&Ref<_>| {
            let has = |role: &&Entry<Role>| role.data.competences.iter().any(|own| own.id() == needed.id());
            !roles.iter().any(has) && book.target(*needed).is_some()
        };
        for needed in task.data.competences.iter().filter(lacks) {
            let finding = Diagnostic::at(COMPETENCE_GAP, needed.span).with("task", called(task));
            diags.push(finding.with("competence", names(book, Kind::Competence, needed.id(), "")));
        }
    }
}
