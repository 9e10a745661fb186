//! Ids and anchors: what may stand in an address.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use super::text::composed;

/// An id: letters a–z, digits and hyphens.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(Arc<str>);

impl Slug {
    /// Takes an id; `None` where it has other characters or none.
    pub fn new(text: &str) -> Option<Slug> {
        is_slug(text).then(|| Slug(text.into()))
    }

    /// Joins two ids that together name one thing, such as a statute and its section: `shl:36`.
    pub fn join(&self, part: &Slug) -> Slug {
        Slug(format!("{}:{}", self.0, part.0).into())
    }

    /// Takes an id or ids joined by colons: `shl:36`.
    pub fn compound(text: &str) -> Option<Slug> {
        is_compound(text).then(|| Slug(text.into()))
    }

    /// Makes an id out of any words: å and ä become a, ö becomes o, what is left becomes hyphens.
    pub fn from_words(words: &str) -> Option<Slug> {
        let mut slug = String::with_capacity(words.len());
        for c in composed(words).chars().flat_map(char::to_lowercase) {
            match fold(c) {
                Some(c) => slug.push(c),
                None if slug.ends_with('-') || slug.is_empty() => {}
                None => slug.push('-'),
            }
        }
        Slug::new(slug.trim_end_matches('-'))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Longest id in characters: it becomes a file name, and those end at 255.
const MAX_SLUG: usize = 120;

/// Whether a text is an id: letters a–z, digits and hyphens, at least one and at most 120.
pub fn is_slug(text: &str) -> bool {
    (1..=MAX_SLUG).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a text is an id, or ids joined by colons.
pub fn is_compound(text: &str) -> bool {
    text.split(':').all(is_slug)
}

fn fold(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' => Some(c),
        'å' | 'ä' | 'á' | 'à' | 'æ' => Some('a'),
        'ö' | 'ø' | 'ó' | 'õ' => Some('o'),
        'é' | 'è' | 'ê' => Some('e'),
        'ü' | 'ú' => Some('u'),
        'š' => Some('s'),
        'ž' => Some('z'),
        _ => None,
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_ids() {
        assert_eq!(Slug::from_words("Päätökset & hyvä työ!").unwrap().as_str(), "paatokset-hyva-tyo");
        assert_eq!(Slug::from_words("Pa\u{308}a\u{308}to\u{308}s").unwrap().as_str(), "paatos");
        assert_eq!(Slug::from_words("🙂"), None);
        assert_eq!(Slug::new("../x"), None);
        assert_eq!(Slug::new("Ä"), None);
    }
}
