//! Numbers as staff write them: `197 000` and `3,4` in Finnish and Swedish, `197,000` and `3.4` in English.

use crate::base::lang::Lang;

/// A space that never ends a line.
const SPACE: &str = "\u{a0}";

/// A number with the marks of a language: as many decimals as it has, at most six, and two from
/// ten thousand.
pub fn display(number: f64, lang: Lang) -> String {
    let size = number.abs();
    let (group, point) = if lang == Lang::EN { (",", ".") } else { (SPACE, ",") };
    if size >= 1e15 || (size > 0.0 && size < 1e-6) {
        return format!("{number:.2e}").replace('.', point).replace('-', "−");
    }
    // Nobody reads the millionths of a million.
    let decimals = if size < 10_000.0 { 6 } else { 2 };
    let plain = format!("{size:.decimals$}");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let part = part.trim_end_matches('0');
    let sign =
        if number < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { "−" } else { "" };
    let point = if part.is_empty() { "" } else { point };
    format!("{sign}{}{point}{part}", grouped(whole, group))
}

/// A whole number with the marks of a language, however large.
pub fn whole(number: u64, lang: Lang) -> String {
    grouped(&number.to_string(), if lang == Lang::EN { "," } else { SPACE })
}

/// Digits in groups of three, counted from the end; four stand together in Finnish and Swedish.
fn grouped(digits: &str, between: &str) -> String {
    if digits.len() <= 3 || (digits.len() == 4 && between == SPACE) {
        return digits.to_owned();
    }
    let ends = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    let digit = |(at, digit): (usize, char)| {
        if ends(at) { format!("{between}{digit}") } else { digit.to_string() }
    };
    digits.chars().enumerate().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: f64, finnish: &str) {
        assert_eq!(display(number, Lang::FI).replace('\u{a0}', " "), finnish);
    }

    #[test]
    fn numbers_are_written_as_staff_write_them() {
        check(197_000.0, "197 000");
        check(1234.0, "1234");
        check(3.4, "3,4");
        check(-12.5, "−12,5");
        check(0.1 + 0.2, "0,3");
        check(-0.000_000_1, "−1,00e−7");
        check(-0.0, "0");
        assert_eq!(display(1234.5, Lang::EN), "1,234.5");
    }

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        let finnish = [70, 1200, 12_000, 1_234_567].map(|number| whole(number, Lang::FI));
        assert_eq!(finnish, ["70", "1200", "12\u{a0}000", "1\u{a0}234\u{a0}567"]);
        assert_eq!([70, 1200, 12_000].map(|number| whole(number, Lang::EN)), ["70", "1,200", "12,000"]);
    }

    #[test]
    fn even_the_largest_number_stays_short() {
        assert!(display(f64::MAX, Lang::FI).len() < 12);
    }
}
