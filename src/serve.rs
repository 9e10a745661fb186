//! The preview: pages rendered on demand from an immutable snapshot, and told when it changed; and the
//! desk at which a handbook is edited in the browser.
//!
//! Loopback only. Layer 8: may use everything but the command line.

mod api;
mod dashboard;
mod desk;
mod form;
mod guard;
mod history;
mod http;
mod live;
mod media;
mod own;
mod paste;
mod publish;
mod read;
mod told;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::io::{Alone, Disk, Running};
use crate::snapshot::Settings;
use guard::Keys;
use http::Server;
use live::Live;

crate::codes! { "serve/serve.toml":
    PORT_TAKEN = "port-taken",
    CHANGED_SINCE = "changed-since",
    NOTHING_LEFT = "nothing-left",
    NOT_SAVED = "not-saved",
    NO_ROOM = "no-room",
    NO_THEME = "no-theme",
    NO_MEND = "no-mend",
    NO_PICTURE = "no-picture",
    TOO_LARGE = "too-large",
    BAD_REQUEST = "bad-request",
    MISTAKE = "mistake",
    NO_FORM = "no-form",
}

/// Whether the handbook can be edited in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// By whoever opened the start address.
    Edit,
    /// By nobody.
    Read,
}

/// What is told while serving.
#[derive(Debug, Clone, Copy)]
pub enum Notice<'a> {
    /// The preview answers at this start address.
    Ready(&'a str),
    /// The start address has been used; another browser needs this one.
    Next(&'a str),
    /// The handbook is previewed already, at this address.
    Already(&'a str),
}

/// How to serve.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The port; a free one where not given.
    pub port: Option<u16>,
    /// The language of findings; the page's where not given.
    pub lang: Option<Lang>,
    /// What does not stand in the handbook.
    pub settings: Settings,
    /// Whether the handbook can be edited.
    pub access: Access,
    /// Gets what is told while serving.
    pub notice: fn(Notice<'_>),
    /// Publishes the handbook in a folder; gives what is to be told, well or not.
    pub publish: fn(&Path, Settings, Lang) -> Result<String, String>,
}

/// Serves a handbook until it is stopped in the browser or the process ends.
///
/// # Errors
/// Where the port is taken, or a save that was cut off cannot be taken back.
pub fn run(disk: Disk, options: Options) -> Result<(), Diagnostic> {
    let taken = |port: u16| Diagnostic::of(PORT_TAKEN).with("port", port.to_string());
    let wished = options.port.unwrap_or(0);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|_| taken(wished))?;
    let alone = match Alone::begin(disk.root()) {
        Running::No(alone) => alone,
        Running::At(address) => {
            (options.notice)(Notice::Already(&address));
            return Ok(());
        }
    };
    let live = Live::start(disk, options)?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, wished));
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|_| taken(wished))?;
        let port = listener.local_addr().map_err(|_| taken(wished))?.port();
        let keys = Keys::new(port).filter(|_| options.access == Access::Edit);
        let address = keys.as_ref().map_or_else(|| format!("http://127.0.0.1:{port}/"), Keys::address);
        alone.tell(&address);
        let shared = Arc::new(Server { live, port, keys, alone, stop: Notify::new() });
        (options.notice)(Notice::Ready(&address));
        let served = axum::serve(listener, http::router(&shared));
        tokio::select! {
            ended = served => ended.map_err(|_| taken(port)),
            () = shared.stop.notified() => {
                // The answer that says so goes out first.
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                Ok(())
            }
        }
    })
}
