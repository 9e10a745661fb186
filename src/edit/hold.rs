//! The net below every edit: a file is read again, and nothing may read otherwise but what was meant to.

use serde_json::Value as Json;

use super::address::Place;
use super::layout::{Layout, Step};
use super::set::{is_now, layout_refused};
use super::value::canonical;
use super::{DAMAGED, Refused};
use crate::base::diag::Diagnostic;
use crate::base::source::FileId;
use crate::syntax::toml::{self, Data, Table, Value};

/// Refuses a text in which anything reads otherwise than before but what stands at these paths.
pub(super) fn only(before: &Layout<'_>, after: &Layout<'_>, paths: &[&[Step]]) -> Result<(), Refused> {
    if before.text == after.text {
        return Ok(());
    }
    let [old, new] = [before, after].map(|layout| toml::parse(FileId::default(), layout.text));
    let is_sound = old.mistakes.is_empty() && new.mistakes.is_empty();
    if is_sound && statements(before, paths) == statements(after, paths) {
        return Ok(());
    }
    // A mistake that went may have taken with it what nobody could read because of it.
    if new.mistakes.len() == old.mistakes.len() && same_tables(&old.root, &new.root, paths) {
        return Ok(());
    }
    match old.mistakes.first() {
        Some(mistake) => Err(damaged(before.text, mistake)),
        None => Err(layout_refused()),
    }
}

/// A header, or a pair with its value as written.
#[derive(PartialEq)]
struct Statement<'l> {
    path: &'l [Step],
    keys: Vec<&'l str>,
    value: &'l str,
}

/// What a file says beside what stands at some paths, as it is written. None for what is only a part of it.
fn statements<'l>(layout: &'l Layout<'_>, paths: &[&[Step]]) -> Vec<Statement<'l>> {
    let mut all = Vec::new();
    for section in &layout.sections {
        let path = section.path.as_slice();
        if paths.iter().any(|other| path.starts_with(other)) {
            continue;
        }
        all.push(Statement { path, keys: Vec::new(), value: "" });
        let below: Vec<&[Step]> = paths.iter().filter_map(|other| other.strip_prefix(path)).collect();
        for pair in &section.pairs {
            let keys: Vec<&str> = pair.keys.iter().map(|key| &*key.name).collect();
            if !below.iter().any(|other| is_below(&keys, other)) {
                let value = layout.text.get(pair.value.span.clone()).unwrap_or_default();
                all.push(Statement { path, keys, value });
            }
        }
    }
    all
}

/// Whether keys lead to a path or below it.
fn is_below(keys: &[&str], path: &[Step]) -> bool {
    let same = |(key, step): (&&str, &Step)| matches!(step, Step::Key(own) if own == key);
    keys.len() >= path.len() && keys.iter().zip(path).all(same)
}

/// The file has a mistake of notation, so that nobody knows what stands where.
fn damaged(text: &str, mistake: &Diagnostic) -> Refused {
    let at = mistake.span.map_or(0, |span| text.floor_char_boundary(span.range().start));
    let line = text[..at].bytes().filter(|b| *b == b'\n').count() + 1;
    Refused::of(Diagnostic::of(DAMAGED).with("line", line.to_string()))
}

/// Refuses a text in which a place does not hold what was asked for.
pub(super) fn holds(after: &Layout<'_>, place: &Place, value: &Json) -> Result<(), Refused> {
    let wanted = canonical(&place.shape, value).ok_or_else(layout_refused)?;
    if is_now(after, place, &wanted) { Ok(()) } else { Err(layout_refused()) }
}

/// Refuses a list that has not exactly one row more, at a place.
pub(super) fn inserted(
    before: &Layout<'_>,
    after: &Layout<'_>,
    list: &Place,
    at: usize,
) -> Result<(), Refused> {
    let (mut rows, mut new) = (rows(before, list), rows(after, list));
    let right = new.len() == rows.len() + 1 && at < new.len();
    if right {
        rows.insert(at, new[at].clone());
    }
    held(right, &rows, &mut new)
}

/// Refuses a list whose rows are not the same in another order.
pub(super) fn shifted(
    before: &Layout<'_>,
    after: &Layout<'_>,
    list: &Place,
    (from, to): (usize, usize),
) -> Result<(), Refused> {
    let (mut rows, mut new) = (rows(before, list), rows(after, list));
    let right = from < rows.len();
    if right {
        let row = rows.remove(from);
        rows.insert(to.min(rows.len()), row);
    }
    held(right, &rows, &mut new)
}

/// Refuses a list that has not exactly one row less.
pub(super) fn removed(
    before: &Layout<'_>,
    after: &Layout<'_>,
    list: &Place,
    at: usize,
) -> Result<(), Refused> {
    let (mut rows, mut new) = (rows(before, list), rows(after, list));
    let right = at < rows.len();
    if right {
        rows.remove(at);
    }
    held(right, &rows, &mut new)
}

fn held(right: bool, wanted: &[Json], new: &mut [Json]) -> Result<(), Refused> {
    if right && wanted == new { Ok(()) } else { Err(layout_refused()) }
}

fn rows(layout: &Layout<'_>, list: &Place) -> Vec<Json> {
    match layout.json(&list.path) {
        Json::Array(rows) => rows,
        Json::Null => Vec::new(),
        one => vec![one],
    }
}

/// Whether two tables are the same but for what stands at some paths.
fn same_tables(old: &Table, new: &Table, paths: &[&[Step]]) -> bool {
    let missing = |key: &&toml::Key| old.get(&key.name).is_none();
    let keys = old.iter().chain(new.iter().filter(|(key, _)| missing(&key))).map(|(key, _)| key);
    keys.into_iter().all(|key| {
        let below: Vec<&[Step]> = paths.iter().filter_map(|path| below_key(path, &key.name)).collect();
        same(old.get(&key.name), new.get(&key.name), &below)
    })
}

fn below_key<'p>(path: &'p [Step], key: &str) -> Option<&'p [Step]> {
    match path {
        [Step::Key(own), rest @ ..] if own == key => Some(rest),
        _ => None,
    }
}

fn below_row(path: &[Step], row: usize) -> Option<&[Step]> {
    match path {
        [Step::Row(own), rest @ ..] if *own == row => Some(rest),
        _ => None,
    }
}

fn same(old: Option<&Value>, new: Option<&Value>, paths: &[&[Step]]) -> bool {
    if paths.iter().any(|path| path.is_empty()) {
        return true;
    }
    let none = Table::default();
    match (old.map(|value| &value.data), new.map(|value| &value.data)) {
        (None, None) => true,
        (Some(Data::Table(old)), Some(Data::Table(new))) => same_tables(old, new, paths),
        (None, Some(Data::Table(new))) if !paths.is_empty() => same_tables(&none, new, paths),
        (Some(Data::Table(old)), None) if !paths.is_empty() => same_tables(old, &none, paths),
        (Some(Data::Array(old)), Some(Data::Array(new))) => (0..old.len().max(new.len())).all(|row| {
            let below: Vec<&[Step]> = paths.iter().filter_map(|path| below_row(path, row)).collect();
            same(old.get(row), new.get(row), &below)
        }),
        (Some(Data::Float(old)), Some(Data::Float(new))) => old.to_bits() == new.to_bits(),
        (Some(old), Some(new)) => old == new,
        _ => false,
    }
}
