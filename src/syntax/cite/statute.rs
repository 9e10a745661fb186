//! Which words name a statute, and what a word is without its Finnish or Swedish ending.

use std::sync::Arc;

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
    /// The statute that the word names, in the form in which it is known.
    pub(super) fn statute(self, known: &dyn Fn(&str) -> bool) -> Option<Arc<str>> {
        if is_unmistakable(self.text) || (is_words(self.text) && known(self.text)) {
            return Some(self.text.into());
        }
        base_forms(self.text).find(|base| known(base)).map(Into::into)
    }
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
