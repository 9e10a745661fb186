//! Files of a handbook written anew, each whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::FILE_UNREADABLE;
use super::publish::failed;
use crate::base::diag::Diagnostic;
use crate::base::source::SourcePath;

/// Writes a file of a handbook: beside it first, then in its place in one step.
///
/// # Errors
/// Where it cannot be written. Then the file stands as it was.
pub fn write(root: &Path, path: &SourcePath, text: &str) -> Result<(), Diagnostic> {
    let target = root.join(path.as_str());
    put(&target, text).map_err(|error| failed(&target, &error))
}

#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn put(target: &Path, text: &str) -> io::Result<()> {
    // A link is followed, so that the file it leads to is what changes.
    let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = target.with_file_name(format!(".{name}.polku-write"));
    fs::create_dir_all(target.parent().unwrap_or(target))?;
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, target));
    moved.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// The text of any file.
///
/// # Errors
/// Where it cannot be read, or is no text.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub fn text_of(path: &Path) -> Result<String, Diagnostic> {
    fs::read_to_string(path).map_err(|error| {
        let told = Diagnostic::of(FILE_UNREADABLE).with("path", path.display().to_string());
        told.with("detail", error.to_string())
    })
}
