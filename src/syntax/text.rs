//! Running text: the one form in which it can be compared, and its sentences.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text with letters in one sign each (NFC): a Mac and a PDF write `ä` as `a` and two dots.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether a text is in normal form. No letter below U+0300 combines with another, and of those no byte is `0xcc` or
/// more: that is asked first, because it is so of almost every text and costs next to nothing.
fn is_composed(text: &str) -> bool {
    text.bytes().fold(0, u8::max) < 0xcc || is_nfc(text)
}

/// The words of a text: letters and digits, with hyphens, and an ending behind the colon of an
/// abbreviation, as in `PTA:n`.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + span(&text[from..], &BETWEEN, |c| !c.is_alphanumeric());
        if start == text.len() {
            return None;
        }
        let rest = &text[start..];
        let mut end = span(rest, &INSIDE, char::is_alphanumeric);
        let ending = rest[end..].strip_prefix(':');
        let capital = || rest[..end].chars().next_back().is_some_and(char::is_uppercase);
        if let Some(ending) = ending.filter(|_| capital()) {
            let letters = ending.find(|c: char| !c.is_lowercase()).unwrap_or(ending.len());
            end += if letters > 0 { letters + 1 } else { 0 };
        }
        from = start + end;
        Some(start..start + end)
    })
}

/// The bytes that a text begins with as long as letters do so; `ascii` says which do so of those that are single
/// bytes, which are most and need not be put together first.
fn span(text: &str, ascii: &[bool; 128], other: impl Fn(char) -> bool) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            if !ascii[usize::from(*byte)] {
                break;
            }
            at += 1;
        } else {
            let Some(letter) = text[at..].chars().next().filter(|letter| other(*letter)) else { break };
            at += letter.len_utf8();
        }
    }
    at
}

/// What stands in a word, and what stands between words; a hyphen does both.
const INSIDE: [bool; 128] = ascii(true, true);
const BETWEEN: [bool; 128] = ascii(false, true);

const fn ascii(letters: bool, hyphen: bool) -> [bool; 128] {
    let (mut table, mut at) = ([false; 128], 0_u8);
    while at < 128 {
        table[at as usize] = if at == b'-' { hyphen } else { at.is_ascii_alphanumeric() == letters };
        at += 1;
    }
    table
}

/// Words with a full stop that ends no sentence, as handbooks write them in Finnish and Swedish.
const SHORTENED: [&str; 19] = [
    "tark", "esim", "ks", "vrt", "mm", "ym", "jne", "ns", "t.ex", "bl.a", "dvs", "jfr", "o.s.v", "m.m",
    "s.k", "nr", "nro", "puh", "tfn",
];

/// Parts of a section, cut short: they end no sentence before another citation.
const PARTS: [&str; 4] = ["mom", "k", "p", "kap"];

/// The sentences of a text, whose ends are looked for once.
///
/// A sentence ends with a sign that white space and a capital, or the end of the text, follow: so
/// `SHL 36 § 5 mom. mukaan` and `7. arkipäivänä` are not cut.
#[derive(Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    ends: Vec<usize>,
}

impl<'t> Sentences<'t> {
    /// The sentences of a text.
    pub fn of(text: &'t str) -> Sentences<'t> {
        let signs = text.match_indices(['.', '!', '?', '…']);
        Sentences { text, ends: signs.filter_map(|(at, sign)| end(text, at, sign)).collect() }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The sentence around a part of the text, without white space around.
    pub fn around(&self, part: &Range<usize>) -> &'t str {
        let before = self.ends.partition_point(|end| *end <= part.start).checked_sub(1);
        let from = before.map_or(0, |at| self.ends[at]);
        let to = self.ends[self.ends.partition_point(|end| *end < part.end)..].first();
        self.text[from..to.copied().unwrap_or(self.text.len())].trim()
    }
}

/// The byte behind a sign, where it ends a sentence. The word before is read only where white space follows,
/// so that no word is read twice.
fn end(text: &str, at: usize, sign: &str) -> Option<usize> {
    let behind = at + sign.len();
    let rest = text[behind..].trim_start();
    let begins = rest.chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit());
    let spaced = rest.len() < text.len() - behind;
    (begins && (spaced || rest.is_empty())).then_some(())?;
    let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let initial = word.chars().take(2).count() == 1 && word.chars().all(char::is_uppercase);
    let cited = rest.chars().take(2).filter(|c| c.is_uppercase()).count() > 1;
    let part = PARTS.contains(&word) && cited;
    let shortened = sign == "." && (initial || part || SHORTENED.contains(&word.to_lowercase().as_str()));
    (!shortened).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_hyphens_and_abbreviations_endings() {
        let text = "Sosiaali- ja PTA:n (TE-toimisto): ei.";
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["Sosiaali-", "ja", "PTA:n", "TE-toimisto", "ei"]);
    }

    #[test]
    fn a_sentence_is_not_cut_at_what_is_shortened() {
        let text =
            "Alku. Arvioinnista vastaa SHL 36 § 5 mom. mukaan sosiaalityöntekijä 7. arkipäivänä! Loppu.";
        let of = |word: &str| {
            let at = text.find(word).expect("the word is there");
            Sentences::of(text).around(&(at..at + word.len()))
        };
        assert_eq!(
            of("SHL"),
            "Arvioinnista vastaa SHL 36 § 5 mom. mukaan sosiaalityöntekijä 7. arkipäivänä!"
        );
        assert_eq!(of("Alku"), "Alku.");
        assert_eq!(of("Loppu"), "Loppu.");
        let cited = "Se sanotaan laissa (SHL 36 § 5 mom. SHL 37 § täydentää).";
        assert_eq!(Sentences::of(cited).around(&(20..25)), cited);
    }
}
