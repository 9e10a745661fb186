//! The page of the kind `team`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::table::Entry;
use crate::model::team::Team;

pub(super) fn sheet(cx: Cx<'_>, team: &Entry<Team>) -> Sheet {
    Sheet::of(cx, team, &[]).with_body(cx, team)
}
