//! The page of the kind `pilot`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::pilot::Pilot;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Sheet {
    Sheet::of(cx, pilot, &[]).with_body(cx, pilot)
}
