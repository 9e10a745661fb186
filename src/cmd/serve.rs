//! `polku serve`: the handbook in the browser, renewed at every change.

use std::path::PathBuf;

use super::{Exit, fail, language, say};
use crate::base::lang::Lang;
use crate::io::Disk;
use crate::serve::{Options, run};
use crate::snapshot::Settings;

/// What to serve.
pub struct Serve {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The port; a free one where not given.
    pub port: Option<u16>,
    /// Whether to open a browser.
    pub open: Open,
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

/// Serves until it is stopped.
pub fn serve(serve: &Serve) -> Exit {
    let disk = match Disk::open(&serve.root) {
        Ok(disk) => disk,
        Err(finding) => return fail(&[finding], language(serve.lang)),
    };
    let lang = serve.lang.unwrap_or_else(|| crate::model::load::language(disk.sources()));
    let options = Options { port: serve.port, lang: serve.lang, settings: serve.settings };
    let ready = |address: &str| {
        say(&told(address, lang));
        if serve.open == Open::Browser {
            open_browser(address);
        }
    };
    match run(disk, options, &ready) {
        Ok(()) => Exit::Done,
        Err(finding) => fail(&[finding], lang),
    }
}

fn told(address: &str, lang: Lang) -> String {
    let (preview, stop) = match lang {
        Lang::FI => ("Esikatselu", "Lopeta: Ctrl+C"),
        Lang::SV => ("Förhandsvisning", "Avsluta: Ctrl+C"),
        _ => ("Preview", "Stop: Ctrl+C"),
    };
    format!("{preview}: {address}\n{stop}\n")
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
