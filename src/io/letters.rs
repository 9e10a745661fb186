//! Texts of any file: in UTF-8, or in the older letters of Windows where the file says so itself.

use std::fs;
use std::path::Path;

use super::FILE_UNREADABLE;
use crate::base::diag::Diagnostic;

/// The text of any file: in UTF-8, or in the older letters of Windows where it says so itself, because
/// word processors save HTML in them.
///
/// # Errors
/// Where it cannot be read, or is no text.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub fn text_of(path: &Path) -> Result<String, Diagnostic> {
    let told = |detail: String| {
        Diagnostic::of(FILE_UNREADABLE).with("path", path.display().to_string()).with("detail", detail)
    };
    let bytes = fs::read(path).map_err(|error| told(error.to_string()))?;
    String::from_utf8(bytes).or_else(|error| {
        let bytes = error.as_bytes();
        if is_western(bytes) { Ok(western(bytes)) } else { Err(told(error.utf8_error().to_string())) }
    })
}

/// How much of a page is looked at for what it says of its letters.
const PAGE_HEAD: usize = 4096;

/// Whether a page says that it is in windows-1252, which is also read where it says ISO 8859-1
/// (WHATWG Encoding, names and labels).
fn is_western(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PAGE_HEAD)]).to_ascii_lowercase();
    let head = head.replace(['"', '\'', ' '], "");
    ["windows-1252", "iso-8859-1"].iter().any(|label| head.contains(&format!("charset={label}")))
}

/// Bytes read as windows-1252 (WHATWG Encoding, index windows-1252).
fn western(bytes: &[u8]) -> String {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let letter = |byte: u8| match byte {
        0x80..=0x9f => FROM_80[usize::from(byte - 0x80)],
        byte => char::from(byte),
    };
    bytes.iter().copied().map(letter).collect()
}
