//! The page of the kind `indicator`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::indicator::Indicator;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, indicator: &Entry<Indicator>) -> Sheet {
    Sheet::of(cx, indicator, &[]).with_body(cx, indicator)
}
