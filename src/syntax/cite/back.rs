//! What stands before a section sign, read backwards: sections, a chapter, a statute.

use std::ops::Range;

use super::statute::{self, Word};
use super::{SectionNumber, Signed};

/// What stands before the sign.
pub(super) struct Head<'t> {
    /// The sections, in the order of the text; at least one.
    pub numerals: Vec<Numeral>,
    /// First byte of the first section, or of its chapter.
    pub start: usize,
    /// The word before that: perhaps a statute.
    pub word: Option<Word<'t>>,
}

/// One section as written: `36`, `13 b`, `5:4`, `36.3` with its subsection.
#[derive(Debug)]
pub(super) struct Numeral {
    pub section: SectionNumber,
    pub subsection: Option<u16>,
    pub range: Range<usize>,
}

/// Words and signs between the sections of a list or a range.
const BETWEEN: [&str; 9] = ["–", "-", "ja", "och", "sekä", "samt", "tai", "eller", ","];
/// Words between a chapter and its section.
const CHAPTER: [&str; 5] = ["luvun", "luku", "luvussa", "kap.", "kap"];

/// Reads what stands before a sign. `None` where it is no section, or one that cannot be read for sure.
pub(super) fn read(place: Signed<'_>) -> Option<Head<'_>> {
    let text = &place.text[..place.sign];
    let mut back = Back { text, from: place.from };
    back.gap();
    let mut numerals = vec![back.numeral()?];
    while let Some(numeral) = back.listed() {
        numerals.push(numeral);
    }
    numerals.reverse();
    back.settled().then_some(())?;
    back.chapter(&mut numerals)?;
    let start = back.text.len();
    Some(Head { numerals, start, word: back.statute() })
}

/// The text that is still to be read, from its end.
#[derive(Clone, Copy)]
struct Back<'t> {
    text: &'t str,
    from: usize,
}

impl<'t> Back<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.from..]
    }

    /// Takes the characters at the end that fit.
    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let left = self.rest().trim_end_matches(fits).len() + self.from;
        let taken = &self.text[left..];
        self.text = &self.text[..left];
        taken
    }

    fn gap(&mut self) -> bool {
        !self.take(is_gap).is_empty()
    }

    fn skip(&mut self, word: &str) -> bool {
        let left = self.rest().strip_suffix(word).map(|left| left.len() + self.from);
        left.inspect(|left| self.text = &self.text[..*left]).is_some()
    }

    /// A section that ends here.
    fn numeral(&mut self) -> Option<Numeral> {
        let mut back = *self;
        let end = back.text.len();
        let letter = back.letter();
        let digits = back.take(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
        let (section, subsection) = match digits.split_once('.') {
            Some((section, part)) if letter.is_none() => (section, Some(number(part)?)),
            Some(_) => return None,
            None => (digits, None),
        };
        let numeral = SectionNumber { letter, ..section_number(section)? };
        *self = back;
        Some(Numeral { section: numeral, subsection, range: back.text.len()..end })
    }

    /// The letter of a section: one small letter behind the digits, with a space or without.
    fn letter(&mut self) -> Option<char> {
        let mut back = *self;
        let letter = back.take(|c| c.is_ascii_lowercase()).chars();
        back.gap();
        let behind_digits = back.rest().ends_with(|c: char| c.is_ascii_digit());
        let only = letter.clone().next().filter(|_| behind_digits && letter.count() == 1)?;
        *self = back;
        Some(only)
    }

    /// A section before the one that has been read, with the word or sign between them.
    fn listed(&mut self) -> Option<Numeral> {
        let mut back = *self;
        let spaced = back.gap();
        let between = BETWEEN.iter().find(|between| back.skip(between))?;
        let fits = match *between {
            "–" | "-" => back.gap() == spaced,
            // `12,5` is a price.
            "," => spaced,
            _ => back.gap() && spaced,
        };
        let numeral = back.numeral().filter(|_| fits)?;
        *self = back;
        Some(numeral)
    }

    /// Whether the number begins here: `x36`, `1/36`, `3,36` and `–36` are no sections.
    fn settled(&self) -> bool {
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '–' | ',' | '.' | ':');
        !self.rest().ends_with(joined)
    }

    /// Takes a chapter in words into the sections: `1 luvun 3 §`, `1 kap. 3 §`. `None` where there is one
    /// that cannot be read, because the section of another chapter would be a wrong one.
    fn chapter(&mut self, numerals: &mut [Numeral]) -> Option<()> {
        let mut back = *self;
        if !(back.gap() && CHAPTER.iter().any(|word| back.skip(word))) {
            return Some(());
        }
        if back.rest().ends_with(char::is_alphabetic) {
            return Some(());
        }
        back.gap();
        let chapter = number(back.take(|c| c.is_ascii_digit()))?;
        back.settled().then_some(())?;
        for numeral in numerals {
            numeral.section.chapter.is_none().then(|| numeral.section.chapter = Some(chapter))?;
        }
        *self = back;
        Some(())
    }

    /// The word before the sections: `SHL`, `SHL:n`, `817/2015`, `sosiaalihuoltolain (1301/2014)`.
    fn statute(&mut self) -> Option<Word<'t>> {
        let mut back = *self;
        back.gap().then_some(())?;
        if back.skip(")") {
            return back.numbered();
        }
        let end = back.text.len();
        let mut text = back.take(is_word);
        if !text.is_empty() && text.chars().all(char::is_lowercase) && back.skip(":") {
            text = back.take(is_word);
        }
        let whole = !text.is_empty() && !back.rest().ends_with(['-', '–']);
        whole.then_some(Word { text, start: back.text.len(), end })
    }

    /// A number in brackets, with the name of the statute before it.
    fn numbered(mut self) -> Option<Word<'t>> {
        let end = self.text.len();
        let text = self.take(is_word);
        let bracketed = statute::is_number(text) && self.skip("(");
        bracketed.then_some(())?;
        let bracket = self.text.len();
        self.gap();
        let name = self.take(is_word);
        let named = statute::base_forms(name).next().is_some();
        Some(Word { text, start: if named { self.text.len() } else { bracket }, end })
    }
}

/// `36`, or `5:4` with its chapter.
fn section_number(digits: &str) -> Option<SectionNumber> {
    let (chapter, section) = match digits.split_once(':') {
        Some((chapter, section)) => (Some(number(chapter)?), section),
        None => (None, digits),
    };
    Some(SectionNumber { chapter, number: number(section)?, letter: None })
}

fn number(digits: &str) -> Option<u16> {
    digits.parse().ok()
}

/// Spaces within a citation: the usual one, and those that keep a line together.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Letters, digits, and the stroke of `817/2015`.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '/'
}
