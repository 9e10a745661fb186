//! A task: who, when, who decides, on what law, where it is written down, and what comes next.

use serde::Serialize;

use super::markup::Facts;
use super::path::Screens;
use super::phase::DeadlineView;
use super::prose::Piece;
use super::rule::RulesView;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::division::{Share, Taking, Who};
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::task::{Decision, Task};
use crate::model::text::At;
use crate::route::List;
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    path_html: Vec<Html>,
    shares: Facts,
    facts: Facts,
    decision: Option<DecisionView>,
    rules: Option<RulesView>,
    deadlines: Vec<DeadlineView>,
    recorded: Vec<Rich>,
    replaces: Option<Rich>,
    body: Option<Piece>,
    #[serde(serialize_with = "super::markup::listed")]
    from: Vec<Link>,
    #[serde(serialize_with = "super::markup::listed")]
    to: Vec<Link>,
    previous: Option<Link>,
    next: Option<Link>,
    mentions: Facts,
}

#[derive(Serialize)]
struct DecisionView {
    sort: String,
    by: Option<Link>,
    limit: Option<Rich>,
    above: Option<Link>,
    grounds: Option<Rich>,
    document: Option<String>,
    link: Option<String>,
    date: Option<String>,
}

pub(super) fn render(cx: Cx<'_>, task: &Entry<Task>) -> Result<String, Diagnostic> {
    let kind = At::root("task");
    let at = kind.entity(task.id().as_str());
    let phases: Vec<Slug> = task.data.phase.iter().filter_map(Ref::id).cloned().collect();
    let (previous, next) = beside(cx, task.id());
    let deadline = task.data.deadline.as_slice();
    let view = View {
        kind: cx.kind_word(Kind::Task),
        name: cx.name(task),
        summary: cx.summary(task),
        path_html: cx.paths_with(&phases, Screens::Wide),
        shares: shares(cx, task),
        facts: facts(cx, task),
        decision: decision(cx, task, &at),
        rules: super::rule::of_task(cx, task),
        deadlines: super::phase::deadlines(cx, deadline, &at.field("deadline")),
        recorded: super::phase::texts(cx, &task.data.recorded, &at.field("recorded")),
        replaces: cx.rich(&task.data.replaces, &at.field("replaces")),
        body: cx.body(task),
        from: task_links(cx, cx.world.reading.division().before(task.id())),
        to: cx
            .links(&task.data.hands_over_to.iter().filter_map(|to| cx.book().target(to)).collect::<Vec<_>>()),
        previous,
        next,
        mentions: super::list::mentioned_by(cx, &task.key(), &[Kind::Task]),
    };
    lay_out(cx, "page/task.html", &view, super::role::head(cx, task, List::Tasks))
}

fn task_links(cx: Cx<'_>, tasks: &[Slug]) -> Vec<Link> {
    tasks.iter().filter_map(|id| cx.link(&Key::new(Kind::Task, id.clone()))).collect()
}

/// The tasks before and after along the phases.
fn beside(cx: Cx<'_>, id: &Slug) -> (Option<Link>, Option<Link>) {
    let shown = |id: &Slug| {
        let key = Key::new(Kind::Task, id.clone());
        cx.href(&key).and_then(|_| cx.link(&key))
    };
    let (before, after) = cx.world.reading.division().around(id);
    (before.iter().rev().find_map(shown), after.iter().find_map(shown))
}

/// Who takes each share.
fn shares(cx: Cx<'_>, task: &Entry<Task>) -> Facts {
    let takings = cx.world.reading.division().of_task(task.id());
    let fact = |share: &Share| {
        let links = takings.iter().filter(|taking| taking.share == *share);
        cx.fact_of("share", share.as_str(), links.filter_map(|taking| who_link(cx, taking)).collect())
    };
    let substitute: Vec<Key> = task.data.substitute.iter().filter_map(|s| cx.book().target(s)).collect();
    let stands_in = cx.fact("task.substitute", cx.links(&substitute));
    Share::ALL.iter().filter_map(fact).chain(stands_in).collect()
}

/// Somebody in a task as a link, with the situation in which they take part.
pub(super) fn who_link(cx: Cx<'_>, taking: &Taking) -> Option<Link> {
    let link = match &taking.who {
        Who::Actor(key) => cx.link(key)?,
        Who::Client => Link::plain(cx.word("actor.client")),
    };
    Some(link.noted(when(cx, taking)))
}

/// The situation in which somebody takes part.
pub(super) fn when(cx: Cx<'_>, taking: &Taking) -> Option<String> {
    let situation = cx.book().tables.situations.get(taking.when.as_ref()?)?;
    Some(cx.strings().with("task.when", &[("situation", &cx.name(situation).text)]))
}

/// The situations a task is for.
pub(super) fn situations(cx: Cx<'_>, task: &Entry<Task>) -> Vec<Link> {
    let keys: Vec<Key> = task.data.situations.iter().filter_map(|s| cx.book().target(s)).collect();
    cx.links(&keys)
}

fn facts(cx: Cx<'_>, task: &Entry<Task>) -> Facts {
    let phases: Vec<Key> = task.data.phase.iter().filter_map(|phase| cx.book().target(phase)).collect();
    let topic: Vec<Key> = task.data.topic.iter().filter_map(|topic| cx.book().target(topic)).collect();
    let competences: Vec<Key> = task.data.competences.iter().filter_map(|c| cx.book().target(c)).collect();
    let services: Vec<Key> = task.data.services.iter().filter_map(|own| cx.book().target(own)).collect();
    let forms: Vec<Key> = task.data.forms.iter().filter_map(|form| cx.book().target(form)).collect();
    let facts = [
        cx.fact("task.phase", cx.links(&phases)),
        cx.fact("task.situations", situations(cx, task)),
        cx.fact("task.topic", cx.links(&topic)),
        cx.fact("law.law", cx.law(&task.data.law)),
        cx.fact("role.competences", cx.links(&competences)),
        cx.fact("task.services", cx.links(&services)),
        cx.fact("task.forms", cx.links(&forms)),
    ];
    facts.into_iter().flatten().collect()
}

fn decision(cx: Cx<'_>, task: &Entry<Task>, at: &At<'_>) -> Option<DecisionView> {
    let data = &task.data;
    if data.decision == Decision::None {
        return None;
    }
    let link = |actor: Option<&Ref<_>>| {
        actor.and_then(|actor| cx.book().target(actor)).and_then(|key| cx.link(&key))
    };
    let delegation = data.delegation.as_ref();
    let grounds = at.field("delegation");
    Some(DecisionView {
        sort: cx.word_of("decision", data.decision.as_str()),
        by: link(data.decides.as_ref().or(data.accountable.as_ref())),
        limit: cx.rich(&data.limit, &at.field("limit")),
        above: link(data.above.as_ref()),
        grounds: delegation.and_then(|delegation| cx.rich(&delegation.text, &grounds.field("text"))),
        document: delegation.and_then(|delegation| delegation.document.clone()),
        link: delegation
            .and_then(|delegation| delegation.link.clone())
            .filter(|link| link.starts_with("https://")),
        date: delegation.and_then(|delegation| delegation.date.0).map(|date| cx.date(date)),
    })
}
