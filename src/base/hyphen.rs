//! Where long words may be broken. Browsers know no Finnish or Swedish hyphenation (Chromium has neither), and
//! a heading of one compound does not fit a phone.

use std::borrow::Cow;

use super::lang::Lang;

/// Marks where a word may be broken; shown only where it is.
const SOFT_HYPHEN: char = '\u{ad}';

/// Shorter words fit everywhere.
const LONG: usize = 14;

/// How many letters stay together at the beginning and the end of a word.
const TOGETHER: usize = 3;

/// The text with soft hyphens in its long words; unchanged in languages without rules.
pub fn soften(text: &str, lang: Lang) -> Cow<'_, str> {
    let rules = match lang {
        Lang::FI => hypher::Lang::Finnish,
        Lang::SV => hypher::Lang::Swedish,
        _ => return Cow::Borrowed(text),
    };
    let long = |word: &str| word.chars().count() >= LONG && !word.contains(SOFT_HYPHEN);
    if !text.split(|c: char| !c.is_alphabetic()).any(long) {
        return Cow::Borrowed(text);
    }
    let mut soft = String::with_capacity(text.len() * 5 / 4);
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        if !long(word) {
            soft.push_str(part);
            continue;
        }
        for (at, syllable) in hypher::hyphenate_bounded(word, rules, TOGETHER, TOGETHER).enumerate() {
            if at > 0 {
                soft.push(SOFT_HYPHEN);
            }
            soft.push_str(syllable);
        }
        soft.push_str(&part[word.len()..]);
    }
    Cow::Owned(soft)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, lang: Lang) -> String {
        soften(text, lang).replace(SOFT_HYPHEN, "|")
    }

    #[test]
    fn long_words_may_be_broken_where_a_person_would() {
        assert_eq!(shown("Aikuissosiaalityön polku", Lang::FI), "Aikuis|so|si|aa|li|työn polku");
        assert_eq!(shown("Toimeentulotuki?", Lang::FI), "Toi|meen|tu|lo|tuki?");
        assert_eq!(shown("vuxensocialarbete", Lang::SV), "vux|enso|ci|al|ar|bete");
    }

    #[test]
    fn a_word_may_be_of_any_length() {
        let word = "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas".repeat(4);
        assert_eq!(soften(&word, Lang::FI).replace(SOFT_HYPHEN, ""), word);
        assert_ne!(soften(&word, Lang::SV), word);
    }

    #[test]
    fn short_words_and_other_languages_stay() {
        assert_eq!(shown("Päätös ja perustelu", Lang::FI), "Päätös ja perustelu");
        assert_eq!(shown("responsibilities", Lang::EN), "responsibilities");
    }
}
