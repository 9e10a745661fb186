//! What happens to a build on other machines, in other hands and on bad days: each is told clearly or does no harm,
//! and nothing that was published is lost. Full disks and publications are in `cli.rs` and `publish.rs`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

#[path = "common/folder.rs"]
mod folder;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use folder::{Folder, ROLE, SITE, code, err, out};

const PAGE: &str = "[page.ohje]\nname.fi = \"Ohje\"\nname.sv = \"Anvisning\"\n";
const PROSE: &str = "## Alku\n\nLue [liite](../media/liite.pdf).\n";

fn whole() -> Folder {
    let folder = Folder::new(&[("site.toml", SITE), ("content/a.toml", ROLE), ("content/b.toml", PAGE)]);
    folder.write("content/pages/ohje.fi.md", PROSE);
    folder.write("content/pages/ohje.sv.md", PROSE);
    folder.write("content/media/liite.pdf", "%PDF-1.4\n");
    folder
}

fn built(folder: &Folder, args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = folder.run(&[&["build", "--lang", "en"], args].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    folder.files("public")
}

/// What lies in the handbook's folder beside what it should hold, and what polku keeps for itself.
fn left(folder: &Folder) -> Vec<String> {
    let names = fs::read_dir(folder.root()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.') && name != ".polku").collect()
}

#[test]
fn whoever_ends_a_build_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let folder = whole();
    let mut states = Vec::new();
    let mut took = Duration::ZERO;
    for name in ["Ohjaaja", "Neuvoja"] {
        folder.write("content/a.toml", ROLE.replace("Ohjaaja", name));
        let start = Instant::now();
        states.push(built(&folder, &[]));
        took = start.elapsed();
    }
    for at in 0..24_u32 {
        folder.write("content/a.toml", ROLE.replace("Ohjaaja", ["Ohjaaja", "Neuvoja"][at as usize % 2]));
        let mut child =
            folder.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(took * (at * 7 % 24 + 1) / 22);
        child.kill().unwrap();
        child.wait().unwrap();
        let site = folder.files("public");
        assert!(states.contains(&site), "kill {at}: the site is neither the old nor the new one");
    }
    folder.write("content/a.toml", ROLE);
    assert!(built(&folder, &[]) == states[0]);
    assert_eq!(left(&folder), [""; 0], "what was begun is cleared away");
}

#[test]
fn a_target_that_cannot_be_written_is_told_and_left_as_it_was() {
    let folder = whole();
    let told = folder.mounting(
        "set -e; mkdir disk; mount --bind disk disk; polku build --out disk/public --today 2026-11-21 >/dev/null
         find disk -type f | sort | xargs cat | cksum; mount -o remount,bind,ro disk
         polku build --out disk/public --today 2026-11-21 --lang en && exit 9; echo exit $?
         polku build --out disk/other --today 2026-11-21 --lang en && exit 9; echo exit $?
         find disk -type f | sort | xargs cat | cksum; ls -A disk",
    );
    let said = out(&told);
    let lines: Vec<&str> = said.lines().collect();
    let [before, first, second, after, names] = lines.as_slice() else { panic!("{said}{}", err(&told)) };
    assert_eq!((*first, *second, *names), ("exit 2", "exit 2", "public"), "{}", err(&told));
    assert_eq!(before, after, "the old site has changed");
    assert_eq!(err(&told).matches("error[write-failed]").count(), 2, "{}", err(&told));
}

#[test]
fn a_clock_that_is_wrong_harms_nothing() {
    let folder = whole();
    let site = built(&folder, &[]);
    for (day, seconds) in [("1970-01-01", 0), ("2100-12-31", 4_133_894_400)] {
        // Files from then, read then.
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        for path in ["site.toml", "content/a.toml", "content/pages/ohje.fi.md", "public/index.html"] {
            fs::File::options().write(true).open(folder.path(path)).unwrap().set_modified(then).unwrap();
        }
        let there = built(&folder, &["--today", day]);
        assert!(there.keys().eq(site.keys()), "{day}");
        assert!(built(&folder, &[]) == site, "{day}");
    }
}

#[test]
fn the_surroundings_change_no_byte() {
    let folder = whole();
    let site = built(&folder, &[]);
    for set in [
        &[][..],
        &[("LC_ALL", "C")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("LC_ALL", "fi_FI.ISO-8859-1"), ("HOME", "/nowhere/at/all")],
        &[("TZ", "Pacific/Kiritimati"), ("NO_COLOR", "1"), ("RAYON_NUM_THREADS", "1")],
        &[("TMPDIR", "/nowhere/at/all"), ("HOME", "")],
    ] {
        fs::remove_dir_all(folder.path("public")).unwrap();
        let output = folder.command(&["build"]).env_clear().envs(set.iter().copied()).output().unwrap();
        assert_eq!(code(&output), 0, "{set:?}: {}", err(&output));
        assert!(folder.files("public") == site, "{set:?}");
    }
}

/// Runs a shell script beside the handbook.
fn script(folder: &Folder, script: &str) -> Output {
    let script = script.replace("polku", env!("CARGO_BIN_EXE_polku"));
    Command::new("sh").args(["-ec", &script]).current_dir(folder.root()).output().unwrap()
}

#[test]
fn a_strict_mask_is_kept_to() {
    let folder = whole();
    let site = built(&folder, &[]);
    fs::remove_dir_all(folder.path("public")).unwrap();
    let told = script(
        &folder,
        "umask 077; polku build --today 2026-11-21 >/dev/null; find public -perm /077 | wc -l
         umask 022; polku build --today 2026-11-21 >/dev/null",
    );
    assert_eq!(out(&told).trim(), "0", "{}", err(&told));
    assert!(folder.files("public") == site);
}

#[test]
fn line_ends_and_marks_of_windows_change_no_byte() {
    let folder = whole();
    let site = built(&folder, &[]);
    for path in [
        "site.toml",
        "content/a.toml",
        "content/b.toml",
        "content/pages/ohje.fi.md",
        "content/pages/ohje.sv.md",
    ] {
        let text = folder.read(path);
        folder.write(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    let there = built(&folder, &[]);
    let differ: Vec<&String> = site.keys().filter(|name| site.get(*name) != there.get(*name)).collect();
    assert!(differ.is_empty() && there.len() == site.len(), "{differ:?}");
}

#[test]
fn letters_put_together_of_two_parts_are_the_same_letters() {
    // As a Mac writes names, and as a Mac's file system gives them back.
    let folder = whole();
    folder.write("content/media/k\u{e4}si.pdf", "%PDF-1.4\n");
    folder.write("content/b.toml", PAGE.replace("Ohje", "Päätös"));
    folder.write("content/pages/ohje.fi.md", PROSE.replace("liite.pdf", "k\u{e4}si.pdf"));
    let site = built(&folder, &[]);
    folder.write("content/b.toml", PAGE.replace("Ohje", "Pa\u{308}a\u{308}to\u{308}s"));
    folder.write("content/pages/ohje.fi.md", PROSE.replace("liite.pdf", "ka\u{308}si.pdf"));
    let there = built(&folder, &[]);
    assert!(there == site, "in texts");
    fs::remove_file(folder.path("content/media/k\u{e4}si.pdf")).unwrap();
    folder.write("content/media/ka\u{308}si.pdf", "%PDF-1.4\n");
    let there = built(&folder, &[]);
    assert!(there == site, "in names of files");
}

#[test]
fn names_that_differ_only_in_case_are_told() {
    let folder = whole();
    folder.write("content/media/Liite.pdf", "%PDF-1.4 another\n");
    let output = folder.run(&["build", "--lang", "en"]);
    assert_eq!(code(&output), 1, "{}{}", out(&output), err(&output));
    assert!(err(&output).contains("Liite.pdf") && err(&output).contains("liite.pdf"), "{}", err(&output));
    fs::remove_file(folder.path("content/media/Liite.pdf")).unwrap();
    folder.write("content/pages/Ohje.fi.md", PROSE);
    let told = out(&folder.run(&["check", "--format", "short", "--lang", "en"]));
    assert!(told.contains("content/pages/Ohje.fi.md:1:1: error["), "{told}");
}

#[test]
fn folders_may_be_deep_and_a_name_that_is_too_long_is_told() {
    let folder = whole();
    let deep = (0..40).map(|at| format!("kansio-jolla-on-pitka-nimi-{at}")).collect::<Vec<_>>().join("/");
    folder.write(&format!("content/{deep}/c.toml"), "[page.syva]\nname.fi = \"Syvä\"\nname.sv = \"Djup\"\n");
    assert!(built(&folder, &[]).contains_key("fi/ohjeet/syva.html"));
    let before = folder.files("public");
    let long = "p".repeat(300);
    let output = folder.run(&["build", "--lang", "en", "--out", &long]);
    assert_eq!(code(&output), 2, "{}", out(&output));
    assert!(err(&output).contains("error[write-failed]") && err(&output).contains(&long), "{}", err(&output));
    assert!(folder.files("public") == before && left(&folder).is_empty());
}

#[test]
fn a_file_that_may_not_be_read_is_told_and_the_old_site_stays() {
    let folder = whole();
    // Root may read everything; in a machine of its own it is nobody for files of others.
    let told = script(
        &folder,
        "chmod 755 . content; polku build --today 2026-11-21 >/dev/null; find public -type f | sort | xargs cat | cksum
         chmod 000 content/b.toml
         as() { if [ $(id -u) = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"; else \"$@\"; fi; }
         cp \"$(printf %s polku)\" program; chmod 755 program
         as ./program check --format short --lang en --today 2026-11-21 || echo exit $?
         as ./program build --lang en --today 2026-11-21 >/dev/null 2>&1 || echo exit $?
         chmod 644 content/b.toml; rm program; find public -type f | sort | xargs cat | cksum",
    );
    let said = out(&told);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.first(), lines.last(), "{said}{}", err(&told));
    assert!(said.contains("content/b.toml:1:1: error["), "{said}{}", err(&told));
    assert_eq!(lines.iter().filter(|line| **line == "exit 1").count(), 2, "{said}{}", err(&told));
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = whole();
    let made = Command::new("mkfifo").arg(folder.path("content/c.toml")).status().unwrap();
    assert!(made.success());
    let mut child = folder.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("the build waits for a pipe");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
