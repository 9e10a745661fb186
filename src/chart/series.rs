//! Values over time: a line with marks for each series, a target, axes with round numbers and days. Series are
//! told apart by their marks and by the words beside them, never by colour alone.

use super::curve::{Point, Rect, at};
use super::dates::{Span, ticks};
use super::sketch::{Label, Shape, Sketch};
use super::width::{SPACED, text_width, wrap, wrap_loosely};
use crate::base::date::Date;
use crate::base::lang::Lang;
use crate::base::number::display;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Plot {
    /// The series.
    pub series: Vec<Series>,
    /// What is aimed at, with its words.
    pub target: Option<(f64, String)>,
    /// What the values count.
    pub unit: String,
    /// The least and greatest value that there can be, where that is known.
    pub scale: Option<(f64, f64)>,
    /// The language of numbers and days.
    pub lang: Lang,
}

/// Values of one team, or of all.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Whose values; empty where there is one series only.
    pub name: String,
    /// The values by day.
    pub points: Vec<(Date, f64)>,
    /// Whether a value holds until the next one, as what is counted and not measured does.
    pub holds: bool,
}

const SIZE: f64 = 13.0;
const MARK: f64 = 4.5;
const GAP: f64 = 6.0;
/// The height of the plot itself.
const HIGH: f64 = 220.0;
/// Above so many values a series is a line without marks.
const MOST_MARKS: usize = 60;

/// Lays a plot out in a width; an empty one has no height.
pub fn layout(plot: &Plot, width: f64) -> Sketch {
    let mut sketch = Sketch { width, ..Sketch::default() };
    let Some(days) = days(plot) else { return sketch };
    let axis = Axis::of(plot);
    let unit = wrap(&plot.unit, SIZE, width / SPACED);
    let top = at(0.0, unit.len() as f64 * LINE + GAP + SIZE).y;
    let words: Vec<String> = axis.ticks().map(|tick| display(tick, plot.lang)).collect();
    let left = words.iter().map(|word| text_width(word, SIZE) * SPACED).fold(0.0, f64::max) + GAP;
    let area = Rect::between(left, top, width - MARK * 2.0, top + HIGH);
    for (at_line, line) in unit.iter().enumerate() {
        sketch.labels.push(Label::starting("unit", line, at(0.0, SIZE + at_line as f64 * LINE), SIZE));
    }
    let frame = Frame { area, axis, span: span(days, area) };
    values_axis(&frame, &words, &mut sketch);
    days_axis(&frame, plot.lang, &mut sketch);
    target(&frame, plot, &mut sketch);
    for (which, series) in plot.series.iter().enumerate() {
        line(&frame, which, series, &mut sketch);
    }
    if let [only] = plot.series.as_slice() {
        values(&frame, only, plot.lang, &mut sketch);
    }
    sketch.height = legend(plot, at(0.0, area.y + area.h + LINE + GAP * 2.0), &mut sketch);
    sketch
}

const LINE: f64 = SIZE * 1.4;

/// Where values and days lie.
struct Frame {
    area: Rect,
    axis: Axis,
    span: Span,
}

impl Frame {
    fn point(&self, (day, value): (Date, f64)) -> Point {
        at(self.span.place(day), self.level(value))
    }

    fn level(&self, value: f64) -> f64 {
        self.area.y + self.area.h * (1.0 - self.axis.part(value))
    }
}

/// The first and the last day.
fn days(plot: &Plot) -> Option<(Date, Date)> {
    let days = || plot.series.iter().flat_map(|series| &series.points).map(|(day, _)| *day);
    Some((days().min()?, days().max()?))
}

/// Marks stay inside: the first and the last day lie a little from the edges.
fn span((from, to): (Date, Date), area: Rect) -> Span {
    let inset = MARK * 2.0;
    Span { from, to, left: area.x + inset, right: area.right() - inset }
}

/// The greatest number on an axis.
const MOST: f64 = 1e300;

/// A scale of round numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axis {
    from: f64,
    step: f64,
    count: u32,
}

impl Axis {
    /// The scale of a plot: the known one, else from nought where no value is negative.
    fn of(plot: &Plot) -> Axis {
        let values = plot.series.iter().flat_map(|series| &series.points).map(|(_, value)| *value);
        let values = values.chain(plot.target.iter().map(|(value, _)| *value));
        let known = plot.scale.map_or([0.0, 0.0], |(from, to)| [from, to]);
        let from_nought = plot.scale.is_none();
        let start = if from_nought { vec![0.0] } else { known.to_vec() };
        let (least, most) =
            values.chain(start).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
                (least.min(value), most.max(value))
            });
        Axis::between(least, most)
    }

    /// About five round steps of 1, 2 or 5 that hold both ends; what no axis can hold lies at its edge.
    fn between(least: f64, most: f64) -> Axis {
        let (least, most) = (least.max(-MOST), most.min(MOST));
        let rough = (most - least).max(least.abs().max(most.abs()) * 1e-9).max(1e-9) / 5.0;
        let power = 10_f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
        let step = steps.into_iter().find(|step| *step >= rough * (1.0 - 1e-9)).unwrap_or(power * 10.0);
        let from = (least / step).floor() * step;
        let count = ((most - from) / step - 1e-9).ceil().clamp(1.0, 12.0);
        Axis { from, step, count: count as u32 }
    }

    fn ticks(self) -> impl Iterator<Item = f64> {
        (0..=self.count).map(move |at| self.from + f64::from(at) * self.step)
    }

    /// How far up a value lies, from 0 to 1.
    fn part(self, value: f64) -> f64 {
        ((value / self.step - self.from / self.step) / f64::from(self.count)).clamp(0.0, 1.0)
    }
}

fn values_axis(frame: &Frame, words: &[String], sketch: &mut Sketch) {
    for (tick, word) in frame.axis.ticks().zip(words) {
        let y = frame.level(tick);
        let ends = vec![at(frame.area.x, y), at(frame.area.right(), y)];
        sketch.shapes.push(Shape::Line("grid", ends));
        sketch.labels.push(Label::ending("tick", word, at(frame.area.x - GAP, y + SIZE * 0.35), SIZE));
    }
}

fn days_axis(frame: &Frame, lang: Lang, sketch: &mut Sketch) {
    let foot = frame.area.y + frame.area.h;
    for tick in ticks(&frame.span, (frame.area.x, sketch.width), (foot + LINE + 2.0, SIZE), lang) {
        sketch.shapes.push(Shape::Line("axis", vec![at(tick.x, foot), at(tick.x, foot + 5.0)]));
        sketch.labels.push(tick.label);
    }
    sketch.shapes.push(Shape::Line("axis", vec![at(frame.area.x, foot), at(frame.area.right(), foot)]));
}

/// The target as a broken line, its words above or below it where they hide no value, from the right.
fn target(frame: &Frame, plot: &Plot, sketch: &mut Sketch) {
    let Some((value, words)) = &plot.target else { return };
    let (area, y) = (frame.area, frame.level(*value));
    sketch.shapes.push(Shape::Line("target", vec![at(area.x, y), at(area.right(), y)]));
    let room = wrap_loosely(words, SIZE, area.w - GAP);
    let [words] = room.as_slice() else { return };
    let (above, below) = (y - GAP + 1.0, y + SIZE + 2.0);
    let inside = |base: &f64| base - SIZE >= area.y - 1.0 && base + SIZE * 0.3 <= area.y + area.h;
    let bases: Vec<f64> = [above, below].into_iter().filter(inside).collect();
    let wide = text_width(words, SIZE);
    let places = (0..=8).map(|part| area.right() - 2.0 - f64::from(part) / 8.0 * (area.w - wide - 4.0));
    let labels: Vec<Label> = places
        .flat_map(|x| bases.iter().map(move |base| at(x, *base)))
        .map(|place| Label::ending("target-label", words, place, SIZE).kept(area.x + 2.0, area.right()))
        .collect();
    let free = labels.iter().find(|label| !hides(frame, plot, label));
    sketch.labels.extend(free.or(labels.first()).cloned());
}

/// Whether words lie on a value or on the line between two.
fn hides(frame: &Frame, plot: &Plot, label: &Label) -> bool {
    let Rect { x, y, w, h } = label.area();
    let on = |p: Point| {
        (x - MARK * 2.0..=x + w + MARK * 2.0).contains(&p.x) && (y - MARK..=y + h + MARK).contains(&p.y)
    };
    // Walking a leg in steps is exact enough for words.
    let leg = |a: Point, b: Point| (0..=24).any(|step| on(a.toward(b, f64::from(step) / 24.0)));
    plot.series.iter().any(|series| {
        let points: Vec<Point> = series.points.iter().map(|point| frame.point(*point)).collect();
        points.iter().any(|point| on(*point)) || points.windows(2).any(|pair| leg(pair[0], pair[1]))
    })
}

/// Different strokes for the first series and the others.
const STROKES: [&str; 4] = ["line", "line-2", "line-3", "line-4"];

fn line(frame: &Frame, which: usize, series: &Series, sketch: &mut Sketch) {
    let points: Vec<Point> = series.points.iter().map(|point| frame.point(*point)).collect();
    if points.len() > 1 {
        let corners = if series.holds { stairs(&points) } else { points.clone() };
        sketch.shapes.push(Shape::Line(STROKES[which % STROKES.len()], corners));
    }
    let marked = if points.len() > MOST_MARKS { points.len() - 1 } else { 0 };
    sketch.shapes.extend(points.iter().skip(marked).map(|point| Shape::Mark(which, *point, MARK)));
}

/// A line that keeps its level until the next point.
fn stairs(points: &[Point]) -> Vec<Point> {
    let treads = points.windows(2).flat_map(|pair| [pair[0], at(pair[1].x, pair[0].y)]);
    treads.chain(points.last().copied()).collect()
}

/// The values of a single series beside their marks: the last, the first, the greatest and the least, then the
/// others, each where it meets nothing.
fn values(frame: &Frame, series: &Series, lang: Lang, sketch: &mut Sketch) {
    let points = &series.points;
    let by = |a: &usize, b: &usize| points[*a].1.total_cmp(&points[*b].1);
    let order =
        [points.len().checked_sub(1), Some(0), (0..points.len()).max_by(by), (0..points.len()).min_by(by)];
    let rest = (0..points.len()).take(MOST_MARKS);
    let mut placed: Vec<usize> = Vec::new();
    for which in order.into_iter().flatten().chain(rest) {
        if placed.contains(&which) {
            continue;
        }
        placed.push(which);
        let place = frame.point(points[which]);
        let word = display(points[which].1, lang);
        let room = [place.y - MARK - 4.0, place.y + MARK + SIZE];
        let set = |y| {
            let label = Label::centred("value", &word, at(place.x, y), SIZE);
            label.kept(frame.area.x + 1.0, frame.area.right() + MARK)
        };
        let free = |label: &Label| {
            let inside = label.area().y >= frame.area.y - SIZE * 0.8
                && label.area().y + SIZE <= frame.area.y + frame.area.h;
            inside
                && label.area().right() <= sketch.width
                && sketch.labels.iter().all(|other| !label.meets(other, 3.0))
        };
        if let Some(label) = room.into_iter().map(set).find(free) {
            sketch.labels.push(label);
        }
    }
}

/// Whose mark is whose, below the plot; gives where the drawing ends.
fn legend(plot: &Plot, start: Point, sketch: &mut Sketch) -> f64 {
    let mut foot = start.y;
    if plot.series.len() < 2 {
        return foot;
    }
    foot += GAP;
    for (which, series) in plot.series.iter().enumerate() {
        let last = series.points.last().map(|(_, value)| display(*value, plot.lang)).unwrap_or_default();
        let words = format!("{}: {last}", series.name);
        let indent = 36.0;
        let y = at(0.0, foot + SIZE * 0.65).y;
        sketch
            .shapes
            .push(Shape::Line(STROKES[which % STROKES.len()], vec![at(0.0, y), at(indent - 8.0, y)]));
        sketch.shapes.push(Shape::Mark(which, at((indent - 8.0) / 2.0, y), MARK));
        for part in wrap_loosely(&words, SIZE, sketch.width - indent) {
            sketch.labels.push(Label::starting("label", &part, at(indent, foot + SIZE), SIZE));
            foot += LINE;
        }
        foot += 3.0;
    }
    at(0.0, foot).y
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Name, draw};
    use super::*;
    use proptest::prelude::*;

    fn day(days: i32) -> Date {
        let start = Date::parse("2020-01-01").unwrap();
        let month = start.plus_months(u16::try_from(days / 28).unwrap()).unwrap();
        Date::new(month.year(), month.month(), i8::try_from(days % 28).unwrap() + 1).unwrap()
    }

    /// Everything lies in the frame and no words meet.
    fn sound(sketch: &Sketch) {
        for (at, label) in sketch.labels.iter().enumerate() {
            let area = label.area();
            assert!(area.x >= -0.2 && area.right() <= sketch.width + 0.2, "{label:?} in {}", sketch.width);
            assert!(area.y >= -0.2 && area.y + area.h <= sketch.height + 0.5, "{label:?}");
            for other in &sketch.labels[at + 1..] {
                assert!(!label.meets(other, 0.0), "{label:?} meets {other:?}");
            }
        }
        let svg = draw(sketch, &Name::default());
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }

    fn plot(points: &[(i32, f64)]) -> Plot {
        let points = points.iter().map(|(at, value)| (day(*at), *value)).collect();
        Plot { series: vec![Series { points, ..Series::default() }], ..Plot::default() }
    }

    #[test]
    fn one_value_and_equal_values_are_drawn() {
        sound(&layout(&plot(&[(0, 5.0)]), 640.0));
        sound(&layout(&plot(&[(0, 5.0), (9, 5.0), (400, 5.0)]), 288.0));
        sound(&layout(&plot(&[(0, 0.0)]), 640.0));
        sound(&layout(&plot(&[(0, f64::MAX), (1, f64::MIN)]), 288.0));
        assert!(layout(&plot(&[]), 640.0).height < 1.0);
    }

    #[test]
    fn thousands_of_values_are_a_line_with_one_mark() {
        let many: Vec<(i32, f64)> = (0..2000).map(|at| (at, f64::from(at % 7))).collect();
        let sketch = layout(&plot(&many), 640.0);
        assert_eq!(sketch.shapes.iter().filter(|shape| matches!(shape, Shape::Mark(..))).count(), 1);
        sound(&sketch);
    }

    #[test]
    fn axes_are_round() {
        let ticks = |least, most| Axis::between(least, most).ticks().collect::<Vec<f64>>();
        assert_eq!(ticks(0.0, 100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(1.0, 5.0), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(ticks(-3.0, 4.0), [-4.0, -2.0, 0.0, 2.0, 4.0]);
    }

    proptest! {
        #[test]
        fn no_words_meet_and_all_is_inside(
            values in proptest::collection::vec((0..3000_i32, -1e9..1e9_f64), 1..30),
            target in proptest::option::of(-1e9..1e9_f64),
            series in 1..9_usize,
            width in 260.0..800.0_f64,
        ) {
            let mut points: Vec<(Date, f64)> = values.iter().map(|(at, value)| (day(*at), *value)).collect();
            points.sort_by_key(|(day, _)| *day);
            let one = Series { name: "Keskinen nuorten aikuisten tiimi".into(), points, holds: series > 4 };
            let plot = Plot {
                series: vec![one; series],
                target: target.map(|value| (value, format!("Tavoite {value:.1}"))),
                unit: "Asiakkaita omatyöntekijää kohden, keskiarvo".into(),
                ..Plot::default()
            };
            sound(&layout(&plot, width));
        }

        #[test]
        fn values_of_any_size_are_drawn(value in proptest::num::f64::NORMAL, other in proptest::num::f64::NORMAL) {
            sound(&layout(&plot(&[(0, value), (90, other)]), 300.0));
        }
    }
}
