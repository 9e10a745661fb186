//! A function: who can carry it in which situation, and its tasks.

use serde::Serialize;

use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::model::function::{Carrier, Function};
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::route::List;
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    carriers: Vec<CarrierView>,
    facts: Facts,
    body: Option<Piece>,
    tasks: Facts,
    mentions: Facts,
}

#[derive(Serialize)]
struct CarrierView {
    role: Option<Link>,
    not_in: Vec<Link>,
    unless: Option<Link>,
}

pub(super) fn render(cx: Cx<'_>, function: &Entry<Function>) -> Result<String, Diagnostic> {
    let key = function.key();
    let tasks: Vec<(Slug, Key)> = super::role::tasks_of(cx, &key);
    let tasks: Vec<&(Slug, Key)> = tasks.iter().collect();
    let view = View {
        kind: cx.kind_word(Kind::Function),
        name: cx.name(function),
        summary: cx.summary(function),
        carriers: function.data.carrier.iter().map(|carrier| carrier_view(cx, carrier)).collect(),
        facts: cx.fact("law.law", cx.law(&function.data.law)).into_iter().collect(),
        body: cx.body(function),
        tasks: super::role::shares(cx, &tasks, &key),
        mentions: super::list::mentioned_by(cx, &key, &[Kind::Task]),
    };
    lay_out(cx, "page/function.html", &view, super::role::head(cx, function, List::Roles))
}

fn carrier_view(cx: Cx<'_>, carrier: &Carrier) -> CarrierView {
    let link = |key: Option<Key>| key.and_then(|key| cx.link(&key));
    let not_in: Vec<Key> = carrier.not_in.iter().filter_map(|s| cx.book().target(s)).collect();
    CarrierView {
        role: link(cx.book().target(&carrier.role)),
        not_in: cx.links(&not_in),
        unless: link(carrier.unless_paired_with.as_ref().and_then(|role: &Ref<_>| cx.book().target(role))),
    }
}
