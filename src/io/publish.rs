//! A site written whole or not at all.
//!
//! Pages go into a staged folder beside the target; what has not changed is a hard link to the published
//! file, so that its time stays and nothing is written twice. At the end the two folders exchange their
//! names in one step (`renameat2`, Linux; two renames elsewhere). Until then the old site is untouched.
//! What a program that was ended left behind is put right by the next one.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::mark::{MARK, Mark, is_asset};
use super::pack::{Compress, smaller};
use super::same::{same, same_file, take_place};
use super::{DISK_FULL, TARGET_INSIDE, TARGET_IS_FILE, TARGET_NOT_OURS, WRITE_FAILED};
use crate::base::diag::Diagnostic;
use crate::base::output::UrlPath;

/// A site being staged.
pub struct Stage {
    target: PathBuf,
    folder: PathBuf,
    made: Mutex<BTreeSet<PathBuf>>,
    assets: Mutex<BTreeSet<String>>,
    /// Addresses that no compressed file may take, and the compressed files that were made.
    reserved: Mutex<BTreeSet<PathBuf>>,
    squeezed: Mutex<BTreeSet<PathBuf>>,
    extras: Extras,
    written: AtomicUsize,
    kept: AtomicUsize,
}

/// What a site holds beyond its own files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extras {
    /// Whether files stand there compressed too, for servers that hand them out so.
    pub compress: Compress,
    /// Which style sheets and scripts.
    pub assets: Assets,
    /// How many addresses the list of them has, where it is written with the site.
    pub addresses: Option<usize>,
}

/// Which style sheets and scripts a site holds: their names have a digest of what is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assets {
    /// Its own.
    Own,
    /// Those of the release before too, for pages that a reader has open or a cache has kept.
    AndBefore,
}

/// What a publication did. Others wait until it is dropped.
#[derive(Debug)]
pub struct Published {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub kept: usize,
    /// Why the old site could not be removed, though the new one is in its place.
    pub left: Option<Diagnostic>,
    _alone: Option<fs::File>,
}

/// Stages a site with `fill`, which puts every file, and publishes it if that went well.
///
/// # Errors
/// The findings of `fill`, or why the target cannot be written. Then the old site stands as it was.
pub fn publish(
    root: &Path,
    target: &Path,
    extras: Extras,
    fill: impl FnOnce(&Stage) -> Result<(), Vec<Diagnostic>>,
) -> Result<Published, Vec<Diagnostic>> {
    let one = |diagnostic| vec![diagnostic];
    check_target(root, target, extras).map_err(one)?;
    // Held until the end: two builds into one folder would take each other's stage away.
    let alone = alone(target);
    let stage = Stage::new(target, extras).map_err(|error| one(failed(target, &error)))?;
    let filled = fill(&stage).and_then(|()| stage.finish().map_err(|error| one(failed(target, &error))));
    // Whatever is left of the stage, or of the old site after the exchange.
    let cleared = clear(&stage.folder);
    filled?;
    let left = cleared.err().map(|error| failed(&stage.folder, &error));
    let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
    Ok(Published { written: count(&stage.written), kept: count(&stage.kept), left, _alone: alone })
}

/// How many addresses the list of them had when a site was published; none where it never was.
pub fn addresses(site: &Path) -> usize {
    Mark::read(site).addresses
}

/// Waits until no other publication works beside a file or folder, and keeps others waiting until it is
/// dropped. The folder around it is what is locked, so nothing is left behind; where folders cannot be
/// locked, it is as if nobody else were there.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn alone(target: &Path) -> Option<fs::File> {
    let folder = target.parent()?;
    fs::create_dir_all(folder).ok()?;
    let folder = fs::File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// Puts right what a program left that was ended while it exchanged folders by two renames: the old site
/// goes back to its place where no new one has taken it.
///
/// # Errors
/// Where it cannot be moved.
pub fn recover(target: &Path) -> Result<(), Diagnostic> {
    if target.exists() || !aside(target).exists() {
        return Ok(());
    }
    let _alone = alone(target);
    put_back(target).map_err(|error| failed(target, &error))
}

#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn put_back(target: &Path) -> io::Result<()> {
    let aside = aside(target);
    if target.exists() || !aside.join(MARK).is_file() { Ok(()) } else { fs::rename(aside, target) }
}

/// Whether a site is being published beside a folder, or was when a program was ended.
pub(super) fn is_underway(target: &Path) -> bool {
    staged(target).exists() || aside(target).exists()
}

/// Where a site is staged.
fn staged(target: &Path) -> PathBuf {
    beside(target, "polku-stage")
}

/// Where the old site stands for a moment where folders cannot exchange their names.
fn aside(target: &Path) -> PathBuf {
    beside(target, "polku-old")
}

/// A hidden file or folder beside another.
pub(super) fn beside(target: &Path, ending: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{ending}"))
}

impl Stage {
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    fn new(target: &Path, extras: Extras) -> io::Result<Stage> {
        let folder = staged(target);
        put_back(target)?;
        clear(&folder)?;
        clear(&aside(target))?;
        fs::create_dir_all(&folder)?;
        let made = Mutex::new(BTreeSet::from([folder.clone()]));
        let (written, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let assets = Mutex::new(BTreeSet::new());
        let [reserved, squeezed] = [(); 2].map(|()| Mutex::new(BTreeSet::new()));
        let target = target.to_owned();
        Ok(Stage { target, folder, made, assets, reserved, squeezed, extras, written, kept })
    }

    /// Where the site is being staged.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps addresses free of compressed files: those of files that are compressed ones themselves.
    pub fn reserve<'a>(&self, urls: impl Iterator<Item = &'a UrlPath>) {
        if let Ok(mut reserved) = self.reserved.lock() {
            let own = urls.filter(|url| [".gz", ".br"].iter().any(|ending| url.as_str().ends_with(ending)));
            reserved.extend(own.map(|url| self.folder.join(url.as_str())));
        }
    }

    /// The compressed files that stand beside others.
    pub fn squeezed(&self) -> BTreeSet<PathBuf> {
        self.squeezed.lock().map(|made| made.clone()).unwrap_or_default()
    }

    /// Puts a file in its place.
    ///
    /// # Errors
    /// Where it cannot be written.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub fn put(&self, url: &UrlPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let path = self.folder.join(url.as_str());
        let old = self.target.join(url.as_str());
        if is_asset(url.as_str())
            && let Ok(mut assets) = self.assets.lock()
        {
            assets.insert(url.as_str().to_owned());
        }
        let put = || {
            self.make_folder(&path)?;
            let kept = same(&old, bytes) && fs::hard_link(&old, &path).is_ok();
            if !kept {
                fs::File::create(&path)?.write_all(bytes)?;
            }
            self.count(kept);
            self.compress((&old, &path), kept, || Ok(Cow::Borrowed(bytes)))
        };
        put().map_err(|error| failed(&old, &error))
    }

    /// Puts a file in its place whose parts are only made while it is written.
    ///
    /// # Errors
    /// Where it cannot be written.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub fn put_parts(&self, url: &UrlPath, parts: impl Iterator<Item = String>) -> Result<(), Diagnostic> {
        let path = self.folder.join(url.as_str());
        let old = self.target.join(url.as_str());
        let put = || {
            self.make_folder(&path)?;
            let mut file = BufWriter::new(fs::File::create(&path)?);
            for part in parts {
                file.write_all(part.as_bytes())?;
            }
            file.flush()?;
            let kept = same_file(&old, &path)? && take_place(&old, &path).is_ok();
            self.count(kept);
            self.compress((&old, &path), kept, || fs::read(&path).map(Cow::Owned))
        };
        put().map_err(|error| failed(&old, &error))
    }

    fn count(&self, kept: bool) {
        let counter = if kept { &self.kept } else { &self.written };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Puts the compressed forms of a file beside it; those of a file that stays stay too.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    fn compress<'b>(
        &self,
        (old, path): (&Path, &Path),
        kept: bool,
        bytes: impl Fn() -> io::Result<Cow<'b, [u8]>>,
    ) -> io::Result<()> {
        if self.extras.compress == Compress::No {
            return Ok(());
        }
        for (ending, squeeze) in smaller(path) {
            let of = |path: &Path| PathBuf::from(format!("{}.{ending}", path.display()));
            if self.reserved.lock().is_ok_and(|reserved| reserved.contains(&of(path))) {
                continue;
            }
            let linked = kept && fs::hard_link(of(old), of(path)).is_ok();
            if !linked {
                let Some(small) = squeeze(&bytes()?)? else { continue };
                fs::File::create(of(path))?.write_all(&small)?;
            }
            if let Ok(mut squeezed) = self.squeezed.lock() {
                squeezed.insert(of(path));
            }
        }
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.folder);
        let known = |made: &BTreeSet<PathBuf>| made.contains(folder);
        if self.made.lock().is_ok_and(|made| known(&made)) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        if let Ok(mut made) = self.made.lock() {
            made.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Makes the stage the site.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    fn finish(&self) -> io::Result<()> {
        let now = self.assets.lock().map(|assets| assets.clone()).unwrap_or_default();
        let before = Mark::read(&self.target);
        // Who only builds into a published folder must not make it forget.
        let addresses = self.extras.addresses.unwrap_or(before.addresses);
        let mark = match self.extras.assets {
            Assets::Own => Mark { now, ..Mark::default() },
            Assets::AndBefore => before.followed_by(now),
        };
        let mark = Mark { addresses, ..mark };
        for asset in &mark.before {
            // One that is gone from the old site is missed by nobody more than before.
            let _ = fs::hard_link(self.target.join(asset), self.folder.join(asset))
                .or_else(|_| fs::copy(self.target.join(asset), self.folder.join(asset)).map(drop));
        }
        fs::write(self.folder.join(MARK), mark.write())?;
        if !self.target.exists() {
            return fs::rename(&self.folder, &self.target);
        }
        exchange(&self.folder, &self.target)
    }
}

/// Exchanges two folders in one step; where the file system cannot, in two renames.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn exchange(stage: &Path, target: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, stage, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = aside(target);
    clear(&aside)?;
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(stage, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    // The new site stands: what is left of the old one is cleared by the next stage at the latest.
    let _ = clear(&aside);
    Ok(())
}

/// Removes a folder that polku made; nothing where there is none.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Refuses a target that polku did not make, or that holds the handbook, or lies in its content.
fn check_target(root: &Path, target: &Path, extras: Extras) -> Result<(), Diagnostic> {
    let command = if extras.addresses.is_some() { "polku publish --to" } else { "polku build --out" };
    let told =
        |code| Diagnostic::of(code).with("path", target.display().to_string()).with("command", command);
    if target.exists() && !target.is_dir() {
        return Err(told(TARGET_IS_FILE));
    }
    let (real, root) = (really(target), &really(root));
    let in_sources = ["content", "themes"].iter().any(|folder| real.starts_with(root.join(folder)));
    if root.starts_with(&real) || in_sources {
        return Err(told(TARGET_INSIDE));
    }
    let empty = fs::read_dir(target).map_or(true, |mut entries| entries.next().is_none());
    if !empty && !target.join(MARK).is_file() {
        return Err(told(TARGET_NOT_OURS));
    }
    Ok(())
}

/// Where a path really lies: with links followed as far as it exists, and without `..`. A target behind a link
/// is replaced there.
pub fn really(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => real.push(part),
        }
        if let Ok(followed) = real.canonicalize() {
            real = followed;
        }
    }
    real
}

pub(super) fn failed(path: &Path, error: &io::Error) -> Diagnostic {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    let code = if full { DISK_FULL } else { WRITE_FAILED };
    Diagnostic::of(code).with("path", path.display().to_string()).with("detail", error.to_string())
}
