//! The overview `whole`.

use super::super::Cx;
use super::super::sheet::Sheet;

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    Sheet::view(cx, "whole")
}
