//! Languages, and values that stand in several of them.

use std::fmt;

/// A language of the handbook: a BCP 47 tag of at most eleven characters, such as `fi` or `sv-FI`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; 11]);

impl Lang {
    /// Finnish.
    pub const FI: Lang = Lang::short(*b"fi");
    /// Swedish.
    pub const SV: Lang = Lang::short(*b"sv");
    /// English.
    pub const EN: Lang = Lang::short(*b"en");

    /// The languages polku speaks to its authors.
    pub const SPOKEN: [Lang; 3] = [Lang::FI, Lang::SV, Lang::EN];

    const fn short(code: [u8; 2]) -> Lang {
        Lang([code[0], code[1], 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    /// Reads a tag: two or three lower-case letters, then parts of letters and digits behind hyphens.
    pub fn parse(tag: &str) -> Option<Lang> {
        let (head, rest) = tag.split_once('-').map_or((tag, None), |(head, rest)| (head, Some(rest)));
        let head_fits = (2..=3).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_lowercase());
        let part_fits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !head_fits || !rest.is_none_or(|rest| rest.split('-').all(part_fits)) {
            return None;
        }
        let mut bytes = [0; 11];
        bytes.get_mut(..tag.len())?.copy_from_slice(tag.as_bytes());
        Some(Lang(bytes))
    }

    /// The tag as written in `lang="…"`.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|b| *b == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..len]).unwrap_or_default()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Default for Lang {
    /// Finnish: polku is at home in Finland.
    fn default() -> Self {
        Lang::FI
    }
}

/// Words as a Finnish or Swedish alphabet orders them: without regard to capitals, and å, ä, ö behind z.
pub fn alphabetical(text: &str) -> String {
    let place = |c: char| match c {
        'å' => '{',
        'ä' | 'æ' => '|',
        'ö' | 'ø' => '}',
        'é' | 'è' => 'e',
        'ü' => 'y',
        c => c,
    };
    text.to_lowercase().chars().map(place).collect()
}

/// A value in some languages, in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerLang<T>(Vec<(Lang, T)>);

impl<T> Default for PerLang<T> {
    fn default() -> Self {
        PerLang(Vec::new())
    }
}

impl<T> PerLang<T> {
    /// The value in exactly this language.
    pub fn get(&self, lang: Lang) -> Option<&T> {
        self.0.iter().find(|(l, _)| *l == lang).map(|(_, value)| value)
    }

    /// The value in this language, or in the first of the others that has one, with its language.
    pub fn fallback(&self, lang: Lang, others: &[Lang]) -> Option<(Lang, &T)> {
        let of = |lang: Lang| self.get(lang).map(|value| (lang, value));
        of(lang).or_else(|| others.iter().find_map(|other| of(*other)))
    }

    /// Sets the value of a language.
    pub fn insert(&mut self, lang: Lang, value: T) {
        match self.0.iter_mut().find(|(l, _)| *l == lang) {
            Some(slot) => slot.1 = value,
            None => self.0.push((lang, value)),
        }
    }

    /// The value of a language, made first where there is none.
    pub fn entry(&mut self, lang: Lang) -> &mut T
    where
        T: Default,
    {
        let at = self.0.iter().position(|(l, _)| *l == lang).unwrap_or_else(|| {
            self.0.push((lang, T::default()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    /// How many languages have a value.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no language has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Languages and values as written.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        self.0.iter().map(|(lang, value)| (*lang, value))
    }

    /// The values, to be completed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Languages and values, to be completed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Lang, &mut T)> {
        self.0.iter_mut().map(|(lang, value)| (*lang, value))
    }

    /// The same languages with other values.
    pub fn map<U>(&self, mut f: impl FnMut(Lang, &T) -> U) -> PerLang<U> {
        PerLang(self.0.iter().map(|(lang, value)| (*lang, f(*lang, value))).collect())
    }
}

impl<T> FromIterator<(Lang, T)> for PerLang<T> {
    fn from_iter<I: IntoIterator<Item = (Lang, T)>>(iter: I) -> Self {
        PerLang(iter.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_refused() {
        assert_eq!(Lang::parse("fi"), Some(Lang::FI));
        assert_eq!(Lang::parse("sv-FI").unwrap().as_str(), "sv-FI");
        for bad in ["", "f", "FI", "fi-", "fi_FI", "suomi", "fi-extremely-long"] {
            assert_eq!(Lang::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_letters_behind_z_come_last() {
        let mut words = ["öljy", "Åbo", "zeniitti", "ääni", "Aalto"];
        words.sort_by_key(|word| alphabetical(word));
        assert_eq!(words, ["Aalto", "zeniitti", "Åbo", "ääni", "öljy"]);
    }

    #[test]
    fn a_missing_language_falls_back_in_the_given_order() {
        let texts: PerLang<&str> = [(Lang::SV, "roll"), (Lang::EN, "role")].into_iter().collect();
        assert_eq!(texts.fallback(Lang::FI, &[Lang::FI, Lang::SV, Lang::EN]), Some((Lang::SV, &"roll")));
        assert_eq!(texts.fallback(Lang::EN, &[]), Some((Lang::EN, &"role")));
    }
}
