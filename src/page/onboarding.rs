//! The page of the kind `onboarding`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::onboarding::Onboarding;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, onboarding: &Entry<Onboarding>) -> Sheet {
    Sheet::of(cx, onboarding, &[]).with_body(cx, onboarding)
}
