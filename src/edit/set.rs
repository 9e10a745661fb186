//! A field set: its value replaced where it stands, put in at its place, or taken out.

use serde_json::Value as Json;

use super::address::Place;
use super::layout::{Inner, Layout, Node, Step};
use super::list::{Item, new_list, relisted};
use super::splice::{Splice, around, end_of_line, indent, line_end, line_start, spliced};
use super::spot::{Body, BodyKind, Spot};
use super::value::{canonical, expected, keys, written};
use super::wrap::rewrapped;
use super::{LAYOUT, Refused, WRONG_VALUE, rows};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::model::field::Shape;

/// The text of a file with a field set; null takes it out.
pub(super) fn set(
    layout: &Layout<'_>,
    place: &Place,
    value: &Json,
    langs: &[Lang],
) -> Result<String, Refused> {
    let wanted = canonical(&place.shape, value).ok_or_else(|| wrong(place))?;
    set_canonical(layout, place, &wanted, langs)
}

/// The same with a value in its one form.
pub(super) fn set_canonical(
    layout: &Layout<'_>,
    place: &Place,
    wanted: &Json,
    langs: &[Lang],
) -> Result<String, Refused> {
    if is_now(layout, place, wanted) {
        return Ok(layout.text.to_owned());
    }
    let parts: Vec<String> = match &place.shape {
        Shape::Record(fields) => fields.iter().map(|field| field.key.to_owned()).collect(),
        Shape::Text | Shape::Words => langs.iter().map(|lang| lang.as_str().to_owned()).collect(),
        _ if place.is_rows() && !wanted.is_null() => return rows::set_all(layout, place, wanted, langs),
        _ => return leaf(layout, place, wanted, langs),
    };
    if wanted.is_null() && matches!(place.path.last(), Some(Step::Row(_))) {
        return rows::remove(layout, place);
    }
    if wanted.is_null() {
        return leaf(layout, place, wanted, langs);
    }
    let mut text = layout.text.to_owned();
    for part in parts {
        let Some(inner) = place.field(&part) else { continue };
        text = set_canonical(&Layout::of(&text), &inner, wanted.get(&part).unwrap_or(&Json::Null), langs)?;
    }
    Ok(text)
}

/// Whether a place already holds a value.
pub(super) fn is_now(layout: &Layout<'_>, place: &Place, wanted: &Json) -> bool {
    canonical(&place.shape, &layout.json(&place.path)).as_ref() == Some(wanted)
}

/// A value of another sort than the field takes.
pub(super) fn wrong(place: &Place) -> Refused {
    let finding = Diagnostic::of(WRONG_VALUE).with("expected", expected(&place.shape));
    Refused::of(finding.with("key", last_key(place)))
}

fn last_key(place: &Place) -> String {
    let key = |step: &Step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Row(_) => None,
    };
    place.path.iter().rev().find_map(key).unwrap_or_default()
}

/// What stands in a file in a way that an edit cannot follow.
pub(super) fn layout_refused() -> Refused {
    Refused::of(Diagnostic::of(LAYOUT))
}

fn leaf(layout: &Layout<'_>, place: &Place, wanted: &Json, langs: &[Lang]) -> Result<String, Refused> {
    let text = layout.text;
    let spot = layout.spot(&place.path);
    let splices = match (spot.value, wanted.is_null()) {
        (_, true) => taken_out(layout, &spot),
        (Some(node), false) => {
            vec![Splice::new(node.span.clone(), replaced(text, node, (place, wanted), langs))]
        }
        (None, false) if spot.is_empty() => vec![insert(layout, place, wanted, langs)?],
        (None, false) => return Err(layout_refused()),
    };
    Ok(spliced(text, splices))
}

/// The new text of a value in the place of another.
fn replaced(text: &str, node: &Node<'_>, (place, wanted): (&Place, &Json), langs: &[Lang]) -> String {
    let old = &text[node.span.clone()];
    match (&node.inner, &place.shape, wanted) {
        (Inner::Array(nodes), Shape::List(item), Json::Array(values)) => {
            let now: Vec<Option<Json>> = nodes
                .iter()
                .map(|node| {
                    canonical(item, &super::spot::json_of(&super::layout::read(&text[node.span.clone()])))
                })
                .collect();
            let items = matched(&now, values, |value| written(item, value, langs));
            relisted(text, node, nodes, &items)
        }
        (Inner::Scalar, Shape::List(item), Json::Array(values)) if values.len() == 1 => {
            written(item, &values[0], langs)
        }
        (Inner::Scalar, _, Json::String(new)) if old.starts_with("\"\"\"") || old.starts_with("'''") => {
            rewrapped(old, new)
        }
        _ => in_lines(text, node.span.start, (place, wanted), langs),
    }
}

/// Which items of a list are old ones: each value takes the first old item that holds it.
fn matched(old: &[Option<Json>], new: &[Json], write: impl Fn(&Json) -> String) -> Vec<Item> {
    let mut taken = vec![false; old.len()];
    let mut item = |value: &Json| {
        let same = |(at, now): &(usize, &Option<Json>)| !taken[*at] && now.as_ref() == Some(value);
        let found = old.iter().enumerate().find(same).map(|(at, _)| at);
        if let Some(at) = found {
            taken[at] = true;
        }
        found.map_or_else(|| Item::New(write(value)), Item::Old)
    };
    new.iter().map(&mut item).collect()
}

/// A value as it is written at a byte: a long list with a line for each item.
fn in_lines(text: &str, at: usize, (place, wanted): (&Place, &Json), langs: &[Lang]) -> String {
    let (Shape::List(item), Json::Array(values)) = (&place.shape, wanted) else {
        return written(&place.shape, wanted, langs);
    };
    let items: Vec<String> = values.iter().map(|value| written(item, value, langs)).collect();
    let taken = text[line_start(text, at)..at].chars().count();
    new_list(&items, taken, indent(text, at), end_of_line(text, line_end(text, at)))
}

/// Takes out everything that stands at a place; a comment on its line stays on a line of its own.
pub(super) fn taken_out(layout: &Layout<'_>, spot: &Spot<'_, '_>) -> Vec<Splice> {
    let text = layout.text;
    let mut splices: Vec<Splice> =
        spot.pairs.iter().map(|(body, at)| without_pair(text, body, *at)).collect();
    let tables = rows::extents(layout, &spot.sections).into_iter();
    splices.extend(tables.map(|range| Splice::new(around(text, range), "")));
    splices
}

/// Takes a pair out of its body.
fn without_pair(text: &str, body: &Body<'_, '_>, at: usize) -> Splice {
    let span = body.pairs[at].span();
    let BodyKind::Inline(_) = body.kind else {
        let (start, end) = (line_start(text, span.start), line_end(text, span.end));
        let comment = text[span.end..end].trim_start_matches([' ', '\t']);
        let kept = if comment.starts_with('#') {
            format!("{}{comment}", indent(text, start))
        } else {
            String::new()
        };
        return Splice::new(start..end, kept);
    };
    match (at.checked_sub(1).map(|before| &body.pairs[before]), body.pairs.get(at + 1)) {
        (Some(before), _) => Splice::new(before.span().end..span.end, ""),
        (None, Some(next)) => Splice::new(span.start..next.span().start, ""),
        (None, None) => Splice::new(span, ""),
    }
}

/// The text with a value put in where nothing stands.
pub(super) fn insert_value(
    layout: &Layout<'_>,
    place: &Place,
    wanted: &Json,
    langs: &[Lang],
) -> Result<String, Refused> {
    Ok(spliced(layout.text, vec![insert(layout, place, wanted, langs)?]))
}

/// Puts a new pair where its key belongs, in the style of what stands around it.
fn insert(layout: &Layout<'_>, place: &Place, wanted: &Json, langs: &[Lang]) -> Result<Splice, Refused> {
    for depth in (place.root.min(place.path.len() - 1)..place.path.len()).rev() {
        let spot = layout.spot(&place.path[..depth]);
        if let Some(body) = spot.bodies.first() {
            let keys = names(&place.path[body.depth..]).ok_or_else(layout_refused)?;
            return Ok(insert_into(layout, body, &keys, (place, wanted), langs));
        }
        if let Some(first) = spot.sections.first().filter(|_| depth >= 2) {
            let keys_left = names(&place.path[depth..]).ok_or_else(layout_refused)?;
            let header = names(&place.path[..depth]).ok_or_else(layout_refused)?;
            let at = layout.block(*first).start;
            let end = end_of_line(layout.text, at);
            let value = written(&place.shape, wanted, langs);
            let pair = format!("[{}]{end}{} = {value}{end}{end}", keys(&header), keys(&keys_left));
            return Ok(Splice::at(at, pair));
        }
    }
    Err(layout_refused())
}

/// The keys of a way that has no rows.
fn names(way: &[Step]) -> Option<Vec<String>> {
    let name = |step: &Step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Row(_) => None,
    };
    way.iter().map(name).collect()
}

fn insert_into(
    layout: &Layout<'_>,
    body: &Body<'_, '_>,
    new: &[String],
    (place, wanted): (&Place, &Json),
    langs: &[Lang],
) -> Splice {
    let text = layout.text;
    let before = predecessor(body, new, place);
    match body.kind {
        BodyKind::Section(number) => {
            let (at, near) = match before {
                Some(pair) => {
                    (line_end(text, body.pairs[pair].value.span.end), body.pairs[pair].span().start)
                }
                None => first_line(layout, number),
            };
            let (end, indent) = (end_of_line(text, at), indent(text, near));
            let start = format!("{indent}{} = ", keys(new));
            let value = in_new_line(&start, (place, wanted), langs, (indent, end));
            if at > 0 && !text[..at].ends_with('\n') && !text[..at].ends_with(super::splice::MARK) {
                return Splice::at(at, format!("{end}{start}{value}"));
            }
            Splice::at(at, format!("{start}{value}{end}"))
        }
        BodyKind::Inline(node) => {
            let pair = format!("{} = {}", keys(new), written(&place.shape, wanted, langs));
            match before {
                Some(before) => Splice::at(body.pairs[before].value.span.end, format!(", {pair}")),
                None if body.pairs.is_empty() => Splice::new(node.span.clone(), format!("{{ {pair} }}")),
                None => Splice::at(body.pairs[0].span().start, format!("{pair}, ")),
            }
        }
    }
}

/// Where a pair before all others goes, and a byte of the line whose indent it takes.
fn first_line(layout: &Layout<'_>, number: usize) -> (usize, usize) {
    let section = &layout.sections[number];
    if number == 0 {
        let first = section.pairs.first().map_or(0, |pair| pair.span().start);
        let start = line_start(layout.text, first);
        let mark =
            if layout.text.starts_with(super::splice::MARK) { super::splice::MARK.len_utf8() } else { 0 };
        return (start.max(mark), start.max(mark));
    }
    (line_end(layout.text, section.header.end), section.header.start)
}

fn in_new_line(
    start: &str,
    (place, wanted): (&Place, &Json),
    langs: &[Lang],
    (indent, end): (&str, &str),
) -> String {
    let (Shape::List(item), Json::Array(values)) = (&place.shape, wanted) else {
        return written(&place.shape, wanted, langs);
    };
    let items: Vec<String> = values.iter().map(|value| written(item, value, langs)).collect();
    new_list(&items, start.chars().count(), indent, end)
}

/// The pair behind which a new one goes: its own text in another language, else the nearest before it in
/// the order of declaration.
fn predecessor(body: &Body<'_, '_>, new: &[String], place: &Place) -> Option<usize> {
    let own =
        |at: usize| -> Vec<String> { body.pairs[at].keys.iter().map(|key| key.name.to_string()).collect() };
    let sibling =
        |at: &usize| own(*at).len() == new.len() && own(*at)[..new.len() - 1] == new[..new.len() - 1];
    let other = (0..body.pairs.len()).rev().find(|at| place.is_lang && sibling(at) && is_lang_key(body, *at));
    if other.is_some() {
        return other;
    }
    let rank = place.ranks(body.depth, new)?;
    let ranked = (0..body.pairs.len()).filter_map(|at| Some((place.ranks(body.depth, &own(at))?, at)));
    ranked.filter(|(other, _)| *other <= rank).max().map(|(_, at)| at)
}

fn is_lang_key(body: &Body<'_, '_>, at: usize) -> bool {
    body.pairs[at].keys.last().is_some_and(|key| Lang::parse(&key.name).is_some())
}
