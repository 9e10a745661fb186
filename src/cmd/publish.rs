//! `polku publish`: what `build` does, and beside it what was published is remembered, packed and told.
//!
//! First everything is made ready beside its place: the site and its packages. Then names change, one after
//! the other: `urls.lock`, the site, the packages. Whoever ends the program in between leaves an old site or
//! a new one, and in `urls.lock` every address that is out.

mod archive;
mod told;

use std::path::{Path, PathBuf};

use super::build::{Ready, fill, in_threads};
use super::compare::read;
use super::{
    Exit, Minify, PACKAGE_INSIDE, PACKAGE_NOT_OURS, PACKAGE_SOURCE, PUBLISHED_MEANWHILE, URLS_LOST, say,
};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::report::{Format, report};
use crate::base::source::{SourceFile, SourcePath};
use crate::check::unfit_for_publication;
use crate::data::{self, Document};
use crate::io::{self, Assets, Compress, Extras, Package, Published, Stage, really};
use crate::page::Profile;
use crate::route::ledger::LEDGER;
use crate::route::{DATA, Route};
use crate::snapshot::Settings;
use told::Told;

/// What to publish.
pub struct Publish {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The site's folder; `public` below the root where not given.
    pub to: Option<PathBuf>,
    /// The file into which the whole site is packed too.
    pub zip: Option<PathBuf>,
    /// The published handbook since which the changes are told; the one published last where not given.
    pub since: Option<PathBuf>,
    /// Whether files stand there compressed too.
    pub compress: Compress,
    /// The folder of dated packages; `.polku/archive` below the root where not given.
    pub archive: Option<PathBuf>,
    /// How many threads; as many as there are cores where not given.
    pub jobs: Option<usize>,
    /// What does not stand in the handbook.
    pub settings: Settings,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
}

/// Publishes the site. Errors stop it and leave everything as it was.
pub fn publish(order: &Publish) -> Exit {
    let from = (order.root.as_path(), order.to.as_deref(), order.lang);
    let ready = match Ready::read(from, order.settings, &unfit_for_publication) {
        Ok(ready) => ready.said(),
        Err(unready) => return unready.said(),
    };
    match in_threads(order.jobs, || carry_out(order, &ready)) {
        Ok((told, left)) => {
            say(&told);
            left.map_or(Exit::Done, |left| ready.failed(&[left]))
        }
        Err(found) => ready.failed(&found),
    }
}

/// Publishes the site for somebody who has no terminal; gives what is to be told, well or not.
pub(super) fn published(order: &Publish) -> Result<String, String> {
    let from = (order.root.as_path(), order.to.as_deref(), order.lang);
    let ready = Ready::read(from, order.settings, &unfit_for_publication);
    let ready = ready.map_err(|unready| unready.told(Format::Short))?;
    let told = |found: &[Diagnostic]| report(found, &ready.sources, Format::Short, ready.lang);
    let (said, left) = carry_out(order, &ready).map_err(|found| told(&found))?;
    Ok(said + &left.map_or_else(String::new, |left| told(&[left])))
}

/// Where packages go.
struct Places {
    zip: Option<PathBuf>,
    /// None where the newest dated package holds the same handbook.
    archive: Option<PathBuf>,
    /// The folder of dated packages.
    folder: PathBuf,
}

/// What was done, and what of the old site could not be removed.
type Done = (String, Option<Diagnostic>);

fn carry_out(order: &Publish, ready: &Ready) -> Result<Done, Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let since = order.since.as_deref().map(read).transpose().map_err(one)?;
    let now = data_of(ready).map_err(one)?;
    let places = places(order, ready, &now).map_err(one)?;
    remembers(ready).map_err(one)?;
    // What cannot be read is no publication to compare with: the first one, or one by another program.
    let last = since.is_none().then(|| read(&ready.out.join(DATA)).ok()).flatten();
    let (published, packages) = exchange(order, ready, &places)?;
    let packages = packages.into_iter().map(Package::put).collect::<Result<_, _>>().map_err(one)?;
    let before = since.as_ref().or(last.as_ref()).map(|(_, text)| text.as_str());
    let pages = before.map(|before| data::pages(before, &now));
    let changes = since.and_then(|(old, _)| changes(old, &now, ready.lang));
    let left = published.left.clone();
    Ok((Told { out: &ready.out, published, packages, pages, changes }.tell(ready.lang), left))
}

fn data_of(ready: &Ready) -> Result<String, Diagnostic> {
    let artifact = ready.site.render(&Route::Data, Profile::Publish)?;
    Ok(String::from_utf8(artifact.bytes).unwrap_or_default())
}

/// The changes in the division of work, in words.
fn changes(old: Document, now: &str, lang: Lang) -> Option<String> {
    let new = data::read(now).ok()?;
    Some(data::tell(&data::compare(old, new), lang))
}

fn places(order: &Publish, ready: &Ready, now: &str) -> Result<Places, Diagnostic> {
    let root = ready.disk.root();
    let folder = order.archive.clone().unwrap_or_else(|| root.join(archive::FOLDER));
    let archive = archive::place(&folder, now, order.settings.today);
    let told = |code, path: &Path| Diagnostic::of(code).with("path", path.display().to_string());
    // In the site they would be gone after the next publication, and readers could load old versions.
    let inside = |path: &&PathBuf| really(path).starts_with(&ready.out);
    if let Some(path) = order.zip.iter().chain(&archive).find(inside) {
        return Err(told(PACKAGE_INSIDE, path));
    }
    if let Some(path) = order.zip.iter().chain([&folder]).find(|path| is_source(root, &really(path))) {
        return Err(told(PACKAGE_SOURCE, path));
    }
    if let Some(path) = order.zip.as_ref().filter(|path| path.is_file() && !is_package(path)) {
        return Err(told(PACKAGE_NOT_OURS, path));
    }
    Ok(Places { zip: order.zip.clone(), archive, folder })
}

/// Refuses a list of addresses that is shorter than when the site was published: it was lost or cut, and
/// with it every old link.
fn remembers(ready: &Ready) -> Result<(), Diagnostic> {
    let before = io::addresses(&ready.out);
    let lines = text_before(ready).unwrap_or_default().lines();
    let now = lines.filter(|line| !line.trim().is_empty()).count();
    if now >= before {
        return Ok(());
    }
    let finding = Diagnostic::of(URLS_LOST).with("path", ready.out.display().to_string());
    Err(finding.with("before", before.to_string()).with("now", now.to_string()))
}

/// Whether a path is one of the handbook's own, or inside its folders.
fn is_source(root: &Path, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let own = ["site.toml", "search.toml"].contains(&name) || name.ends_with(".lock");
    let folders = ["content", "themes"];
    (own && path.parent() == Some(root)) || folders.iter().any(|folder| path.starts_with(root.join(folder)))
}

/// Whether a file is a package that was made here: anything else is somebody's work.
fn is_package(path: &Path) -> bool {
    io::held(path, DATA).is_ok_and(|data| data.is_some())
}

/// Makes everything ready, then lets the new site take the place of the old one.
fn exchange(
    order: &Publish,
    ready: &Ready,
    places: &Places,
) -> Result<(Published, Vec<Package>), Vec<Diagnostic>> {
    let addresses = Some(ready.site.ledger().iter().count());
    let extras = Extras { compress: order.compress, assets: Assets::AndBefore, addresses };
    let mut packages = Vec::new();
    let mut remembered = Remembered::No;
    let published = io::publish(ready.disk.root(), &ready.out, extras, |stage| {
        fill(&ready.site, stage, Minify::Yes)?;
        packages = pack(stage, places, &ready.site.ledger().write()).map_err(|finding| vec![finding])?;
        // Before the site: an address too many is harmless, one too few is lost.
        remembered = remember(ready).map_err(|finding| vec![finding])?;
        Ok(())
    });
    match published {
        Ok(published) => Ok((published, packages)),
        Err(mut found) => {
            found.extend(remembered.undo(ready).err());
            Err(found)
        }
    }
}

/// Makes the packages, while the lock of the target is held. Only publications to other folders can be at work
/// in the same archive. The dated package holds the list of addresses too: it can be restored from there.
fn pack(stage: &Stage, places: &Places, ledger: &str) -> Result<Vec<Package>, Diagnostic> {
    io::sweep(&places.folder);
    let zip = places.zip.as_deref().map(|path| io::package(stage, path)).transpose()?;
    let archive = places.archive.as_deref().map(|path| {
        io::make_folder(&places.folder)?;
        let own = zip.as_ref().map_or_else(|| io::package(stage, path), |zip| zip.copied(path));
        own?.add(LEDGER, ledger)
    });
    Ok(zip.into_iter().chain(archive.transpose()?).collect())
}

/// Whether `urls.lock` has been written anew.
#[derive(PartialEq, Eq)]
enum Remembered {
    No,
    Yes,
}

/// Writes what will have been published; not over what another publication has written since this one read.
fn remember(ready: &Ready) -> Result<Remembered, Diagnostic> {
    let text = ready.site.ledger().write();
    let path = ready.disk.root().join(LEDGER);
    let there = io::text_of(&path).ok();
    if there.as_ref() == Some(&text) {
        io::sweep_beside(&path);
        return Ok(Remembered::No);
    }
    if there.as_deref() != text_before(ready) {
        return Err(Diagnostic::of(PUBLISHED_MEANWHILE));
    }
    let path = SourcePath::new(LEDGER).expect("the path of the ledger is a path");
    ready.disk.write(&path, &text)?;
    Ok(Remembered::Yes)
}

impl Remembered {
    /// Puts the file back where the site could not be published after all.
    fn undo(self, ready: &Ready) -> Result<(), Diagnostic> {
        let path = ready.disk.root().join(LEDGER);
        if self == Remembered::Yes { io::restore(&path, text_before(ready)) } else { Ok(()) }
    }
}

fn text_before(ready: &Ready) -> Option<&str> {
    ready.sources.find(LEDGER).map(SourceFile::text)
}
