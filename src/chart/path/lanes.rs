//! Which of several lines beside the path lies in which lane, and where each way back touches its station, so
//! that nothing runs on top of anything else.

use super::{Path, Return, count};
use std::cmp::Ordering;

/// Gives each span the lowest lane in which it meets no span before it in the list.
pub(super) fn stack(spans: &[(f64, f64)], gap: f64) -> Vec<usize> {
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    spans.iter().map(|&span| settle(&mut lanes, span, gap)).collect()
}

fn settle(lanes: &mut Vec<Vec<(f64, f64)>>, span: (f64, f64), gap: f64) -> usize {
    let meets = |other: &(f64, f64)| span.0 < other.1 + gap && other.0 < span.1 + gap;
    let lane = lanes.iter().position(|lane| !lane.iter().any(meets)).unwrap_or(lanes.len());
    if lane == lanes.len() {
        lanes.push(Vec::new());
    }
    lanes[lane].push(span);
    lane
}

/// The order in which spans are stacked: short ones first, so that long ones run outside them.
pub(super) fn shorter(a: (f64, f64), b: (f64, f64)) -> Ordering {
    (a.1 - a.0).total_cmp(&(b.1 - b.0))
}

/// The ways that really lead back, each drawn once.
pub(super) fn returns(path: &Path) -> Vec<Return> {
    let mut seen: Vec<Return> = Vec::new();
    for way in &path.returns {
        if way.to < way.from && way.from < path.stops.len() && !seen.contains(way) {
            seen.push(*way);
        }
    }
    seen
}

/// A way back and how far before (−) or behind (+) the middle of its stations it leaves and arrives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slots {
    pub(super) leave: f64,
    pub(super) arrive: f64,
}

/// Spreads the ends of the ways back over `spread` around each station, nested ones inside each other.
pub(super) fn slots(returns: &[Return], spread: f64) -> Vec<Slots> {
    let place = |i: usize, stop: usize| {
        let mut ends: Vec<usize> = (0..returns.len()).filter(|&j| touches(returns[j], stop)).collect();
        ends.sort_by_key(|&j| nesting(returns[j], stop));
        let position = ends.iter().position(|&j| j == i).unwrap_or(0);
        let gaps = count(ends.len().saturating_sub(1));
        (count(position) - gaps / 2.0) * (spread / gaps.max(1.0)).min(STEP)
    };
    let both = |(i, way): (usize, &Return)| Slots { leave: place(i, way.from), arrive: place(i, way.to) };
    returns.iter().enumerate().map(both).collect()
}

/// Distance of neighbouring slots where there is room.
const STEP: f64 = 14.0;

fn touches(way: Return, stop: usize) -> bool {
    way.from == stop || way.to == stop
}

/// Sorts ends along the path: those that leave, short ones first, then those that arrive, long ones first.
fn nesting(way: Return, stop: usize) -> (bool, isize) {
    let length = isize::try_from(way.from - way.to).unwrap_or(isize::MAX);
    let arrives = way.to == stop;
    (arrives, if arrives { -length } else { length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_meet_get_different_lanes() {
        assert_eq!(stack(&[(0.0, 5.0), (5.0, 9.0), (20.0, 30.0)], 1.0), [0, 1, 0]);
    }

    #[test]
    fn nested_returns_do_not_cross_at_their_common_station() {
        let slots = slots(&[Return { from: 4, to: 0 }, Return { from: 4, to: 1 }], 20.0);
        assert!(slots[1].leave < slots[0].leave);
        assert_eq!(slots[0].arrive, 0.0);
    }
}
