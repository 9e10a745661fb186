//! A role: what is mine in each phase, who decides, what the law says, whom I hand over to.

use serde::Serialize;

use super::frame::Head;
use super::prose::Piece;
use super::words::{Fact, Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::division::{Share, functions_of};
use crate::model::kind::Kind;
use crate::model::prose::Part;
use crate::model::qualification::Grade;
use crate::model::role::{Access, Employment, Role};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Decision;
use crate::route::{List, Page};
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    facts: Vec<Fact>,
    path_html: Vec<Html>,
    body: Option<Piece>,
    phases: Vec<PhaseView>,
    decisions: Vec<Link>,
    mentions: Vec<Fact>,
}

/// What a role does in a phase.
#[derive(Serialize)]
struct PhaseView {
    id: String,
    link: Option<Link>,
    parts: Vec<PartView>,
    shares: Vec<Fact>,
}

/// A part of a cell under its heading.
#[derive(Serialize)]
pub(super) struct PartView {
    pub heading: String,
    pub piece: Piece,
}

pub(super) fn render(cx: Cx<'_>, role: &Entry<Role>) -> Result<String, Diagnostic> {
    let name = cx.name(role);
    let key = role.key();
    let functions: Vec<Key> = functions_of(cx.book(), role.id()).collect();
    let mut tasks: Vec<(Slug, Key)> = tasks_of(cx, &key);
    functions.iter().for_each(|function| tasks.extend(tasks_of(cx, function)));
    let phases: Vec<PhaseView> =
        cx.world.division.phases().iter().filter_map(|phase| phase_view(cx, role, phase, &tasks)).collect();
    let here: Vec<Slug> = phases.iter().filter_map(|phase| Slug::new(&phase.id)).collect();
    let view = View {
        kind: cx.kind_word(Kind::Role),
        summary: cx.summary(role),
        facts: facts(cx, role, &functions),
        path_html: cx.paths_with(&here),
        body: cx.body(role),
        phases,
        decisions: decisions(cx, &tasks),
        mentions: super::list::mentioned_by(cx, &key)
            .into_iter()
            .filter(|fact| fact.label != cx.word("nav.tasks"))
            .collect(),
        name,
    };
    lay_out(cx, "page/role.html", &view, head(cx, role, List::Roles))
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
fn tasks_of(cx: Cx<'_>, actor: &Key) -> Vec<(Slug, Key)> {
    cx.world.division.of_actor(actor).iter().map(|task| (task.clone(), actor.clone())).collect()
}

pub(super) fn grade_key(grade: Grade) -> &'static str {
    match grade {
        Grade::Other => "grade.other",
        Grade::Licensed => "grade.licensed",
        Grade::ProtectedTitle => "grade.protected_title",
        Grade::Health => "grade.health",
    }
}

fn facts(cx: Cx<'_>, role: &Entry<Role>, functions: &[Key]) -> Vec<Fact> {
    let data = &role.data;
    let keys = |list: &[crate::model::table::Ref<_>]| {
        list.iter().filter_map(|r| cx.book().target(r)).collect::<Vec<_>>()
    };
    let one = |role: &Option<crate::model::table::Ref<Role>>| {
        role.iter().filter_map(|r| cx.book().target(r)).collect::<Vec<_>>()
    };
    let word = |key: &'static str| vec![Link::plain(cx.word(key))];
    let facts = [
        cx.fact("role.qualifications", cx.links(&keys(&data.qualifications))),
        cx.fact("role.qualifications_all", cx.links(&keys(&data.qualifications_all))),
        data.employment.and_then(|employment| cx.fact("role.employment", word(employment_key(employment)))),
        data.access.and_then(|access| cx.fact("role.access", word(access_key(access)))),
        cx.fact("role.manager", cx.links(&one(&data.manager))),
        cx.fact("role.professional_lead", cx.links(&one(&data.professional_lead))),
        cx.fact("role.functions", cx.links(functions)),
    ];
    facts.into_iter().flatten().collect()
}

fn employment_key(employment: Employment) -> &'static str {
    match employment {
        Employment::PublicOffice => "employment.public_office",
        Employment::Contract => "employment.contract",
        Employment::Either => "employment.either",
        Employment::External => "employment.external",
    }
}

fn access_key(access: Access) -> &'static str {
    match access {
        Access::Broad => "access.broad",
        Access::Arranging => "access.arranging",
        Access::ChildSupervision => "access.child_supervision",
        Access::CarryingOut => "access.carrying_out",
        Access::Administrative => "access.administrative",
    }
}

fn phase_view(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug, tasks: &[(Slug, Key)]) -> Option<PhaseView> {
    let parts = parts(cx, role, phase);
    let own: Vec<&(Slug, Key)> =
        tasks.iter().filter(|(task, _)| cx.world.division.of_phase(phase).contains(task)).collect();
    let shares: Vec<Fact> = Share::ALL.iter().filter_map(|share| share_fact(cx, *share, &own)).collect();
    if parts.is_empty() && shares.is_empty() {
        return None;
    }
    let link = cx.link(&Key::new(Kind::Phase, phase.clone()));
    Some(PhaseView { id: phase.to_string(), link, parts, shares })
}

/// The parts of a cell, each in the page's language or in the first other that has it.
pub(super) fn parts(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug) -> Vec<PartView> {
    let langs: Vec<_> = std::iter::once(cx.lang).chain(cx.book().fallbacks()).collect();
    let part = |part: &Part| {
        let found = langs.iter().find_map(|lang| {
            let prose = role.prose.get(*lang)?;
            Some((*lang, prose, prose.cells.get(phase)?.parts.get(part)?.clone()))
        });
        let (lang, prose, range) = found?;
        let excerpt = super::prose::Excerpt { prose, lang, ranges: &[range], shift: 1 };
        let piece = cx.excerpt(&excerpt, &role.key(), &format!("{phase}.{}", part.as_str()));
        let heading = crate::model::words::part(*part, cx.lang).to_owned();
        (!piece.prose_html.is_empty()).then_some(PartView { heading, piece })
    };
    Part::ALL.iter().filter_map(part).collect()
}

fn share_fact(cx: Cx<'_>, share: Share, tasks: &[&(Slug, Key)]) -> Option<Fact> {
    let links = tasks.iter().filter_map(|(task, actor)| {
        let taking = cx.world.division.share(task, actor).filter(|taking| taking.share == share)?;
        let link = cx.link(&Key::new(Kind::Task, task.clone()))?;
        let as_function = (actor.kind == Kind::Function).then(|| cx.link(actor)).flatten();
        let note = as_function.map(|function| function.words.text).or_else(|| super::task::when(cx, taking));
        Some(link.noted(note))
    });
    cx.fact(share_key(share), links.collect())
}

pub(super) fn share_key(share: Share) -> &'static str {
    match share {
        Share::Accountable => "share.accountable",
        Share::Responsible => "share.responsible",
        Share::Supports => "share.supports",
        Share::Consulted => "share.consulted",
        Share::Informed => "share.informed",
    }
}

/// The tasks in which this role, or a function it can carry, decides.
fn decisions(cx: Cx<'_>, tasks: &[(Slug, Key)]) -> Vec<Link> {
    let decides = |(task, actor): &&(Slug, Key)| {
        let entry = cx.book().tables.tasks.get(task);
        entry.is_some_and(|entry| {
            let decider = entry.data.decides.as_ref().or(entry.data.accountable.as_ref());
            let is_actor = decider.and_then(|d| cx.book().target(d)).as_ref() == Some(actor);
            entry.data.decision != Decision::None && is_actor
        })
    };
    let keys: Vec<Key> =
        tasks.iter().filter(decides).map(|(task, _)| Key::new(Kind::Task, task.clone())).collect();
    cx.links(&keys)
}
