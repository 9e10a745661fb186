//! An entity under another id.

use super::Refused;
use super::address::unknown;
use super::work::Work;

pub(super) fn rename(_work: &mut Work<'_>, at: &str, _to: &str) -> Result<(), Refused> {
    Err(unknown(at))
}
