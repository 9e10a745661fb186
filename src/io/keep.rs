//! What polku keeps for itself beside a handbook: small files by name in a folder below `.polku/`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::write::{Last, is_left, lasting, put};
use super::{names_in, publish::failed};
use crate::base::diag::Diagnostic;

/// A folder of small files.
#[derive(Debug, Clone)]
pub struct Keep {
    root: PathBuf,
    folder: PathBuf,
}

impl Keep {
    /// The folder of this name below the root's `.polku/`. It is made when something is put there.
    pub fn new(root: &Path, name: &str) -> Keep {
        Keep { root: root.to_owned(), folder: root.join(".polku").join(name) }
    }

    /// Puts a file there, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn put(&self, name: &str, text: &str, last: Last) -> Result<(), Diagnostic> {
        let path = self.folder.join(name);
        // A handbook that was moved away is not begun anew where it stood.
        let is_here = if self.root.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) };
        is_here.and_then(|()| put(&path, text, last)).map_err(|error| failed(&path, &error))
    }

    /// The text of a file; none where it is not there or no text.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub fn get(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }

    /// The names of its files, in order.
    pub fn names(&self) -> Vec<String> {
        let hidden = |name: &String| name.starts_with('.');
        names_in(&self.folder).into_iter().filter(|name| !hidden(name)).collect()
    }

    /// How many bytes a file has.
    pub fn size(&self, name: &str) -> u64 {
        self.folder.join(name).metadata().map_or(0, |data| data.len())
    }

    /// Takes a file away, where it is there.
    pub fn remove(&self, name: &str, last: Last) {
        // What cannot be removed is only untidy.
        if fs::remove_file(self.folder.join(name)).is_ok() {
            lasting(&self.folder, last);
        }
    }

    /// Takes away what writing that was cut off has left.
    pub fn sweep(&self) {
        for name in names_in(&self.folder).iter().filter(|name| is_left(name)) {
            self.remove(name, Last::Running);
        }
    }
}
