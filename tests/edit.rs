//! Changes asked for by an editor: what stands in the files before, a change, what stands there afterwards.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, missing_docs, reason = "tests")]

mod common;

use common::{SITE, sources};
use polku::base::diag::Diagnostics;
use polku::base::lang::Lang;
use polku::base::source::Sources;
use polku::edit::{Change, apply, base};
use polku::model::book::Handbook;
use polku::model::load::load;

fn book(sources: &Sources) -> Handbook {
    load(sources, &mut Diagnostics::default())
}

fn changes(json: &str) -> Vec<Change> {
    if json.trim_start().starts_with('[') {
        return serde_json::from_str(json).unwrap();
    }
    vec![serde_json::from_str(json).unwrap()]
}

fn text(sources: &Sources, path: &str) -> String {
    sources.find(path).map_or_else(|| "(no file)".to_owned(), |file| file.text().to_owned())
}

/// Changes `content/a.toml`; gives back the file, or the code of the refusal.
fn changed(before: &str, change: &str) -> String {
    changed_file(&[("content/a.toml", before)], "content/a.toml", change)
}

fn changed_file(files: &[(&str, &str)], path: &str, change: &str) -> String {
    let site = [("site.toml", SITE)];
    let own = files.iter().any(|(path, _)| *path == "site.toml");
    let all: Vec<(&str, &str)> = site.iter().filter(|_| !own).chain(files).copied().collect();
    let sources = sources(&all);
    let book = book(&sources);
    match apply(&sources, &book, &changes(change)) {
        Ok(edited) => text(&edited.sources, path),
        Err(refused) => {
            let refused = &refused[0];
            assert!(!refused.why.message(Lang::FI).contains('?'), "{}", refused.why.message(Lang::FI));
            let theirs = refused.theirs.as_ref().map_or(String::new(), |theirs| format!(": {theirs}"));
            format!("{}{theirs}", refused.why.code.id())
        }
    }
}

#[track_caller]
fn check(before: &str, change: &str, after: &str) {
    assert_eq!(changed(before, change), after);
}

const ROLE: &str = "# Roolit\n\n[role.x]\n# nimi\nname.fi = \"Yksi\" # tärkeä\nname.sv = \"Ett\"\nowner = \"y\"\n";

#[test]
fn a_text_is_replaced_where_it_stands() {
    check(
        ROLE,
        r#"{"do":"set","at":"role/x.name.fi","value":"Kaksi \"eli\" 2 \\"}"#,
        &ROLE.replace("\"Yksi\"", "'Kaksi \"eli\" 2 \\'"),
    );
}

#[test]
fn a_language_goes_behind_the_other() {
    check(
        ROLE,
        r#"[{"do":"set","at":"role/x.summary.sv","value":"Två\nrader"},
            {"do":"set","at":"role/x.summary.fi","value":" Kaksi "}]"#,
        &ROLE.replace("owner", "summary.sv = \"Två rader\"\nsummary.fi = \"Kaksi\"\nowner"),
    );
}

#[test]
fn what_is_taken_out_leaves_its_comment() {
    check(
        ROLE,
        r#"{"do":"set","at":"role/x.name.fi","value":null}"#,
        &ROLE.replace("name.fi = \"Yksi\" # tärkeä", "# tärkeä"),
    );
}
