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

/// The codes of an area that none of its parts has; all of them where it has no parts with codes.
pub fn left_over(book: &Handbook, area: &Entry<Area>) -> Vec<Codes> {
    // In a circle nothing is a part: that is told by itself, and everybody is still found.
    let around: Vec<&Slug> = around(book, area).into_iter().map(Entry::id).collect();
    let parts = parts(book, area.id()).filter(|part| !around.contains(&part.id()));
    let parts = parts.flat_map(|part| spans(&part.data));
    parts.fold(spans(&area.data), |left, part| {
        left.into_iter().flat_map(|codes| without(codes, part)).collect()
    })
}

/// Postal codes from one to another, both included.
pub type Codes = (u32, u32);

/// The codes that two spans share.
pub fn shared(one: Codes, other: Codes) -> Option<Codes> {
    let (first, last) = (one.0.max(other.0), one.1.min(other.1));
    (first <= last).then_some((first, last))
}

/// A span without the codes of another.
pub fn without(codes: Codes, taken: Codes) -> Vec<Codes> {
    let Some((first, last)) = shared(codes, taken) else { return vec![codes] };
    let before = (codes.0 < first).then(|| (codes.0, first - 1));
    let behind = (last < codes.1).then(|| (last + 1, codes.1));
    before.into_iter().chain(behind).collect()
}

/// A span as it is written: five digits, or five and five.
pub fn written((first, last): Codes) -> String {
    if first == last { format!("{first:05}") } else { format!("{first:05}–{last:05}") }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn codes_are_taken_out_of_a_span() {
        let left = |taken| without((10, 20), taken);
        assert_eq!(left((0, 9)), [(10, 20)]);
        assert_eq!(left((0, 12)), [(13, 20)]);
        assert_eq!(left((12, 14)), [(10, 11), (15, 20)]);
        assert_eq!(left((20, 30)), [(10, 19)]);
        assert_eq!(left((0, 99)), []);
    }
}
