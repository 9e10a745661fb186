//! Papers made of an entity: to be printed, signed, or taken to a meeting. Their headings are words of the
//! theme, so a handbook can have its own: `themes/<name>/strings/fi.toml`.

mod comments;
mod form;
mod job;
mod meeting;
mod part;
mod responsibility;
mod work;

use super::Cx;
use super::sheet::Sheet;
use super::words::{Link, Words};
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::text::At;
use crate::route::{Page, Paper};
use crate::syntax::slug::Slug;

/// A paper as a sheet, and the entity it is made of.
pub(super) fn sheet<'a>(cx: Cx<'a>, paper: Paper, id: &Slug) -> Option<(Sheet, &'a dyn AnyEntry)> {
    let tables = &cx.book().tables;
    Some(match paper {
        Paper::Job => tables.roles.get(id).map(|role| (job::sheet(cx, role), role as &dyn AnyEntry))?,
        Paper::Responsibility => {
            tables.roles.get(id).map(|role| (responsibility::sheet(cx, role), role as _))?
        }
        Paper::Part => tables.teams.get(id).map(|team| (part::sheet(cx, team), team as _))?,
        Paper::Comments => tables.teams.get(id).map(|team| (comments::sheet(cx, team), team as _))?,
        Paper::Meeting => tables.forums.get(id).map(|forum| (meeting::sheet(cx, forum), forum as _))?,
    })
}

/// The papers of an entity.
pub(super) fn links(cx: Cx<'_>, key: &Key) -> Vec<Link> {
    let papers = Paper::ALL.iter().filter(|paper| paper.kind() == key.kind);
    let link = |paper: &Paper| {
        let href = cx.page_href(&Page::Paper(*paper, key.id.clone()))?;
        Some(Link::to(href, &cx.word_of("nav", paper.as_str())))
    };
    papers.filter_map(link).collect()
}

/// The beginning of a paper: whose it is, what it is called, what it is for.
fn begin(cx: Cx<'_>, paper: Paper, entry: &dyn AnyEntry, class: &'static str) -> Sheet {
    let title = format!("{}: {}", cx.word_of("nav", paper.as_str()), cx.name_of(entry).text);
    let organisation = cx.words(&cx.book().config.organisation, &At::root("site").field("organisation"));
    Sheet {
        kind: organisation.map(|organisation| organisation.text),
        name: Words { text: title, ..Words::default() },
        lead: Some(cx.word_of("lead", paper.as_str())),
        empty: Some(cx.word("list.empty").to_owned()),
        class,
        ..Sheet::default()
    }
}

/// The roles that name a team.
fn members<'a>(cx: Cx<'a>, team: &Slug) -> Vec<&'a Entry<Role>> {
    let names = |role: &&Entry<Role>| role.data.teams.iter().filter_map(Ref::id).any(|own| own == team);
    cx.book().tables.roles.iter().filter(names).collect()
}
