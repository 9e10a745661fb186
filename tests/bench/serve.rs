//! From a save on disk to the new page served, against the real preview server.
//!
//! `cargo bench --bench serve -- [ENTITIES]` (1000 where none is given): wall time of 40 saves, half of
//! them a name that other pages show, half a body.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark runs the program and prints"
)]

mod corpus;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let entities = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1000);
    let root = tempfile::tempdir().unwrap();
    for (path, text) in
        corpus::generate(corpus::Size { entities, words: 500, links: 12, more: corpus::More::Nothing })
    {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let start = Instant::now();
    let mut server = Command::new(env!("CARGO_BIN_EXE_polku"))
        .args(["serve", "--root", root.path().to_str().unwrap()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let port: u16 = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    get(port, "/fi/index.html");
    println!("{entities} entities × 2 languages");
    println!("  {:>6} ms   start to first page", start.elapsed().as_millis());
    let table = root.path().join("content/perusta.toml");
    let body = root.path().join("content/roles/role-1.fi.md");
    let (names, prose) = (fs::read_to_string(&table).unwrap(), fs::read_to_string(&body).unwrap());
    let mut events = open(port, "/_polku/events");
    wait(&mut events);
    let mut times = Vec::new();
    for n in 0..20 {
        let name = format!("Uusi nimi {n}");
        let text = names.replace("\"Rooli 1\"", &format!("\"{name}\""));
        times.push(save(port, &mut events, (&table, &text, &name)));
        let words = format!("Uusi kappale {n}");
        times.push(save(port, &mut events, (&body, &format!("{words}\n\n{prose}"), &words)));
    }
    times.sort();
    println!("  {:>6} ms   save to new page, median", times[times.len() / 2]);
    println!("  {:>6} ms   save to new page, 95th percentile", times[times.len() * 95 / 100]);
    server.kill().unwrap();
    server.wait().unwrap();
}

/// Saves a file and waits until the page shows it; gives the milliseconds.
fn save(
    port: u16,
    events: &mut BufReader<TcpStream>,
    (path, text, shown): (&std::path::Path, &str, &str),
) -> u128 {
    let start = Instant::now();
    fs::write(path, text).unwrap();
    while !get(port, "/fi/roolit/role-1.html").contains(shown) {
        wait(events);
    }
    start.elapsed().as_millis()
}

fn open(port: u16, path: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").unwrap();
    BufReader::new(stream)
}

fn get(port: u16, path: &str) -> String {
    let mut answer = Vec::new();
    open(port, path).read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn wait(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    while !line.starts_with("data:") {
        line.clear();
        assert!(events.read_line(&mut line).unwrap() > 0, "the events ended");
    }
}
