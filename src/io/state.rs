//! How files stand on disk, without reading them: the same state means that nobody has written since.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::publish::is_underway;
use super::read::{FILES, FOLDERS, is_hidden};
use crate::base::digest::Digest;

/// Within this time of being written a file may be written again and have the same time.
const FRESH: Duration = Duration::from_secs(2);

/// The state of a handbook's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Of their names, lengths and times.
    pub digest: Digest,
    /// Whether all are old enough for their times to tell every change from now on.
    pub settled: bool,
}

/// The state of a handbook's files; none where a link or an unreadable folder is among them, because then not
/// everything that is read stands there.
pub fn handbook_state(root: &Path) -> Option<State> {
    let mut seen = Seen::default();
    let files = FILES.iter().map(|name| (name, true));
    for (name, is_file) in files.chain(FOLDERS.iter().map(|name| (name, false))) {
        let path = root.join(name);
        match path.symlink_metadata() {
            Ok(data) if is_file && data.is_file() => seen.add(name, &data),
            Ok(data) if !is_file && data.is_dir() => seen.walk(root, &path, Hidden::Skipped)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            _ => return None,
        }
    }
    Some(seen.state())
}

/// The state of everything in a site's folder; none where there is no site, or another program works on it or was
/// ended while it did.
pub fn site_state(site: &Path) -> Option<Digest> {
    if is_underway(site) || !site.symlink_metadata().ok()?.is_dir() {
        return None;
    }
    let mut seen = Seen::default();
    seen.walk(site, site, Hidden::Seen)?;
    Some(seen.state().digest)
}

/// What tells this program from another version of it.
pub fn program_state() -> Option<Digest> {
    let mut seen = Seen::default();
    seen.add(env!("CARGO_PKG_VERSION"), &std::env::current_exe().ok()?.metadata().ok()?);
    Some(seen.state().digest)
}

/// Whether hidden files count.
#[derive(Clone, Copy, PartialEq)]
enum Hidden {
    Seen,
    Skipped,
}

#[derive(Default)]
struct Seen {
    lines: Vec<String>,
    newest: Option<SystemTime>,
}

impl Seen {
    /// Adds what is in a folder; nothing where that cannot be told.
    fn walk(&mut self, root: &Path, folder: &Path, hidden: Hidden) -> Option<()> {
        let wanted = |entry: &walkdir::DirEntry| hidden == Hidden::Seen || !is_hidden(entry);
        for entry in WalkDir::new(folder).into_iter().filter_entry(wanted) {
            let entry = entry.ok()?;
            let name = entry.path().strip_prefix(root).ok()?.to_str()?;
            let kind = entry.file_type();
            if kind.is_file() {
                self.add(name, &entry.metadata().ok()?);
            } else if kind.is_dir() {
                self.lines.push(format!("{name}/"));
            } else {
                return None;
            }
        }
        Some(())
    }

    fn add(&mut self, name: &str, data: &Metadata) {
        let modified = data.modified().ok();
        self.newest = self.newest.max(modified).max(changed(data).0);
        self.lines.push(format!("{name}\0{}\0{modified:?}\0{:?}", data.len(), changed(data)));
    }

    #[expect(clippy::disallowed_methods, reason = "no page depends on it")]
    fn state(mut self) -> State {
        self.lines.sort_unstable();
        let before = SystemTime::now().checked_sub(FRESH);
        let settled = before.is_some_and(|before| self.newest.is_none_or(|newest| newest < before));
        State { digest: Digest::of(self.lines.join("\n").as_bytes()), settled }
    }
}

/// When a file was last touched in whatever way, which nobody can set, and its number on the disk.
#[cfg(unix)]
fn changed(data: &fs::Metadata) -> (Option<SystemTime>, u64) {
    use std::os::unix::fs::MetadataExt;
    let since = u64::try_from(data.ctime()).ok().zip(u32::try_from(data.ctime_nsec()).ok());
    let time = since.and_then(|(s, ns)| SystemTime::UNIX_EPOCH.checked_add(Duration::new(s, ns)));
    (time, data.ino())
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> (Option<SystemTime>, u64) {
    (None, 0)
}
