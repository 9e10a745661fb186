//! A process: its swimlane, and the same step by step as a list.

mod drawing;
mod map;

use serde::Serialize;

use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out, sheet};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::kind::Kind;
use crate::model::measure::Places;
use crate::model::process::{Process, Step, StepKind};
use crate::model::table::{Actor, AnyEntry, Entry, Key, Ref};
use crate::model::text::At;
use crate::route::List;
use crate::syntax::slug::Slug;
pub(super) use drawing::bpmn;
pub(super) use map::{facts as map_facts, map};

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    facts: Facts,
    files: Vec<Link>,
    drawing_html: Option<Html>,
    legend: Vec<Sign>,
    groups: Vec<Group>,
    body: Option<Piece>,
    mentions: Facts,
}

/// A sign of the drawing and what it means.
#[derive(Serialize)]
struct Sign {
    sign_html: Html,
    text: String,
}

/// Steps that follow one another in one phase.
#[derive(Serialize)]
struct Group {
    phase: Option<Link>,
    start: usize,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    id: String,
    sort: Option<String>,
    who: Option<Link>,
    text: Html,
    wait: Option<String>,
    /// That something is always decided here.
    decides: Option<String>,
    branches: Vec<BranchView>,
    next: Vec<Link>,
    ends: bool,
    facts: Facts,
    documents: Vec<Rich>,
    improve: Option<Rich>,
}

/// An answer and the step it leads to.
#[derive(Serialize)]
struct BranchView {
    text: Html,
    to: Link,
}

pub(super) fn render(cx: Cx<'_>, process: &Entry<Process>) -> Result<String, Diagnostic> {
    let (drawing_html, legend) = drawing::drawing(cx, process);
    let view = View {
        kind: cx.kind_word(Kind::Process),
        name: cx.name(process),
        summary: cx.summary(process),
        facts: facts(cx, process),
        files: sheet::files(cx),
        drawing_html,
        legend,
        groups: groups(cx, process),
        body: cx.body(process),
        mentions: super::list::mentioned_by(cx, &process.key(), &[]),
    };
    lay_out(cx, "page/process.html", &view, super::role::head(cx, process, List::Processes))
}

fn facts(cx: Cx<'_>, process: &Entry<Process>) -> Facts {
    let level = cx.word_of("level", process.data.level.as_str());
    let mut actors: Vec<Link> = Vec::new();
    for place in 0..process.data.step.len() {
        let link = process.data.actor(place).and_then(|actor| who(cx, actor));
        let new = link.filter(|link| actors.iter().all(|known| known.words.text != link.words.text));
        actors.extend(new);
    }
    let facts = [
        cx.fact("process.level", vec![Link::plain(&level)]),
        cx.fact("process.actors", actors),
        cx.fact("law.law", cx.law(&process.data.law)),
    ];
    facts.into_iter().flatten().collect()
}

/// Whoever takes a step, as a link where there is a page.
fn who(cx: Cx<'_>, actor: &Ref<Actor>) -> Option<Link> {
    if actor.is_everyone() {
        return Some(Link::plain(cx.word("process.everyone")));
    }
    let id = actor.id()?;
    if id.as_str() == crate::model::table::CLIENT {
        return Some(Link::plain(cx.word("actor.client")));
    }
    let known = cx.book().target(actor).and_then(|key| cx.link(&key));
    Some(known.unwrap_or_else(|| Link::plain(id.as_str())))
}

/// The anchor of a step on its page.
fn anchor(process: &Process, place: usize) -> String {
    let name = process.step.get(place).map(|step| step.id.name(place));
    format!("_step-{}", name.unwrap_or_default())
}

/// What a step says, in the page's language or another.
fn said(cx: Cx<'_>, process: &Entry<Process>, place: usize) -> Words {
    let kind = At::root("process");
    let entity = kind.entity(process.id().as_str());
    let (rows, step) = (entity.field("step"), &process.data.step[place]);
    let name = step.id.name(place);
    let row = rows.field(&name);
    cx.words(&step.text, &row.field("text")).unwrap_or_default()
}

fn groups(cx: Cx<'_>, process: &Entry<Process>) -> Vec<Group> {
    let places = process.data.places();
    let mut groups: Vec<Group> = Vec::new();
    let mut open: Option<Option<&str>> = None;
    for place in 0..process.data.step.len() {
        let phase = process.data.phase(place);
        let id = phase.and_then(Ref::id).map(Slug::as_str);
        if open != Some(id) {
            let phase = phase.and_then(|phase| cx.book().target(phase)).and_then(|key| cx.link(&key));
            groups.push(Group { phase, start: place + 1, steps: Vec::new() });
            open = Some(id);
        }
        if let Some(group) = groups.last_mut() {
            group.steps.push(step(cx, process, place, &places));
        }
    }
    groups
}

fn step(cx: Cx<'_>, process: &Entry<Process>, place: usize, places: &Places<'_>) -> StepView {
    let kind = At::root("process");
    let entity = kind.entity(process.id().as_str());
    let rows = entity.field("step");
    let own = &process.data.step[place];
    let name = own.id.name(place);
    let at = rows.field(&name);
    let ways = process.data.ways(place, places);
    let plain = own.branch.is_empty() && own.next.is_empty();
    let to = |to: usize| {
        let words = said(cx, process, to);
        let text = format!("{}. {}", to + 1, words.text);
        let words = Words { text, ..words };
        Link { href: Some(format!("#{}", anchor(&process.data, to))), words, ..Link::default() }
    };
    let branches = own.branch.iter().enumerate().filter_map(|(number, branch)| {
        let (field, name) = (at.field("branch"), branch.id.name(number));
        let row = field.field(&name);
        let text = cx.words(&branch.text, &row.field("text"))?;
        Some(BranchView { text: text.said(), to: to(places.at(&branch.next)?) })
    });
    let next = ways.iter().filter(|way| way.branch.is_none() && !plain).map(|way| to(way.to));
    StepView {
        id: anchor(&process.data, place),
        sort: sort(cx, own),
        who: process.data.actor(place).and_then(|actor| who(cx, actor)),
        text: said(cx, process, place).said(),
        wait: wait(cx, own),
        decides: decides(own).then(|| cx.word("process.decides").to_owned()),
        branches: branches.collect(),
        next: next.collect(),
        ends: ways.is_empty() && own.kind != StepKind::End && own.process.is_none(),
        facts: links(cx, own),
        documents: super::phase::texts(cx, &own.documents, &at.field("documents")),
        improve: cx.rich(&own.improve, &at.field("improve")),
    }
}

/// Whether something is always decided in a step.
fn decides(step: &Step) -> bool {
    step.mandatory || step.guide.is_some()
}

/// What sort of step it is, where it is not simply work.
fn sort(cx: Cx<'_>, step: &Step) -> Option<String> {
    (step.kind != StepKind::Task).then(|| cx.word_of("step", step.kind.as_str()))
}

/// How long is waited.
fn wait(cx: Cx<'_>, step: &Step) -> Option<String> {
    let days = step.days?.to_string();
    let word = if days == "1" { "process.day" } else { "process.days" };
    Some(cx.strings().with(word, &[("days", &days)]))
}

/// What a step leads to on other pages.
fn links(cx: Cx<'_>, step: &Step) -> Facts {
    let one = |key: Option<Key>| key.and_then(|key| cx.link(&key)).into_iter().collect::<Vec<_>>();
    let book = cx.book();
    let target = one(step.task.as_ref().and_then(|task| book.target(task)));
    let guide = one(step.guide.as_ref().and_then(|guide| book.target(guide)));
    let process = one(step.process.as_ref().and_then(|process| book.target(process)));
    let forms: Vec<Key> = step.forms.iter().filter_map(|form| book.target(form)).collect();
    let goes_on = if step.kind == StepKind::End { "process.goes_on" } else { "process.process" };
    let facts = [
        cx.fact("process.task", target),
        cx.fact("process.guide", guide),
        cx.fact(goes_on, process),
        cx.fact("process.forms", cx.links(&forms)),
    ];
    facts.into_iter().flatten().collect()
}
