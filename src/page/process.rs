//! The page of the kind `process`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::process::Process;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, process: &Entry<Process>) -> Sheet {
    Sheet::of(cx, process, &[]).with_body(cx, process)
}
