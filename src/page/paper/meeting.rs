//! The paper `meeting`.

use super::super::Cx;
use super::super::sheet::Sheet;
use crate::model::forum::Forum;
use crate::model::table::{AnyEntry, Entry};

pub(super) fn sheet(cx: Cx<'_>, forum: &Entry<Forum>) -> Sheet {
    Sheet {
        kind: Some(cx.name(forum).text),
        papers: Vec::new(),
        summary: cx.summary(forum as &dyn AnyEntry),
        ..Sheet::view(cx, "meeting")
    }
}
