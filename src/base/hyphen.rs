//! Where long words of headings may be broken. Browsers know no Finnish or Swedish hyphenation (Chromium has
//! neither), and a heading of one compound does not fit a phone. Wider screens leave the marks unused: there
//! the style sheet sets no hyphens.

use std::borrow::Cow;

use super::lang::Lang;

/// Marks where a word may be broken; shown only where it is.
const SOFT_HYPHEN: char = '\u{ad}';

/// Shorter words fit on a phone as a title.
const LONG: usize = 16;

/// Shorter words fit on any wider screen.
const VERY_LONG: usize = 25;

/// How many letters stay together at the beginning and the end of a word.
const TOGETHER: usize = 3;

/// The text with soft hyphens in its long words; unchanged in languages without rules.
pub fn soften(text: &str, lang: Lang) -> Cow<'_, str> {
    softened(text, lang, &|_, soft| soft)
}

/// The same for finished markup: only what stands between tags is touched. Very long words stand in an element of
/// their own, in which they may be broken on every screen.
pub fn soften_markup(markup: &str, lang: Lang) -> Cow<'_, str> {
    let wrapped = |word: &str, soft: String| {
        let very_long = word.chars().count() >= VERY_LONG;
        if very_long { format!("<span class=\"pk-long\">{soft}</span>") } else { soft }
    };
    if !markup.contains('<') {
        return softened(markup, lang, &wrapped);
    }
    let mut soft = String::with_capacity(markup.len() * 5 / 4);
    for part in markup.split_inclusive('>') {
        let (text, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
        soft.push_str(&softened(text, lang, &wrapped));
        soft.push_str(tag);
    }
    Cow::Owned(soft)
}

/// `finish` gets every long word without and with its soft hyphens.
fn softened<'t>(text: &'t str, lang: Lang, finish: &dyn Fn(&str, String) -> String) -> Cow<'t, str> {
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
        if long(word) {
            soft.push_str(&finish(word, in_syllables(word, rules)));
        } else {
            soft.push_str(word);
        }
        soft.push_str(&part[word.len()..]);
    }
    Cow::Owned(soft)
}

fn in_syllables(word: &str, rules: hypher::Lang) -> String {
    let mut soft = String::with_capacity(word.len() * 5 / 4);
    for (at, syllable) in hypher::hyphenate_bounded(word, rules, TOGETHER, TOGETHER).enumerate() {
        if at > 0 {
            soft.push(SOFT_HYPHEN);
        }
        soft.push_str(syllable);
    }
    soft
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
        assert_eq!(shown("Palvelutarpeesta?", Lang::FI), "Pal|ve|lu|tar|peesta?");
        assert_eq!(shown("vuxensocialarbete", Lang::SV), "vux|enso|ci|al|ar|bete");
    }

    #[test]
    fn a_word_may_be_of_any_length() {
        let word = "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas".repeat(4);
        assert_eq!(soften(&word, Lang::FI).replace(SOFT_HYPHEN, ""), word);
        assert_ne!(soften(&word, Lang::SV), word);
    }

    #[test]
    fn tags_and_addresses_stay() {
        let link = "<a href=\"aikuissosiaalityö.html\">Aikuissosiaalityö</a> &amp; muu";
        let soft = "<a href=\"aikuissosiaalityö.html\">Aikuis|so|si|aa|li|työ</a> &amp; muu";
        assert_eq!(soften_markup(link, Lang::FI).replace(SOFT_HYPHEN, "|"), soft);
        assert_eq!(soften_markup("Aikuissosiaalityö", Lang::FI), soften("Aikuissosiaalityö", Lang::FI));
        let very_long = "<span class=\"pk-long\">Toi|meen|tu|lo|tu|ki|ha|ke|mus|ten</span> käsittely";
        let soft = soften_markup("Toimeentulotukihakemusten käsittely", Lang::FI);
        assert_eq!(soft.replace(SOFT_HYPHEN, "|"), very_long);
    }

    #[test]
    fn short_words_and_other_languages_stay() {
        assert_eq!(shown("Päätös ja toimeentulotuki", Lang::FI), "Päätös ja toimeentulotuki");
        assert_eq!(shown("responsibilities", Lang::EN), "responsibilities");
    }
}
