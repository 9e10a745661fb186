//! Handbooks in memory, for tests.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    reason = "every test file uses its own part of this"
)]

use polku::base::date::Date;
use polku::base::diag::Diagnostic;
use polku::base::lang::Lang;
use polku::base::output::UrlPath;
use polku::base::report::{Colour, Format, report};
use polku::base::source::{Content, SourcePath, Sources};
use polku::page::Profile;
use polku::route::Drafts;
use polku::snapshot::{Settings, Snapshot};

/// The settings of a handbook that a test does not care about.
pub const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n";

/// The day on which tests read.
pub const TODAY: &str = "2026-11-21";

pub fn settings() -> Settings {
    Settings { drafts: Drafts::Hidden, today: Date::parse(TODAY).unwrap() }
}

pub fn sources(files: &[(&str, &str)]) -> Sources {
    let content = |path: &str, text: &str| {
        let is_text =
            [".toml", ".md", ".html", ".css", ".js", ".lock"].iter().any(|ending| path.ends_with(ending));
        if is_text { Content::Text(text.into()) } else { Content::Bytes(text.as_bytes().into()) }
    };
    Sources::new(files.iter().map(|(path, text)| (SourcePath::new(path).unwrap(), content(path, text))))
}

/// A handbook as a snapshot.
pub struct Handbook(pub Snapshot);

impl Handbook {
    pub fn new(files: &[(&str, &str)]) -> Handbook {
        Handbook::of(Snapshot::take(&sources(files), settings(), None))
    }

    /// Handbooks of tests are not for readers: what only those need is not told.
    pub fn of(mut snapshot: Snapshot) -> Handbook {
        snapshot.findings.retain(|finding| finding.code.id() != "statement-missing");
        Handbook(snapshot)
    }

    pub fn findings(&self) -> &[Diagnostic] {
        &self.0.findings
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.findings().iter().map(|finding| finding.code.id()).collect()
    }

    pub fn says(&self, lang: &str) -> String {
        self.told(self.findings(), lang, Format::Short)
    }

    pub fn says_drawn(&self, lang: &str) -> String {
        self.told(self.findings(), lang, Format::Human(Colour::No))
    }

    pub fn says_only(&self, lang: &str, codes: &[&str]) -> String {
        let wanted = self.findings().iter().filter(|finding| codes.contains(&finding.code.id()));
        self.told(&wanted.cloned().collect::<Vec<_>>(), lang, Format::Short)
    }

    fn told(&self, found: &[Diagnostic], lang: &str, format: Format) -> String {
        report(found, &self.0.sources, format, Lang::parse(lang).expect("a language"))
    }

    /// A page as published, before it is made small.
    pub fn page(&self, url: &str) -> Option<String> {
        let site = self.0.site.as_ref()?;
        let route = site.routes().find(&UrlPath::new(url)?)?;
        let artifact = site.render(route, Profile::Publish).expect("templates render");
        Some(String::from_utf8(artifact.bytes).expect("pages are text"))
    }

    /// The `<main>` of a page, without the marks of where words may be broken, which nobody sees.
    pub fn shows(&self, url: &str) -> String {
        let Some(page) = self.page(url) else { return format!("no page {url}\n") };
        let start = page.find("<main").expect("a main part");
        let end = page.find("</main>").expect("a main part") + "</main>".len();
        page[start..end].replace('\u{ad}', "")
    }
}
