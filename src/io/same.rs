//! Whether a file says what another does, and one file in the place of another.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::publish::beside;

/// Whether a file holds these bytes.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub(super) fn same(old: &Path, bytes: &[u8]) -> bool {
    let length = old.metadata().is_ok_and(|data| data.len() == bytes.len() as u64);
    length && fs::read(old).is_ok_and(|old| old == bytes)
}

/// Whether two files say the same; where one is not there, they do not.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub(super) fn same_file(one: &Path, other: &Path) -> io::Result<bool> {
    let (Ok(one), other) = (fs::File::open(one), fs::File::open(other)?) else { return Ok(false) };
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let [mut one, mut other] = [one, other].map(|file| BufReader::with_capacity(PART, file));
    loop {
        let (here, there) = (one.fill_buf()?, other.fill_buf()?);
        let length = here.len().min(there.len());
        if here[..length] != there[..length] {
            return Ok(false);
        }
        if length == 0 {
            return Ok(true);
        }
        one.consume(length);
        other.consume(length);
    }
}

/// So many bytes of a large file are read at a time.
const PART: usize = 64 * 1024;

/// Puts a link to a file in the place of another. Where that cannot be, the other stays.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub(super) fn take_place(old: &Path, path: &Path) -> io::Result<()> {
    let link = beside(path, "polku-link");
    fs::hard_link(old, &link)?;
    fs::rename(&link, path).inspect_err(|_| drop(fs::remove_file(&link)))
}
