//! Whom the outcomes of guides lead to: whoever takes over in a situation may do so under the rules that are
//! made for it, and nobody's special support is settled by points.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::guide::{OUTCOME_WITHOUT_NEXT, SCORED_SPECIAL_SUPPORT, UNLAWFUL_OUTCOME, sound};
use crate::check::names::{called, joined, names, worded};
use crate::model::bearing;
use crate::model::book::Handbook;
use crate::model::cases::{self, Axes};
use crate::model::guide::{Guide, Mode, Outcome};
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::role::Role;
use crate::model::rule::{Binds, Rule, Weight};
use crate::model::situation::Situation;
use crate::model::table::{Entry, Key, Ref};
use crate::model::words;
use crate::syntax::slug::Slug;

/// The act and section that say who needs special support: the Social Welfare Act.
const SPECIAL_SUPPORT: (&str, &str) = ("1301/2014", "3");

/// Where a guide says of one outcome who takes over or what happens next, it says so of all, told once: a guide
/// that says it of none only answers a question. The outcome of no yes at all may say no more than that, and
/// what an answer adds goes with another.
pub(super) fn without_next(book: &Handbook, guide: &Entry<Guide>) -> Option<Diagnostic> {
    let leads = |outcome: &Outcome| {
        let actor = outcome.actor.is_some() || outcome.forum.is_some();
        actor || outcome.service.is_some() || outcome.process.is_some() || !outcome.then.is_empty()
    };
    let all = || guide.data.outcome.iter().zip(guide.data.added());
    let open = all().filter(|(outcome, added)| !leads(outcome) && !outcome.otherwise && !added);
    let open: Vec<&Outcome> = open.map(|(outcome, _)| outcome).collect();
    if !guide.data.outcome.iter().any(leads) {
        return None;
    }
    let first = open.first()?;
    let named = open.iter().map(|outcome| worded(book, &outcome.text, "…"));
    let named = joined(book, named, "; ");
    let finding = Diagnostic::at(OUTCOME_WITHOUT_NEXT, first.id.span).with("outcomes", named);
    Some(finding.with("guide", called(book, guide)))
}

/// Whoever takes over in the situations that an outcome establishes fulfils at least one of the rules that are
/// made for these situations. Rules of decisions only are left out: taking over is not deciding.
pub(in crate::check) fn lawful(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for guide in sound(facts) {
        for (at, outcome) in guide.data.outcome.iter().enumerate() {
            diags.extend(breach(facts, guide, outcome, &outcome.id.name(at)));
        }
    }
}

fn breach(facts: &Facts<'_>, guide: &Entry<Guide>, outcome: &Outcome, name: &str) -> Option<Diagnostic> {
    let book = facts.book;
    let actor = outcome.actor.as_ref()?;
    let key = book.target(actor)?;
    let axes = cases::axes(book, &outcome.situations);
    let made_for =
        |rule: &&Entry<Rule>| facts.rulings.is_sound(*rule) && is_made_for(book, &rule.data, &axes);
    let rules: Vec<&Entry<Rule>> = book.tables.rules.iter().filter(made_for).collect();
    let first = rules.first()?;
    if !bars_everywhere(facts, &key, &rules, &outcome.situations) {
        return None;
    }
    let fulfils =
        |role: &&Entry<Role>| rules.iter().any(|rule| bearing::lack(&rule.data, &role.data).is_none());
    let lawful: Vec<&Slug> = book.tables.roles.iter().filter(fulfils).map(Entry::id).collect();
    let named = names(book, Kind::Role, lawful.iter().copied(), " / ");
    let lawful = if lawful.is_empty() { words::phrase("nobody") } else { named };
    let law: Vec<&str> = rules.iter().flat_map(|rule| &rule.data.law).map(|law| &*law.text).collect();
    let situations = outcome.situations.iter().filter_map(Ref::id);
    let finding = Diagnostic::at(UNLAWFUL_OUTCOME, actor.span).also(Some(first.span));
    let severity = weight(&rules).map_or(finding.severity, Weight::severity);
    let weighed = weight(&rules).is_some();
    let who = book.entry(&key).map(|entry| called(book, entry)).unwrap_or_default();
    Some(
        Diagnostic { severity, weighed, ..finding }
            .with("guide", called(book, guide))
            .with("outcome", name)
            .with("who", who)
            .with("case", names(book, Kind::Situation, situations, " + "))
            .with("rules", joined(book, rules.iter().map(|rule| called(book, *rule)), ", "))
            .with("law", unique(&law).join(", "))
            .with("lawful", lawful),
    )
}

/// The weight that the rules themselves have, where they all have the same.
fn weight(rules: &[&Entry<Rule>]) -> Option<Weight> {
    let own = rules.first()?.data.severity?;
    rules.iter().all(|rule| rule.data.severity == Some(own)).then_some(own)
}

fn unique<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let mut seen = Vec::new();
    texts.iter().for_each(|text| {
        if !seen.contains(text) {
            seen.push(*text);
        }
    });
    seen
}

/// Whether a rule tells the situations of an outcome apart from others and holds in them, for whoever is
/// accountable.
fn is_made_for(book: &Handbook, rule: &Rule, axes: &Axes<'_>) -> bool {
    let only = cases::axes(book, &rule.situations);
    let except = cases::axes(book, &rule.except);
    let told_apart = only.keys().chain(except.keys()).any(|axis| axes.contains_key(axis));
    let within = only.iter().all(|(axis, own)| axes.get(axis).is_some_and(|its| !own.is_disjoint(its)));
    let outside = except
        .iter()
        .all(|(axis, own)| axes.get(axis).is_none_or(|its| its.iter().any(|s| !own.contains(s))));
    let binds = rule.bound().iter().any(|binds| *binds != Binds::Decides);
    !rule.is_idle() && told_apart && within && outside && binds
}

/// Whether every rule bars everybody behind an actor.
fn bars_everywhere(
    facts: &Facts<'_>,
    key: &Key,
    rules: &[&Entry<Rule>],
    situations: &[Ref<Situation>],
) -> bool {
    let book = facts.book;
    if key.kind == Kind::Partner {
        let partner = book.tables.partners.get(&key.id).filter(|partner| facts.rulings.is_sound(*partner));
        return partner.is_some_and(|partner| rules.iter().all(|rule| rule.data.bars(partner.data.sort)));
    }
    let roles = carriers(book, key, situations);
    let sound = roles.iter().all(|role| facts.rulings.is_sound(*role));
    let lacks =
        |role: &&Entry<Role>| rules.iter().all(|rule| bearing::lack(&rule.data, &role.data).is_some());
    sound && !roles.is_empty() && roles.iter().all(lacks)
}

/// The role itself, or those who can carry a function in the situations.
fn carriers<'a>(book: &'a Handbook, key: &Key, situations: &[Ref<Situation>]) -> Vec<&'a Entry<Role>> {
    let Some(function) = book.tables.functions.get(&key.id).filter(|_| key.kind == Kind::Function) else {
        return book.bearers(key);
    };
    let barred = |not: &Ref<_>| situations.iter().any(|situation| situation.id() == not.id());
    let able = function.data.carrier.iter().filter(|carrier| !carrier.not_in.iter().any(barred));
    able.filter_map(|carrier| book.tables.roles.at(&carrier.role)).collect()
}

/// Points are no ground for who needs special support: the law describes it in words and asks for judgement.
pub(in crate::check) fn scored(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for guide in sound(facts).filter(|guide| guide.data.mode == Mode::Score) {
        let cited = laws(&guide.data).find(|law| is_special_support(facts.book, law)).map(|law| law.span);
        let established = || guide.data.outcome.iter().find_map(|outcome| reserved(facts, outcome));
        if let Some(span) = cited.or_else(established) {
            let finding = Diagnostic::at(SCORED_SPECIAL_SUPPORT, span);
            diags.push(finding.with("guide", called(facts.book, guide)));
        }
    }
}

fn laws(guide: &Guide) -> impl Iterator<Item = &LawRef> {
    let questions = guide.question.iter().flat_map(|question| &question.law);
    let outcomes = guide.outcome.iter().flat_map(|outcome| &outcome.law);
    guide.law.iter().chain(questions).chain(outcomes)
}

fn is_special_support(book: &Handbook, law: &LawRef) -> bool {
    let statute = book.statute_of(law).is_some_and(|statute| statute.data.number == SPECIAL_SUPPORT.0);
    statute && law.section.as_ref().is_some_and(|section| section.to_string() == SPECIAL_SUPPORT.1)
}

/// A situation of an outcome for which the law reserves work to some.
fn reserved(facts: &Facts<'_>, outcome: &Outcome) -> Option<Span> {
    let named = |own: &&Ref<Situation>| {
        let is = |other: &Ref<Situation>| other.id() == own.id();
        facts.book.tables.rules.iter().any(|rule| rule.data.situations.iter().any(is))
    };
    outcome.situations.iter().find(named).map(|situation| situation.span)
}
