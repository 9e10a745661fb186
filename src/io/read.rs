//! A handbook's files taken from disk into values, and again when something changed.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::publish::failed;
use super::write::{Beside, Last, is_left};
use super::{DATA_TOO_LARGE, FILE_UNREADABLE, NO_ROOT, ROOT_UNREADABLE};
use crate::base::diag::Diagnostic;
use crate::base::source::{Content, MAX_MEDIA, SourcePath, Sources, Unreadable};

/// Folders below the root whose files belong to the handbook, beside those at the top.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];
/// Files beside those folders that belong to it.
pub(super) const FILES: [&str; 4] = ["site.toml", "search.toml", "translations.lock", "urls.lock"];

/// Endings of files that are read as text; everything else is handed on as bytes.
const TEXTS: [&str; 6] = [".toml", ".md", ".html", ".css", ".js", ".lock"];

/// A folder on disk and what was last read from it.
pub struct Disk {
    root: PathBuf,
    seen: Files,
    sources: Sources,
}

/// Files by their paths in the handbook.
type Files = BTreeMap<SourcePath, Seen>;

/// A file as last read.
struct Seen {
    /// Where it is: the disk may write the name in another way (NFD) than the handbook does.
    path: PathBuf,
    stamp: Stamp,
    content: Content,
}

/// What tells that a file has not been written since: time, length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    len: u64,
}

impl Disk {
    /// Opens a handbook's folder and reads it.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be read at all. What is wrong with single files is
    /// part of the sources.
    pub fn open(root: &Path) -> Result<Disk, Diagnostic> {
        let told = |code| Diagnostic::of(code).with("path", root.display().to_string());
        if !root.is_dir() {
            return Err(told(NO_ROOT));
        }
        let real = root.canonicalize().and_then(|real| fs::read_dir(&real).map(|_| real));
        let root = real.map_err(|error| told(ROOT_UNREADABLE).with("detail", error.to_string()))?;
        let mut disk = Disk { root, seen: BTreeMap::new(), sources: Sources::default() };
        disk.refresh(&[]);
        Ok(disk)
    }

    /// The files as last read.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The folder, with links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The texts a file has had, the newest first; each is read when it is asked for. None where the
    /// handbook is not kept in git.
    pub fn earlier(&self, path: &SourcePath) -> impl Iterator<Item = String> {
        let versions = self.seen.get(path).map(|seen| super::history::earlier(&seen.path));
        versions.into_iter().flatten().filter_map(|version| version())
    }

    /// Writes a file of the handbook: beside it first, then in its place in one step.
    ///
    /// # Errors
    /// Where it cannot be written. Then the file stands as it was.
    pub fn write(&self, path: &SourcePath, text: &str) -> Result<(), Diagnostic> {
        super::write::write(&self.place(path), text)
    }

    /// Whether these files still are on disk as they were last read.
    pub fn is_as_read<'p>(&self, paths: impl IntoIterator<Item = &'p SourcePath>) -> bool {
        paths.into_iter().all(|path| {
            let own = self.sources.find(path.as_str()).map(|file| &file.content);
            let place = self.place(path);
            let now = place.metadata().ok().map(|data| read(&place, path, data.len()));
            own == now.as_ref()
        })
    }

    /// Whether a file stands there that is no text, or cannot be read.
    pub fn is_unreadable(&self, path: &SourcePath) -> bool {
        let content = self.sources.find(path.as_str()).map(|file| &file.content);
        matches!(content, Some(Content::Bytes(_) | Content::Unreadable(_)))
    }

    /// Changes files, gone where there is no text: all are made ready before the first is put in its place.
    ///
    /// # Errors
    /// Where one cannot be written, or its folder leads out of the handbook. Then, as far as the disk lets
    /// anybody promise it, all stand as they were.
    pub fn change(&mut self, files: &[(SourcePath, Option<Arc<str>>)]) -> Result<&Sources, Diagnostic> {
        if let Err(why) = self.exchange(files) {
            self.reread(files.iter().map(|(path, _)| path));
            return Err(why);
        }
        for (path, text) in files {
            let place = self.place(path);
            let seen = text.as_ref().and_then(|text| {
                let stamp = stamp(&place.metadata().ok()?);
                Some(Seen { path: place, stamp, content: Content::Text(Arc::clone(text)) })
            });
            self.note_one(path, seen);
        }
        Ok(&self.sources)
    }

    /// Takes in one file, or that it is gone.
    fn note_one(&mut self, path: &SourcePath, seen: Option<Seen>) {
        match seen {
            Some(seen) => {
                self.sources = self.sources.with(path.clone(), seen.content.clone());
                self.seen.insert(path.clone(), seen);
            }
            None => {
                self.sources = self.sources.without(path);
                self.seen.remove(path);
            }
        }
    }

    /// Reads again what changed, and these files whatever their time and length.
    pub fn reread<'p>(&mut self, paths: impl IntoIterator<Item = &'p SourcePath>) -> &Sources {
        let places: Vec<PathBuf> = paths.into_iter().map(|path| self.place(path)).collect();
        self.refresh(&places)
    }

    /// Takes away what writing that was cut off has left beside files.
    pub fn sweep(&self) {
        let below = FOLDERS.iter().flat_map(|folder| WalkDir::new(self.root.join(folder)));
        let entries = WalkDir::new(&self.root).max_depth(1).into_iter().chain(below).flatten();
        for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_left)) {
            // What cannot be removed is only untidy.
            let _ = fs::remove_file(entry.path());
        }
    }

    /// Puts a file of bytes where none stands.
    ///
    /// # Errors
    /// Where it cannot be written, or its folder leads out of the handbook.
    pub fn put_bytes(&mut self, path: &SourcePath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let place = self.place(path);
        self.inside(path, &place)?;
        let put = Beside::write(&place, bytes, Last::Always).and_then(Beside::put);
        put.map_err(|error| failed(&place, &error))?;
        self.refresh(&[place]);
        Ok(())
    }

    /// Refuses a place whose folder leads out of the handbook.
    fn inside(&self, path: &SourcePath, place: &Path) -> Result<(), Diagnostic> {
        let above = place.ancestors().skip(1).find(|above| above.exists());
        if above.is_some_and(|above| self.contains(above)) {
            return Ok(());
        }
        Err(Diagnostic::of(super::OUTSIDE).with("path", path.as_str()))
    }

    fn exchange(&self, files: &[(SourcePath, Option<Arc<str>>)]) -> Result<(), Diagnostic> {
        let mut ready = Vec::new();
        for (path, text) in files.iter().filter_map(|(path, text)| Some((path, text.as_ref()?))) {
            let place = self.place(path);
            self.inside(path, &place)?;
            let beside = Beside::write(&place, text.as_bytes(), Last::Always);
            ready.push((beside.map_err(|error| failed(&place, &error))?, place));
        }
        for (beside, place) in ready {
            beside.put().map_err(|error| failed(&place, &error))?;
        }
        for (path, _) in files.iter().filter(|(_, text)| text.is_none()) {
            let place = self.place(path);
            super::restore(&place, None)?;
        }
        Ok(())
    }

    /// Where a file of the handbook is on disk.
    fn place(&self, path: &SourcePath) -> PathBuf {
        self.seen.get(path).map_or_else(|| self.root.join(path.as_str()), |seen| seen.path.clone())
    }

    fn taken(&mut self) -> &Sources {
        let files = self.seen.iter().map(|(path, seen)| (path.clone(), seen.content.clone()));
        self.sources = self.sources.replaced(files);
        &self.sources
    }

    /// Reads again what changed: where only files are named that are known, those; else every file with another
    /// time or length, and those named as written.
    pub fn refresh(&mut self, written: &[PathBuf]) -> &Sources {
        if let Some(known) = self.known(written) {
            for (name, path) in known {
                let mut now = BTreeMap::new();
                self.take(&path, written, &mut now);
                self.note_one(&name, now.remove(&name));
            }
            return &self.sources;
        }
        let mut now = BTreeMap::new();
        for file in FILES {
            self.take(&self.root.join(file), written, &mut now);
        }
        for folder in FOLDERS {
            self.walk(&self.root.join(folder), written, &mut now);
        }
        self.seen = now;
        self.taken()
    }

    /// The files meant by these paths, where they are known ones and nothing else: what editors put beside a file
    /// and took away again counts for nothing.
    fn known(&self, written: &[PathBuf]) -> Option<Vec<(SourcePath, PathBuf)>> {
        let mut known = Vec::new();
        for path in written {
            let name = self.name(path)?;
            match self.seen.get(&name) {
                Some(_) if path.is_file() && !path.is_symlink() => known.push((name, path.clone())),
                None if !path.exists() && !self.has_below(&name) => {}
                _ => return None,
            }
        }
        known.sort();
        known.dedup();
        (!known.is_empty() || !written.is_empty()).then_some(known)
    }

    fn has_below(&self, folder: &SourcePath) -> bool {
        let (name, below) = (folder.as_str(), format!("{folder}/"));
        let near = self.seen.range(folder.clone()..).take_while(|(path, _)| path.as_str().starts_with(name));
        near.map(|(path, _)| path).any(|path| path.as_str().starts_with(&below))
    }

    fn walk(&self, folder: &Path, written: &[PathBuf], now: &mut Files) {
        let walk = WalkDir::new(folder).follow_links(true).into_iter();
        let mut outside = Vec::new();
        let entries = walk.filter_entry(|entry| {
            let inside = !entry.path_is_symlink() || self.contains(entry.path());
            if !inside {
                outside.push(entry.path().to_owned());
            }
            inside && !is_hidden(entry)
        });
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() => self.take(entry.path(), written, now),
                Ok(_) => {}
                Err(error) => self.note(error.path(), walk_failure(&error), now),
            }
        }
        for path in outside {
            self.note(Some(&path), Unreadable::LinkOutside, now);
        }
    }

    fn contains(&self, path: &Path) -> bool {
        path.canonicalize().map_or(true, |real| real.starts_with(&self.root))
    }

    /// Keeps a place for a file that could not be read, so that the finding has one.
    fn note(&self, path: Option<&Path>, why: Unreadable, now: &mut Files) {
        let missing_folder = path.is_none_or(|path| !path.is_symlink() && !path.exists());
        if missing_folder {
            return;
        }
        let name = path.and_then(|path| self.name(path)).or_else(|| SourcePath::new(FILES[0]));
        if let Some(name) = name {
            let path = path.unwrap_or(&self.root).to_owned();
            let stamp = Stamp { modified: None, len: 0 };
            now.insert(name, Seen { path, stamp, content: Content::Unreadable(why) });
        }
    }

    fn name(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        SourcePath::new(&below.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    fn take(&self, path: &Path, written: &[PathBuf], now: &mut Files) {
        let Ok(data) = path.metadata() else { return };
        let Some(name) = self.name(path) else {
            // The name itself cannot be told: what can be is the folder.
            let folder = path.parent().and_then(|folder| self.name(&folder.join("?")));
            let content = Content::Unreadable(Unreadable::BadName);
            let seen = Seen { path: path.to_owned(), stamp: stamp(&data), content };
            return now.extend(folder.map(|name| (name, seen)));
        };
        let stamp = stamp(&data);
        let kept =
            self.seen.get(&name).filter(|seen| seen.stamp == stamp && !written.iter().any(|w| w == path));
        let content = kept.map_or_else(|| read(path, &name, stamp.len), |seen| seen.content.clone());
        now.insert(name, Seen { path: path.to_owned(), stamp, content });
    }
}

fn stamp(data: &Metadata) -> Stamp {
    Stamp { modified: data.modified().ok(), len: data.len() }
}

pub(super) fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

fn walk_failure(error: &walkdir::Error) -> Unreadable {
    match error.io_error() {
        None => Unreadable::LinkBroken,
        Some(io) if io.kind() == std::io::ErrorKind::NotFound => Unreadable::LinkBroken,
        Some(io) => Unreadable::Refused(io.to_string()),
    }
}

fn read(path: &Path, name: &SourcePath, len: u64) -> Content {
    let is_text =
        TEXTS.iter().any(|ending| name.name().ends_with(ending)) || !name.as_str().starts_with("content/");
    let limit = if is_text { name.largest_text() } else { MAX_MEDIA };
    if len > limit {
        return Content::Unreadable(Unreadable::TooLarge(len));
    }
    let bytes = match read_at_most(path, limit) {
        Ok(bytes) => bytes,
        Err(error) => return Content::Unreadable(Unreadable::Refused(error.to_string())),
    };
    if !is_text {
        return Content::Bytes(bytes.into());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content::Text(Arc::from(text)),
        Err(error) => Content::Unreadable(Unreadable::NotUtf8(error.utf8_error().valid_up_to())),
    }
}

/// Reads a file, and no more of it than the limit even if it grows meanwhile.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn read_at_most(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The largest file of data that is read, in bytes: a handbook of 30,000 pages.
pub(super) const MAX_DATA: u64 = 256 * 1024 * 1024;

/// Whether anything can be read from a file.
///
/// # Errors
/// The words of the computer, where nothing can.
pub fn readable(path: &Path) -> Result<(), String> {
    read_at_most(path, 1).map(drop).map_err(|error| error.to_string())
}

/// A file of data as it is.
///
/// # Errors
/// Where it cannot be read, or is larger than any handbook.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let told = |code| Diagnostic::of(code).with("path", path.display().to_string());
    // Files that are none, such as devices, have no end.
    let bytes = read_at_most(path, MAX_DATA + 1);
    let bytes = bytes.map_err(|error| told(FILE_UNREADABLE).with("detail", error.to_string()))?;
    let whole = u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_DATA);
    if whole { Ok(bytes) } else { Err(told(DATA_TOO_LARGE)) }
}

/// The names of the files in a folder, in their order; none where there is no such folder.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}
