//! Changes on disk, gathered until it is quiet for a moment.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long it must be quiet before changes are told: editors write in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// A watch that lasts as long as this value.
pub struct Watch {
    _watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

/// Begins to watch a handbook's folder.
///
/// # Errors
/// Where the operating system has no watch left to give.
pub fn watch(root: &Path) -> notify::Result<Watch> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    for (path, mode) in [("content", RecursiveMode::Recursive), ("themes", RecursiveMode::Recursive)] {
        let path = root.join(path);
        if path.is_dir() {
            watcher.watch(&path, mode)?;
        }
    }
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    Ok(Watch { _watcher: watcher, events })
}

impl Watch {
    /// Waits for changes and gives the paths written, or `None` when the watch has ended. The paths are
    /// a hint: what was created inside new folders may be missing, so the reader looks everywhere.
    pub fn next(&self) -> Option<Vec<PathBuf>> {
        let mut written = Vec::new();
        loop {
            let event = if written.is_empty() {
                self.events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.events.recv_timeout(QUIET)
            };
            match event {
                Ok(Ok(event)) if is_change(event.kind) => written.extend(event.paths),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Some(written),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_))
}
