//! From a save to the new page served, against the real preview server, and what it takes to get there.
//!
//! `cargo bench --bench serve -- [ENTITIES]` (1000 where none is given): wall time of saves in the browser and of
//! saves by another program, half of them a name that other pages show, half a body; the start; and the largest
//! memory.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark runs the program and prints"
)]

mod corpus;
#[path = "../common/server.rs"]
mod server;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use server::{Events, Server};

/// How many saves of each sort.
const ROUNDS: usize = 60;
/// A page that shows the name and the body.
const PAGE: &str = "/fi/roolit/role-1.html";
/// Another page that shows the name.
const OTHER: &str = "/fi/roolit/index.html";

fn main() {
    let entities = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1000);
    let root = tempfile::tempdir().unwrap();
    let size = corpus::Size { entities, words: 500, links: 12, more: corpus::More::Nothing };
    for (path, text) in corpus::generate(size) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    println!("{entities} entities × 2 languages");
    let start = Instant::now();
    let server = Server::at(root.path(), &[]);
    server.get(PAGE);
    println!("  {:>8.1} ms   start to first page", millis(start.elapsed()));
    while server.json("findings?lang=fi")["revision"] == 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    let mut events = server.events();
    println!("  {:>8.1} ms   start to findings", millis(start.elapsed()));
    let mut edits = Edits::default();
    let name = |n: usize| json!({ "do": "set", "at": "role/role-1.name.fi", "value": format!("Nimi {n}") });
    let body = |n: usize| {
        let text = format!("Uusi kappale {n}\n\nToinen kappale.");
        json!({ "do": "prose", "at": "role/role-1", "lang": "fi", "text": text })
    };
    for n in 0..ROUNDS {
        edits.request(
            ("a name saved in the browser", "save"),
            (&server, &mut events),
            (&name(n), &format!("Nimi {n}")),
        );
        edits.request(
            ("a body saved in the browser", "save"),
            (&server, &mut events),
            (&body(n), &format!("Uusi kappale {n}")),
        );
        let (typed, shown) = (name(n + 1000), format!("Nimi {}", n + 1000));
        edits.request(("a name typed, not saved", "try"), (&server, &mut events), (&typed, &shown));
        server.post("drop", &json!({ "tab": "bench" }));
        events.checked();
    }
    edits.outside(&server, &mut events, root.path());
    edits.print();
    println!("  {:>8} MiB  largest memory", peak(server.child.id()));
}

/// Times of several sorts.
#[derive(Default)]
struct Edits(Vec<(&'static str, Vec<Duration>)>);

impl Edits {
    fn note(&mut self, name: &'static str, time: Duration) {
        match self.0.iter_mut().find(|(own, _)| *own == name) {
            Some((_, times)) => times.push(time),
            None => self.0.push((name, vec![time])),
        }
    }

    /// From the request until a page shows it; another page has to be right in the same revision.
    fn request(
        &mut self,
        (name, action): (&'static str, &str),
        (server, events): (&Server, &mut Events),
        (change, shown): (&Value, &str),
    ) {
        let body = json!({ "tab": "bench", "what": "", "changes": [change] });
        let start = Instant::now();
        let (status, said) = server.post(action, &body);
        let page = server.get(PAGE);
        self.note(name, start.elapsed());
        assert!(status == 200 && page.contains(shown), "{status} {said}");
        if name.starts_with("a name") {
            assert!(server.get(OTHER).contains(shown));
        }
        events.checked();
        self.note("findings after it", start.elapsed());
    }

    fn outside(&mut self, server: &Server, events: &mut Events, root: &Path) {
        let path = root.join("content/roles/role-2.fi.md");
        let prose = fs::read_to_string(&path).unwrap();
        for n in 0..ROUNDS {
            let words = format!("Ulkoa {n}");
            let start = Instant::now();
            fs::write(&path, format!("{words}\n\n{prose}")).unwrap();
            while !server.get("/fi/roolit/role-2.html").contains(&words) {
                events.next();
            }
            self.note("a file saved by another program", start.elapsed());
            events.checked();
        }
    }

    fn print(&mut self) {
        for (name, times) in &mut self.0 {
            times.sort();
            let at = |share: usize| millis(times[(times.len() * share / 100).min(times.len() - 1)]);
            println!("  {:>8.1} ms   {name}: median; 95th percentile {:.1} ms", at(50), at(95));
        }
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The largest memory of a process so far, in MiB; nothing where the system does not tell.
fn peak(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}
