//! Letters of the alphabet as headings over what begins with them.

use serde::Serialize;

use crate::base::lang::alphabetical;

/// What begins with a letter.
#[derive(Serialize)]
pub(super) struct Letter<T> {
    /// The anchor. Each language has letters of its own, so it is not kept when the language is switched.
    id: String,
    letter: String,
    items: Vec<T>,
}

/// Puts things in the order of the alphabet, under their letters; those of one name stay as they were.
pub(super) fn by_letter<T>(items: impl IntoIterator<Item = (String, T)>) -> Vec<Letter<T>> {
    let mut items: Vec<(String, T)> =
        items.into_iter().map(|(name, item)| (alphabetical(bare(&name)), item)).collect();
    items.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut letters: Vec<Letter<T>> = Vec::new();
    for (name, item) in items {
        let letter = letter_of(&name);
        if letters.last().is_none_or(|last| last.letter != letter) {
            let id = format!("_here-letter-{}", letters.len() + 1);
            letters.push(Letter { id, letter, items: Vec::new() });
        }
        if let Some(last) = letters.last_mut() {
            last.items.push(item);
        }
    }
    letters
}

/// A name without the quotation marks or brackets it may begin with.
fn bare(name: &str) -> &str {
    name.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// The heading for a name as [`alphabetical`] gives it.
fn letter_of(ordered: &str) -> String {
    match ordered.chars().next() {
        Some('{') => "Å".to_owned(),
        Some('|') => "Ä".to_owned(),
        Some('}') => "Ö".to_owned(),
        Some(c) if c.is_alphabetic() => c.to_uppercase().collect(),
        _ => "0–9".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_the_letter_they_are_ordered_by() {
        let names = ["öljy", "Éva", "”avi”", "eläke", "24 §", "ääni", "Aalto"];
        let letters = by_letter(names.map(|name| (name.to_owned(), name)));
        let told: Vec<(String, Vec<&str>)> =
            letters.into_iter().map(|letter| (letter.letter, letter.items)).collect();
        let expected = [
            ("0–9", vec!["24 §"]),
            ("A", vec!["Aalto", "”avi”"]),
            ("E", vec!["eläke", "Éva"]),
            ("Ä", vec!["ääni"]),
            ("Ö", vec!["öljy"]),
        ];
        assert_eq!(told, expected.map(|(letter, names)| (letter.to_owned(), names)));
    }
}
