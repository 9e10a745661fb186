//! What is served now, swapped whenever files or unsaved changes differ.
//!
//! Pages come first: a snapshot is served as soon as it is read. Its findings follow, worked out on a thread of
//! their own, and only for the latest one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver as Wake, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::broadcast::{self, Receiver, Sender};

use super::Options;
use super::desk::Desk;
use crate::base::diag::Diagnostic;
use crate::io::{Disk, watch};
use crate::snapshot::Snapshot;

/// How often changes are looked for where the operating system does not tell of them.
const LOOK: Duration = Duration::from_secs(2);

/// How long an answer waits until it is known what is wrong.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is told to those who wait.
#[derive(Debug, Clone, Copy)]
pub(super) enum Told {
    /// Pages differ: the number of the revision.
    Revision(u64),
    /// What is wrong is known now.
    Findings(u64),
}

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
    /// The last handbook of which it is known what is wrong, and its revision.
    pub checked: (u64, Arc<Snapshot>),
    state: u64,
}

/// What is served, who writes, and who waits for changes.
pub(super) struct Live {
    now: RwLock<Now>,
    desk: Mutex<Desk>,
    told: Sender<Told>,
    wake: SyncSender<()>,
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
        let (plain, checked) = (Arc::clone(desk.plain()), (0, Arc::clone(&latest)));
        let now = Now { revision: 1, plain, latest, good, checked, state: desk.state() };
        let (told, _) = broadcast::channel(64);
        let (wake, woken) = sync_channel(1);
        let live = Live { now: RwLock::new(now), desk: Mutex::new(desk), told, wake, options };
        let live = Arc::new(live);
        live.wake();
        live.check(woken);
        live.follow(root);
        Ok(live)
    }

    /// What is served at this moment; a request keeps what it started with.
    pub(super) fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is served, as soon as it is known what is wrong in it: for what tells nothing else. Nobody waits for
    /// longer than a few seconds.
    pub(super) fn checked_now(&self) -> Now {
        let step = Duration::from_millis(5);
        for _ in 0..PATIENCE.as_millis() / step.as_millis() {
            let now = self.now();
            if now.checked.0 >= now.revision {
                return now;
            }
            std::thread::sleep(step);
        }
        self.now()
    }

    /// Hears of every later change.
    pub(super) fn changes(&self) -> Receiver<Told> {
        self.told.subscribe()
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

    // Whoever panicked at the desk left whole values behind: they are exchanged one by one.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, desk: &Desk) -> u64 {
        let before = self.now();
        if desk.state() == before.state {
            return before.revision;
        }
        let (latest, plain) = (Arc::clone(desk.shown()), Arc::clone(desk.plain()));
        let good = if latest.site.is_some() { Some(Arc::clone(&latest)) } else { before.good };
        let (revision, state) = (before.revision + 1, desk.state());
        self.put(Now { revision, latest, plain, good, checked: before.checked, state });
        self.tell(Told::Revision(revision));
        self.wake();
        revision
    }

    fn put(&self, now: Now) {
        let mut place = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *place, now);
        drop(place);
        // To let go of a large handbook takes longer than anybody should wait.
        std::thread::spawn(move || drop(old));
    }

    fn tell(&self, told: Told) {
        // Nobody listening is no mistake.
        let _ = self.told.send(told);
    }

    fn wake(&self) {
        // One who is woken already looks at the latest.
        let _ = self.wake.try_send(());
    }

    /// Finds out what is wrong in the latest handbook, whenever there is another.
    fn check(self: &Arc<Live>, woken: Wake<()>) {
        let live = Arc::clone(self);
        std::thread::spawn(move || {
            while woken.recv().is_ok() {
                let Now { revision, latest, .. } = live.now();
                going_on(|| live.checked(revision, &latest, Arc::new(latest.check())));
                live.tell(Told::Findings(revision));
            }
        });
    }

    fn checked(&self, revision: u64, latest: &Arc<Snapshot>, checked: Arc<Snapshot>) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        // Pages that tell what the checks found do so from now on.
        let same = |own: &Arc<Snapshot>| Arc::ptr_eq(own, latest);
        if now.good.as_ref().is_some_and(same) {
            now.good = Some(Arc::clone(&checked));
        }
        now.checked = (revision, checked);
    }

    fn follow(self: &Arc<Live>, root: PathBuf) {
        let live = Arc::clone(self);
        std::thread::spawn(move || {
            if let Ok(mut watch) = watch(&root) {
                // What was written between the first reading and the watch.
                live.refresh(&[]);
                while let Some(written) = watch.wait() {
                    live.refresh(&written);
                }
            }
            // Where nobody tells of changes, they are looked for.
            loop {
                std::thread::sleep(LOOK);
                live.refresh(&[]);
            }
        });
    }

    fn refresh(&self, written: &[PathBuf]) {
        going_on(|| {
            self.work(|desk| desk.refresh(written));
        });
    }
}

/// Works, and goes on where that ends in a panic: it has been told, and there will be a next time.
fn going_on(work: impl FnOnce()) {
    let _ = catch_unwind(AssertUnwindSafe(work));
}

#[cfg(test)]
mod tests {
    use super::super::{Access, Notice};
    use super::*;
    use crate::base::date::Date;
    use crate::route::Drafts;
    use crate::snapshot::Settings;

    #[test]
    fn work_goes_on_after_a_panic_at_the_desk() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { drafts: Drafts::Shown, today: Date::parse("2026-11-21").unwrap() };
        let notice = |_: Notice<'_>| {};
        let publish = |_: &std::path::Path, _, _| Ok(String::new());
        let options = Options { port: None, lang: None, settings, access: Access::Edit, notice, publish };
        let live = Live::start(Disk::open(folder.path()).unwrap(), options).unwrap();
        going_on(|| live.work(|_| panic!("a mistake")).0);
        going_on(|| live.look(|_| panic!("a mistake")));
        assert_eq!(live.work(|desk| desk.unsaved()).0, 0);
        live.refresh(&[]);
        assert!(live.now().revision > 0);
    }
}
