//! What was saved, version by version: enough to take the last fifty back, also after a restart.
//!
//! A version keeps each file as it was before and the digest of what came in its place. It is on disk
//! before the first file changes; a mark says while files are being exchanged, so that a save of several
//! files that was cut off is taken back as a whole when the preview starts again. The texts stay on disk
//! until they are asked for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::diag::Diagnostic;
use crate::base::digest::Digest;
use crate::base::source::{Content, SourcePath, Sources};
use crate::io::{Disk, Keep, Last, now};

/// How many versions are kept.
const KEPT: usize = 50;
/// How many bytes they may be together before the oldest go earlier.
const MOST: u64 = 128 * 1024 * 1024;
/// How many versions are kept however large they are.
const LEAST: usize = 10;
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

impl Kept {
    /// Whether the file is as the version left it.
    fn is_after(&self, sources: &Sources) -> bool {
        let path = SourcePath::new(&self.path);
        path.is_some_and(|path| digest(sources, &path) == self.after)
    }

    /// Whether the file is as it was before.
    fn is_before(&self, sources: &Sources) -> bool {
        let before = self.before.as_ref().map(|text| Digest::of(text.as_bytes()).to_string());
        SourcePath::new(&self.path).is_some_and(|path| digest(sources, &path) == before)
    }
}

impl Version {
    /// The files it changed.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    /// The files as they were before it; `Err` with the first that no longer is as it left it.
    fn before(&self, sources: &Sources) -> Result<Texts, String> {
        let text = |file: &Kept| match SourcePath::new(&file.path).filter(|_| file.is_after(sources)) {
            Some(path) => Ok((path, file.before.as_deref().map(Arc::from))),
            None => Err(file.path.clone()),
        };
        self.files.iter().map(text).collect()
    }

    /// Those files that it has changed, as they were before: the others are as they were, or another
    /// program has changed them since.
    fn changed(&self, sources: &Sources) -> Texts {
        let changed = self.files.iter().filter(|file| file.is_after(sources) && !file.is_before(sources));
        let text = |file: &Kept| Some((SourcePath::new(&file.path)?, file.before.as_deref().map(Arc::from)));
        changed.filter_map(text).collect()
    }

    /// Without the texts.
    fn light(mut self) -> Version {
        self.files.iter_mut().for_each(|file| file.before = None);
        self
    }
}

/// The versions of a handbook.
pub(super) struct History {
    keep: Keep,
    versions: Vec<(usize, Version)>,
}

impl History {
    /// Reads the versions there are; a damaged one is passed over. A save that was cut off is taken back.
    ///
    /// # Errors
    /// Where what was cut off cannot be taken back.
    pub(super) fn open(disk: &mut Disk) -> Result<History, Diagnostic> {
        let keep = Keep::new(disk.root(), "history");
        keep.sweep();
        disk.sweep();
        let number = |name: String| name.strip_suffix(".json")?.parse().ok();
        let mut history = History { keep, versions: Vec::new() };
        let mut numbers: Vec<usize> = history.keep.names().into_iter().filter_map(number).collect();
        numbers.sort_unstable();
        let read = |n: usize| Some((n, history.read(n)?.light()));
        history.versions = numbers.into_iter().filter_map(read).collect();
        history.recover(disk)?;
        history.prune();
        Ok(history)
    }

    fn read(&self, n: usize) -> Option<Version> {
        serde_json::from_str(&self.keep.get(&name(n))?).ok()
    }

    /// Takes back what was cut off: files that were exchanged before the others, and a version of which no
    /// file was exchanged yet.
    fn recover(&mut self, disk: &mut Disk) -> Result<(), Diagnostic> {
        let open = self.keep.get(OPEN).and_then(|n| n.trim().parse::<usize>().ok());
        let last = self.versions.last().map(|(n, _)| *n);
        if let Some(version) = last.and_then(|last| self.read(last)) {
            let was_cut_off = open == last;
            if was_cut_off {
                disk.change(&version.changed(disk.sources()))?;
            }
            if was_cut_off || version.files.iter().all(|file| file.is_before(disk.sources())) {
                self.forget();
            }
        }
        self.keep.remove(OPEN, Last::Always);
        Ok(())
    }

    /// Forgets the last version.
    fn forget(&mut self) {
        if let Some((n, _)) = self.versions.pop() {
            self.keep.remove(&name(n), Last::Running);
        }
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
        if self.keep.get(OPEN).is_some() {
            self.recover(disk)?;
        }
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
        let marked = if files.len() > 1 { self.mark(n) } else { Ok(()) };
        let changed = marked.and_then(|()| disk.change(files).map(drop));
        if changed.is_err() {
            self.take_back(disk, n, version);
            return changed;
        }
        self.versions.push((n, version.light()));
        if files.len() > 1 {
            self.keep.remove(OPEN, Last::Always);
        }
        self.prune();
        Ok(())
    }

    fn mark(&self, n: usize) -> Result<(), Diagnostic> {
        self.keep.put(OPEN, &n.to_string(), Last::Always)
    }

    /// Puts back those files that were exchanged before one could not be.
    fn take_back(&mut self, disk: &mut Disk, n: usize, version: Version) {
        let exchanged = version.changed(disk.sources());
        let is_back = exchanged.is_empty() || disk.change(&exchanged).is_ok();
        self.versions.push((n, version.light()));
        // What cannot be put back now is put back before the next save, or at the next start.
        if is_back {
            self.keep.remove(OPEN, Last::Always);
            self.forget();
        }
    }

    fn prune(&mut self) {
        let size = |n: usize| self.keep.size(&name(n));
        let mut total: u64 = self.versions.iter().map(|(n, _)| size(*n)).sum();
        let mut left = self.versions.len();
        let surplus = self.versions.iter().take_while(|(n, _)| {
            let goes = left > KEPT || (left > LEAST && total > MOST);
            left -= usize::from(goes);
            total = total.saturating_sub(size(*n));
            goes
        });
        let surplus = surplus.count();
        for (n, _) in self.versions.drain(..surplus) {
            self.keep.remove(&name(n), Last::Running);
        }
    }

    /// The files as they were before a version; `Err` with the first that no longer is as it left it.
    pub(super) fn before(&self, n: usize, sources: &Sources) -> Result<Texts, String> {
        let version = self.read(n).ok_or_else(|| name(n))?;
        version.before(sources)
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
                How::Undo(of) => {
                    done.retain(|own| *own != of);
                    undone.push(*n);
                }
                How::Redo(of) => {
                    undone.retain(|own| *own != of);
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
