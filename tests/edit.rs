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

#[test]
fn a_record_is_set_as_a_whole() {
    let before = "[segment.s]\nname.fi = \"S\"\n";
    let set = |about: bool| {
        format!(
            r#"{{"do":"set","at":"segment/s.size","value":{{"value":12,"range":[10,20],"about":{about},"date":"21.11.2026","source":{{"fi":"L","sv":null}},"id":""}}}}"#
        )
    };
    let size = "size.value = 12\nsize.range = [10, 20]\nsize.date = 2026-11-21\nsize.source.fi = \"L\"\n";
    check(before, &set(false), &format!("{before}{size}"));
    let about = size.replace("size.date", "size.about = true\nsize.date");
    check(before, &set(true), &format!("{before}{about}"));
    // What is not said is no: neither is written, and what stands there stays.
    check(&format!("{before}{about}"), &set(false), &format!("{before}{size}"));
    let said = format!("{before}{}", about.replace("true", "false"));
    check(&said, &set(false), &said);
}

/// A handbook in which every sort of place stands, with what each is known by.
const PLACES: &[(&str, &str)] = &[
    ("content/a.toml", TASK),
    ("content/tasks/t.fi.md", "Alku.\n\n## Osa\n\nTeksti.\n"),
    ("translations.lock", "task/t.name fi:0123456789 sv:0123456789\n"),
];

#[test]
fn what_has_changed_meanwhile_is_told_with_what_stands_there() {
    let conflicts = [
        (r#""do":"set","at":"task/t.name.fi","value":"X""#, "T"),
        (r#""do":"set","at":"task/t.law","value":[]"#, "SHL 6 §, SHL 7 §"),
        (r#""do":"set","at":"task/t.deadline.count","value":1"#, ""),
        (r#""do":"set","at":"task/t.recorded.a.text.fi","value":"X""#, "A"),
        (r#""do":"move","at":"task/t.recorded.a","to":2"#, "id: a\ntext: fi: A"),
        (r#""do":"remove","at":"task/t.recorded.2""#, "text: fi: B"),
        (r#""do":"prose","at":"task/t","lang":"fi","text":"X""#, "Alku.\n\n## Osa\n\nTeksti."),
        (r#""do":"prose","at":"task/t#osa","lang":"fi","text":"X""#, "Teksti."),
        (r#""do":"delete","at":"role/y""#, "name: fi: Y"),
        (r#""do":"splice","file":"content/a.toml","start":1,"end":5,"text":"X""#, "task"),
    ];
    for (change, theirs) in conflicts {
        let told = changed_file(PLACES, "content/a.toml", &format!(r#"{{{change},"was":"0123456789"}}"#));
        assert_eq!(told, format!("edit-changed: {theirs}"), "{change}");
    }
}

#[test]
fn what_is_known_by_its_base_is_changed() {
    let files: Vec<(&str, &str)> = [("site.toml", SITE)].iter().chain(PLACES).copied().collect();
    let sources = sources(&files);
    let book = book(&sources);
    let bases = polku::edit::Bases::new(&sources, &book);
    let changes = [
        ("task/t.name.fi", None, r#""do":"set","value":"X""#),
        ("task/t.summary.fi", None, r#""do":"set","value":"X""#),
        ("task/t.recorded.a", None, r#""do":"move","to":2"#),
        ("task/t.recorded.2", None, r#""do":"remove""#),
        ("task/t", Some("fi"), r#""do":"prose","lang":"fi","text":"X""#),
        ("task/t#osa", Some("fi"), r#""do":"prose","lang":"fi","text":"X""#),
        ("role/y", None, r#""do":"delete""#),
    ];
    for (at, lang, change) in changes {
        let json = format!(r#"{{{change},"at":"{at}","was":"{}"}}"#, bases.of(at, lang));
        let edited = apply(&sources, &book, &self::changes(&json));
        assert!(edited.is_ok_and(|edited| edited.files.len() == 1), "{json}");
    }
}

#[test]
fn values_of_another_sort_are_refused() {
    let wrong = [
        ("task/t.name", r#""X""#),
        ("task/t.name.fi", "1"),
        ("task/t.name.fi", r#"["X"]"#),
        ("task/t.deadline.count", r#""seitsemän""#),
        ("task/t.deadline.count", "-1"),
        ("task/t.deadline.count", "1.5"),
        ("task/t.deadline.unit", r#""weeks""#),
        ("task/t.deadline", r#"{"cuont":7}"#),
        ("task/t.law", "[6]"),
        ("task/t.responsible", r#"["Ei käy"]"#),
        ("task/t.reviewed", r#""31.2.2026""#),
        ("task/t.recorded.a.id", r#""Ei käy""#),
        ("task/t.recorded", r#"[{"text":"A"}]"#),
        ("task/t.draft", r#""kyllä""#),
    ];
    for (at, value) in wrong {
        let change = format!(r#"{{"do":"set","at":"{at}","value":{value}}}"#);
        let told = changed(TASK, &change);
        assert!(told == "edit-wrong-value" || told == "edit-unknown-place", "{at}: {told}");
    }
    for at in
        ["task/t", "task/t.", "task/t.nmae", "task/t.name.en", "task/t.recorded.9.text.fi", "role", "x/y.z"]
    {
        let change = format!(r#"{{"do":"set","at":"{at}","value":"X"}}"#);
        assert_eq!(changed(TASK, &change), "edit-unknown-place", "{at}");
    }
}

#[test]
fn a_damaged_file_is_changed_only_where_that_is_safe() {
    // A quotation mark is missing: everything behind it may mean something else.
    let open = ROLE.replace("sv = \"Ett\"", "sv = \"Ett");
    let set = |value: &str| format!(r#"{{"do":"set","at":"role/x.name.fi","value":"{value}"}}"#);
    let told = changed(&open, &set("Kaksi"));
    assert!(told == open.replace("Yksi", "Kaksi") || told == "edit-damaged", "{told}");
    let told = changed(&open, r#"{"do":"set","at":"role/x.owner","value":"z"}"#);
    assert!(told == open.replace("\"y\"", "\"z\"") || told == "edit-damaged", "{told}");
    let bracket = TASK.replace("]\n\n# eka", "\n\n# eka");
    let told = changed(&bracket, r#"{"do":"set","at":"task/t.law","value":["SHL 8 §"]}"#);
    assert!(told.starts_with("edit-"), "{told}");
    // What another entity says twice is no reason to refuse.
    let twice = format!("{ROLE}\n[role.z]\nname.fi = \"Z\"\nname.fi = \"Z\"\n");
    check(&twice, &set("Kaksi"), &twice.replace("Yksi", "Kaksi"));
}

#[test]
fn a_part_of_a_file_is_replaced() {
    let splice = |file: &str, start: usize, end: usize| {
        format!(r#"{{"do":"splice","file":"{file}","start":{start},"end":{end},"text":"Ö"}}"#)
    };
    let at = ROLE.find("Yksi").unwrap();
    check(ROLE, &splice("content/a.toml", at, at + 4), &ROLE.replace("Yksi", "Ö"));
    let letter = ROLE.find('ä').unwrap();
    assert_eq!(
        changed(ROLE, &splice("content/a.toml", letter + 1, letter + 2)),
        "edit-layout",
        "half a letter"
    );
    assert_eq!(changed(ROLE, &splice("content/a.toml", 5, 4)), "edit-layout");
    assert_eq!(changed(ROLE, &splice("content/a.toml", 5, 4000)), "edit-layout");
    assert_eq!(changed(ROLE, &splice("content/b.toml", 0, 0)), "edit-unknown-place");
    // Two mends of one file: the second sees the first.
    let two = format!("[{},{}]", splice("content/a.toml", 0, 0), splice("content/a.toml", 0, 0));
    check(ROLE, &two, &format!("ÖÖ{ROLE}"));
}

#[test]
fn texts_over_several_lines_stay_over_several_lines() {
    let before = "[role.x]\nname.fi = \"X\"\nsummary.fi = \"\"\"\nEnsimmäinen rivi\non tässä,\nja toinen \\\ntässä.\"\"\" # loppu\nsummary.sv = '''\nEn rad\noch en till'''\n";
    let set =
        |lang: &str, text: &str| format!(r#"{{"do":"set","at":"role/x.summary.{lang}","value":"{text}"}}"#);
    check(
        before,
        &set("fi", "Ensimmäinen rivi on tässä, ja kolmas tässä."),
        &before.replace("toinen", "kolmas"),
    );
    check(before, &set("fi", "Ensimmäinen rivi on tässä, ja toinen tässä."), before);
    check(before, &set("sv", "En rad och två till"), &before.replace("en till", "två till"));
    check(
        before,
        &set("sv", "Det är hon's"),
        &before.replace("'''\nEn rad\noch en till'''", "\"Det är hon's\""),
    );
}

#[test]
fn rows_in_braces_stay_in_braces() {
    let before = "[task.t]\nname = { fi = \"T\", sv = \"T\" }\nrecorded = [{ id = \"a\", text.fi = \"A\" }, { text = { fi = \"B\" } }] # loppu\n";
    check(
        before,
        r#"{"do":"set","at":"task/t.recorded.a.text.sv","value":"Å"}"#,
        &before.replace("text.fi = \"A\"", "text.fi = \"A\", text.sv = \"Å\""),
    );
    check(
        before,
        r#"{"do":"set","at":"task/t.recorded.2.text.sv","value":"Å"}"#,
        &before.replace("fi = \"B\" }", "fi = \"B\", sv = \"Å\" }"),
    );
    check(before, r#"{"do":"set","at":"task/t.name.fi","value":null}"#, &before.replace("fi = \"T\", ", ""));
    check(
        before,
        r#"{"do":"move","at":"task/t.recorded.2","to":1}"#,
        &before.replace(
            "{ id = \"a\", text.fi = \"A\" }, { text = { fi = \"B\" } }",
            "{ text = { fi = \"B\" } }, { id = \"a\", text.fi = \"A\" }",
        ),
    );
    check(
        before,
        r#"{"do":"remove","at":"task/t.recorded.a"}"#,
        &before.replace("{ id = \"a\", text.fi = \"A\" }, ", ""),
    );
    check(
        before,
        r#"{"do":"insert","at":"task/t.recorded","value":{"text":{"fi":"C"}}}"#,
        &before.replace("} }] #", "} }, { text.fi = \"C\" }] #"),
    );
}

#[test]
fn every_line_ends_as_it_did() {
    let before = "[role.x]\r\nname.fi = \"X\"\r\nname.sv = \"X\"\n\n[role.y]\nname.fi = \"Y\"\r\n";
    check(
        before,
        r#"[{"do":"set","at":"role/x.name.fi","value":"Z"},{"do":"set","at":"role/y.name.fi","value":"Å"}]"#,
        &before.replace("fi = \"X\"", "fi = \"Z\"").replace("\"Y\"", "\"Å\""),
    );
    check(
        before,
        r#"[{"do":"set","at":"role/x.summary.fi","value":"S"},{"do":"set","at":"role/y.summary.fi","value":"S"}]"#,
        &before
            .replace("sv = \"X\"\n", "sv = \"X\"\nsummary.fi = \"S\"\n")
            .replace("\"Y\"\r\n", "\"Y\"\r\nsummary.fi = \"S\"\r\n"),
    );
    check(
        before,
        r#"{"do":"set","at":"role/x.name.sv","value":null}"#,
        &before.replace("name.sv = \"X\"\n", ""),
    );
}

#[test]
fn what_is_misspelt_is_changed_where_it_stands() {
    let before = "[role.x]\nnmae.fi = \"Yksi\"\nname.sv = \"Ett\"\nonwer = \"y\"\n";
    check(before, r#"{"do":"set","at":"role/x.name.fi","value":"Kaksi"}"#, &before.replace("Yksi", "Kaksi"));
    check(before, r#"{"do":"set","at":"role/x.name.sv","value":"Två"}"#, &before.replace("Ett", "Två"));
    check(before, r#"{"do":"set","at":"role/x.owner","value":"z"}"#, &before.replace("\"y\"", "\"z\""));
    check(before, r#"{"do":"set","at":"role/x.owner","value":null}"#, &before.replace("onwer = \"y\"\n", ""));
    let change = r#"{"do":"set","at":"role/x.name.fi","value":"X","was":""}"#;
    assert_eq!(changed(before, change), "edit-changed: Yksi", "it is not as if nothing stood there");
}

#[test]
fn what_refers_to_a_row_follows_its_id() {
    let before = "[process.p]\nname.fi = \"P\"\nname.sv = \"P\"\n\n[[process.p.step]]\nid = \"a\"\ntext.fi = \"A\"\nnext = [\"b\", \"a\"]\n\n[[process.p.step]]\nid = \"b\"\ntext.fi = \"B\"\n\n[[process.p.step.branch]]\ntext.fi = \"Uudestaan\"\nnext = \"a\"\n";
    let lock = "process/p.step.a.text fi:0123456789 sv:0123456789\nprocess/p.step.ab.text fi:0123456789 sv:0123456789\n";
    let files = [("content/a.toml", before), ("translations.lock", lock)];
    let change = r#"{"do":"set","at":"process/p.step.a.id","value":"alku"}"#;
    assert_eq!(
        changed_file(&files, "content/a.toml", change),
        before
            .replace("id = \"a\"", "id = \"alku\"")
            .replace("\"b\", \"a\"", "\"b\", \"alku\"")
            .replace("next = \"a\"", "next = \"alku\"")
    );
    assert_eq!(changed_file(&files, "translations.lock", change), lock.replace("step.a.", "step.alku."));
    // Two rows with one id: nobody knows which of them is meant.
    let twice = before.replace("id = \"b\"", "id = \"a\"");
    check(&twice, change, &twice.replacen("id = \"a\"", "id = \"alku\"", 1));
}

#[test]
fn what_was_confirmed_of_what_is_gone_is_forgotten() {
    let delete = r#"{"do":"delete","at":"role/x","unlink":true}"#;
    assert_eq!(changed_file(FILES, "translations.lock", delete), "role/y.name fi:0123456789 sv:0123456789\n");
}

#[test]
fn no_file_is_too_damaged_to_be_refused() {
    let changes = [
        r#"{"do":"set","at":"task/t.law","value":["SHL 8 §"]}"#,
        r#"{"do":"set","at":"task/t.name.sv","value":null}"#,
        r#"{"do":"set","at":"task/t.deadline","value":{"count":7}}"#,
        r#"{"do":"insert","at":"task/t.recorded","before":1,"value":{"text":{"fi":"Ö"}}}"#,
        r#"{"do":"move","at":"task/t.recorded.2","to":1}"#,
        r#"{"do":"remove","at":"task/t.recorded.1"}"#,
        r#"{"do":"delete","at":"role/y"}"#,
        r#"{"do":"rename","at":"task/t","to":"uusi"}"#,
        r#"{"do":"order","at":"task/t"}"#,
        r#"{"do":"create","at":"task/toinen","value":{"name":{"fi":"X"}}}"#,
    ];
    let inline = "[task.t]\nname = { fi = \"T\", sv = \"T\" }\nlaw = \"SHL 6 §\"\nrecorded = [{ id = \"a\", text.fi = \"A\" }, { text = { fi = \"B\" } }]\n";
    for text in [TASK, inline] {
        for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_alphanumeric()) {
            let damaged = format!("{}{}", &text[..at], &text[at + letter.len_utf8()..]);
            for (number, change) in changes.into_iter().enumerate() {
                let told = changed(&damaged, change);
                // What stands behind the fields that are set is not taken away with a mistake in them.
                let tail = damaged.find("# eka").filter(|eka| *eka >= at).map_or("", |eka| &damaged[eka..]);
                let is_kept = number > 2 || told.starts_with("edit-") || told.ends_with(tail);
                assert!(is_kept, "{damaged}\n{change}\n{told}");
            }
        }
    }
}
