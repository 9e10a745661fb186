//! The page of the kind `service`.

use super::Cx;
use super::sheet::Sheet;
use crate::model::service::Service;
use crate::model::table::Entry;

pub(super) fn sheet(cx: Cx<'_>, service: &Entry<Service>) -> Sheet {
    Sheet::of(cx, service, &[]).with_body(cx, service)
}
