//! Single files written, each whole or not at all; several of them together as far as a disk can.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::publish::{beside, failed};
use crate::base::diag::Diagnostic;

/// How long what was written lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Last {
    /// Also when the power fails.
    Always,
    /// While the computer runs: quicker.
    Running,
}

/// Writes a file whole or not at all, with the rights it had.
///
/// # Errors
/// Where it cannot be written. Then the file stands as it was.
pub fn write(target: &Path, text: &str) -> Result<(), Diagnostic> {
    put(target, text, Last::Always).map_err(|error| failed(target, &error))
}

pub(super) fn put(target: &Path, text: &str, last: Last) -> io::Result<()> {
    Beside::write(target, text.as_bytes(), last)?.put()
}

/// A file written beside its place, to be put there. Dropped before that, it is gone.
pub(super) struct Beside {
    target: PathBuf,
    beside: Option<PathBuf>,
    last: Last,
}

/// What a file that is written beside its place is called.
const ENDING: &str = "polku-write";

/// Whether this is the name of a file that was written beside its place: one that stays was cut off.
pub(super) fn is_left(name: &str) -> bool {
    name.starts_with('.') && name.strip_suffix(ENDING).is_some_and(|name| name.ends_with('.'))
}

/// Lets the names in a folder last, where the operating system knows how.
#[cfg_attr(unix, expect(clippy::disallowed_methods, reason = "this is the place that touches the disk"))]
pub(super) fn lasting(folder: &Path, last: Last) {
    // Windows has no such thing: there names last with the files. Who cannot do it does without.
    #[cfg(unix)]
    if last == Last::Always {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = (folder, last);
}

impl Beside {
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub(super) fn write(target: &Path, bytes: &[u8], last: Last) -> io::Result<Beside> {
        // A link is followed, so that the file it leads to is what changes.
        let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
        let path = beside(&target, ENDING);
        fs::create_dir_all(target.parent().unwrap_or(&target))?;
        let beside = Beside { beside: Some(path.clone()), target, last };
        let mut file = fs::File::create(&path)?;
        file.write_all(bytes)?;
        if let Ok(data) = beside.target.metadata() {
            file.set_permissions(data.permissions())?;
        }
        if last == Last::Always {
            file.sync_all()?;
        }
        Ok(beside)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub(super) fn put(mut self) -> io::Result<()> {
        let Some(beside) = &self.beside else { return Ok(()) };
        fs::rename(beside, &self.target)?;
        self.beside = None;
        lasting(self.target.parent().unwrap_or(&self.target), self.last);
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}

/// Removes what a program left beside a file that was ended while it wrote it.
pub fn sweep_beside(target: &Path) {
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let _ = fs::remove_file(beside(&target, "polku-write"));
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
