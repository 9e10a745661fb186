//! What refers to an entity.

use super::Refused;
use super::address::unknown;
use super::work::Work;

pub(super) fn delete(_work: &mut Work<'_>, at: &str, _unlink: bool, _was: Option<&str>) -> Result<(), Refused> {
    Err(unknown(at))
}
