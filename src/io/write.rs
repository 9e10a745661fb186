//! Single files written, each whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::publish::{beside, failed};
use crate::base::diag::Diagnostic;

/// Writes a file whole or not at all, with the rights it had.
///
/// # Errors
/// Where it cannot be written. Then the file stands as it was.
pub fn write(target: &Path, text: &str) -> Result<(), Diagnostic> {
    put(target, text).map_err(|error| failed(target, &error))
}

#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn put(target: &Path, text: &str) -> io::Result<()> {
    // A link is followed, so that the file it leads to is what changes.
    let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let beside = beside(target, "polku-write");
    fs::create_dir_all(target.parent().unwrap_or(target))?;
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        if let Ok(data) = target.metadata() {
            file.set_permissions(data.permissions())?;
        }
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, target));
    moved.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Makes a folder where there is none.
///
/// # Errors
/// Where it cannot be made.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub fn make_folder(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))
}

/// Puts a file back as it was: with this text, or not there at all.
///
/// # Errors
/// Where it cannot be written.
pub fn restore(target: &Path, text: Option<&str>) -> Result<(), Diagnostic> {
    match text {
        Some(text) => write(target, text),
        None => fs::remove_file(target).map_err(|error| failed(target, &error)),
    }
}
