//! `polku serve`: the handbook in the browser, renewed at every change, and edited there.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::publish::{Publish, published};
use super::{Compress, Exit, fail, language, say};
use crate::base::lang::Lang;
use crate::io::Disk;
use crate::route::Drafts;
use crate::serve::{Access, Notice, Options, run};
use crate::snapshot::Settings;

/// What to serve.
pub struct Serve {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The port; a free one where not given.
    pub port: Option<u16>,
    /// Whether to open a browser.
    pub open: Open,
    /// Whether the handbook can be edited.
    pub access: Access,
    /// The language of messages; the handbook's where not given.
    pub lang: Option<Lang>,
    /// What does not stand in the handbook.
    pub settings: Settings,
}

/// Whether to open a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// At the start.
    Browser,
    /// Not at all: the address is told.
    Nothing,
}

/// The language of what is told, and whether a browser is opened: one preview a process.
static TOLD: OnceLock<(Lang, Open)> = OnceLock::new();

/// Serves until it is stopped.
pub fn serve(serve: &Serve) -> Exit {
    let disk = match Disk::open(&serve.root) {
        Ok(disk) => disk,
        Err(finding) => return fail(&[finding], language(serve.lang)),
    };
    let lang = serve.lang.unwrap_or_else(|| crate::model::load::language(disk.sources()));
    let _ = TOLD.set((lang, serve.open));
    let options = Options {
        port: serve.port,
        lang: serve.lang,
        settings: serve.settings,
        access: serve.access,
        notice,
        publish,
    };
    match run(disk, options) {
        Ok(()) => Exit::Done,
        Err(finding) => fail(&[finding], lang),
    }
}

/// Publishes where `polku publish` does, from the preview.
fn publish(root: &Path, settings: Settings, lang: Lang) -> Result<String, String> {
    published(&Publish {
        root: root.to_owned(),
        to: None,
        zip: None,
        since: None,
        compress: Compress::No,
        archive: None,
        jobs: None,
        settings: Settings { drafts: Drafts::Hidden, ..settings },
        lang: Some(lang),
    })
}

fn notice(notice: Notice<'_>) {
    let (lang, open) = TOLD.get().copied().unwrap_or((Lang::EN, Open::Nothing));
    let [preview, stop, next, already] = match lang {
        Lang::FI => ["Esikatselu", "Lopeta: Ctrl+C", "Toista selainta varten", "Esikatselu on jo auki"],
        Lang::SV => [
            "Förhandsvisning",
            "Avsluta: Ctrl+C",
            "För en annan webbläsare",
            "Förhandsvisningen är redan öppen",
        ],
        _ => ["Preview", "Stop: Ctrl+C", "For another browser", "The preview is open already"],
    };
    let (told, address) = match notice {
        Notice::Ready(address) => (format!("{preview}: {address}\n{stop}\n"), Some(address)),
        Notice::Already(address) => (format!("{already}: {address}\n"), Some(address)),
        Notice::Next(address) => (format!("{next}: {address}\n"), None),
    };
    say(&told);
    if let Some(address) = address.filter(|address| open == Open::Browser && !address.is_empty()) {
        open_browser(address);
    }
}

/// Asks the desktop for its browser. Where there is none, the address that was told has to do.
fn open_browser(address: &str) {
    let command = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    let _ = std::process::Command::new(command).arg(address).spawn();
}
