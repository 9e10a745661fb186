//! Changes asked for by an editor: what stands in the files before, a change, what stands there afterwards.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, missing_docs, reason = "tests")]

mod common;

use common::{SITE, sources};
use polku::base::diag::Diagnostics;
use polku::base::lang::Lang;
use polku::base::source::Sources;
use polku::edit::{Change, apply};
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

const ROLE: &str =
    "# Roolit\n\n[role.x]\n# nimi\nname.fi = \"Yksi\" # tärkeä\nname.sv = \"Ett\"\nowner = \"y\"\n";

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

const TASK: &str = "[task.t]\nname.fi = \"T\"\nname.sv = \"T\"\nlaw = [\n  # ensin\n  \"SHL 6 §\",\n  \"SHL 7 §\", # toinen\n]\n\n# eka\n[[task.t.recorded]]\nid = \"a\"\ntext.fi = \"A\"\n\n# toka\n[[task.t.recorded]]\ntext.fi = \"B\"\n\n# --- Muut ---\n\n[role.y]\nname.fi = \"Y\"\n";

#[test]
fn rows_go_with_their_comments() {
    check(
        TASK,
        r#"{"do":"move","at":"task/t.recorded.2","to":1}"#,
        &TASK.replace(
            "# eka\n[[task.t.recorded]]\nid = \"a\"\ntext.fi = \"A\"\n\n# toka\n[[task.t.recorded]]\ntext.fi = \"B\"\n",
            "# toka\n[[task.t.recorded]]\ntext.fi = \"B\"\n\n# eka\n[[task.t.recorded]]\nid = \"a\"\ntext.fi = \"A\"\n",
        ),
    );
    check(
        TASK,
        r#"{"do":"remove","at":"task/t.recorded.a"}"#,
        &TASK.replace("# eka\n[[task.t.recorded]]\nid = \"a\"\ntext.fi = \"A\"\n\n", ""),
    );
    check(
        TASK,
        r#"{"do":"insert","at":"task/t.recorded","value":{"text":{"sv":"C","fi":"Ö"}}}"#,
        &TASK
            .replace("\n# --- Muut", "\n[[task.t.recorded]]\ntext.fi = \"Ö\"\ntext.sv = \"C\"\n\n# --- Muut"),
    );
    check(
        TASK,
        r#"{"do":"insert","at":"task/t.recorded","before":1,"value":{"text":{"fi":"Ö"}}}"#,
        &TASK.replace("# eka", "[[task.t.recorded]]\ntext.fi = \"Ö\"\n\n# eka"),
    );
    check(
        TASK,
        r#"{"do":"set","at":"task/t.deadline","value":{"count":7,"unit":"weekday"}}"#,
        &TASK.replace("\n# eka", "deadline.count = 7\ndeadline.unit = \"weekday\"\n\n# eka"),
    );
}

#[test]
fn a_list_keeps_its_lines() {
    check(
        TASK,
        r#"{"do":"set","at":"task/t.law","value":["SHL 7 §","SHL 8 §","SHL 6 §"]}"#,
        &TASK.replace(
            "  # ensin\n  \"SHL 6 §\",\n  \"SHL 7 §\", # toinen\n",
            "  \"SHL 7 §\", # toinen\n  \"SHL 8 §\",\n  # ensin\n  \"SHL 6 §\",\n",
        ),
    );
    check(
        TASK,
        r#"{"do":"set","at":"task/t.responsible","value":["a","b"]}"#,
        &TASK.replace("law =", "responsible = [\"a\", \"b\"]\nlaw ="),
    );
}

#[test]
fn a_new_entity_stands_behind_its_like() {
    check(
        TASK,
        r#"{"do":"create","at":"task/uusi","value":{"name":{"fi":"Uusi"},"law":["SHL 6 §"],"recorded":[{"text":{"fi":"x"}}]}}"#,
        &TASK.replace("# --- Muut", "[task.uusi]\nname.fi = \"Uusi\"\nlaw = [\"SHL 6 §\"]\n\n[[task.uusi.recorded]]\ntext.fi = \"x\"\n\n# --- Muut"),
    );
    let new = r#"{"do":"create","at":"service/s","value":{"name":{"fi":"S"}}}"#;
    assert_eq!(
        changed_file(&[("content/a.toml", TASK)], "content/services.toml", new),
        "[service.s]\nname.fi = \"S\"\n"
    );
    assert_eq!(changed(TASK, r#"{"do":"create","at":"role/y","value":{}}"#), "edit-id-taken");
    assert_eq!(changed(TASK, r#"{"do":"create","at":"partner/y","value":{}}"#), "edit-id-taken");
}

const PHASES: &str = "[role.x]\nname.fi = \"X\"\nname.sv = \"X\"\n[phase.a]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n[phase.b]\nname.fi = \"Loppu\"\nname.sv = \"Slut\"\n";
const CELLS: &str = "Johdanto.\n\n## Loppu\n\n### Sisältö\n\nVanha.\n\n### Tavoite\n\nT\n\n## Muuta\n\nM\n";

#[track_caller]
fn check_prose(before: &str, change: &str, after: &str) {
    let files = [("content/a.toml", PHASES), ("content/roles/x.fi.md", before)];
    assert_eq!(changed_file(&files, "content/roles/x.fi.md", change), after);
}

#[test]
fn prose_changes_only_in_its_section() {
    let set =
        |at: &str, text: &str| format!(r#"{{"do":"prose","at":"role/x#{at}","lang":"fi","text":"{text}"}}"#);
    check_prose(CELLS, &set("b.content", "Uusi\\n\\n- a\\n"), &CELLS.replace("Vanha.", "Uusi\n\n- a"));
    check_prose(
        CELLS,
        &set("b.relation", "R"),
        &CELLS
            .replace("## Muuta", "### Suhde\n\nR\n\n## Muuta")
            .replace("Suhde", polku::model::words::part(polku::model::prose::Part::Relation, Lang::FI)),
    );
    check_prose(
        CELLS,
        &set("a.goal", "G"),
        &CELLS.replace("## Loppu", "## Alku\n\n### Tavoite\n\nG\n\n## Loppu"),
    );
    check_prose(CELLS, &set("muuta", "Uusi"), &CELLS.replace("\nM\n", "\nUusi\n"));
    check_prose(CELLS, &set("", "Intro"), &CELLS.replace("Johdanto.", "Intro"));
    check_prose(CELLS, &set("b.goal", ""), &CELLS.replace("### Tavoite\n\nT\n\n", ""));
    check_prose(CELLS, &set("muuta", ""), &CELLS.replace("\n## Muuta\n\nM\n", ""));
    check_prose(CELLS, &set("b.goal", "## Ylös"), "edit-outline");
    check_prose(CELLS, &set("muuta", "```\\nauki"), "edit-outline");
}

const LINKED: &str = "[role.x]\nname.fi = \"X\"\nname.sv = \"X\"\n\n# toinen\n[role.y]\nname.fi = \"Y\"\nname.sv = \"Y\"\nowner = \"x\"\nmanager = \"x\"\n\n[task.t]\nname.fi = \"T\"\nname.sv = \"T\"\nresponsible = [\"x\", \"y\"]\n\n[page.p]\nname.fi = \"P\"\nname.sv = \"P\"\n";
const PAGE: &str = "Katso [[x]], [[role:x#osa]] ja [tämä](../roles/x.fi.md).\n";
const FILES: &[(&str, &str)] = &[
    ("content/a.toml", LINKED),
    ("content/pages/p.fi.md", PAGE),
    ("content/roles/x.fi.md", "Teksti.\n"),
    (
        "translations.lock",
        "role/x.name fi:0123456789 sv:0123456789\nrole/y.name fi:0123456789 sv:0123456789\n",
    ),
];

#[test]
fn a_new_id_reaches_everything_that_refers_to_it() {
    let rename = r#"{"do":"rename","at":"role/x","to":"uusi"}"#;
    let of = |path| changed_file(FILES, path, rename);
    assert_eq!(
        of("content/a.toml"),
        LINKED.replace("role.x", "role.uusi").replace("\"x\"", "\"uusi\"").replacen(
            "name.sv = \"X\"\n",
            "name.sv = \"X\"\nformer_ids = [\"x\"]\n",
            1
        )
    );
    assert_eq!(
        of("content/pages/p.fi.md"),
        "Katso [[uusi]], [[role:uusi#osa]] ja [tämä](../roles/uusi.fi.md).\n"
    );
    assert_eq!(of("content/roles/uusi.fi.md"), "Teksti.\n");
    assert_eq!(of("content/roles/x.fi.md"), "(no file)");
    assert!(of("translations.lock").starts_with("role/uusi.name fi"));
}

#[test]
fn nothing_is_taken_out_while_it_is_referred_to() {
    let delete = |unlink| format!(r#"{{"do":"delete","at":"role/x","unlink":{unlink}}}"#);
    assert_eq!(changed_file(FILES, "content/a.toml", &delete(false)), "edit-referred");
    assert_eq!(
        changed_file(FILES, "content/a.toml", &delete(true)),
        LINKED
            .replace("[role.x]\nname.fi = \"X\"\nname.sv = \"X\"\n\n", "")
            .replace("owner = \"x\"\nmanager = \"x\"\n", "")
            .replace("[\"x\", \"y\"]", "[\"y\"]")
    );
    assert_eq!(changed_file(FILES, "content/pages/p.fi.md", &delete(true)), "Katso X, X ja tämä.\n");
    assert_eq!(changed_file(FILES, "content/roles/x.fi.md", &delete(true)), "(no file)");
}

#[test]
fn entities_change_their_order_with_their_comments() {
    let (x, y) = (
        "[role.x]\nname.fi = \"X\"\nname.sv = \"X\"\n\n",
        "# toinen\n[role.y]\nname.fi = \"Y\"\nname.sv = \"Y\"\nowner = \"x\"\nmanager = \"x\"\n\n",
    );
    let swapped = LINKED.replace(&format!("{x}{y}"), &format!("{y}{x}"));
    check(LINKED, r#"{"do":"order","at":"role/y","before":"role/x"}"#, &swapped);
    check(LINKED, r#"{"do":"order","at":"role/x"}"#, &swapped);
}
