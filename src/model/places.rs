//! Which areas lie within which, and which teams work there.

use std::collections::BTreeSet;

use crate::model::area::{Area, PostalCodes};
use crate::model::book::Handbook;
use crate::model::table::{Entry, Ref};
use crate::model::team::Team;
use crate::syntax::slug::Slug;

/// The larger area that an area says it lies within, where it is shown.
pub fn within<'b>(book: &'b Handbook, area: &Entry<Area>) -> Option<&'b Entry<Area>> {
    book.tables.areas.shown(area.data.within.as_ref()?.id()?)
}

/// An area and the larger ones around it, from the inside out; each once, also where they lie in a circle.
pub fn around<'b>(book: &'b Handbook, area: &'b Entry<Area>) -> Vec<&'b Entry<Area>> {
    let mut seen = BTreeSet::new();
    std::iter::successors(Some(area), |area| within(book, area))
        .take_while(|area| seen.insert(area.id()))
        .collect()
}

/// The areas that lie directly within an area.
pub fn parts<'b>(book: &'b Handbook, area: &'b Slug) -> impl Iterator<Item = &'b Entry<Area>> {
    let inside = move |part: &&Entry<Area>| {
        part.id() != area && part.data.within.as_ref().and_then(Ref::id) == Some(area)
    };
    book.tables.areas.iter().filter(inside)
}

/// The teams that work in an area: its own, then those of the larger ones around it, each with the area it names.
pub fn teams<'b>(book: &'b Handbook, area: &'b Entry<Area>) -> Vec<(&'b Entry<Team>, &'b Entry<Area>)> {
    let mut seen = BTreeSet::new();
    let around = around(book, area).into_iter();
    let named = around.flat_map(|area| team_of(book, area.id()).map(move |team| (team, area)));
    named.filter(|(team, _)| seen.insert(team.id())).collect()
}

/// The teams that name an area.
pub fn team_of<'b>(book: &'b Handbook, area: &'b Slug) -> impl Iterator<Item = &'b Entry<Team>> {
    book.tables.teams.iter().filter(move |team| team.data.area.iter().any(|own| own.id() == Some(area)))
}

/// The readable postal codes of an area, as spans.
pub fn spans(area: &Area) -> Vec<Codes> {
    area.postal_codes.iter().filter_map(PostalCodes::ends).collect()
}

/// The readable postal codes of an area in order, those that overlap put together.
pub fn merged(area: &Area) -> Vec<Codes> {
    in_order(spans(area))
}

/// Spans in order, those that overlap put together.
fn in_order(mut spans: Vec<Codes>) -> Vec<Codes> {
    spans.sort_unstable();
    let mut merged: Vec<Codes> = Vec::new();
    for (first, last) in spans {
        match merged.last_mut() {
            Some(open) if first <= open.1 => open.1 = open.1.max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// The codes of an area that none of its parts has; all of them where it has no parts with codes.
pub fn left_over(book: &Handbook, area: &Entry<Area>) -> Vec<Codes> {
    // In a circle nothing is a part: that is told by itself, and everybody is still found.
    let around: Vec<&Slug> = around(book, area).into_iter().map(Entry::id).collect();
    let parts = parts(book, area.id()).filter(|part| !around.contains(&part.id()));
    let taken = in_order(parts.flat_map(|part| spans(&part.data)).collect());
    without(&merged(&area.data), &taken)
}

/// Postal codes from one to another, both included.
pub type Codes = (u32, u32);

/// The codes that two spans share.
pub fn shared(one: Codes, other: Codes) -> Option<Codes> {
    let (first, last) = (one.0.max(other.0), one.1.min(other.1));
    (first <= last).then_some((first, last))
}

/// Whether two lists share a code; both in order.
pub fn meet(one: &[Codes], other: &[Codes]) -> bool {
    let (mut at, mut behind) = (0, 0);
    while let (Some(own), Some(foreign)) = (one.get(at), other.get(behind)) {
        if shared(*own, *foreign).is_some() {
            return true;
        }
        if own.1 < foreign.0 { at += 1 } else { behind += 1 }
    }
    false
}

/// Codes without those that are taken; both in order.
pub fn without(codes: &[Codes], taken: &[Codes]) -> Vec<Codes> {
    let (mut left, mut done) = (Vec::new(), 0);
    for (first, last) in codes {
        done += taken[done..].iter().take_while(|taken| taken.1 < *first).count();
        let mut open = *first;
        for (from, to) in taken[done..].iter().take_while(|taken| taken.0 <= *last) {
            if open < *from {
                left.push((open, from - 1));
            }
            open = to + 1;
        }
        if open <= *last {
            left.push((open, *last));
        }
    }
    left
}

/// A span as it is written: five digits, or five and five.
pub fn written((first, last): Codes) -> String {
    if first == last { format!("{first:05}") } else { format!("{first:05}–{last:05}") }
}

#[cfg(test)]
mod tests {
    use super::{in_order, meet, without};

    #[test]
    fn codes_are_taken_out_of_a_span() {
        let left = |taken| without(&[(10, 20)], &[taken]);
        assert_eq!(left((0, 9)), [(10, 20)]);
        assert_eq!(left((0, 12)), [(13, 20)]);
        assert_eq!(left((12, 14)), [(10, 11), (15, 20)]);
        assert_eq!(left((20, 30)), [(10, 19)]);
        assert_eq!(left((0, 99)), []);
        assert_eq!(
            without(&[(0, 9), (12, 30)], &[(3, 4), (8, 13), (15, 15), (30, 40)]),
            [(0, 2), (5, 7), (14, 14), (16, 29)]
        );
    }

    #[test]
    fn codes_are_put_in_order_and_held_against_each_other() {
        assert_eq!(in_order(vec![(5, 9), (0, 1), (8, 12), (2, 2)]), [(0, 1), (2, 2), (5, 12)]);
        assert!(meet(&[(0, 1), (5, 6)], &[(2, 3), (6, 9)]));
        assert!(!meet(&[(0, 1), (5, 6)], &[(2, 4), (7, 9)]));
    }
}
