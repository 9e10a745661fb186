//! What is served now, swapped whenever files or unsaved changes differ.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::sync::broadcast::{self, Receiver, Sender};

use super::Options;
use super::desk::Desk;
use crate::base::diag::Diagnostic;
use crate::io::{Disk, watch};
use crate::snapshot::Snapshot;

/// What is served now.
#[derive(Clone)]
pub(super) struct Now {
    /// Counts the changes since the start.
    pub revision: u64,
    /// The handbook as it is, with what is not saved.
    pub latest: Arc<Snapshot>,
    /// The handbook as it is on disk: what forms are filled with and changes are based on.
    pub plain: Arc<Snapshot>,
    /// The last handbook that could be rendered: the latest, unless its theme is broken.
    pub good: Option<Arc<Snapshot>>,
}

/// What is served, who writes, and who waits for changes.
pub(super) struct Live {
    now: RwLock<Now>,
    desk: Mutex<Desk>,
    changes: Sender<u64>,
    pub options: Options,
}

impl Live {
    /// Takes the first snapshot and follows the changes on disk from then on.
    ///
    /// # Errors
    /// Where a save that was cut off cannot be taken back.
    pub(super) fn start(disk: Disk, options: Options) -> Result<Arc<Live>, Diagnostic> {
        let desk = Desk::new(disk, options.settings)?;
        let root = desk.root();
        let latest = Arc::clone(desk.shown());
        let good = latest.site.is_some().then(|| Arc::clone(&latest));
        let now = Now { revision: 1, plain: Arc::clone(desk.plain()), latest, good };
        let (changes, _) = broadcast::channel(16);
        let live = Live { now: RwLock::new(now), desk: Mutex::new(desk), changes, options };
        let live = Arc::new(live);
        live.follow(root);
        Ok(live)
    }

    /// What is served at this moment; a request keeps what it started with.
    pub(super) fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hears of every later change.
    pub(super) fn changes(&self) -> Receiver<u64> {
        self.changes.subscribe()
    }

    /// Works at the desk, and serves what came of it; gives the revision.
    pub(super) fn work<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> (T, u64) {
        let mut desk = self.desk();
        let done = work(&mut desk);
        (done, self.serve(&desk))
    }

    /// Looks at the desk.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Desk) -> T) -> T {
        look(&self.desk())
    }

    // Whoever panicked at the desk left it as it was: every step of it ends with a whole value.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, desk: &Desk) -> u64 {
        let before = self.now();
        let (latest, plain) = (Arc::clone(desk.shown()), Arc::clone(desk.plain()));
        if Arc::ptr_eq(&latest, &before.latest) && Arc::ptr_eq(&plain, &before.plain) {
            return before.revision;
        }
        let good = if latest.site.is_some() { Some(Arc::clone(&latest)) } else { before.good };
        let revision = before.revision + 1;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Now { revision, latest, plain, good };
        // Nobody listening is no mistake.
        let _ = self.changes.send(revision);
        revision
    }

    fn follow(self: &Arc<Live>, root: PathBuf) {
        let live = Arc::clone(self);
        std::thread::spawn(move || {
            let Ok(watch) = watch(&root) else { return };
            // What was written between the first reading and the watch.
            live.work(|desk| desk.refresh(&[]));
            while let Some(written) = watch.next() {
                live.work(|desk| desk.refresh(&written));
            }
        });
    }
}
