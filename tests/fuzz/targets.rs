//! What is fed with anything at all, and what must hold whatever it gets. Nothing here may panic, hang or take much
//! memory; a property that fails panics.

use std::sync::LazyLock;

use polku::base::date::Date;
use polku::base::diag::Diagnostics;
use polku::base::lang::Lang;
use polku::base::picture::{Sort, beyond_drawing};
use polku::base::report::{Colour, Format, report};
use polku::base::source::{Content, SourcePath, Sources};
use polku::cmd::{Engine, read_package};
use polku::edit::{self, Change};
use polku::model::load::load;
use polku::page::Profile;
use polku::route::Drafts;
use polku::snapshot::{Settings, Snapshot};
use polku::syntax::cite;

/// What is tried, by name.
type Target = (&'static str, fn(&[u8]));

/// Every target and its name.
pub(crate) const TARGETS: [Target; 9] = [
    ("toml", toml),
    ("settings", settings),
    ("markdown", markdown),
    ("cite", citations),
    ("package", package),
    ("site", site),
    ("edit", edits),
    ("search", search),
    ("picture", picture),
];

const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n";
const CONTENT: &str = include_str!("sample.toml");
const FI: &str =
    "Johdanto.\n\n## Alku\n\n### Sisältö\n\n- Auttaa, SHL 36 §.\n\n## Muuta {#muuta}\n\nLisää [[role:x]].\n";
const SV: &str =
    "Inledning.\n\n## Början\n\n### Innehåll\n\n- Hjälper.\n\n## Annat {#muuta}\n\nMera [[role:x]].\n";

/// Lines that part several files in one input.
const FILE: &str = "=== ";

fn day() -> Settings {
    Settings { drafts: Drafts::Shown, today: Date::parse("2026-11-21").expect("a day") }
}

fn sources(files: &[(&str, &str)]) -> Sources {
    let path = |path: &str| SourcePath::new(path).expect("a path");
    Sources::new(files.iter().map(|(name, text)| (path(name), Content::Text((*text).into()))))
}

/// A handbook with everything in it that an editor can point at.
fn sample() -> Vec<(&'static str, &'static str)> {
    let prose = [("content/roles/x.fi.md", FI), ("content/roles/x.sv.md", SV)];
    [("site.toml", SITE), ("content/a.toml", CONTENT)].into_iter().chain(prose).collect()
}

/// The sample as a snapshot, once: what comes after keeps its theme.
static SAMPLE: LazyLock<Snapshot> = LazyLock::new(|| Snapshot::take(&sources(&sample()), day(), None));

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// Loads a handbook and tells what is wrong with it in every form.
fn loads(files: &[(&str, &str)]) {
    let sources = sources(files);
    let mut found = Diagnostics::default();
    let book = load(&sources, &mut found);
    let found = found.finish(&sources, &book.severities());
    for format in [Format::Short, Format::Human(Colour::No), Format::Json] {
        report(&found, &sources, format, Lang::SV);
    }
}

fn toml(data: &[u8]) {
    let Some(text) = text(data) else { return };
    loads(&[("site.toml", SITE), ("content/a.toml", text)]);
}

fn settings(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut parts = text.splitn(4, FILE);
    let mut part = || parts.next().unwrap_or_default();
    let own = [("site.toml", part()), ("search.toml", part()), ("urls.lock", part())];
    let own = own.into_iter().chain([("translations.lock", part()), ("content/a.toml", CONTENT)]);
    Snapshot::take(&sources(&own.collect::<Vec<_>>()), day(), Some(&SAMPLE));
}

fn markdown(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (fi, sv) = text.split_once(FILE).unwrap_or((text, SV));
    let page = "[page.x]\nname.fi = \"X\"\nname.sv = \"X\"\n";
    let prose = [("content/pages/x.fi.md", fi), ("content/pages/x.sv.md", sv)];
    loads(&[&[("site.toml", SITE), ("content/a.toml", page)], &prose[..]].concat());
}

fn citations(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let known = |name: &str| name.chars().next().is_some_and(char::is_uppercase);
    let mut end = 0;
    for (range, _) in cite::find(text, &known) {
        assert!(range.start >= end && !range.is_empty(), "{range:?} of {text:?}");
        assert!(text.get(range.clone()).is_some(), "{range:?} cuts a letter of {text:?}");
        end = range.end;
    }
    cite::parse(text);
}

fn package(data: &[u8]) {
    let Some(package) = text(data).and_then(read_package) else { return };
    for cell in package.rows.iter().flatten() {
        (package.kept)(cell);
    }
}

/// Any files as a handbook: all of its pages, as published and in the preview.
fn site(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let files = text.split(FILE).filter_map(|file| file.split_once('\n'));
    let files = files.filter_map(|(path, text)| Some((SourcePath::new(path)?, Content::Text(text.into()))));
    let snapshot = Snapshot::take(&Sources::new(files.take(20)), day(), Some(&SAMPLE));
    report(&snapshot.findings, &snapshot.sources, Format::Human(Colour::No), Lang::FI);
    let Some(site) = &snapshot.site else { return };
    // Every seventh: many are made by the same code.
    for (_, route) in site.routes().iter().step_by(7) {
        for profile in [Profile::Publish, Profile::Preview] {
            if let Err(broken) = site.render(route, profile) {
                panic!("{}", report(&[broken], &snapshot.sources, Format::Short, Lang::EN));
            }
        }
    }
}

/// Changes of the sample: one that is made leaves files that can be read.
fn edits(data: &[u8]) {
    let Some(changes) = text(data).and_then(|text| serde_json::from_str::<Vec<Change>>(text).ok()) else {
        return;
    };
    let Some(book) = SAMPLE.site.as_ref().map(polku::site::Site::book) else { return };
    for change in &changes {
        if let Change::Set { at, .. } | Change::Remove { at, .. } | Change::Prose { at, .. } = change {
            edit::base(&SAMPLE.sources, book, at, Some("fi"));
        }
    }
    let Ok(edited) = edit::apply(&SAMPLE.sources, book, &changes) else { return };
    let mut found = Diagnostics::default();
    let after = load(&edited.sources, &mut found);
    // What was put in as it stands may be anything.
    if !changes.iter().any(|change| matches!(change, Change::Splice { .. })) {
        assert!(after.damaged.is_empty(), "the change damages a file");
    }
}

fn search(data: &[u8]) {
    thread_local! {
        static ENGINE: Option<Engine> =
            SAMPLE.site.as_ref().and_then(|site| Engine::new(site, &[Lang::FI, Lang::SV]).ok());
    }
    let Some(query) = text(data) else { return };
    ENGINE.with(|engine| {
        let engine = engine.as_ref().expect("the theme's own script runs");
        for lang in [Lang::FI, Lang::SV] {
            assert!(engine.find(lang, query, 5).is_ok(), "the search fails");
        }
    });
}

fn picture(data: &[u8]) {
    if let Some(sort) = Sort::of(data) {
        sort.size(data);
    }
    if let Some(text) = text(data) {
        beyond_drawing(text);
    }
}
