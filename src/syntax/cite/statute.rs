//! Which words name a statute, and what a word is without its Finnish or Swedish ending.

use std::sync::Arc;

use super::back::{is_gap, is_word};

/// A word of a text, and the bytes it takes together with an ending behind a colon: `SHL:n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// The word without the colon and what follows it.
    pub text: &'t str,
    /// First byte.
    pub start: usize,
    /// Byte behind the ending.
    pub end: usize,
}

impl Word<'_> {
    /// The same word where the text begins that many bytes later.
    pub(super) fn moved(self, by: usize) -> Option<Self> {
        Some(Word { start: self.start.checked_sub(by)?, end: self.end.checked_sub(by)?, ..self })
    }

    /// The statute that the word names, in the form in which it is known.
    pub(super) fn statute(self, known: &dyn Fn(&str) -> bool) -> Option<Arc<str>> {
        if is_unmistakable(self.text) || (is_words(self.text) && known(self.text)) {
            return Some(self.text.into());
        }
        base_forms(self.text).find(|base| known(base)).map(Into::into)
    }
}

/// Most words of a title that are tried behind `laki` or `lag`.
const TITLE: usize = 16;

/// Forms of the word between what a statute is about and itself: `toimeentulotuesta annetun lain`.
const GIVEN: [&str; 7] =
    ["annetun", "annettu", "annettua", "annetussa", "annetusta", "annettuun", "annetulla"];

/// The statute whose title ends with a word: `toimeentulotuesta annetun lain` is known as `laki
/// toimeentulotuesta`, `oppilas- ja opiskelijahuoltolain` as what it is without its ending. With the first
/// byte of the longest title that is known.
pub(super) fn title_before(
    text: &str,
    word: Word<'_>,
    known: &dyn Fn(&str) -> bool,
) -> Option<(usize, Arc<str>)> {
    let before = text[..word.start].trim_end_matches(is_gap);
    let about = GIVEN.iter().find_map(|given| before.strip_suffix(given));
    let (words, base) = match (about, bare(word.text)) {
        (Some(about), Some(base)) => (about.trim_end_matches(is_gap), base),
        _ => (before, base_forms(word.text).next()?),
    };
    let title = |start: usize| match about {
        Some(_) => format!("{base} {}", &words[start..]),
        None => format!("{} {base}", &words[start..]),
    };
    let starts = words.rmatch_indices(is_gap).map(|(at, gap)| at + gap.len()).chain([0]);
    let titles = starts.take(TITLE).map(|start| (start, title(start)));
    titles.filter(|(_, title)| known(title)).last().map(|(start, title)| (start, title.into()))
}

/// The statute whose title begins at a byte: `lagen om utkomststöd` is known as `lag om utkomststöd`,
/// `hälso- och sjukvårdslagen` as what it is without its ending. With the byte behind the longest title that
/// is known.
pub(super) fn title_behind(
    text: &str,
    start: usize,
    known: &dyn Fn(&str) -> bool,
) -> Option<(usize, Arc<str>)> {
    let rest = &text[start..];
    let ends = rest.char_indices().filter(|(_, c)| !is_word(*c) && *c != '-').map(|(at, _)| at);
    let ends = ends.chain([rest.len()]).filter(|end| *end > 0).take(TITLE);
    let titles =
        ends.filter_map(|end| Some((start + end, untitled(&rest[..end]).find(|title| known(title))?)));
    titles.last().map(|(end, title)| (end, title.into()))
}

/// What a Swedish title may be without the ending of its first or its last word.
fn untitled(words: &str) -> impl Iterator<Item = String> {
    let first = words.find(is_gap).and_then(|gap| Some(bare(&words[..gap])? + &words[gap..]));
    let last =
        words.rfind(is_gap).map_or(0, |gap| gap + words[gap..].chars().next().map_or(0, char::len_utf8));
    let last = base_forms(&words[last..]).map(move |base| words[..last].to_owned() + &base);
    first.into_iter().chain(last.collect::<Vec<_>>())
}

/// `laki`, `asetus`, `lag` or `förordning`, where a word is that and nothing more.
fn bare(word: &str) -> Option<String> {
    base_forms(word).find(|base| ENDINGS.iter().any(|(ending, _)| ending == base))
}

/// What ends the name of a statute, and its inflected forms.
const ENDINGS: [(&str, &[&str]); 4] = [
    (
        "laki",
        &["lain", "lakia", "laissa", "laista", "lakiin", "lailla", "laille", "lailta", "lakina", "laiksi"],
    ),
    (
        "asetus",
        &[
            "asetuksen",
            "asetusta",
            "asetuksessa",
            "asetuksesta",
            "asetukseen",
            "asetuksella",
            "asetukselle",
            "asetukselta",
            "asetuksena",
            "asetukseksi",
        ],
    ),
    ("lag", &["lagen", "lagens"]),
    ("förordning", &["förordningen", "förordningens"]),
];

/// What a word may be without its ending: `sosiaalihuoltolain` is `sosiaalihuoltolaki`.
pub fn base_forms(word: &str) -> impl Iterator<Item = String> {
    let forms = ENDINGS.iter().flat_map(|(base, forms)| forms.iter().map(move |form| (base, form)));
    forms.filter_map(move |(base, form)| Some(word.strip_suffix(form)?.to_owned() + base))
}

/// Whether a word can be nothing but a statute: `817/2015`, or 2–6 letters that begin with two capitals.
pub fn is_unmistakable(word: &str) -> bool {
    let letters = word.chars().take(7).count();
    let capitals = word.chars().take(2).filter(|c| c.is_uppercase()).count();
    is_number(word) || ((2..=6).contains(&letters) && capitals == 2 && is_words(word))
}

/// Whether a word is letters only, so that a handbook may use it as a statute's short name.
fn is_words(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic)
}

/// Whether a word is a number of the statute book: `1301/2014`.
pub fn is_number(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once('/').is_some_and(|(number, year)| digits(number) && digits(year) && year.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_capitals_and_numbers_are_unmistakable() {
        assert!(["SHL", "OHL", "817/2015"].iter().all(|word| is_unmistakable(word)));
        assert!(!["asiakaslaki", "Shl", "36", "1/2"].iter().any(|word| is_unmistakable(word)));
    }

    #[test]
    fn endings_are_undone() {
        for (word, base) in [
            ("sosiaalihuoltolain", "sosiaalihuoltolaki"),
            ("Asiakaslaissa", "Asiakaslaki"),
            ("asiakasmaksuasetuksen", "asiakasmaksuasetus"),
            ("socialvårdslagens", "socialvårdslag"),
            ("klientavgiftsförordningen", "klientavgiftsförordning"),
        ] {
            assert_eq!(base_forms(word).collect::<Vec<_>>(), [base], "{word}");
        }
        assert!(!["asiakaslaki", "SHL", "lag", "pykälän"].iter().any(|word| base_forms(word).count() > 0));
    }
}
