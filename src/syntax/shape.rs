//! The shape of a text, by which two languages of it are compared: its numbers, its outline, its language.

use std::collections::BTreeMap;

use crate::base::lang::Lang;
use crate::base::source::Digest;

/// What two languages of one text have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Its fingerprint; how its lines are broken does not matter.
    pub digest: String,
    /// The numbers in figures, and how often each.
    pub numbers: BTreeMap<String, usize>,
    /// The marks of headings and list items, in order.
    pub outline: String,
    /// Whether it has a sign for a section of law.
    pub cites: bool,
    small: [usize; KNOWN.len()],
}

/// The languages that are known by their small words.
const KNOWN: [Lang; 2] = [Lang::FI, Lang::SV];

/// The language of a small word, by its place in [`KNOWN`]: none is a word of the other.
fn small(word: &str) -> Option<usize> {
    match word {
        "ja" | "ei" | "että" | "sekä" | "tai" | "kun" | "joka" | "hän" | "ovat" | "myös" | "mukaan"
        | "niin" => Some(0),
        "och" | "att" | "är" | "inte" | "som" | "för" | "med" | "på" | "det" | "av" | "till" | "eller" => {
            Some(1)
        }
        _ => None,
    }
}

/// The bytes of the longest small word, and a sign behind it.
const LONGEST: usize = 7;

/// So many small words of another language a quotation or a name does not have.
const FOREIGN: usize = 2;

impl Shape {
    /// The shape of a text, in one walk over its words.
    pub fn of(text: &str) -> Shape {
        let mut shape = Shape { outline: outline(text), cites: text.contains('§'), ..Shape::default() };
        let mut flat = String::with_capacity(text.len());
        for word in text.split_ascii_whitespace() {
            flat.push_str(word);
            flat.push(' ');
            shape.word(word);
        }
        shape.digest = Digest::of(flat.trim_end().as_bytes()).short();
        shape
    }

    fn word(&mut self, word: &str) {
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            let figures = word.split(|c: char| !c.is_ascii_digit()).filter(|figures| !figures.is_empty());
            figures.for_each(|figures| *self.numbers.entry(figures.to_owned()).or_default() += 1);
        } else if word.len() <= LONGEST {
            let word = word.trim_matches(|c: char| !c.is_alphabetic());
            if let Some(count) = small(word).and_then(|of| self.small.get_mut(of)) {
                *count += 1;
            }
        }
    }

    /// Whether the text has small words of another language and none of its own.
    pub fn is_foreign(&self, lang: Lang) -> bool {
        let Some(own) = KNOWN.iter().position(|of| *of == lang) else { return false };
        let others = self.small.iter().enumerate().filter(|(at, _)| *at != own);
        self.small[own] == 0 && others.into_iter().any(|(_, count)| *count >= FOREIGN)
    }
}

/// The marks at the beginnings of lines.
fn outline(text: &str) -> String {
    let mut outline = String::new();
    for line in text.lines().map(str::trim_start) {
        let mark = line.split_ascii_whitespace().next().unwrap_or_default();
        let kept = match mark.as_bytes() {
            [b'#', rest @ ..] if rest.iter().all(|byte| *byte == b'#') => mark,
            b"-" | b"*" | b"+" => "-",
            [digits @ .., b'.'] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => "1.",
            _ => continue,
        };
        outline.push_str(if outline.is_empty() { "" } else { " " });
        outline.push_str(kept);
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_to_be_in_another_language_by_its_small_words() {
        let foreign = |lang, text| Shape::of(text).is_foreign(lang);
        assert!(foreign(Lang::SV, "Asiakas ja työntekijä sopivat, että työ jatkuu."));
        assert!(foreign(Lang::FI, "Klienten är med och det antecknas."));
        assert!(!foreign(Lang::FI, "Lag om utkomststöd och annat"));
        assert!(!foreign(Lang::SV, "SHL 36 § 5 mom."));
        assert!(!foreign(Lang::EN, "ja ei että"));
    }

    #[test]
    fn numbers_outlines_and_digests_say_what_is_the_same() {
        let of = Shape::of;
        assert_eq!(
            of("viimeistään 7. arkipäivänä 1.1.2026").numbers,
            of("den 7:e vardagen 1.1.2026").numbers
        );
        assert_ne!(of("3 kuukautta").numbers, of("tre månader").numbers);
        assert_eq!(of("## A\n\n- a\n- b\n\n1. c\n").outline, "## - - 1.");
        assert_eq!(of("a\nb  c").digest, of("a b c").digest);
        assert_ne!(of("ab").digest, of("a b").digest);
    }
}
