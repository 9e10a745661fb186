//! The paper `comments`.

use super::super::Cx;
use super::super::sheet::Sheet;
use crate::model::table::{AnyEntry, Entry};
use crate::model::team::Team;

pub(super) fn sheet(cx: Cx<'_>, team: &Entry<Team>) -> Sheet {
    Sheet {
        kind: Some(cx.name(team).text),
        papers: Vec::new(),
        summary: cx.summary(team as &dyn AnyEntry),
        ..Sheet::view(cx, "comments")
    }
}
