//! What was saved, version by version: enough to take the last fifty back, also after a restart.
//!
//! A version keeps each file as it was before and the digest of what came in its place. It is on disk
//! before the first file changes; a mark says while files are being exchanged, so that a save of several
//! files that was cut off is taken back as a whole when the preview starts again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::diag::Diagnostic;
use crate::base::source::{Content, Digest, SourcePath, Sources};
use crate::io::{Disk, Keep, Last, now};

/// How many versions are kept.
const KEPT: usize = 50;
/// The mark of a save that is being carried out: it holds the number of its version.
const OPEN: &str = "open";

/// Files as they are to be: gone where there is no text.
pub(super) type Texts = Vec<(SourcePath, Option<Arc<str>>)>;

/// A save that can be taken back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Version {
    /// When, by the clock of this computer.
    pub when: String,
    /// What was done, in the author's words.
    pub what: String,
    /// Whether it was an author's or took another back.
    pub how: How,
    files: Vec<Kept>,
}

/// What a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum How {
    /// An author's.
    Save,
    /// It took this version back.
    Undo(usize),
    /// It made the change of this version again, which an undo had taken back.
    Redo(usize),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

impl Version {
    /// The files it changed.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    /// The files as they were before it; `Err` with the first that no longer is as it left it.
    pub(super) fn before(&self, sources: &Sources) -> Result<Texts, String> {
        let text = |file: &Kept| match SourcePath::new(&file.path) {
            Some(path) if digest(sources, &path) == file.after => {
                Ok((path, file.before.as_deref().map(Arc::from)))
            }
            _ => Err(file.path.clone()),
        };
        self.files.iter().map(text).collect()
    }
}

/// The versions of a handbook.
pub(super) struct History {
    keep: Keep,
    versions: Vec<(usize, Version)>,
}

impl History {
    /// Reads the versions there are. A save that was cut off is taken back.
    ///
    /// # Errors
    /// Where what was cut off cannot be taken back.
    pub(super) fn open(disk: &mut Disk) -> Result<History, Diagnostic> {
        let keep = Keep::new(disk.root(), "history");
        let read = |name: String| {
            let n = name.strip_suffix(".json")?.parse().ok()?;
            Some((n, serde_json::from_str(&keep.get(&name)?).ok()?))
        };
        let mut versions: Vec<(usize, Version)> = keep.names().into_iter().filter_map(read).collect();
        versions.sort_by_key(|(n, _)| *n);
        let mut history = History { keep, versions };
        history.recover(disk)?;
        Ok(history)
    }

    fn recover(&mut self, disk: &mut Disk) -> Result<(), Diagnostic> {
        let Some(open) = self.keep.get(OPEN).and_then(|n| n.trim().parse::<usize>().ok()) else {
            return Ok(());
        };
        if let Some(at) = self.versions.iter().position(|(n, _)| *n == open) {
            let sources = disk.sources();
            let changed = |file: &&Kept| {
                let path = SourcePath::new(&file.path);
                path.is_some_and(|path| digest(sources, &path) == file.after)
            };
            let back = self.versions[at].1.files.iter().filter(changed);
            let back: Texts = back
                .filter_map(|file| {
                    Some((SourcePath::new(&file.path)?, file.before.as_deref().map(Arc::from)))
                })
                .collect();
            disk.change(&back)?;
            self.versions.remove(at);
            self.keep.remove(&name(open));
        }
        self.keep.remove(OPEN);
        Ok(())
    }

    /// Exchanges files and remembers how they were.
    ///
    /// # Errors
    /// Where something cannot be written. Then nothing has changed.
    pub(super) fn save(
        &mut self,
        disk: &mut Disk,
        (files, what, how): (&Texts, &str, How),
    ) -> Result<(), Diagnostic> {
        let kept = |(path, text): &(SourcePath, Option<Arc<str>>)| Kept {
            path: path.to_string(),
            before: disk.sources().find(path.as_str()).map(|file| file.text().to_owned()),
            after: text.as_ref().map(|text| Digest::of(text.as_bytes()).to_string()),
        };
        let version =
            Version { when: now(), what: what.to_owned(), how, files: files.iter().map(kept).collect() };
        let n = self.versions.last().map_or(1, |(last, _)| last + 1);
        self.keep.put(&name(n), &serde_json::to_string(&version).unwrap_or_default(), Last::Always)?;
        // One file changes in one step by itself.
        let several = files.len() > 1;
        if several {
            self.keep.put(OPEN, &n.to_string(), Last::Always)?;
        }
        let changed = disk.change(files).map(drop);
        if changed.is_err() {
            self.keep.remove(&name(n));
        } else {
            self.versions.push((n, version));
            self.prune();
        }
        if several {
            self.keep.remove(OPEN);
        }
        changed
    }

    fn prune(&mut self) {
        let surplus = self.versions.len().saturating_sub(KEPT);
        for (n, _) in self.versions.drain(..surplus) {
            self.keep.remove(&name(n));
        }
    }

    /// The versions, the oldest first, with their numbers and whether they are taken back.
    pub(super) fn list(&self) -> impl DoubleEndedIterator<Item = (usize, &Version, bool)> {
        let (done, _) = self.stacks();
        self.versions.iter().map(move |(n, version)| (*n, version, !done.contains(n)))
    }

    /// What an undo would take back.
    pub(super) fn undoable(&self) -> Option<(usize, &Version)> {
        self.get(*self.stacks().0.last()?)
    }

    /// The undo that a redo would take back, and the version it is about.
    pub(super) fn redoable(&self) -> Option<(usize, &Version)> {
        self.get(*self.stacks().1.last()?)
    }

    fn get(&self, n: usize) -> Option<(usize, &Version)> {
        self.versions.iter().find(|(own, _)| *own == n).map(|(n, version)| (*n, version))
    }

    /// The versions that stand, and the undos that can be taken back: each the latest last.
    fn stacks(&self) -> (Vec<usize>, Vec<usize>) {
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for (n, version) in &self.versions {
            match version.how {
                How::Save => {
                    done.push(*n);
                    undone.clear();
                }
                How::Undo(_) => {
                    done.pop();
                    undone.push(*n);
                }
                How::Redo(_) => {
                    undone.pop();
                    done.push(*n);
                }
            }
        }
        (done, undone)
    }
}

fn name(n: usize) -> String {
    format!("{n:06}.json")
}

/// What a file's text is known by; none where there is no such text.
fn digest(sources: &Sources, path: &SourcePath) -> Option<String> {
    let file = sources.find(path.as_str())?;
    matches!(file.content, Content::Text(_)).then(|| file.digest.to_string())
}
