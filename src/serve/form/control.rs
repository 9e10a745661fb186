//! Single values: a control a shape, each with its label, its help and room for what is wrong with it.

use serde_json::{Value, json};

use super::{Cx, Place, choice};
use crate::base::html::Writer;
use crate::model::field::Shape;
use crate::model::held::Held;
use crate::model::table::AnyRef;

/// A value as a change carries it.
pub(super) fn value(shape: &Shape, held: &Held<'_>) -> Value {
    match held {
        Held::Nothing | Held::Text(_) | Held::Words(_) | Held::Record(_) => Value::Null,
        Held::Plain(text) => json!(text),
        Held::Integer(number) => json!(number),
        Held::Number(number) => whole(*number).map_or_else(|| json!(number), |whole| json!(whole)),
        Held::Range(range) => range.to.map_or_else(|| json!([range.from]), |to| json!([range.from, to])),
        Held::Bool(truth) => json!(truth),
        Held::Date(day) => json!(day.to_string()),
        Held::Choice(word) => json!(word),
        Held::Law(law) => json!(&*law.text),
        Held::Reference(reference) => json!(named(shape, reference)),
        Held::Everyone => json!("*"),
        Held::List(values) if values.is_empty() => Value::Null,
        Held::List(values) => {
            let inner = if let Shape::List(inner) = shape { inner } else { shape };
            values.iter().map(|held| value(inner, held)).collect()
        }
    }
}

/// A number without a fraction, so that it is written as one.
#[expect(clippy::cast_possible_truncation, reason = "only where nothing is lost")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

/// A reference as it stands in the file: with its kind where anything may stand and a kind is named.
fn named(shape: &Shape, reference: &AnyRef<'_>) -> String {
    match (shape, reference.kinds) {
        (Shape::Ref(kinds), [kind]) if kinds.len() > 1 => format!("{}:{}", kind.as_str(), reference.id),
        _ => reference.id.to_string(),
    }
}

/// Opens a field that is set as one: what it is, what it holds and what it was known by.
pub(super) fn open(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, shape: &'static str, held: &Value) {
    out.raw("<div class=\"pke-f-field\"");
    settable(out, &place.at, shape, held, &cx.was(&place.at, None));
    out.raw(">");
}

/// What the browser needs to make a change of a place.
pub(super) fn settable(out: &mut Writer, at: &str, shape: &'static str, held: &Value, was: &str) {
    out.attr("data-at", at).attr("data-shape", shape).attr("data-value", &held.to_string());
    out.attr("data-was", was);
}

/// The label of a control.
pub(super) fn label(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>) {
    out.raw("<label class=\"pke-f-label\"").attr("for", &id(&place.at)).raw(">").text(place.label);
    needed(cx, out, place);
    out.raw("</label>");
}

/// That a field must be given.
pub(super) fn needed(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>) {
    if place.is_required() {
        out.raw(" <span class=\"pke-f-need\">").text(cx.word("required")).raw("</span>");
    }
}

/// The id of a control.
pub(super) fn id(at: &str) -> String {
    format!("pke:{at}")
}

/// Opens the attributes by which a control is known: its id, its name, its help and what is wrong with it.
pub(super) fn known(out: &mut Writer, place: &Place<'_>, at: &str) {
    out.attr("id", &id(at)).attr("name", at);
    out.attr("aria-describedby", &format!("pke-f-help:{} pke-f-told:{}", place.at, place.at));
    if place.is_required() {
        out.raw(" aria-required=\"true\"");
    }
}

/// The help of a field, and where its findings are told.
pub(super) fn close(out: &mut Writer, place: &Place<'_>) {
    help(out, place);
    told(out, &place.at);
    out.raw("</div>");
}

/// The help of a field.
pub(super) fn help(out: &mut Writer, place: &Place<'_>) {
    help_text(out, &place.at, &place.help);
}

/// What goes into a place, in words.
pub(super) fn help_text(out: &mut Writer, at: &str, words: &str) {
    out.raw("<p class=\"pke-f-help\"")
        .attr("id", &format!("pke-f-help:{at}"))
        .raw(">")
        .text(words)
        .raw("</p>");
}

/// Where the findings about a place are told.
pub(super) fn told(out: &mut Writer, at: &str) {
    out.raw("<ul class=\"pke-f-told\" hidden").attr("id", &format!("pke-f-told:{at}")).raw("></ul>");
}

/// One value that is neither text nor reference.
pub(super) fn single(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    match &place.def.shape {
        Shape::Bool if place.def.filled => tick(cx, out, place, held),
        Shape::Bool => yes_or_no(cx, out, place, held),
        Shape::Since => since(cx, out, place, held),
        Shape::Choice(words) => select(cx, out, place, words, held),
        Shape::Date => input(cx, out, place, ("date", "type=\"date\""), held),
        Shape::Integer => input(cx, out, place, ("integer", "inputmode=\"numeric\""), held),
        Shape::Number => input(cx, out, place, ("number", "inputmode=\"decimal\""), held),
        Shape::Range => range(cx, out, place, held),
        _ => input(cx, out, place, ("plain", "spellcheck=\"false\""), held),
    }
}

/// A value in one line.
fn input(
    cx: Cx<'_>,
    out: &mut Writer,
    place: &Place<'_>,
    (shape, sort): (&'static str, &'static str),
    held: &Held<'_>,
) {
    let value = value(&place.def.shape, held);
    open(cx, out, place, shape, &value);
    label(cx, out, place);
    out.raw("<input ").raw(sort);
    known(out, place, &place.at);
    out.attr("value", &shown(&value, cx)).raw(">");
    close(out, place);
}

/// A value as it stands in a control.
fn shown(value: &Value, cx: Cx<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() && cx.lang.as_str() != "en" => {
            number.to_string().replace('.', ",")
        }
        other => other.to_string(),
    }
}

/// A box to tick.
fn tick(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let truth = matches!(held, Held::Bool(true));
    open(cx, out, place, "bool", &json!(truth));
    out.raw("<span class=\"pke-f-tick\"><input type=\"checkbox\"");
    known(out, place, &place.at);
    if truth {
        out.raw(" checked");
    }
    out.raw("> ");
    label(cx, out, place);
    out.raw("</span>");
    close(out, place);
}

/// Yes, no, or nothing said.
fn yes_or_no(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let value = value(&place.def.shape, held);
    let options = [("", "not_given"), ("true", "yes"), ("false", "no")];
    open(cx, out, place, "truth", &value);
    label(cx, out, place);
    out.raw("<select");
    known(out, place, &place.at);
    out.raw(">");
    let now = if value.is_null() { String::new() } else { value.to_string() };
    options.into_iter().for_each(|(own, word)| option(out, own, cx.word(word), own == now));
    out.raw("</select>");
    close(out, place);
}

/// Whether something has happened, and since when.
fn since(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let now = match held {
        Held::Bool(true) => "yes",
        Held::Date(_) => "day",
        _ => "no",
    };
    let day = if let Held::Date(day) = held { day.to_string() } else { String::new() };
    open(cx, out, place, "since", &value(&place.def.shape, held));
    label(cx, out, place);
    out.raw("<span class=\"pke-f-row-of\"><select");
    known(out, place, &place.at);
    out.raw(">");
    for (own, word) in [("no", "no"), ("yes", "yes"), ("day", "from_day")] {
        option(out, own, cx.word(word), own == now);
    }
    out.raw("</select> <input type=\"date\"")
        .attr("aria-label", &format!("{}: {}", place.label, cx.word("day")));
    out.attr("value", &day).raw("></span>");
    close(out, place);
}

/// From one whole number to another.
fn range(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let value = value(&place.def.shape, held);
    let part = |at: usize| value.get(at).map_or_else(String::new, ToString::to_string);
    open(cx, out, place, "range", &value);
    label(cx, out, place);
    out.raw("<span class=\"pke-f-row-of\"><input inputmode=\"numeric\"");
    known(out, place, &place.at);
    out.attr("value", &part(0)).raw("> – <input inputmode=\"numeric\"");
    out.attr("aria-label", &format!("{}: {}", place.label, cx.word("until"))).attr("value", &part(1));
    out.raw("></span>");
    close(out, place);
}

/// One of a few words.
fn select(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, words: &[&str], held: &Held<'_>) {
    let now = if let Held::Choice(word) = held { word } else { "" };
    open(cx, out, place, "choice", &value(&place.def.shape, held));
    label(cx, out, place);
    out.raw("<select");
    known(out, place, &place.at);
    out.raw(">");
    if !place.def.filled {
        option(out, "", cx.word("not_given"), now.is_empty());
    }
    for word in words {
        option(out, word, &choice::said(cx, place.def.key, words, word), *word == now);
    }
    out.raw("</select>");
    close(out, place);
}

/// A choice of a select.
pub(super) fn option(out: &mut Writer, value: &str, words: &str, selected: bool) {
    out.raw("<option").attr("value", value);
    if selected {
        out.raw(" selected");
    }
    out.raw(">").text(words).raw("</option>");
}

/// Any of a few words.
pub(super) fn choices(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, words: &[&str], held: &Held<'_>) {
    let value = value(&place.def.shape, held);
    let has = |word: &str| value.as_array().is_some_and(|all| all.iter().any(|own| own == word));
    out.raw("<fieldset class=\"pke-f-field pke-f-choices\"");
    settable(out, &place.at, "choices", &value, &cx.was(&place.at, None));
    out.attr("aria-describedby", &format!("pke-f-help:{} pke-f-told:{}", place.at, place.at));
    out.raw("><legend class=\"pke-f-label\">").text(place.label).raw("</legend>");
    for word in words {
        let at = format!("{}.{word}", place.at);
        out.raw("<span class=\"pke-f-tick\"><input type=\"checkbox\"")
            .attr("id", &id(&at))
            .attr("name", &place.at);
        out.attr("value", word);
        if has(word) {
            out.raw(" checked");
        }
        out.raw("> <label").attr("for", &id(&at)).raw(">");
        out.text(&choice::said(cx, place.def.key, words, word)).raw("</label></span>");
    }
    help(out, place);
    told(out, &place.at);
    out.raw("</fieldset>");
}

/// Several values that are the same in every language, one a line.
pub(super) fn lines(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, inner: &Shape, held: &Held<'_>) {
    let value = value(&place.def.shape, held);
    let lines = value.as_array().into_iter().flatten().map(|line| shown(line, cx));
    let shape = if *inner == Shape::Integer { "integers" } else { "lines" };
    open(cx, out, place, shape, &value);
    label(cx, out, place);
    out.raw("<textarea rows=\"2\" spellcheck=\"false\"");
    known(out, place, &place.at);
    out.raw(">\n").text(&lines.collect::<Vec<_>>().join("\n")).raw("</textarea><p class=\"pke-f-hint\">");
    out.text(cx.word("one_a_line")).raw("</p>");
    close(out, place);
}
