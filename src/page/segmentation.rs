//! The page of the kind `segmentation`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::segmentation::Segmentation;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, segmentation: &Entry<Segmentation>) -> Sheet {
    Sheet::of(cx, segmentation, &[]).with_body(cx, segmentation)
}
