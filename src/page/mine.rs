//! A role's own tasks in a phase: what is mine, when, who decides, what the law says, whom I hand over to.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Cx;
use super::mark::{Mark, marks};
use super::markup::Facts;
use super::words::Link;
use crate::model::division::{Share, Who};
use crate::model::kind::Kind;
use crate::model::table::{Entry, Key, Ref};
use crate::model::task::{Decision, Task};
use crate::syntax::slug::Slug;

/// A task that somebody answers for or does.
#[derive(Serialize)]
pub(super) struct Mine {
    link: Option<Link>,
    shares: Vec<Mark>,
    situations: Vec<Link>,
    facts: Facts,
}

/// The shares that make a task one's own.
const OWN: [Share; 3] = [Share::Accountable, Share::Responsible, Share::Paired];

/// The tasks of somebody that are their own, each once, with every share, also where it comes with a
/// function.
pub(super) fn mine(cx: Cx<'_>, tasks: &[&(Slug, Key)], own: &Key) -> Vec<Mine> {
    let mut seen: BTreeSet<&Slug> = BTreeSet::new();
    let each_once = tasks.iter().map(|(task, _)| task).filter(|task| seen.insert(task));
    let entries = each_once.filter_map(|task| cx.book().tables.tasks.get(task));
    entries.filter_map(|task| one(cx, task, own)).collect()
}

fn one(cx: Cx<'_>, task: &Entry<Task>, own: &Key) -> Option<Mine> {
    let shares = marks(cx, task, &Who::Actor(own.clone()), &OWN);
    (!shares.is_empty()).then(|| Mine {
        link: cx.link(&Key::new(Kind::Task, task.id().clone())),
        shares,
        situations: super::task::situations(cx, task),
        facts: facts(cx, &task.data),
    })
}

fn facts(cx: Cx<'_>, task: &Task) -> Facts {
    let decider =
        task.decides.as_ref().or(task.accountable.as_ref()).filter(|_| task.decision != Decision::None);
    let decider: Vec<Key> = decider.and_then(|decider| cx.book().target(decider)).into_iter().collect();
    let law = cx.law(&task.law).into_iter().map(|link| link.noted(None)).collect();
    let recorded = task.recorded.iter().filter_map(|row| {
        let words = row.text.words.fallback(cx.lang, &cx.book().fallbacks)?.1;
        Some(Link::plain(&words.words))
    });
    let next = task.hands_over_to.iter().filter_map(|next| cx.book().tables.tasks.at(next));
    let facts = [
        cx.fact("task.decides", cx.links(&decider)),
        cx.fact("law.law", law),
        cx.fact("task.recorded", recorded.collect()),
        cx.fact("task.to", next.filter_map(|next| handed(cx, next)).collect()),
    ];
    facts.into_iter().flatten().collect()
}

/// A task that follows, with who answers for it.
fn handed(cx: Cx<'_>, next: &Entry<Task>) -> Option<Link> {
    let link = cx.link(&Key::new(Kind::Task, next.id().clone()))?;
    let shown = cx.book().tables.tasks.shown(next.id());
    let accountable =
        shown.and_then(|next| next.data.accountable.as_ref()).map(|actor: &Ref<_>| cx.book().target(actor));
    let name = accountable.flatten().and_then(|key| cx.link(&key)).map(|link| link.words.text);
    Some(link.noted(name.map(|name| cx.strings().with("role.answers", &[("name", &name)]))))
}
