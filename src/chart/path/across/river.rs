//! The shape of a ribbon: it swells and sinks like a stream beside the trail.

use crate::chart::curve::{Axis, Curve, Point, Rect, Step, at, rounded, wave};
use crate::chart::path::Label;

/// The edge of a ribbon, its left and right end rounded by the radii given.
pub(super) fn edge(bounds: Rect, ends: [f64; 2]) -> Curve {
    let (top, bottom) = (shore(bounds, ends, bounds.y), shore(bounds, ends, bounds.bottom() - SWELL));
    let mut steps = wave(&top, Axis::Level);
    let back: Vec<Point> = bottom.into_iter().rev().collect();
    steps.extend(bank(&top, &back, bounds.right(), ends[1]));
    steps.extend(wave(&back, Axis::Level));
    steps.extend(bank(&back, &top, bounds.x, ends[0]));
    Curve { start: top[0], steps }
}

/// Lines in the middle of a ribbon, on both sides of its name where there is room.
pub(super) fn current(bounds: Rect, label: &Label) -> Vec<Curve> {
    let y = bounds.centre().y - SWELL / 2.0;
    // The name grows to both sides when the reader spaces its letters.
    let away = 24.0 + label.bounds.w / 10.0;
    let sides =
        [(bounds.x + 24.0, label.bounds.x - away), (label.bounds.right() + away, bounds.right() - 24.0)];
    let long = sides.into_iter().filter(|(left, right)| right - left > 64.0);
    long.map(|(left, right)| ripple(left, right, y)).collect()
}

/// Height of the swell.
pub(super) const SWELL: f64 = 3.0;

fn ripple(left: f64, right: f64, y: f64) -> Curve {
    let points = swells(left, right, y);
    Curve { start: points[0], steps: wave(&points, Axis::Level) }
}

/// Points along one long side of a ribbon.
fn shore(bounds: Rect, ends: [f64; 2], y: f64) -> Vec<Point> {
    swells(bounds.x + ends[0], bounds.right() - ends[1], y)
}

/// Points that go up and down in turn.
fn swells(left: f64, right: f64, y: f64) -> Vec<Point> {
    let waves = ((right - left) / 64.0).round().max(1.0);
    let steps = std::iter::successors(Some(0.0), |step| Some(step + 1.0)).take_while(|&step| step <= waves);
    steps.map(|step| at(left + (right - left) * step / waves, y + SWELL * (step % 2.0))).collect()
}

/// One short side of a ribbon, from the end of one long side to the start of the other.
fn bank(from: &[Point], to: &[Point], x: f64, radius: f64) -> Vec<Step> {
    let (Some(&from), Some(&to)) = (from.last(), to.first()) else { return Vec::new() };
    rounded(&[from, at(x, from.y), at(x, to.y), to], radius).steps
}
