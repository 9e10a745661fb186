//! Competence rules, as a list shows them and as a task is told what binds it.

use serde::Serialize;

use super::Cx;
use super::markup::Facts;
use super::words::Link;
use crate::base::date::Date;
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::rule::Rule;
use crate::model::ruling::{Cases, Ground};
use crate::model::table::{AnyEntry, Entry, Key, Ref, Target};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

/// The rules that bind a task, and when they were compared with the law.
#[derive(Serialize)]
pub(super) struct RulesView {
    rules: Vec<RuleView>,
    guidance: String,
}

#[derive(Serialize)]
struct RuleView {
    link: Option<Link>,
    facts: Facts,
}

/// The rules that are meant for a task and hold in some case of it.
pub(super) fn of_task(cx: Cx<'_>, task: &Entry<Task>) -> Option<RulesView> {
    let book = cx.book();
    let bounds =
        cx.world.reading.rulings().of_task(task.id()).iter().filter(|bound| bound.ground == Ground::Meant);
    let rules = bounds.filter_map(|bound| book.tables.rules.shown(&bound.rule));
    let rules: Vec<&Entry<Rule>> = rules.filter(|rule| holds(cx, task.id(), rule)).collect();
    let view = |rule: &&Entry<Rule>| {
        let law = cx.fact("law.law", cx.law(&rule.data.law));
        RuleView {
            link: cx.link(&rule.key()),
            facts: law.into_iter().chain(demands(cx, &rule.data)).collect(),
        }
    };
    (!rules.is_empty())
        .then(|| RulesView { rules: rules.iter().map(view).collect(), guidance: guidance(cx, &rules) })
}

/// Of what a rule speaks, what it asks for, and the tasks it is meant for.
pub(super) fn facts(cx: Cx<'_>, rule: &Entry<Rule>) -> Facts {
    let data = &rule.data;
    let decisions = data.decision.iter().map(|sort| Link::plain(&cx.word_of("decision", sort.as_str())));
    let tasks = cx.world.reading.rulings().tasks(rule.id()).filter(|task| holds(cx, task, rule));
    let tasks = tasks.map(|task| Key::new(Kind::Task, task.clone()));
    let checked = checked(cx, &data.law).map(|date| Link::plain(&cx.date(date)));
    let about = [
        cx.fact("law.law", cx.law(&data.law)),
        cx.fact("task.topic", targets(cx, &data.topic)),
        cx.fact("task.decision", decisions.collect()),
    ];
    let after = [
        cx.fact("kinds.task", cx.links(&cx.in_order(tasks))),
        cx.fact("rule.checked", checked.into_iter().collect()),
    ];
    let about = about.into_iter().flatten().chain(when(cx, data));
    about.chain(demands(cx, data)).chain(after.into_iter().flatten()).collect()
}

/// Whether a rule holds in some case of a task.
fn holds(cx: Cx<'_>, task: &Slug, rule: &Entry<Rule>) -> bool {
    let task = cx.book().tables.tasks.shown(task);
    task.is_some_and(|task| !Cases::new(cx.book(), &task.data, &rule.data).held.is_empty())
}

/// In which situations a rule holds, and whom it binds.
fn when(cx: Cx<'_>, rule: &Rule) -> Facts {
    let binds = rule.bound().iter().map(|binds| Link::plain(&cx.word_of("binds", binds.as_str())));
    let facts = [
        cx.fact("task.situations", targets(cx, &rule.situations)),
        cx.fact("rule.except", targets(cx, &rule.except)),
        cx.fact("rule.binds", binds.collect()),
    ];
    facts.into_iter().flatten().collect()
}

/// What a rule asks for.
fn demands(cx: Cx<'_>, rule: &Rule) -> Facts {
    let employment = rule.employment.map(|sort| Link::plain(&cx.word_of("employment", sort.as_str())));
    let pair = rule.one_of_pair.then(|| Link::plain(cx.word("rule.one_of_pair")));
    let forbids = rule.forbids.iter().map(|sort| Link::plain(&cx.word_of("sort", sort.as_str())));
    let demands = [
        cx.fact("rule.allows", targets(cx, &rule.allows)),
        cx.fact("role.employment", employment.into_iter().collect()),
        cx.fact("rule.competence", targets(cx, rule.competence.as_slice())),
        cx.fact("rule.pair", pair.into_iter().collect()),
        cx.fact("rule.forbids", forbids.collect()),
    ];
    demands.into_iter().flatten().collect()
}

fn targets<T: Target>(cx: Cx<'_>, references: &[Ref<T>]) -> Vec<Link> {
    let keys: Vec<Key> = references.iter().filter_map(|reference| cx.book().target(reference)).collect();
    cx.links(&keys)
}

/// That rules are guidance, and when they were compared with the law.
pub(super) fn guidance(cx: Cx<'_>, rules: &[&Entry<Rule>]) -> String {
    let oldest = rules.iter().map(|rule| checked(cx, &rule.data.law)).min().flatten();
    match oldest {
        Some(date) => cx.strings().with("rule.guidance", &[("date", &cx.date(date))]),
        None => cx.word("rule.guidance_unchecked").to_owned(),
    }
}

/// When the statutes were last compared with the law of which this is a part: the oldest day.
fn checked(cx: Cx<'_>, law: &[LawRef]) -> Option<Date> {
    law.iter().map(|law| cx.book().statute_of(law)?.data.checked.0).min().flatten()
}
