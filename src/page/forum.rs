//! The page of the kind `forum`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::forum::Forum;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, forum: &Entry<Forum>) -> Sheet {
    Sheet::of(cx, forum, &[]).with_body(cx, forum)
}
