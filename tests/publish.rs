//! `polku publish` as a user runs it: addresses that stay alive, packages, what is told, and what is left on
//! disk when something goes wrong at any moment. `KILLS=200 cargo test --test publish` kills more often.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

#[path = "common/folder.rs"]
mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::ops::Deref;
use std::process::{Command, Stdio};

use folder::{Folder, ROLE, code, err, out};

/// With the whole statement of accessibility, without which nothing is published; on a line of its own, so
/// that tests can add any key after it.
const SITE: &str = concat!(
    "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n",
    "accessibility = { example = true, responsible = { fi = \"Alue\", sv = \"Området\" }, status = \"full\", assessed_by = \"self\", ",
    "assessor = { fi = \"Yksikkö\", sv = \"Enheten\" }, assessed = 2026-11-02, prepared = 2026-11-09, ",
    "updated = 2026-11-16, mail = \"palaute@example.fi\", phone = \"06 000 0000\", answer_days = 10, ",
    "authority = { name = { fi = \"Esimerkkivirasto\", sv = \"Exempelverket\" }, ",
    "link = \"https://virasto.example/saavutettavuus\", mail = \"saavutettavuus@virasto.example\", ",
    "phone = \"029 000 0000\" } }\n",
);
const PAGE: &str = "[page.ohje]\nname.fi = \"Ohje\"\nname.sv = \"Anvisning\"\n";

/// A handbook that can be published.
struct Whole(Folder);

impl Deref for Whole {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.0
    }
}

impl Whole {
    fn new() -> Whole {
        let files = [("site.toml", SITE), ("content/a.toml", ROLE), ("content/b.toml", PAGE)];
        let folder = Whole(Folder::new(&files));
        folder.prose("Tausta", "Bakgrund");
        folder
    }

    /// The page's prose with a heading between two others.
    fn prose(&self, fi: &str, sv: &str) {
        self.write("content/pages/ohje.fi.md", format!("## Alku\n\nA.\n\n## {fi}\n\nB.\n\n## Loppu\n\nC.\n"));
        self.write(
            "content/pages/ohje.sv.md",
            format!("## Början\n\nA.\n\n## {sv}\n\nB.\n\n## Slut\n\nC.\n"),
        );
    }

    /// Publishes, which has to go well, and gives what is told.
    fn publish(&self, args: &[&str]) -> String {
        let output = self.run(&[&["publish"], args].concat());
        assert_eq!(code(&output), 0, "{}", err(&output));
        out(&output)
    }

    /// Publishes, which must not go well and must change nothing, and gives what is told.
    fn refused(&self, expected: i32, args: &[&str]) -> String {
        let before = (self.files("public"), fs::read(self.path("urls.lock")).ok(), self.files(".polku"));
        let output = self.run(&[&["publish"], args].concat());
        assert_eq!(code(&output), expected, "{}{}", out(&output), err(&output));
        let after = (self.files("public"), fs::read(self.path("urls.lock")).ok(), self.files(".polku"));
        assert!(before == after, "something has changed: {}", err(&output));
        assert!(!self.path(".public.polku-stage").exists(), "the stage is left");
        err(&output)
    }

    fn archive(&self) -> Vec<String> {
        self.files(".polku/archive").into_keys().collect()
    }
}

#[test]
fn renaming_a_page_and_a_heading_keeps_their_old_addresses_alive() {
    let folder = Whole::new();
    folder.publish(&[]);
    assert!(folder.read("urls.lock").contains("fi/ohjeet/ohje.html page/ohje #alku #tausta #loppu\n"));
    folder.write("content/b.toml", format!("{PAGE}slug.fi = \"uusi\"\nslug.sv = \"ny\"\n"));
    folder.prose("Miksi", "Varför");
    folder.publish(&[]);
    let old = folder.read("public/fi/ohjeet/ohje.html");
    assert!(old.contains("uusi.html") && old.contains("http-equiv=") && old.contains("canonical"), "{old}");
    assert!(folder.read("public/sv/anvisningar/ohje.html").contains("href=\"ny.html\""));
    for page in ["public/fi/ohjeet/uusi.html", "public/sv/anvisningar/ny.html"] {
        let text = folder.read(page).replace('"', "");
        assert!(text.contains("<h2 id=miksi><span id=tausta></span>"), "{page}: {text}");
    }
    // And again: names pile up, nothing is forgotten.
    folder.prose("Perustelu", "Motivering");
    folder.publish(&[]);
    let text = folder.read("public/fi/ohjeet/uusi.html").replace('"', "");
    assert!(text.contains("<h2 id=perustelu><span id=miksi></span><span id=tausta></span>"), "{text}");
    let lock = folder.read("urls.lock");
    assert!(
        lock.contains("fi/ohjeet/uusi.html page/ohje #alku #perustelu #loppu #miksi>perustelu"),
        "{lock}"
    );
    assert!(lock.contains("fi/ohjeet/ohje.html page/ohje #alku #tausta #loppu\n"), "{lock}");
    let lines: Vec<&str> = lock.lines().collect();
    assert!(lines.is_sorted(), "{lock}");
    // The preview and a build show the same as was published.
    let published = folder.files("public");
    folder.run(&["build", "--out", "built"]);
    let mut built = folder.files("built");
    built.insert(".polku-site".into(), published[".polku-site"].clone());
    assert!(published == built);
}

#[test]
fn a_page_that_goes_has_to_be_accounted_for() {
    let folder = Whole::new();
    folder.publish(&[]);
    folder.write("content/b.toml", "");
    fs::remove_dir_all(folder.path("content/pages")).unwrap();
    let told = folder.refused(1, &["--lang", "fi"]);
    assert!(told.contains("ohje ”ohje” (fi/ohjeet/ohje.html, sv/anvisningar/ohje.html)"), "{told}");
    assert!(told.contains("from = \"page:ohje\""), "{told}");
    folder.write(
        "site.toml",
        format!(
            "{SITE}[[redirect]]\nfrom = \"page:ohje\"\ngone.fi = \"Lakannut.\"\ngone.sv = \"Upphört.\"\n"
        ),
    );
    folder.publish(&[]);
    assert!(folder.read("public/fi/ohjeet/ohje.html").contains("Lakannut."));
    assert!(folder.read("public/sv/anvisningar/ohje.html").contains("Upphört."));
    folder.publish(&[]);
    assert!(folder.read("urls.lock").contains("fi/ohjeet/ohje.html page/ohje"), "it is never forgotten");
}

#[test]
fn a_new_id_is_offered_and_leads_on_when_it_is_confirmed() {
    let folder = Whole::new();
    folder.publish(&[]);
    folder.write("content/b.toml", PAGE.replace("page.ohje", "page.opas"));
    fs::remove_dir_all(folder.path("content/pages")).unwrap();
    let told = folder.refused(1, &["--lang", "en"]);
    assert!(told.contains("former_ids = [\"ohje\"]") && told.contains("page “opas”"), "{told}");
    folder.write(
        "content/b.toml",
        format!("{}former_ids = [\"ohje\"]\n", PAGE.replace("page.ohje", "page.opas")),
    );
    folder.publish(&[]);
    assert!(folder.read("public/fi/ohjeet/ohje.html").contains("opas.html"));
}

#[test]
fn style_sheets_and_scripts_of_the_release_before_are_kept() {
    let folder = Whole::new();
    let styles = |folder: &Whole| {
        let names = folder.files("public").into_keys();
        names.filter(|name| name.ends_with(".css")).collect::<BTreeSet<_>>()
    };
    folder.publish(&[]);
    let first = styles(&folder);
    folder.write("themes/polku/css/part/zz.css", "@layer parts { .pk-own { color: inherit; } }\n");
    folder.publish(&[]);
    let second = styles(&folder);
    assert_eq!((first.len(), second.len()), (1, 2), "{first:?} {second:?}");
    assert!(first.is_subset(&second));
    folder.publish(&[]);
    assert_eq!(styles(&folder), second, "publishing the same again is no release");
    folder.write("themes/polku/css/part/zz.css", "@layer parts { .pk-own { color: currentcolor; } }\n");
    folder.publish(&[]);
    let third = styles(&folder);
    assert!(third.len() == 2 && third.is_disjoint(&first), "{third:?}");
}

#[test]
fn compressed_files_hold_the_same_and_stay_while_nothing_changes() {
    let folder = Whole::new();
    folder.publish(&["--compress"]);
    let files = folder.files("public");
    let mut seen = [0, 0];
    for (name, small) in &files {
        let mut full = Vec::new();
        if let Some(of) = name.strip_suffix(".gz") {
            flate2::read::GzDecoder::new(&small[..]).read_to_end(&mut full).unwrap();
            assert!(full == files[of] && small.len() < full.len(), "{name}");
            seen[0] += 1;
        } else if let Some(of) = name.strip_suffix(".br") {
            brotli::BrotliDecompress(&mut &small[..], &mut full).unwrap();
            assert!(full == files[of] && small.len() < full.len(), "{name}");
            seen[1] += 1;
        } else if name.ends_with(".html") && small.len() >= 1024 {
            assert!(files.contains_key(&format!("{name}.gz")), "{name}");
        }
    }
    assert!(seen[0] > 50 && seen[1] > 50, "{seen:?}");
    let time = |path: &str| folder.path(path).metadata().unwrap().modified().unwrap();
    let before = time("public/fi/roolit/x.html.br");
    folder.publish(&["--compress"]);
    assert_eq!(time("public/fi/roolit/x.html.br"), before);
    folder.publish(&[]);
    assert!(!folder.path("public/fi/roolit/x.html.br").exists());
}

#[test]
fn a_site_with_an_address_of_its_own_has_a_site_map_and_a_page_for_what_is_missing() {
    let folder = Whole::new();
    folder.publish(&[]);
    assert!(!folder.path("public/sitemap.xml").exists());
    let plain = folder.read("public/404.html");
    assert!(!plain.contains("assets/") && !plain.contains("http"), "{plain}");
    folder.write("site.toml", format!("{SITE}base_url = \"https://kasikirja.example.fi/työ & muu\"\n"));
    let told = folder.refused(1, &["--lang", "en"]);
    assert!(told.contains("bad-base-url"), "{told}");
    folder.write("site.toml", format!("{SITE}base_url = \"https://kasikirja.example.fi/tyo&muu\"\n"));
    folder.publish(&[]);
    // A page made small writes & as it is where it can be nothing else.
    let missing = folder.read("public/404.html").replace("&amp;", "&");
    for href in ["assets/polku-", "fi/haku.html", "sv/sok.html", "sv/index.html"] {
        assert!(missing.contains(&format!("https://kasikirja.example.fi/tyo&muu/{href}")), "{missing}");
    }
    let map = folder.read("public/sitemap.xml");
    let parsed = roxmltree::Document::parse(&map).unwrap();
    let urls: Vec<_> = parsed.descendants().filter(|node| node.has_tag_name("loc")).collect();
    let pages = folder.files("public").into_keys().filter(|name| name.ends_with(".html"));
    let listed = |name: &String| !["404.html", "index.html"].contains(&name.as_str());
    assert_eq!(urls.len(), pages.filter(listed).count(), "{map}");
    let role = urls.iter().find(|url| url.text().unwrap().ends_with("/fi/roolit/x.html")).unwrap();
    let twins: Vec<_> = role.parent().unwrap().children().filter_map(|node| node.attribute("href")).collect();
    assert!(twins[1] == "https://kasikirja.example.fi/tyo&muu/sv/roller/x.html", "{twins:?}");
}

#[test]
fn a_package_holds_the_site_and_the_same_bytes_each_time() {
    let folder = Whole::new();
    folder.write("content/media/liite ä.pdf", "%PDF");
    folder.publish(&["--zip", "one.zip", "--jobs", "1"]);
    folder.publish(&["--zip", "two.zip", "--to", "elsewhere", "--compress", "--jobs", "7"]);
    assert_eq!(fs::read(folder.path("one.zip")).unwrap(), fs::read(folder.path("two.zip")).unwrap());
    let mut zip = zip::ZipArchive::new(fs::File::open(folder.path("one.zip")).unwrap()).unwrap();
    let mut packed = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        packed.insert(file.name().unwrap().into_owned(), bytes);
    }
    let mut site = folder.files("public");
    site.remove(".polku-site");
    assert!(packed == site && packed.contains_key("media/liite ä.pdf"), "{:?}", packed.keys());
    assert_eq!(folder.archive().len(), 1);
}

#[test]
fn dated_packages_tell_what_was_in_force_and_can_be_compared() {
    let folder = Whole::new();
    folder.publish(&[]);
    folder.publish(&["--today", "2026-11-22"]);
    assert_eq!(folder.archive().len(), 1, "the same handbook is packed once");
    folder.write("content/a.toml", ROLE.replace("Ohjaaja", "Palveluohjaaja"));
    folder.publish(&["--today", "2026-11-22"]);
    folder.write("content/a.toml", ROLE.replace("Ohjaaja", "Neuvoja"));
    folder.publish(&["--today", "2026-11-22"]);
    let names = folder.archive();
    let days: Vec<&str> = names.iter().map(|name| &name[..13]).collect();
    assert_eq!(days, ["2026-11-21-01", "2026-11-22-01", "2026-11-22-02"]);
    let packages: Vec<String> = names.iter().map(|name| format!(".polku/archive/{name}")).collect();
    let told = Command::new(env!("CARGO_BIN_EXE_polku"))
        .current_dir(folder.root())
        .args(["compare", &packages[0], &packages[2], "--lang", "fi"])
        .output()
        .unwrap();
    assert!(out(&told).contains("Neuvoja") && out(&told).contains("Ohjaaja"), "{}", err(&told));
}

#[test]
fn what_changed_is_told_by_page_and_in_words() {
    let folder = Whole::new();
    let first = folder.publish(&["--lang", "fi", "--zip", "first.zip"]);
    assert!(first.contains("Tässä kansiossa ei ole aiempaa julkaisua"), "{first}");
    let same = folder.publish(&["--lang", "sv"]);
    assert!(
        same.contains("0 nya eller ändrade") && same.contains("Sidornas innehåll är oförändrat"),
        "{same}"
    );
    folder.write("content/a.toml", ROLE.replace("Handledare", "Rådgivare"));
    let told = folder.publish(&["--lang", "fi"]);
    assert!(
        told.contains("Muuttuneet sivut (ruotsi):\n  muuttunut Rådgivare – sv/roller/x.html\n"),
        "{told}"
    );
    assert!(!told.contains("(suomi)"), "{told}");
    folder.write("content/c.toml", "[role.z]\nname.fi = \"Uusi\"\nname.sv = \"Ny\"\nstatus = \"comment\"\n");
    let told = folder.publish(&["--lang", "en", "--since", "first.zip"]);
    assert!(told.contains("new       Uusi – fi/roolit/z.html"), "{told}");
    assert!(told.contains("changed   Rådgivare – sv/roller/x.html"), "{told}");
    assert!(told.contains("\n# "), "the changes in words: {told}");
    let data = folder.publish(&["--lang", "en", "--since", "public/handbook.json"]);
    assert!(data.contains("unchanged"), "{data}");
}

#[test]
fn what_cannot_be_compared_with_stops_before_anything_is_done() {
    let folder = Whole::new();
    folder.publish(&[]);
    folder.write("letter.txt", "dear");
    folder.write("broken.zip", "PK\u{3}\u{4} no package");
    folder.write("other.json", "{}");
    for (file, told) in [
        ("letter.txt", "not-json"),
        ("broken.zip", "package-damaged"),
        ("other.json", "not-a-handbook"),
        ("nowhere.json", "data-unreadable"),
        ("content", "data-unreadable"),
    ] {
        folder.write("content/a.toml", ROLE.replace("Ohjaaja", "Toinen"));
        let said = folder.refused(2, &["--lang", "en", "--since", file]);
        assert!(said.contains(told), "{file}: {said}");
    }
}

#[test]
fn packages_go_only_where_they_stay() {
    let folder = Whole::new();
    folder.publish(&[]);
    folder.write("letter.txt", "dear");
    folder.write("made/letter.txt", "dear");
    let mut other = zip::ZipWriter::new(fs::File::create(folder.path("other.zip")).unwrap());
    other.start_file("mine.txt", zip::write::SimpleFileOptions::default()).unwrap();
    other.finish().unwrap();
    let sources = ["content", "letter.txt", "other.zip", "site.toml"];
    let bytes = |name: &&str| (folder.files(name), fs::read(folder.path(name)).ok());
    let before: Vec<_> = sources.iter().map(bytes).collect();
    for (args, told) in [
        (["--zip", "nowhere/x.zip"], "package-folder"),
        (["--zip", "public"], "package-inside"),
        (["--zip", "public/x.zip"], "package-inside"),
        (["--zip", "content"], "package-source"),
        (["--zip", "content/a.toml"], "package-source"),
        (["--zip", "content/new.zip"], "package-source"),
        (["--zip", "site.toml"], "package-source"),
        (["--zip", "search.toml"], "package-source"),
        (["--zip", "urls.lock"], "package-source"),
        (["--archive", "content/media"], "package-source"),
        (["--archive", "themes"], "package-source"),
        (["--zip", "letter.txt"], "package-not-ours"),
        (["--zip", "other.zip"], "package-not-ours"),
        (["--zip", "made"], "package-folder"),
    ] {
        let said = folder.refused(2, &[&args[..], &["--lang", "sv"]].concat());
        assert!(said.contains(told), "{args:?}: {said}");
    }
    assert!(before == sources.iter().map(bytes).collect::<Vec<_>>(), "a file of somebody was touched");
    folder.publish(&["--zip", "own.zip"]);
    folder.publish(&["--zip", "own.zip"]);
    folder.write("content/a.toml", ROLE.replace("Ohjaaja", "Toinen"));
    let said = folder.refused(2, &["--archive", "public/archive", "--lang", "fi"]);
    assert!(said.contains("package-inside"), "{said}");
    folder.publish(&["--archive", "made/here"]);
    assert_eq!(folder.files("made/here").len(), 1);
}

#[test]
fn targets_that_are_not_ours_are_left_alone() {
    let folder = Whole::new();
    folder.write("mine/letter.txt", "dear");
    folder.write("file", "x");
    for (target, told) in
        [("mine", "target-not-ours"), ("file", "target-is-file"), ("content", "target-inside")]
    {
        let said = folder.refused(2, &["--to", target, "--lang", "en"]);
        assert!(said.contains(told) && said.contains("polku publish --to site"), "{target}: {said}");
    }
    assert_eq!(folder.read("mine/letter.txt"), "dear");
    assert!(!folder.path("urls.lock").exists() && folder.archive().is_empty());
}

#[test]
fn a_damaged_list_of_addresses_stops_publishing() {
    let folder = Whole::new();
    folder.publish(&[]);
    let lock = folder.read("urls.lock");
    for (damage, told) in [
        (format!("<<<<<<< main\n{lock}=======\n{lock}>>>>>>> mine\n"), "urls-conflict"),
        (format!("{lock}nonsense\n"), "urls-line"),
    ] {
        folder.write("urls.lock", &damage);
        let said = folder.refused(1, &["--lang", "fi"]);
        assert!(said.contains(told), "{said}");
    }
    fs::write(folder.path("urls.lock"), b"fi/\xff.html page/x\n").unwrap();
    let said = folder.refused(1, &["--lang", "fi"]);
    assert!(said.contains("not-utf8"), "{said}");
    // Both sides of a merge and doubled lines are put in order again.
    folder.write("urls.lock", format!("{lock}{lock}"));
    folder.publish(&[]);
    assert_eq!(folder.read("urls.lock"), lock);
}

#[test]
fn compressed_files_of_the_handbook_itself_are_published_as_they_are() {
    let folder = Whole::new();
    let table = "a;b\n".repeat(1000);
    folder.write("content/media/luvut.csv", &table);
    folder.write("content/media/luvut.csv.gz", "its own");
    for args in [&["--zip", "one.zip"][..], &["--compress", "--zip", "two.zip"], &["--compress"]] {
        folder.publish(args);
        assert_eq!(folder.read("public/media/luvut.csv.gz"), "its own");
    }
    assert!(folder.path("public/media/luvut.csv.br").exists());
    assert!(fs::read(folder.path("one.zip")).unwrap() == fs::read(folder.path("two.zip")).unwrap());
    let package = fs::File::open(folder.path("two.zip")).unwrap();
    assert!(zip::ZipArchive::new(package).unwrap().by_name("media/luvut.csv.gz").is_ok());
}

#[test]
fn a_list_of_addresses_that_was_lost_or_cut_stops_publishing() {
    let folder = Whole::new();
    folder.publish(&[]);
    let lock = folder.read("urls.lock");
    let cut = lock.split_inclusive('\n').skip(1).collect::<String>();
    for left in [None, Some(""), Some("\n\n"), Some(cut.as_str())] {
        fs::remove_file(folder.path("urls.lock")).unwrap();
        if let Some(text) = left {
            folder.write("urls.lock", text);
        }
        // Building does not make the folder forget.
        assert_eq!(code(&folder.run(&["build"])), 0);
        let said = folder.refused(2, &["--lang", "fi"]);
        assert!(said.contains("urls-lost") && said.contains(".polku/archive"), "{said}");
        folder.write("urls.lock", &lock);
    }
    fs::remove_file(folder.path("urls.lock")).unwrap();
    let package = fs::File::open(folder.path(&format!(".polku/archive/{}", folder.archive()[0]))).unwrap();
    let mut kept = String::new();
    let mut package = zip::ZipArchive::new(package).unwrap();
    package.by_name("urls.lock").unwrap().read_to_string(&mut kept).unwrap();
    assert_eq!(kept, lock);
    folder.publish(&["--to", "new"]);
    folder.write("urls.lock", &kept);
    folder.publish(&[]);
}

#[test]
fn the_list_of_addresses_may_grow_beyond_other_texts() {
    let folder = Whole::new();
    folder.publish(&[]);
    let many: String = (0..400_000).map(|at| format!(" #anchor-{at}>")).collect();
    let lock = folder.read("urls.lock");
    let line = "fi/ohjeet/ohje.html page/ohje #alku #tausta #loppu";
    folder.write("urls.lock", lock.replace(line, &format!("{line}{many}")));
    folder.prose("Miksi", "Varför");
    folder.publish(&[]);
    let lock = folder.read("urls.lock");
    assert!(lock.len() > 5 * 1024 * 1024 && lock.contains(" #tausta>miksi"), "{}", lock.len());
    folder.publish(&[]);
    assert!(folder.read("urls.lock") == lock);
}

#[test]
fn a_full_disk_changes_nothing() {
    let folder = Whole::new();
    folder.write("big/media/liite.pdf", "x".repeat(3 * 1024 * 1024));
    let told = folder.mounting(
        "set -e; mkdir disk; mount -t tmpfs -o size=3m tmpfs disk
         polku publish --to disk/public --archive disk/archive --today 2026-11-21 >/dev/null
         find disk -type f | sort | xargs cat | cksum; cksum urls.lock; mv big/media content/media
         polku publish --to disk/public --archive disk/archive --today 2026-11-21 --lang en && exit 9; echo exit $?
         find disk -type f | sort | xargs cat | cksum; cksum urls.lock; ls -A disk",
    );
    let said = out(&told);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 7, "{said}{}", err(&told));
    assert_eq!((lines[0], lines[1]), (lines[3], lines[4]), "something has changed");
    assert_eq!((lines[2], &lines[5..]), ("exit 2", &["archive", "public"][..]), "{said}");
    assert!(err(&told).contains("disk-full"), "{}", err(&told));
}

#[test]
fn a_handbook_that_cannot_be_written_to_is_not_published() {
    let folder = Whole::new();
    // The lock is written before the site is exchanged: where that fails, nothing has happened.
    let told = folder.mounting(
        "set -e; mkdir disk site; cp -r site.toml content disk; mount --bind disk disk
         mount -o remount,bind,ro disk
         polku publish --root disk --to site/public --archive site/archive --today 2026-11-21 --lang en && exit 9
         echo exit $?; ls -A site; ls -A site/archive",
    );
    assert_eq!(out(&told), "exit 2\narchive\n", "{}", err(&told));
    assert!(err(&told).contains("write-failed") && err(&told).contains("urls.lock"), "{}", err(&told));
}

#[test]
fn an_exchange_by_two_renames_that_was_cut_short_is_put_right() {
    let folder = Whole::new();
    folder.publish(&[]);
    let site = folder.files("public");
    // As it stands between the two renames, and with what a killed one leaves.
    fs::rename(folder.path("public"), folder.path(".public.polku-old")).unwrap();
    folder.write(".public.polku-stage/half.html", "half");
    folder.write("content/c.toml", "[role.broken\n");
    let output = folder.run(&["publish"]);
    assert_eq!(code(&output), 1);
    assert!(folder.files("public") == site, "also where the handbook has errors");
    fs::remove_file(folder.path("content/c.toml")).unwrap();
    let told = folder.publish(&["--lang", "en"]);
    assert!(told.contains(" 0 new or changed"), "{told}");
    assert!(folder.files("public") == site);
    let left: Vec<_> = folder.files("").into_keys().filter(|name| name.starts_with(".public")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn publications_at_the_same_time_leave_a_whole_site_and_all_addresses() {
    let folder = Whole::new();
    let one = |at: usize| folder.command(&["publish", "--zip", &format!("{at}.zip")]).output().unwrap();
    let one = &one;
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|at| scope.spawn(move || one(at))).collect();
        for told in all {
            let told = told.join().unwrap();
            assert_eq!(code(&told), 0, "{}", err(&told));
        }
    });
    let (site, lock) = (folder.files("public"), folder.read("urls.lock"));
    folder.publish(&["--to", "again"]);
    assert!(folder.files("again") == site && folder.read("urls.lock") == lock);
    assert!(fs::read(folder.path("0.zip")).unwrap() == fs::read(folder.path("3.zip")).unwrap());
}

/// Two states of a handbook that differ on every page.
fn turn(folder: &Whole, at: usize) {
    let name = ["Käsikirja", "Opas"][at % 2];
    folder.write("site.toml", SITE.replace("Käsikirja", name));
    folder.write("content/b.toml", format!("{PAGE}slug.fi = \"{}\"\n", ["ohje", "opas"][at % 2]));
    folder.prose(["Tausta", "Miksi"][at % 2], ["Bakgrund", "Varför"][at % 2]);
}

#[test]
fn whoever_ends_the_program_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(40);
    let folder = Whole::new();
    // Each state as it is published when every address is known, and how long that takes.
    let mut states = Vec::new();
    let mut took = std::time::Duration::ZERO;
    for at in 0..4 {
        turn(&folder, at);
        let start = std::time::Instant::now();
        folder.publish(&[]);
        took = start.elapsed();
        states.push(folder.files("public"));
    }
    let states = [states.remove(2), states.remove(2)];
    let lock = folder.read("urls.lock");
    let locks =
        |text: &str| text.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
    let mut seen = [0, 0];
    let mut random = 88172645463325252_u64;
    for at in 0..kills {
        turn(&folder, at);
        let mut child =
            folder.command(&["publish"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Xorshift: every moment of a publication, also after its end.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let moment = took.as_micros() as u64 * 11 / 10;
        std::thread::sleep(std::time::Duration::from_micros(random % moment));
        child.kill().unwrap();
        child.wait().unwrap();
        let site = folder.files("public");
        let which = states.iter().position(|state| *state == site);
        let which = which.unwrap_or_else(|| panic!("kill {at}: the site is neither the old nor the new one"));
        seen[usize::from(which == at % 2)] += 1;
        assert_eq!(locks(&folder.read("urls.lock")), locks(&lock), "kill {at}: addresses are lost");
    }
    assert!(seen.iter().all(|left| *left > kills / 10), "{seen:?} (old, new): not every moment was hit");
    turn(&folder, 0);
    folder.publish(&[]);
    assert!(folder.files("public") == states[0]);
    let left: Vec<_> = fs::read_dir(folder.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let left: BTreeSet<String> = left.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    let expected = [".polku", "content", "public", "site.toml", "urls.lock"];
    assert_eq!(left, expected.map(str::to_owned).into(), "nothing is left behind");
    assert!(folder.archive().iter().all(|name| !name.starts_with('.')), "{:?}", folder.archive());
}
