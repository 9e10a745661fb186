//! Entities made and moved.

use serde_json::{Map, Value as Json};

use super::Refused;
use super::address::{Place, unknown};
use super::layout::{Layout, Step};
use super::work::Work;
use crate::model::table::Key;

/// Where the first row of a list under headers goes: behind what is declared before it.
pub(super) fn table_place(layout: &Layout<'_>, list: &Place, own: usize) -> usize {
    let above = &list.path[..list.path.len() - 1];
    let rank = |step: &Step| match step {
        Step::Key(key) => list.ranks(above.len(), std::slice::from_ref(key)),
        Step::Row(_) => None,
    };
    let wanted = list.path.last().and_then(rank);
    let before = |number: &usize| {
        let step = layout.sections[*number].path.get(above.len());
        step.and_then(rank).is_some_and(|rank| Some(&rank) <= wanted.as_ref())
    };
    let last = layout.spot(above).sections.into_iter().filter(before).max();
    layout.section_end(last.unwrap_or(own))
}

pub(super) fn create(_work: &mut Work<'_>, at: &str, _value: &Map<String, Json>, _after: Option<&str>) -> Result<(), Refused> {
    Err(unknown(at))
}
pub(super) fn order(_work: &mut Work<'_>, at: &str, _before: Option<&str>) -> Result<(), Refused> {
    Err(unknown(at))
}
pub(super) fn source(work: &mut Work<'_>, key: &Key) -> Option<String> {
    let home = work.home(Some(key)).ok()?;
    Some(Layout::of(&work.text(&home.file)).source(&home.place.path))
}
