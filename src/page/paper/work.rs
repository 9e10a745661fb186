//! A role's work as papers tell it: tasks phase by phase, decisions, whom it is done with.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Cx;
use super::super::mark::{Mark, marks};
use super::super::role;
use super::super::sheet::{Cell, Part, Table};
use super::super::view::decisions;
use super::super::words::Link;
use crate::model::division::{ByPhase, Duty, Share, Who};
use crate::model::kind::Kind;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry};
use crate::model::task::Task;
use crate::page::markup::Facts;
use crate::syntax::slug::Slug;

/// The shares with which one takes part in the work.
pub(super) const PART: &[Share] = &[Share::Accountable, Share::Responsible, Share::Paired, Share::Supports];

/// The shares that are work of one's own.
pub(super) const OWN: &[Share] = &[Share::Accountable, Share::Responsible, Share::Paired];

/// The tasks of a role by phase, in each phase once and in its order.
pub(super) fn by_phase<'a>(cx: Cx<'a>, role: &Entry<Role>) -> ByPhase<'a> {
    ByPhase::sorted(cx.book(), role::work(cx, role).iter().map(|(task, _)| task))
}

/// Tasks with the shares of a role among some, and the situations.
pub(super) fn shares(cx: Cx<'_>, role: &Entry<Role>, tasks: &[&Entry<Task>], among: &[Share]) -> Table {
    let who = Who::Actor(role.key());
    let row = |task: &&Entry<Task>| {
        let said: Vec<String> = marks(cx, task, &who, among).iter().map(Mark::said).collect();
        let situations = Cell::links(super::super::task::situations(cx, task));
        (!said.is_empty())
            .then(|| vec![Cell::link(cx.link(&task.key())), Cell::plain(&joined(&said)), situations])
    };
    Table::new(cx, &["job.task", "job.share", "task.situations"], tasks.iter().filter_map(row).collect())
}

/// Shares one after the other, in one phrase.
pub(super) fn joined(said: &[String]) -> String {
    let Some((first, rest)) = said.split_first() else { return String::new() };
    rest.iter().fold(first.clone(), |phrase, share| {
        let mut letters = share.chars();
        let small: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
        format!("{phrase}, {small}")
    })
}

/// The decisions of a role, and where it stands in or decides above a limit.
pub(super) fn decided(cx: Cx<'_>, role: &Entry<Role>, id: &str, heading: &str) -> Part {
    let (key, actors) = (role.key(), role::actors(cx, role));
    let tasks = role::duty_tasks(cx, &key, &actors, Duty::Decides);
    let tasks: Vec<&Entry<Task>> =
        tasks.iter().filter_map(|task| cx.book().tables.tasks.shown(&task.id)).collect();
    let table = decisions::table(cx, &tasks).keep(&[0, 1, 3, 4, 6]);
    Part { table: Some(table), facts: role::duties(cx, &key, &actors), ..Part::new(id, heading) }
}

/// Whom a role works with: gathered from its tasks, and what it says itself.
pub(super) fn together(cx: Cx<'_>, role: &Entry<Role>, id: &str, heading: &str) -> Part {
    let interaction = super::super::sheet::texts(cx, &role.key(), &[("interaction", &role.data.interaction)]);
    Part { facts: others(cx, role), texts: interaction, ..Part::new(id, heading) }
}

fn others(cx: Cx<'_>, role: &Entry<Role>) -> Facts {
    let own: Vec<Who> = role::actors(cx, role).into_iter().map(Who::Actor).collect();
    let mut tasks: BTreeMap<&Who, BTreeSet<Slug>> = BTreeMap::new();
    for (task, _) in role::work(cx, role) {
        for taking in cx.world.reading.division().of_task(&task).iter().filter(|t| t.share != Share::Informed)
        {
            if !own.contains(&taking.who) {
                tasks.entry(&taking.who).or_default().insert(task.clone());
            }
        }
    }
    let mut counted: Vec<(&Who, usize)> = tasks.into_iter().map(|(who, tasks)| (who, tasks.len())).collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let of = |kinds: &[Kind]| {
        let links = counted.iter().filter_map(|(who, count)| match who {
            Who::Actor(key) if kinds.contains(&key.kind) => Some(
                cx.link(key)?.noted(Some(cx.strings().with("job.in_tasks", &[("n", &count.to_string())]))),
            ),
            Who::Actor(_) | Who::Client => None,
        });
        links.collect::<Vec<Link>>()
    };
    let client = counted.iter().find(|(who, _)| **who == Who::Client);
    let client = client.map(|(_, count)| {
        Link::plain(cx.word("actor.client"))
            .noted(Some(cx.strings().with("job.in_tasks", &[("n", &count.to_string())])))
    });
    let facts = [
        cx.fact("job.clients", client.into_iter().collect()),
        cx.fact("job.colleagues", of(&[Kind::Role, Kind::Function])),
        cx.fact("job.partners", of(&[Kind::Partner])),
        cx.fact("job.forums", of(&[Kind::Forum])),
    ];
    facts.into_iter().flatten().collect()
}

/// How working time is shared out.
pub(super) fn time(cx: Cx<'_>, role: &Entry<Role>) -> Part {
    let kind = crate::model::text::At::root("role");
    let at = kind.entity(role.id().as_str());
    let at = at.field("time");
    let row = |(position, share): (usize, &crate::model::role::TimeShare)| {
        let name = share.id.name(position);
        let text = cx.rich(&share.text, &at.field(&name).field("text"));
        let percent = share.percent.map(|percent| format!("{percent}\u{a0}%")).unwrap_or_default();
        let example = share.example.then(|| cx.word("job.example").to_owned());
        let percent = Link::plain(&percent).noted(example);
        vec![Cell::text(text), Cell { number: true, ..Cell::link(Some(percent)) }]
    };
    let rows = role.data.time.iter().enumerate().map(row).collect();
    let table = Table::new(cx, &["job.time_what", "job.time_share"], rows);
    Part { table: Some(table), ..Part::new("_time", cx.word("job.time")) }
}
