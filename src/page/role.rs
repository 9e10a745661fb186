//! A role: what is mine in each phase, who decides, what the law says, whom I hand over to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::frame::Head;
use super::markup::Facts;
use super::mine::Mine;
use super::path::Screens;
use super::prose::Piece;
use super::words::{Fact, Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::division::{Duty, Share, functions_in, functions_of};
use crate::model::kind::Kind;
use crate::model::prose::{Cell, Part};
use crate::model::role::{LanguageSkill, Role};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::route::{List, Page};
use crate::syntax::markdown::BlockRange;
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    /// The papers made of it.
    papers: Vec<Link>,
    facts: Facts,
    path_html: Vec<Html>,
    body: Option<Piece>,
    phases: Vec<PhaseView>,
    decisions: Facts,
    duties: Facts,
    /// The latest changes in the work.
    changes: Facts,
    mentions: Facts,
}

/// What a role does in a phase.
#[derive(Serialize)]
struct PhaseView {
    id: String,
    /// The anchors it had before.
    was: Vec<String>,
    /// What it is called, for the contents of the page.
    name: String,
    link: Option<Link>,
    parts: Vec<PartView>,
    mine: Vec<Mine>,
    shares: Facts,
}

/// A part of a cell under its heading.
#[derive(Serialize)]
pub(super) struct PartView {
    /// The anchor on the role's own page.
    pub id: Option<String>,
    /// The anchors it had before.
    pub was: Vec<String>,
    /// `None` for what stands before and between the headings.
    pub heading: Option<String>,
    pub piece: Piece,
}

pub(super) fn render(cx: Cx<'_>, role: &Entry<Role>) -> Result<String, Diagnostic> {
    let name = cx.name(role);
    let key = role.key();
    let functions: Vec<Key> = functions_of(cx.book(), role.id()).collect();
    let actors = actors(cx, role);
    let tasks = work(cx, role);
    let by_phase = by_phase(cx, &tasks);
    let own = |phase| by_phase.get(phase).map_or(&[] as &[_], Vec::as_slice);
    let phases: Vec<PhaseView> = cx
        .world
        .reading
        .division()
        .phases()
        .iter()
        .filter_map(|phase| phase_view(cx, role, phase, own(phase)))
        .collect();
    let here: Vec<Slug> = phases.iter().filter_map(|phase| Slug::new(&phase.id)).collect();
    let view = View {
        kind: cx.kind_word(Kind::Role),
        summary: cx.summary(role),
        facts: facts(cx, role, &functions).into_iter().chain(ways(cx, &actors)).collect(),
        papers: super::paper::links(cx, &key),
        path_html: cx.paths_with(&here, Screens::Wide),
        body: cx.body(role),
        phases,
        decisions: cx.fact("task.decides", duty(cx, &key, &actors, Duty::Decides)).into_iter().collect(),
        duties: duties(cx, &key, &actors),
        changes: super::change::latest(cx, role.id()),
        mentions: super::list::mentioned_by(
            cx,
            &key,
            &[Kind::Task, Kind::Guide, Kind::Onboarding, Kind::Change],
        ),
        name,
    };
    lay_out(cx, "page/role.html", &view, head(cx, role, List::Roles))
}

/// A role and the functions it can carry.
pub(super) fn actors(cx: Cx<'_>, role: &Entry<Role>) -> Vec<Key> {
    std::iter::once(role.key()).chain(functions_of(cx.book(), role.id())).collect()
}

/// The tasks of a role, also those it has as a function it can carry there, with the actor as which.
pub(super) fn work(cx: Cx<'_>, role: &Entry<Role>) -> Vec<(Slug, Key)> {
    let key = role.key();
    let tasks = actors(cx, role).into_iter().flat_map(|actor| tasks_of(cx, &actor));
    tasks.filter(|(task, actor)| can_be(cx, &key, actor, task)).collect()
}

/// The head of an entity's page below its list.
pub(super) fn head<'a>(cx: Cx<'a>, entry: &'a dyn AnyEntry, list: List) -> Head<'a> {
    let above =
        cx.page_href(&Page::List(list)).map(|href| Link::to(href, &super::frame::list_name(cx, list)));
    let summary = entry.meta().summary.get(cx.lang).map(str::to_owned);
    Head {
        title: cx.name_of(entry).text,
        description: summary,
        above: above.into_iter().collect(),
        entry: Some(entry),
    }
}

/// The tasks of an actor, with the actor as which.
pub(super) fn tasks_of(cx: Cx<'_>, actor: &Key) -> Vec<(Slug, Key)> {
    cx.world.reading.division().of_actor(actor).iter().map(|task| (task.clone(), actor.clone())).collect()
}

/// What a role is, in facts.
pub(super) fn facts_of(cx: Cx<'_>, role: &Entry<Role>) -> Facts {
    facts(cx, role, &functions_of(cx.book(), role.id()).collect::<Vec<_>>())
}

fn facts(cx: Cx<'_>, role: &Entry<Role>, functions: &[Key]) -> Facts {
    let data = &role.data;
    let keys = |list: &[crate::model::table::Ref<_>]| {
        list.iter().filter_map(|r| cx.book().target(r)).collect::<Vec<_>>()
    };
    let one = |role: &Option<crate::model::table::Ref<Role>>| {
        role.iter().filter_map(|r| cx.book().target(r)).collect::<Vec<_>>()
    };
    let word = |group: &str, one: &str| vec![Link::plain(&cx.word_of(group, one))];
    let facts = [
        cx.fact("role.qualifications", cx.links(&keys(&data.qualifications))),
        cx.fact("role.qualifications_all", cx.links(&keys(&data.qualifications_all))),
        data.employment
            .and_then(|employment| cx.fact("role.employment", word("employment", employment.as_str()))),
        data.access.and_then(|access| cx.fact("role.access", word("access", access.as_str()))),
        cx.fact(
            "role.competences",
            cx.links(&data.competences.iter().filter_map(|c| cx.book().target(c)).collect::<Vec<_>>()),
        ),
        cx.fact("role.manager", cx.links(&one(&data.manager))),
        cx.fact("role.professional_lead", cx.links(&one(&data.professional_lead))),
        cx.fact("role.functions", cx.links(functions)),
        teams(cx, role),
        languages(cx, role),
    ];
    facts.into_iter().flatten().collect()
}

/// The onboarding of a role, and the decision guides that lead to somebody: themselves, or a function they
/// can carry.
fn ways(cx: Cx<'_>, actors: &[Key]) -> Facts {
    let onboarding = actors.first().map(|role| super::onboarding::of_role(cx, role)).unwrap_or_default();
    let facts = [
        cx.fact("role.onboarding", onboarding),
        cx.fact("role.guides", super::guide::leading_to(cx, actors)),
    ];
    facts.into_iter().flatten().collect()
}

/// The teams of a role.
pub(super) fn teams(cx: Cx<'_>, role: &Entry<Role>) -> Option<Fact> {
    let teams: Vec<Key> = role.data.teams.iter().filter_map(|team| cx.book().target(team)).collect();
    cx.fact("kinds.team", cx.links(&teams))
}

/// The languages a role has to know, and how well (424/2003 3 §).
pub(super) fn languages(cx: Cx<'_>, role: &Entry<Role>) -> Option<Fact> {
    let skill = |skill: &LanguageSkill| {
        let name = super::team::language(cx, skill.language.0?.0);
        let level = cx.word_of("skill", skill.level.as_str());
        let example = skill.example.then(|| cx.word("job.example").to_owned());
        let note = std::iter::once(level).chain(example).collect::<Vec<_>>().join(", ");
        Some(Link::plain(&name).noted(Some(note)))
    };
    cx.fact("role.languages", role.data.language.iter().filter_map(skill).collect())
}

/// Tasks, with the actor as which, by phase.
fn by_phase<'w>(cx: Cx<'w>, work: &'w [(Slug, Key)]) -> BTreeMap<&'w Slug, Vec<&'w (Slug, Key)>> {
    let mut by: BTreeMap<&Slug, Vec<&(Slug, Key)>> = BTreeMap::new();
    for own in work {
        for phase in cx.book().tables.tasks.get(&own.0).iter().flat_map(|task| task.data.phases()) {
            by.entry(phase).or_default().push(own);
        }
    }
    by
}

fn phase_view(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug, own: &[&(Slug, Key)]) -> Option<PhaseView> {
    let parts = parts(cx, role, phase);
    let mine = super::mine::mine(cx, own, &role.key());
    let others = [Share::Supports, Share::Consulted, Share::Informed];
    let shares: Facts = others.iter().filter_map(|share| share_fact(cx, *share, own, &role.key())).collect();
    if parts.is_empty() && mine.is_empty() && shares.is_empty() {
        return None;
    }
    let link = cx.link(&Key::new(Kind::Phase, phase.clone()));
    let name = link.as_ref().map(|link| link.words.text.clone()).unwrap_or_default();
    Some(PhaseView { id: phase.to_string(), was: cx.was(phase.as_str()), name, link, parts, mine, shares })
}

/// The parts of a cell, each in the page's language or in the first other that has it, behind what the
/// cell says before and between them.
pub(super) fn parts(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug) -> Vec<PartView> {
    parts_below(cx, role, phase, 1)
}

/// The same with headings inside the parts so much deeper than written.
pub(super) fn parts_below(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug, shift: u8) -> Vec<PartView> {
    let langs: Vec<_> = std::iter::once(cx.lang).chain(cx.book().fallbacks.iter().copied()).collect();
    let view = |ranges: &dyn Fn(&Cell) -> Vec<BlockRange>, part: Option<Part>| {
        let found = langs.iter().find_map(|lang| {
            let prose = role.prose.get(*lang)?;
            let ranges = ranges(prose.cells.get(phase)?);
            (!ranges.is_empty()).then_some((*lang, prose, ranges))
        });
        let (lang, prose, ranges) = found?;
        let name = part.map_or("notes", Part::as_str);
        let excerpt = super::prose::Excerpt { prose, lang, ranges: &ranges, shift };
        let piece = cx.excerpt(&excerpt, &role.key(), &format!("{phase}.{name}"));
        let heading = part.map(|part| crate::model::words::part(part, cx.lang).to_owned());
        let id = part.map(|part| format!("{phase}-{}", part.as_str()));
        let was = id.as_deref().map(|id| cx.was(id)).unwrap_or_default();
        (!piece.prose_html.is_empty()).then_some(PartView { id, was, heading, piece })
    };
    let notes = view(&|cell| cell.notes.clone(), None);
    let of_part = |part: Part| view(&|cell| cell.parts.get(&part).cloned().into_iter().collect(), Some(part));
    notes.into_iter().chain(Part::ALL.into_iter().filter_map(of_part)).collect()
}

/// The shares of somebody in tasks, by weight; a share that comes with a function says so.
pub(super) fn shares(cx: Cx<'_>, tasks: &[&(Slug, Key)], own: &Key) -> Facts {
    Share::ALL.iter().filter_map(|share| share_fact(cx, *share, tasks, own)).collect()
}

fn share_fact(cx: Cx<'_>, share: Share, tasks: &[&(Slug, Key)], own: &Key) -> Option<Fact> {
    let links = tasks.iter().filter_map(|(task, actor)| {
        let taking = cx.world.reading.division().shares(task, actor).find(|taking| taking.share == share)?;
        let link = cx.link(&Key::new(Kind::Task, task.clone()))?;
        let note = as_function(cx, actor, own).or_else(|| super::task::when(cx, taking));
        Some(link.noted(note))
    });
    cx.fact_of("share", share.as_str(), links.collect())
}

/// As which function somebody takes part, where not as themselves.
pub(super) fn as_function(cx: Cx<'_>, actor: &Key, own: &Key) -> Option<String> {
    let function = (actor != own).then(|| cx.link(actor)).flatten()?;
    Some(cx.strings().with("role.as_function", &[("name", &function.words.text)]))
}

/// Whether somebody is this actor in a task: as themselves, or as a function they can carry there.
fn can_be(cx: Cx<'_>, own: &Key, actor: &Key, task: &Slug) -> bool {
    let task = || cx.book().tables.tasks.get(task);
    let carried = || task().is_some_and(|t| functions_in(cx.book(), &own.id, &t.data).any(|f| f == *actor));
    actor == own || carried()
}

/// The tasks in which somebody, also as a function they can carry there, has a duty beside their share.
fn duty(cx: Cx<'_>, own: &Key, actors: &[Key], duty: Duty) -> Vec<Link> {
    cx.links(&duty_tasks(cx, own, actors, duty))
}

/// Those tasks, in the order of files.
pub(super) fn duty_tasks(cx: Cx<'_>, own: &Key, actors: &[Key], duty: Duty) -> Vec<Key> {
    let of = |actor| cx.world.reading.division().with_duty(actor, duty).iter().map(move |task| (actor, task));
    let tasks = actors.iter().flat_map(of).filter(|(actor, task)| can_be(cx, own, actor, task));
    let keys: BTreeSet<Key> = tasks.map(|(_, task)| Key::new(Kind::Task, task.clone())).collect();
    cx.in_order(keys)
}

/// Where somebody stands in, and decides above a limit.
pub(super) fn duties(cx: Cx<'_>, own: &Key, actors: &[Key]) -> Facts {
    let facts = [
        cx.fact("role.substitutes", duty(cx, own, actors, Duty::Substitutes)),
        cx.fact("role.above", duty(cx, own, actors, Duty::DecidesAbove)),
    ];
    facts.into_iter().flatten().collect()
}
