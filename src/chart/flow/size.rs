//! How much room each step takes with its texts.

use std::collections::BTreeMap;

use super::route::{Routes, Way};
use super::{Flow, Shape};
use crate::chart::path::lines_height;
use crate::chart::width::{text_width, wrap, wrap_loosely};

/// Width of a slot, and of a card.
pub(super) const CARD: f64 = 160.0;
/// Height of the lowest card.
pub(super) const CARD_LOW: f64 = 52.0;
/// Distance of text from the edge of its card.
pub(super) const PAD: f64 = 7.0;
/// Half of a diamond.
pub(super) const DIAMOND: f64 = 22.0;
/// Radius of a circle.
const CIRCLE: f64 = 18.0;
/// Width of a diamond at which several steps begin at once, and its distance from the card.
pub(super) const FORK: f64 = 24.0;
pub(super) const FORK_GAP: f64 = 8.0;
/// Height of letters, and of those of answers and notes.
pub(super) const SIZE: f64 = 14.0;
pub(super) const SMALL: f64 = 13.0;
/// Distance of a note from the shape above it: a mark has room between them.
pub(super) const NOTE: f64 = 7.0;
/// The widest answer.
const ANSWER: f64 = 116.0;

/// How much room a step takes, from the middle of its shape.
#[derive(Debug, Default)]
pub(super) struct Size {
    pub lines: Vec<String>,
    pub note: Vec<String>,
    pub above: f64,
    pub below: f64,
    /// Half of the shape's width and height.
    pub half: (f64, f64),
    /// How far the text stands above the middle of a shape that does not hold it.
    pub raised: f64,
    /// The answers, by opening: their exit, their lines, and how far below the middle they leave.
    pub answers: Vec<Answer>,
    /// How far answers reach into the gutter behind.
    pub reach: f64,
}

#[derive(Debug, Default)]
pub(super) struct Answer {
    pub exit: usize,
    pub lines: Vec<String>,
    pub drop: f64,
    /// Whether it stands beside a line that runs straight down.
    pub down: bool,
}

/// The room of every step.
pub(super) fn sizes(flow: &Flow, routes: &Routes) -> Vec<Size> {
    let mut exits: BTreeMap<usize, Vec<(usize, usize, bool)>> = BTreeMap::new();
    for route in &routes.routes {
        let down = matches!(route.way, Way::Upright);
        exits.entry(route.from).or_default().push((route.port, route.exit, down));
    }
    let size = |step: usize| {
        let mut own = exits.remove(&step).unwrap_or_default();
        own.sort_unstable();
        size(flow, step, &own)
    };
    (0..flow.steps.len()).map(size).collect()
}

fn size(flow: &Flow, step: usize, exits: &[(usize, usize, bool)]) -> Size {
    let this = &flow.steps[step];
    let lines = match this.shape {
        Shape::Task | Shape::Document | Shape::Subprocess | Shape::Process => {
            wrap_loosely(&this.name.label, SIZE, CARD - 2.0 * PAD)
        }
        _ => wrap_loosely(&this.name.label, SIZE, CARD),
    };
    let high = lines_height(lines.len(), SIZE);
    let note = wrap(&this.note, SMALL, CARD);
    let fork = if flow.forks(step) { FORK_GAP + FORK } else { 0.0 };
    match this.shape {
        Shape::Task | Shape::Document | Shape::Subprocess | Shape::Process => {
            let half = (high / 2.0 + PAD).max(CARD_LOW / 2.0);
            Size { lines, above: half, below: half, half: (CARD / 2.0, half), reach: fork, ..Size::default() }
        }
        Shape::Decision => decision(flow, step, lines, exits),
        Shape::Start | Shape::End | Shape::Wait => {
            let below = CIRCLE + if note.is_empty() { 0.0 } else { NOTE + lines_height(note.len(), SMALL) };
            let (above, raised) = (CIRCLE + 5.0 + high, CIRCLE + 5.0);
            let half = (CIRCLE, CIRCLE);
            Size { lines, note, above, below, half, raised, reach: fork, ..Size::default() }
        }
    }
}

/// A diamond: its question above, the first answer straight ahead, the others one below the other.
fn decision(flow: &Flow, step: usize, lines: Vec<String>, exits: &[(usize, usize, bool)]) -> Size {
    let ways = &flow.steps[step].exits;
    let (mut drop, mut ahead, mut reach): (f64, f64, f64) = (DIAMOND, 0.0, 0.0);
    let mut answers = Vec::new();
    for &(port, exit, down) in exits {
        let lines = wrap(&ways[exit].label, SMALL, ANSWER);
        let wide = lines.iter().map(|line| text_width(line, SMALL)).fold(0.0, f64::max);
        let high = lines_height(lines.len(), SMALL);
        let right = if port == 0 && !down { DIAMOND + 6.0 } else { 8.0 };
        reach = reach.max(right + wide + 8.0 - CARD / 2.0);
        match (port, down) {
            (0, false) => ahead = high,
            (_, false) => drop += high.max(8.0) + 6.0,
            (_, true) => drop += high + 4.0,
        }
        let drop = if port == 0 && !down { 0.0 } else { drop };
        answers.push(Answer { exit, lines, drop, down });
    }
    let raised = DIAMOND.max(ahead + 4.0) + 5.0;
    let above = raised + lines_height(lines.len(), SIZE);
    let half = (DIAMOND, DIAMOND);
    Size { lines, above, below: drop + 4.0, half, raised, answers, reach, ..Size::default() }
}
