//! A piece of a text, kept without a copy of it.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A piece of a text: of a file where it stands there as it is read, else of its own.
#[derive(Clone)]
pub struct Piece {
    text: Arc<str>,
    start: u32,
    end: u32,
}

impl Piece {
    /// Takes words that are borrowed from a text; those that are not are kept by themselves.
    pub fn within(text: &Arc<str>, words: &str) -> Piece {
        let piece = |(start, end)| Piece { text: Arc::clone(text), start, end };
        place(text, words).map_or_else(|| Piece::from(words), piece)
    }

    /// A whole text.
    pub fn whole(text: &Arc<str>) -> Piece {
        Piece::within(text, text)
    }

    /// Words of this piece as a piece of the same text.
    pub fn part(&self, words: &str) -> Piece {
        Piece::within(&self.text, words)
    }

    /// Whether both are the same words at the same place, not only equal ones.
    pub fn is(&self, other: &Piece) -> bool {
        Arc::ptr_eq(&self.text, &other.text) && (self.start, self.end) == (other.start, other.end)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        self.text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Where words stand in a text that they are borrowed from.
fn place(text: &str, words: &str) -> Option<(u32, u32)> {
    let start = words.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let end = start.checked_add(words.len())?;
    text.get(start..end)?;
    Some((u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}

impl From<&str> for Piece {
    fn from(words: &str) -> Piece {
        // No text that is read is longer: see `SourcePath::largest_text`.
        Piece { text: words.into(), start: 0, end: u32::try_from(words.len()).unwrap_or(u32::MAX) }
    }
}

impl From<String> for Piece {
    fn from(words: String) -> Piece {
        Piece::from(words.as_str())
    }
}

impl Deref for Piece {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Piece) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Piece {}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Piece) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Piece {
    fn cmp(&self, other: &Piece) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), out)
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_is_kept_as_its_place_and_anything_else_as_it_is() {
        let text: Arc<str> = "yksi kaksi".into();
        for (words, holders) in [(&text[5..], 2), ("kaksi", 1)] {
            let piece = Piece::within(&text, words);
            assert_eq!(piece.as_str(), "kaksi");
            assert_eq!(Arc::strong_count(&text), holders);
        }
    }
}
