//! Overviews: pages that are worked out from entities of several kinds.

mod access;
mod decisions;
mod gaps;
mod method;
mod participation;
mod places;
mod reviews;
mod whole;

use super::Cx;
use super::sheet::Sheet;
use crate::route::View;

/// An overview as a sheet.
pub(super) fn sheet(cx: Cx<'_>, view: View) -> Sheet {
    match view {
        View::Decisions => decisions::sheet(cx),
        View::Places => places::sheet(cx),
        View::Access => access::sheet(cx),
        View::Gaps => gaps::sheet(cx),
        View::Reviews => reviews::sheet(cx),
        View::Participation => participation::sheet(cx),
        View::Method => method::sheet(cx),
        View::Whole => whole::sheet(cx),
    }
}
