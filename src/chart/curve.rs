//! Points, boxes and smooth curves, the shapes a drawing is made of; every number is rounded to a tenth where
//! it is born, so that two builds agree to the byte.

use std::fmt;

/// One place in a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the upper edge.
    pub y: f64,
}

/// An upright box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// One piece of a curve, from where the piece before it ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Straight to a point.
    Line(Point),
    /// A cubic Bézier curve: two control points, then the end.
    Bend(Point, Point, Point),
}

/// A line of straight and bent pieces; an outline ends where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Where it starts.
    pub start: Point,
    /// What follows.
    pub steps: Vec<Step>,
}

/// Makes a point with rounded coordinates.
pub fn at(x: f64, y: f64) -> Point {
    Point { x: tenth(x), y: tenth(y) }
}

impl Point {
    /// Its coordinates as they are written.
    pub(super) fn written(self) -> [Written; 2] {
        [self.x, self.y].map(Written)
    }
}

impl Rect {
    /// Makes a box from its edges, rounded.
    pub fn between(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        let (x, y) = (tenth(left), tenth(top));
        Self { x, y, w: tenth(right - x), h: tenth(bottom - y) }
    }

    /// Left, upper edge, width and height as they are written.
    pub(super) fn written(self) -> [Written; 4] {
        [self.x, self.y, self.w, self.h].map(Written)
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        at(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

impl Point {
    /// The point part of the way to another: 0 is here, 1 is there.
    pub fn toward(self, other: Point, part: f64) -> Point {
        at(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }

    /// Distance to another point.
    pub fn distance(self, other: Point) -> f64 {
        // Not `hypot`, whose last digit differs between systems.
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// Which way a wave travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Left or right: level at every point.
    Level,
    /// Up or down: upright at every point.
    Upright,
}

/// Winds a line through points, without a kink and without overshooting them.
pub fn wave(points: &[Point], axis: Axis) -> Vec<Step> {
    points.windows(2).map(|leg| sway(leg[0], leg[1], axis)).collect()
}

fn sway(from: Point, to: Point, axis: Axis) -> Step {
    let middle = from.toward(to, 0.5);
    match axis {
        Axis::Level => Step::Bend(at(middle.x, from.y), at(middle.x, to.y), to),
        Axis::Upright => Step::Bend(at(from.x, middle.y), at(to.x, middle.y), to),
    }
}

/// Leaves a point of a wave for `end` as the first half of a sway, as if the line went on behind `end`.
pub fn trail_off(from: Point, end: Point, axis: Axis) -> Step {
    let part = |along: f64, off: f64| match axis {
        Axis::Level => at(from.x + along * (end.x - from.x), from.y + off * (end.y - from.y)),
        Axis::Upright => at(from.x + off * (end.x - from.x), from.y + along * (end.y - from.y)),
    };
    Step::Bend(part(0.5, 0.0), part(0.75, 0.5), end)
}

/// Draws the same piece from its end to its start.
pub fn reversed(start: Point, step: Step) -> Step {
    match step {
        Step::Line(_) => Step::Line(start),
        Step::Bend(one, two, _) => Step::Bend(two, one, start),
    }
}

/// Draws a line through corners and rounds each corner as far as its sides allow.
pub fn rounded(corners: &[Point], radius: f64) -> Curve {
    let start = corners.first().copied().unwrap_or_else(|| at(0.0, 0.0));
    let last_side = corners.len().saturating_sub(2);
    // The first and the last side have one corner only; the others share theirs between two.
    let share = |side: usize| if side == 0 || side == last_side { 1.0 } else { 0.5 };
    let room: Vec<f64> =
        corners.windows(2).enumerate().map(|(i, side)| side[0].distance(side[1]) * share(i)).collect();
    let mut steps = Vec::new();
    for (i, corner) in corners.windows(3).enumerate() {
        steps.extend(turn(corner[0], corner[1], corner[2], radius.min(room[i]).min(room[i + 1])));
    }
    steps.extend(corners.last().map(|&end| Step::Line(end)));
    Curve { start, steps }
}

/// Draws a closed outline through corners and rounds each of them.
pub fn outline(corners: &[Point], radius: f64) -> Curve {
    let [first, .., last] = corners else { return rounded(corners, radius) };
    let seam = last.toward(*first, 0.5);
    let mut round = vec![seam];
    round.extend(corners);
    round.push(seam);
    rounded(&round, radius)
}

fn turn(before: Point, corner: Point, after: Point, cut: f64) -> [Step; 2] {
    let [from, to] = [before, after].map(|end| corner.toward(end, cut / corner.distance(end).max(0.1)));
    [Step::Line(from), Step::Bend(from.toward(corner, ROUND), to.toward(corner, ROUND), to)]
}

/// Length of the control arm that makes a Bézier curve nearly a quarter of a circle.
const ROUND: f64 = 0.5523;

/// A coordinate as it is written: whole numbers and tenths alone, which costs a fifth of writing any number.
pub(super) struct Written(pub f64);

impl fmt::Display for Written {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "drawings are far smaller, and a cast keeps to the ends"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        f.write_str(sign)?;
        fmt::Display::fmt(&whole, f)?;
        if part == 0 { Ok(()) } else { f.write_str(TENTHS[part as usize]) }
    }
}

const TENTHS: [&str; 10] = ["", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9"];

/// Adding zero turns minus zero, which would be written as "-0", into zero.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_never_minus_zero() {
        assert_eq!(format!("{:?}", at(-0.01, 1.0 / 3.0)), "Point { x: 0.0, y: 0.3 }");
    }

    #[test]
    fn coordinates_are_written_as_any_number_would_be() {
        for value in [0.0, 0.3, -0.1, -12.5, 7.0, 1234.9, -3.0] {
            assert_eq!(Written(value).to_string(), format!("{}", tenth(value)));
        }
    }

    #[test]
    fn a_corner_is_rounded_no_further_than_its_sides_reach() {
        let curve = rounded(&[at(0.0, 0.0), at(10.0, 0.0), at(10.0, 4.0)], 50.0);
        assert_eq!(curve.steps[0], Step::Line(at(6.0, 0.0)));
        assert_eq!(curve.steps[2], Step::Line(at(10.0, 4.0)));
    }

    #[test]
    fn an_outline_ends_where_it_starts() {
        let curve = outline(&[at(0.0, 0.0), at(8.0, 0.0), at(8.0, 8.0)], 2.0);
        assert_eq!(curve.steps.last(), Some(&Step::Line(curve.start)));
    }

    #[test]
    fn no_corner_at_all_is_no_problem() {
        assert!(rounded(&[], 3.0).steps.is_empty());
        assert!(outline(&[], 3.0).steps.is_empty());
        assert!(wave(&[], Axis::Level).is_empty());
    }
}
