//! What stands at a path of a TOML file, in whatever way it was written: under a header, with dotted
//! keys, in braces or in brackets.

use std::ops::Range;

use serde_json::Value as Json;

use super::layout::{Inner, Layout, Node, Pair, Section, Step};
use super::splice::{comments_above, comments_below, line_end, line_start};
use crate::syntax::toml::Data;

/// Pairs that stand together: below a header, or in braces.
#[derive(Clone, Copy)]
pub(super) struct Body<'l, 't> {
    /// The pairs.
    pub(super) pairs: &'l [Pair<'t>],
    /// The number of the section, or the braces.
    pub(super) kind: BodyKind<'l, 't>,
    /// How many steps of the path lead to it.
    pub(super) depth: usize,
}

/// What holds pairs together.
#[derive(Clone, Copy)]
pub(super) enum BodyKind<'l, 't> {
    /// A header, by its number.
    Section(usize),
    /// Braces.
    Inline(&'l Node<'t>),
}

/// What stands at a path.
#[derive(Default)]
pub(super) struct Spot<'l, 't> {
    /// The value itself, where it is written as one.
    pub(super) value: Option<&'l Node<'t>>,
    /// The brackets in which it is an item, and its number there.
    pub(super) item: Option<(&'l Node<'t>, usize)>,
    /// Pairs at the path or below it, outside headers at or below it.
    pub(super) pairs: Vec<(Body<'l, 't>, usize)>,
    /// Headers at the path or below it.
    pub(super) sections: Vec<usize>,
    /// Where pairs directly below the path could stand, the best first.
    pub(super) bodies: Vec<Body<'l, 't>>,
}

impl<'t> Layout<'t> {
    /// What stands at a path.
    pub(super) fn spot<'l>(&'l self, path: &[Step]) -> Spot<'l, 't> {
        let mut spot = Spot::default();
        for (number, section) in self.sections.iter().enumerate() {
            let depth = section.path.len();
            let kind = BodyKind::Section(number);
            if section.path.starts_with(path) && (number > 0 || path.is_empty()) {
                spot.sections.push(number);
                if depth == path.len() {
                    spot.bodies.push(Body { pairs: &section.pairs, kind, depth });
                }
            } else if path.starts_with(&section.path) {
                spot.walk(path, Body { pairs: &section.pairs, kind, depth });
            }
        }
        spot
    }

    /// The number of rows in a list, and whether it is written as one row without brackets.
    pub(super) fn rows(&self, list: &[Step]) -> Rows {
        let spot = self.spot(list);
        if let Some(node) = spot.value {
            return match &node.inner {
                Inner::Array(items) => Rows::Items(items.len()),
                Inner::Inline(_) => Rows::Single,
                Inner::Scalar => Rows::None,
            };
        }
        let row = |number: &usize| match self.sections[*number].path.get(list.len()) {
            Some(Step::Row(row)) => Some(*row),
            _ => None,
        };
        match spot.sections.iter().filter_map(row).max() {
            Some(last) => Rows::Headers(last + 1),
            None if spot.sections.is_empty() && spot.pairs.is_empty() => Rows::None,
            None => Rows::Single,
        }
    }

    /// The keys that stand directly below a path, in the order of the file.
    pub(super) fn keys_below(&self, path: &[Step]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !keys.iter().any(|own| own == name) {
                keys.push(name.to_owned());
            }
        };
        for section in &self.sections {
            if let (true, Some(Step::Key(key))) =
                (section.path.starts_with(path), section.path.get(path.len()))
            {
                add(key);
            }
        }
        let spot = self.spot(path);
        for body in &spot.bodies {
            for pair in body.pairs {
                let way = pair.keys.iter().map(|key| &*key.name);
                let above = path[body.depth.min(path.len())..].iter();
                let (own, above): (Vec<&str>, Vec<&Step>) = (way.collect(), above.collect());
                let fits = own.iter().zip(&above).all(|(key, step)| is(step, key));
                if let (true, Some(key)) = (fits, own.get(above.len())) {
                    add(key);
                }
            }
        }
        keys
    }

    /// The text of what stands at a path, by which it is known; empty where there is nothing.
    pub(super) fn source(&self, path: &[Step]) -> String {
        let spot = self.spot(path);
        let part = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        if let Some(value) = spot.value {
            return part(value.span.clone()).to_owned();
        }
        let mut parts: Vec<&str> = Vec::new();
        parts.extend(spot.pairs.iter().map(|(body, at)| part(body.pairs[*at].span())));
        for section in spot.sections.iter().filter_map(|number| self.sections.get(*number)) {
            parts.push(part(section.header.clone()));
            parts.extend(section.pairs.iter().map(|pair| part(pair.span())));
        }
        parts.join("\n")
    }

    /// What stands at a path as JSON: days as text, tables as objects.
    pub(super) fn json(&self, path: &[Step]) -> Json {
        let spot = self.spot(path);
        if let Some(value) = spot.value {
            return json_of(&self.read(value));
        }
        let mut json = Json::Null;
        for (body, at) in &spot.pairs {
            let pair = &body.pairs[*at];
            let own = body.depth + pair.keys.len();
            let rest = pair.keys.iter().skip(pair.keys.len().saturating_sub(own - path.len()));
            let way: Vec<Step> = rest.map(|key| Step::Key(key.name.to_string())).collect();
            put(&mut json, &way, json_of(&self.read(&pair.value)));
        }
        for section in spot.sections.iter().filter_map(|number| self.sections.get(*number)) {
            let way = &section.path[path.len()..];
            put(&mut json, way, Json::Object(serde_json::Map::new()));
            for pair in &section.pairs {
                let keys = pair.keys.iter().map(|key| Step::Key(key.name.to_string()));
                let way: Vec<Step> = way.iter().cloned().chain(keys).collect();
                put(&mut json, &way, json_of(&self.read(&pair.value)));
            }
        }
        json
    }

    /// The lines of a section with the comments that belong to it: those directly above its header, and
    /// directly below its last pair.
    pub(super) fn block(&self, number: usize) -> Range<usize> {
        let Some(section) = self.sections.get(number) else { return 0..0 };
        let above = number.checked_sub(1).map_or(0, |before| self.body_end(before));
        let start = comments_above(self.text, line_start(self.text, section.header.start), above);
        start..self.section_end(number)
    }

    /// The byte behind the lines of a section, with the comments directly below.
    pub(super) fn section_end(&self, number: usize) -> usize {
        let body = self.body_end(number);
        let next = self.sections.get(number + 1).map_or(self.text.len(), |next| {
            comments_above(self.text, line_start(self.text, next.header.start), body)
        });
        comments_below(self.text, body, next)
    }

    /// The byte behind the line of a section's last pair, or of its header.
    pub(super) fn body_end(&self, number: usize) -> usize {
        let Some(section) = self.sections.get(number) else { return 0 };
        let last = section.pairs.last().map_or(section.header.end, |pair| pair.value.span.end);
        if last == 0 { 0 } else { line_end(self.text, last) }
    }

    /// A section.
    pub(super) fn section(&self, number: usize) -> Option<&Section<'t>> {
        self.sections.get(number)
    }
}

/// How the rows of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// There are none.
    None,
    /// One, without brackets.
    Single,
    /// So many under headers.
    Headers(usize),
    /// So many in brackets.
    Items(usize),
}

impl<'l, 't> Spot<'l, 't> {
    /// Whether nothing stands there.
    pub(super) fn is_empty(&self) -> bool {
        self.value.is_none() && self.pairs.is_empty() && self.sections.is_empty()
    }

    /// Looks through pairs that may be on the way.
    fn walk(&mut self, path: &[Step], body: Body<'l, 't>) {
        let mut holds = false;
        for (at, pair) in body.pairs.iter().enumerate() {
            let rest = &path[body.depth..];
            let shared = pair.keys.iter().zip(rest).take_while(|(key, step)| is(step, &key.name)).count();
            if shared == rest.len() {
                self.pairs.push((body, at));
                holds |= pair.keys.len() > rest.len();
                if pair.keys.len() == rest.len() {
                    self.found(&pair.value, path.len());
                }
            } else if shared == pair.keys.len() {
                self.into(&pair.value, path, body.depth + shared);
            }
        }
        if holds {
            self.bodies.push(body);
        }
    }

    /// Goes on into a value.
    fn into(&mut self, node: &'l Node<'t>, path: &[Step], depth: usize) {
        match (&node.inner, &path[depth..]) {
            (Inner::Array(items), [Step::Row(row), rest @ ..]) => {
                let Some(item) = items.get(*row) else { return };
                if rest.is_empty() {
                    self.item = Some((node, *row));
                    self.found(item, path.len());
                } else {
                    self.into(item, path, depth + 1);
                }
            }
            (Inner::Inline(pairs), [Step::Key(_), ..]) => {
                self.walk(path, Body { pairs, kind: BodyKind::Inline(node), depth });
            }
            _ => {}
        }
    }

    fn found(&mut self, node: &'l Node<'t>, depth: usize) {
        self.value = Some(node);
        if let Inner::Inline(pairs) = &node.inner {
            self.bodies.insert(0, Body { pairs, kind: BodyKind::Inline(node), depth });
        }
    }
}

fn is(step: &Step, name: &str) -> bool {
    matches!(step, Step::Key(key) if key == name)
}

/// Puts a value into a tree at the end of a way.
fn put(tree: &mut Json, way: &[Step], value: Json) {
    match way {
        [] if tree.is_null() || !value.is_object() => *tree = value,
        [] => {}
        [Step::Key(key), rest @ ..] => {
            if !tree.is_object() {
                *tree = Json::Object(serde_json::Map::new());
            }
            if let Json::Object(map) = tree {
                put(map.entry(key.clone()).or_insert(Json::Null), rest, value);
            }
        }
        [Step::Row(row), rest @ ..] => {
            if !tree.is_array() {
                *tree = Json::Array(Vec::new());
            }
            if let Json::Array(items) = tree {
                while items.len() <= *row {
                    items.push(Json::Null);
                }
                put(&mut items[*row], rest, value);
            }
        }
    }
}

/// A value as JSON.
pub(super) fn json_of(data: &Data) -> Json {
    match data {
        Data::Text(text) => Json::from(&**text),
        Data::Integer(number) => Json::from(*number),
        Data::Float(number) => Json::from(*number),
        Data::Bool(truth) => Json::from(*truth),
        Data::Date(date) => Json::from(date.to_string()),
        Data::Time => Json::Null,
        Data::Array(items) => items.iter().map(|item| json_of(&item.data)).collect(),
        Data::Table(table) => {
            let pairs = table.iter().map(|(key, value)| (key.name.to_string(), json_of(&value.data)));
            Json::Object(pairs.collect())
        }
    }
}
