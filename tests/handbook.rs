//! The real handbook: no findings, the same pages in both languages, every link and anchor resolves, and
//! every single mistake gives exactly the finding it should.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads the handbook")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::settings;
use html5gum::{Token, Tokenizer};
use polku::base::diag::{Diagnostic, Severity};
use polku::base::lang::Lang;
use polku::base::output::{Media, UrlPath};
use polku::base::source::{Content, SourceFile, Sources};
use polku::io::Disk;
use polku::page::Profile;
use polku::route::{Page, Route};
use polku::snapshot::Snapshot;

fn sources() -> Sources {
    Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the handbook").sources().clone()
}

fn snapshot() -> Snapshot {
    Snapshot::take(&sources(), settings(), None)
}

/// Every page as published, by its address.
fn pages(snapshot: &Snapshot, profile: Profile) -> BTreeMap<UrlPath, String> {
    let site = snapshot.site.as_ref().unwrap();
    let mut pages = BTreeMap::new();
    for (url, route) in site.routes().iter() {
        let artifact = site.render(route, profile).unwrap();
        if artifact.media == Media::Html {
            pages.insert(url.clone(), String::from_utf8(artifact.bytes).unwrap());
        }
    }
    pages
}

#[test]
fn the_handbook_has_no_findings() {
    let snapshot = snapshot();
    let wrong = snapshot.findings.iter().filter(|finding| is_wrong(finding));
    let told: Vec<String> = wrong.map(|finding| finding.message(Lang::FI)).collect();
    assert!(told.is_empty(), "{told:#?}");
    // One statute has changed since it was compared, and the statement is an example: the handbook says so.
    let known: Vec<&str> = snapshot.findings.iter().map(|finding| finding.code.id()).collect();
    assert_eq!(known, ["passed-change", "statement-example"]);
}

#[test]
fn both_languages_have_the_same_pages() {
    let snapshot = snapshot();
    let mut langs: BTreeMap<Lang, BTreeSet<Page>> = BTreeMap::new();
    for (_, route) in snapshot.site.as_ref().unwrap().routes().iter() {
        if let Route::Page(lang, page) = route {
            langs.entry(*lang).or_default().insert(page.clone());
        }
    }
    assert!(langs[&Lang::FI].len() > 100);
    assert_eq!(langs[&Lang::FI], langs[&Lang::SV]);
}

/// The ids of a page and the addresses it refers to.
fn ids_and_links(html: &str) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut links) = (Vec::new(), Vec::new());
    for token in Tokenizer::new(html) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match &name[..] {
                b"id" => ids.push(value),
                b"href" | b"src" => links.push(value),
                _ => {}
            }
        }
    }
    (ids, links)
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut parts = path.split('%');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// The address that a relative reference on a page leads to.
fn target(from: &UrlPath, href: &str) -> String {
    let mut parts: Vec<&str> = from.as_str().split('/').collect();
    parts.pop();
    let path = decoded(href);
    let mut own: Vec<String> = parts.into_iter().map(str::to_owned).collect();
    for part in path.split('/') {
        match part {
            ".." => drop(own.pop().expect("no reference leaves the site")),
            part => own.push(part.to_owned()),
        }
    }
    own.join("/")
}

#[test]
fn every_internal_link_and_anchor_resolves() {
    let snapshot = snapshot();
    let pages = pages(&snapshot, Profile::Publish);
    let all: BTreeSet<String> =
        snapshot.site.as_ref().unwrap().routes().iter().map(|(url, _)| url.to_string()).collect();
    let read: BTreeMap<&str, (Vec<String>, Vec<String>)> =
        pages.iter().map(|(url, html)| (url.as_str(), ids_and_links(html))).collect();
    let (mut wrong, mut followed) = (Vec::new(), 0);
    for (url, (ids, links)) in &read {
        let mut seen = BTreeSet::new();
        wrong.extend(ids.iter().filter(|id| !seen.insert(*id)).map(|id| format!("{url}: id {id} twice")));
        for link in links.iter().filter(|link| !link.contains(':')) {
            followed += 1;
            let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(p, a)| (p, Some(a)));
            let there =
                if path.is_empty() { (*url).to_owned() } else { target(&UrlPath::new(url).unwrap(), path) };
            if !all.contains(&there) {
                wrong.push(format!("{url}: {link} leads nowhere"));
            } else if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
                let there = &read[there.as_str()].0;
                if !there.iter().any(|id| id == anchor) {
                    wrong.push(format!("{url}: {link} has no such anchor"));
                }
            }
        }
        let outside = |link: &&String| {
            link.contains(':') && !["https://", "mailto:", "tel:"].iter().any(|s| link.starts_with(s))
        };
        wrong.extend(links.iter().filter(outside).map(|link| format!("{url}: {link}")));
    }
    assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    assert!(followed > 5_000, "only {followed} links were followed");
}

#[test]
fn a_preview_is_the_published_page_with_source_marks() {
    let snapshot = snapshot();
    let published = pages(&snapshot, Profile::Publish);
    let mut marks = 0;
    for (url, preview) in pages(&snapshot, Profile::Preview) {
        let mut parts = preview.split(" data-src=\"");
        let mut plain = parts.next().unwrap().to_owned();
        for part in parts {
            marks += 1;
            plain.push_str(part.split_once('"').unwrap().1);
        }
        assert_eq!(plain, published[&url], "{url}");
    }
    assert!(marks > 2_000, "only {marks} source marks");
}

/// What is wrong with the handbook when one of its files is changed, but for what is only to know.
fn with(before: &Snapshot, file: &SourceFile, text: String) -> Vec<Diagnostic> {
    let changed = before.sources.with(file.path.clone(), Content::Text(text.into()));
    Snapshot::take(&changed, settings(), Some(before)).findings.into_iter().filter(is_wrong).collect()
}

fn is_wrong(finding: &Diagnostic) -> bool {
    finding.severity != Severity::Info
}

#[test]
fn removing_any_one_swedish_text_yields_exactly_the_expected_finding() {
    let before = snapshot();
    let sources = &before.sources;
    let (mut removed, mut wrong) = (0, Vec::new());
    let tables: Vec<SourceFile> = sources
        .iter()
        .filter(|file| file.path.as_str().ends_with(".toml") && !file.path.as_str().starts_with("themes/"))
        .cloned()
        .collect();
    for file in tables {
        let lines: Vec<&str> = file.text().split_inclusive('\n').collect();
        let swedish = |line: &&str| {
            let key = line.split('=').next().unwrap_or_default().trim_end();
            // A word list in one language only is no missing text.
            key.ends_with(".sv") && !line.contains("= [")
        };
        for at in (0..lines.len()).filter(|at| swedish(&lines[*at])) {
            let text: String =
                lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, line)| *line).collect();
            let found = with(&before, &file, text);
            removed += 1;
            let expected = if lines[at].starts_with("name.sv") && file.path.as_str() != "site.toml" {
                "missing-name"
            } else {
                "missing-text"
            };
            if found.len() != 1 || found[0].code.id() != expected {
                let codes: Vec<&str> = found.iter().map(|finding| finding.code.id()).collect();
                wrong.push(format!("{}:{}: {codes:?} instead of {expected}", file.path, at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(removed > 200, "only {removed} texts were removed");
}

#[test]
fn removing_any_one_swedish_file_of_prose_yields_exactly_one_finding() {
    let before = snapshot();
    let sources = &before.sources;
    let swedish: Vec<_> = sources
        .iter()
        .filter(|file| file.path.as_str().ends_with(".sv.md"))
        .map(|f| f.path.clone())
        .collect();
    assert!(swedish.len() > 10);
    for path in swedish {
        let rest =
            sources.iter().filter(|file| file.path != path).map(|f| (f.path.clone(), f.content.clone()));
        let found = Snapshot::take(&Sources::new(rest), settings(), Some(&before)).findings;
        let codes: Vec<&str> =
            found.iter().filter(|finding| is_wrong(finding)).map(|finding| finding.code.id()).collect();
        assert_eq!(codes, ["missing-prose"], "{path}");
    }
}

#[test]
fn misspelling_any_one_key_yields_exactly_the_expected_finding() {
    let before = snapshot();
    let sources = &before.sources;
    let (mut misspelt, mut wrong) = (0, Vec::new());
    let tables: Vec<SourceFile> = sources
        .iter()
        .filter(|file| file.path.as_str().starts_with("content/") && file.path.as_str().ends_with(".toml"))
        .cloned()
        .collect();
    for file in tables {
        let lines: Vec<&str> = file.text().split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let Some(line) = misspell(lines[at]) else { continue };
            // A text in two languages is one key: both lines carry it.
            let key = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned();
            if lines[at].contains(".fi = ") || lines[at].contains(".sv = ") {
                continue;
            }
            let text: String =
                (0..lines.len()).map(|i| if i == at { line.as_str() } else { lines[i] }).collect();
            let found = with(&before, &file, text);
            misspelt += 1;
            if found.len() != 1 || found[0].code.id() != "unknown-key" || found[0].fix.is_none() {
                let codes: Vec<&str> = found.iter().map(|finding| finding.code.id()).collect();
                wrong.push(format!("{}:{} ({}): {codes:?}", file.path, at + 1, key(lines[at])));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(misspelt > 150, "only {misspelt} keys were misspelt");
}

/// The line with two letters of its key exchanged; `None` where it holds no key long enough.
fn misspell(line: &str) -> Option<String> {
    let key = line.split_once(" = ")?.0;
    let plain = key.len() >= 4 && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut letters: Vec<char> = key.chars().collect();
    if plain {
        letters.swap(1, 2);
    }
    let changed: String = letters.iter().collect();
    (changed != key).then(|| line.replacen(key, &changed, 1))
}

#[test]
fn the_smallest_handbook_of_the_readme_has_no_findings() {
    let readme = include_str!("../README.md");
    let block = |head: &str, tail: &str| {
        let start = readme.find(head).expect(head) + head.len();
        let rest = &readme[start..];
        rest[..rest.find(tail).expect(tail)].to_owned()
    };
    let prose = block("content/roles/sosiaaliohjaaja.sv.md -->\n", "```");
    let swedish = [
        ("Vireilletulo", "Inledande av ärende"),
        ("Sisältö", "Innehåll"),
        ("Tavoite", "Mål"),
        ("Suhde asiakkaaseen", "Relation till klienten"),
    ];
    let translated = swedish.iter().fold(prose.clone(), |text, (fi, sv)| text.replace(fi, sv));
    let handbook = common::Handbook::new(&[
        ("site.toml", &block("# site.toml\n", "```")),
        ("content/tasks.toml", &block("# content/tasks.toml\n", "```")),
        ("content/roles/sosiaaliohjaaja.fi.md", &prose),
        ("content/roles/sosiaaliohjaaja.sv.md", &translated),
    ]);
    assert_eq!(handbook.says("en"), "");
    assert!(handbook.shows("sv/roller/sosiaaliohjaaja.html").contains("Relation till klienten"));
}
