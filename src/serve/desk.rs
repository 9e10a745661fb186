//! The writing side: files on disk, unsaved changes laid over them, what was saved and can be taken back.
//!
//! One at a time works at the desk. Nothing unsaved is ever written into the handbook's files; it lies in
//! `.polku/drafts/` until it is saved or dropped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::history::{History, How, Texts};
use super::{CHANGED_SINCE, NO_ROOM, NO_THEME, NOT_SAVED, NOTHING_LEFT};
use crate::base::diag::Diagnostic;
use crate::base::source::{Content, SourcePath, Sources};
use crate::edit::{Change, Refusal, apply};
use crate::io::{DISK_FULL, Disk, FILE_UNREADABLE, Keep, Last, WRITE_FAILED, now};
use crate::model::book::Handbook;
use crate::model::lock::{LOCK, Lock};
use crate::model::translation::Unit;
use crate::snapshot::{Settings, Snapshot};

/// Unsaved changes of one tab of the browser.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    /// When something last changed in it.
    pub when: String,
    /// What it is about, in the author's words.
    pub what: String,
    /// The changes as they came, with what they are based on.
    pub changes: Vec<serde_json::Value>,
}

/// Why nothing was saved.
#[derive(Debug)]
pub(super) enum Failure {
    /// Some of the changes cannot be made.
    Refused(Vec<Refusal>),
    /// It could not be written, or there is nothing to take back.
    Told(Diagnostic),
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Failure {
        Failure::Told(unsaved(finding))
    }
}

/// Why nothing could be written, in the words of one who saves and does not publish.
fn unsaved(finding: Diagnostic) -> Diagnostic {
    let code = match finding.code {
        code if code == DISK_FULL => NO_ROOM,
        code if code == WRITE_FAILED => NOT_SAVED,
        _ => return finding,
    };
    Diagnostic { code, ..finding }
}

/// Whoever writes, and everything written.
pub(super) struct Desk {
    disk: Disk,
    settings: Settings,
    /// The handbook as it is on disk.
    plain: Arc<Snapshot>,
    /// The handbook with what is not saved laid over it.
    shown: Arc<Snapshot>,
    tabs: BTreeMap<String, Tab>,
    /// Unsaved work of earlier sessions.
    left: BTreeMap<String, Draft>,
    drafts: Keep,
    history: History,
    /// Counts what differs for readers.
    state: u64,
}

#[derive(Default)]
struct Tab {
    changes: Vec<Change>,
    refused: Vec<Refusal>,
}

impl Desk {
    /// Sits down: a save that was cut off is taken back, drafts are found.
    ///
    /// # Errors
    /// Where a save that was cut off cannot be taken back.
    pub(super) fn new(mut disk: Disk, settings: Settings) -> Result<Desk, Diagnostic> {
        let history = History::open(&mut disk)?;
        let drafts = Keep::new(disk.root(), "drafts");
        drafts.sweep();
        let draft = |name: String| {
            let draft = serde_json::from_str(&drafts.get(&name)?).ok()?;
            Some((name.strip_suffix(".json")?.to_owned(), draft))
        };
        let left = drafts.names().into_iter().filter_map(draft).collect();
        let plain = Arc::new(Snapshot::read(disk.sources(), settings, None));
        let shown = Arc::clone(&plain);
        Ok(Desk { disk, settings, plain, shown, tabs: BTreeMap::new(), left, drafts, history, state: 0 })
    }

    /// The handbook as authors see it: with what is not saved.
    pub(super) fn shown(&self) -> &Arc<Snapshot> {
        &self.shown
    }

    /// The handbook as it is on disk, on which changes are based.
    pub(super) fn plain(&self) -> &Arc<Snapshot> {
        &self.plain
    }

    /// What was saved.
    pub(super) fn history(&self) -> &History {
        &self.history
    }

    /// Unsaved work of earlier sessions, by tab.
    pub(super) fn left(&self) -> &BTreeMap<String, Draft> {
        &self.left
    }

    /// Another number whenever something differs for readers.
    pub(super) fn state(&self) -> u64 {
        self.state
    }

    /// The folder of the handbook.
    pub(super) fn root(&self) -> PathBuf {
        self.disk.root().to_owned()
    }

    /// The changes of a tab that cannot be laid over the handbook.
    pub(super) fn refused(&self, tab: &str) -> &[Refusal] {
        self.tabs.get(tab).map_or(&[], |tab| &tab.refused)
    }

    /// How many tabs have unsaved changes.
    pub(super) fn unsaved(&self) -> usize {
        self.tabs.len()
    }

    /// Lays a tab's unsaved changes over the handbook, in place of those it had; none drops them.
    pub(super) fn lay(&mut self, tab: &str, draft: &Draft, changes: Vec<Change>) {
        if changes.is_empty() {
            return self.drop(tab);
        }
        let draft = Draft { when: now(), ..draft.clone() };
        let text = serde_json::to_string(&draft).unwrap_or_default();
        // A draft that cannot be written is still here, and saving will tell why.
        let _ = self.drafts.put(&draft_name(tab), &text, Last::Running);
        self.left.remove(tab);
        self.tabs.insert(tab.to_owned(), Tab { changes, refused: Vec::new() });
        self.show();
    }

    /// Forgets what a tab has not saved.
    pub(super) fn drop(&mut self, tab: &str) {
        self.drafts.remove(&draft_name(tab), Last::Running);
        self.left.remove(tab);
        if self.tabs.remove(tab).is_some() {
            self.show();
        }
    }

    /// Saves changes of a tab; gives the files.
    ///
    /// # Errors
    /// Where a change cannot be made, or nothing can be written. Then nothing has changed.
    pub(super) fn save(
        &mut self,
        tab: &str,
        what: &str,
        changes: &[Change],
    ) -> Result<Vec<SourcePath>, Failure> {
        let (files, texts) = self.edited(changes)?;
        if !texts.is_empty() {
            self.history.save(&mut self.disk, (&texts, what, How::Save))?;
        }
        self.tabs.remove(tab);
        self.left.remove(tab);
        self.drafts.remove(&draft_name(tab), Last::Running);
        self.reread();
        Ok(files)
    }

    /// What changes make of the files: compared with the disk as it is now, so that nothing is overwritten
    /// which another program wrote a moment ago.
    fn edited(&mut self, changes: &[Change]) -> Result<(Vec<SourcePath>, Texts), Failure> {
        let mut edited = apply(self.disk.sources(), self.book()?, changes);
        let is_fresh = match &edited {
            Ok(edited) => self.is_fresh(&edited.files),
            // What is missing may have come back.
            Err(_) => !self.refresh(&[]),
        };
        if !is_fresh {
            edited = apply(self.disk.sources(), self.book()?, changes);
        }
        let edited = edited.map_err(Failure::Refused)?;
        let text = |path: &SourcePath| match &edited.sources.find(path.as_str())?.content {
            Content::Text(text) => Some(Arc::clone(text)),
            Content::Bytes(_) | Content::Unreadable(_) => None,
        };
        let texts = edited.files.iter().map(|path| (path.clone(), text(path))).collect();
        Ok((edited.files, texts))
    }

    /// Whether files still are as they were read; if not, they are read again.
    fn is_fresh<'p>(&mut self, paths: impl IntoIterator<Item = &'p SourcePath> + Clone) -> bool {
        let is_fresh = self.disk.is_as_read(paths.clone());
        if !is_fresh {
            self.disk.reread(paths);
            self.reread();
        }
        is_fresh
    }

    /// Notes that texts say the same in every language; gives those of which one is missing.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub(super) fn confirm(&mut self, ids: &[String], what: &str) -> Result<Vec<String>, Failure> {
        let path = SourcePath::new(LOCK).expect("the lock's path is a path");
        self.is_fresh([&path]);
        if self.disk.is_unreadable(&path) {
            return Err(Diagnostic::of(FILE_UNREADABLE).with("path", LOCK).with("detail", "UTF-8").into());
        }
        let Some(site) = &self.plain.site else { return Err(Diagnostic::of(NO_THEME).into()) };
        let units = &site.translations().units;
        let named = units.iter().filter(|unit| ids.iter().any(|id| unit.is_meant(id)));
        let (whole, part): (Vec<&Unit>, Vec<&Unit>) = named.partition(|unit| unit.is_whole());
        let mut lock = Lock::clone(&site.book().lock);
        whole.iter().for_each(|unit| lock.confirm(unit));
        lock.keep(units, site.book());
        let left = part.iter().map(|unit| unit.id.to_string()).collect();
        let text = lock.write();
        if self.disk.sources().find(LOCK).is_none_or(|file| file.text() != text) {
            let texts = vec![(path, Some(Arc::from(text)))];
            self.history.save(&mut self.disk, (&texts, what, How::Save))?;
            self.reread();
        }
        Ok(left)
    }

    /// Takes the last save back; gives what it was.
    ///
    /// # Errors
    /// Where there is none, or another program has changed its files since.
    pub(super) fn undo(&mut self) -> Result<String, Failure> {
        let Some((n, version)) = self.history.undoable() else {
            return Err(Diagnostic::of(NOTHING_LEFT).into());
        };
        let (what, texts) = (version.what.clone(), self.history.before(n, self.disk.sources()));
        self.back(what, texts, How::Undo(n))
    }

    /// Makes again what the last undo took back; gives what it was.
    ///
    /// # Errors
    /// Where there is none, or another program has changed its files since.
    pub(super) fn redo(&mut self) -> Result<String, Failure> {
        let Some((n, version)) = self.history.redoable() else {
            return Err(Diagnostic::of(NOTHING_LEFT).into());
        };
        let (what, texts) = (version.what.clone(), self.history.before(n, self.disk.sources()));
        self.back(what, texts, How::Redo(n))
    }

    fn back(&mut self, what: String, texts: Result<Texts, String>, how: How) -> Result<String, Failure> {
        let texts = texts.map_err(|path| Diagnostic::of(CHANGED_SINCE).with("path", path))?;
        if !self.is_fresh(texts.iter().map(|(path, _)| path)) {
            return Err(Diagnostic::of(CHANGED_SINCE).with("path", texts_named(&texts)).into());
        }
        self.history.save(&mut self.disk, (&texts, &what, how))?;
        self.reread();
        Ok(what)
    }

    /// Puts a picture or another file of bytes into the handbook.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn put_bytes(&mut self, path: &SourcePath, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.disk.put_bytes(path, bytes).map_err(unsaved)?;
        self.reread();
        Ok(())
    }

    /// Reads again what another program wrote; whether anything differs.
    pub(super) fn refresh(&mut self, written: &[PathBuf]) -> bool {
        let before = self.plain.sources.clone();
        let now = self.disk.refresh(written);
        if now.iter().map(|f| (&f.path, f.digest)).eq(before.iter().map(|f| (&f.path, f.digest))) {
            return false;
        }
        self.reread();
        true
    }

    fn reread(&mut self) {
        self.plain = self.taken(self.disk.sources());
        self.show();
    }

    fn taken(&self, sources: &Sources) -> Arc<Snapshot> {
        Arc::new(Snapshot::read(sources, self.settings, Some(&self.shown)))
    }

    /// Lays every tab's unsaved changes over the handbook. What cannot be laid is left out and remembered.
    fn show(&mut self) {
        let mut shown = Arc::clone(&self.plain);
        for tab in self.tabs.values_mut() {
            tab.refused.clear();
            let Some(book) = book(&shown) else { continue };
            if let Some(sources) = laid(&shown.sources, book, tab) {
                shown = Arc::new(Snapshot::read(&sources, self.settings, Some(&self.shown)));
            }
        }
        self.shown = shown;
        self.state += 1;
    }

    fn book(&self) -> Result<&Handbook, Failure> {
        book(&self.plain).ok_or_else(|| Diagnostic::of(NO_THEME).into())
    }
}

fn book(snapshot: &Snapshot) -> Option<&Handbook> {
    snapshot.site.as_ref().map(crate::site::Site::book)
}

fn draft_name(tab: &str) -> String {
    format!("{tab}.json")
}

fn texts_named(texts: &Texts) -> String {
    texts.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>().join(", ")
}

/// The sources with those changes of a tab that can be made.
fn laid(sources: &Sources, book: &Handbook, tab: &mut Tab) -> Option<Sources> {
    let mut left: Vec<(usize, Change)> = tab.changes.iter().cloned().enumerate().collect();
    while !left.is_empty() {
        let changes: Vec<Change> = left.iter().map(|(_, change)| change.clone()).collect();
        let refused = match apply(sources, book, &changes) {
            Ok(edited) => return Some(edited.sources),
            Err(refused) => refused,
        };
        let out: Vec<usize> = refused.iter().map(|refusal| refusal.change).collect();
        if out.is_empty() {
            return None;
        }
        let place = |at: usize| left.get(at).map_or(at, |(own, _)| *own);
        tab.refused.extend(refused.into_iter().map(|one| Refusal { change: place(one.change), ..one }));
        let mut position = 0;
        left.retain(|_| {
            position += 1;
            !out.contains(&(position - 1))
        });
    }
    None
}
