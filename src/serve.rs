//! The preview: pages rendered on demand from an immutable snapshot, and told when it changed.
//!
//! Loopback only. Layer 8: may use everything but the command line.

mod form;
mod guard;
mod http;
mod live;
mod own;

use std::net::{Ipv4Addr, SocketAddr};

use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::io::Disk;
use crate::snapshot::Settings;
use live::Live;

crate::codes! { "serve/serve.toml":
    PORT_TAKEN = "port-taken",
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
}

/// Serves a handbook until the process ends. `ready` gets the address once it answers.
///
/// # Errors
/// Where the port is taken.
pub fn run(disk: Disk, options: Options, ready: &dyn Fn(&str)) -> Result<(), Diagnostic> {
    let taken = |port: u16| Diagnostic::of(PORT_TAKEN).with("port", port.to_string());
    let wished = options.port.unwrap_or(0);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|_| taken(wished))?;
    let live = Live::start(disk, options);
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, wished));
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|_| taken(wished))?;
        let port = listener.local_addr().map_err(|_| taken(wished))?.port();
        ready(&format!("http://127.0.0.1:{port}/"));
        axum::serve(listener, http::router(live, port)).await.map_err(|_| taken(port))
    })
}
