//! The page of the kind `guide`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::guide::Guide;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, guide: &Entry<Guide>) -> Sheet {
    Sheet::of(cx, guide, &[]).with_body(cx, guide)
}
