//! One preview a handbook: whoever starts a second one is told where the first one is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The mark of a preview that runs, for as long as this value lives.
#[derive(Debug)]
pub struct Alone {
    /// None where this folder's disk knows no locks: then nobody is kept out.
    file: Option<File>,
}

/// Whether a preview of a handbook runs already.
#[derive(Debug)]
pub enum Running {
    /// No: this is the mark of the one that begins.
    No(Alone),
    /// Yes, at this address; empty where it has not said yet.
    At(String),
}

impl Alone {
    /// Marks a handbook as being previewed.
    pub fn begin(root: &Path) -> Running {
        let Ok(mut file) = open(&root.join(".polku/preview")) else {
            return Running::No(Alone { file: None });
        };
        match file.try_lock() {
            Ok(()) => Running::No(Alone { file: Some(file) }),
            Err(TryLockError::WouldBlock) => {
                let mut address = String::new();
                let _ = file.read_to_string(&mut address);
                Running::At(address.trim().to_owned())
            }
            Err(TryLockError::Error(_)) => Running::No(Alone { file: None }),
        }
    }

    /// Notes where the preview is, for whoever starts a second one.
    pub fn tell(&self, address: &str) {
        // Who cannot be told chooses another port: nothing is lost by it.
        let _ = self.file.as_ref().map(|file| overwrite(file, address));
    }
}

/// The address lets its reader edit, so the file is its owner's alone.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn open(path: &PathBuf) -> io::Result<File> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn overwrite(mut file: &File, text: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}
