//! What the parser complains of, in the terms of an author.

use std::ops::Range;

use toml::de::DeTable;

use super::whole_letters;
use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Fix};
use crate::base::source::{FileId, Span};
use crate::syntax;

/// A complaint of the parser's and its place.
#[derive(Debug, Clone)]
pub(super) struct Complaint {
    pub message: String,
    pub range: Range<usize>,
}

/// What the parser complains of in a text, in the order of places.
pub(super) fn complaints(text: &str) -> Vec<Complaint> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let complaint = |error: &toml::de::Error| {
        let range = whole_letters(text, &error.span().unwrap_or_default());
        Complaint { message: error.message().to_owned(), range }
    };
    let mut found: Vec<Complaint> = errors.iter().map(complaint).collect();
    found.sort_by_key(|complaint| complaint.range.start);
    found
}

/// The complaint that explains the others about one statement: a line of words is no pair, whatever
/// letters its words have.
pub(super) fn chief(found: Vec<Complaint>) -> Option<Complaint> {
    let bad_key = found.first()?.code() == syntax::TOML_BAD_KEY;
    let no_equals = found.iter().position(|later| later.code() == syntax::TOML_NO_EQUALS);
    found.into_iter().nth(no_equals.filter(|_| bad_key).unwrap_or(0))
}

impl Complaint {
    /// What it is to an author, before one looks at the text.
    pub(super) fn code(&self) -> Code {
        let class = CLASSES.iter().find(|(begins, _)| self.message.starts_with(begins));
        class.map_or(syntax::TOML_SYNTAX, |class| class.1)
    }

    /// Whether something is written a second time.
    pub(super) fn is_twin(&self) -> bool {
        self.code() == syntax::TOML_DUPLICATE_KEY
    }

    /// The finding, in the text as the author wrote it.
    pub(super) fn tell(&self, file: FileId, text: &str) -> Diagnostic {
        let place = whole_letters(text, &self.range);
        if let Some((place, meant)) = number(text, &place) {
            let (span, words) = (Span::new(file, &place), &text[place]);
            let fix = Some(Fix { span, text: meant });
            return Diagnostic { fix, ..Diagnostic::at(syntax::TOML_BAD_NUMBER, span).with("key", words) };
        }
        if self.code() == syntax::TOML_UNQUOTED {
            return bare(file, text, value(text, &place));
        }
        let (span, words) = (Span::new(file, &place), text[place].trim());
        Diagnostic::at(self.code(), span).with("key", words).with("parser", self.message.as_str())
    }
}

/// How the parser's messages begin, and what they are to an author. What is not listed is told as a
/// general syntax mistake with the parser's own words.
const CLASSES: [(&str, Code); 24] = [
    ("duplicate key", syntax::TOML_DUPLICATE_KEY),
    ("cannot extend value", syntax::TOML_DUPLICATE_KEY),
    ("string values must be quoted", syntax::TOML_UNQUOTED),
    ("missing opening quote", syntax::TOML_UNQUOTED),
    ("invalid boolean", syntax::TOML_UNQUOTED),
    ("invalid float", syntax::TOML_UNQUOTED),
    ("invalid fraction", syntax::TOML_UNQUOTED),
    ("invalid mantissa", syntax::TOML_UNQUOTED),
    ("invalid integer", syntax::TOML_UNQUOTED),
    ("invalid date", syntax::TOML_UNQUOTED),
    ("invalid time", syntax::TOML_UNQUOTED),
    ("unexpected leading zero", syntax::TOML_UNQUOTED),
    ("unexpected sign", syntax::TOML_UNQUOTED),
    ("redundant numeric sign", syntax::TOML_UNQUOTED),
    ("invalid unquoted key", syntax::TOML_BAD_KEY),
    ("invalid multi-line", syntax::TOML_UNCLOSED),
    ("invalid basic string", syntax::TOML_UNCLOSED),
    ("invalid literal string", syntax::TOML_UNCLOSED),
    ("unclosed", syntax::TOML_UNCLOSED),
    ("missing assignment", syntax::TOML_NO_EQUALS),
    ("missing value", syntax::TOML_NO_EQUALS),
    ("unquoted keys cannot be empty", syntax::TOML_NO_EQUALS),
    ("key with no value", syntax::TOML_NO_EQUALS),
    ("extra `=`", syntax::TOML_NO_EQUALS),
];

/// The whole of a value that the parser could follow only in part: `21.11.2026`, not `.2026`.
fn value(text: &str, part: &Range<usize>) -> Range<usize> {
    let before = text[..part.start].trim_end_matches(|c| !matches!(c, '=' | '[' | ',' | '{' | '\n'));
    let rest = &text[part.end..];
    let behind = rest.find([',', ']', '}', '#', '\n']).map_or(text.len(), |end| part.end + end);
    let value = &text[before.len()..behind];
    let start = before.len() + (value.len() - value.trim_start().len());
    start..start.max(before.len() + value.trim_end().len())
}

/// The value of the line that holds a place, where it is a number as people write it, and how it is written
/// here: `84,5`, `84 %`, `120 000 €`.
fn number(text: &str, place: &Range<usize>) -> Option<(Range<usize>, String)> {
    let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let (key, value) = text[start..end].split_once('=')?;
    let value = value.split('#').next()?;
    let from = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let value = value.trim();
    let meant = plain_number(value.trim_end_matches(['%', '€']).trim_end())?;
    (meant != value).then(|| (from..from + value.len(), meant))
}

/// A number with a point and without spaces; none where the spaces do not part thousands, as in a telephone
/// number, or where there are more signs.
fn plain_number(written: &str) -> Option<String> {
    let (whole, decimals) = match written.split_once([',', '.']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (written, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.strip_prefix(['-', '\u{2212}']).unwrap_or(whole).split([' ', '\u{a0}']);
    let first = groups.next().filter(|first| digits(first) && (*first == "0" || !first.starts_with('0')))?;
    let rest: Vec<&str> = groups.collect();
    let thousands = rest.is_empty() || first.len() <= 3;
    if !thousands || !rest.iter().all(|group| group.len() == 3 && digits(group)) {
        return None;
    }
    let decimals = match decimals {
        Some(decimals) if digits(decimals) => format!(".{decimals}"),
        Some(_) => return None,
        None => String::new(),
    };
    let sign = if whole.starts_with(['-', '\u{2212}']) { "-" } else { "" };
    Some(format!("{sign}{first}{}{decimals}", rest.concat()))
}

/// The finding about a value without quotation marks, with what it should be where that is sure.
fn bare(file: FileId, text: &str, place: Range<usize>) -> Diagnostic {
    let (span, words) = (Span::new(file, &place), &text[place]);
    let (code, meant) = taken_for(words);
    let fix = meant.map(|text| Fix { span, text });
    Diagnostic { fix, ..Diagnostic::at(code, span).with("key", words) }
}

/// What a value without quotation marks is taken for, and what it should be.
fn taken_for(value: &str) -> (Code, Option<String>) {
    if value.is_empty() {
        return (syntax::TOML_NO_EQUALS, None);
    }
    let word = value.to_lowercase();
    if let Some((_, truth)) = YES_NO.iter().find(|(words, _)| words.contains(&word.as_str())) {
        return (syntax::TOML_YES_NO, Some(truth.to_string()));
    }
    match day(value) {
        Some(date) => (syntax::TOML_BAD_DATE, date.map(|date| date.to_string())),
        None => (syntax::TOML_UNQUOTED, None),
    }
}

/// Words for yes and no.
const YES_NO: [(&[&str], bool); 2] = [
    (&["true", "kyllä", "tosi", "ja", "sant", "yes"], true),
    (&["false", "ei", "epätosi", "nej", "falskt", "no"], false),
];

/// Whether a value is meant as a day, and which one it is where the day exists.
fn day(value: &str) -> Option<Option<Date>> {
    let sign = value.chars().find(|c| matches!(c, '.' | '-' | '/'))?;
    let parts: Vec<&str> = value.split(sign).collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !parts.iter().all(digits) {
        return None;
    }
    match (lengths.as_slice(), parts.as_slice()) {
        ([4, 1..=2, 1..=2], [year, month, day]) | ([1..=2, 1..=2, 4], [day, month, year]) => {
            let date = |year: &str| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            Some(date(year))
        }
        ([1..=2, 1..=2, 0 | 2], _) => Some(None),
        ([4, 1..=2], _) if sign == '-' => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_as_people_write_them() {
        let meant = |line: &str| number(line, &(4..5)).map(|(place, meant)| (line[place].to_owned(), meant));
        for (value, number) in [
            ("84,5", "84.5"),
            ("84,5 % # mitattu", "84.5"),
            ("84%", "84"),
            ("120 000 €", "120000"),
            ("1 120 000,50", "1120000.50"),
        ] {
            let written = value.split(" #").next().unwrap_or_default().to_owned();
            assert_eq!(meant(&format!("k = {value}")), Some((written, number.to_owned())), "{value}");
        }
        for value in
            ["040 123 456", "00100", "1301/2014", "21.11.2026", "1,2,3", "017 12", "x", "12 34", "84.5"]
        {
            assert_eq!(meant(&format!("k = {value}")), None, "{value}");
        }
    }

    #[test]
    fn days_are_known_in_every_order() {
        let meant = taken_for;
        let date = |text: &str| (syntax::TOML_BAD_DATE, Some(text.to_owned()));
        for value in ["21.11.2026", "21/11/2026", "21-11-2026", "2026.11.21"] {
            assert_eq!(meant(value), date("2026-11-21"), "{value}");
        }
        assert_eq!(meant("2026-1-2"), date("2026-01-02"));
        for value in ["2026-02-30", "31.2.2026", "21.11.", "21.11.26", "2026-11"] {
            assert_eq!(meant(value), (syntax::TOML_BAD_DATE, None), "{value}");
        }
        for value in ["1301/2014", "040-123 456", "017-123456", "1.2.3", "SHL 36 §", "21.11.2026 klo 9"] {
            assert_eq!(meant(value), (syntax::TOML_UNQUOTED, None), "{value}");
        }
    }
}
