//! Access rights: to which class of tasks each role's work belongs (decree 457/2024 10 §).

use super::super::Cx;
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::words::{Link, Rich};
use crate::base::html::Writer;
use crate::model::role::{Access, Role};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::route::View;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let classes = Part { table: Some(classes(cx)), ..Part::new("_classes", cx.word("access.classes")) };
    let items = ["access.law_tasks", "access.law_use", "access.law_classes"];
    let items = items.iter().map(|key| rich(cx, cx.strings().get(key))).collect();
    Sheet {
        notice: Some(cx.word("access.notice").to_owned()),
        class: "pk-access",
        ..super::overview(cx, View::Access)
    }
    .with(Part { table: Some(table(cx)), ..Part::new("_roles", cx.word("access.roles")) })
    .with(classes)
    .with(Part { items, ..Part::new("_law", cx.word("access.law")) })
}

/// A sentence of the interface in which the law is linked.
fn rich(cx: Cx<'_>, text: &str) -> Rich {
    let mut out = Writer::default();
    cx.write_cited(text, &mut out);
    Rich { text_html: out.finish(), plain: text.to_owned(), ..Rich::default() }
}

/// The five classes, each with its roles.
fn classes(cx: Cx<'_>) -> Table {
    let row = |access: &Access| {
        let own = cx.book().tables.roles.iter().filter(|role| role.data.access == Some(*access));
        let roles: Vec<Key> = own.map(AnyEntry::key).collect();
        vec![
            Cell::plain(&cx.word_of("access", access.as_str())),
            Cell::plain(&cx.word_of("access.means", access.as_str())),
            Cell::links(cx.links(&roles)),
        ]
    };
    let columns = ["access.class", "access.what", "kinds.role"];
    Table::new(cx, &columns, Access::ALL.iter().map(row).collect())
}

/// Roles class by class; those without a class last, where they are seen.
fn table(cx: Cx<'_>) -> Table {
    let mut roles: Vec<&Entry<Role>> = cx.book().tables.roles.iter().collect();
    roles.sort_by_key(|role| (role.data.access.is_none(), role.data.access));
    let columns = ["access.role", "access.class", "role.employment", "role.manager"];
    Table::new(cx, &columns, roles.into_iter().map(|role| row(cx, role)).collect())
}

fn row(cx: Cx<'_>, role: &Entry<Role>) -> Vec<Cell> {
    let data = &role.data;
    let missing = || Link::plain(cx.word("access.missing")).noted(Some(cx.word("access.to_add").to_owned()));
    let class = data.access.map(|access| Link::plain(&cx.word_of("access", access.as_str())));
    let employment = data.employment.map(|employment| cx.word_of("employment", employment.as_str()));
    let manager = data.manager.as_ref().and_then(|manager| cx.book().target(manager));
    vec![
        Cell::link(cx.link(&role.key())),
        Cell::link(Some(class.unwrap_or_else(missing))),
        Cell::plain(&employment.unwrap_or_default()),
        Cell::link(manager.and_then(|key| cx.link(&key))),
    ]
}
