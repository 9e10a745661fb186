//! Fingerprints of bytes.

use std::fmt;

/// A fingerprint of bytes (the first 16 bytes of BLAKE3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest::cut(blake3::hash(bytes))
    }

    /// The parts of a text as they pass, and behind them what their fingerprint makes of itself.
    pub fn behind(
        mut parts: impl Iterator<Item = String>,
        tail: impl FnOnce(Digest) -> String,
    ) -> impl Iterator<Item = String> {
        let (mut read, mut tail) = (blake3::Hasher::new(), Some(tail));
        std::iter::from_fn(move || {
            let part = parts.next();
            if let Some(part) = &part {
                read.update(part.as_bytes());
            }
            part.or_else(|| Some(tail.take()?(Digest::cut(read.finalize()))))
        })
    }

    fn cut(whole: blake3::Hash) -> Digest {
        let mut short = [0; 16];
        short.copy_from_slice(&whole.as_bytes()[..16]);
        Digest(short)
    }

    /// In hexadecimal digits.
    fn hex(self) -> String {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// The first ten hexadecimal digits: enough to tell the versions of one file apart.
    pub fn short(self) -> String {
        let mut digits = self.hex();
        digits.truncate(10);
        digits
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
