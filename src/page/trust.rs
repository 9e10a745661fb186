//! What makes a page worth trusting: who keeps it, who approved it and when, how long it holds, when it was last
//! read with care, and what else the thing is called.

use serde::Serialize;

use super::Cx;
use super::frame::owner_link;
use super::words::{Fact, Link};
use crate::base::date::Date;
use crate::model::meta::{Approval, Meta, Status, Validity};
use crate::model::review;
use crate::model::table::AnyEntry;

/// In so many months an end is near.
const SOON: u16 = 3;

#[derive(Serialize)]
pub(super) struct Trust {
    /// Whether there is anything to tell at the foot of the page.
    told: bool,
    /// What a reader has to know first: that it is a draft, or soon ends.
    marks: Vec<String>,
    owner: Option<Link>,
    approved: Option<Link>,
    approver: Option<Link>,
    valid: Option<String>,
    reviewed: Option<String>,
    due: Option<String>,
    overdue: bool,
}

/// What a page tells of its entity.
pub(super) fn trust(cx: Cx<'_>, entry: &dyn AnyEntry) -> Trust {
    let meta = entry.meta();
    let (reviewed, due) = (meta.reviewed.0, review::due(meta, &cx.book().config));
    let (approved, approver) = approval(cx, meta.approved.as_ref());
    let valid = meta.valid.as_ref().and_then(|valid| held(cx, valid));
    Trust {
        told: meta.owner.is_some()
            || due.or(reviewed).is_some()
            || approved.is_some()
            || approver.is_some()
            || valid.is_some(),
        marks: marks(cx, meta),
        owner: meta.owner.as_ref().map(|owner| owner_link(cx, owner)),
        approved,
        approver,
        valid,
        reviewed: reviewed.map(|date| cx.date(date)),
        due: due.map(|date| cx.date(date)),
        overdue: due.is_some_and(|due| due < cx.world.today),
    }
}

/// The same as facts, for what stands in a list.
pub(super) fn facts(cx: Cx<'_>, entry: &dyn AnyEntry) -> Vec<Fact> {
    let meta = entry.meta();
    let (approved, approver) = approval(cx, meta.approved.as_ref());
    let valid = meta.valid.as_ref().and_then(|valid| held(cx, valid));
    let status = status(cx, meta.status).map(Link::plain);
    let names: Vec<Link> = names(cx, entry).iter().map(|name| Link::plain(name)).collect();
    let facts = [
        cx.fact("trust.also", names),
        cx.fact("trust.status", status.into_iter().collect()),
        cx.fact("trust.approved", approved.into_iter().collect()),
        cx.fact("trust.approver", approver.into_iter().collect()),
        cx.fact("trust.valid", valid.iter().map(|valid| Link::plain(valid)).collect()),
    ];
    facts.into_iter().flatten().collect()
}

/// What else the thing is called in the language of the page.
pub(super) fn names(cx: Cx<'_>, entry: &dyn AnyEntry) -> Vec<String> {
    entry.meta().synonyms.get(cx.lang).map(str::to_owned).collect()
}

/// When and under which reference it was approved, and by whom.
fn approval(cx: Cx<'_>, approval: Option<&Approval>) -> (Option<Link>, Option<Link>) {
    let Some(approval) = approval else { return (None, None) };
    let by = approval.by.as_ref().and_then(|by| cx.link(&cx.book().target(by)?));
    let date = approval.date.0.map(|date| cx.date(date));
    let approved = match (date, &approval.reference) {
        (Some(date), reference) => Some(Link::plain(&date).noted(reference.clone())),
        (None, Some(reference)) => Some(Link::plain(reference)),
        (None, None) => None,
    };
    (approved, by)
}

/// From when until when something holds.
fn held(cx: Cx<'_>, valid: &Validity) -> Option<String> {
    let date = |date: Date| cx.date(date);
    match (valid.from.0.map(date), valid.until.0.map(date)) {
        (Some(from), Some(until)) => {
            Some(cx.strings().with("trust.between", &[("from", &from), ("until", &until)]))
        }
        (Some(from), None) => Some(cx.strings().with("trust.from", &[("from", &from)])),
        (None, Some(until)) => Some(cx.strings().with("trust.until", &[("until", &until)])),
        (None, None) => None,
    }
}

/// What stands at the head of the page. An end that is far away is told at its foot only.
fn marks(cx: Cx<'_>, meta: &Meta) -> Vec<String> {
    let ends = meta.valid.as_ref().and_then(|valid| valid.until.0);
    let soon = |until: &Date| cx.world.today.plus_months(SOON).is_some_and(|soon| *until <= soon);
    let ends = ends.filter(soon).map(|until| cx.strings().with("trust.ends", &[("until", &cx.date(until))]));
    status(cx, meta.status).map(str::to_owned).into_iter().chain(ends).collect()
}

fn status(cx: Cx<'_>, status: Status) -> Option<&str> {
    match status {
        Status::Approved => None,
        Status::Draft => Some(cx.word("trust.draft")),
        Status::Comment => Some(cx.word("trust.comment")),
    }
}
