//! A time axis: which days are marked, where, and with what words, so that no two of them meet.

use super::curve::{Point, at};
use super::sketch::Label;
use super::width::text_width;
use crate::base::date::Date;
use crate::base::lang::Lang;

/// From which day to which day, between which two edges.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Where the first day lies.
    pub left: f64,
    /// Where the last day lies.
    pub right: f64,
}

impl Span {
    /// Where a day lies; days outside lie at the edge, and the only day lies in the middle.
    pub fn place(&self, day: Date) -> f64 {
        let (from, to) = (f64::from(self.from.days()), f64::from(self.to.days()));
        if to <= from {
            return f64::midpoint(self.left, self.right);
        }
        let part = ((f64::from(day.days()) - from) / (to - from)).clamp(0.0, 1.0);
        self.left + part * (self.right - self.left)
    }
}

/// A marked day.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it lies.
    pub x: f64,
    /// What is written there.
    pub label: Label,
}

/// Steps between marked days, in months.
const STEPS: [u16; 14] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];

/// How far words on the axis stay apart.
const GAP: f64 = 10.0;

/// The days to be marked: as many first days of months or years as there is room for, or the ends where the
/// span holds fewer than two of them.
pub fn ticks(span: &Span, edges: (f64, f64), (y, size): (f64, f64), lang: Lang) -> Vec<Tick> {
    let tick = |day: Date, words: &str| {
        let x = span.place(day);
        let place: Point = at(x, y);
        Tick { x: place.x, label: Label::centred("tick", words, place, size).kept(edges.0, edges.1) }
    };
    for step in STEPS {
        // Widest words first: a step whose words cannot have room is not even laid out.
        let months = months(span);
        let wide = text_width(if step < 12 { "12/2026" } else { "2026" }, size) + GAP;
        if f64::from(months) / f64::from(step) * wide > (span.right - span.left) * 2.0 {
            continue;
        }
        let days = starts(span, step);
        let found: Vec<Tick> = days.map(|day| tick(day, &month(day, step))).collect();
        if found.len() < 2 {
            break;
        }
        if found.windows(2).all(|pair| !pair[0].label.meets(&pair[1].label, GAP)) {
            return found;
        }
    }
    let mut ends = vec![tick(span.from, &span.from.display(lang))];
    let last = tick(span.to, &span.to.display(lang));
    if span.to > span.from && !ends[0].label.meets(&last.label, GAP) {
        ends.push(last);
    }
    ends
}

fn months(span: &Span) -> i32 {
    index(span.to) - index(span.from)
}

/// Months since the year nought.
fn index(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The first days of every so many months within a span.
fn starts(span: &Span, step: u16) -> impl Iterator<Item = Date> {
    let (from, to, step) = (span.from, span.to, i32::from(step));
    let first = index(from).div_euclid(step);
    let count = index(to).div_euclid(step) - first + 1;
    let day = move |at: i32| {
        let months = (first + at) * step;
        Date::new(
            i16::try_from(months.div_euclid(12)).ok()?,
            i8::try_from(months.rem_euclid(12) + 1).ok()?,
            1,
        )
    };
    (0..count).filter_map(day).filter(move |day| from <= *day && *day <= to)
}

/// A month as it is written on the axis: `8/2005`, or `2005` where whole years are marked.
fn month(day: Date, step: u16) -> String {
    if step < 12 { format!("{}/{}", day.month(), day.year()) } else { day.year().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, wide: f64, words: &[&str]) {
        let day = |text| Date::parse(text).unwrap();
        let span = Span { from: day(from), to: day(to), left: 0.0, right: wide };
        let ticks = ticks(&span, (0.0, wide), (10.0, 12.0), Lang::FI);
        let told: Vec<&str> = ticks.iter().map(|tick| tick.label.text.as_str()).collect();
        assert_eq!(told, words, "{from} to {to}");
    }

    #[test]
    fn as_many_months_or_years_are_marked_as_there_is_room_for() {
        check("2005-08-01", "2007-12-31", 500.0, &["1/2006", "7/2006", "1/2007", "7/2007"]);
        check("2005-08-01", "2007-12-31", 150.0, &["2006", "2007"]);
        check("2026-01-01", "2026-04-01", 400.0, &["1/2026", "2/2026", "3/2026", "4/2026"]);
    }

    #[test]
    fn short_spans_are_marked_at_their_ends() {
        check("2026-01-03", "2026-01-19", 400.0, &["3.1.2026", "19.1.2026"]);
        check("2026-01-03", "2026-01-03", 400.0, &["3.1.2026"]);
    }
}
