//! A project in time: a bar for the whole, bars for its parts, diamonds for what happened on a day. What
//! overlaps stands in rows of its own; words lie where they meet neither an edge nor each other.

use std::borrow::Cow;

use super::curve::{Rect, at};
use super::dates::{Span, ticks};
use super::sketch::{Label, Shape, Sketch};
use super::width::{SPACED, text_width, wrap_loosely};
use crate::base::date::Date;
use crate::base::hyphen::soften;
use crate::base::lang::Lang;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// The whole first, then its parts.
    pub bars: Vec<Bar>,
    /// What happened on a day.
    pub events: Vec<Event>,
    /// The language of days.
    pub lang: Lang,
}

/// Something that lasts.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// What, and when in words.
    pub label: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Whether it is the whole.
    pub whole: bool,
}

/// Something that happened.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// What, and when in words.
    pub label: String,
    /// The day.
    pub date: Date,
}

const SIZE: f64 = 13.0;
const LINE: f64 = SIZE * 1.3;
const THICK: f64 = 12.0;
const GAP: f64 = 9.0;
const MARK: f64 = 6.0;
const APART: f64 = 12.0;

/// Lays a timeline out in a width; an empty one has no height.
pub fn layout(timeline: &Timeline, width: f64) -> Sketch {
    let mut sketch = Sketch { width, ..Sketch::default() };
    let Some((from, to)) = days(timeline) else { return sketch };
    let span = Span { from, to, left: MARK * 1.5, right: width - MARK * 1.5 };
    let head = at(0.0, SIZE + GAP).y;
    let ticks = ticks(&span, (0.0, width), (SIZE, SIZE), timeline.lang);
    let bars = timeline.bars.iter().map(|bar| bar_piece(bar, &span, width)).collect();
    let events =
        timeline.events.iter().map(|event| event_piece(event, &span, (width, timeline.lang))).collect();
    let foot = place(events, place(bars, head, &mut sketch), &mut sketch);
    let axis = vec![at(0.0, head), at(width, head)];
    let lines = ticks.iter().map(|tick| Shape::Line("grid", vec![at(tick.x, head), at(tick.x, foot)]));
    let back: Vec<Shape> = lines.chain([Shape::Line("axis", axis)]).collect();
    sketch.shapes.splice(0..0, back);
    sketch.labels.extend(ticks.into_iter().map(|tick| tick.label));
    sketch.height = at(0.0, foot + 2.0).y;
    sketch
}

fn days(timeline: &Timeline) -> Option<(Date, Date)> {
    let bars = timeline.bars.iter().flat_map(|bar| [bar.from, bar.to]);
    let days = || bars.clone().chain(timeline.events.iter().map(|event| event.date));
    Some((days().min()?, days().max()?))
}

/// What belongs together: it takes a stretch of a row, and is placed from the top of the row.
struct Piece {
    left: f64,
    right: f64,
    high: f64,
    shape: Shape,
    labels: Vec<Label>,
}

/// A bar below its words.
fn bar_piece(bar: &Bar, span: &Span, width: f64) -> Piece {
    let left = span.place(bar.from);
    // A bar of a single day is seen too.
    let right = span.place(bar.to).max(left + 3.0).min(width);
    let lines = wrap_loosely(&bar.label, SIZE, width);
    let labels: Vec<Label> = lines
        .iter()
        .enumerate()
        .map(|(at_line, line)| {
            let place = at(left, SIZE + at_line as f64 * LINE);
            Label::starting("label", line, place, SIZE).kept(0.0, width)
        })
        .collect();
    let top = labels.len() as f64 * LINE + 2.0;
    let class = if bar.whole { "whole" } else { "bar" };
    let shape = Shape::Box(class, Rect::between(left, top, right, top + THICK));
    let edges = labels
        .iter()
        .map(Label::area)
        .fold((left, right), |(left, right), area| (left.min(area.x), right.max(area.right())));
    Piece { left: edges.0, right: edges.1, high: top + THICK + GAP, shape, labels }
}

/// A diamond with its words on the side that has more room, on one line where they fit there.
fn event_piece(event: &Event, span: &Span, (width, lang): (f64, Lang)) -> Piece {
    let x = span.place(event.date);
    let beside = MARK * 1.25 + 5.0;
    let wide = text_width(&event.label, SIZE) * SPACED;
    let after = x + beside + wide <= width || x <= width / 2.0;
    let room = if after { width - x - beside } else { x - beside };
    let longest = event.label.split(' ').map(|word| text_width(word, SIZE) * SPACED).fold(0.0, f64::max);
    let label = if longest > room { soften(&event.label, lang) } else { Cow::Borrowed(event.label.as_str()) };
    let lines = wrap_loosely(&label, SIZE, room);
    let set = |(at_line, line): (usize, &String)| {
        let y = SIZE + at_line as f64 * LINE;
        if after {
            Label::starting("label", line, at(x + beside, y), SIZE)
        } else {
            Label::ending("label", line, at(x - beside, y), SIZE).kept(0.0, width)
        }
    };
    let labels: Vec<Label> = lines.iter().enumerate().map(set).collect();
    let edges =
        labels.iter().map(Label::area).fold((x - MARK * 1.3, x + MARK * 1.3), |(left, right), area| {
            (left.min(area.x), right.max(area.right()))
        });
    let high = (labels.len().max(1) as f64) * LINE + GAP / 2.0;
    let shape = Shape::Mark(2, at(x, SIZE * 0.65), MARK);
    Piece { left: edges.0, right: edges.1, high, shape, labels }
}

/// Puts pieces into the first row in which they have room; gives where the last row ends.
fn place(pieces: Vec<Piece>, top: f64, sketch: &mut Sketch) -> f64 {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let free = |row: &Vec<Piece>| {
            row.iter().all(|other| other.right + APART <= piece.left || piece.right + APART <= other.left)
        };
        match rows.iter().position(free) {
            Some(row) => rows[row].push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let mut foot = if rows.is_empty() { top } else { top + GAP };
    for row in rows {
        let high = row.iter().map(|piece| piece.high).fold(0.0, f64::max);
        for piece in row {
            // Bars of one row stand on one line, whatever their words take.
            put(piece, foot, sketch);
        }
        foot += high;
    }
    foot
}

fn put(piece: Piece, top: f64, sketch: &mut Sketch) {
    sketch.shapes.push(match piece.shape {
        Shape::Box(class, rect) => {
            Shape::Box(class, Rect::between(rect.x, rect.y + top, rect.right(), rect.y + rect.h + top))
        }
        Shape::Mark(kind, centre, radius) => Shape::Mark(kind, at(centre.x, centre.y + top), radius),
        line @ Shape::Line(..) => line,
    });
    let moved = |label: Label| Label { place: at(label.place.x, label.place.y + top), ..label };
    sketch.labels.extend(piece.labels.into_iter().map(moved));
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Name, draw};
    use super::*;
    use proptest::prelude::*;

    fn day(months: u16) -> Date {
        Date::parse("2000-01-15").unwrap().plus_months(months).unwrap()
    }

    fn sound(sketch: &Sketch) {
        for (at, label) in sketch.labels.iter().enumerate() {
            let area = label.area();
            assert!(area.x >= -0.2 && area.right() <= sketch.width + 0.2, "{label:?} in {}", sketch.width);
            assert!(area.y >= -0.2 && area.y + area.h <= sketch.height + 0.5, "{label:?}");
            for other in &sketch.labels[at + 1..] {
                assert!(!label.meets(other, 0.0), "{label:?} meets {other:?}");
            }
        }
        for shape in &sketch.shapes {
            if let Shape::Box(_, area) = shape {
                assert!(area.x >= 0.0 && area.right() <= sketch.width + 0.1 && area.w > 0.0, "{area:?}");
            }
        }
        assert!(!draw(sketch, &Name::default()).contains("NaN"));
    }

    fn bar(from: u16, to: u16, label: &str) -> Bar {
        Bar { label: label.into(), from: day(from), to: day(to), whole: false }
    }

    #[test]
    fn parts_that_overlap_stand_in_rows_of_their_own() {
        let timeline = Timeline {
            bars: vec![bar(0, 100, "A"), bar(10, 60, "B"), bar(50, 90, "C"), bar(70, 99, "D")],
            ..Timeline::default()
        };
        let sketch = layout(&timeline, 640.0);
        let tops: Vec<f64> = sketch
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Box(_, area) => Some(area.y),
                _ => None,
            })
            .collect();
        // D stands behind B, and C alone.
        assert!(tops[0] < tops[1] && tops[2] < tops[3], "{tops:?}");
        assert!((tops[2] - tops[1]).abs() < 0.1, "{tops:?}");
        sound(&sketch);
    }

    #[test]
    fn a_single_day_and_nothing_at_all_are_no_problem() {
        sound(&layout(&Timeline { bars: vec![bar(3, 3, "Päivä")], ..Timeline::default() }, 288.0));
        assert!(layout(&Timeline::default(), 288.0).height < 1.0);
    }

    proptest! {
        #[test]
        fn no_words_meet_and_all_is_inside(
            bars in proptest::collection::vec((0..600_u16, 0..600_u16, "[a-zäö]{1,12}( [a-zäö]{1,12}){0,8}"), 0..12),
            events in proptest::collection::vec((0..600_u16, "[a-zäö]{1,12}( [a-zäö]{1,12}){0,8}"), 0..20),
            width in 260.0..800.0_f64,
        ) {
            let bars = bars.iter().map(|(a, b, label)| bar(*a.min(b), *a.max(b), label)).collect();
            let events = events.iter().map(|(at, label)| Event { label: label.clone(), date: day(*at) }).collect();
            sound(&layout(&Timeline { bars, events, lang: Lang::SV }, width));
        }
    }
}
