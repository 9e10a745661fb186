//! A real preview server: what it shows, whom it refuses, how it follows the files.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

#[path = "common/server.rs"]
mod server;

use std::fs;
use std::process::Command;

use server::{Server, status};

const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n";
const ROLE: &str = "[role.x]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\n[phase.p]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n[task.t]\nname.fi = \"Työ\"\nname.sv = \"Arbete\"\nphase = \"p\"\naccountable = \"x\"\n";

fn start() -> Server {
    Server::of(&[("site.toml", SITE), ("content/a.toml", ROLE)])
}

#[test]
fn pages_are_shown_with_their_source_marks_and_the_panel() {
    let server = start();
    let page = server.get("/fi/roolit/x.html");
    assert_eq!(status(&page), "200");
    for part in [
        "<h1 data-src=\"role/x.name\">Ohjaaja</h1>",
        "/_polku/preview.js",
        "content-security-policy: default-src 'none'",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert_eq!(status(&server.get("/")), "307");
    assert_eq!(status(&server.get("/fi/roolit/nobody.html")), "404");
    for file in ["/_polku/preview.js", "/_polku/preview.css"] {
        assert_eq!(status(&server.get(file)), "200", "{file}");
    }
}

#[test]
fn only_this_machines_own_browser_may_ask_and_only_to_read() {
    let server = start();
    let own = format!("localhost:{}", server.port);
    assert_eq!(status(&server.ask("GET", "/fi/index.html", &own)), "200");
    for foreign in
        ["evil.example", "evil.example:80", "localhost", "127.0.0.1:1", "localhost.evil.example", ""]
    {
        assert_eq!(status(&server.ask("GET", "/fi/index.html", foreign)), "403", "Host: {foreign}");
    }
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        assert_eq!(status(&server.ask(method, "/fi/index.html", &own)), "405", "{method}");
    }
}

#[test]
fn nothing_outside_the_site_can_be_read() {
    let server = start();
    fs::write(server.path("secret.txt"), "salaisuus").unwrap();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/fi/..%2f..%2fsecret.txt",
        "/%00",
        "/%ff",
        "/secret.txt",
        "/site.toml",
        "//etc/passwd",
        "/fi/%",
    ] {
        let answer = server.get(path);
        assert!(["404", "400"].contains(&status(&answer)), "{path}: {answer}");
        assert!(!answer.contains("salaisuus") && !answer.contains("root:"), "{path}");
    }
}

#[test]
fn a_saved_change_is_told_and_shown_on_every_page_that_holds_it() {
    let server = start();
    let mut events = server.events();
    assert_eq!(events.next(), 1);
    fs::write(server.path("content/a.toml"), ROLE.replace("Ohjaaja", "Tukija")).unwrap();
    assert_eq!(events.next(), 2);
    for page in [
        "/fi/index.html",
        "/fi/roolit/x.html",
        "/fi/tehtavat/t.html",
        "/fi/vaiheet/p.html",
        "/fi/roolit/index.html",
    ] {
        let answer = server.get(page);
        assert!(answer.contains("Tukija") && !answer.contains("Ohjaaja"), "{page}");
    }
    fs::create_dir(server.path("content/roles")).unwrap();
    fs::write(server.path("content/roles/x.fi.md"), "Uusi kappale.\n").unwrap();
    fs::write(server.path("content/roles/x.sv.md"), "Nytt stycke.\n").unwrap();
    while !server.get("/sv/roller/x.html").contains("Nytt stycke.") {
        events.next();
    }
    fs::remove_file(server.path("content/roles/x.sv.md")).unwrap();
    while server.get("/sv/roller/x.html").contains("Nytt stycke.") {
        events.next();
    }
}

#[test]
fn mistakes_are_told_over_a_page_that_still_works() {
    let server = start();
    let mut events = server.events();
    // A file is empty for a moment while it is written, so one writing may make two revisions.
    let mut wait = |lang: &str, right: &dyn Fn(&str) -> bool| {
        let mut told = server.get(&format!("/_polku/findings?lang={lang}"));
        while !right(&told) {
            events.checked();
            told = server.get(&format!("/_polku/findings?lang={lang}"));
        }
        told
    };
    let has_error = |told: &str| told.contains("\"severity\":\"error\"");
    fs::write(server.path("content/a.toml"), ROLE.replace("name.fi = \"Ohjaaja\"", "nmae.fi = \"Ohjaaja\""))
        .unwrap();
    let told = wait("sv", &|told| told.contains("Menade du ”name”?"));
    assert!(told.contains("\"line\":2"), "{told}");
    assert_eq!(status(&server.get("/fi/roolit/x.html")), "200");
    // A half-saved file.
    fs::write(server.path("content/a.toml"), &ROLE[..ROLE.len() / 2]).unwrap();
    wait("fi", &has_error);
    assert_eq!(status(&server.get("/fi/roolit/x.html")), "200");
    fs::write(server.path("content/a.toml"), ROLE).unwrap();
    wait("fi", &|told| !has_error(told));
}

#[test]
fn the_last_good_page_stays_while_the_theme_is_broken() {
    let server = start();
    let mut events = server.events();
    events.next();
    fs::create_dir_all(server.path("themes/polku/templates/page")).unwrap();
    // In one step: while it is written a file is empty, and an empty template is a good one.
    fs::write(server.path("role.html"), "{% broken").unwrap();
    fs::rename(server.path("role.html"), server.path("themes/polku/templates/page/role.html")).unwrap();
    let mut told = server.get("/_polku/findings?lang=en");
    while !told.contains("theme-template") {
        events.checked();
        told = server.get("/_polku/findings?lang=en");
    }
    assert!(told.contains("\"stale\":true"), "{told}");
    assert!(server.get("/fi/roolit/x.html").contains("Ohjaaja"));
}

#[test]
fn a_taken_port_is_told() {
    let (server, other) = (start(), tempfile::tempdir().unwrap());
    fs::write(other.path().join("site.toml"), SITE).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_polku"))
        .args([
            "serve",
            "--lang",
            "fi",
            "--port",
            &server.port.to_string(),
            "--root",
            other.path().to_str().unwrap(),
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("port-taken"));
}
