//! What stands behind a section sign: its ending, a subsection, an item, a statute.

use super::Signed;
use super::back::{self, is_gap, is_word};
use super::statute::Word;

/// What stands behind the sign.
pub(super) struct Tail {
    /// The subsection.
    pub subsection: Option<u16>,
    /// The item.
    pub item: Option<u16>,
    /// Byte behind all that.
    pub end: usize,
}

/// A word for a part of a section: how it begins, and whether it is cut short with a full stop.
type Part = (&'static str, Stop);

/// What stands behind the beginning of a word.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    /// Nothing, or a full stop.
    May,
    /// A full stop.
    Must,
    /// The rest of the word: an ending.
    Ending,
}

const SUBSECTION: [Part; 2] = [("moment", Stop::Ending), ("mom", Stop::May)];
const ITEM: [Part; 5] = [
    ("kohta", Stop::Ending),
    ("kohda", Stop::Ending),
    ("punkt", Stop::Ending),
    ("k", Stop::Must),
    ("p", Stop::Must),
];

/// Reads what stands behind a sign.
pub(super) fn read(place: Signed<'_>) -> Tail {
    let sign = place.sign + '§'.len_utf8();
    let mut rest = without_ending(&place.text[sign..]);
    let mut tail = Tail { subsection: None, item: None, end: sign };
    for (words, number) in [(&SUBSECTION[..], &mut tail.subsection), (&ITEM[..], &mut tail.item)] {
        if let Some((read, left)) = part(rest, words) {
            *number = Some(read);
            rest = left;
            tail.end = place.text.len() - left.len();
        }
    }
    tail
}

/// The text behind `:n`, `:ssä`, `:ää`, `:s`.
fn without_ending(text: &str) -> &str {
    let letters = |rest: &str| rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
    text.strip_prefix(':').map_or(text, |rest| &rest[letters(rest)..])
}

/// ` 5 mom.` at the beginning of a text: the number, and the text behind it.
fn part<'t>(text: &'t str, words: &[Part]) -> Option<(u16, &'t str)> {
    let rest = text.trim_start_matches(is_gap);
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest[..rest.len() - behind.len()].parse().ok()?;
    let word = behind.trim_start_matches(is_gap);
    let left = words.iter().find_map(|(begins, stop)| ended(word.strip_prefix(begins)?, *stop))?;
    Some((number, left))
}

/// The text behind a word that has begun.
fn ended(text: &str, stop: Stop) -> Option<&str> {
    let left = match stop {
        Stop::Ending => text.trim_start_matches(char::is_alphabetic),
        Stop::Must => text.strip_prefix('.')?,
        Stop::May => text.strip_prefix('.').unwrap_or(text),
    };
    (!left.starts_with(char::is_alphabetic)).then_some(left)
}

/// The word behind `end`, past an `i` where one stands between: `SVL`, `i socialvårdslagen`.
pub(super) fn word(text: &str, end: usize) -> Option<Word<'_>> {
    let start = begin(text, end)?;
    let rest = &text[start..];
    let left = rest.trim_start_matches(is_word);
    let word = &rest[..rest.len() - left.len()];
    let whole = !word.is_empty() && !left.starts_with('-');
    whole.then_some(Word { text: word, start, end: start + word.len() })
}

/// Where the words behind `end` begin, past an `i` where one stands between.
pub(super) fn begin(text: &str, end: usize) -> Option<usize> {
    let rest = spaced(&text[end..])?;
    let rest = rest.strip_prefix('i').and_then(spaced).unwrap_or(rest);
    Some(text.len() - rest.len())
}

/// Whether a section and its sign follow at once: then the word before is the statute of that one.
pub(super) fn cites(text: &str, end: usize) -> bool {
    let behind = text.len() - without_ending(&text[end..]).len();
    let Some(rest) = spaced(&text[behind..]) else { return false };
    let from = text.len() - rest.len();
    let next = rest.find('§').and_then(|at| back::read(Signed { text, from, sign: from + at }));
    next.is_some_and(|head| head.start == from)
}

/// The text behind the spaces it begins with; `None` where it begins with none.
fn spaced(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_gap);
    (rest.len() < text.len()).then_some(rest)
}
