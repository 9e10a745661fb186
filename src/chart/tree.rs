//! A breakdown: a whole, its parts and their parts, each with a number. Says where everything lies; `draw` writes
//! it down. Across on wide screens, from left to right; down on narrow ones, as an indented list.

mod draw;
#[cfg(test)]
mod tests;

pub use self::draw::draw;
use super::curve::{Point, Rect, at};
use super::path::Direction;
use super::width::{SPACED, wrap, wrap_loosely};

/// What is broken down.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Unique on the page; both directions of one tree may share it.
    pub id: String,
    /// Name of the drawing.
    pub title: String,
    /// The same in words.
    pub description: String,
    /// The wholes.
    pub roots: Vec<Branch>,
}

/// A whole or a part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Branch {
    /// Its name.
    pub label: String,
    /// Language of the name, when it differs from the page's.
    pub lang: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
    /// The address of the text it shows, where the page tells it.
    pub src: Option<String>,
    /// How much it is, in words; empty where nobody knows.
    pub count: String,
    /// How much of the largest whole it is, from 0 to 1.
    pub share: Option<f64>,
    /// Whether it is left out of the sum of its whole.
    pub aside: bool,
    /// Its parts.
    pub parts: Vec<Branch>,
}

/// Where everything lies, in one coordinate system from 0, 0 to width, height.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Which way it runs.
    pub direction: Direction,
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// A card for each branch, a whole before its parts.
    pub cards: Vec<Card>,
    /// Lines from wholes to their parts: corners.
    pub ties: Vec<Vec<Point>>,
}

/// A branch as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its edge.
    pub frame: Rect,
    /// The lines of its name, each at the start of its base line.
    pub name: Vec<(String, Point)>,
    /// How much it is, in lines like the name.
    pub count: Vec<(String, Point)>,
    /// How much of the largest whole it is, as a bar.
    pub bar: Option<Rect>,
}

/// So many levels fit side by side.
pub const ACROSS: usize = 4;

/// Height of the letters.
const SIZE: f64 = 15.0;
/// How much wider the bold letters of a name are than those that were measured.
const BOLD: f64 = 1.1;
const LINE: f64 = 20.0;
const PAD: f64 = 12.0;
const BAR: f64 = 5.0;
/// Width of a card across, and of the whole drawing down.
const CARD: f64 = 216.0;
const COLUMN: f64 = 288.0;
const GAP: f64 = 12.0;
/// Between a whole and its parts, across.
const ROAD: f64 = 40.0;
/// How far parts are moved in, down; less where there are many levels.
const STEP: f64 = 24.0;
const STEPS: f64 = 120.0;

/// Works out where everything lies; never fails, whatever the names and numbers are.
pub fn layout(tree: &Tree, direction: Direction) -> Layout {
    let mut layout = Layout { direction, width: 0.0, height: 0.0, cards: Vec::new(), ties: Vec::new() };
    let levels = levels(&tree.roots);
    let step = (STEPS / levels.max(1) as f64).min(STEP);
    let mut top = 1.0;
    for root in &tree.roots {
        top = GAP
            + match direction {
                Direction::Across => layout.across(root, at(1.0, top)).1,
                Direction::Down => layout.down(root, at(1.0, top), step).1,
            };
    }
    layout.width = layout.cards.iter().map(|card| card.frame.right() + 1.0).fold(0.0, f64::max).ceil();
    layout.height = layout.cards.iter().map(|card| card.frame.bottom() + 1.0).fold(0.0, f64::max).ceil();
    layout
}

/// How many levels there are.
pub fn levels(branches: &[Branch]) -> usize {
    branches.iter().map(|branch| 1 + levels(&branch.parts)).max().unwrap_or(0)
}

impl Layout {
    /// Sets a branch and its parts to the right of it, below a height. Gives the middle of its left edge, and how
    /// far down everything reaches.
    fn across(&mut self, branch: &Branch, corner: Point) -> (Point, f64) {
        let own = card(branch, corner, CARD);
        let (height, room) = (own.frame.h, height(branch));
        let place = self.cards.len();
        self.cards.push(own);
        let mut top = corner.y + (room - stack(&branch.parts)) / 2.0;
        let mut doors = Vec::new();
        for part in &branch.parts {
            let (door, bottom) = self.across(part, at(corner.x + CARD + ROAD, top));
            doors.push(door);
            top = bottom + GAP;
        }
        let ends = doors.first().zip(doors.last()).map(|(first, last)| (first.y + last.y) / 2.0);
        let (highest, lowest) = (corner.y + height / 2.0, corner.y + room - height / 2.0);
        let middle = ends.unwrap_or(highest).clamp(highest, lowest.max(highest));
        if let Some(card) = self.cards.get_mut(place) {
            card.lower(middle - highest);
        }
        let exit = at(corner.x + CARD, middle);
        let bend = exit.x + ROAD / 2.0;
        self.ties.extend(doors.iter().map(|door| vec![exit, at(bend, middle), at(bend, door.y), *door]));
        (at(corner.x, middle), corner.y + room)
    }

    /// Sets a branch and its parts below it, moved in. Gives the middle of its left edge and how far down
    /// everything reaches.
    fn down(&mut self, branch: &Branch, corner: Point, step: f64) -> (Point, f64) {
        let own = card(branch, corner, COLUMN - corner.x);
        let frame = own.frame;
        self.cards.push(own);
        let mut bottom = frame.bottom();
        for part in &branch.parts {
            let (door, below) = self.down(part, at(corner.x + step, bottom + GAP), step);
            let bend = corner.x + step / 2.0;
            self.ties.push(vec![at(bend, frame.bottom()), at(bend, door.y), door]);
            bottom = below;
        }
        (at(corner.x, frame.y + frame.h / 2.0), bottom)
    }
}

impl Card {
    fn lower(&mut self, by: f64) {
        let down = |point: Point| at(point.x, point.y + by);
        self.frame = lowered(self.frame, by);
        self.bar = self.bar.map(|bar| lowered(bar, by));
        self.name.iter_mut().chain(&mut self.count).for_each(|(_, place)| *place = down(*place));
    }
}

fn lowered(area: Rect, by: f64) -> Rect {
    Rect::between(area.x, area.y + by, area.right(), area.bottom() + by)
}

/// How high a branch and its parts are, across.
fn height(branch: &Branch) -> f64 {
    card(branch, at(0.0, 0.0), CARD).frame.h.max(stack(&branch.parts))
}

/// How high parts are one below the other, across.
fn stack(parts: &[Branch]) -> f64 {
    let heights: f64 = parts.iter().map(height).sum();
    heights + GAP * parts.len().saturating_sub(1) as f64
}

/// Sets a card with its words below a corner.
fn card(branch: &Branch, corner: Point, width: f64) -> Card {
    let room = width - 2.0 * PAD;
    let line = |row: usize| at(corner.x + PAD, corner.y + PAD + LINE * row as f64 + SIZE * 0.95);
    let lines = wrap(&branch.label, SIZE * BOLD, room / SPACED);
    let told = if branch.count.is_empty() { Vec::new() } else { wrap_loosely(&branch.count, SIZE, room) };
    let rows = lines.len() + told.len();
    let name = lines.into_iter().enumerate().map(|(row, text)| (text, line(row))).collect::<Vec<_>>();
    let count = told.into_iter().enumerate().map(|(row, text)| (text, line(name.len() + row))).collect();
    let text_bottom = corner.y + PAD + LINE * rows.max(1) as f64;
    let bar = branch.share.map(|share| {
        let long = (room * share.clamp(0.0, 1.0)).max(1.0);
        let left = corner.x + PAD;
        Rect::between(left, text_bottom + 3.0, left + long, text_bottom + 3.0 + BAR)
    });
    let bottom = text_bottom + if bar.is_some() { BAR + 3.0 } else { 0.0 } + PAD - 4.0;
    Card { frame: Rect::between(corner.x, corner.y, corner.x + width, bottom), name, count, bar }
}
