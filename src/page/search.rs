//! The page of the search, which without scripts is a list of everything from A to Ö.

use serde::Serialize;

use super::frame::Head;
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;

#[derive(Serialize)]
struct View {
    title: String,
}

pub(super) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let title = cx.word("nav.search").to_owned();
    let head = Head { title: title.clone(), ..Head::default() };
    lay_out(cx, "page/search.html", &View { title }, head)
}
