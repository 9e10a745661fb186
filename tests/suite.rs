//! The specification: every file of `tests/suite/` holds cases, each a small handbook and what polku
//! says of it or shows of it. `UPDATE=1 cargo test --test suite` writes what it says now.
//!
//! ```text
//! === a key that does not exist is told with the one that was meant
//! --- content/a.toml
//! [role.x]
//! nmae.fi = "X"
//! --- says en
//! content/a.toml:2:1: error[unknown-key]: …
//! --- shows fi/roolit/x.html
//! <main …>…</main>
//! ```
//! Where a case has no `site.toml` it gets one with Finnish and Swedish. `says LANG` lists all findings
//! in the short format; `says LANG human` the drawn ones; `says LANG only CODE…` those of some codes;
//! `shows URL` the `<main>` of a page as published, `shows URL "text"` the lines that contain a text.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its cases")]

mod common;

use std::fs;
use std::path::Path;

use common::{Handbook, SITE};

struct Case {
    name: String,
    files: Vec<(String, String)>,
    /// What is asked, and what is expected.
    asked: Vec<(String, String)>,
}

fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut part: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("=== ") {
            close(&mut cases, part.take());
            cases.push(Case { name: name.trim().to_owned(), files: Vec::new(), asked: Vec::new() });
        } else if let Some(head) = line.strip_prefix("--- ") {
            close(&mut cases, part.take());
            part = Some((head.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = &mut part {
            body.push_str(line);
        }
    }
    close(&mut cases, part);
    cases
}

fn close(cases: &mut [Case], part: Option<(String, String)>) {
    let (Some(case), Some((head, body))) = (cases.last_mut(), part) else { return };
    if head.starts_with("says ") || head.starts_with("shows ") {
        case.asked.push((head, body.trim_end().to_owned() + "\n"));
    } else {
        case.files.push((head, body));
    }
}

fn write(case: &Case, out: &mut String) {
    out.push_str(&format!("=== {}\n", case.name));
    for (head, body) in case.files.iter().chain(&case.asked) {
        out.push_str(&format!("--- {head}\n{body}"));
    }
    out.push('\n');
}

fn handbook(case: &Case) -> Handbook {
    let mut files: Vec<(&str, &str)> = case.files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    if !files.iter().any(|(path, _)| *path == "site.toml") {
        files.push(("site.toml", SITE));
    }
    files.retain(|(path, text)| *path != "site.toml" || text.trim() != "none");
    Handbook::new(&files)
}

fn answer(handbook: &Handbook, asked: &str) -> String {
    let words: Vec<&str> = asked.split_whitespace().collect();
    let told = match words.as_slice() {
        ["says", lang] => handbook.says(lang),
        ["says", lang, "human"] => handbook.says_drawn(lang),
        ["says", lang, "only", codes @ ..] => handbook.says_only(lang, codes),
        ["shows", url] => handbook.shows(url),
        ["shows", url, ..] => {
            let wanted = asked.split('"').nth(1).expect("a text in quotes");
            handbook
                .shows(url)
                .lines()
                .filter(|line| line.contains(wanted))
                .fold(String::new(), |all, line| all + line + "\n")
        }
        _ => panic!("{asked}: neither says nor shows"),
    };
    told.trim_end().to_owned() + "\n"
}

#[test]
fn every_case_says_and_shows_what_it_expects() {
    let update = std::env::var_os("UPDATE").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut wrong, mut asked_in_all) = (Vec::new(), 0);
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "case")) {
        let mut cases = read(&fs::read_to_string(path).unwrap());
        let mut out = String::new();
        for case in &mut cases {
            let handbook = handbook(case);
            let answers: Vec<String> = case.asked.iter().map(|(head, _)| answer(&handbook, head)).collect();
            asked_in_all += answers.len();
            assert!(!answers.is_empty(), "{}: {} asks nothing", path.display(), case.name);
            for ((head, expected), told) in case.asked.iter_mut().zip(answers) {
                if *expected != told {
                    let place = format!("{}: {}\n--- {head}", path.display(), case.name);
                    wrong.push(format!("{place}\nexpected:\n{expected}\ntold:\n{told}"));
                    *expected = told;
                }
            }
            write(case, &mut out);
        }
        if update {
            fs::write(path, out.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(asked_in_all > 0, "no case was read");
    assert!(update || wrong.is_empty(), "{} of {asked_in_all} differ\n\n{}", wrong.len(), wrong.join("\n\n"));
}
