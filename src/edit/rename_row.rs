//! A row under another id: what refers to it within its entity follows, and what was confirmed of it.

use serde_json::Value as Json;

use super::Refused;
use super::address::Address;
use super::layout::Layout;
use super::splice::{Splice, spliced};
use super::work::Work;
use crate::base::source::SourcePath;
use crate::model::field::Shape;
use crate::model::lock::LOCK;

/// Follows the id of a row that was set from one value to another, as long as no other row of the entity
/// has the former id too: then nobody knows which was meant.
pub(super) fn follow(work: &mut Work<'_>, at: &Address, (old, new): (&Json, &Json)) -> Result<(), Refused> {
    let [list @ .., _, key] = at.parts.as_slice() else { return Ok(()) };
    let (Some(old), Some(new)) = (old.as_str(), new.as_str().map(str::trim)) else { return Ok(()) };
    if key != "id" || list.is_empty() || new.is_empty() || old == new {
        return Ok(());
    }
    let Some(entity) = &at.of else { return Ok(()) };
    let home = work.home(Some(entity))?;
    let text = work.text(&home.file);
    let mut found = Found { old, new, others: 0, changes: Vec::new() };
    found.look(&home.place.shape, &Layout::of(&text).json(&home.place.path), &entity.to_string());
    if found.others > 0 {
        return Ok(());
    }
    for (at, value) in found.changes {
        work.set(&at, &value, None)?;
    }
    let list = list.join(".");
    confirmed(work, (&format!("{entity}.{list}.{old}"), &format!("{entity}.{list}.{new}")));
    Ok(())
}

struct Found<'a> {
    old: &'a str,
    new: &'a str,
    /// How many rows have the former id.
    others: usize,
    /// What refers to it, with what comes in its place.
    changes: Vec<(String, Json)>,
}

impl Found<'_> {
    fn look(&mut self, shape: &Shape, value: &Json, at: &str) {
        match (shape, value) {
            (Shape::Record(fields), Json::Object(_)) => {
                self.others += usize::from(value.get("id").and_then(Json::as_str) == Some(self.old));
                for field in fields {
                    let Some(own) = value.get(field.key) else { continue };
                    self.look(&field.shape, own, &format!("{at}.{}", field.key));
                }
            }
            (Shape::List(inner), Json::Array(rows)) if matches!(**inner, Shape::Record(_)) => {
                for (number, row) in rows.iter().enumerate() {
                    self.look(inner, row, &format!("{at}.{}", name(row, number)));
                }
            }
            (Shape::Row, Json::String(id)) if id == self.old => {
                self.changes.push((at.to_owned(), self.new.into()));
            }
            (Shape::List(inner), Json::Array(ids))
                if **inner == Shape::Row && ids.iter().any(|id| id == self.old) =>
            {
                let renamed = |id: &Json| if id == self.old { self.new.into() } else { id.clone() };
                self.changes.push((at.to_owned(), ids.iter().map(renamed).collect()));
            }
            (Shape::List(inner), one @ (Json::String(_) | Json::Object(_))) => {
                self.look(inner, one, &single(inner, at));
            }
            _ => {}
        }
    }
}

/// The address of what is written without brackets: a row has a number all the same.
fn single(inner: &Shape, at: &str) -> String {
    if matches!(inner, Shape::Record(_)) { format!("{at}.1") } else { at.to_owned() }
}

/// What a row goes by.
fn name(row: &Json, number: usize) -> String {
    row.get("id").and_then(Json::as_str).map_or_else(|| (number + 1).to_string(), str::to_owned)
}

/// Gives the lines of its texts their new address.
fn confirmed(work: &mut Work<'_>, (old, new): (&str, &str)) {
    let Some(path) = SourcePath::new(LOCK) else { return };
    let text = work.text(&path);
    let mut splices = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(old).is_some_and(|rest| rest.starts_with(['.', ' '])) {
            splices.push(Splice::new(start..start + old.len(), new));
        }
        start += line.len();
    }
    if !splices.is_empty() {
        work.put(&path, spliced(&text, splices), false);
    }
}
