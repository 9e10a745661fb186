//! Overviews: pages that are worked out from entities of several kinds.

mod access;
pub(super) mod decisions;
mod gaps;
mod method;
mod participation;
mod places;
pub(super) mod reviews;
mod statement;
pub(super) mod whole;

use super::Cx;
use super::sheet::Sheet;
use crate::model::table::AnyEntry;
use crate::route::View;
pub(super) use method::progress;

/// An overview as a sheet; the whole handbook has a layout of its own.
pub(super) fn sheet(cx: Cx<'_>, view: View) -> Sheet {
    match view {
        View::Decisions => decisions::sheet(cx),
        View::Places => places::sheet(cx),
        View::Access => access::sheet(cx),
        View::Gaps => gaps::sheet(cx),
        View::Reviews => reviews::sheet(cx),
        View::Participation => participation::sheet(cx),
        View::Method => method::sheet(cx),
        View::Statement => statement::sheet(cx),
        View::Whole => Sheet::view(cx, View::Whole.as_str()),
    }
}

/// The sheet of an overview, with the pages that explain it.
fn overview(cx: Cx<'_>, view: View) -> Sheet {
    let sheet = Sheet::view(cx, view.as_str());
    let explains = cx
        .book()
        .tables
        .pages
        .iter()
        .filter(|page| page.data.explains.is_some_and(|overview| overview.as_str() == view.as_str()));
    let pages = explains.filter_map(|page| cx.link(&page.key()));
    Sheet { papers: pages.chain(sheet.papers).collect(), ..sheet }
}
