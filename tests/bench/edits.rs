//! What an edit costs, in wall time: until the pages of the new snapshot can be served, the page itself, and the
//! findings. Everything is in memory; `tests/bench/serve.rs` measures the way of a save as a browser sees it.

use std::time::Instant;

use polku::base::output::UrlPath;
use polku::base::source::{Content, SourcePath, Sources};
use polku::page::Profile;
use polku::snapshot::Snapshot;

use crate::corpus;

/// An edit: the file, what stands there once, and the beginning of what comes in its place.
const EDITS: [(&str, &str, &str, &str); 4] = [
    ("body of a page", "content/pages/page-1.fi.md", "## ", "## Uusi otsikko"),
    ("name of a role", "content/perusta.toml", "\"Rooli 1\"", "\"Uusi rooli"),
    ("name of a task", "content/tehtavat.toml", "\"Tehtävä 1\"", "\"Uusi tehtävä"),
    ("name of a phase", "content/perusta.toml", "\"Vaihe 1\"", "\"Uusi vaihe"),
];

/// Makes each edit some times and prints how long it took.
pub(crate) fn edits(size: corpus::Size, times: usize) {
    let files = corpus::generate(size).into_iter();
    let files = files.map(|(path, text)| (path_of(&path), Content::Text(text.into())));
    let sources = Sources::new(files);
    let start = Instant::now();
    let first = Snapshot::read(&sources, crate::settings(), None);
    println!("  {:>8.1} ms   start: pages ready", ms(start));
    let start = Instant::now();
    let mut now = first.check();
    println!("  {:>8.1} ms   start: findings", ms(start));
    drop(first);
    println!("  {:>8} MiB  peak memory so far", crate::peak_mib());
    for (what, path, old, new) in EDITS {
        let file = sources.find(path).expect("a file of the corpus");
        let (path, text) = (file.path.clone(), file.text().to_owned());
        let mut took = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for n in 0..times {
            let closed = if old.starts_with('"') { "\"" } else { " " };
            let text = text.replacen(old, &format!("{new} {n}{closed}"), 1);
            let start = Instant::now();
            let next = now.sources.with(path.clone(), Content::Text(text.into()));
            let next = Snapshot::read(&next, crate::settings(), Some(&now));
            took[0].push(ms(start));
            let start = Instant::now();
            let site = next.site.as_ref().expect("a site");
            let url = UrlPath::new("fi/roolit/role-1.html").expect("an address");
            let route = site.routes().find(&url).expect("a role");
            assert!(!site.render(route, Profile::Preview).expect("a page").bytes.is_empty());
            took[1].push(ms(start));
            let start = Instant::now();
            let checked = next.check();
            took[2].push(ms(start));
            let start = Instant::now();
            now = checked;
            took[3].push(ms(start));
        }
        println!("  {what}");
        for (times, what) in took.iter_mut().zip(["pages ready", "a page", "findings", "old one dropped"]) {
            times.sort_by(f64::total_cmp);
            let [median, late] = [times.len() / 2, times.len() * 95 / 100].map(|at| times[at]);
            println!("  {median:>8.1} ms   {what} (95th percentile {late:.1})");
        }
    }
    println!("  {:>8} MiB  peak memory", crate::peak_mib());
}

fn path_of(path: &str) -> SourcePath {
    SourcePath::new(path).expect("a path")
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
