//! Entities made and moved: behind their like, in the layout of the file.

use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::address::{Address, Place, unknown};
use super::layout::{Layout, Step};
use super::rows::{behind, extents, lines};
use super::set::{layout_refused, wrong};
use super::splice::{Splice, around, end_of_line, spliced, with_ends};
use super::value::{Written, canonical, keys, pairs};
use super::work::{Home, Work};
use super::{ID_TAKEN, Refused, hold};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::source::SourcePath;
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::parses::CONTENT;
use crate::model::table::{AnyEntry, CLIENT, Key};
use crate::syntax::cite::SectionNumber;
use crate::syntax::slug::Slug;

/// Makes an entity: behind another, else behind the last of its kind, else in a file of its own.
pub(super) fn create(
    work: &mut Work<'_>,
    at: &str,
    value: &Map<String, Json>,
    after: Option<&str>,
) -> Result<(), Refused> {
    let key = new_key(work, at)?;
    let path = new_path(work, &key).ok_or_else(|| unknown(at))?;
    let place = Place::entity(Some(key.kind), path.clone());
    let fields =
        canonical(&place.shape, &Json::Object(value.clone())).ok_or_else(|| wrong_field(&place, value))?;
    let block = block(&place, &fields, &work.langs());
    let near = match after {
        Some(after) => Some(Address::entity(after).ok_or_else(|| unknown(after))?),
        None => last_of(work, &key),
    };
    let home = near.as_ref().map(|near| work.home(Some(near))).transpose()?;
    let file = match &home {
        Some(home) => home.file.clone(),
        None => new_file(key.kind).ok_or_else(layout_refused)?,
    };
    let text = work.text(&file);
    let layout = Layout::of(&text);
    let last = home.map(|home| extents(&layout, &layout.spot(&home.place.path).sections));
    let end = last.and_then(|extents| Some(extents.last()?.end)).unwrap_or(text.len());
    let new = spliced(&text, vec![behind(&text, end, &block)]);
    let after = Layout::of(&new);
    hold::only(&layout, &after, &[&path])?;
    hold::holds(&after, &place, &fields)?;
    work.put(&file, new, true);
    Ok(())
}

/// The id of a new entity: sound, free, and not that of another actor.
pub(super) fn new_key(work: &mut Work<'_>, at: &str) -> Result<Key, Refused> {
    let (kind, id) = at.split_once('/').ok_or_else(|| unknown(at))?;
    let kind = Kind::parse(kind).ok_or_else(|| unknown(at))?;
    let taken = || Refused::of(Diagnostic::of(ID_TAKEN).with("id", id));
    let slug = if kind == Kind::Section { section_id(id) } else { Slug::new(id) };
    let slug = slug.ok_or_else(taken)?;
    let actors = [kind];
    let rivals = if Kind::ACTORS.contains(&kind) { Kind::ACTORS } else { &actors };
    let is_taken = rivals.iter().any(|kind| work.book().tables.entry(*kind, &slug).is_some());
    if is_taken || (Kind::ACTORS.contains(&kind) && id == CLIENT) {
        return Err(taken());
    }
    Ok(Key::new(kind, slug))
}

/// The id of a section: its statute and its number, `shl:36`.
fn section_id(id: &str) -> Option<Slug> {
    let (_, number) = id.split_once(':')?;
    SectionNumber::parse(&number.replace('-', ":")).and_then(|_| Slug::compound(id))
}

/// The way to a new entity.
fn new_path(work: &mut Work<'_>, key: &Key) -> Option<Vec<Step>> {
    let step = |key: &str| Step::Key(key.to_owned());
    if key.kind != Kind::Section {
        return Some(vec![step(key.kind.as_str()), step(key.id.as_str())]);
    }
    let (statute, number) = key.id.as_str().split_once(':')?;
    let statute = Key::new(Kind::Statute, Slug::new(statute)?);
    let mut path = work.home(Some(&statute)).ok()?.place.path;
    let number = SectionNumber::parse(&number.replace('-', ":"))?;
    path.extend([step(Kind::Section.as_str()), Step::Key(number.to_string())]);
    Some(path)
}

/// The entity behind which one of its kind goes; a section stands behind those of its statute.
fn last_of(work: &mut Work<'_>, key: &Key) -> Option<Key> {
    if key.kind != Kind::Section {
        return work.book().tables.every(key.kind).last().map(AnyEntry::key);
    }
    let (statute, _) = key.id.as_str().split_once(':')?;
    let own = |section: &Key| section.id.as_str().split_once(':').is_some_and(|(own, _)| own == statute);
    let sections = work.book().tables.every(Kind::Section).map(AnyEntry::key);
    let last = sections.filter(own).last();
    last.or_else(|| Some(Key::new(Kind::Statute, Slug::new(statute)?)))
}

fn new_file(kind: Kind) -> Option<SourcePath> {
    SourcePath::new(&format!("{CONTENT}{}.toml", kind.plural()))
}

/// Tells the field of which a value is of the wrong sort.
fn wrong_field(place: &Place, value: &Map<String, Json>) -> Refused {
    let bad = value.iter().find_map(|(key, value)| match place.field(key) {
        Some(field) => canonical(&field.shape, value).is_none().then(|| wrong(&field)),
        None => Some(unknown(key)),
    });
    bad.unwrap_or_else(|| wrong(place))
}

/// The lines of an entity: its pairs, then its rows under headers.
fn block(place: &Place, fields: &Json, langs: &[Lang]) -> String {
    let header: Vec<String> = place.path.iter().filter_map(name).collect();
    let (rows, plain): (Vec<Written>, Vec<Written>) =
        pairs(&place.shape, fields, langs).into_iter().partition(|pair| is_rows(&pair.shape));
    let mut block = format!("[{}]\n{}", keys(&header), lines(&plain, "", langs));
    for list in rows {
        let Shape::List(shape) = &list.shape else { continue };
        let path: Vec<String> = header.iter().chain(&list.keys).cloned().collect();
        for row in list.value.as_array().into_iter().flatten() {
            let row = lines(&pairs(shape, row, langs), "", langs);
            block += &format!("\n[[{}]]\n{row}", keys(&path));
        }
    }
    block
}

fn name(step: &Step) -> Option<String> {
    match step {
        Step::Key(key) => Some(key.clone()),
        Step::Row(_) => None,
    }
}

fn is_rows(shape: &Shape) -> bool {
    matches!(shape, Shape::List(inner) if matches!(**inner, Shape::Record(_)))
}

/// Where the first row of a list under headers goes: behind what is declared before it.
pub(super) fn table_place(layout: &Layout<'_>, list: &Place, own: usize) -> usize {
    let above = &list.path[..list.path.len() - 1];
    let rank = |step: &Step| match step {
        Step::Key(key) => list.ranks(above.len(), std::slice::from_ref(key)),
        Step::Row(_) => None,
    };
    let wanted = list.path.last().and_then(rank);
    let before = |number: &usize| {
        let step = layout.sections[*number].path.get(above.len());
        step.and_then(rank).is_some_and(|rank| Some(&rank) <= wanted.as_ref())
    };
    let last = layout.spot(above).sections.into_iter().filter(before).max();
    layout.section_end(last.unwrap_or(own))
}

/// Moves an entity before another of its kind, or behind the last.
pub(super) fn order(work: &mut Work<'_>, at: &str, before: Option<&str>) -> Result<(), Refused> {
    let key = Address::entity(at).ok_or_else(|| unknown(at))?;
    let other = match before {
        Some(before) => Address::entity(before).ok_or_else(|| unknown(before))?,
        None => last_of(work, &key).ok_or_else(|| unknown(at))?,
    };
    if other == key {
        return Ok(());
    }
    let (own, target) = (work.home(Some(&key))?, work.home(Some(&other))?);
    let block = work.text(&own.file)[extent(work, &own)?].to_owned();
    if own.file == target.file {
        let text = work.text(&own.file);
        let new =
            spliced(&text, vec![cut(&text, extent(work, &own)?), paste(work, &target, &block, before)?]);
        hold::only(&Layout::of(&text), &Layout::of(&new), &[])?;
        work.put(&own.file, new, true);
        return Ok(());
    }
    let (from, to) = (work.text(&own.file), work.text(&target.file));
    let value = Layout::of(&from).json(&own.place.path);
    let without = spliced(&from, vec![cut(&from, extent(work, &own)?)]);
    let with = spliced(&to, vec![paste(work, &target, &block, before)?]);
    for (before, after) in [(&from, &without), (&to, &with)] {
        hold::only(&Layout::of(before), &Layout::of(after), &[&own.place.path])?;
    }
    if Layout::of(&with).json(&own.place.path) != value {
        return Err(layout_refused());
    }
    work.put(&own.file, without, true);
    work.put(&target.file, with, true);
    Ok(())
}

/// The lines of an entity with the comments above; none where others stand among them.
pub(super) fn extent(work: &Work<'_>, home: &Home) -> Result<Range<usize>, Refused> {
    let text = work.text(&home.file);
    let layout = Layout::of(&text);
    let spot = layout.spot(&home.place.path);
    let mut extents = extents(&layout, &spot.sections);
    match extents.pop().filter(|_| extents.is_empty() && spot.pairs.is_empty()) {
        Some(extent) => Ok(extent),
        None => Err(layout_refused()),
    }
}

fn cut(text: &str, lines: Range<usize>) -> Splice {
    Splice::new(around(text, lines), "")
}

fn paste(work: &Work<'_>, target: &Home, block: &str, before: Option<&str>) -> Result<Splice, Refused> {
    let (text, extent) = (work.text(&target.file), extent(work, target)?);
    let block = block.replace("\r\n", "\n");
    let block = format!("{}\n", block.trim_end_matches('\n'));
    if before.is_none() {
        return Ok(behind(&text, extent.end, &block));
    }
    let end = end_of_line(&text, extent.start);
    Ok(Splice::at(extent.start, with_ends(&format!("{block}\n"), end)))
}

/// The source of an entity with its prose.
pub(super) fn source(work: &mut Work<'_>, key: &Key) -> Option<String> {
    let home = work.home(Some(key)).ok()?;
    let mut source = Layout::of(&work.text(&home.file)).source(&home.place.path);
    let prose: Vec<SourcePath> =
        work.book().entry(key)?.prose().iter().map(|(_, prose)| prose.path.clone()).collect();
    for path in prose {
        source += &format!("\n{}", work.text(&path));
    }
    Some(source)
}
