//! `polku serve`: the handbook in the browser, renewed at every change, and edited there.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::{Exit, fail, language, say};
use crate::base::lang::Lang;
use crate::io::Disk;
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
    };
    match run(disk, options) {
        Ok(()) => Exit::Done,
        Err(finding) => fail(&[finding], lang),
    }
}

fn notice(notice: Notice<'_>) {
    let (lang, open) = TOLD.get().copied().unwrap_or((Lang::EN, Open::Nothing));
    let [preview, stop, next] = match lang {
        Lang::FI => ["Esikatselu", "Lopeta: Ctrl+C", "Toista selainta varten"],
        Lang::SV => ["Förhandsvisning", "Avsluta: Ctrl+C", "För en annan webbläsare"],
        _ => ["Preview", "Stop: Ctrl+C", "For another browser"],
    };
    match notice {
        Notice::Ready(address) => {
            say(&format!("{preview}: {address}\n{stop}\n"));
            if open == Open::Browser {
                open_browser(address);
            }
        }
        Notice::Next(address) => say(&format!("{next}: {address}\n")),
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
