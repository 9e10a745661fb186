//! What each stage of a build costs, in CPU time, and how much memory the whole needs.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark writes files and prints"
)]
//!
//! `cargo bench --bench build -- [ENTITIES…]` (1000 where none is given), `-- --edits [ENTITIES]` for what an
//! edit costs, `-- --handbook DIR` for a real one, or
//! `-- --write DIR [ENTITIES]` and `-- --write-more DIR [ENTITIES]` to keep the corpus for other tools. The corpus is written to a
//! temporary folder, in memory (`/dev/shm`) where there is one, because creating files is the dearest and
//! noisiest part of a build. Times are CPU time of the whole process, so threads count fully.

mod corpus;
mod edits;

use corpus::More;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use polku::base::date::Date;
use polku::base::diag::Diagnostics;
use polku::base::output::Media;
use polku::chart::flow;
use polku::check::{Facts, check};
use polku::cmd::{Build, Exit, Minify, build};
use polku::io::Disk;
use polku::model::glossary::Glossary;
use polku::model::links::{Links, citations};
use polku::model::load::load_parsed;
use polku::model::parses::Parses;
use polku::model::ruling::Rulings;
use polku::model::translation::Translations;
use polku::page::Profile;
use polku::route::{Drafts, Route};
use polku::site::Site;
use polku::snapshot::{Settings, Snapshot};
use polku::syntax::shape::Shape;
use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    if std::env::args().any(|arg| arg == "--whole") {
        return whole(Path::new(&std::env::args().next_back().unwrap_or_default()));
    }
    if std::env::args().any(|arg| arg == "--edits") {
        let entities = sizes.first().copied().unwrap_or(1000);
        println!("{entities} entities × 2 languages, edited");
        return edits::edits(size(entities, More::Nothing), 40);
    }
    if let Some(at) = std::env::args().position(|arg| arg == "--handbook") {
        return stages(Path::new(&std::env::args().nth(at + 1).unwrap_or_default()));
    }
    for (flag, more) in [("--write", More::Nothing), ("--write-more", More::Many)] {
        if let Some(at) = std::env::args().position(|arg| arg == flag) {
            let size = size(sizes.first().copied().unwrap_or(1000), more);
            return keep(
                &corpus::generate(size),
                Path::new(&std::env::args().nth(at + 1).unwrap_or_default()),
            );
        }
    }
    for entities in if sizes.is_empty() { vec![1000] } else { sizes } {
        let size = size(entities, More::Nothing);
        println!("{entities} entities × 2 languages, {} words and {} links each", size.words, size.links);
        all(size);
        println!("the same with 200 processes of 20 steps, 500 guides and 2,000 values");
        all(corpus::Size { more: More::Many, ..size });
    }
}

fn size(entities: usize, more: More) -> corpus::Size {
    corpus::Size { entities, words: 500, links: 12, more }
}

fn keep(files: &corpus::Files, root: &Path) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn all(size: corpus::Size) {
    let folder = Folder::new(&corpus::generate(size));
    stages(&folder.0);
    // A process of its own, so that peak memory is the build's.
    let this = std::env::current_exe().expect("this program");
    let told = Command::new(this).arg("--whole").arg(&folder.0).output().expect("a child");
    print!("{}", String::from_utf8_lossy(&told.stdout));
}

/// Sentences that cite a section, in the forms in which handbooks do.
const MENTIONS: [&str; 5] = [
    "Arvioinnista vastaa sosiaalityöntekijä (SHL N § 5 mom.), kun asiakas tarvitsee erityistä tukea.",
    "Sosiaalihuoltolain N §:n 5 momentin mukaan arvioinnista vastaa virkasuhteinen sosiaalityöntekijä.",
    "Bedömningen inleds senast den sjunde vardagen enligt N § 5 mom. i socialvårdslagen.",
    "Lupa perustuu sosiaalihuollon ammattihenkilöistä annetun lain (817/2015) N §:ään.",
    "Klientens rättigheter nämns i N § SVL.",
];

fn settings() -> Settings {
    Settings { drafts: Drafts::Hidden, today: Date::parse("2026-11-21").expect("a day") }
}

/// Runs each stage once and prints its cost.
fn stages(root: &Path) {
    let clock = Clock::start();
    let disk = Disk::open(root).expect("the corpus");
    clock.lap("read");
    let parses = Parses::of(disk.sources(), &Parses::default());
    clock.lap("parse");
    let mut diags = Diagnostics::default();
    let book = load_parsed(disk.sources(), &parses, None, &mut diags);
    clock.lap("load");
    let links = Links::new(&book, None);
    clock.lap("links");
    let (rulings, glossary) = (Rulings::new(&book), Glossary::new(&book));
    clock.lap("rulings and glossary");
    let translations = Translations::new(&book, &book.lock);
    clock.lap("translations");
    let (today, more_codes) = (settings().today, [].as_slice());
    check(
        &Facts {
            book: &book,
            links: &links,
            rulings: &rulings,
            glossary: &glossary,
            translations: &translations,
            today,
            more_codes,
        },
        &mut diags,
    );
    clock.lap("check");
    let sentences: Vec<String> =
        (0..1000).flat_map(|n| MENTIONS.map(|form| form.replace('N', &n.to_string()))).collect();
    let clock = Clock::start();
    let found: usize = sentences.iter().map(|text| citations(&book, text).len()).sum();
    clock.lap(&format!("{found} law mentions in prose"));
    shapes(&translations);
    swimlane();
    drop((book, links, parses));
    let snapshot = Snapshot::take(disk.sources(), settings(), None);
    let before = Clock::start();
    let again = Snapshot::take(disk.sources(), settings(), Some(&snapshot));
    before.lap("all of it again, parses kept");
    drop(again);
    let site = snapshot.site.as_ref().expect("a site");
    let (searched, rest): (Vec<&Route>, Vec<&Route>) = site
        .routes()
        .iter()
        .map(|(_, route)| route)
        .partition(|route| matches!(route, Route::Index(_) | Route::Passages(..)));
    let (data, pages): (Vec<&Route>, Vec<&Route>) =
        rest.into_iter().partition(|route| matches!(route, Route::Data | Route::Schema | Route::File(..)));
    let clock = Clock::start();
    search(site, &searched, &clock);
    given_out(site, &data, &clock);
    let bytes: usize =
        pages.par_iter().map(|route| site.render(route, Profile::Publish).map_or(0, |a| a.bytes.len())).sum();
    clock.lap(&format!("render {} files, {} MB", pages.len(), bytes / 1_000_000));
    let html = site.render(pages[pages.len() / 2], Profile::Publish).expect("a page");
    assert_eq!(html.media, Media::Html);
}

/// Lays a process of 100 steps out, and draws it: the mean of 20 times.
fn swimlane() {
    let step = |at: usize| {
        let shape = if at % 5 == 3 { flow::Shape::Decision } else { flow::Shape::Task };
        let exit = |to: usize| flow::Exit { to, label: "Ei, jotain puuttuu".into(), lang: None, src: None };
        let exits = if at % 5 == 3 {
            vec![exit(at + 1), exit(at.saturating_sub(7)), exit(at + 9)]
        } else {
            vec![exit(at + 1)]
        };
        let name = flow::Named {
            label: "Hakemus kirjataan ja asiointikieli merkitään".into(),
            ..Default::default()
        };
        flow::Step {
            id: at.to_string(),
            shape,
            lane: at * 7 % 6,
            column: at / 20,
            name,
            exits,
            ..Default::default()
        }
    };
    let lane = |lane: usize| flow::Named { label: format!("Tekijä {lane}"), ..Default::default() };
    let process = flow::Flow {
        lanes: (0..6).map(lane).collect(),
        columns: (0..5).map(lane).collect(),
        steps: (0..100).map(step).collect(),
        ..Default::default()
    };
    let clock = Clock::start();
    let drawn: usize = (0..20).map(|_| flow::svg::draw(&process, &flow::layout(&process)).len()).sum();
    clock.lap(&format!("20 swimlanes of 100 steps, {} kB each", drawn / 20_000));
}

/// Makes the index of each language, then the texts for passages.
fn search(site: &Site, routes: &[&Route], clock: &Clock) {
    let (indexes, texts): (Vec<&Route>, Vec<&Route>) =
        routes.iter().partition(|route| matches!(route, Route::Index(_)));
    for (what, routes) in [("search index", indexes), ("search texts", texts)] {
        let bytes: usize = routes
            .par_iter()
            .map(|route| site.render(route, Profile::Publish).map_or(0, |a| a.bytes.len()))
            .sum();
        clock.lap(&format!("{what}: {} files, {} kB", routes.len(), bytes / 1000));
    }
}

/// Makes the handbook as data, its schema, and the tables for Excel.
fn given_out(site: &Site, routes: &[&Route], clock: &Clock) {
    let is = |wanted: fn(&Route) -> bool| routes.iter().copied().filter(move |route| wanted(route));
    let data = is(|route| matches!(route, Route::Data));
    let schema = is(|route| matches!(route, Route::Schema));
    let files = is(|route| matches!(route, Route::File(..)));
    for (what, routes) in [
        ("handbook.json", data.collect::<Vec<_>>()),
        ("its schema", schema.collect()),
        ("files beside pages", files.collect()),
    ] {
        let bytes: usize = routes
            .par_iter()
            .map(|route| site.render(route, Profile::Publish).map_or(0, |a| a.bytes.len()))
            .sum();
        clock.lap(&format!("{what}: {} files, {} kB", routes.len(), bytes / 1000));
    }
}

/// A whole build, for its CPU time and peak memory; then another with nothing changed.
fn whole(root: &Path) {
    let order = |out: &str| Build {
        root: root.to_owned(),
        out: Some(root.with_extension(out)),
        jobs: None,
        minify: Minify::Yes,
        settings: settings(),
        lang: None,
    };
    let clock = Clock::start();
    assert_eq!(build(&order("site")), Exit::Done, "the corpus has to be a handbook");
    clock.lap("whole build, minified and written");
    println!("  {:>8} MiB  peak memory", peak_mib());
    let clock = Clock::start();
    assert_eq!(build(&order("site")), Exit::Done, "the corpus has to be a handbook");
    clock.lap("whole build again, nothing changed");
    let _ = fs::remove_dir_all(root.with_extension("site"));
}

struct Clock(std::cell::Cell<f64>);

impl Clock {
    fn start() -> Clock {
        Clock(std::cell::Cell::new(cpu_ms()))
    }

    fn lap(&self, stage: &str) {
        let now = cpu_ms();
        println!("  {:>8.1} ms   {stage}", now - self.0.replace(now));
    }
}

/// CPU time of this process so far, in milliseconds.
fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// A handbook in a temporary folder, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &corpus::Files) -> Folder {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let root = parent.join(format!("polku-bench-{}", std::process::id()));
        keep(files, &root);
        Folder(root)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What it costs to know the texts by their shapes; part of the parse, and of the load for fields.
fn shapes(translations: &Translations) {
    let texts: Vec<&str> =
        translations.units.iter().flat_map(|unit| unit.sides.iter().map(|(_, side)| side.words())).collect();
    let clock = Clock::start();
    let citing = texts.iter().filter(|text| Shape::of_prose(text).cites).count();
    clock.lap(&format!("shapes of {} texts, {citing} of which cite law", texts.len()));
}
