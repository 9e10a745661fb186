//! Prose set: all of it, a section, or a part of a cell.

use super::Refused;
use super::address::unknown;
use super::work::Work;
use crate::model::table::Key;

pub(super) fn set(work: &mut Work<'_>, (at, lang): (&str, &str), _text: &str, _was: Option<&str>) -> Result<(), Refused> {
    let _ = (work, lang);
    Err(unknown(at))
}

pub(super) fn source(_work: &mut Work<'_>, _key: &Key, _section: Option<&str>, _lang: &str) -> Option<String> {
    None
}
