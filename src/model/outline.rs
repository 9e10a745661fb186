//! Which headings of two languages of one text are twins. Where both have the same outline it is those in the
//! same places; else sections are laid side by side so that as many as possible have a twin, and those that
//! are most alike.

use std::ops::Range;

use crate::model::prose::Prose;
use crate::syntax::shape::Shape;
use crate::syntax::slug::Slug;

/// A heading as it is compared.
#[derive(Debug, Clone)]
pub(super) struct Head {
    level: u8,
    /// The anchor that is not made of its words.
    own: Option<Slug>,
    /// The shape of its section, where it is an outermost one.
    shape: Option<Shape>,
}

/// The headings of a text.
pub(super) fn heads(prose: &Prose) -> Vec<Head> {
    let shape = |at| prose.doc.sections.iter().find(|section| section.heading == Some(at));
    let head = |(at, heading, _): (usize, &crate::syntax::markdown::Heading, _)| Head {
        level: heading.level,
        own: prose.named.get(&at).or(heading.id.as_ref()).cloned(),
        shape: shape(at).map(|section| section.shape.clone()),
    };
    prose.doc.headings().map(head).collect()
}

/// For each heading of a text the place of its twin in another.
pub(super) fn twins(own: &[Head], other: &[Head]) -> Vec<Option<usize>> {
    let levels = |heads: &[Head]| heads.iter().map(|head| head.level).collect::<Vec<_>>();
    if levels(own) == levels(other) {
        return (0..own.len()).map(Some).collect();
    }
    let mut twins = vec![None; own.len()];
    let mut open = vec![(0..own.len(), 0..other.len(), 2)];
    while let Some((mine, theirs, level)) = open.pop() {
        let (sections, others) = (sections(own, mine, level), sections(other, theirs, level));
        for (section, twin) in aligned(own, other, &sections, &others) {
            let (first, first_twin) = (section.start, twin.start);
            let headed = |heads: &[Head], at: usize| heads[at].level <= level;
            let (one, two) = (headed(own, first), headed(other, first_twin));
            if one && two {
                twins[first] = Some(first_twin);
            }
            let inner = section.start + usize::from(one)..section.end;
            let inner_twin = twin.start + usize::from(two)..twin.end;
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
fn sections(heads: &[Head], within: Range<usize>, level: u8) -> Vec<Range<usize>> {
    let tops = within.clone().filter(|at| *at == within.start || heads[*at].level <= level);
    let tops: Vec<usize> = tops.collect();
    let ends = tops.iter().skip(1).copied().chain([within.end]);
    tops.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

type Pair = (Range<usize>, Range<usize>);

/// The sections that are each other's twins, in order.
fn aligned(own: &[Head], other: &[Head], mine: &[Range<usize>], theirs: &[Range<usize>]) -> Vec<Pair> {
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

/// How likely two sections are twins; `None` where their anchors say that they are not.
fn likeness(own: &[Head], other: &[Head]) -> Option<u32> {
    let (one, two) = (own.first()?, other.first()?);
    let same = match (&one.own, &two.own) {
        (Some(one), Some(two)) if one == two => 100,
        (Some(_), Some(_)) => return None,
        _ => 0,
    };
    let levels = own.iter().map(|head| head.level).eq(other.iter().map(|head| head.level));
    let shapes = one.shape.as_ref().zip(two.shape.as_ref());
    let outline = shapes.is_some_and(|(one, two)| one.outline == two.outline);
    let numbers = shapes.is_some_and(|(one, two)| one.numbers == two.numbers);
    Some(10 + same + 3 * u32::from(levels) + 2 * u32::from(outline) + 2 * u32::from(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Headings written as levels, each with an anchor behind it where it has one.
    fn heads_of(written: &str) -> Vec<Head> {
        let head = |word: &str| {
            let (level, own) = word.split_at(1);
            Head { level: level.parse().unwrap_or(2), own: Slug::new(own), shape: None }
        };
        written.split(' ').map(head).collect()
    }

    fn told(own: &str, other: &str) -> String {
        let twin = |twin: Option<usize>| twin.map_or("-".to_owned(), |at| at.to_string());
        twins(&heads_of(own), &heads_of(other)).into_iter().map(twin).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn sections_are_laid_side_by_side() {
        assert_eq!(told("2 3 2", "2 3 2"), "0 1 2");
        assert_eq!(told("2 2 2", "2 2"), "0 1 -");
        assert_eq!(told("2 2", "2 2 2"), "0 1");
        assert_eq!(told("2a 2b 2c", "2a 2c"), "0 - 1");
        assert_eq!(told("2 3 3 2 2", "2 2"), "- - - 0 1");
        assert_eq!(told("2 3 3 2", "2 3 2"), "0 1 - 2");
        assert_eq!(told("3 2", "2"), "- 0");
    }
}
