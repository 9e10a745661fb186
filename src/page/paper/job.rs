//! The job description of a role: what the work is, for whom, why and how, who decides what, and room for
//! what is agreed with the person who does it.

use super::super::Cx;
use super::super::prose::Excerpt;
use super::super::role;
use super::super::sheet::{Part, Sheet};
use super::super::words::Link;
use super::form;
use super::work;
use crate::model::kind::Kind;
use crate::model::role::Role;
use crate::model::segment::Segment;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::route::Paper;
use crate::syntax::slug::Slug;

pub(super) fn sheet(cx: Cx<'_>, role: &Entry<Role>) -> Sheet {
    let start =
        Sheet { summary: cx.summary(role), ..super::begin(cx, Paper::Job, role, "pk-paper pk-paper-job") };
    let sheet = start.with(basics(cx, role)).with(purpose(cx, role)).with(clients(cx, role));
    let sheet = phases(cx, role).into_iter().fold(sheet, Sheet::with);
    sheet
        .with(work::decided(cx, role, "_decides", cx.word("role.decides")))
        .with(work::together(cx, role, "_together", cx.word("job.together")))
        .with(work::time(cx, role))
        .with(additions(cx))
        .with(form::signatures(cx))
}

fn basics(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    Part { facts: role::facts_of(cx, role), ..Part::new("_basics", cx.word("role.facts")) }
}

/// What the work is for: what the role says of itself before its phases.
fn purpose(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let prose = role.prose.fallback(cx.lang, &cx.book().fallbacks);
    let body = prose.map(|(lang, prose)| {
        cx.excerpt(&Excerpt { prose, lang, ranges: &prose.body, shift: 1 }, &role.key(), "")
    });
    let body = body.filter(|piece| !piece.prose_html.is_empty());
    Part { body, ..Part::new("_purpose", cx.word("job.purpose")) }
}

/// The segments with which the role works, also as part of a team.
fn clients(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let teams = role.data.teams.iter().filter_map(|team| cx.book().tables.teams.shown(team.id()?));
    let of_teams: Vec<&Slug> = teams.flat_map(|team| team.data.segment.iter().filter_map(Ref::id)).collect();
    let own = |segment: &&Entry<Segment>| {
        let named = segment.data.responsible.iter().any(|own| own.id() == Some(role.id()));
        named || of_teams.contains(&segment.id())
    };
    let links = cx.book().tables.segments.iter().filter(own).filter_map(|segment| cx.link(&segment.key()));
    Part { links: links.collect(), ..Part::new("_clients", cx.word("job.for_whom")) }
}

/// The work phase by phase: what it contains, aims at and is like for the client, and the tasks.
fn phases(cx: Cx<'_>, role: &Entry<Role>) -> Vec<Part> {
    let work = work::by_phase(cx, role);
    let part = |phase: &Slug| {
        let link: Option<Link> = cx.link(&Key::new(Kind::Phase, phase.clone()));
        Part {
            id: phase.to_string(),
            heading: link,
            below: true,
            cells: role::parts(cx, role, phase),
            table: Some(work::shares(cx, role, work.of(phase), work::PART)),
            ..Part::default()
        }
    };
    let parts: Vec<Part> =
        cx.world.reading.division().phases().iter().map(part).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return parts;
    }
    let lead = Some(cx.word("job.work_lead").to_owned());
    std::iter::once(Part { lead, ..Part::new("_work", cx.word("job.work")) }).chain(parts).collect()
}

/// Room for what is agreed on with one person.
fn additions(cx: Cx<'_>) -> Part {
    let columns = ["job.additions_what", "job.additions_agreed"];
    let rows = ["job.addition_own", "job.addition_place", "job.addition_focus", "job.addition_other"];
    Part {
        lead: Some(cx.word("job.additions_lead").to_owned()),
        table: Some(form::table(cx, &columns, &rows)),
        ..Part::new("_additions", cx.word("job.additions"))
    }
}
