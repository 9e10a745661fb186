//! `polku compare`: one edit gives one change, told to everybody whom it concerns in both languages, and
//! nothing that is no handbook is compared.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{Handbook, SITE};
use polku::base::lang::Lang;
use polku::data::{Change, Comparison, Document, Unread, compare, read, tell};

const BASE: &str = r#"
[axis.tuki]
name.fi = "Tuen tarve"
name.sv = "Stödbehov"
[situation.erityinen]
name.fi = "Erityinen tuki"
name.sv = "Särskilt stöd"
axis = "tuki"
[situation.yleinen]
name.fi = "Yleinen tuki"
name.sv = "Allmänt stöd"
axis = "tuki"
[role.hoitaja]
name.fi = "Hoitaja"
name.sv = "Skötare"
employment = "public_office"
[role.ohjaaja]
name.fi = "Ohjaaja"
name.sv = "Handledare"
employment = "public_office"
[role.johtaja]
name.fi = "Johtaja"
name.sv = "Chef"
employment = "public_office"
[function.omahoitaja]
name.fi = "Omahoitaja"
name.sv = "Egenskötare"
[[function.omahoitaja.carrier]]
role = "hoitaja"
[phase.alku]
name.fi = "Alku"
name.sv = "Början"
[phase.loppu]
name.fi = "Loppu"
name.sv = "Slutet"
[task.arvio]
name.fi = "Arviointi"
name.sv = "Bedömning"
phase = "alku"
situations = ["yleinen"]
accountable = "hoitaja"
supports = ["ohjaaja"]
informed = "*"
[task.paatos]
name.fi = "Päätös"
name.sv = "Beslut"
phase = "alku"
accountable = "ohjaaja"
decision = "discretionary"
limit.fi = "500 euroa"
limit.sv = "500 euro"
above = "johtaja"
[task.paatos.delegation]
document = "1/2026"
[task.seuranta]
name.fi = "Seuranta"
name.sv = "Uppföljning"
phase = "loppu"
accountable = "omahoitaja"
consulted = ["client"]
"#;

fn document(toml: &str) -> Document {
    let handbook = Handbook::new(&[("site.toml", SITE), ("content/a.toml", toml)]);
    read(&handbook.page("handbook.json").unwrap()).unwrap()
}

fn after(edits: &[(&str, &str)]) -> Comparison {
    let mut edited = BASE.to_owned();
    for (from, to) in edits {
        assert_eq!(edited.matches(from).count(), 1, "{from}");
        edited = edited.replace(from, to);
    }
    compare(document(BASE), document(&edited))
}

/// A change in one line.
fn brief(change: &Change) -> String {
    match change {
        Change::Added(key) => format!("added {key}"),
        Change::Removed(key) => format!("removed {key}"),
        Change::Renamed(key) => format!("renamed {key}"),
        Change::Handed { task, decides } => {
            format!("handed {task}{}", if *decides { " with power" } else { "" })
        }
        Change::Shared { task, actor, old, new } => {
            let shares = |parts: &std::collections::BTreeSet<_>| {
                let parts =
                    parts.iter().map(|(share, when): &(polku::model::division::Share, Option<String>)| {
                        format!("{}{}", share.as_str(), when.as_deref().unwrap_or_default())
                    });
                parts.collect::<Vec<_>>().join("+")
            };
            format!("shared {task} {actor} {}>{}", shares(old), shares(new))
        }
        Change::Power { task, power } => format!("power {task} {power:?}"),
        Change::Situations(task) => format!("situations {task}"),
        Change::Phases(task) => format!("phases {task}"),
        Change::Carries { function, role } => format!("carries {function} {role}"),
    }
}

/// What is edited, into what, and the one change that it gives.
const EDITS: &[(&str, &str, &str)] = &[
    ("accountable = \"hoitaja\"", "accountable = \"johtaja\"", "handed task/arvio"),
    ("accountable = \"hoitaja\"", "accountable = \"ohjaaja\"", "handed task/arvio"),
    ("accountable = \"ohjaaja\"\ndec", "accountable = \"hoitaja\"\ndec", "handed task/paatos with power"),
    ("supports = [\"ohjaaja\"]\n", "", "shared task/arvio role/ohjaaja supports>"),
    (
        "supports = [\"ohjaaja\"]",
        "consulted = [\"ohjaaja\"]",
        "shared task/arvio role/ohjaaja supports>consulted",
    ),
    (
        "supports = [\"ohjaaja\"]",
        "supports = [\"ohjaaja\", \"johtaja\"]",
        "shared task/arvio role/johtaja >supports",
    ),
    ("informed = \"*\"\n", "", "shared task/arvio * informed>"),
    ("consulted = [\"client\"]\n", "", "shared task/seuranta client consulted>"),
    ("above = \"johtaja\"\n", "", "power task/paatos Above"),
    ("limit.sv = \"500 euro\"", "limit.sv = \"900 euro\"", "power task/paatos Limit"),
    ("document = \"1/2026\"", "document = \"2/2026\"", "power task/paatos Delegation"),
    ("decision = \"discretionary\"\n", "", "power task/paatos Decision"),
    ("decision = \"discretionary\"", "decision = \"involuntary\"", "power task/paatos Decision"),
    ("above = \"johtaja\"", "above = \"johtaja\"\ndecides = \"johtaja\"", "power task/paatos Decides"),
    ("above = \"johtaja\"", "above = \"johtaja\"\nsubstitute = \"hoitaja\"", "power task/paatos Substitute"),
    ("situations = [\"yleinen\"]", "situations = [\"erityinen\"]", "situations task/arvio"),
    ("situations = [\"yleinen\"]\n", "", "situations task/arvio"),
    ("phase = \"loppu\"", "phase = [\"alku\", \"loppu\"]", "phases task/seuranta"),
    ("name.fi = \"Seuranta\"", "name.fi = \"Jälkiseuranta\"", "renamed task/seuranta"),
    ("name.sv = \"Skötare\"", "name.sv = \"Vårdare\"", "renamed role/hoitaja"),
    ("name.fi = \"Loppu\"", "name.fi = \"Päättäminen\"", "renamed phase/loppu"),
    ("[phase.alku]", "[phase.uusi]\nname.fi = \"Uusi\"\nname.sv = \"Ny\"\n[phase.alku]", "added phase/uusi"),
    ("[phase.alku]", "[role.uusi]\nname.fi = \"Uusi\"\nname.sv = \"Ny\"\n[phase.alku]", "added role/uusi"),
    (
        "[task.seuranta]",
        "[task.uusi]\nname.fi = \"Uusi\"\nname.sv = \"Ny\"\nphase = \"alku\"\naccountable = \"hoitaja\"\n[task.seuranta]",
        "added task/uusi",
    ),
    (
        "[task.seuranta]\nname.fi = \"Seuranta\"\nname.sv = \"Uppföljning\"\nphase = \"loppu\"\naccountable = \"omahoitaja\"\nconsulted = [\"client\"]\n",
        "",
        "removed task/seuranta",
    ),
    (
        "role = \"hoitaja\"",
        "role = \"hoitaja\"\nnot_in = [\"erityinen\"]",
        "carries function/omahoitaja role/hoitaja",
    ),
    // What has another id now and says which it had is the same thing.
    ("[task.seuranta]\n", "[task.jalkiseuranta]\nformer_ids = [\"seuranta\"]\n", ""),
    // What is told elsewhere, or by nobody.
    (
        "employment = \"public_office\"\n[function.omahoitaja]",
        "employment = \"contract\"\n[function.omahoitaja]",
        "",
    ),
    ("consulted = [\"client\"]", "consulted = [\"client\"]\nlaw = []", ""),
];

#[test]
fn one_edit_gives_one_change() {
    for (from, to, expected) in EDITS {
        let found: Vec<String> = after(&[(from, to)]).changes.iter().map(brief).collect();
        assert_eq!(found.join(" | "), *expected, "{from} → {to}");
    }
}

/// The base with a task that is to become one with another.
fn merged(edits: &[(&str, &str)]) -> String {
    let second = "[task.kirjaus]\nname.fi = \"Kirjaus\"\nname.sv = \"Dokumentation\"\nphase = \"loppu\"\naccountable = \"hoitaja\"\n";
    let before = format!("{BASE}{second}");
    let mut now = before.clone();
    for (from, to) in edits {
        assert_eq!(now.matches(from).count(), 1, "{from}");
        now = now.replace(from, to);
    }
    let found = compare(document(&before), document(&now)).changes;
    found.iter().map(brief).collect::<Vec<_>>().join(" | ")
}

#[test]
fn of_things_that_became_one_the_others_are_no_longer_there() {
    let gone = "[task.kirjaus]\nname.fi = \"Kirjaus\"\nname.sv = \"Dokumentation\"\nphase = \"loppu\"\naccountable = \"hoitaja\"\n";
    // One that was there already takes another in.
    let taken_in = [(gone, ""), ("[task.seuranta]\n", "[task.seuranta]\nformer_ids = [\"kirjaus\"]\n")];
    assert_eq!(merged(&taken_in), "removed task/kirjaus");
    // A new one takes both in: the first goes on.
    let both = [(gone, ""), ("[task.seuranta]\n", "[task.uusi]\nformer_ids = [\"seuranta\", \"kirjaus\"]\n")];
    assert_eq!(merged(&both), "removed task/kirjaus");
    // An id that is in use again is no former one.
    let again = [("[task.seuranta]\n", "[task.seuranta]\nformer_ids = [\"kirjaus\"]\n")];
    assert_eq!(merged(&again), "");
}

#[test]
fn every_change_is_told_in_every_language_and_nothing_where_nothing_changed() {
    for (from, to, expected) in EDITS {
        for lang in Lang::SPOKEN {
            let told = tell(&after(&[(from, to)]), lang);
            assert_eq!(told.contains("\n- "), !expected.is_empty(), "{from} → {to}\n{told}");
            assert!(!told.contains(['{', '}']) && !told.contains("****"), "{told}");
        }
    }
    for (lang, words) in [
        (Lang::FI, "Työnjaossa ei ole muutoksia."),
        (Lang::SV, "Inga ändringar i arbetsfördelningen."),
        (Lang::EN, "No changes in the division of work."),
    ] {
        assert!(tell(&after(&[]), lang).contains(words));
    }
}

#[test]
fn three_edits_give_three_changes_told_to_those_they_concern() {
    let edits = [
        ("accountable = \"hoitaja\"", "accountable = \"johtaja\""),
        (
            "limit.fi = \"500 euroa\"\nlimit.sv = \"500 euro\"",
            "limit.fi = \"900 euroa\"\nlimit.sv = \"900 euro\"",
        ),
        (
            "name.fi = \"Seuranta\"\nname.sv = \"Uppföljning\"",
            "name.fi = \"Jälkityö\"\nname.sv = \"Efterarbete\"",
        ),
    ];
    let comparison = after(&edits);
    assert_eq!(comparison.changes.len(), 3);
    let finnish = "# Mitä työnjaossa muuttui\n\nKäsikirja, 21.11.2026 → 21.11.2026\n\n\
        Muutoksia: 3. Muutos, joka koskee useaa, on kirjoitettu jokaisen kohdalle.\n\n\
        ## Hoitaja\n\n\
        - Tehtävä siirtyi: **Arviointi**. Aiemmin vastasi Hoitaja, nyt vastaa Johtaja.\n\n\
        ## Ohjaaja\n\n\
        - Päätösvallan raja muuttui: **Päätös**. Aiemmin 500 euroa, nyt 900 euroa.\n\n\
        ## Johtaja\n\n\
        - Tehtävä siirtyi: **Arviointi**. Aiemmin vastasi Hoitaja, nyt vastaa Johtaja.\n\n\
        ## Omahoitaja\n\n\
        - Uusi nimi: **Jälkityö** (tehtävä). Aiemmin Seuranta.\n";
    assert_eq!(tell(&comparison, Lang::FI), finnish);
    let swedish = tell(&comparison, Lang::SV);
    assert!(
        swedish.contains(
            "- Uppgiften har flyttats: **Bedömning**. Tidigare ansvarade Skötare, nu ansvarar Chef."
        )
    );
    assert!(swedish.contains("Tidigare 500 euro, nu 900 euro."));
}

#[test]
fn whoever_stays_in_a_task_that_is_handed_over_is_told_so() {
    let edits = [(
        "accountable = \"hoitaja\"\nsupports = [\"ohjaaja\"]",
        "accountable = \"ohjaaja\"\nsupports = [\"hoitaja\"]",
    )];
    let comparison = after(&edits);
    assert_eq!(comparison.changes.len(), 1);
    assert!(tell(&comparison, Lang::FI).contains("Edelleen mukana: Hoitaja (osallistuu)."));
}

#[test]
fn what_a_name_holds_is_only_a_name() {
    let name = "x {new} \\u001b[2J \\n- y";
    let told = tell(&after(&[("name.fi = \"Seuranta\"", &format!("name.fi = \"{name}\""))]), Lang::FI);
    assert!(told.contains("x {new}") && !told.contains('\u{1b}'), "{told}");
    assert_eq!(told.matches("\n- ").count(), 1, "{told}");
}

#[test]
fn what_is_no_handbook_is_told_apart() {
    let page = Handbook::new(&[("site.toml", SITE), ("content/a.toml", BASE)]).page("handbook.json").unwrap();
    let cut = &page[..page.len() / 2];
    let deep = "[".repeat(100_000);
    for text in ["", "  ", "käsikirja", "{\"format\": 1,}", cut, deep.as_str(), "\u{0}", "NaN"] {
        assert!(matches!(read(text), Err(Unread::NotJson(_))), "{}", &text[..text.len().min(20)]);
    }
    for text in ["{}", "[]", "1", "null", "\"x\"", "{\"format\": 1}", "{\"entities\": {}}"] {
        assert_eq!(read(text), Err(Unread::NotOurs), "{text}");
    }
    assert_eq!(read(&page.replace("\"format\":1", "\"format\":2")), Err(Unread::Version("2".into())));
    assert_eq!(read(&page.replace("\"format\":1", "\"format\":\"1\"")), Err(Unread::Version("\"1\"".into())));
    let damaged = page.replace("\"accountable\":\"role/hoitaja\"", "\"accountable\":[1]");
    assert!(matches!(read(&damaged), Err(Unread::Damaged(_))));
    assert!(read(&format!("\u{feff}{page}")).is_ok());
    assert!(read("{\"format\":1,\"date\":\"\",\"site\":{},\"entities\":{}}").is_ok());
}

fn polku(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_polku")).args(args).output().unwrap()
}

fn built(folder: &Path, name: &str, toml: &str, day: &str) -> String {
    let root = folder.join(name);
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("site.toml"), SITE).unwrap();
    fs::write(root.join("content/a.toml"), toml).unwrap();
    let told = polku(&["build", "--root", root.to_str().unwrap(), "--today", day]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    root.join("public/handbook.json").to_str().unwrap().to_owned()
}

#[test]
fn the_program_compares_two_published_handbooks() {
    let folder = tempfile::tempdir().unwrap();
    let old = built(folder.path(), "old", BASE, "2026-08-21");
    let edited = BASE.replace(
        "name.fi = \"Seuranta\"\nname.sv = \"Uppföljning\"",
        "name.fi = \"Jälkityö\"\nname.sv = \"Efterarbete\"",
    );
    let new = built(folder.path(), "new", &edited, "2026-11-21");
    let told = polku(&["compare", &old, &new]);
    let text = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.status.code(), Some(0));
    assert!(
        text.contains("Käsikirja, 21.8.2026 → 21.11.2026") && text.contains("# Vad som ändrades"),
        "{text}"
    );
    assert!(text.contains("Yksi muutos.") && text.contains("En ändring."), "{text}");
    let only = polku(&["compare", &old, &new, "--lang", "sv"]);
    let text = String::from_utf8(only.stdout).unwrap();
    assert!(text.starts_with("# Vad som ändrades") && !text.contains("muuttui"), "{text}");
    let folder = folder.path().join("a/b");
    let into = polku(&["compare", &old, &new, "--out", folder.to_str().unwrap()]);
    assert_eq!(into.status.code(), Some(0));
    assert_eq!(String::from_utf8(into.stdout).unwrap().lines().count(), 2);
    assert!(fs::read_to_string(folder.join("changes.fi.md")).unwrap().contains("Jälkityö"));
    assert!(fs::read_to_string(folder.join("changes.sv.md")).unwrap().contains("Efterarbete"));
    let taken = polku(&["compare", &old, &new, "--out", &format!("{old}/below"), "--lang", "fi"]);
    assert_eq!(taken.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&taken.stderr).contains("write-failed"));
    let same = polku(&["compare", &old, &old, "--lang", "fi"]);
    assert_eq!(same.status.code(), Some(0));
    assert!(String::from_utf8(same.stdout).unwrap().contains("Työnjaossa ei ole muutoksia."));
}

#[test]
fn files_that_cannot_be_compared_are_told_in_the_wished_language() {
    let folder = tempfile::tempdir().unwrap();
    let good = built(folder.path(), "good", BASE, "2026-11-21");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let page = fs::read_to_string(&good).unwrap();
    let nowhere = folder.path().join("nowhere.json").to_str().unwrap().to_owned();
    let folder_itself = folder.path().to_str().unwrap().to_owned();
    let huge = folder.path().join("huge.json");
    fs::File::create(&huge).unwrap().set_len(300 * 1024 * 1024).unwrap();
    for (path, code) in [
        (file("empty.json", b""), "not-json"),
        (file("page.html", b"<!doctype html>"), "not-json"),
        (file("latin.json", b"\xe4\xf6"), "not-json"),
        (file("other.json", b"{\"a\": 1}"), "not-a-handbook"),
        (file("later.json", page.replace("\"format\":1", "\"format\":9").as_bytes()), "other-version"),
        (file("spoilt.json", page.replace("\"site\":{", "\"site\":7,\"x\":{").as_bytes()), "damaged-data"),
        (huge.to_str().unwrap().to_owned(), "data-too-large"),
        (nowhere, "data-unreadable"),
        (folder_itself, "data-unreadable"),
    ] {
        for lang in ["fi", "sv", "en"] {
            for args in [["compare", path.as_str(), good.as_str()], ["compare", good.as_str(), path.as_str()]]
            {
                let told = polku(&[&args[..], &["--lang", lang]].concat());
                let text = String::from_utf8_lossy(&told.stderr).into_owned();
                assert_eq!(told.status.code(), Some(2), "{path}: {text}");
                assert!(text.contains(code) && told.stdout.is_empty(), "{path}: {text}");
            }
        }
    }
}
