//! `polku build`: every route rendered, in parallel, into a site that appears whole or not at all.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Exit, complain, fail, human, language, minify, say};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media, UrlPath};
use crate::base::report::report;
use crate::io::{Disk, Published, Stage, publish, really};
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
    let disk = match Disk::open(&build.root) {
        Ok(disk) => disk,
        Err(finding) => return fail(&[finding], language(build.lang)),
    };
    let snapshot = Snapshot::take(disk.sources(), build.settings, None);
    let lang = build.lang.unwrap_or(snapshot.lang);
    if !snapshot.findings.is_empty() {
        complain(&report(&snapshot.findings, &snapshot.sources, human(), lang));
    }
    let Some(site) = snapshot.site.as_ref().filter(|_| !snapshot.has_errors()) else {
        complain(unpublished(lang));
        return Exit::Findings;
    };
    let out = really(&build.out.clone().unwrap_or_else(|| disk.root().join("public")));
    match in_threads(build.jobs, || write(site, disk.root(), &out, build.minify)) {
        Ok(published) => {
            say(&told(&out, published, lang));
            Exit::Done
        }
        Err(found) => {
            complain(&report(&found, &snapshot.sources, human(), lang));
            Exit::Failed
        }
    }
}

fn in_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    match jobs.and_then(|jobs| rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok()) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn write(site: &Site, root: &Path, out: &Path, small: Minify) -> Result<Published, Vec<Diagnostic>> {
    publish(root, out, |stage| {
        let routes: Vec<(&UrlPath, &Route)> = site.routes().iter().collect();
        let failed: Vec<Diagnostic> = routes
            .par_iter()
            .filter_map(|(url, route)| put(site, stage, (url, route), small).err())
            .collect();
        if failed.is_empty() { Ok(()) } else { Err(once(failed)) }
    })
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

fn told(out: &Path, published: Published, lang: Lang) -> String {
    let Published { written, kept } = published;
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
