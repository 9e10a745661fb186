//! Calendar days: an input of the build, never read from the clock below the command line.

use jiff::civil;

use crate::base::lang::{Lang, PerLang};

/// A calendar day without time or zone (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(civil::Date);

impl Date {
    /// Makes a day from year, month (1–12) and day of the month; `None` where there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// Reads `2026-11-21`.
    pub fn parse(text: &str) -> Option<Date> {
        text.parse().ok().map(Date)
    }

    /// The same day of the month `months` later, or the month's last day where it has fewer.
    pub fn plus_months(self, months: u16) -> Option<Date> {
        self.0.checked_add(jiff::Span::new().months(i32::from(months))).ok().map(Date)
    }

    /// The same day of the month `months` earlier, or the month's last day where it has fewer.
    pub fn minus_months(self, months: u16) -> Option<Date> {
        self.0.checked_sub(jiff::Span::new().months(i32::from(months))).ok().map(Date)
    }

    /// Days since the first of January 1970; negative before.
    pub fn days(self) -> i32 {
        let first = civil::Date::constant(1970, 1, 1);
        first.until(self.0).map_or(0, |span| span.get_days())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The month in words: `marraskuu 2026`, `november 2026`, `November 2026`.
    pub fn display_month(self, lang: Lang) -> String {
        let names = match lang {
            Lang::FI => &KUUKAUDET,
            Lang::SV => &MANADER,
            _ => &MONTHS,
        };
        format!("{} {}", names[self.month_index()], self.0.year())
    }

    /// The day as staff write it: `21.11.2026` in Finnish and Swedish, `21 November 2026` in English.
    pub fn display(self, lang: Lang) -> String {
        match lang {
            Lang::EN => format!("{} {} {}", self.0.day(), MONTHS[self.month_index()], self.0.year()),
            _ => format!("{}.{}.{}", self.0.day(), self.0.month(), self.0.year()),
        }
    }

    /// The day as staff write it, in every language polku speaks.
    pub fn everywhere(self) -> PerLang<String> {
        Lang::SPOKEN.into_iter().map(|lang| (lang, self.display(lang))).collect()
    }

    fn month_index(self) -> usize {
        usize::from(self.0.month().unsigned_abs()).saturating_sub(1) % MONTHS.len()
    }
}

const KUUKAUDET: [&str; 12] = [
    "tammikuu",
    "helmikuu",
    "maaliskuu",
    "huhtikuu",
    "toukokuu",
    "kesäkuu",
    "heinäkuu",
    "elokuu",
    "syyskuu",
    "lokakuu",
    "marraskuu",
    "joulukuu",
];

const MANADER: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_later_stays_inside_the_month() {
        let january = Date::parse("2026-01-31").unwrap();
        assert_eq!(january.plus_months(1).unwrap().to_string(), "2026-02-28");
        assert_eq!(january.display(Lang::FI), "31.1.2026");
        assert_eq!(january.display(Lang::EN), "31 January 2026");
        assert_eq!(january.minus_months(2).unwrap().to_string(), "2025-11-30");
        assert_eq!(january.display_month(Lang::SV), "januari 2026");
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(Date::parse("1970-01-01").unwrap().days(), 0);
        assert_eq!(Date::parse("2000-03-01").unwrap().days(), 11_017);
        assert_eq!(Date::parse("1969-12-31").unwrap().days(), -1);
    }
}
