//! Text in the one form in which it can be compared.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text with letters in one sign each (NFC): a Mac and a PDF write `ä` as `a` and two dots.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}
