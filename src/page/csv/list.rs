//! A list as tables, one a kind: id, names, summary, then whatever the kind declares. One way for all kinds.

use super::super::Cx;
use super::super::list::pages_in_order;
use super::value::said;
use super::{Named, below};
use crate::base::lang::{Lang, alphabetical};
use crate::model::held::{Held, given_out};
use crate::model::kind::Kind;
use crate::model::record::Record;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::words;
use crate::route::List;

/// Common keys that say nothing about the work: how an entity is addressed, and what stands in front already.
const ASIDE: [&str; 6] = ["name", "summary", "languages", "slug", "former_slugs", "former_ids"];

/// The tables of a list.
pub(in super::super) fn write(cx: Cx<'_>, list: List) -> String {
    let kinds = Kind::ALL.iter().copied().filter(|kind| List::of(*kind) == list);
    let tables = kinds.filter_map(|kind| {
        let entries = entries(cx, kind);
        let heading = Some(cx.word_of("kinds", kind.as_str()));
        (!entries.is_empty()).then(|| Named { heading, rows: table(cx, kind, &entries) })
    });
    below(tables.collect())
}

/// The entities of a kind in the order in which a reader looks for them.
fn entries(cx: Cx<'_>, kind: Kind) -> Vec<&dyn AnyEntry> {
    let of = |key: Key| cx.book().entry(&key);
    match kind {
        Kind::Phase => {
            let phases = cx.world.reading.division().phases().iter();
            phases.filter_map(|id| of(Key::new(Kind::Phase, id.clone()))).collect()
        }
        Kind::Task => cx
            .world
            .reading
            .division()
            .order()
            .iter()
            .filter_map(|id| of(Key::new(kind, id.clone())))
            .collect(),
        Kind::Page => pages_in_order(cx.book()).into_iter().map(|page| page as &dyn AnyEntry).collect(),
        Kind::Term => {
            let mut terms: Vec<&Entry<_>> = cx.book().tables.terms.iter().collect();
            terms.sort_by_cached_key(|term| alphabetical(&cx.name(term).text));
            terms.into_iter().map(|term| term as &dyn AnyEntry).collect()
        }
        _ => cx.book().tables.of(kind).collect(),
    }
}

/// The head and a row an entity; columns in which nothing stands are left out.
fn table(cx: Cx<'_>, kind: Kind, entries: &[&dyn AnyEntry]) -> Vec<Vec<String>> {
    let label =
        |key: &str| words::label(kind, key, cx.lang).map_or(key, |label| label.label.as_str()).to_owned();
    let mut columns = vec![column(cx.word("data.id"), entries, |entry| entry.key().id.to_string())];
    columns.push(column(&label("name"), entries, |entry| cx.name_of(entry).text));
    for other in cx.book().langs.iter().filter(|lang| **lang != cx.lang) {
        let head = format!("{} ({})", label("name"), cx.language_phrase("in", *other));
        columns.push(column(&head, entries, |entry| name_in(entry, *other)));
    }
    if kind == Kind::Section {
        let place =
            |entry: &dyn AnyEntry| cx.book().place_of(&entry.key()).map(|(law, at)| cx.place(law, at));
        columns.push(column(cx.word("law.law"), entries, |entry| place(entry).unwrap_or_default()));
    }
    columns.push(column(&label("summary"), entries, |entry| {
        cx.summary(entry).map_or_else(String::new, |summary| summary.plain)
    }));
    columns.extend(fields(cx, kind, entries, &label));
    columns.retain(|column| column.iter().skip(1).any(|cell| !cell.is_empty()));
    (0..=entries.len()).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect()
}

/// A column of a table: its head, then a cell a row.
type Column = Vec<String>;

fn column(head: &str, entries: &[&dyn AnyEntry], cell: impl Fn(&dyn AnyEntry) -> String) -> Column {
    std::iter::once(head.to_owned()).chain(entries.iter().map(|entry| cell(*entry))).collect()
}

fn name_in(entry: &dyn AnyEntry, lang: Lang) -> String {
    entry.meta().name.get(lang).unwrap_or_default().to_owned()
}

/// The fields of the kind, then those that every kind has.
fn fields(cx: Cx<'_>, kind: Kind, entries: &[&dyn AnyEntry], label: &dyn Fn(&str) -> String) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (row, entry) in entries.iter().enumerate() {
        let own = given_out(cx.book(), *entry);
        let common = entry.meta().held_fields();
        let all = own.into_iter().chain(common.into_iter().filter(|(key, _)| !ASIDE.contains(key)));
        for (at, (key, held)) in all.enumerate() {
            if row == 0 {
                columns.push(vec![label(key)]);
            }
            columns[at].push(cell(cx, kind, key, &held));
        }
    }
    columns
}

fn cell(cx: Cx<'_>, kind: Kind, key: &str, held: &Held<'_>) -> String {
    match held {
        Held::Plain(text) if key == "owner" => super::super::frame::owner_link(cx, text).words.text,
        _ => said(cx, (kind, key), held),
    }
}
