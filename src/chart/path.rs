//! The path of phases, the visual signature of the site: what it shows, and where each part of it lies. Pure
//! geometry: knows no markup, no colours and no escaping.

mod across;
mod down;
mod lanes;
#[cfg(test)]
mod tests;

use super::curve::{Curve, Point, Rect, at, rounded};
use super::width::text_width;

/// Works out where everything on the path lies; never fails, whatever the labels and indexes are.
pub fn layout(path: &Path, direction: Direction) -> Layout {
    match direction {
        Direction::Across => across::layout(path),
        Direction::Down => down::layout(path),
    }
}

/// What a path shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Phases in their order.
    pub stops: Vec<Stop>,
    /// Work that runs along the phases.
    pub bands: Vec<Band>,
    /// Ways back.
    pub returns: Vec<Return>,
    /// Name of the drawing.
    pub title: String,
    /// The same in words: what the drawing shows.
    pub description: String,
    /// Unique on the page; both directions of one path may share it.
    pub id: String,
}

/// One phase on the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Name of the phase.
    pub label: String,
    /// Where its link leads.
    pub href: String,
    /// Language of the label, when it differs from the page's.
    pub lang: Option<String>,
    /// The address of the text it shows, where the page tells it.
    pub src: Option<String>,
    /// Whether the reader is in this phase.
    pub here: bool,
}

/// Work that runs along the phases and is never a step of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Name of the work.
    pub label: String,
    /// Where its link leads.
    pub href: String,
    /// Language of the label, when it differs from the page's.
    pub lang: Option<String>,
    /// The address of the text it shows, where the page tells it.
    pub src: Option<String>,
    /// Whether the reader is in this work.
    pub here: bool,
    /// Index of the first stop it runs along.
    pub from: usize,
    /// Index of the last stop it runs along.
    pub to: usize,
}

/// A way from a later stop back to an earlier one; any other is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Return {
    /// Index of the later stop.
    pub from: usize,
    /// Index of the earlier stop.
    pub to: usize,
}

/// Which way the path runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In rows, for wide screens.
    Across,
    /// In one column, for phones and upright paper.
    Down,
}

/// Where everything lies, in one coordinate system from 0, 0 to width, height.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Which way the path runs.
    pub direction: Direction,
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// The trail through all stations.
    pub trail: Curve,
    /// Width of its widest stroke.
    pub breadth: f64,
    /// One per stop, in their order.
    pub stations: Vec<Station>,
    /// One per band, in their order.
    pub ribbons: Vec<Ribbon>,
    /// One per return that leads back.
    pub arcs: Vec<Arc>,
}

/// One stop as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Middle of the circle.
    pub centre: Point,
    /// Radius of the circle.
    pub radius: f64,
    /// Radius of the ring around the circle, drawn where the reader is and kept clear elsewhere.
    pub ring: f64,
    /// Its number, counted from 1.
    pub number: Label,
    /// Its name.
    pub label: Label,
    /// Where a pointer reaches it.
    pub hit: Rect,
}

/// One band as drawn: a piece for each row it runs through.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbon {
    /// The pieces, in the order of the stops.
    pub pieces: Vec<Piece>,
}

/// One piece of a ribbon.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its edge.
    pub outline: Curve,
    /// Lines along its middle, beside the name.
    pub current: Vec<Curve>,
    /// The name on it.
    pub label: Label,
    /// The boxes it fills.
    pub boxes: Vec<Rect>,
}

/// One way back as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Arc {
    /// From the later station to the arrow head.
    pub line: Curve,
    /// The arrow head: its tip and its two barbs.
    pub head: [Point; 3],
}

/// A text broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The lines and where each one stands.
    pub lines: Vec<Line>,
    /// The box around them.
    pub bounds: Rect,
    /// Height of the letters.
    pub size: f64,
    /// What the place of a line means.
    pub anchor: Anchor,
}

/// One line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Its place: on the base line, at the start or in the middle.
    pub place: Point,
}

/// Which part of a line stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The start.
    Start,
    /// The middle.
    Middle,
}

impl Layout {
    /// A path without stops.
    fn empty(direction: Direction) -> Self {
        let trail = Curve { start: at(0.0, 0.0), steps: Vec::new() };
        let (stations, ribbons, arcs) = (Vec::new(), Vec::new(), Vec::new());
        Self { direction, width: 0.0, height: 0.0, trail, breadth: 0.0, stations, ribbons, arcs }
    }
}

/// Distance of base lines, in letter heights.
const LEADING: f64 = 1.28;

/// How far below the middle of its line a base line lies, in letter heights: half a capital letter.
const BASELINE: f64 = 0.355;

impl Label {
    /// Sets lines below `top`, whose x is their start or their middle.
    pub(super) fn set(lines: Vec<String>, size: f64, anchor: Anchor, top: Point) -> Self {
        let width = lines.iter().map(|line| text_width(line, size)).fold(0.0, f64::max);
        let left = match anchor {
            Anchor::Start => top.x,
            Anchor::Middle => top.x - width / 2.0,
        };
        let bounds = Rect::between(left, top.y, left + width, top.y + lines_height(lines.len(), size));
        let base = |i: usize| top.y + (lines_height(1, size) / 2.0) + lines_height(i, size) + BASELINE * size;
        let place = |(i, text)| Line { text, place: at(top.x, base(i)) };
        Self { lines: lines.into_iter().enumerate().map(place).collect(), bounds, size, anchor }
    }
}

pub(super) fn lines_height(lines: usize, size: f64) -> f64 {
    count(lines) * size * LEADING
}

/// Sets the number of a station into its circle.
fn number(index: usize, centre: Point, radius: f64) -> Label {
    let text = (index + 1).to_string();
    let size = (radius * 0.9).min(radius * 1.5 / text_width(&text, 1.0)).floor();
    Label::set(vec![text], size, Anchor::Middle, at(centre.x, centre.y - lines_height(1, size) / 2.0))
}

/// A way back along corners, its head pointing from the last corner but one to the last.
fn arc(mut corners: Vec<Point>, radius: f64) -> Option<Arc> {
    let [.., before, tip] = corners[..] else { return None };
    let length = before.distance(tip).max(0.1);
    let (x, y) = ((tip.x - before.x) / length, (tip.y - before.y) / length);
    let barb = |side: f64| at(tip.x - HEAD * x - 5.0 * side * y, tip.y - HEAD * y + 5.0 * side * x);
    *corners.last_mut()? = at(tip.x - (HEAD - 2.0) * x, tip.y - (HEAD - 2.0) * y);
    Some(Arc { line: rounded(&corners, radius), head: [tip, barb(1.0), barb(-1.0)] })
}

/// Length of an arrow head.
const HEAD: f64 = 10.0;

/// A number of stops, lines or lanes, to reckon lengths with.
fn count(things: usize) -> f64 {
    things as f64
}

impl Band {
    /// First and last stop, in order and within the path; `None` on an empty path.
    fn span(&self, stops: usize) -> Option<(usize, usize)> {
        let last = stops.checked_sub(1)?;
        Some((self.from.min(self.to).min(last), self.from.max(self.to).min(last)))
    }
}
