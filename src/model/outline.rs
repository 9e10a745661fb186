//! Which headings of two languages of one text are twins. Where both have the same outline it is those in the
//! same places; else sections are laid side by side so that as many as possible have a twin, and those that
//! are most alike.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::prose::Prose;
use crate::syntax::markdown::Heading;
use crate::syntax::shape::Shape;
use crate::syntax::slug::Slug;

/// A heading as it is compared.
#[derive(Debug, Clone, Copy, Default)]
struct Head<'p> {
    level: u8,
    /// What it opens: a cell of a role, a field of Innokylä.
    named: Option<&'p Slug>,
    /// The anchor that its author gave it.
    id: Option<&'p Slug>,
    /// The shape of its section, where it is an outermost one.
    shape: Option<&'p Shape>,
}

/// For each heading of a text the place of its twin among those of another.
pub(super) fn twins(own: &Prose, other: &Prose) -> Vec<Option<usize>> {
    let levels =
        |prose: &Prose| prose.doc.headings().map(|(_, heading, _)| heading.level).collect::<Vec<_>>();
    let own_levels = levels(own);
    if own_levels == levels(other) {
        (0..own_levels.len()).map(Some).collect()
    } else {
        paired(&heads(own), &heads(other))
    }
}

fn heads(prose: &Prose) -> Vec<Head<'_>> {
    let shapes = prose.doc.sections.iter().filter_map(|section| Some((section.heading?, &section.shape)));
    let shapes: BTreeMap<usize, &Shape> = shapes.collect();
    let head = |(at, heading, _)| {
        let heading: &Heading = heading;
        Head {
            level: heading.level,
            named: prose.named.get(&at),
            id: heading.id.as_ref(),
            shape: shapes.get(&at).copied(),
        }
    };
    prose.doc.headings().map(head).collect()
}

/// Sections with their twins, and the sections inside these with theirs.
fn paired(own: &[Head<'_>], other: &[Head<'_>]) -> Vec<Option<usize>> {
    let mut twins = vec![None; own.len()];
    let mut open = vec![(0..own.len(), 0..other.len(), 2)];
    while let Some((mine, theirs, level)) = open.pop() {
        let (sections, others) = (sections(own, mine, level), sections(other, theirs, level));
        for (section, twin) in aligned(own, other, &sections, &others) {
            let is_headed = [own[section.start], other[twin.start]].map(|head| head.level <= level);
            if is_headed == [true, true] {
                twins[section.start] = Some(twin.start);
            }
            let [inner, inner_twin] = [(section, is_headed[0]), (twin, is_headed[1])]
                .map(|(range, headed)| range.start + usize::from(headed)..range.end);
            if level < DEEPEST && !inner.is_empty() && !inner_twin.is_empty() {
                open.push((inner, inner_twin, level + 1));
            }
        }
    }
    twins
}

/// The deepest level of headings.
const DEEPEST: u8 = 6;

/// Headings in runs, each beginning at a heading of a level or above; the first run may have none.
fn sections(heads: &[Head<'_>], within: Range<usize>, level: u8) -> Vec<Range<usize>> {
    let tops = within.clone().filter(|at| *at == within.start || heads[*at].level <= level);
    let tops: Vec<usize> = tops.collect();
    let ends = tops.iter().skip(1).copied().chain([within.end]);
    tops.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

type Pair = (Range<usize>, Range<usize>);

/// So many pairs of sections are weighed against each other at most: every pair takes its share of time and memory.
const MOST_PAIRS: usize = 1_000_000;

/// The sections that are each other's twins.
fn aligned(
    own: &[Head<'_>],
    other: &[Head<'_>],
    mine: &[Range<usize>],
    theirs: &[Range<usize>],
) -> Vec<Pair> {
    if mine.len().saturating_mul(theirs.len()) > MOST_PAIRS {
        same_names(own, other, mine, theirs)
    } else {
        most_alike(own, other, mine, theirs)
    }
}

/// The sections that open the same thing or have the same anchor: what can be told of very many sections.
fn same_names(
    own: &[Head<'_>],
    other: &[Head<'_>],
    mine: &[Range<usize>],
    theirs: &[Range<usize>],
) -> Vec<Pair> {
    let name = |head: &Head<'_>| head.named.or(head.id).map(|name| (head.named.is_some(), name.clone()));
    // From the last, so that the first of several of one name is the one that is found.
    let named = theirs.iter().rev().filter_map(|twin| Some((name(&other[twin.start])?, twin)));
    let mut named: BTreeMap<(bool, Slug), &Range<usize>> = named.collect();
    let twin =
        |section: &Range<usize>| Some((section.clone(), named.remove(&name(&own[section.start])?)?.clone()));
    mine.iter().filter_map(twin).collect()
}

/// The sections laid side by side, in order, so that their likeness is the greatest.
fn most_alike(
    own: &[Head<'_>],
    other: &[Head<'_>],
    mine: &[Range<usize>],
    theirs: &[Range<usize>],
) -> Vec<Pair> {
    let likeness = |a: &Range<usize>, b: &Range<usize>| likeness(&own[a.clone()], &other[b.clone()]);
    // The best that can be had of what follows each pair of places.
    let mut best = vec![vec![0_u32; theirs.len() + 1]; mine.len() + 1];
    for a in (0..mine.len()).rev() {
        for b in (0..theirs.len()).rev() {
            let both = likeness(&mine[a], &theirs[b]).map_or(0, |own| own + best[a + 1][b + 1]);
            best[a][b] = both.max(best[a + 1][b]).max(best[a][b + 1]);
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < mine.len() && b < theirs.len() {
        let both = likeness(&mine[a], &theirs[b]).map(|own| own + best[a + 1][b + 1]);
        if both == Some(best[a][b]) {
            pairs.push((mine[a].clone(), theirs[b].clone()));
            (a, b) = (a + 1, b + 1);
        } else if best[a + 1][b] == best[a][b] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// How likely two sections are twins; `None` where they cannot be. Two pairs weigh more than one that is only
/// more alike (20 + 20 against 32), and a name or anchor that both have more than three such pairs (120 against 96).
fn likeness(own: &[Head<'_>], other: &[Head<'_>]) -> Option<u32> {
    let (one, two) = (own.first()?, other.first()?);
    let agree = |one: Option<&Slug>, two: Option<&Slug>| Some(one? == two?);
    let named = agree(one.named, two.named);
    if named == Some(false) {
        return None;
    }
    let known = match named.or(agree(one.id, two.id)) {
        Some(true) => 100,
        Some(false) => 0,
        None => 5,
    };
    let levels = own.iter().map(|head| head.level).eq(other.iter().map(|head| head.level));
    let shapes = one.shape.zip(two.shape);
    let outline = shapes.is_some_and(|(one, two)| one.outline == two.outline);
    let numbers = shapes.is_some_and(|(one, two)| one.numbers == two.numbers);
    Some(20 + known + 3 * u32::from(levels) + 2 * u32::from(outline) + 2 * u32::from(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headings written as levels.
    fn told(own: &str, other: &str) -> String {
        let heads = |levels: &str| {
            levels.bytes().map(|level| Head { level: level - b'0', ..Head::default() }).collect::<Vec<_>>()
        };
        let twin = |twin: Option<usize>| twin.map_or("-".to_owned(), |at| at.to_string());
        paired(&heads(own), &heads(other)).into_iter().map(twin).collect()
    }

    #[test]
    fn sections_are_laid_side_by_side() {
        assert_eq!(told("232", "232"), "012");
        assert_eq!(told("222", "22"), "01-");
        assert_eq!(told("22", "222"), "01");
        assert_eq!(told("23322", "22"), "---01");
        assert_eq!(told("2332", "232"), "01-2");
        assert_eq!(told("32", "2"), "-0");
    }

    #[test]
    fn very_many_sections_are_paired_by_their_anchors() {
        const COUNT: usize = 20_000;
        let ids: Vec<Slug> = (0..=COUNT).filter_map(|n| Slug::new(&format!("kohta-{n}"))).collect();
        let head = |id| Head { level: 2, id, ..Head::default() };
        let own: Vec<Head<'_>> = ids[..COUNT].iter().map(|id| head(Some(id))).collect();
        let other: Vec<Head<'_>> = ids[1..].iter().map(|id| head(Some(id))).collect();
        let twins = paired(&own, &other);
        assert_eq!((twins[0], twins[1], twins[COUNT - 1]), (None, Some(0), Some(COUNT - 2)));
        assert!(paired(&vec![head(None); COUNT], &other).iter().all(Option::is_none));
    }
}
