//! A build that would give the same again: what it was made from and what it gave stand as it left them.
//!
//! What is compared are states of files (`io::state`), and where these differ or are too new to tell, what is in
//! the handbook's files. A build that is in doubt is made.

use std::path::{Path, PathBuf};

use super::build::Build;
use super::human;
use crate::base::digest::Digest;
use crate::base::lang::Lang;
use crate::base::source::{SourceFile, Sources};
use crate::io::{Disk, Keep, Last, handbook_state, program_state, site_state};

/// How a build found things.
pub(super) struct Before {
    root: PathBuf,
    keep: Keep,
    name: String,
    /// Everything but files that the build depends on; none where it cannot be told.
    order: Option<Digest>,
    /// How the handbook's files stood before they were read, where that is enough to know them again.
    files: Option<Digest>,
}

/// What a build told when it was made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// How many files the site has.
    pub count: usize,
    /// The language of messages.
    pub lang: Lang,
    /// What there was to tell of the handbook.
    pub findings: String,
}

/// A build as it was noted.
struct Noted {
    order: String,
    files: String,
    texts: String,
    site: String,
    told: Told,
}

/// How many lines stand before what was told.
const LINES: usize = 5;

impl Before {
    /// Looks at the handbook before a build into this folder.
    pub(super) fn of(build: &Build, out: &Path) -> Before {
        let keep = Keep::new(&build.root, "built");
        let Build { minify, settings, lang, .. } = build;
        let order = program_state().map(|program| {
            let order = format!("{program} {out:?} {minify:?} {settings:?} {lang:?} {:?}", human());
            Digest::of(order.as_bytes())
        });
        let files = handbook_state(&build.root).filter(|state| state.settled).map(|state| state.digest);
        let name = Digest::of(out.to_string_lossy().as_bytes()).short();
        Before { root: build.root.clone(), keep, name, order, files }
    }

    /// What the last build told, where this one would be the same. The files are read only where how they stand
    /// does not tell enough.
    /// Then they are left in `disk`.
    pub(super) fn same(&self, out: &Path, disk: &mut Option<Disk>) -> Option<Told> {
        let noted = Noted::read(&self.keep.get(&self.name)?)?;
        let is = |digest: Option<Digest>, noted: &str| digest.is_some_and(|own| own.to_string() == noted);
        if !is(self.order, &noted.order) || !is(site_state(out), &noted.site) {
            return None;
        }
        if is(self.files, &noted.files) {
            return Some(noted.told);
        }
        let disk = disk.insert(Disk::open(&self.root).ok()?);
        if !is(Some(texts(disk.sources())), &noted.texts) {
            return None;
        }
        let again = Noted { files: state(self.files), ..noted };
        self.put(&again);
        Some(again.told)
    }

    /// Notes a build that was made of these files.
    pub(super) fn note(&self, out: &Path, sources: &Sources, told: Told) {
        let (Some(order), Some(site)) = (self.order, site_state(out)) else {
            return self.keep.remove(&self.name, crate::io::Last::Running);
        };
        let [order, texts, site] = [order, texts(sources), site].map(|digest| digest.to_string());
        self.put(&Noted { order, files: state(self.files), texts, site, told });
    }

    fn put(&self, noted: &Noted) {
        // Where nothing can be kept, the next build is made.
        let _ = self.keep.put(&self.name, &noted.write(), Last::Running);
    }
}

/// A state as it is noted.
fn state(state: Option<Digest>) -> String {
    state.map_or_else(|| "-".to_owned(), |state| state.to_string())
}

/// What is in the files.
fn texts(sources: &Sources) -> Digest {
    let line = |file: &SourceFile| format!("{}\0{}\n", file.path, file.digest);
    Digest::of(sources.iter().map(line).collect::<String>().as_bytes())
}

impl Noted {
    fn read(text: &str) -> Option<Noted> {
        let mut lines = text.splitn(LINES + 1, '\n');
        let mut line = || lines.next().map(str::to_owned);
        let [order, files, texts, site, count] = [line()?, line()?, line()?, line()?, line()?];
        let (count, lang) = count.split_once(' ')?;
        let told = Told { count: count.parse().ok()?, lang: Lang::parse(lang)?, findings: line()? };
        Some(Noted { order, files, texts, site, told })
    }

    fn write(&self) -> String {
        let Noted { order, files, texts, site, told } = self;
        format!("{order}\n{files}\n{texts}\n{site}\n{} {}\n{}", told.count, told.lang, told.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_back() {
        let told = Told { count: 3, lang: Lang::SV, findings: "a\n\nb\n".into() };
        let [order, files, texts, site] = ["o", "-", "t", "s"].map(str::to_owned);
        let noted = Noted { order, files, texts, site, told };
        let again = Noted::read(&noted.write()).expect("what was written");
        assert_eq!((again.write(), again.told), (noted.write(), noted.told));
        assert!(Noted::read("o\n-\nt").is_none());
    }
}
