//! Changes on disk, gathered until it is quiet for a moment.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::read::FOLDERS;

/// How long it must be quiet before changes are told: editors write in several steps.
const QUIET: Duration = Duration::from_millis(20);
/// How long changes are gathered where it never is quiet, or where a file is empty: one that is written where it
/// stands is, until its words come.
const LONGEST: Duration = Duration::from_millis(500);

/// A watch that lasts as long as this value.
pub struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: [PathBuf; 2],
}

/// Begins to watch a handbook's folder.
///
/// # Errors
/// Where the operating system has no watch left to give.
pub fn watch(root: &Path) -> notify::Result<Watch> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    let folders = FOLDERS.map(|folder| root.join(folder));
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    Ok(Watch { watcher, events, folders })
}

impl Watch {
    /// Waits for changes and gives the paths written, or `None` when the watch has ended. The paths are
    /// a hint: what was created inside new folders may be missing, so the reader looks everywhere.
    pub fn wait(&mut self) -> Option<Vec<PathBuf>> {
        let first = self.events.recv().ok()?;
        let start = Instant::now();
        let mut written = Vec::new();
        let mut is_change = self.take(first, &mut written);
        loop {
            let event = if is_change {
                self.events.recv_timeout(QUIET.min(LONGEST.saturating_sub(start.elapsed())))
            } else {
                self.events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match event {
                Ok(event) => is_change |= self.take(event, &mut written),
                Err(RecvTimeoutError::Timeout) if is_half_written(&written) && start.elapsed() < LONGEST => {}
                Err(RecvTimeoutError::Timeout) => return Some(written),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Whether an event tells of a change; one that says that others were lost does.
    fn take(&mut self, event: notify::Result<Event>, written: &mut Vec<PathBuf>) -> bool {
        let Ok(event) = event else { return true };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        self.watch_again(&event.paths);
        written.extend(event.paths);
        true
    }

    /// A folder that was moved away, or came back, is not watched by itself.
    fn watch_again(&mut self, paths: &[PathBuf]) {
        for folder in self.folders.iter().filter(|folder| paths.contains(folder)) {
            // What is not there is watched when it comes.
            let _ = self.watcher.unwatch(folder);
            let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
        }
    }
}

fn is_half_written(written: &[PathBuf]) -> bool {
    written.iter().any(|path| path.metadata().is_ok_and(|data| data.is_file() && data.len() == 0))
}
