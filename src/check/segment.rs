//! Segments: ages without holes and overlaps, and parts that come to their whole.

use std::collections::BTreeSet;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::check::Facts;
use crate::check::names::{called, few, first_called};
use crate::check::pairs::gathered;
use crate::model::book::Handbook;
use crate::model::breakdown::{Count, Node, breakdown, segmentation_of};
use crate::model::measure::Range;
use crate::model::segment::Segment;
use crate::model::table::{AnyEntry, Entry};
use crate::syntax::slug::Slug;

crate::codes! { "segment.toml":
    AGES_OVERLAP = "ages-overlap",
    AGES_GAP = "ages-gap",
    AGES_OUTSIDE = "ages-outside",
    PARTS_SUM = "parts-sum",
    UNCLEAR_SIZE = "unclear-size",
    SEGMENT_IN_CIRCLE = "segment-in-circle",
    PART_ELSEWHERE = "part-elsewhere",
}

/// Ages lie side by side: among the segments that are parts of nothing, and among the parts of each.
pub(super) fn ages(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for segmentation in facts.book.tables.segmentations.iter() {
        if is_torn(facts.book, segmentation.id()) {
            continue;
        }
        let forest = breakdown(facts.book, segmentation.id());
        let whole = segmentation.data.ages;
        siblings(facts.book, &forest, (whole, segmentation), diags);
        for (_, node) in forest.iter().flat_map(|root| root.all(0)) {
            siblings(facts.book, &node.parts, (node.segment.data.age, node.segment), diags);
        }
    }
}

/// Whether a segment is said to be a part of one that there is not: that is told, and what seems too little or
/// too much without it may only follow from it.
fn is_torn(book: &Handbook, segmentation: &Slug) -> bool {
    let segments = book.tables.segments.iter();
    let mut own = segments.filter(|segment| segmentation_of(segment) == Some(segmentation));
    own.any(|segment| {
        segment.data.parent.as_ref().is_some_and(|parent| book.tables.segments.at(parent).is_none())
    })
}

type Aged<'b> = (Range, &'b Entry<Segment>);

/// Holds the ages of segments against each other and against those of what they are parts of.
fn siblings(
    book: &Handbook,
    nodes: &[Node<'_>],
    (whole, of): (Option<Range>, &dyn AnyEntry),
    diags: &mut Diagnostics,
) {
    let counted = nodes.iter().map(|node| node.segment).filter(|segment| !segment.data.outside_sum);
    let counted: Vec<&Entry<Segment>> = counted.collect();
    let mut aged: Vec<Aged<'_>> =
        counted.iter().filter_map(|segment| Some((segment.data.age?, *segment))).collect();
    aged.sort_by_key(|(age, _)| (age.from, age.to.unwrap_or(u32::MAX)));
    diags.extend(overlaps(book, &aged));
    diags.extend(outside(book, &aged, whole));
    // Where a segment tells no ages, or tells them unreadably, it may be the one that fills a hole.
    if aged.len() == counted.len() && !aged.is_empty() && !counted.iter().any(|segment| segment.is_faulty()) {
        let gaps = gaps(&aged, whole);
        let place = aged.first().map_or(of.span(), |(age, _)| age.span);
        let finding =
            |gap: String| Diagnostic::at(AGES_GAP, place).with("ages", gap).with("of", called(book, of));
        diags.extend(gaps.into_iter().map(finding));
    }
}

/// Each against the one before it that reaches furthest.
fn overlaps(book: &Handbook, aged: &[Aged<'_>]) -> Vec<Diagnostic> {
    let last = |at: usize| aged[at].0.to.unwrap_or(u32::MAX);
    let (mut pairs, mut furthest) = (Vec::new(), None);
    for second in 0..aged.len() {
        pairs.extend(
            furthest.filter(|first: &usize| aged[*first].0.overlaps(&aged[second].0)).map(|at| (at, second)),
        );
        furthest = furthest.filter(|first| last(*first) >= last(second)).or(Some(second));
    }
    let gathered = gathered(pairs).into_iter();
    gathered
        .map(|(at, others)| {
            let others: Vec<&Aged<'_>> = others.iter().map(|other| &aged[*other]).collect();
            overlap(book, &aged[at], &others)
        })
        .collect()
}

fn overlap(book: &Handbook, (age, segment): &Aged<'_>, others: &[&Aged<'_>]) -> Diagnostic {
    let both = |other: &Range| told(age.from.max(other.from), age.to.into_iter().chain(other.to).min());
    let ages = few(others.iter().map(|(other, _)| both(other)));
    let finding = Diagnostic::at(AGES_OVERLAP, age.span).also(others.first().map(|(other, _)| other.span));
    let names = first_called(book, others.iter().map(|(_, other)| *other as &dyn AnyEntry));
    finding.with("ages", ages).with("segment", called(book, *segment)).with("others", names)
}

/// Ages of segments that the whole does not have.
fn outside(book: &Handbook, aged: &[Aged<'_>], whole: Option<Range>) -> Vec<Diagnostic> {
    let Some(whole) = whole else { return Vec::new() };
    let beyond =
        |age: &Range| age.from < whole.from || whole.to.is_some_and(|last| age.to.is_none_or(|to| to > last));
    let finding = |(age, segment): &Aged<'_>| {
        let finding = Diagnostic::at(AGES_OUTSIDE, age.span).also(Some(whole.span));
        let finding = finding.with("ages", told(age.from, age.to)).with("whole", told(whole.from, whole.to));
        finding.with("segment", called(book, *segment))
    };
    aged.iter().filter(|(age, _)| beyond(age)).map(finding).collect()
}

/// The ages that none of the segments has, of those that they should have between them.
fn gaps(aged: &[Aged<'_>], whole: Option<Range>) -> Vec<String> {
    let mut gaps = Vec::new();
    let mut next =
        Some(whole.map_or_else(|| aged.first().map_or(0, |(age, _)| age.from), |whole| whole.from));
    for (age, _) in aged {
        let Some(from) = next else { break };
        if age.from > from {
            gaps.push(told(from, Some(age.from - 1)));
        }
        next = age.to.map(|to| from.max(to.saturating_add(1)));
    }
    let end = whole.map(|whole| whole.to);
    match (next, end) {
        (Some(from), Some(None)) => gaps.push(told(from, None)),
        (Some(from), Some(Some(last))) if from <= last => gaps.push(told(from, Some(last))),
        _ => {}
    }
    gaps
}

fn told(from: u32, to: Option<u32>) -> String {
    match to {
        Some(to) if to == from => to.to_string(),
        Some(to) => format!("{from}–{to}"),
        None => format!("{from}–"),
    }
}

/// The parts of a segment come to its size, as far as rounded numbers can tell.
pub(super) fn sums(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for segmentation in facts.book.tables.segmentations.iter() {
        if is_torn(facts.book, segmentation.id()) {
            continue;
        }
        let forest = breakdown(facts.book, segmentation.id());
        for (_, node) in forest.iter().flat_map(|root| root.all(0)) {
            diags.extend(wrong_sum(facts.book, node));
        }
    }
}

fn wrong_sum(book: &Handbook, node: &Node<'_>) -> Option<Diagnostic> {
    let (sum, whole) = (node.sum()?, Count::of(node.segment.data.size.as_ref()?)?);
    if sum.fits(whole) || node.parts.iter().any(|part| part.segment.is_faulty()) {
        return None;
    }
    let place = node.segment.data.size.as_ref().map_or(node.segment.span, |size| size.id.span);
    let finding = Diagnostic::at(PARTS_SUM, place).with("segment", called(book, node.segment));
    Some(finding.with("parts", number(sum.count)).with("whole", number(whole)))
}

fn number(count: Count) -> String {
    match count.to {
        Some(to) if to == count.from => to.to_string(),
        Some(to) => format!("{}–{to}", count.from),
        None => format!("{}–", count.from),
    }
}

/// A size is a number or a range, not both and not neither.
pub(super) fn sizes(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for segment in facts.book.tables.segments.iter().filter(|segment| !segment.is_faulty()) {
        let Some(size) = &segment.data.size else { continue };
        if size.value.is_some() == size.range.is_some() {
            let finding = Diagnostic::at(UNCLEAR_SIZE, size.id.span);
            diags.push(finding.with("segment", called(facts.book, segment)));
        }
    }
}

/// What a segment is a part of stands in the same segmentation, and is no part of it in turn.
pub(super) fn parents(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let mut told = BTreeSet::new();
    for segment in facts.book.tables.segments.iter() {
        let Some(reference) = &segment.data.parent else { continue };
        let Some(parent) = facts.book.tables.segments.at(reference) else { continue };
        let circle = upwards(facts.book, segment);
        if circle
            .last()
            .and_then(|last| above(facts.book, last))
            .is_some_and(|next| next.id() == segment.id())
        {
            if circle.iter().all(|other| told.insert(other.id())) {
                let finding = Diagnostic::at(SEGMENT_IN_CIRCLE, reference.span);
                diags.push(finding.with("segment", called(facts.book, segment)));
            }
        } else if segmentation_of(parent)
            .zip(segmentation_of(segment))
            .is_some_and(|(one, other)| one != other)
        {
            let finding = Diagnostic::at(PART_ELSEWHERE, reference.span).also(Some(parent.span));
            let finding = finding.with("segment", called(facts.book, segment));
            diags.push(finding.with("parent", called(facts.book, parent)));
        }
    }
}

fn above<'b>(book: &'b Handbook, segment: &Entry<Segment>) -> Option<&'b Entry<Segment>> {
    book.tables.segments.shown(segment.data.parent.as_ref()?.id()?)
}

/// A segment and what it is a part of, from the inside out; each once.
fn upwards<'b>(book: &'b Handbook, segment: &'b Entry<Segment>) -> Vec<&'b Entry<Segment>> {
    let mut seen: BTreeSet<&Slug> = BTreeSet::new();
    let chain = std::iter::successors(Some(segment), |segment| above(book, segment));
    chain.take_while(|segment| seen.insert(segment.id())).collect()
}
