//! The page of the kind `checklist`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::checklist::Checklist;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, checklist: &Entry<Checklist>) -> Sheet {
    Sheet::of(cx, checklist, &[]).with_body(cx, checklist)
}
