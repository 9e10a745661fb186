//! Papers made of an entity: to be printed, signed, or taken to a meeting.

mod comments;
mod job;
mod meeting;
mod part;
mod responsibility;

use super::Cx;
use super::sheet::Sheet;
use super::words::Link;
use crate::model::table::{AnyEntry, Key};
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
