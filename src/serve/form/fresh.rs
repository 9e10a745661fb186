//! The form of something new: its name, its id made from that, and what must be given.

use super::control::{help_text, id, told};
use super::{Cx, Made, Order, fields, fold, head, pairs, row};
use crate::base::html::{Html, Writer};
use crate::base::source::Span;
use crate::model::held::{Fields, Held};
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::record::Record;
use crate::model::table::{AnyEntry, AnyRef};
use crate::syntax::slug::Slug;

/// What may be known of something new beforehand, in this order: `new/task/PHASE/ROLE`.
const KNOWN: [(&str, &[Kind]); 2] = [("phase", &[Kind::Phase]), ("accountable", Kind::BEARERS)];

/// A form for something new: `task`, or `task/PHASE/ROLE` with what is known already.
pub(super) fn form(made: Made<'_>, rest: &str) -> Option<Html> {
    let mut parts = rest.split('/');
    let kind = Kind::parse(parts.next()?)?;
    let ids: Vec<Option<Slug>> = parts.map(Slug::new).collect();
    let (langs, states) = (made.world.reading.book.langs.clone(), super::States::new());
    let cx = made.of(Some(kind), &langs, &states);
    let at = format!("{}/{}", kind.as_str(), row::FRESH);
    let mut out = Writer::default();
    cx.open(&mut out, &at, &at);
    if let Some(after) = neighbour(cx, kind, ids.first().and_then(Option::as_ref)) {
        out.attr("data-after", &after);
    }
    head::open(&mut out, &cx.kind_word(kind), &format!("{}: {}", cx.word("new_heading"), cx.kind_word(kind)));
    head::close(&mut out);
    let (meta, own) = (Meta::fields(), kind.fields());
    let (meta_held, own_held) = (row::blank(&meta), filled(row::blank(&own), &ids));
    let (first, rest): (Vec<_>, Vec<_>) =
        pairs(&meta, &meta_held).into_iter().partition(|(def, _)| super::FIRST.contains(&def.key));
    first.iter().for_each(|(def, held)| super::field(cx, &mut out, def, held, &at));
    own_id(cx, &mut out, &at);
    if kind == Kind::Phase {
        joins(cx, &mut out);
    }
    fields(cx, &mut out, &pairs(&own, &own_held), &at, Order::Filled);
    fold(cx, &mut out, "upkeep", &rest, &at);
    out.raw("</form>");
    Some(out.finish())
}

/// Behind what a new task of a phase goes: the last one that the phase has.
fn neighbour(cx: Cx<'_>, kind: Kind, phase: Option<&Slug>) -> Option<String> {
    let last = cx.world.reading.division().of_phase(phase.filter(|_| kind == Kind::Task)?).last()?;
    Some(format!("{}/{last}", kind.as_str()))
}

/// Fields in which what is known stands already.
fn filled<'a>(mut fields: Fields<'a>, ids: &'a [Option<Slug>]) -> Fields<'a> {
    for ((key, kinds), id) in KNOWN.into_iter().zip(ids) {
        let Some(id) = id else { continue };
        let known = Held::Reference(AnyRef { kinds, built_in: &[], id, span: Span::default() });
        for (_, held) in fields.iter_mut().filter(|(own, _)| *own == key) {
            *held = if let Held::List(_) = held { Held::List(vec![known.clone()]) } else { known.clone() };
        }
    }
    fields
}

/// The frameworks in which a new phase may stand: without one it is no column of a matrix. Where there is but
/// one, it is meant.
fn joins(cx: Cx<'_>, out: &mut Writer) {
    let frameworks = &cx.book().tables.frameworks;
    let all: Vec<_> = frameworks.iter().collect();
    if all.is_empty() {
        return;
    }
    out.raw("<fieldset class=\"pke-f-field\"><legend class=\"pke-f-label\">").text(cx.word("joins"));
    out.raw("</legend>");
    for framework in &all {
        let at = format!("{}.phases", framework.key());
        let ids: Vec<&str> =
            framework.data.phases.iter().filter_map(|phase| Some(phase.id()?.as_str())).collect();
        out.raw("<span class=\"pke-f-tick\"><input type=\"checkbox\"")
            .attr("id", &id(&at))
            .attr("data-join", &at);
        out.attr("data-ids", &serde_json::json!(ids).to_string()).attr("data-was", &cx.was(&at, None));
        out.raw(if all.len() == 1 { " checked> <label" } else { "> <label" }).attr("for", &id(&at)).raw(">");
        out.text(&cx.name(&framework.key())).raw("</label></span>");
    }
    out.raw("<p class=\"pke-f-help\">").text(cx.word("joins_help")).raw("</p></fieldset>");
}

/// The id: made from the name as long as nobody writes another.
fn own_id(cx: Cx<'_>, out: &mut Writer, at: &str) {
    let at = format!("{at}.id");
    out.raw("<div class=\"pke-f-field\" data-new-id><label class=\"pke-f-label\"")
        .attr("for", &id(&at))
        .raw(">");
    out.text(cx.word("id")).raw(" <span class=\"pke-f-need\">").text(cx.word("required"));
    out.raw("</span></label><input spellcheck=\"false\" aria-required=\"true\"")
        .attr("id", &id(&at))
        .attr("name", &at);
    out.attr("aria-describedby", &format!("pke-f-help:{at} pke-f-told:{at}")).raw(">");
    help_text(out, &at, cx.word("new_id_help"));
    told(out, &at);
    out.raw("</div>");
}
