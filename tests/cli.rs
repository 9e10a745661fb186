//! The program as a user runs it: what it prints, how it ends, what it leaves on disk.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

#[path = "common/folder.rs"]
mod folder;

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Command, Output};

use folder::{Folder, ROLE, SITE, code, err, out};

fn whole() -> Folder {
    Folder::new(&[("site.toml", SITE), ("content/a.toml", ROLE)])
}

#[test]
fn a_handbook_is_built_and_built_again_without_writing_anything_anew() {
    let folder = whole();
    let first = folder.run(&["build"]);
    assert_eq!(code(&first), 0, "{}", err(&first));
    let made = folder.path("public/fi/roolit/x.html").metadata().unwrap().modified().unwrap();
    let second = folder.run(&["build", "--lang", "en"]);
    assert!(out(&second).ends_with(" 0 new or changed. Nothing has changed.\n"), "{}", out(&second));
    assert_eq!(folder.path("public/fi/roolit/x.html").metadata().unwrap().modified().unwrap(), made);
    assert_eq!(
        fs::read_dir(folder.root()).unwrap().count(),
        4,
        "nothing beside site.toml, content, public and .polku"
    );
}

/// What names the folder of the site on disk: a build that is made puts another in its place.
fn site_of(folder: &Folder) -> u64 {
    folder.path("public").metadata().unwrap().ino()
}

#[test]
fn the_handbook_as_data_stays_the_same_file_as_long_as_it_says_the_same() {
    let folder = whole();
    let file = folder.path("public/handbook.json");
    let build = || {
        // So that it is made, not only told.
        let _ = fs::remove_dir_all(folder.path(".polku"));
        assert_eq!(code(&folder.run(&["build"])), 0);
        file.metadata().unwrap().ino()
    };
    let (first, right) = (build(), folder.files("public"));
    assert_eq!(build(), first);
    fs::write(&file, vec![b' '; fs::read(&file).unwrap().len()]).unwrap();
    assert_ne!(build(), first);
    assert!(folder.files("public") == right);
}

#[test]
fn a_build_that_would_give_the_same_is_told_and_not_made() {
    let folder = whole();
    folder.write("content/b.toml", b"[role.y]\nname.fi = \"Y\"\nname.sv = \"Y\"\n");
    let first = folder.run(&["build"]);
    assert_eq!(code(&first), 0, "{}", err(&first));
    let made = (site_of(&folder), folder.files("public"));
    // At first the files are too new for their times to tell everything, then they are not.
    for wait in [0, 2300, 0] {
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let again = folder.run(&["build"]);
        assert_eq!((code(&again), err(&again)), (0, err(&first)), "told again");
        assert!(out(&again).contains("0 uutta tai muuttunutta. Mikään ei ole muuttunut."), "{}", out(&again));
        assert!(made == (site_of(&folder), folder.files("public")));
    }
}

#[test]
fn a_build_is_made_again_where_anything_is_other_than_it_was_left() {
    let folder = whole();
    folder.write("content/media/a.txt", b"one");
    let page = folder.path("public/fi/roolit/x.html");
    let build = |args: &[&str]| assert_eq!(code(&folder.run(args)), 0, "{args:?}");
    build(&["build"]);
    let right = folder.files("public");
    let spoil: [&dyn Fn(); 6] = [
        &|| fs::remove_file(&page).unwrap(),
        &|| fs::write(&page, vec![b' '; fs::read(&page).unwrap().len()]).unwrap(),
        &|| fs::write(folder.path("public/fi/foreign.html"), "x").unwrap(),
        &|| fs::create_dir(folder.path("public/empty")).unwrap(),
        &|| symlink(&page, folder.path("public/link.html")).unwrap(),
        &|| fs::create_dir(folder.path(".public.polku-stage")).unwrap(),
    ];
    for (at, spoil) in spoil.iter().enumerate() {
        let before = site_of(&folder);
        spoil();
        build(&["build"]);
        assert!(before != site_of(&folder) && right == folder.files("public"), "{at}");
        assert!(!folder.path(".public.polku-stage").exists());
    }
    let days = ["build", "--today", "2031-01-01"];
    for args in [&["build", "--no-minify"][..], &["build", "--drafts"], &days, &["build"]] {
        let before = site_of(&folder);
        build(args);
        assert_ne!(before, site_of(&folder), "{args:?}");
    }
    folder.write("content/media/a.txt", b"two");
    build(&["build"]);
    assert_eq!(folder.files("public").get("media/a.txt").map(Vec::as_slice), Some(&b"two"[..]));
}

#[test]
fn a_handbook_that_cannot_be_noted_is_built_all_the_same() {
    let folder = whole();
    folder.write(".polku/built", b"a file where the folder would be");
    for _ in 0..2 {
        let built = folder.run(&["build"]);
        assert_eq!(code(&built), 0, "{}", err(&built));
    }
    fs::remove_file(folder.path(".polku/built")).unwrap();
    folder.run(&["build"]);
    for entry in fs::read_dir(folder.path(".polku/built")).unwrap() {
        fs::write(entry.unwrap().path(), "no note").unwrap();
    }
    assert!(out(&folder.run(&["build"])).contains("Mikään ei ole muuttunut."));
}

#[test]
fn two_builds_are_byte_equal_whatever_the_number_of_threads() {
    let folder = whole();
    for (jobs, target) in [("1", "one"), ("2", "two"), ("7", "seven")] {
        let target = folder.path(target);
        assert_eq!(code(&folder.run(&["build", "--jobs", jobs, "--out", target.to_str().unwrap()])), 0);
    }
    assert!(folder.files("one").len() > 30);
    assert_eq!(folder.files("one"), folder.files("two"));
    assert_eq!(folder.files("one"), folder.files("seven"));
}

#[test]
fn errors_stop_a_build_and_leave_the_old_site_as_it_was() {
    let folder = whole();
    folder.run(&["build"]);
    let before = folder.files("public");
    folder.write("content/b.toml", b"[role.y]\nnmae.fi = \"Y\"\n");
    let output = folder.run(&["build", "--lang", "fi"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("Tarkoititko ”name”?"), "{}", err(&output));
    assert!(err(&output).contains("Aiempi sivusto on ennallaan."));
    assert_eq!(folder.files("public"), before);
}

#[test]
fn pages_that_are_gone_from_the_handbook_are_gone_from_the_site() {
    let folder = whole();
    folder.write("content/b.toml", b"[page.old]\nname.fi = \"Vanha\"\nname.sv = \"Gammal\"\n");
    folder.run(&["build"]);
    assert!(folder.path("public/fi/ohjeet/old.html").is_file());
    fs::remove_file(folder.path("content/b.toml")).unwrap();
    folder.run(&["build"]);
    assert!(!folder.path("public/fi/ohjeet/old.html").exists());
    assert!(folder.path("public/fi/roolit/x.html").is_file());
}

#[test]
fn a_target_that_polku_did_not_make_is_never_touched() {
    let folder = whole();
    folder.write("mine/letter.txt", b"dear");
    folder.write("file", b"x");
    for (target, told) in [
        ("mine", "target-not-ours"),
        ("file", "target-is-file"),
        (".", "target-inside"),
        ("content", "target-inside"),
        ("content/public", "target-inside"),
        ("public/../content/x", "target-inside"),
    ] {
        let target = folder.path(target);
        let output = folder.run(&["build", "--out", target.to_str().unwrap()]);
        assert_eq!(code(&output), 2, "{}", target.display());
        assert!(err(&output).contains(told), "{}: {}", target.display(), err(&output));
    }
    assert_eq!(fs::read(folder.path("mine/letter.txt")).unwrap(), b"dear");
    assert_eq!(fs::read(folder.path("content/a.toml")).unwrap(), ROLE.as_bytes());
}

#[test]
fn a_missing_handbook_is_told_in_the_wished_language() {
    let folder = Folder::new(&[]);
    for (lang, told) in [("fi", "kansiota"), ("sv", "mapp"), ("en", "folder")] {
        let missing = folder.path("nowhere");
        let output = Command::new(env!("CARGO_BIN_EXE_polku"))
            .args(["check", "--lang", lang, "--root", missing.to_str().unwrap()])
            .output()
            .unwrap();
        assert_eq!(code(&output), 2);
        assert!(err(&output).to_lowercase().contains(told), "{}", err(&output));
    }
}

#[test]
fn check_tells_findings_and_ends_as_they_weigh() {
    let folder = whole();
    assert_eq!(code(&folder.run(&["check"])), 0);
    folder.write("content/b.toml", b"[page.y]\nname.fi = \"Y\"\nname.sv = \"Y\"\nsummary.fi = \"Jotain\"\n");
    let output = folder.run(&["check", "--format", "short"]);
    assert_eq!(code(&output), 0);
    assert_eq!(out(&output).lines().count(), 2);
    assert!(out(&output).starts_with("content/b.toml:4:14: warning[missing-text]: "), "{}", out(&output));
    // What publishing will ask for is told in time and weighs nothing yet.
    assert!(out(&output).contains("info[statement-missing]: "), "{}", out(&output));
    assert_eq!(code(&folder.run(&["check", "--deny-warnings"])), 1);
    folder.write("content/c.toml", b"[page.z]\nname.fi = \"Z\"\n");
    assert_eq!(code(&folder.run(&["check"])), 1);
    let json = folder.run(&["check", "--format", "json", "--lang", "sv"]);
    let found: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(found[0]["code"], "missing-name");
    assert_eq!((found[0]["file"].as_str(), found[0]["line"].as_u64()), (Some("content/c.toml"), Some(2)));
}

#[test]
fn files_that_cannot_be_taken_are_told_and_the_others_are_read() {
    let folder = whole();
    folder.write("content/latin.toml", b"[page.a]\nname.fi = \"\xe4\"\n");
    folder.write("content/empty.toml", b"");
    folder.write("content/huge.toml", vec![b'#'; 50 * 1024 * 1024]);
    folder.write("content/deep.toml", format!("a = {}{}", "[".repeat(10_000), "]".repeat(10_000)).as_bytes());
    folder.write("content/roles/x.fi.md", "> ".repeat(10_000).as_bytes());
    folder.write("content/roles/x.sv.md", ("- ".repeat(10_000) + "x").as_bytes());
    folder.write("outside.txt", b"secret");
    let elsewhere = Folder::new(&[("secret.toml", "[role.secret]\nname.fi = \"Salainen\"\n")]);
    symlink(elsewhere.path("secret.toml"), folder.path("content/leak.toml")).unwrap();
    symlink(elsewhere.0.path(), folder.path("content/leaks")).unwrap();
    symlink(folder.path("content"), folder.path("content/loop")).unwrap();
    symlink(folder.path("content/nothing"), folder.path("content/broken.toml")).unwrap();
    let output = folder.run(&["check", "--format", "short"]);
    let told = out(&output);
    assert_eq!(code(&output), 1, "{told}{}", err(&output));
    for (file, code) in [
        ("content/latin.toml", "not-utf8"),
        ("content/huge.toml", "file-too-large"),
        ("content/deep.toml", "toml-"),
        ("content/roles/x.fi.md", "markdown-deep"),
        ("content/roles/x.sv.md", "markdown-deep"),
        ("content/leak.toml", "link-outside"),
        ("content/leaks", "link-outside"),
        ("content/loop", "link-broken"),
        ("content/broken.toml", "link-broken"),
    ] {
        let line = told.lines().find(|line| line.starts_with(&format!("{file}:")) && line.contains(code));
        assert!(line.is_some(), "{file} {code} is not told in\n{told}");
    }
    assert!(!told.contains("Salainen") && !told.contains("empty.toml"), "{told}");
}

#[test]
fn a_broken_theme_is_told_and_publishes_nothing() {
    let folder = whole();
    folder.write("themes/polku/templates/page/role.html", b"{% if %}");
    let output = folder.run(&["build", "--lang", "en"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("theme-template"), "{}", err(&output));
    assert!(!folder.path("public").exists());
    folder.write("themes/polku/templates/page/role.html", b"{{ page.nothing }}");
    let output = folder.run(&["build", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("theme-render"), "{}", err(&output));
    assert!(!folder.path("public").exists() && !folder.path(".public.polku-stage").exists());
}

#[test]
fn explain_lists_and_explains_every_check() {
    let run =
        |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_polku")).arg("explain").args(args).output().unwrap();
    let all = out(&run(&[]));
    assert!(all.lines().count() > 80);
    for line in all.lines() {
        let code = line.split_whitespace().next().unwrap();
        assert!(out(&run(&[code, "--lang", "sv"])).starts_with(code), "{code}");
    }
    let near = run(&["unknown-kye"]);
    assert_eq!(code(&near), 2);
    assert!(err(&near).contains("Did you mean unknown-key?"));
}

#[test]
fn wrong_usage_ends_with_two() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_polku")).args(["build", "--today", "yesterday"]).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("2026-11-21"));
}

#[test]
fn a_full_disk_leaves_the_old_site_whole() {
    let folder = whole();
    folder.write("big/media/picture.png", vec![7; 3 * 1024 * 1024]);
    let output = folder.mounting(
        "set -e; mkdir disk; mount -t tmpfs -o size=2m tmpfs disk; polku build --out disk/public >/dev/null
         find disk -type f | sort | xargs cat | cksum; mv big/media content/media
         polku build --out disk/public --lang en && exit 9; echo exit $?
         find disk -type f | sort | xargs cat | cksum; ls -A disk",
    );
    let told = out(&output);
    let lines: Vec<&str> = told.lines().collect();
    let [before, exit, after, left] = lines.as_slice() else { panic!("{told}{}", err(&output)) };
    assert_eq!((*exit, *left), ("exit 2", "public"), "{told}{}", err(&output));
    assert_eq!(before, after, "the old site has changed");
    assert!(err(&output).contains("disk-full"), "{}", err(&output));
}

/// The program with these arguments, outside any handbook.
fn polku(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_polku")).args(args).output().unwrap()
}

#[test]
fn a_new_handbook_is_complete_in_any_of_its_languages_and_builds_without_warnings() {
    for (languages, pages) in [
        ("fi,sv", ["fi/roolit/sosiaaliohjaaja.html", "sv/lagar/shl/36.html"]),
        ("sv,fi", ["fi/lait/shl/36.html", "sv/uppgifter/palvelupaatos.html"]),
        ("fi", ["fi/roolit/sosiaaliohjaaja.html", "fi/lait/shl/36.html"]),
        ("sv", ["sv/roller/sosiaaliohjaaja.html", "sv/lagar/shl/36.html"]),
    ] {
        let folder = Folder::new(&[]);
        let made = folder.path("kasikirja");
        let made = made.to_str().unwrap();
        let told = polku(&["new", made, "--languages", languages]);
        assert!(told.status.success() && out(&told).contains(made), "{}", err(&told));
        assert!(out(&told).contains("polku serve --open") && out(&told).contains("polku publish"));
        let root = ["--root", made, "--today", "2026-11-21"];
        let checked = polku(&[&["check", "--deny-warnings", "--format", "short"][..], &root].concat());
        assert!(checked.status.success(), "{languages}: {}", out(&checked));
        assert!(out(&checked).contains("statement-example"), "{languages}: {}", out(&checked));
        let built = polku(&[&["build"][..], &root].concat());
        assert!(built.status.success(), "{languages}: {}", err(&built));
        for page in pages {
            assert!(Path::new(made).join("public").join(page).is_file(), "{languages}: {page}");
        }
        let files = folder.files("kasikirja/content");
        for lang in ["fi", "sv"].iter().filter(|lang| !languages.contains(*lang)) {
            let foreign = format!(".{lang} = ");
            let holds = |text: &Vec<u8>| String::from_utf8_lossy(text).contains(&foreign);
            assert!(!files.values().any(holds), "{languages}: {lang} is left");
            assert!(!files.keys().any(|path| path.ends_with(&format!(".{lang}.md"))), "{languages}");
        }
        let published = polku(&[&["publish"][..], &root].concat());
        assert!(published.status.success(), "{languages}: {}", err(&published));
    }
}

#[test]
fn a_new_handbook_overwrites_nothing() {
    let folder = whole();
    let root = folder.path("");
    let told = polku(&["new", root.to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(2));
    assert!(err(&told).contains("folder-taken"), "{}", err(&told));
    assert_eq!(folder.files("content").len(), 1);
    let refused = polku(&["new", folder.path("x").to_str().unwrap(), "--languages", "se"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!folder.path("x").exists() && err(&refused).contains("fi and sv"));
    // An empty folder is good enough, also when one stands in it.
    fs::create_dir(folder.path("y")).unwrap();
    let here = Command::new(env!("CARGO_BIN_EXE_polku"))
        .args(["new", "."])
        .current_dir(folder.path("y"))
        .output()
        .unwrap();
    assert!(here.status.success() && folder.path("y/site.toml").is_file(), "{}", err(&here));
}

#[test]
fn builds_into_one_folder_at_the_same_time_leave_a_whole_site() {
    let folder = whole();
    let root = folder.path("");
    let target = folder.path("public");
    let build = || {
        Command::new(env!("CARGO_BIN_EXE_polku"))
            .args(["build", "--today", "2026-11-21", "--root"])
            .arg(&root)
            .arg("--out")
            .arg(&target)
            .output()
            .unwrap()
    };
    build();
    let whole = folder.files("public").len();
    for _ in 0..5 {
        std::thread::scope(|scope| {
            let builds: Vec<_> = (0..3).map(|_| scope.spawn(build)).collect();
            for told in builds {
                assert!(told.join().unwrap().status.success());
            }
        });
        assert_eq!(folder.files("public").len(), whole);
    }
    let mut left: Vec<String> =
        fs::read_dir(&root).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    left.sort();
    assert_eq!(left, [".polku", "content", "public", "site.toml"]);
}

#[test]
fn a_search_report_tells_the_poorest_first_and_a_synonym_mends_it() {
    let folder = whole();
    folder.write("queries.txt", "ohjaajan\n# a remark\n\nsossu\nhandledare\n".as_bytes());
    let queries = folder.path("queries.txt");
    let report = |args: &[&str]| {
        let told =
            folder.run(&[&["search-report", queries.to_str().unwrap(), "--lang", "en"], args].concat());
        assert_eq!(told.status.code(), Some(0), "{told:?}");
        String::from_utf8(told.stdout).unwrap()
    };
    let before = report(&[]);
    let at = |text: &str| before.find(text).unwrap_or_else(|| panic!("{text} is missing in {before}"));
    assert!(at("nothing sossu") < at("found   ohjaajan"), "{before}");
    assert!(before.contains("Ohjaaja (rooli)"), "{before}");
    assert!(before.contains("Queries: 3, with a word that the handbook does not have: 1"), "{before}");
    folder.write("search.toml", "synonyms.fi = [\"sossu, ohjaaja\"]\n".as_bytes());
    let after = report(&["--format", "csv"]);
    assert!(after.contains("sossu;yes;"), "{after}");
    assert!(report(&["--in", "sv"]).contains("nothing sossu"));
}

#[test]
fn a_search_report_says_which_script_of_a_theme_does_not_work() {
    let folder = whole();
    folder.write("queries.txt", "a\n".as_bytes());
    folder.write("themes/polku/search/engine.js", "throw new Error(\"broken\");".as_bytes());
    let queries = folder.path("queries.txt");
    let told = folder.run(&["search-report", queries.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8(told.stderr).unwrap().contains("search script does not work: broken"));
}

#[test]
fn a_search_script_that_never_ends_is_ended() {
    let folder = whole();
    folder.write("queries.txt", "a\n".as_bytes());
    folder.write("themes/polku/search/engine.js", "while (true) {}".as_bytes());
    let queries = folder.path("queries.txt");
    let told = folder.run(&["search-report", queries.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8(told.stderr).unwrap().contains("search script does not work"));
}
