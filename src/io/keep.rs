//! What polku keeps for itself beside a handbook: small files by name in a folder below `.polku/`.

use std::fs;
use std::path::{Path, PathBuf};

use super::write::{Last, put};
use super::{names_in, publish::failed};
use crate::base::diag::Diagnostic;

/// A folder of small files.
#[derive(Debug, Clone)]
pub struct Keep {
    folder: PathBuf,
}

impl Keep {
    /// The folder of this name below the root's `.polku/`. It is made when something is put there.
    pub fn new(root: &Path, name: &str) -> Keep {
        Keep { folder: root.join(".polku").join(name) }
    }

    /// Puts a file there, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn put(&self, name: &str, text: &str, last: Last) -> Result<(), Diagnostic> {
        let path = self.folder.join(name);
        put(&path, text, last).map_err(|error| failed(&path, &error))
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

    /// Takes a file away, where it is there.
    pub fn remove(&self, name: &str) {
        // What cannot be removed is only untidy.
        let _ = fs::remove_file(self.folder.join(name));
    }
}
