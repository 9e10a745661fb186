//! A new handbook, made whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use super::FOLDER_TAKEN;
use super::publish::{clear, failed};
use crate::base::diag::Diagnostic;

/// Makes a folder with these files, given by path and text. They are written beside it first and
/// moved there when all are whole.
///
/// # Errors
/// Where something stands in the folder already, or it cannot be written. Then nothing is left behind.
pub fn create(folder: &Path, files: &[(String, String)]) -> Result<(), Diagnostic> {
    let empty = fs::read_dir(folder).map_or(!folder.exists(), |mut entries| entries.next().is_none());
    if !empty {
        return Err(Diagnostic::of(FOLDER_TAKEN).with("path", folder.display().to_string()));
    }
    let folder = &std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let stage = folder.with_file_name(format!(".{name}.polku-new"));
    let made = clear(&stage).and_then(|()| fill(&stage, files)).and_then(|()| put(&stage, folder));
    made.map_err(|error| {
        let _ = clear(&stage);
        failed(folder, &error)
    })
}

#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn fill(stage: &Path, files: &[(String, String)]) -> io::Result<()> {
    for (path, text) in files {
        let path = stage.join(path);
        fs::create_dir_all(path.parent().unwrap_or(stage))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Moves what is staged into its place; into a folder that is there already piece by piece, so that
/// whoever stands in it stays in it.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn put(stage: &Path, folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return fs::rename(stage, folder);
    }
    for entry in fs::read_dir(stage)? {
        let entry = entry?;
        fs::rename(entry.path(), folder.join(entry.file_name()))?;
    }
    clear(stage)
}
