//! Measured values in words: with their unit, and how far they are from the target.

use super::Cx;
use crate::base::html::Html;
use crate::base::number::display;
use crate::model::indicator::{Better, Indicator, Measure};

/// A value with its unit.
pub(super) fn amount(cx: Cx<'_>, unit: Measure, value: f64) -> String {
    let number = display(value, cx.lang);
    let one = display(value.abs(), cx.lang) == "1";
    let key = match unit {
        Measure::Percent => "measured.percent",
        Measure::Days if one => "measured.day",
        Measure::Days => "measured.days",
        Measure::Weekdays if one => "measured.weekday",
        Measure::Weekdays => "measured.weekdays",
        Measure::Euros => "measured.euros",
        Measure::Number | Measure::Index => return number,
    };
    cx.strings().with(key, &[("n", &number)])
}

/// The unit in words, with the scale where it is not known to everybody.
pub(super) fn unit(cx: Cx<'_>, indicator: &Indicator) -> String {
    let word = cx.word_of("measure", indicator.unit.as_str());
    match indicator.bounds().filter(|_| indicator.unit != Measure::Percent) {
        Some((from, to)) => {
            let (from, to) = (display(from, cx.lang), display(to, cx.lang));
            cx.strings().with("measured.scale", &[("unit", &word), ("from", &from), ("to", &to)])
        }
        None => word,
    }
}

/// How far a value is from the target.
pub(super) fn difference(cx: Cx<'_>, indicator: &Indicator, value: f64) -> Option<String> {
    let target = indicator.target?.value;
    let (missing, key) = match indicator.better {
        Better::Higher => (target - value, "measured.below"),
        Better::Lower => (value - target, "measured.above"),
    };
    if missing <= 0.0 {
        return Some(cx.word("measured.met").to_owned());
    }
    let missing = match indicator.unit {
        Measure::Percent => {
            let n = display(missing, cx.lang);
            cx.strings().with(if n == "1" { "measured.point" } else { "measured.points" }, &[("n", &n)])
        }
        unit => amount(cx, unit, missing),
    };
    Some(cx.strings().with(key, &[("difference", &missing)]))
}

/// Drawings of which the one that fits is shown.
pub(super) fn frame(drawings: &[String]) -> Html {
    Html::vouched(format!("<div class=\"pk-chart-frame\">{}</div>", drawings.concat()))
}
