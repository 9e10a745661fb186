//! A team's own part of the handbook: who is in it, what they do and decide, and how it is reached.

use super::super::Cx;
use super::super::role;
use super::super::sheet::{Part, Sheet};
use super::super::view::decisions;
use super::super::words::{Fact, Link};
use super::work;
use crate::base::lang::Lang;
use crate::model::division::Duty;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Task;
use crate::model::team::Team;
use crate::model::text::At;
use crate::model::words;
use crate::route::Paper;

pub(super) fn sheet(cx: Cx<'_>, team: &Entry<Team>) -> Sheet {
    let start = Sheet {
        summary: cx.summary(team),
        empty: Some(cx.word("part.no_roles").to_owned()),
        ..super::begin(cx, Paper::Part, team, "pk-paper pk-paper-part")
    };
    let members = super::members(cx, team.id());
    let sheet = start.with(basics(cx, team, &members)).with(contact(cx, team));
    let sheet = members.iter().map(|role| tasks(cx, role)).fold(sheet, Sheet::with);
    sheet.with(decided(cx, &members))
}

fn basics(cx: Cx<'_>, team: &Entry<Team>, members: &[&Entry<Role>]) -> Part {
    let data = &team.data;
    let areas: Vec<Key> = data.area.iter().filter_map(|area| cx.book().target(area)).collect();
    let segments: Vec<Key> = data.segment.iter().filter_map(|segment| cx.book().target(segment)).collect();
    let roles: Vec<Key> = members.iter().map(|role| role.key()).collect();
    let language =
        |lang: Lang| words::language(lang).get(cx.lang).cloned().unwrap_or_else(|| lang.to_string());
    let serves = data.serves_in.iter().filter_map(|tag| Some(Link::plain(&language(tag.0.as_ref()?.0))));
    let facts = [
        cx.fact("part.area", cx.links(&areas)),
        cx.fact("part.clients", cx.links(&segments)),
        cx.fact("part.serves_in", serves.collect()),
        cx.fact("kinds.role", cx.links(&roles)),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    let kind = At::root("team");
    let shift = cx.rich(&data.shift, &kind.entity(team.id().as_str()).field("shift"));
    let texts = work::said(cx.word("responsibility.shift"), shift).into_iter().collect();
    Part { facts, texts, ..Part::new("_basics", cx.word("role.facts")) }
}

fn contact(cx: Cx<'_>, team: &Entry<Team>) -> Part {
    let kind = At::root("team");
    let at = kind.entity(team.id().as_str());
    let at = at.field("contact");
    let contact = team.data.contact.as_ref();
    let plain = |text: Option<&String>| text.map(|text| Link::plain(text)).into_iter().collect();
    let facts = [
        cx.fact("part.phone", plain(contact.and_then(|contact| contact.phone.as_ref()))),
        cx.fact("part.mail", plain(contact.and_then(|contact| contact.mail.as_ref()))),
    ];
    let texts = contact.map_or_else(Vec::new, |contact| {
        vec![
            work::said(cx.word("part.hours"), cx.rich(&contact.hours, &at.field("hours"))),
            work::said(cx.word("part.address"), cx.rich(&contact.address, &at.field("address"))),
        ]
    });
    Part {
        facts: facts.into_iter().flatten().collect(),
        texts: texts.into_iter().flatten().collect(),
        ..Part::new("_contact", cx.word("part.contact"))
    }
}

/// What somebody of the team does, by the order of phases.
fn tasks(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let mut tasks: Vec<&Entry<Task>> = Vec::new();
    for task in cx.world.division.phases().iter().flat_map(|phase| work::in_phase(cx, role, phase)) {
        if tasks.iter().all(|known| known.id() != task.id()) {
            tasks.push(task);
        }
    }
    let table = work::shares(cx, role, &tasks, work::OWN);
    let summary = cx.summary(role).into_iter().collect();
    Part {
        id: format!("_{}", role.id()),
        heading: cx.link(&role.key()),
        items: summary,
        table: Some(table),
        ..Part::default()
    }
}

/// What is decided in the team.
fn decided(cx: Cx<'_>, members: &[&Entry<Role>]) -> Part {
    let of = |role: &&Entry<Role>| role::duty_tasks(cx, &role.key(), &role::actors(cx, role), Duty::Decides);
    let tasks: std::collections::BTreeSet<Key> = members.iter().flat_map(of).collect();
    let tasks = cx.in_order(tasks);
    let tasks: Vec<&Entry<Task>> =
        tasks.iter().filter_map(|task| cx.book().tables.tasks.shown(&task.id)).collect();
    let table = decisions::table(cx, &tasks).keep(&[0, 1, 2, 3, 4, 5]);
    Part { table: Some(table), ..Part::new("_decides", cx.word("part.decisions")) }
}
