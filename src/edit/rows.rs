//! Rows of a list put in, moved and taken out, with the comments above them, in the style they are
//! written in: under headers or in brackets.

use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::address::Place;
use super::layout::{Inner, Layout, Step};
use super::list::{Item, new_list, relisted};
use super::set::{layout_refused, set_canonical, wrong};
use super::splice::{Splice, around, end_of_line, indent, spliced, with_ends};
use super::spot::{BodyKind, Rows};
use super::value::{Written, canonical, keys, pairs, written};
use super::{Refused, entity};
use crate::base::lang::Lang;
use crate::model::field::Shape;

/// Puts a row into a list, before the row with a number from 0 or at the end.
pub(super) fn insert(
    layout: &Layout<'_>,
    list: &Place,
    before: Option<usize>,
    row: &Map<String, Json>,
    langs: &[Lang],
) -> Result<String, Refused> {
    let Shape::List(shape) = &list.shape else { return Err(wrong(list)) };
    let row = canonical(shape, &Json::Object(row.clone())).ok_or_else(|| wrong(list))?;
    insert_canonical(layout, list, before, &row, langs)
}

fn insert_canonical(
    layout: &Layout<'_>,
    list: &Place,
    before: Option<usize>,
    row: &Json,
    langs: &[Lang],
) -> Result<String, Refused> {
    let Shape::List(shape) = &list.shape else { return Err(wrong(list)) };
    match layout.rows(&list.path) {
        Rows::Items(count) => {
            let before = before.filter(|at| *at < count).unwrap_or(count);
            let mut items: Vec<Item> = (0..count).map(Item::Old).collect();
            items.insert(before, Item::New(written(shape, row, langs)));
            rearranged(layout, list, &items)
        }
        Rows::Headers(count) => {
            let before = before.filter(|at| *at < count);
            let block = block(layout, list, row, langs)?;
            let splice = match before {
                Some(at) => before_row(layout, list, at, &block)?,
                None => behind_row(layout, list, count - 1, &block)?,
            };
            Ok(spliced(layout.text, vec![splice]))
        }
        Rows::Single => insert_canonical(&Layout::of(&listed(layout, list)?), list, before, row, langs),
        Rows::None => first(layout, list, row, langs),
    }
}

/// Moves a row to another place of its list, both from 0.
pub(super) fn shift(layout: &Layout<'_>, list: &Place, from: usize, to: usize) -> Result<String, Refused> {
    let count = list.count(layout);
    let to = to.min(count.saturating_sub(1));
    if from == to {
        return Ok(layout.text.to_owned());
    }
    let mut order: Vec<usize> = (0..count).collect();
    let row = order.remove(from);
    order.insert(to, row);
    match layout.rows(&list.path) {
        Rows::Items(_) => rearranged(layout, list, &order.into_iter().map(Item::Old).collect::<Vec<_>>()),
        Rows::Headers(_) => reordered(layout, list, &order),
        Rows::None | Rows::Single => Err(layout_refused()),
    }
}

/// Takes a row out.
pub(super) fn remove(layout: &Layout<'_>, row: &Place) -> Result<String, Refused> {
    let text = layout.text;
    let spot = layout.spot(&row.path);
    if let Some((list, at)) = spot.item {
        let Inner::Array(nodes) = &list.inner else { return Err(layout_refused()) };
        if nodes.len() == 1 {
            // A list without rows says nothing.
            let list = Place { path: row.path[..row.path.len() - 1].to_vec(), ..row.clone() };
            return set_canonical(
                layout,
                &Place { shape: Shape::List(Box::new(row.shape.clone())), ..list },
                &Json::Null,
                &[],
            );
        }
        let items: Vec<Item> = (0..nodes.len()).filter(|own| *own != at).map(Item::Old).collect();
        return Ok(spliced(text, vec![Splice::new(list.span.clone(), relisted(text, list, nodes, &items))]));
    }
    if !matches!(row.path.last(), Some(Step::Row(_))) {
        // A row without brackets is the whole list.
        let list = Place { shape: Shape::Plain, ..row.clone() };
        return set_canonical(layout, &list, &Json::Null, &[]);
    }
    let ranges = extents(layout, &spot.sections).into_iter().map(|range| around(text, range));
    Ok(spliced(text, ranges.map(|range| Splice::new(range, "")).collect()))
}

/// Makes a list hold exactly these rows; those with an id stay what they are.
pub(super) fn set_all(
    layout: &Layout<'_>,
    list: &Place,
    wanted: &Json,
    langs: &[Lang],
) -> Result<String, Refused> {
    let Json::Array(wanted) = wanted else { return Err(wrong(list)) };
    let mut text = layout.text.to_owned();
    let id = |row: &Json| row.get("id").and_then(Json::as_str).map(str::to_owned);
    let now = |text: &str| match Layout::of(text).json(&list.path) {
        Json::Array(rows) => rows,
        Json::Null => Vec::new(),
        one => vec![one],
    };
    for (at, row) in wanted.iter().enumerate() {
        let rows = now(&text);
        let found = (at..rows.len()).find(|own| id(row).is_some() && id(&rows[*own]) == id(row));
        let place = |text: &str, at: usize| list.row(at, Layout::of(text).rows(&list.path));
        text = match found {
            Some(own) if own != at => shift(&Layout::of(&text), list, own, at)?,
            _ => text,
        };
        let same = found.is_some() || rows.get(at).is_some_and(|own| id(own).is_none() && id(row).is_none());
        text = match place(&text, at).filter(|_| same) {
            Some(place) => set_canonical(&Layout::of(&text), &place, row, langs)?,
            None => insert_canonical(&Layout::of(&text), list, Some(at), row, langs)?,
        };
    }
    for at in (wanted.len()..now(&text).len()).rev() {
        let Some(place) = list.row(at, Layout::of(&text).rows(&list.path)) else { continue };
        text = remove(&Layout::of(&text), &place)?;
    }
    Ok(text)
}

/// The bytes of sections, those behind one another as one.
pub(super) fn extents(layout: &Layout<'_>, sections: &[usize]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for number in sections {
        let block = layout.block(*number);
        match ranges.last_mut().filter(|_| last.is_some_and(|last: usize| last + 1 == *number)) {
            Some(range) => range.end = block.end,
            None => ranges.push(block),
        }
        last = Some(*number);
    }
    ranges
}

/// The bytes of a row under headers; none where others stand within it.
fn extent(layout: &Layout<'_>, list: &Place, row: usize) -> Option<Range<usize>> {
    let place = list.row(row, Rows::Headers(0))?;
    let mut ranges = extents(layout, &layout.spot(&place.path).sections);
    if ranges.len() == 1 { ranges.pop() } else { None }
}

fn rearranged(layout: &Layout<'_>, list: &Place, items: &[Item]) -> Result<String, Refused> {
    let node = layout.spot(&list.path).value.ok_or_else(layout_refused)?;
    let Inner::Array(nodes) = &node.inner else { return Err(layout_refused()) };
    let new = relisted(layout.text, node, nodes, items);
    Ok(spliced(layout.text, vec![Splice::new(node.span.clone(), new)]))
}

/// Rows under headers in another order: what stands between them stays.
fn reordered(layout: &Layout<'_>, list: &Place, order: &[usize]) -> Result<String, Refused> {
    let text = layout.text;
    let extents: Option<Vec<Range<usize>>> = (0..order.len()).map(|row| extent(layout, list, row)).collect();
    let extents = extents.ok_or_else(layout_refused)?;
    let splices = extents.iter().zip(order).map(|(slot, row)| {
        let own = &text[extents[*row].clone()];
        let end = end_of_line(text, slot.end);
        // The last line of a file may have no end.
        let ended = text[slot.clone()].ends_with('\n');
        let own = match (own.ends_with('\n'), ended) {
            (false, true) => format!("{own}{end}"),
            (true, false) => own.trim_end_matches(['\n', '\r']).to_owned(),
            _ => own.to_owned(),
        };
        Splice::new(slot.clone(), own)
    });
    Ok(spliced(text, splices.collect()))
}

fn before_row(layout: &Layout<'_>, list: &Place, row: usize, block: &str) -> Result<Splice, Refused> {
    let next = extent(layout, list, row).ok_or_else(layout_refused)?;
    let end = end_of_line(layout.text, next.start);
    Ok(Splice::at(next.start, with_ends(&format!("{block}\n"), end)))
}

fn behind_row(layout: &Layout<'_>, list: &Place, row: usize, block: &str) -> Result<Splice, Refused> {
    let own = extent(layout, list, row).ok_or_else(layout_refused)?;
    Ok(behind(layout.text, own.end, block))
}

/// A block of lines behind others, parted from them by an empty line.
pub(super) fn behind(text: &str, at: usize, block: &str) -> Splice {
    let end = end_of_line(text, at);
    let open = at > 0 && !text[..at].ends_with('\n');
    let start = if open {
        "\n\n"
    } else if at == 0 {
        ""
    } else {
        "\n"
    };
    let block = if open { block.trim_end_matches('\n') } else { block };
    Splice::at(at, with_ends(&format!("{start}{block}"), end))
}

/// The lines of a row under its own header.
fn block(layout: &Layout<'_>, list: &Place, row: &Json, langs: &[Lang]) -> Result<String, Refused> {
    let header = header_keys(&list.path).ok_or_else(layout_refused)?;
    let Shape::List(shape) = &list.shape else { return Err(wrong(list)) };
    let spot = layout.spot(&list.path);
    let like = spot.sections.first().and_then(|number| layout.section(*number));
    let indent = like.map_or("", |section| indent(layout.text, section.header.start));
    let lines = lines(&pairs(shape, row, langs), indent, langs);
    Ok(format!("{indent}[[{}]]\n{lines}", keys(&header)))
}

/// Pairs, each on a line of its own.
pub(super) fn lines(pairs: &[Written], indent: &str, langs: &[Lang]) -> String {
    let line = |pair: &Written| {
        let start = format!("{indent}{} = ", keys(&pair.keys));
        let value = match (&pair.shape, &pair.value) {
            (Shape::List(item), Json::Array(values)) => {
                let items: Vec<String> = values.iter().map(|value| written(item, value, langs)).collect();
                new_list(&items, start.chars().count(), indent, "\n")
            }
            (shape, value) => written(shape, value, langs),
        };
        format!("{start}{value}\n")
    };
    pairs.iter().map(line).collect()
}

/// The keys of a header: rows on the way go by the last of them.
fn header_keys(path: &[Step]) -> Option<Vec<String>> {
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Row(_) => None,
    });
    Some(keys.collect())
}

/// The first row of a list: under a header where its entity stands under one, else in brackets.
fn first(layout: &Layout<'_>, list: &Place, row: &Json, langs: &[Lang]) -> Result<String, Refused> {
    let owner = layout.spot(&list.path[..list.path.len() - 1]);
    let headed = owner.bodies.iter().find_map(|body| match body.kind {
        BodyKind::Section(number) if body.depth + 1 == list.path.len() => Some(number),
        _ => None,
    });
    let Some(own) = headed else {
        let rows = Json::Array(vec![row.clone()]);
        return super::set::insert_value(layout, list, &rows, langs);
    };
    let at = entity::table_place(layout, list, own);
    let block = block(layout, list, row, langs)?;
    Ok(spliced(layout.text, vec![behind(layout.text, at, &block)]))
}

/// A list of one row without brackets, with them.
fn listed(layout: &Layout<'_>, list: &Place) -> Result<String, Refused> {
    let (text, spot) = (layout.text, layout.spot(&list.path));
    if let Some(node) = spot.value {
        let one = format!("[{}]", &text[node.span.clone()]);
        return Ok(spliced(text, vec![Splice::new(node.span.clone(), one)]));
    }
    let own = spot.sections.iter().filter_map(|number| layout.section(*number));
    let own: Vec<_> = own.filter(|section| section.path.len() == list.path.len()).collect();
    match own[..] {
        [section] if spot.pairs.is_empty() => {
            let header = &text[section.header.clone()];
            let new = Splice::new(section.header.clone(), format!("[{header}]"));
            Ok(spliced(text, vec![new]))
        }
        _ => Err(layout_refused()),
    }
}
