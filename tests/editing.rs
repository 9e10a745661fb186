//! Editing through a real preview server: who may write, what is saved, and that nothing is lost.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

#[path = "common/server.rs"]
mod server;

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use server::{Server, status};

const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n";
const ROLE: &str = "# Roolit\n[role.x]\nname.fi = \"Ohjaaja\" # niin sanottu\nname.sv = \"Handledare\"\n\n[phase.p]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n\n[task.t]\nname.fi = \"Työ\"\nname.sv = \"Arbete\"\nphase = \"p\"\naccountable = \"x\"\n";
const FILE: &str = "content/a.toml";

fn start() -> Server {
    Server::of(&[("site.toml", SITE), (FILE, ROLE)])
}

fn set(at: &str, value: &str) -> Value {
    json!({ "do": "set", "at": at, "value": value })
}

fn tried(tab: &str, changes: &[Value]) -> Value {
    json!({ "tab": tab, "what": "Nimi", "changes": changes })
}

/// A request with one of its headers changed, or without it.
fn with(server: &Server, name: &str, value: Option<&str>) -> Vec<(&'static str, String)> {
    let headers = server.headers().into_iter().filter(|(own, _)| *own != name || value.is_some());
    let changed = |(own, old): (&'static str, String)| match value {
        Some(value) if own == name => (own, value.to_owned()),
        _ => (own, old),
    };
    headers.map(changed).collect()
}

#[test]
fn only_the_browser_that_opened_the_start_address_may_write() {
    let server = start();
    let body = tried("t1", &[set("role/x.name.fi", "Murtaja")]).to_string();
    let cases: &[(&str, Option<&str>, &str)] = &[
        ("Host", Some("evil.example"), "403"),
        ("Host", Some("127.0.0.1:1"), "403"),
        ("Origin", Some("http://evil.example"), "403"),
        ("Origin", Some("null"), "403"),
        ("Origin", None, "403"),
        ("Sec-Fetch-Site", Some("cross-site"), "403"),
        ("Sec-Fetch-Site", Some("same-site"), "403"),
        ("Cookie", None, "403"),
        ("Cookie", Some("polku=1"), "403"),
        ("X-Polku-Token", None, "403"),
        ("X-Polku-Token", Some(""), "403"),
        ("X-Polku-Token", Some("00000000000000000000000000000000"), "403"),
        ("Content-Type", Some("text/plain"), "415"),
        ("Content-Type", Some("application/x-www-form-urlencoded"), "415"),
        ("Content-Type", None, "415"),
    ];
    for action in ["try", "save", "drop", "undo", "redo", "fix", "confirm", "media", "stop"] {
        for (name, value, wanted) in cases {
            let answer = server.post_with(&format!("/_polku/{action}"), &with(&server, name, *value), &body);
            assert_eq!(status(&answer), *wanted, "{action} with {name}: {value:?}: {answer}");
        }
    }
    assert_eq!(server.read(FILE), ROLE);
    assert!(!server.path(".polku/drafts").exists() && !server.path(".polku/history").exists());
    assert!(server.get("/fi/roolit/x.html").contains("Ohjaaja"), "the server goes on");
}

#[test]
fn what_is_no_request_is_refused_and_nothing_is_written() {
    let server = start();
    let large = format!("\"{}\"", "x".repeat(50 * 1024 * 1024));
    let cases = [
        ("/_polku/save", "{", "400"),
        ("/_polku/save", "[]", "400"),
        ("/_polku/save", "{\"tab\":\"../../x\",\"changes\":[]}", "400"),
        ("/_polku/save", "{\"tab\":\"a/b\",\"changes\":[]}", "400"),
        ("/_polku/try", "{\"tab\":\"\",\"changes\":[]}", "400"),
        ("/_polku/try", "{\"tab\":\"t\",\"changes\":[{\"do\":\"format\"}]}", "400"),
        ("/_polku/media", "{\"name\":\"x.png\",\"data\":\"***\"}", "400"),
        ("/_polku/media", "{\"name\":\"x.png\",\"data\":\"QUJD\"}", "422"),
        ("/_polku/save", &large, "413"),
        ("/_polku/nothing", "{}", "405"),
        ("/_polku/../save", "{}", "405"),
        ("/_polku/%2e%2e/site.toml", "{}", "405"),
        ("/fi/index.html", "{}", "405"),
    ];
    for (path, body, wanted) in cases {
        let answer = server.post_with(path, &server.headers(), body);
        let shown = &body[..body.len().min(60)];
        assert_eq!(status(&answer), wanted, "{path} {shown}: {answer}");
    }
    let outside = ["../x", "/etc/passwd", "content/../../x", "..\\x", "a\u{0}b", "content/a.toml/../../../x"];
    for file in outside {
        let change = json!({ "do": "splice", "file": file, "start": 0, "end": 0, "text": "x", "was": null });
        let (status, said) = server.post("save", &tried("t", &[change]));
        assert!([400, 409, 422].contains(&status), "{file}: {status} {said}");
    }
    assert_eq!(server.read(FILE), ROLE);
}

#[test]
fn a_start_address_opens_one_browser() {
    let server = start();
    let again = server
        .say(&format!("GET /?token=0 HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host()));
    assert!(!again.contains("set-cookie"), "{again}");
    let page = server
        .say(&format!("GET /fi/index.html HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host()));
    assert!(page.contains("Käsikirja") && !page.contains("data-token"), "others only read");
    assert!(server.get("/fi/index.html").contains("data-token"));
    let cookie = server.set_cookie.clone();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
    // A second start is told where the first one is, by an address that works.
    let second = Command::new(env!("CARGO_BIN_EXE_polku"))
        .args(["serve", "--root", server.root.to_str().unwrap()])
        .output();
    let said = String::from_utf8(second.unwrap().stdout).unwrap();
    let (_, next) = said.trim().split_once(&server.host()).unwrap_or_else(|| panic!("{said}"));
    let request = format!("GET {next} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host());
    assert!(server.say(&request).contains("set-cookie"), "{said}");
    assert!(!server.say(&request).contains("set-cookie"), "it works once");
}

#[test]
fn a_handbook_served_to_read_takes_no_changes() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    fs::write(folder.path().join(FILE), ROLE).unwrap();
    let server = Server::at(folder.path(), &["--read-only"]);
    assert!(!server.get("/fi/roolit/x.html").contains("data-token"));
    let (status, _) = server.post("save", &tried("t", &[set("role/x.name.fi", "Muu")]));
    assert_eq!(status, 405);
    assert_eq!(server.json("state")["readonly"], true);
}

#[test]
fn what_is_typed_is_shown_before_it_is_saved_and_kept_as_a_draft() {
    let server = start();
    let (status, said) = server.post("try", &tried("tab1", &[set("role/x.name.fi", "Tukija")]));
    assert_eq!((status, &said["refused"]), (200, &json!([])), "{said}");
    assert!(server.get("/fi/tehtavat/t.html").contains("Tukija"), "another page shows it too");
    assert_eq!(server.read(FILE), ROLE, "nothing is saved");
    let draft: Value = serde_json::from_str(&server.read(".polku/drafts/tab1.json")).unwrap();
    assert_eq!(draft["changes"][0]["value"], "Tukija");
    server.post("drop", &json!({ "tab": "tab1" }));
    assert!(server.get("/fi/tehtavat/t.html").contains("Ohjaaja"));
    assert!(!server.path(".polku/drafts/tab1.json").exists());
}

#[test]
fn drafts_are_offered_after_a_restart_and_never_applied() {
    let mut server = start();
    server.post("try", &tried("tab1", &[set("role/x.name.fi", "Tukija")]));
    server.kill();
    let again = Server::at(&server.root, &[]);
    assert!(again.get("/fi/roolit/x.html").contains("Ohjaaja"));
    let drafts = again.json("drafts");
    assert_eq!((drafts[0]["tab"].as_str(), drafts[0]["what"].as_str()), (Some("tab1"), Some("Nimi")));
    again.post("drop", &json!({ "tab": "tab1" }));
    assert_eq!(again.json("drafts"), json!([]));
}

#[test]
fn a_save_changes_its_field_and_nothing_else() {
    let server = start();
    let (status, said) = server.post("save", &tried("tab1", &[set("role/x.name.fi", "Tukija")]));
    assert_eq!((status, &said["files"]), (200, &json!([FILE])), "{said}");
    assert_eq!(server.read(FILE), ROLE.replace("Ohjaaja", "Tukija"));
    assert!(server.get("/fi/roolit/x.html").contains("Tukija"));
    assert_eq!(server.json("state")["undo"], "Nimi");
}

#[test]
fn saves_are_undone_and_redone_also_after_a_restart() {
    let mut server = start();
    let names = ["Yksi", "Kaksi", "Kolme"];
    for name in names {
        server.post("save", &tried("t", &[set("role/x.name.fi", name)]));
    }
    let file = |name: &str| ROLE.replace("Ohjaaja", name);
    server.post("undo", &json!({}));
    assert_eq!(server.read(FILE), file("Kaksi"));
    server.kill();
    let server = Server::at(&server.root, &[]);
    server.post("undo", &json!({}));
    assert_eq!(server.read(FILE), file("Yksi"));
    server.post("redo", &json!({}));
    server.post("redo", &json!({}));
    assert_eq!(server.read(FILE), file("Kolme"));
    assert_eq!(server.post("redo", &json!({})).0, 409);
    for _ in 0..3 {
        assert_eq!(server.post("undo", &json!({})).0, 200);
    }
    assert_eq!(server.read(FILE), ROLE);
    assert_eq!(server.post("undo", &json!({})).0, 409, "there is nothing left");
}

#[test]
fn an_undo_overwrites_nothing_that_another_program_wrote() {
    let server = start();
    server.post("save", &tried("t", &[set("role/x.name.fi", "Tukija")]));
    let other = ROLE.replace("Ohjaaja", "Toinen");
    fs::write(server.path(FILE), &other).unwrap();
    let (status, said) = server.post("undo", &json!({}));
    assert_eq!(status, 409);
    assert!(said["message"].as_str().unwrap().contains(FILE), "{said}");
    assert_eq!(server.read(FILE), other);
}

/// What a place is known by, as the form says.
fn was(server: &Server, at: &str) -> String {
    let entity = at.split(['.', '#']).next().unwrap();
    let form = server.get(&format!("/_polku/form?at={entity}&lang=fi"));
    let field = form.split("data-at=\"").find(|part| part.starts_with(&format!("{at}\""))).expect("a field");
    field.split("data-was=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn two_tabs_that_edit_one_field_lose_nothing() {
    let server = start();
    let base = was(&server, "role/x.name.fi");
    let change = |name: &str| json!({ "do": "set", "at": "role/x.name.fi", "value": name, "was": base });
    assert_eq!(server.post("save", &tried("a", &[change("Tukija")])).0, 200);
    let (status, said) = server.post("save", &tried("b", &[change("Valmentaja")]));
    assert_eq!(status, 409, "{said}");
    assert_eq!(said["conflicts"][0]["theirs"], "Tukija");
    assert_eq!(server.read(FILE), ROLE.replace("Ohjaaja", "Tukija"));
    // Another field of the same file goes on.
    let sv = json!({ "do": "set", "at": "role/x.name.sv", "value": "Stödjare", "was": was(&server, "role/x.name.sv") });
    assert_eq!(server.post("save", &tried("b", &[sv])).0, 200);
}

#[test]
fn what_another_program_wrote_a_moment_ago_is_not_overwritten() {
    let server = start();
    let base = was(&server, "role/x.name.fi");
    // The watch may not have told yet.
    fs::write(server.path(FILE), ROLE.replace("Ohjaaja", "Toinen")).unwrap();
    let change = json!({ "do": "set", "at": "role/x.name.fi", "value": "Tukija", "was": base });
    let (status, said) = server.post("save", &tried("a", &[change]));
    assert_eq!((status, said["conflicts"][0]["theirs"].as_str()), (409, Some("Toinen")), "{said}");
}

#[test]
fn a_finding_is_mended_by_its_button() {
    let server = Server::of(&[
        ("site.toml", SITE),
        (FILE, &ROLE.replace("accountable = \"x\"", "accountabel = \"x\"")),
    ]);
    let told = server.json("findings?lang=sv");
    let finding =
        told["findings"].as_array().unwrap().iter().find(|one| !one["fix"].is_null()).expect("a mend");
    assert!(finding["help"].as_str().unwrap().starts_with("Menade du"), "{finding}");
    assert_eq!(finding["at"], "task/t.accountabel");
    let (status, said) = server.post("fix", &json!({ "key": finding["key"] }));
    assert_eq!(status, 200, "{said}");
    assert_eq!(server.read(FILE), ROLE);
    assert_eq!(server.post("fix", &json!({ "key": finding["key"] })).0, 409, "it is mended");
}

#[test]
fn pictures_get_a_name_of_their_own() {
    let server = start();
    let png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let picture = json!({ "name": "../../Kuva ÄÖ.exe", "data": png });
    let (status, said) = server.post("media", &picture);
    assert_eq!((status, said["path"].as_str()), (200, Some("content/media/kuva-ao.png")), "{said}");
    assert_eq!(server.post("media", &picture).1["path"], "content/media/kuva-ao-2.png");
    assert!(server.path("content/media/kuva-ao.png").is_file());
}

#[test]
fn the_preview_is_stopped_in_the_browser() {
    let mut server = start();
    assert_eq!(server.post("stop", &json!({})).0, 200);
    assert!(server.child.wait().unwrap().success());
}
