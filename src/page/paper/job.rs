//! The paper `job`.

use super::super::Cx;
use super::super::sheet::Sheet;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry};

pub(super) fn sheet(cx: Cx<'_>, role: &Entry<Role>) -> Sheet {
    Sheet {
        kind: Some(cx.name(role).text),
        papers: Vec::new(),
        summary: cx.summary(role as &dyn AnyEntry),
        ..Sheet::view(cx, "job")
    }
}
