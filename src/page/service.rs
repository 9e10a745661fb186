//! A service: what it is for, who decides, who carries it out, how it is applied for, and what leads to it.

use std::collections::BTreeSet;

use super::Cx;
use super::markup::Facts;
use super::sheet::{Part, Sheet, texts};
use super::words::Link;
use crate::model::division::Share;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::model::table::{AnyEntry, Entry, Key, Ref};

/// Kinds of which the page tells itself.
const TOLD: [Kind; 4] = [Kind::Task, Kind::Segment, Kind::Guide, Kind::Process];

pub(super) fn sheet(cx: Cx<'_>, service: &Entry<Service>) -> Sheet {
    let key = service.key();
    let facts = Part { facts: facts(cx, &service.data), texts: how(cx, service), ..Part::default() };
    let tasks = back(cx, &key, Kind::Task);
    let led = [
        cx.fact_of("kinds", "guide", cx.links(&back(cx, &key, Kind::Guide))),
        cx.fact_of("kinds", "process", cx.links(&processes(cx, &key, &tasks))),
    ];
    let led = Part { facts: led.into_iter().flatten().collect(), ..Part::new("tie", cx.word("service.way")) };
    let done = tasks.iter().filter_map(|task| with_accountable(cx, task)).collect();
    let done = Part { links: done, ..Part::new("tehtavat", cx.word("service.tasks")) };
    let needed = cx.links(&back(cx, &key, Kind::Segment));
    let needed = Part { links: needed, ..Part::new("ryhmat", cx.word("service.segments")) };
    Sheet::of(cx, service, &TOLD).with(facts).with_body(cx, service).with(done).with(led).with(needed)
}

fn how(cx: Cx<'_>, service: &Entry<Service>) -> Vec<super::sheet::Labelled> {
    texts(cx, &service.key(), &[("how_to_apply", &service.data.how_to_apply)])
}

fn facts(cx: Cx<'_>, service: &Service) -> Facts {
    let forms: Vec<Key> = service.forms.iter().filter_map(|form| cx.book().target(form)).collect();
    let voluntary = service.voluntary.then(|| Link::plain(cx.word("service.is_voluntary")));
    let facts = [
        cx.fact("service.voluntary", voluntary.into_iter().collect()),
        cx.fact("service.forms", cx.links(&forms)),
        cx.fact("law.law", cx.law(&service.law)),
    ];
    told(cx, service).into_iter().chain(facts.into_iter().flatten()).collect()
}

/// What the list of services says of one: who decides and who carries it out.
pub(super) fn told(cx: Cx<'_>, service: &Service) -> Facts {
    let deciding: Vec<Key> = service.decides.iter().filter_map(|who| cx.book().target(who)).collect();
    let facts = [
        cx.fact("service.decides", cx.links(&deciding)),
        cx.fact("service.carries_out", actors(cx, &service.carries_out)),
    ];
    facts.into_iter().flatten().collect()
}

/// Links to those who take part in something, the client and everybody included.
pub(super) fn actors(cx: Cx<'_>, actors: &[Ref<crate::model::table::Actor>]) -> Vec<Link> {
    let link = |actor: &Ref<_>| match cx.book().target(actor) {
        Some(key) => cx.link(&key),
        None if actor.is_everyone() => Some(Link::plain(cx.word("kinds.role"))),
        None => actor.id().filter(|id| id.as_str() == "client").map(|_| Link::plain(cx.word("actor.client"))),
    };
    actors.iter().filter_map(link).collect()
}

/// What of a kind mentions an entity, in the order of files.
pub(super) fn back(cx: Cx<'_>, key: &Key, kind: Kind) -> Vec<Key> {
    cx.in_order(cx.world.reading.links().back(key).filter(|back| back.kind == kind).cloned())
}

/// A task with who is accountable behind it.
pub(super) fn with_accountable(cx: Cx<'_>, task: &Key) -> Option<Link> {
    let takings = cx.world.reading.division().of_task(&task.id).iter();
    let who = takings.filter(|taking| taking.share == Share::Accountable);
    let who = who.filter_map(|taking| super::task::who_link(cx, taking)).map(|link| link.words.text).next();
    let note = who.map(|name| cx.strings().with("role.answers", &[("name", &name)]));
    cx.link(task).map(|link| link.noted(note))
}

/// The processes that name a service or one of its tasks.
fn processes(cx: Cx<'_>, service: &Key, tasks: &[Key]) -> Vec<Key> {
    let named = std::iter::once(service).chain(tasks).flat_map(|key| back(cx, key, Kind::Process));
    cx.in_order(named.collect::<BTreeSet<Key>>())
}
