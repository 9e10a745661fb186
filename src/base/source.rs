//! The texts a handbook is made of, as values: immutable, cheap to clone, with stable file numbers.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::digest::Digest;

/// Largest text file that is read, in bytes. More than a thousand pages of prose.
pub const MAX_TEXT: u64 = 4 * 1024 * 1024;
/// Largest other file (pictures, attachments) that is read, in bytes.
pub const MAX_MEDIA: u64 = 16 * 1024 * 1024;
/// The largest list that polku keeps itself, in bytes: it only ever grows, and nobody can divide it.
pub const MAX_LOCK: u64 = 64 * 1024 * 1024;

/// A file's place below the root of the handbook: relative, `/` between parts, NFC, no `..`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// How large this file may be where it is read as text, in bytes.
    pub fn largest_text(&self) -> u64 {
        if self.as_str().ends_with(".lock") { MAX_LOCK } else { MAX_TEXT }
    }

    /// Takes a relative path; `None` where a part is empty, `.` or `..`.
    pub fn new(path: &str) -> Option<SourcePath> {
        let part_fits = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
        if !path.split('/').all(part_fits) {
            return None;
        }
        if is_nfc(path) {
            return Some(SourcePath(path.into()));
        }
        Some(SourcePath(path.nfc().collect::<String>().into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The folders above the file, outermost first.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        let parents = self.0.rsplit_once('/').map_or("", |(parents, _)| parents);
        parents.split('/').filter(|part| !part.is_empty())
    }

    /// The file another one names relative to this one, `..` included; `None` where that leaves the root.
    pub fn join(&self, relative: &str) -> Option<SourcePath> {
        let mut parts: Vec<&str> = self.folders().collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        SourcePath::new(&parts.join("/"))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file's number, the same in every later version of the same [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(u32);

impl FileId {
    /// The number, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place in a file: byte offsets, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A place from a byte range.
    pub fn new(file: FileId, range: &Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The place in bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The place of a part of the text that stands here; the whole where the text is not written as it is
    /// read, so that its parts have no places of their own.
    pub fn part(self, text: &str, range: &Range<usize>) -> Span {
        if self.range().len() != text.len() {
            return self;
        }
        let start = self.range().start;
        Span::new(self.file, &(start + range.start..start + range.end))
    }

    /// The whole of a file, told as its beginning.
    pub fn beginning(file: FileId) -> Span {
        Span { file, start: 0, end: 0 }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.start, self.end)
    }
}

/// Why a file's content could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// A text that is no UTF-8 from this byte on.
    NotUtf8(usize),
    /// More bytes than the limit.
    TooLarge(u64),
    /// The operating system refused, with its reason.
    Refused(String),
    /// A symbolic link that leads out of the handbook.
    LinkOutside,
    /// A symbolic link that leads back to a folder above it, or to nothing.
    LinkBroken,
    /// A name that is no valid path (not Unicode, or with a backslash).
    BadName,
}

/// What stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text to be read.
    Text(Arc<str>),
    /// Bytes to be handed on.
    Bytes(Arc<[u8]>),
    /// Nothing that could be taken.
    Unreadable(Unreadable),
}

impl Content {
    /// Whether this is the very same text or bytes, not only equal ones: costs nothing to find out.
    fn is(&self, other: &Content) -> bool {
        match (self, other) {
            (Content::Text(own), Content::Text(other)) => Arc::ptr_eq(own, other),
            (Content::Bytes(own), Content::Bytes(other)) => Arc::ptr_eq(own, other),
            _ => false,
        }
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its number.
    pub id: FileId,
    /// Its place.
    pub path: SourcePath,
    /// What stands in it.
    pub content: Content,
    /// The fingerprint of its bytes.
    pub digest: Digest,
}

impl SourceFile {
    /// The text, empty where the file is no readable text.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Bytes(_) | Content::Unreadable(_) => "",
        }
    }
}

/// All files of a handbook at one moment.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Arc<Vec<SourceFile>>,
    order: Arc<BTreeMap<SourcePath, FileId>>,
}

impl Sources {
    /// Files from memory or disk.
    pub fn new(files: impl IntoIterator<Item = (SourcePath, Content)>) -> Sources {
        let mut sources = Sources::default();
        for (path, content) in files {
            sources.set(path, content);
        }
        sources
    }

    /// The same files with one of them made, changed, or laid over by an unsaved edit.
    #[must_use]
    pub fn with(&self, path: SourcePath, content: Content) -> Sources {
        let mut next = self.clone();
        next.set(path, content);
        next
    }

    /// The same files without one of them.
    #[must_use]
    pub fn without(&self, path: &SourcePath) -> Sources {
        let mut next = self.clone();
        if next.order.contains_key(path) {
            Arc::make_mut(&mut next.order).remove(path);
        }
        next
    }

    /// The same files with exactly this set in their place; numbers of known paths stay.
    #[must_use]
    pub fn replaced(&self, files: impl IntoIterator<Item = (SourcePath, Content)>) -> Sources {
        let mut next = Sources { files: Arc::clone(&self.files), order: Arc::default() };
        let known = &self.order;
        for (path, content) in files {
            match known.get(&path) {
                Some(id) => next.put(*id, path, content),
                None => next.set(path, content),
            }
        }
        next
    }

    fn set(&mut self, path: SourcePath, content: Content) {
        let known = self.order.get(&path).copied();
        let id = known.unwrap_or_else(|| FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX)));
        self.put(id, path, content);
    }

    fn put(&mut self, id: FileId, path: SourcePath, content: Content) {
        if self.order.get(&path) != Some(&id) {
            Arc::make_mut(&mut self.order).insert(path.clone(), id);
        }
        if self.files.get(id.0 as usize).is_some_and(|file| file.content.is(&content)) {
            return;
        }
        let digest = match &content {
            Content::Text(text) => Digest::of(text.as_bytes()),
            Content::Bytes(bytes) => Digest::of(bytes),
            Content::Unreadable(_) => Digest::of(b""),
        };
        let file = SourceFile { id, path, content, digest };
        let files = Arc::make_mut(&mut self.files);
        match files.get_mut(id.0 as usize) {
            Some(slot) => *slot = file,
            None => files.push(file),
        }
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.order.values().filter_map(|id| self.files.get(id.0 as usize))
    }

    /// A file by number: also one that a later version no longer has.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// A file by path.
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.get(*self.order.get(&SourcePath::new(path)?)?)
    }

    /// Where a span stands, for people: lines and columns count from 1, columns in characters.
    pub fn place(&self, span: Span) -> Option<Place<'_>> {
        let file = self.get(span.file)?;
        let text = file.text();
        let at = text.floor_char_boundary(span.start as usize);
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        // A byte order mark is no letter of the first line.
        let letters = before[line_start..].trim_start_matches('\u{feff}').chars().count();
        Some(Place { path: &file.path, line, column: letters + 1 })
    }
}

/// A place told to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).unwrap()
    }

    fn text(text: &str) -> Content {
        Content::Text(text.into())
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let sources = Sources::new([(path("a.toml"), text("ensin\näö x\n"))]);
        let id = sources.find("a.toml").unwrap().id;
        let place = sources.place(Span::new(id, &(11..12))).unwrap();
        assert_eq!((place.line, place.column), (2, 4));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let sources = Sources::new([(path("a.toml"), text("\u{feff}[x]\n"))]);
        let id = sources.find("a.toml").unwrap().id;
        let column = |at| sources.place(Span::new(id, &(at..at))).unwrap().column;
        assert_eq!([column(0), column(3), column(4)], [1, 1, 2]);
    }

    #[test]
    fn numbers_stay_when_files_come_and_go() {
        let first = Sources::new([(path("b"), text("b")), (path("c"), text("c"))]);
        let second = first.replaced([(path("a"), text("a")), (path("c"), text("c2"))]);
        assert_eq!(first.find("c").unwrap().id, second.find("c").unwrap().id);
        assert_eq!(second.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(first.find("c").unwrap().text(), "c");
    }

    #[test]
    fn relative_paths_stay_inside() {
        let from = path("content/roles/a.fi.md");
        assert_eq!(from.join("../phases/b.fi.md").unwrap().as_str(), "content/phases/b.fi.md");
        assert_eq!(from.join("../../../etc/passwd"), None);
    }
}
