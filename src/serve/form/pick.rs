//! References, citations and names of rows: what is chosen stands as chips, and a search finds more.

use serde_json::{Value, json};

use super::control::{close, known, label, open, value};
use super::{Cx, Place};
use crate::base::html::Writer;
use crate::model::field::Shape;
use crate::model::held::Held;
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::table::CLIENT;

/// One thing.
pub(super) fn one(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let shape = match &place.def.shape {
        Shape::Law => "law",
        Shape::Row => "row",
        _ => "ref",
    };
    open(cx, out, place, shape, &value(&place.def.shape, held));
    label(cx, out, place);
    let chosen: Vec<&Held<'_>> = if held.is_nothing() { Vec::new() } else { vec![held] };
    picker(cx, out, place, &place.def.shape, &chosen);
    close(out, place);
}

/// Any number of things.
pub(super) fn several(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, inner: &Shape, held: &Held<'_>) {
    let shape = match inner {
        Shape::Law => "laws",
        Shape::Row => "row-list",
        _ => "refs",
    };
    open(cx, out, place, shape, &value(&place.def.shape, held));
    label(cx, out, place);
    let chosen: Vec<&Held<'_>> =
        if let Held::List(values) = held { values.iter().collect() } else { Vec::new() };
    picker(cx, out, place, inner, &chosen);
    close(out, place);
}

/// What is chosen, and the field that finds more.
fn picker(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, shape: &Shape, chosen: &[&Held<'_>]) {
    out.raw("<div class=\"pke-f-pick\"");
    match shape {
        Shape::Ref(kinds) => {
            out.attr("data-kinds", &wanted(kinds));
            out.attr("data-options", &built_in(cx, kinds).to_string());
        }
        Shape::Law => {
            out.attr("data-kinds", "law").raw(" data-free");
        }
        _ => {
            out.attr("data-options", &rows(cx).to_string());
        }
    }
    out.raw("><ul class=\"pke-f-chips\"").attr("aria-label", place.label).raw(">");
    chosen.iter().for_each(|held| chip(cx, out, shape, held));
    out.raw("</ul><input class=\"pke-f-find\" autocomplete=\"off\" spellcheck=\"false\"");
    known(out, place, &place.at);
    out.attr("placeholder", cx.word(if *shape == Shape::Law { "find_law" } else { "find" })).raw("></div>");
}

/// The kinds among which is searched.
fn wanted(kinds: &[Kind]) -> String {
    if kinds.len() == Kind::ALL.len() {
        return "all".to_owned();
    }
    kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",")
}

/// What may be chosen without being an entity: the client and every role, where whoever takes part may stand.
fn built_in(cx: Cx<'_>, kinds: &[Kind]) -> Value {
    if kinds != Kind::ACTORS {
        return json!([]);
    }
    let strings = cx.world.theme.strings(cx.lang);
    json!([
        { "id": CLIENT, "name": strings.get("actor.client") },
        { "id": "*", "name": strings.get("data.everyone") },
    ])
}

/// The rows of the entity that can be named.
fn rows(cx: Cx<'_>) -> Value {
    cx.rows.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect()
}

/// Something chosen, with what it means.
fn chip(cx: Cx<'_>, out: &mut Writer, shape: &Shape, held: &Held<'_>) {
    let id = value(shape, held);
    let Some(id) = id.as_str() else { return };
    let (name, hint, known) = meaning(cx, held, id);
    out.raw("<li class=\"pke-f-chip\"").attr("data-id", id);
    if !known {
        out.raw(" data-unknown");
    }
    out.raw("><span class=\"pke-f-chip-name\">").text(&name).raw("</span>");
    if !hint.is_empty() {
        out.raw(" <span class=\"pke-f-chip-hint\">").text(&hint).raw("</span>");
    }
    out.raw("</li>");
}

/// The name of what is chosen, a hint of what it is, and whether there is such a thing.
fn meaning(cx: Cx<'_>, held: &Held<'_>, id: &str) -> (String, String, bool) {
    let strings = cx.world.theme.strings(cx.lang);
    match held {
        Held::Everyone => (strings.get("data.everyone").to_owned(), String::new(), true),
        Held::Reference(reference) => match cx.book().found(*reference) {
            Some(key) => (cx.name(&key), cx.kind_word(key.kind), true),
            None if reference.built_in.contains(&id) => {
                (strings.get("actor.client").to_owned(), String::new(), true)
            }
            None => (id.to_owned(), cx.word("unknown").to_owned(), false),
        },
        Held::Law(law) => match law_name(cx, law) {
            Some(name) => (id.to_owned(), name, true),
            None => (id.to_owned(), cx.word("unknown_law").to_owned(), false),
        },
        _ => match cx.rows.iter().find(|(own, _)| own == id) {
            Some((_, name)) => (name.clone(), id.to_owned(), true),
            None => (id.to_owned(), cx.word("unknown").to_owned(), false),
        },
    }
}

/// What a citation is about.
fn law_name(cx: Cx<'_>, law: &LawRef) -> Option<String> {
    match cx.book().statutes.find(&law.statute, law.section.as_ref()) {
        Cited::Section(key) | Cited::Statute(key) => Some(cx.name(&key)),
        Cited::UnknownSection(_) | Cited::UnknownStatute => None,
    }
}
