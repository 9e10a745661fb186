//! The page of the kind `segment`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::segment::Segment;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, segment: &Entry<Segment>) -> Sheet {
    Sheet::of(cx, segment, &[]).with_body(cx, segment)
}
