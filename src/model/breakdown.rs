//! The segments of a segmentation as a tree: what is a part of what, and how many people each is. Knows sums, not
//! what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::book::Handbook;
use crate::model::segment::{Segment, Size};
use crate::model::table::{Entry, Ref};
use crate::syntax::slug::Slug;

/// So many levels are looked at; what lies deeper begins anew.
const LEVELS: usize = 50;

/// A segment and its parts.
#[derive(Debug)]
pub struct Node<'b> {
    /// The segment.
    pub segment: &'b Entry<Segment>,
    /// What it is divided into.
    pub parts: Vec<Node<'b>>,
}

/// The segments of a segmentation, each under the larger one it is a part of. Each stands there once, also where
/// segments are parts of each other in a circle.
pub fn breakdown<'b>(book: &'b Handbook, segmentation: &Slug) -> Vec<Node<'b>> {
    let own: Vec<&Entry<Segment>> = segments(book, segmentation).collect();
    let mut parts: BTreeMap<&Slug, Vec<&Entry<Segment>>> = BTreeMap::new();
    for part in &own {
        if let Some(whole) = parent(book, part) {
            parts.entry(whole.id()).or_default().push(part);
        }
    }
    let mut taken = BTreeSet::new();
    let whole = |segment: &&&Entry<Segment>| parent(book, segment).is_none();
    let first = own.iter().filter(whole).chain(&own);
    first.filter_map(|segment| grow(segment, &parts, &mut taken, LEVELS)).collect()
}

/// A segment with its own parts, and nothing below them.
pub fn with_parts<'b>(book: &'b Handbook, segment: &'b Entry<Segment>) -> Node<'b> {
    let is_part = |part: &&Entry<Segment>| parent(book, part).is_some_and(|whole| whole.id() == segment.id());
    let parts = book.tables.segments.iter().filter(is_part);
    Node { segment, parts: parts.map(|segment| Node { segment, parts: Vec::new() }).collect() }
}

/// The segments of a segmentation that are shown, as written.
pub fn segments<'b>(book: &'b Handbook, of: &Slug) -> impl Iterator<Item = &'b Entry<Segment>> {
    book.tables.segments.iter().filter(move |segment| segmentation_of(segment) == Some(of))
}

/// The segmentation to which a segment says it belongs.
pub fn segmentation_of(segment: &Entry<Segment>) -> Option<&Slug> {
    segment.data.segmentation.as_ref().and_then(Ref::id)
}

/// The larger segment that a segment is a part of, where both are shown in one segmentation.
pub fn parent<'b>(book: &'b Handbook, segment: &Entry<Segment>) -> Option<&'b Entry<Segment>> {
    let parent = book.tables.segments.shown(segment.data.parent.as_ref()?.id()?)?;
    (segmentation_of(parent) == segmentation_of(segment) && parent.id() != segment.id()).then_some(parent)
}

fn grow<'b>(
    segment: &'b Entry<Segment>,
    all: &BTreeMap<&Slug, Vec<&'b Entry<Segment>>>,
    taken: &mut BTreeSet<&'b Slug>,
    levels: usize,
) -> Option<Node<'b>> {
    if levels == 0 || !taken.insert(segment.id()) {
        return None;
    }
    let parts = all.get(segment.id()).into_iter().flatten();
    let parts = parts.filter_map(|part| grow(part, all, taken, levels - 1)).collect();
    Some(Node { segment, parts })
}

impl<'b> Node<'b> {
    /// The segment and everything below it, each with its level.
    pub fn all(&self, level: usize) -> Vec<(usize, &Node<'b>)> {
        let below = self.parts.iter().flat_map(|part| part.all(level + 1));
        std::iter::once((level, self)).chain(below).collect()
    }

    /// What its parts come to; `None` where none of them tells its size.
    pub fn sum(&self) -> Option<Sum> {
        let counted = |part: &&Node<'_>| !part.segment.data.outside_sum;
        let parts: Vec<Option<Count>> = self
            .parts
            .iter()
            .filter(counted)
            .map(|part| Count::of(part.segment.data.size.as_ref()?))
            .collect();
        let known: Vec<Count> = parts.iter().flatten().copied().collect();
        let count = known.iter().copied().reduce(Count::and)?;
        Some(Sum { count, whole: known.len() == parts.len() })
    }
}

/// What the parts of a segment come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: Count,
    /// Whether every part tells its size.
    pub whole: bool,
}

impl Sum {
    /// Whether it can be the size of the whole. Where a part does not tell its size, the others may come to less.
    pub fn fits(&self, whole: Count) -> bool {
        let too_many = whole.most.is_some_and(|most| self.count.least > most);
        let too_few = self.count.most.is_some_and(|most| most < whole.least);
        !(too_many || too_few && self.whole)
    }
}

/// A number of people as it was told, and within which limits it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// From how many.
    pub from: u64,
    /// To how many; none where there is no end.
    pub to: Option<u64>,
    /// Whether it is rounded.
    pub about: bool,
    /// As few as it may be, if it was rounded.
    pub least: u64,
    /// As many as it may be, if it was rounded.
    pub most: Option<u64>,
}

impl Count {
    /// Reads a size; `None` where it tells no number.
    pub fn of(size: &Size) -> Option<Count> {
        let (from, to) = match (size.value, size.range) {
            (Some(value), _) => (value, Some(value)),
            (None, Some(range)) => (range.from, range.to),
            (None, None) => return None,
        };
        let (from, to) = (u64::from(from), to.map(u64::from));
        let slack = |number: u64| if size.about { slack(number) } else { 0 };
        let (least, most) = (from.saturating_sub(slack(from)), to.map(|to| to + slack(to)));
        Some(Count { from, to, about: size.about, least, most })
    }

    /// Both together.
    fn and(self, other: Count) -> Count {
        let both = |one: Option<u64>, other: Option<u64>| Some(one? + other?);
        Count {
            from: self.from + other.from,
            to: both(self.to, other.to),
            about: self.about || other.about,
            least: self.least + other.least,
            most: both(self.most, other.most),
        }
    }

    /// One number for it, for comparing lengths.
    pub fn middle(&self) -> f64 {
        let to = self.to.unwrap_or(self.from);
        (self.from + to) as f64 / 2.0
    }
}

/// By how much a rounded number may be wrong: half the step it was rounded to (70 to tens, 65 to fives), and at
/// least one in twenty and one person, because nobody rounds the same way.
fn slack(number: u64) -> u64 {
    if number == 0 {
        return 0;
    }
    let steps = [10_000, 5_000, 1_000, 500, 100, 50, 10, 5];
    let step = steps.into_iter().find(|step| number.is_multiple_of(*step)).unwrap_or(1);
    (step / 2).max(number / 20).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_number_may_be_a_little_more_or_less() {
        assert_eq!([0, 7, 17, 35, 70, 110, 300, 1200].map(slack), [0, 1, 1, 2, 5, 5, 50, 60]);
    }
}
