//! What goes wrong while somebody edits: the server goes on, says what happened, and loses nothing.
//! `KILLS=100 cargo test --test editing_faults` ends the program more often.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test runs the program"
)]

#[path = "common/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use polku::base::diag::Diagnostics;
use polku::edit::{Change, apply};
use polku::io::Disk;
use polku::model::load::load;
use serde_json::{Value, json};
use server::{Server, status};

const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n";
const ROLE: &str = "# Roolit\n[role.x]\nname.fi = \"Ohjaaja\" # niin sanottu\nname.sv = \"Handledare\"\n";
const PHASE: &str = "[phase.p]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n";
const TASK: &str =
    "[task.t]\nname.fi = \"Työ\"\nname.sv = \"Arbete\"\nphase = \"p\"\naccountable = \"x\"\nowner = \"x\"\n";
const FILES: &[(&str, &str)] = &[
    ("site.toml", SITE),
    ("content/a.toml", ROLE),
    ("content/m.toml", PHASE),
    ("content/z.toml", TASK),
    ("content/roles/x.fi.md", "Katso [[x]].\n"),
    ("content/roles/x.sv.md", "Se [[x]].\n"),
];
const FILE: &str = "content/a.toml";
const PAGE: &str = "/fi/roolit/x.html";

fn start() -> Server {
    Server::of(FILES)
}

fn set(at: &str, value: &str) -> Value {
    json!({ "do": "set", "at": at, "value": value })
}

fn body(changes: &[Value]) -> Value {
    json!({ "tab": "t", "what": "Nimi", "changes": changes })
}

fn save(server: &Server, changes: &[Value]) -> (u16, Value) {
    server.post("save", &body(changes))
}

/// What the name of the role is known by, as its form says.
fn base(server: &Server) -> String {
    let form = server.get("/_polku/form?at=role/x&lang=fi");
    let field = form.split("data-at=\"").find(|part| part.starts_with("role/x.name.fi\"")).unwrap();
    field.split("data-was=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Waits until something holds: what the operating system tells of comes when it comes.
#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[track_caller]
fn shows(server: &Server, words: &str) {
    until(words, || server.get(PAGE).contains(words));
}

/// Every file of a handbook as it is, but what polku keeps beside it.
fn files(root: &Path) -> BTreeMap<String, String> {
    let hidden = |entry: &walkdir::DirEntry| entry.file_name().to_string_lossy() == ".polku";
    let entries = walkdir::WalkDir::new(root).into_iter().filter_entry(move |entry| !hidden(entry));
    let entries = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    entries.map(|entry| (name(entry.path()), fs::read_to_string(entry.path()).unwrap())).collect()
}

/// Files that were being written, anywhere.
fn left_behind(root: &Path) -> Vec<String> {
    let names =
        walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap().path().display().to_string());
    names.filter(|name| name.ends_with("polku-write")).collect()
}

fn fill(root: &Path) {
    for (path, text) in FILES {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
}

#[test]
fn a_file_that_is_half_saved_is_neither_mended_nor_lost() {
    let server = start();
    let was = base(&server);
    let whole = format!("{ROLE}{PHASE}").replace("[phase.p]", "[phase.q]");
    for end in (0..whole.len()).step_by(7).filter(|end| whole.is_char_boundary(*end)) {
        let half = &whole[..end];
        fs::write(server.path(FILE), half).unwrap();
        let name = format!("Tukija {end}");
        let change = json!({ "do": "set", "at": "role/x.name.fi", "value": name, "was": was });
        let (status, told) = save(&server, &[change]);
        let now = server.read(FILE);
        match status {
            200 => assert_eq!(now, half.replace("\"Ohjaaja\"", &format!("\"{name}\"")), "{end}"),
            _ => assert_eq!(now, half, "{end}: {told}"),
        }
        assert!(status == 200 || told.to_string().contains("message"), "{told}");
    }
    fs::write(server.path(FILE), &whole).unwrap();
    shows(&server, "Ohjaaja");
    assert_eq!(save(&server, &[set("role/x.name.fi", "Tukija")]).0, 200);
    assert_eq!(server.read(FILE), whole.replace("Ohjaaja", "Tukija"));
}

#[test]
fn a_file_that_is_written_where_it_stands_is_not_shown_before_its_words_come() {
    let server = start();
    let mut events = server.events();
    let before = events.next();
    fs::write(server.path(FILE), "").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    fs::write(server.path(FILE), ROLE.replace("Ohjaaja", "Viisi")).unwrap();
    assert_eq!(events.next(), before + 1);
    assert!(server.get(PAGE).contains("Viisi"));
}

#[test]
fn a_file_that_goes_while_its_form_is_open_takes_no_words_with_it() {
    let server = start();
    let change = [set("role/x.name.fi", "Tukija")];
    fs::remove_file(server.path(FILE)).unwrap();
    server.post("try", &body(&change));
    let (status, told) = save(&server, &change);
    assert_eq!(status, 422, "{told}");
    assert!(told["refused"][0]["help"].as_str().unwrap().contains("draft"), "{told}");
    assert!(!server.path(FILE).exists(), "what somebody removed is not made again");
    assert!(server.read(".polku/drafts/t.json").contains("Tukija"));
    // It comes back under another name: the change goes there.
    fs::write(server.path("content/b.toml"), ROLE).unwrap();
    let (status, told) = save(&server, &change);
    assert_eq!((status, &told["files"]), (200, &json!(["content/b.toml"])), "{told}");
    assert!(!server.path(FILE).exists());
    assert_eq!(server.post("undo", &json!({})).0, 200);
    assert_eq!(server.read("content/b.toml"), ROLE);
}

#[test]
fn a_folder_that_is_moved_away_and_back_is_followed() {
    let server = start();
    fs::rename(server.path("content"), server.path("toinen")).unwrap();
    until("the folder is gone", || !server.get(PAGE).contains("Ohjaaja"));
    let (status, told) = save(&server, &[set("role/x.name.fi", "Tukija")]);
    assert_eq!((status, server.path("content").exists()), (422, false), "{told}");
    fs::rename(server.path("toinen"), server.path("content")).unwrap();
    shows(&server, "Ohjaaja");
    fs::write(server.path(FILE), ROLE.replace("Ohjaaja", "Muu")).unwrap();
    shows(&server, "Muu");
    // Another folder in its place is followed too.
    fs::rename(server.path("content"), server.path("vanha")).unwrap();
    fs::create_dir(server.path("content")).unwrap();
    fs::write(server.path(FILE), ROLE.replace("Ohjaaja", "Uusi")).unwrap();
    shows(&server, "Uusi");
    std::thread::sleep(Duration::from_millis(100));
    fs::write(server.path(FILE), ROLE.replace("Ohjaaja", "Uudempi")).unwrap();
    shows(&server, "Uudempi");
}

#[test]
fn a_handbook_that_is_moved_away_is_not_begun_anew_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("a"), folder.path().join("b"));
    fill(&here);
    let server = Server::at(&here, &[]);
    fs::rename(&here, &there).unwrap();
    let change = [set("role/x.name.fi", "Tukija")];
    server.post("try", &body(&change));
    let (status, told) = save(&server, &change);
    assert!((status == 422 || status == 409) && !here.exists(), "{status} {told}");
    fs::rename(&there, &here).unwrap();
    assert_eq!(save(&server, &change).0, 200);
    assert_eq!(server.read(FILE), ROLE.replace("Ohjaaja", "Tukija"));
}

#[test]
fn editors_that_write_by_renaming_are_followed() {
    let server = start();
    let file = |name: &str| ROLE.replace("Ohjaaja", name);
    // Beside it, then in its place.
    fs::write(server.path("content/.a.toml.swp"), file("Yksi")).unwrap();
    fs::rename(server.path("content/.a.toml.swp"), server.path(FILE)).unwrap();
    shows(&server, "Yksi");
    // The old one aside, then a new one.
    fs::rename(server.path(FILE), server.path("content/a.toml~")).unwrap();
    fs::write(server.path(FILE), file("Kaksi")).unwrap();
    shows(&server, "Kaksi");
    // As many bytes at the same time.
    let modified = fs::metadata(server.path(FILE)).unwrap().modified().unwrap();
    fs::write(server.path(FILE), file("Kolme")).unwrap();
    fs::File::options().append(true).open(server.path(FILE)).unwrap().set_modified(modified).unwrap();
    assert_eq!(save(&server, &[set("role/x.name.sv", "Tre")]).0, 200);
    assert_eq!(server.read(FILE), file("Kolme").replace("Handledare", "Tre"));
}

#[test]
fn a_thousand_files_may_change_at_once() {
    let server = start();
    let write = |name: &str| {
        for at in 0..1000 {
            let text = format!("[term.s{at}]\nname.fi = \"{name} {at}\"\nname.sv = \"S {at}\"\n");
            fs::write(server.path(&format!("content/s{at}.toml")), text).unwrap();
        }
    };
    let count =
        |q: &str| server.json(&format!("find?kinds=term&q={q}&lang=fi")).as_array().map_or(0, Vec::len);
    write("Sana");
    until("the last of them", || count("sana%20999") == 1 && count("sana%20500") == 1);
    write("Ilmaus");
    until("the last of them again", || count("ilmaus%20999") == 1 && count("sana") == 0);
    assert_eq!(save(&server, &[set("term/s999.name.fi", "Viimeinen")]).0, 200);
    assert!(server.read("content/s999.toml").contains("Viimeinen"));
}

/// A rename of which three files of tables and two of prose know.
fn rename(to: &str) -> [Value; 1] {
    [json!({ "do": "rename", "at": "role/x", "to": to })]
}

#[test]
fn a_full_disk_changes_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("from"));
    let server = Server::mounted(
        folder.path(),
        "mkdir disk; mount -t tmpfs -o size=400k tmpfs disk; cp -r from/* disk",
    );
    let root = server.inside("");
    let before = files(&root);
    let filler = root.join("filler");
    let mut seen = [0, 0];
    // From no room at all to room for everything.
    for pages in 0..16 {
        let mut file = fs::File::create(&filler).unwrap();
        while file.write_all(&[b'x'; 4096]).is_ok() {}
        let full = file.metadata().unwrap().len();
        file.set_len(full.saturating_sub(pages * 4096)).unwrap();
        server.post("try", &body(&rename("uusi")));
        assert!(server.get("/fi/roolit/uusi.html").contains("Ohjaaja"), "what is not saved is shown");
        let (status, told) = save(&server, &rename("uusi"));
        fs::remove_file(&filler).unwrap();
        assert_eq!(left_behind(&root), [""; 0]);
        if status == 200 {
            seen[1] += 1;
            assert!(root.join("content/roles/uusi.fi.md").exists());
            assert_eq!(server.post("undo", &json!({})).0, 200);
        } else {
            seen[0] += 1;
            assert!(told["message"].as_str().unwrap().contains("disk is full"), "{told}");
        }
        assert_eq!(files(&root), before, "{pages} pages");
    }
    assert!(seen.iter().all(|seen| *seen > 0), "{seen:?}: not every amount of room was tried");
    assert_eq!(server.json("history?lang=fi").as_array().unwrap().len(), seen[1] * 2);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("disk"));
    let read_only = "mount --bind disk/content disk/content; mount -o remount,bind,ro disk/content";
    let server = Server::mounted(folder.path(), read_only);
    for changes in [vec![set("role/x.name.fi", "Tukija")], rename("uusi").to_vec()] {
        let (status, told) = save(&server, &changes);
        assert_eq!(status, 409, "{told}");
        assert!(told["message"].as_str().unwrap().contains("content"), "{told}");
    }
    assert_eq!(server.json("history?lang=fi"), json!([]));
    assert!(server.get(PAGE).contains("Ohjaaja"), "the server goes on");
    let whole = Server::mounted(folder.path(), "mount --bind disk disk; mount -o remount,bind,ro disk");
    assert_eq!(save(&whole, &[set("role/x.name.fi", "Tukija")]).0, 409);
    assert!(whole.get(PAGE).contains("Ohjaaja"), "the server goes on");
    assert_eq!(files(&folder.path().join("disk")).get(FILE).unwrap(), ROLE);
}

#[test]
fn a_save_of_which_one_file_cannot_be_exchanged_is_taken_back_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("disk"));
    // Nothing can be put in the place of what something is mounted on.
    let server = Server::mounted(folder.path(), "mount --bind disk/content/z.toml disk/content/z.toml");
    let before = files(&folder.path().join("disk"));
    let (status, told) = save(&server, &rename("uusi"));
    assert_eq!(status, 409, "{told}");
    assert_eq!(files(&folder.path().join("disk")), before);
    assert_eq!(server.json("history?lang=fi"), json!([]));
    assert!(!server.path(".polku/history/open").exists());
    assert_eq!(save(&server, &[set("role/x.name.fi", "Tukija")]).0, 200);
    assert_eq!(server.read(FILE), ROLE.replace("Ohjaaja", "Tukija"));
    assert_eq!(server.post("undo", &json!({})).0, 200);
    assert_eq!(files(&folder.path().join("disk")), before);
}

#[test]
fn of_two_tabs_that_save_one_field_at_the_same_moment_one_is_asked() {
    let server = start();
    for round in 0..10 {
        let base = base(&server);
        let tab = |tab: &str| {
            let change = json!({ "do": "set", "at": "role/x.name.fi", "value": format!("{tab} {round}"), "was": base });
            server.post("save", &json!({ "tab": tab, "what": "", "changes": [change] }))
        };
        let [mut a, mut b] = std::thread::scope(|scope| {
            [scope.spawn(|| tab("a")), scope.spawn(|| tab("b"))].map(|tab| tab.join().unwrap())
        });
        let mut winner = "a";
        if a.0 != 200 {
            (a, b, winner) = (b, a, "b");
        }
        assert_eq!((a.0, b.0), (200, 409), "{} {}", a.1, b.1);
        assert_eq!(b.1["conflicts"][0]["theirs"], format!("{winner} {round}"));
        assert_eq!(server.read(FILE), ROLE.replace("Ohjaaja", &format!("{winner} {round}")));
    }
}

#[test]
fn the_last_fifty_saves_are_kept_and_a_damaged_one_is_passed_over() {
    let mut server = start();
    for at in 0..60 {
        let place = ["role/x.name.fi", "phase/p.name.fi"][at % 2];
        assert_eq!(save(&server, &[set(place, &format!("Nimi {at}"))]).0, 200);
    }
    let kept = |server: &Server| fs::read_dir(server.path(".polku/history")).unwrap().count();
    assert_eq!((kept(&server), server.json("history?lang=fi").as_array().unwrap().len()), (50, 50));
    server.kill();
    // The last save of the role: the phase was saved after it.
    let newest = server.path(".polku/history/000059.json");
    let half = fs::read(&newest).unwrap();
    fs::write(&newest, &half[..half.len() / 2]).unwrap();
    fs::write(server.path(".polku/history/.000061.json.polku-write"), "half").unwrap();
    let server = Server::at(&server.root, &[]);
    assert_eq!(server.json("history?lang=fi").as_array().unwrap().len(), 49);
    assert_eq!(left_behind(&server.root), [""; 0]);
    assert_eq!(server.post("undo", &json!({})).0, 200);
    assert!(server.read("content/m.toml").contains("Nimi 57"));
    assert_eq!(server.post("redo", &json!({})).0, 200);
    assert!(server.read("content/m.toml").contains("Nimi 59"));
    assert_eq!(save(&server, &[set("role/x.name.fi", "Uusi")]).0, 200);
    assert_eq!(server.post("undo", &json!({})).0, 200);
    assert!(server.read(FILE).contains("Nimi 58"));
}

/// What a save makes of the files, by the same rules but without the server.
fn foreseen(root: &Path, changes: &[Value]) -> BTreeMap<String, String> {
    let disk = Disk::open(root).unwrap();
    let book = load(disk.sources(), &mut Diagnostics::default());
    let changes: Vec<Change> =
        changes.iter().map(|change| serde_json::from_value(change.clone()).unwrap()).collect();
    let edited = apply(disk.sources(), &book, &changes).unwrap();
    edited.sources.iter().map(|file| (file.path.to_string(), file.text().to_owned())).collect()
}

/// The status of a save; none where the server ended before it answered.
fn acknowledged(server: &Server, changes: &[Value]) -> Option<u16> {
    let body = body(changes).to_string();
    let lines: String = server.headers().iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!(
        "POST /_polku/save HTTP/1.1\r\n{lines}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    status(&String::from_utf8_lossy(&answer)).parse().ok().filter(|status| *status > 0)
}

/// One save of many: of one file, of several, of files that come and go.
fn nth(at: usize, id: &str) -> Vec<Value> {
    let role = format!("role/{id}");
    match at % 4 {
        0 => vec![set(&format!("{role}.name.fi"), &format!("Nimi {at}"))],
        1 => vec![json!({ "do": "rename", "at": role, "to": format!("r{at}") })],
        2 => vec![
            set(&format!("{role}.summary.fi"), &format!("Kuvaus {at}")),
            set("phase/p.summary.fi", &format!("Kuvaus {at}")),
            set("task/t.summary.fi", &format!("Kuvaus {at}")),
            json!({ "do": "prose", "at": "phase/p", "lang": "fi", "text": format!("Teksti {at}\n"), "was": null }),
        ],
        _ => vec![
            json!({ "do": "prose", "at": "phase/p", "lang": "fi", "text": "", "was": null }),
            json!({ "do": "create", "at": format!("term/s{at}"), "value": { "name": { "fi": "S" } }, "after": null }),
        ],
    }
}

/// The id of the role by now.
fn role(files: &BTreeMap<String, String>) -> String {
    let table = &files[FILE];
    let (_, rest) = table.split_once("[role.").unwrap();
    rest.split_once(']').unwrap().0.to_owned()
}

#[test]
fn whoever_ends_the_program_at_any_moment_loses_no_saved_word() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(25);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("a");
    fill(&root);
    let mut state = files(&root);
    let (mut at, mut saved, mut cut) = (0, 0, 0);
    let mut random = 88172645463325252_u64;
    for kill in 0..kills {
        let mut server = Server::at(&root, &[]);
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let (pid, moment) = (server.child.id().to_string(), Duration::from_micros(random % 500_000));
        let killer = std::thread::spawn(move || {
            std::thread::sleep(moment);
            Command::new("kill").args(["-9", &pid]).status().unwrap();
        });
        let mut next = state.clone();
        loop {
            let changes = nth(at, &role(&state));
            next = {
                drop(next);
                foreseen(&root, &changes)
            };
            match acknowledged(&server, &changes) {
                Some(200) => state = next.clone(),
                Some(other) => panic!("kill {kill}: save {at}: {other}"),
                None => break,
            }
            (at, saved) = (at + 1, saved + 1);
        }
        killer.join().unwrap();
        server.kill();
        at += 1;
        // Each file is whole, as it was or as it was to be.
        for (path, text) in files(&root).iter().filter(|(path, _)| !path.ends_with("polku-write")) {
            assert!(
                state.get(path) == Some(text) || next.get(path) == Some(text),
                "kill {kill}: {path}: {text}"
            );
        }
        // After the next start all of them are, together.
        let server = Server::at(&root, &[]);
        let now = files(&root);
        assert!(now == state || now == next, "kill {kill}: {now:#?} is neither {state:#?} nor {next:#?}");
        cut += usize::from(now == state);
        state = now;
        assert_eq!(left_behind(&root), [""; 0], "kill {kill}");
        assert!(!root.join(".polku/history/open").exists());
        let history = server.json("history?lang=fi");
        assert!(history.as_array().unwrap().len() >= saved.min(45), "kill {kill}: {history}");
        if saved > 0 {
            assert_eq!(server.post("undo", &json!({})).0, 200, "kill {kill}: {history}");
            assert_ne!(files(&root), state);
            assert_eq!(server.post("redo", &json!({})).0, 200, "kill {kill}");
            assert_eq!(files(&root), state);
        }
    }
    println!("{saved} saves, {cut} of {kills} cut off");
    assert!(saved > kills && cut > 0 && cut < kills, "{saved} saves, {cut} of {kills} cut off");
}
