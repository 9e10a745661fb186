//! Citations of law as they are written in Finnish and Swedish handbooks.
//!
//! Purely grammatical: which statutes exist is not known here. The forms follow the Finnish drafting
//! guides (Lainkirjoittajan opas; Svenskt lagspråk i Finland): `SHL 36 § 5 mom. 2 k.`, `817/2015 9 §`,
//! `36 § 5 mom. SVL`.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A section of a statute: `36`, `13 b`, or `5:4` for chapter 5, section 4.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionNumber {
    /// The chapter, for statutes that number their sections anew in each chapter.
    pub chapter: Option<u16>,
    /// The number.
    pub number: u16,
    /// The letter of a section added between two others.
    pub letter: Option<char>,
}

impl SectionNumber {
    /// Reads `36`, `13 b`, `13b`, `5:4`.
    pub fn parse(text: &str) -> Option<SectionNumber> {
        let (chapter, section) = match text.split_once(':') {
            Some((chapter, section)) => (Some(chapter.trim().parse().ok()?), section.trim()),
            None => (None, text.trim()),
        };
        let digits = section.len() - section.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = section[..digits].parse().ok()?;
        let mut rest = section[digits..].trim_start().chars();
        let letter = rest.next().map(|c| c.to_ascii_lowercase());
        let letter_fits = letter.is_none_or(|c| c.is_ascii_lowercase());
        (letter_fits && rest.next().is_none()).then_some(SectionNumber { chapter, number, letter })
    }

    /// The part of an address: `36`, `13b`, `5-4`.
    pub fn slug(&self) -> String {
        let chapter = self.chapter.map_or(String::new(), |chapter| format!("{chapter}-"));
        format!("{chapter}{}{}", self.number, self.letter.map_or(String::new(), String::from))
    }
}

impl fmt::Display for SectionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(chapter) = self.chapter {
            write!(f, "{chapter}:")?;
        }
        write!(f, "{}", self.number)?;
        self.letter.map_or(Ok(()), |letter| write!(f, " {letter}"))
    }
}

/// A place in a statute, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The statute as written: `SHL`, `817/2015`, `asiakaslaki`.
    pub statute: Arc<str>,
    /// The section.
    pub section: SectionNumber,
    /// The subsection (momentti / moment).
    pub subsection: Option<u16>,
    /// The item of the subsection (kohta / punkt).
    pub item: Option<u16>,
}

impl Citation {}

/// Reads a text that is one citation and nothing else, as in `law = ["SHL 36 § 5 mom."]`. There any word
/// may be the statute: a field for law holds nothing else.
pub fn parse(text: &str) -> Option<Citation> {
    let trimmed = text.trim();
    let (range, citation) = find(trimmed, &|_| true).into_iter().next()?;
    (range == (0..trimmed.len())).then_some(citation)
}

/// All citations in a text, with the bytes they take. A section without a statute is none, and a word
/// beside a section is a statute if it can be nothing else or is known to be one.
pub fn find(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<(Range<usize>, Citation)> {
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(sign) = text[done..].find('§').map(|at| done + at) {
        let after = sign + '§'.len_utf8();
        match around(text, done, sign, known) {
            Some((range, citation)) => {
                done = range.end.max(after);
                found.push((range, citation));
            }
            None => done = after,
        }
    }
    found
}

/// The citation around one section sign, not reaching back before `from`.
fn around(
    text: &str,
    from: usize,
    sign: usize,
    known: &dyn Fn(&str) -> bool,
) -> Option<(Range<usize>, Citation)> {
    let names_statute = |word: &Range<usize>| {
        let word = &text[word.clone()];
        is_unmistakable(word) || (is_words(word) && known(word))
    };
    let (section, number_start) = section_before(text, from, sign)?;
    let mut end = sign + '§'.len_utf8();
    let subsection = part_after(text, &mut end, &["mom.", "mom"]);
    let item = subsection.and_then(|_| part_after(text, &mut end, &["kohta", "k.", "punkten", "p."]));
    let (word, range) = match word_before(text, from, number_start).filter(&names_statute) {
        Some(word) => (word.clone(), word.start..end),
        None => {
            let word = word_after(text, end).filter(&names_statute)?;
            (word.clone(), number_start..word.end)
        }
    };
    Some((range, Citation { statute: text[word].into(), section, subsection, item }))
}

/// The section number that ends at the sign: `36`, `13 b`, `13b`, `5:4`.
fn section_before(text: &str, from: usize, sign: usize) -> Option<(SectionNumber, usize)> {
    let head = text[from..sign].trim_end();
    let lettered = head.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let letters = head.len() - lettered.len();
    let bare = if letters == 1 { lettered.trim_end() } else { head };
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
    let start = from + digits.len();
    let number = SectionNumber::parse(&text[start..from + head.len()])?;
    let stands_alone = !digits.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '–' | ','));
    stands_alone.then_some((number, start))
}

/// ` 5 mom.` behind `end`: the number, with `end` moved behind it.
fn part_after(text: &str, end: &mut usize, words: &[&str]) -> Option<u16> {
    let rest = text[*end..].trim_start_matches([' ', '\u{a0}']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest[..digits].parse().ok()?;
    let tail = rest[digits..].trim_start_matches([' ', '\u{a0}']);
    let word = words.iter().find(|word| tail.starts_with(**word))?;
    let behind = &tail[word.len()..];
    if behind.starts_with(char::is_alphabetic) {
        return None;
    }
    *end = text.len() - behind.len();
    Some(number)
}

/// The word before the number, with one space or no-break space between.
fn word_before(text: &str, from: usize, number: usize) -> Option<Range<usize>> {
    let head = text[from..number].strip_suffix([' ', '\u{a0}'])?;
    let start = head.rfind(|c: char| !is_word(c)).map_or(0, |at| at + after(head, at));
    (start < head.len()).then_some(from + start..from + head.len())
}

fn word_after(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = text[end..].strip_prefix([' ', '\u{a0}'])?;
    let len = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    let start = text.len() - rest.len();
    (len > 0).then_some(start..start + len)
}

fn after(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '/'
}

/// Whether a word can be nothing but a statute: `817/2015`, or 2–6 letters that begin with two capitals.
pub fn is_unmistakable(word: &str) -> bool {
    let letters = word.chars().count();
    let capitals = word.chars().take(2).filter(|c| c.is_uppercase()).count();
    is_number(word) || ((2..=6).contains(&letters) && capitals == 2 && is_words(word))
}

/// Whether a word is letters only, so that a handbook may use it as a statute's short name.
fn is_words(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_alphabetic)
}

/// Whether a word is a number of the statute book: `1301/2014`.
pub fn is_number(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once('/').is_some_and(|(number, year)| digits(number) && digits(year) && year.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The citations in a text as `text as written -> statute|section|subsection|item`.
    fn cited(text: &str) -> Vec<String> {
        let part = |n: Option<u16>| n.map_or(String::new(), |n| n.to_string());
        let tell = |(range, c): (Range<usize>, Citation)| {
            format!("{} -> {}|{}|{}|{}", &text[range], c.statute, c.section, part(c.subsection), part(c.item))
        };
        find(text, &|word| word == "asiakaslaki").into_iter().map(tell).collect()
    }

    #[test]
    fn plain_forms_are_found() {
        for (text, expected) in [
            ("Ks. SHL 36 § 5 mom. ja muut", "SHL 36 § 5 mom. -> SHL|36|5|"),
            ("SHL 3 § 1 mom. 3 k.", "SHL 3 § 1 mom. 3 k. -> SHL|3|1|3"),
            ("(817/2015 9 §)", "817/2015 9 § -> 817/2015|9||"),
            ("enligt 36 § 5 mom. SVL.", "36 § 5 mom. SVL -> SVL|36|5|"),
            ("LSL 13 b §:n", "LSL 13 b § -> LSL|13 b||"),
            ("1290/2002 5:4 §", "1290/2002 5:4 § -> 1290/2002|5:4||"),
            ("asiakaslaki 5 § ja laki 5 §", "asiakaslaki 5 § -> asiakaslaki|5||"),
            ("SHL\u{a0}36\u{a0}§", "SHL\u{a0}36\u{a0}§ -> SHL|36||"),
        ] {
            assert_eq!(cited(text), [expected], "{text}");
        }
        assert_eq!(cited("SHL 34 § ja SHL 35 §").len(), 2);
    }

    #[test]
    fn a_bare_section_is_no_citation() {
        for text in ["36 §", "§", "36 §.", "hinta 5 § (x)", "§ 36", "1–36 §", "SHL §"] {
            assert_eq!(cited(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn only_capitals_and_numbers_are_unmistakable() {
        assert!(["SHL", "OHL", "817/2015"].iter().all(|word| is_unmistakable(word)));
        assert!(!["asiakaslaki", "Shl", "36", "1/2"].iter().any(|word| is_unmistakable(word)));
    }

    #[test]
    fn a_field_holds_one_citation_only() {
        assert!(parse(" SHL 36 § ").is_some());
        assert!(parse("katso SHL 36 §").is_none());
        assert!(parse("SHL 36 §, SHL 37 §").is_none());
    }
}
