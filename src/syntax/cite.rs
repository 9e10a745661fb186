//! Citations of law as they are written in Finnish and Swedish handbooks.
//!
//! Purely grammatical: which statutes exist is not known here. The forms follow the Finnish drafting
//! guides (Lainkirjoittajan opas; Svenskt lagspråk i Finland): `SHL 36 § 5 mom. 2 k.`, `817/2015 9 §`,
//! `36 § 5 mom. SVL`. Each file below is one part of the grammar, which `find` puts together.

mod back;
mod forth;
mod statute;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use back::Numeral;
use statute::Word;

pub use statute::{base_forms, is_number, is_unmistakable};

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
    /// The statute without its ending: `SHL`, `817/2015`, `asiakaslaki`.
    pub statute: Arc<str>,
    /// The section.
    pub section: SectionNumber,
    /// The subsection (momentti / moment).
    pub subsection: Option<u16>,
    /// The item of the subsection (kohta / punkt).
    pub item: Option<u16>,
}

impl fmt::Display for Citation {
    /// The statute and the section: `SHL 36 §`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} §", self.statute, self.section)
    }
}

/// Reads a text that is one citation and nothing else, as in `law = ["SHL 36 § 5 mom."]`. There any word
/// may be the statute: a field for law holds nothing else. The statute is cited as written; whoever looks
/// it up asks for its [`base_forms`] as well.
pub fn parse(text: &str) -> Option<Citation> {
    let trimmed = text.trim();
    let (range, citation) = find(trimmed, &|_| true).into_iter().next()?;
    (range == (0..trimmed.len())).then_some(citation)
}

/// All citations in a text, with the bytes they take, in order and without overlap.
///
/// A section without a statute is none. A word beside a section is a statute if it can be nothing else
/// ([`is_unmistakable`]) or if `known` says so of the word or of what it is without its ending:
/// `sosiaalihuoltolain` is asked for as written, then as `sosiaalihuoltolaki`, and cites the form that is
/// known.
///
/// Each section of a list or a range (`SHL 36 ja 37 §`, `36–37 § SVL`) is a citation of its own; the
/// sections between the ends of a range are not written and so not cited. The bytes of a citation are
/// those of its own number and letter, and in addition
/// * for the first: the statute and the chapter before it, with what lies between: `SHL 36`;
/// * for the last: the sign, and what follows of subsection, item and statute: `37 §`, `37 § 5 mom. SVL`.
///
/// Subsection and item behind the sign are those of the last section. The ending of a sign belongs to
/// the citation only where a subsection or an item follows: `SHL 36 §` of `SHL 36 §:ssä`.
pub fn find(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<(Range<usize>, Citation)> {
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(sign) = text[done..].find('§').map(|at| done + at) {
        let after = sign + '§'.len_utf8();
        let citations = around(Signed { text, from: done, sign }, known).unwrap_or_default();
        done = citations.last().map_or(after, |(range, _)| range.end.max(after));
        found.extend(citations);
    }
    found
}

/// A section sign in a text, with what of the text no earlier citation has taken.
#[derive(Clone, Copy)]
struct Signed<'t> {
    text: &'t str,
    from: usize,
    sign: usize,
}

/// The citations that share one section sign.
fn around(place: Signed<'_>, known: &dyn Fn(&str) -> bool) -> Option<Vec<(Range<usize>, Citation)>> {
    let head = back::read(place)?;
    let tail = forth::read(place);
    let before = head.word.and_then(|word| preceding(place, word, known));
    let (statute, whole) = match before {
        Some((start, statute)) => (statute, start..tail.end),
        None => {
            let (end, statute) = following(place, tail.end, known)?;
            (statute, head.start..end)
        }
    };
    Some(cited(&head.numerals, &tail, &statute, &whole))
}

/// The statute before the section, and its first byte: `SHL:n 36 §`, `toimeentulotuesta annetun lain 14 §`.
fn preceding(place: Signed<'_>, word: Word<'_>, known: &dyn Fn(&str) -> bool) -> Option<(usize, Arc<str>)> {
    let plain = word.statute(known).map(|statute| (word.start, statute));
    plain.or_else(|| {
        let (start, statute) =
            statute::title_before(&place.text[place.from..], word.moved(place.from)?, known)?;
        Some((place.from + start, statute))
    })
}

/// The statute behind the section, as Swedish has it, and the byte behind it: `36 § SVL`,
/// `36 § i socialvårdslagen`, `14 § i lagen om utkomststöd`.
fn following(place: Signed<'_>, end: usize, known: &dyn Fn(&str) -> bool) -> Option<(usize, Arc<str>)> {
    let plain = forth::word(place.text, end).and_then(|word| Some((word.end, word.statute(known)?)));
    let titled = || statute::title_behind(place.text, forth::begin(place.text, end)?, known);
    let (end, statute) = plain.or_else(titled)?;
    // `36 § SHL 37 §`: the word names the statute of the section behind it.
    (!forth::cites(place.text, end)).then_some((end, statute))
}

fn cited(
    numerals: &[Numeral],
    tail: &forth::Tail,
    statute: &Arc<str>,
    whole: &Range<usize>,
) -> Vec<(Range<usize>, Citation)> {
    let last = numerals.len() - 1;
    let one = |(at, numeral): (usize, &Numeral)| {
        let start = if at == 0 { whole.start } else { numeral.range.start };
        let end = if at == last { whole.end } else { numeral.range.end };
        let behind = |part: Option<u16>| part.filter(|_| at == last);
        let citation = Citation {
            statute: Arc::clone(statute),
            section: numeral.section.clone(),
            subsection: numeral.subsection.or_else(|| behind(tail.subsection)),
            item: behind(tail.item),
        };
        (start..end, citation)
    };
    numerals.iter().enumerate().map(one).collect()
}
