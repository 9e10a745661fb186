//! `polku build`: every route rendered, in parallel, into a site that appears whole or not at all.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::unchanged::{Before, Told};
use super::{Exit, complain, human, language, minify, say};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media, UrlPath};
use crate::base::report::{Format, report};
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
    let (out, mut disk) = (out_of(&build.root, build.out.as_deref()), None);
    let before = Before::of(build, &out);
    if let Some(same) = before.same(&out, &mut disk) {
        complain(&same.findings);
        say(&stayed(&out, same.count, same.lang));
        return Exit::Done;
    }
    let order = (build.root.as_path(), build.out.as_deref(), build.lang);
    let ready = match Ready::taken(disk, order, build.settings, &|_| Vec::new()) {
        Ok(ready) => ready,
        Err(unready) => return unready.said(),
    };
    let findings = ready.told();
    complain(&findings);
    let extras = Extras { compress: Compress::No, assets: Assets::Own, addresses: None };
    let written = in_threads(build.jobs, || {
        io::publish(ready.disk.root(), &ready.out, extras, |stage| fill(&ready.site, stage, build.minify))
    });
    let published = match written {
        Ok(published) => published,
        Err(found) => return ready.failed(&found),
    };
    let Published { written, kept, left, .. } = &published;
    match (written, written + kept) {
        (0, count) => say(&stayed(&out, count, ready.lang)),
        _ => say(&told(&out, &published, ready.lang)),
    }
    if let Some(left) = left {
        return ready.failed(std::slice::from_ref(left));
    }
    before.note(&out, &ready.sources, Told { count: written + kept, lang: ready.lang, findings });
    // What takes a tenth of a second to give back is given back by the end of the program.
    std::mem::forget(ready);
    Exit::Done
}

/// The folder of a site.
fn out_of(root: &Path, out: Option<&Path>) -> PathBuf {
    really(&out.map_or_else(|| root.join("public"), Path::to_owned))
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
    /// What is to be told of it all the same.
    findings: Vec<Diagnostic>,
    /// The language of messages.
    pub lang: Lang,
}

/// Why nothing can be published.
pub(super) struct Unready {
    findings: Vec<Diagnostic>,
    sources: Sources,
    lang: Lang,
    exit: Exit,
}

impl Unready {
    fn of(finding: Diagnostic, lang: Lang) -> Unready {
        Unready { findings: vec![finding], sources: Sources::default(), lang, exit: Exit::Failed }
    }

    /// Tells it at the terminal.
    pub(super) fn said(&self) -> Exit {
        complain(&self.told(human()));
        self.exit
    }

    /// Tells it.
    pub(super) fn told(&self, format: Format) -> String {
        let mut told = report(&self.findings, &self.sources, format, self.lang);
        if self.exit == Exit::Findings {
            told += unpublished(self.lang);
        }
        told
    }
}

impl Ready {
    /// Reads a handbook. `unfit` tells what else forbids publishing.
    pub(super) fn read(
        order: (&Path, Option<&Path>, Option<Lang>),
        settings: Settings,
        unfit: &dyn Fn(&Handbook) -> Vec<Diagnostic>,
    ) -> Result<Ready, Unready> {
        Ready::taken(None, order, settings, unfit)
    }

    /// The same with files that have been taken from disk already.
    fn taken(
        disk: Option<Disk>,
        (root, out, lang): (&Path, Option<&Path>, Option<Lang>),
        settings: Settings,
        unfit: &dyn Fn(&Handbook) -> Vec<Diagnostic>,
    ) -> Result<Ready, Unready> {
        let disk = disk.map_or_else(|| Disk::open(root), Ok);
        let disk = disk.map_err(|finding| Unready::of(finding, language(lang)))?;
        let mut snapshot = Snapshot::take(disk.sources(), settings, None);
        let lang = lang.unwrap_or(snapshot.lang);
        let out = out_of(disk.root(), out);
        io::recover(&out).map_err(|finding| Unready::of(finding, lang))?;
        let more = snapshot.site.as_ref().map(|site| unfit(site.book())).unwrap_or_default();
        // What a rule has told of them is lighter.
        snapshot.findings.retain(|found| more.iter().all(|more| more.code != found.code));
        snapshot.findings.extend(more);
        let (fits, site) = (!snapshot.has_errors(), snapshot.site.take());
        let Snapshot { findings, sources, .. } = snapshot;
        match site.filter(|_| fits) {
            Some(site) => Ok(Ready { disk, sources, site, out, findings, lang }),
            None => Err(Unready { findings, sources, lang, exit: Exit::Findings }),
        }
    }

    /// Tells at the terminal what there is to tell.
    pub(super) fn said(self) -> Ready {
        complain(&self.told());
        self
    }

    /// What there is to tell at the terminal.
    fn told(&self) -> String {
        if self.findings.is_empty() {
            return String::new();
        }
        report(&self.findings, &self.sources, human(), self.lang)
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
    let ledger = site.ledger();
    let published = ledger.iter().map(|(url, _)| url);
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
    if *route == Route::Data {
        return stage.put_parts(url, site.data());
    }
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
    all_of(out, (written + kept, *written), lang) + "\n"
}

fn all_of(out: &Path, (all, new): (usize, usize), lang: Lang) -> String {
    let folder = out.display();
    match lang {
        Lang::FI => format!("Julkaistu {folder}: {all} tiedostoa, {new} uutta tai muuttunutta."),
        Lang::SV => format!("Publicerat i {folder}: {all} filer, {new} nya eller ändrade."),
        _ => format!("Published in {folder}: {all} files, {new} new or changed."),
    }
}

/// The same where nothing of it is new.
fn stayed(out: &Path, count: usize, lang: Lang) -> String {
    let same = match lang {
        Lang::FI => "Mikään ei ole muuttunut.",
        Lang::SV => "Ingenting har ändrats.",
        _ => "Nothing has changed.",
    };
    format!("{} {same}\n", all_of(out, (count, 0), lang))
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
