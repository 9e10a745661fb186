//! The snapshot that requests are answered from, swapped when files change.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::broadcast::{self, Receiver, Sender};

use super::Options;
use crate::io::{Disk, watch};
use crate::snapshot::Snapshot;

/// What is served now.
#[derive(Clone)]
pub(super) struct Now {
    /// Counts the changes since the start.
    pub revision: u64,
    /// The handbook as it is.
    pub latest: Arc<Snapshot>,
    /// The last handbook that could be rendered: the latest, unless its theme is broken.
    pub good: Option<Arc<Snapshot>>,
}

/// What is served, and who waits for changes.
pub(super) struct Live {
    now: RwLock<Now>,
    changes: Sender<u64>,
    pub options: Options,
}

impl Live {
    /// Takes the first snapshot and follows the changes on disk from then on.
    pub(super) fn start(disk: Disk, options: Options) -> Arc<Live> {
        let latest = Arc::new(Snapshot::take(disk.sources(), options.settings, None));
        let good = latest.site.is_some().then(|| Arc::clone(&latest));
        let (changes, _) = broadcast::channel(16);
        let live = Arc::new(Live { now: RwLock::new(Now { revision: 1, latest, good }), changes, options });
        live.follow(disk);
        live
    }

    /// What is served at this moment; a request keeps what it started with.
    pub(super) fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hears of every later change.
    pub(super) fn changes(&self) -> Receiver<u64> {
        self.changes.subscribe()
    }

    fn follow(self: &Arc<Live>, mut disk: Disk) {
        let live = Arc::clone(self);
        std::thread::spawn(move || {
            let Ok(watch) = watch(disk.root()) else { return };
            // What was written between the first reading and the watch.
            live.take(&mut disk, &[]);
            while let Some(written) = watch.next() {
                live.take(&mut disk, &written);
            }
        });
    }

    fn take(&self, disk: &mut Disk, written: &[std::path::PathBuf]) {
        let before = self.now();
        let sources = disk.refresh(written);
        let same = || {
            sources.iter().map(|f| (&f.path, f.digest)).eq(before
                .latest
                .sources
                .iter()
                .map(|f| (&f.path, f.digest)))
        };
        if same() {
            return;
        }
        let latest = Arc::new(Snapshot::take(sources, self.options.settings, Some(&before.latest)));
        let good = if latest.site.is_some() { Some(Arc::clone(&latest)) } else { before.good };
        let revision = before.revision + 1;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Now { revision, latest, good };
        // Nobody listening is no mistake.
        let _ = self.changes.send(revision);
    }
}
