//! Tables inside an entity: one (`[kind.id.key]`), or rows of a list (`[[kind.id.key]]`).

use super::control::{help, needed, told};
use super::{Cx, Order, Place, fields, pairs};
use crate::base::html::Writer;
use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::field::Shape;
use crate::model::held::{Fields, Held};
use crate::model::record::FieldDef;

/// What stands for the number of a row that is not there yet.
pub(super) const FRESH: &str = "+";

/// The rows of an entity that can be named by others: those with an id of their own, with their words.
pub(super) fn named(held: &Fields<'_>, lang: Lang, book: &Handbook) -> Vec<(String, String)> {
    let lists =
        held.iter().filter_map(|(_, held)| if let Held::List(rows) = held { Some(rows) } else { None });
    let rows = lists.flat_map(|rows| rows.iter().enumerate());
    let named = rows.filter_map(|(position, row)| {
        let Held::Record(fields) = row else { return None };
        let id = id(fields).filter(|id| *id != (position + 1).to_string())?;
        Some((id.to_owned(), words(fields, lang, book).unwrap_or_else(|| id.to_owned())))
    });
    named.collect()
}

/// The name by which a row goes: its id, else its number.
fn id<'f>(fields: &'f Fields<'_>) -> Option<&'f str> {
    fields.iter().find_map(|(key, held)| match held {
        Held::Plain(id) if *key == "id" => Some(&**id),
        _ => None,
    })
}

/// What a row says: its first text, else the first thing it names.
fn words(fields: &Fields<'_>, lang: Lang, book: &Handbook) -> Option<String> {
    let text = fields.iter().find_map(|(_, held)| match held {
        Held::Text(text) => text.words.fallback(lang, &book.fallbacks),
        _ => None,
    });
    let reference = || {
        let found = fields.iter().find_map(|(_, held)| match held {
            Held::Reference(reference) => book.found(*reference),
            _ => None,
        })?;
        let name = book.entry(&found)?.meta().name.words.fallback(lang, &book.fallbacks);
        name.map(|(_, phrase)| phrase.words.to_string())
    };
    text.map(|(_, phrase)| phrase.words.to_string()).or_else(reference)
}

/// What the fields of a row hold where there is none.
fn nothing(defs: &[FieldDef]) -> Fields<'static> {
    let empty = |def: &FieldDef| match (&def.shape, def.filled) {
        (Shape::Choice(words), true) => words.first().map_or(Held::Nothing, |word| Held::Choice(word)),
        (Shape::Bool | Shape::Since, true) => Held::Bool(false),
        (Shape::Record(inner), _) => Held::Record(nothing(inner)),
        (Shape::List(_), _) => Held::List(Vec::new()),
        _ => Held::Nothing,
    };
    defs.iter().map(|def| (def.key, empty(def))).collect()
}

/// What the fields of something new hold.
pub(super) fn blank(defs: &[FieldDef]) -> Fields<'static> {
    nothing(defs)
}

/// One table.
pub(super) fn record(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, defs: &[FieldDef], held: &Held<'_>) {
    let none = nothing(defs);
    let own = if let Held::Record(own) = held { own } else { &none };
    out.raw("<fieldset class=\"pke-f-field pke-f-record\"").attr("data-record", &place.at);
    out.attr("data-was", &cx.was(&place.at, None));
    if !held.is_nothing() {
        out.raw(" data-given");
    }
    out.raw("><legend class=\"pke-f-label\">").text(place.label);
    needed(cx, out, place);
    out.raw("</legend>");
    help(out, place);
    told(out, &place.at);
    fields(cx, out, &pairs(defs, own), &place.at, order(defs));
    out.raw("</fieldset>");
}

/// Whether there are so few fields that all of them stand open.
fn order(defs: &[FieldDef]) -> Order {
    if defs.len() <= 6 { Order::All } else { Order::Filled }
}

/// Rows of a list.
pub(super) fn rows(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, defs: &[FieldDef], held: &Held<'_>) {
    let rows: &[Held<'_>] = if let Held::List(rows) = held { rows } else { &[] };
    let list = List { place, defs, ids: wants_ids(cx, rows) };
    out.raw("<fieldset class=\"pke-f-field pke-f-rows\"").attr("data-rows", &place.at);
    out.attr("data-was", &cx.was(&place.at, None));
    if list.ids {
        out.raw(" data-ids");
    }
    out.raw("><legend class=\"pke-f-label\">").text(place.label).raw(" <span class=\"pke-f-count\">");
    out.number(u64::try_from(rows.len()).unwrap_or_default()).raw("</span>");
    needed(cx, out, place);
    out.raw("</legend>");
    help(out, place);
    told(out, &place.at);
    out.raw("<ol class=\"pke-f-rowlist\">");
    for (position, row) in rows.iter().enumerate() {
        let Held::Record(fields) = row else { continue };
        list.row(cx, out, Some(position), fields);
    }
    out.raw("</ol><template>");
    list.row(cx, out, None, &nothing(defs));
    out.raw(
        "</template><p class=\"pke-f-row-foot\"><button type=\"button\" class=\"pke-secondary\" data-add>",
    );
    out.text(cx.word("add_row")).raw("</button></p></fieldset>");
}

/// Whether new rows need an id: others can name them.
fn wants_ids(cx: Cx<'_>, rows: &[Held<'_>]) -> bool {
    let own = |(position, row): (usize, &Held<'_>)| match row {
        Held::Record(fields) => id(fields).is_some_and(|id| id != (position + 1).to_string()),
        _ => false,
    };
    let declared = cx.kind.is_some_and(|kind| names_rows(&kind.fields()));
    rows.iter().enumerate().any(own) || (declared && rows.is_empty())
}

/// Whether any of the fields names rows.
fn names_rows(fields: &[FieldDef]) -> bool {
    fn named(shape: &Shape) -> bool {
        match shape {
            Shape::Row => true,
            Shape::List(inner) => named(inner),
            Shape::Record(fields) => names_rows_in(fields),
            _ => false,
        }
    }
    fn names_rows_in(fields: &[FieldDef]) -> bool {
        fields.iter().any(|field| field.key != "id" && named(&field.shape))
    }
    names_rows_in(fields)
}

/// A list whose rows are being made.
struct List<'p, 'd> {
    place: &'p Place<'d>,
    defs: &'p [FieldDef],
    ids: bool,
}

impl List<'_, '_> {
    /// One row; without a position the one that new rows are copied from.
    fn row(&self, cx: Cx<'_>, out: &mut Writer, position: Option<usize>, fields: &Fields<'_>) {
        let number = position.map_or_else(|| FRESH.to_owned(), |position| (position + 1).to_string());
        let name = id(fields).filter(|_| position.is_some()).unwrap_or(&number).to_owned();
        let at = format!("{}.{name}", self.place.at);
        let class = if self.defs.len() == 2 { "pke-f-row pke-f-only" } else { "pke-f-row" };
        out.raw("<li").attr("class", class).attr("data-row", &at).attr("data-name", &name);
        match position {
            Some(_) => out.attr("data-was", &cx.was(&at, None)),
            None => out.raw(" data-fresh"),
        };
        out.raw(">");
        let is_short = self.is_short();
        let said = words(fields, cx.lang, cx.book());
        if is_short {
            out.raw("<div class=\"pke-f-row-head\"><span class=\"pke-f-row-number\">")
                .text(&number)
                .raw("</span></div>");
        } else {
            out.raw("<details").raw(if position.is_none() { " open" } else { "" });
            out.raw("><summary><span class=\"pke-f-row-number\">")
                .text(&number)
                .raw("</span> <span class=\"pke-f-row-name\">");
            out.text(&said.unwrap_or_default()).raw("</span></summary><div class=\"pke-f-row-head\"></div>");
        }
        let order = if is_short { Order::All } else { order(self.defs) };
        super::fields(cx, out, &pairs(self.defs, fields), &at, order);
        out.raw(if is_short { "</li>" } else { "</details></li>" });
    }

    /// Whether a row is so short that it stands open.
    fn is_short(&self) -> bool {
        let inside =
            |def: &FieldDef| matches!(&def.shape, Shape::List(inner) if matches!(**inner, Shape::Record(_)));
        self.defs.len() <= 4 && !self.defs.iter().any(inside)
    }
}
