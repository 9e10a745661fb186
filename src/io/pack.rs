//! Files made smaller: beside each file for servers, and the whole site as one package (ZIP).
//!
//! A package holds no clock and no rights of this machine, so the same site makes the same bytes.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use walkdir::WalkDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::mark::MARK;
use super::publish::{Stage, beside, failed};
use super::read::{MAX_DATA, names_in};
use super::{DATA_TOO_LARGE, FILE_UNREADABLE, PACKAGE_DAMAGED, PACKAGE_FOLDER};
use crate::base::diag::Diagnostic;

/// Whether files stand there compressed too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compress {
    /// The server does it.
    No,
    /// A `.gz` and a `.br` beside each file of text.
    Yes,
}

/// Endings of files that get smaller.
const TEXTS: [&str; 9] = ["html", "css", "js", "json", "svg", "csv", "txt", "xml", "bpmn"];
/// Smaller files are not worth another one beside them: they fit into one packet anyway.
const LEAST: usize = 1024;
/// Beyond 5 brotli takes five times as long for a hundredth of the size.
const BROTLI: i32 = 5;

/// Makes the compressed form of a file; nothing where it is not smaller.
type Squeeze = fn(&[u8]) -> io::Result<Option<Vec<u8>>>;

/// The compressed forms of a file by their endings.
pub(super) fn smaller(path: &Path) -> &'static [(&'static str, Squeeze)] {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if TEXTS.contains(&ending) { &[("gz", gzip), ("br", brotli)] } else { &[] }
}

fn gzip(bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
    if bytes.len() < LEAST {
        return Ok(None);
    }
    // No name and no time in its head.
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    Ok(Some(out.finish()?).filter(|small| small.len() < bytes.len()))
}

fn brotli(mut bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let length = bytes.len();
    if length < LEAST {
        return Ok(None);
    }
    let params = brotli::enc::BrotliEncoderParams { quality: BROTLI, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut small, &params)?;
    Ok(Some(small).filter(|small| small.len() < length))
}

/// A package that is whole, but not in its place yet.
pub struct Package {
    target: PathBuf,
    beside: PathBuf,
}

impl Package {
    /// The same package for another place.
    ///
    /// # Errors
    /// Where it cannot be written there.
    pub fn copied(&self, target: &Path) -> Result<Package, Diagnostic> {
        let copy = Package { target: target.to_owned(), beside: beside(target, "polku-write") };
        fs::copy(&self.beside, &copy.beside).map_err(|error| failed(target, &error))?;
        Ok(copy)
    }

    /// Adds a text that is no part of the site.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(self, name: &str, text: &str) -> Result<Package, Diagnostic> {
        let add = || {
            let file = File::options().read(true).write(true).open(&self.beside)?;
            let mut zip = ZipWriter::new_append(file)?;
            zip.start_file(name, options())?;
            zip.write_all(text.as_bytes())?;
            zip.finish()?.sync_all()
        };
        add().map_err(|error| failed(&self.target, &error))?;
        Ok(self)
    }

    /// Puts it into its place.
    ///
    /// # Errors
    /// Where it cannot be moved there.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub fn put(self) -> Result<PathBuf, Diagnostic> {
        fs::rename(&self.beside, &self.target).map_err(|error| failed(&self.target, &error))?;
        Ok(self.target.clone())
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
    }
}

/// Packs a staged site, beside the place where the package will stand.
///
/// # Errors
/// Where the folder of the package is not there, or it cannot be written.
pub fn package(site: &Stage, target: &Path) -> Result<Package, Diagnostic> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() || target.is_dir() {
        return Err(Diagnostic::of(PACKAGE_FOLDER).with("path", target.display().to_string()));
    }
    let package = Package { target: target.to_owned(), beside: beside(target, "polku-write") };
    pack(site, &package.beside).map_err(|error| failed(target, &error))?;
    Ok(package)
}

/// Removes half packages that a program left in a folder when it was ended.
pub fn sweep(folder: &Path) {
    for name in names_in(folder) {
        if name.starts_with('.') && name.ends_with(".zip.polku-write") {
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
fn pack(site: &Stage, target: &Path) -> io::Result<()> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(target)?));
    for (name, path) in files(site)? {
        zip.start_file(name, options())?;
        io::copy(&mut File::open(path)?, &mut zip)?;
    }
    zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// No clock and no rights of this machine.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// The files of a site by their names in it, in order; without what only this place has a use for.
fn files(stage: &Stage) -> io::Result<Vec<(String, PathBuf)>> {
    let (site, squeezed) = (stage.folder(), stage.squeezed());
    let mut files = Vec::new();
    for entry in WalkDir::new(site) {
        let entry = entry?;
        let below = entry.path().strip_prefix(site).ok().and_then(Path::to_str);
        let Some(name) = below.filter(|_| entry.file_type().is_file()) else { continue };
        if name != MARK && !squeezed.contains(entry.path()) {
            files.push((name.replace(std::path::MAIN_SEPARATOR, "/"), entry.into_path()));
        }
    }
    files.sort();
    Ok(files)
}

/// A file of a package; `None` where the file is no package.
///
/// # Errors
/// Where the package is damaged, or does not hold the file, or that is larger than any handbook.
#[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
pub fn held(path: &Path, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    let told = |code| Diagnostic::of(code).with("path", path.display().to_string());
    let open = || File::open(path).map_err(|error| told(FILE_UNREADABLE).with("detail", error.to_string()));
    let mut head = [0; 2];
    if open()?.read_exact(&mut head).is_err() || head != *b"PK" {
        return Ok(None);
    }
    let damaged = |error: String| told(PACKAGE_DAMAGED).with("detail", error).with("name", name);
    let mut zip = ZipArchive::new(BufReader::new(open()?)).map_err(|error| damaged(error.to_string()))?;
    let file = zip.by_name(name).map_err(|error| damaged(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(MAX_DATA + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
    let whole = u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_DATA);
    if whole { Ok(Some(bytes)) } else { Err(told(DATA_TOO_LARGE)) }
}
