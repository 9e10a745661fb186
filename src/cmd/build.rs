//! `polku build`: every route rendered, in parallel, into a site that appears whole or not at all.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Exit, complain, fail, human, language, minify, say};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media, UrlPath};
use crate::base::report::report;
use crate::base::source::Sources;
use crate::io::{self, Assets, Compress, Disk, Extras, Published, Stage, really};
use crate::model::book::Handbook;
use crate::page::Profile;
use crate::route::Route;
use crate::site::Site;
use crate::snapshot::{Settings, Snapshot};

/// What to build.
pub struct Build {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The site's folder; `public` below the root where not given.
    pub out: Option<PathBuf>,
    /// How many threads; as many as there are cores where not given.
    pub jobs: Option<usize>,
    /// Whether pages are made small.
    pub minify: Minify,
    /// What does not stand in the handbook.
    pub settings: Settings,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
}

/// Whether pages are made small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Minify {
    /// White space and the like is taken out.
    Yes,
    /// Pages stay as rendered.
    No,
}

/// Builds the site. Errors stop it and leave the old site as it was.
pub fn build(build: &Build) -> Exit {
    let order = (build.root.as_path(), build.out.as_deref(), build.lang);
    let ready = match Ready::read(order, build.settings, &|_| Vec::new()) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let extras = Extras { compress: Compress::No, assets: Assets::Own, addresses: None };
    let written = in_threads(build.jobs, || {
        io::publish(ready.disk.root(), &ready.out, extras, |stage| fill(&ready.site, stage, build.minify))
    });
    match written {
        Ok(published) => {
            say(&told(&ready.out, &published, ready.lang));
            published.left.map_or(Exit::Done, |left| ready.failed(&[left]))
        }
        Err(found) => ready.failed(&found),
    }
}

/// A handbook read, and nothing in it that forbids publishing.
pub(super) struct Ready {
    /// Its folder.
    pub disk: Disk,
    /// Its files, as read.
    pub sources: Sources,
    /// Its site.
    pub site: Site,
    /// The site's folder.
    pub out: PathBuf,
    /// The language of messages.
    pub lang: Lang,
}

impl Ready {
    /// Reads a handbook and tells what is wrong in it. `unfit` tells what else forbids publishing.
    pub(super) fn read(
        (root, out, lang): (&Path, Option<&Path>, Option<Lang>),
        settings: Settings,
        unfit: &dyn Fn(&Handbook) -> Vec<Diagnostic>,
    ) -> Result<Ready, Exit> {
        let disk = Disk::open(root).map_err(|finding| fail(&[finding], language(lang)))?;
        let mut snapshot = Snapshot::take(disk.sources(), settings, None);
        let lang = lang.unwrap_or(snapshot.lang);
        let out = really(&out.map_or_else(|| disk.root().join("public"), Path::to_owned));
        io::recover(&out).map_err(|finding| fail(&[finding], lang))?;
        let more = snapshot.site.as_ref().map(|site| unfit(site.book())).unwrap_or_default();
        // What a rule has told of them is lighter.
        snapshot.findings.retain(|found| more.iter().all(|more| more.code != found.code));
        snapshot.findings.extend(more);
        if !snapshot.findings.is_empty() {
            complain(&report(&snapshot.findings, &snapshot.sources, human(), lang));
        }
        let fits = !snapshot.has_errors();
        let Some(site) = snapshot.site.take().filter(|_| fits) else {
            complain(unpublished(lang));
            return Err(Exit::Findings);
        };
        Ok(Ready { disk, sources: snapshot.sources, site, out, lang })
    }

    /// Tells why nothing was published.
    pub(super) fn failed(&self, found: &[Diagnostic]) -> Exit {
        complain(&report(found, &self.sources, human(), self.lang));
        Exit::Failed
    }
}

/// Carries work out in so many threads.
pub(super) fn in_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    match jobs.and_then(|jobs| rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok()) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Renders everything into a stage.
pub(super) fn fill(site: &Site, stage: &Stage, small: Minify) -> Result<(), Vec<Diagnostic>> {
    let routes: Vec<(&UrlPath, &Route)> = site.routes().iter().collect();
    // An address that was published once is never that of a compressed file, which would look like it.
    let published = site.routes().ledger().iter().map(|(url, _)| url);
    stage.reserve(routes.iter().map(|(url, _)| *url).chain(published));
    let put = |entry: &(&UrlPath, &Route)| put(site, stage, *entry, small).err();
    let failed: Vec<Diagnostic> = routes.par_iter().filter_map(put).collect();
    if failed.is_empty() { Ok(()) } else { Err(once(failed)) }
}

fn put(
    site: &Site,
    stage: &Stage,
    (url, route): (&UrlPath, &Route),
    small: Minify,
) -> Result<(), Diagnostic> {
    let Artifact { media, bytes } = site.render(route, Profile::Publish)?;
    let bytes = if media == Media::Html && small == Minify::Yes { minify::page(bytes) } else { bytes };
    stage.put(url, &bytes)
}

/// A broken template or a full disk fails on every page: it is told once.
fn once(mut failed: Vec<Diagnostic>) -> Vec<Diagnostic> {
    failed.sort_by_key(|finding| finding.code.id());
    failed.dedup_by_key(|finding| finding.code.id());
    failed
}

/// Where the site is, and how much of it is new.
pub(super) fn told(out: &Path, published: &Published, lang: Lang) -> String {
    let Published { written, kept, .. } = published;
    let (all, folder) = (written + kept, out.display());
    match lang {
        Lang::FI => format!("Julkaistu {folder}: {all} tiedostoa, {written} uutta tai muuttunutta.\n"),
        Lang::SV => format!("Publicerat i {folder}: {all} filer, {written} nya eller ändrade.\n"),
        _ => format!("Published in {folder}: {all} files, {written} new or changed.\n"),
    }
}

fn unpublished(lang: Lang) -> &'static str {
    match lang {
        Lang::FI => "Sivustoa ei julkaistu: virheet on korjattava ensin. Aiempi sivusto on ennallaan.\n",
        Lang::SV => {
            "Webbplatsen publicerades inte: felen måste rättas först. Den tidigare webbplatsen är oförändrad.\n"
        }
        _ => "The site was not published: the errors have to be mended first. The old site is unchanged.\n",
    }
}
