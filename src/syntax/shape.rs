//! The shape of a text, by which two languages of it are compared: its numbers, its outline, its language.

mod lines;
mod numbers;

use crate::base::digest::Digest;
use crate::base::lang::Lang;

/// What two languages of one text have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Its fingerprint; how its lines are broken does not matter.
    pub digest: Box<str>,
    /// The numbers in figures, sorted, with a space between them; each as often as it stands there.
    pub numbers: Box<str>,
    /// The marks of headings, list items and table rows, in order.
    pub outline: Box<str>,
    /// Whether it has a sign for a section of law.
    pub cites: bool,
    small: [u32; COUNTED],
}

/// The languages that are known by their small words.
const KNOWN: [Lang; COUNTED] = [Lang::FI, Lang::SV];
/// How many they are.
const COUNTED: usize = 2;

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
const FOREIGN: u32 = 2;

impl Shape {
    /// The shape of a short text, which has no marks of lists.
    pub fn of(text: &str) -> Shape {
        let mut found = Vec::new();
        text.lines().for_each(|line| numbers::find(line, &mut found));
        let mut outline = String::new();
        lines::each(text, &mut |mark, _| add(mark, &mut outline));
        Shape { numbers: sorted(found), outline: outline.into(), ..Shape::of_words(text) }
    }

    /// The shape of prose: the numbers of list items are marks and no numbers.
    pub fn of_prose(text: &str) -> Shape {
        let (mut found, mut outline) = (Vec::new(), String::new());
        lines::each(text, &mut |mark, rest| {
            numbers::find(rest, &mut found);
            add(mark, &mut outline);
        });
        Shape { numbers: sorted(found), outline: outline.into(), ..Shape::of_words(text) }
    }

    fn of_words(text: &str) -> Shape {
        let mut shape = Shape { cites: text.contains('§'), ..Shape::default() };
        let mut flat = String::with_capacity(text.len());
        for word in text.split_ascii_whitespace() {
            flat.push_str(word);
            flat.push(' ');
            shape.word(word);
        }
        shape.digest = Digest::of(flat.trim_end().as_bytes()).short().into();
        shape
    }

    fn word(&mut self, word: &str) {
        if word.len() > LONGEST || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let is_bare = |end: Option<&u8>| end.is_some_and(u8::is_ascii_alphabetic);
        let word = match (is_bare(word.as_bytes().first()), is_bare(word.as_bytes().last())) {
            (true, true) => word,
            _ => word.trim_matches(|c: char| !c.is_alphabetic()),
        };
        if let Some(count) = small(word).and_then(|of| self.small.get_mut(of)) {
            *count += 1;
        }
    }

    /// Whether the text has small words of another language and none of its own.
    pub fn is_foreign(&self, lang: Lang) -> bool {
        let Some(own) = KNOWN.iter().position(|of| *of == lang) else { return false };
        let others = self.small.iter().enumerate().filter(|(at, _)| *at != own);
        self.small[own] == 0 && others.into_iter().any(|(_, count)| *count >= FOREIGN)
    }
}

/// Numbers as they are kept.
fn sorted(mut numbers: Vec<String>) -> Box<str> {
    numbers.sort_unstable();
    numbers.join(" ").into()
}

/// Adds the mark at the beginning of a line.
fn add(mark: Option<&str>, outline: &mut String) {
    if let Some(mark) = mark {
        outline.push_str(if outline.is_empty() { "" } else { " " });
        outline.push_str(mark);
    }
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
        assert_eq!(of("## A\n\n- a\n- b\n\n1. c\n").outline, "## - - 1.".into());
        assert_eq!(of("a\nb  c").digest, of("a b c").digest);
        assert_ne!(of("ab").digest, of("a b").digest);
    }

    /// The numbers of prose, each as often as it stands there.
    fn numbers(text: &str) -> Vec<String> {
        Shape::of_prose(text).numbers.split_ascii_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn marks_of_lists_are_no_numbers() {
        assert_eq!(numbers("1. a 5\n2. b\n\n3) c"), ["5"]);
        assert_eq!(numbers("Viimeistään\n7. arkipäivänä"), ["7"]);
        assert_eq!(numbers("- a\n  1. b\n  2. c"), [""; 0]);
        assert_eq!(Shape::of("7. arkipäivä").numbers, Shape::of("dag 7").numbers);
    }

    #[test]
    fn addresses_and_names_of_notes_are_no_numbers() {
        assert_eq!(numbers("[3 §](https://a.fi/(1)/2) 4"), ["3", "4"]);
        assert_eq!(numbers("[a](<b 1.md>) <https://a.fi/1> https://a.fi/2/x 5."), ["5"]);
        assert_eq!(numbers("a[^1] alle <6 v, [7] (8)"), ["6", "7", "8"]);
    }

    #[test]
    fn thousands_are_one_number_with_a_space_or_without() {
        for text in ["1000 € ja 1250000", "1 000 € ja 1 250 000", "1\u{a0}000 € ja 1\u{202f}250\u{a0}000"]
        {
            assert_eq!(numbers(text), ["1000", "1250000"], "{text}");
        }
        assert_eq!(numbers("2026 100, 1 0000, 7.30 100"), ["0000", "1", "100", "100", "2026", "30", "7"]);
    }

    #[test]
    fn rows_of_tables_are_in_the_outline() {
        assert_eq!(Shape::of_prose("## A\n\n| a | b |\n|---|:-:|\n| 1 | - |\n").outline, "## | |".into());
    }
}
