//! Translation states as somebody works with them: confirming, changing, exporting, importing, merging.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test runs the program")]

#[path = "common/folder.rs"]
mod folder;

use std::fs;
use std::ops::Deref;
use std::path::Path;
use std::process::{Command, Output};

use folder::{Folder, SITE, err, out};

const CONTENT: &str = r#"# Roolit ja vaiheet
[role.ohjaaja]
name.fi = "Ohjaaja"          # nimi
name.sv = "Handledare"
summary.fi = "Auttaa arjessa."
summary.sv = "Hjälper i vardagen."

[phase.alku]
name.fi = "Alku"
name.sv = "Början"
[task.tyo]
name.fi = "Työ"
name.sv = "Arbete"
phase = "alku"
accountable = "ohjaaja"
"#;
const FI: &str = "Johdanto.\n\n## Alku\n\n### Sisältö\n\n- Auttaa.\n\n## Muuta\n\nLisää.\n";
const SV: &str = "Inledning.\n\n## Början\n\n### Innehåll\n\n- Hjälper.\n\n## Annat\n\nMera.\n";

/// A handbook in two languages.
struct Pair(Folder);

impl Deref for Pair {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.0
    }
}

impl Pair {
    fn new() -> Pair {
        Pair(Folder::new(&[
            ("site.toml", SITE),
            (".gitattributes", "translations.lock merge=union\n"),
            ("content/a.toml", CONTENT),
            ("content/roles/ohjaaja.fi.md", FI),
            ("content/roles/ohjaaja.sv.md", SV),
        ]))
    }

    fn change(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, text.replacen(from, to, 1));
    }

    fn says(&self, args: &[&str]) -> String {
        let output = self.run(args);
        out(&output) + &err(&output)
    }

    fn found(&self) -> Vec<String> {
        let told = self.says(&["check", "--format", "short", "--lang", "en"]);
        let codes = told.lines().map(|line| line.split(['[', ']']).nth(1).unwrap_or_default());
        // These handbooks are not for readers.
        codes.filter(|code| *code != "statement-missing").map(str::to_owned).collect()
    }

    fn git(&self, args: &[&str]) -> Output {
        let mut command = Command::new("git");
        command.current_dir(self.root());
        command.args(["-c", "user.name=Test", "-c", "user.email=test@example.org"]);
        let output = command.args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }
}

/// The rows of an exported table without its head.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let csv = csv.strip_prefix('\u{feff}').expect("a mark for Excel");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn an_entry_of_a_list_says_that_it_is_older_than_in_the_other_language() {
    let folder = Pair::new();
    let term = "[term.apu]\nname.fi = \"Apu\"\nname.sv = \"Hjälp\"\ndefinition.fi = \"Tuki.\"\n";
    folder.write("content/b.toml", format!("{term}definition.sv = \"Stöd.\"\n"));
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/b.toml", "Tuki.", "Tuki arjessa.");
    folder.run(&["build"]);
    let page = folder.read("public/sv/ordlista.html");
    assert_eq!(page.matches("pk-stale-mark").count(), 1);
    assert!(page.contains("fi/sanasto.html#term-apu"), "it leads to the entry in that language");
    assert!(!folder.read("public/fi/sanasto.html").contains("pk-stale-mark"));
}

#[test]
fn a_change_in_one_language_makes_one_text_stale_in_the_other_until_it_is_confirmed() {
    let folder = Pair::new();
    assert!(folder.found().is_empty(), "nobody has begun to confirm");
    assert!(folder.says(&["translate", "confirm", "--all"]).contains(": 8"));
    assert!(folder.found().is_empty());
    folder.change("content/a.toml", "Auttaa arjessa.", "Auttaa arjessa ja asioinnissa.");
    assert_eq!(folder.found(), ["stale-text"]);
    let status = rows(&folder.says(&["translate", "status", "--format", "csv"]));
    assert_eq!(status.len(), 1);
    assert_eq!(status[0][..3], ["role/ohjaaja.summary", "stale", "content/a.toml:6"]);
    let exported = rows(&folder.says(&["translate", "export", "--to", "sv"]));
    assert_eq!(exported.len(), 1);
    assert_eq!(
        (exported[0][4].as_str(), exported[0][8].as_str()),
        ("Auttaa arjessa ja asioinnissa.", "Hjälper i vardagen.")
    );
    assert!(rows(&folder.says(&["translate", "export", "--to", "fi"])).is_empty());
    folder.run(&["build"]);
    let page = folder.read("public/sv/roller/ohjaaja.html");
    assert_eq!(page.matches("pk-stale").count(), 1);
    assert!(!folder.read("public/fi/roolit/ohjaaja.html").contains("pk-stale"));
    assert!(!folder.path("public/fi/kaannokset.html").exists(), "coverage is for those who write");
    folder.run(&["build", "--drafts"]);
    let coverage = folder.read("public/fi/kaannokset.html");
    assert_eq!(coverage.matches("role/ohjaaja.summary").count(), 1);
    assert_eq!(coverage.matches("ruotsi: vanhentunut").count(), 1);
    assert!(coverage.replace("</td>", "").contains("<td>7<td>1<td>0<td>0"), "the whole handbook in Swedish");
    folder.says(&["translate", "confirm", "role/ohjaaja.summary"]);
    folder.run(&["build", "--drafts"]);
    assert!(!folder.read("public/fi/kaannokset.html").contains("role/ohjaaja.summary"));
    assert!(folder.found().is_empty());
}

#[test]
fn prose_is_confirmed_section_by_section_and_line_ends_do_not_matter() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/roles/ohjaaja.sv.md", "Mera.", "Mera än så.");
    assert_eq!(folder.found(), ["stale-text"]);
    let status = rows(&folder.says(&["translate", "status", "--format", "csv"]));
    assert_eq!((status[0][0].as_str(), status[0][7].as_str()), ("role/ohjaaja#muuta", "fi"));
    folder.change("content/roles/ohjaaja.sv.md", "Mera än så.", "Mera.");
    folder.change("content/roles/ohjaaja.fi.md", "Johdanto.\n", "Johdanto.  \n\n");
    assert!(folder.found().is_empty(), "going back is as good as confirmed");
}

#[test]
fn a_package_comes_back_without_loss_and_overwrites_nothing_that_changed_meanwhile() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/a.toml", "Auttaa arjessa.", "Auttaa kotona.");
    folder.change("content/roles/ohjaaja.fi.md", "Lisää.", "Lisää tästä.");
    let package = folder.says(&["translate", "export", "--to", "sv"]);
    folder.write("package.csv", &package);
    let import = folder.path("package.csv");
    let import = ["translate", "import", import.to_str().unwrap()];
    let before = (folder.read("content/a.toml"), folder.read("content/roles/ohjaaja.sv.md"));
    assert!(folder.run(&import).status.success());
    assert_eq!(
        (folder.read("content/a.toml"), folder.read("content/roles/ohjaaja.sv.md")),
        before,
        "no change"
    );
    folder.write("package.csv", package.replace("Hjälper i vardagen.", "\"Hjälper \"\"hemma\"\".\""));
    folder.change("package.csv", "Mera.", "Mera om detta.");
    assert!(folder.run(&import).status.success());
    let content = folder.read("content/a.toml");
    assert!(content.contains("# Roolit ja vaiheet") && content.contains("# nimi"), "{content}");
    assert!(
        content.contains("Hjälper \\\"hemma\\\".") || content.contains("'Hjälper \"hemma\".'"),
        "{content}"
    );
    assert!(folder.read("content/roles/ohjaaja.sv.md").ends_with("## Annat\n\nMera om detta.\n"));
    assert!(folder.found().is_empty(), "what was taken in is confirmed: {:?}", folder.found());
    // The same package again: the texts it was made from are not there any more.
    folder.change("content/a.toml", "Auttaa kotona.", "Auttaa muualla.");
    folder.write("package.csv", package.replace("Hjälper i vardagen.", "Något annat."));
    let late = folder.run(&import);
    assert_eq!(late.status.code(), Some(1));
    assert!(!folder.read("content/a.toml").contains("Något annat."));
}

#[test]
fn a_missing_text_is_put_beside_its_twin() {
    let folder = Pair::new();
    folder.change("content/a.toml", "summary.sv = \"Hjälper i vardagen.\"\n", "");
    let package = folder.says(&["translate", "export", "--to", "sv"]);
    assert_eq!(rows(&package)[0][1], "missing");
    let with = package.replace(";sv;;", ";sv;Hjälper i vardagen.;");
    folder.write("package.csv", &with);
    let path = folder.path("package.csv");
    assert!(folder.run(&["translate", "import", path.to_str().unwrap()]).status.success());
    assert_eq!(folder.read("content/a.toml"), CONTENT);
}

#[test]
fn a_damaged_lock_is_told_and_no_table_of_ours_is_refused() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    let lock = folder.read("translations.lock");
    folder.write("translations.lock", format!("<<<<<<< HEAD\n{lock}role/ohjaaja.name fi:xyz\n"));
    assert_eq!(folder.found(), ["lock-line", "lock-line"]);
    folder.write("other.csv", "a,b\n1,2\n");
    for path in ["other.csv", "missing.csv"] {
        let path = folder.path(path);
        assert_eq!(folder.run(&["translate", "import", path.to_str().unwrap()]).status.code(), Some(2));
    }
    assert_eq!(folder.run(&["translate", "confirm", "role/nobody"]).status.code(), Some(2));
}

#[test]
fn branches_that_confirm_different_texts_merge_without_hand_work() {
    let folder = Pair::new();
    folder.git(&["init", "-q", "-b", "main"]);
    folder.says(&["translate", "confirm", "role/ohjaaja.name"]);
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "a"]);
    folder.git(&["checkout", "-qb", "other"]);
    folder.says(&["translate", "confirm", "role/ohjaaja.summary", "phase/alku.name"]);
    folder.git(&["commit", "-qam", "b"]);
    folder.git(&["checkout", "-q", "main"]);
    folder.says(&["translate", "confirm", "role/ohjaaja", "task/tyo"]);
    folder.git(&["commit", "-qam", "c"]);
    folder.git(&["merge", "-q", "-m", "d", "other"]);
    assert_eq!(folder.found(), ["unconfirmed-texts"], "only the title is left to confirm");
    folder.says(&["translate", "confirm", "--all"]);
    assert!(folder.found().is_empty());
}

#[test]
fn with_three_languages_each_is_held_against_the_others() {
    let folder = Pair::new();
    folder.write(
        "site.toml",
        SITE.replace("\"sv\"]", "\"sv\", \"en\"]").replace("title.sv", "title.en = \"Handbook\"\ntitle.sv"),
    );
    let english = [
        ("Ohjaaja\"          # nimi", "Instructor"),
        ("Auttaa arjessa.\"", "Helps."),
        ("Alku\"", "Start"),
        ("Työ\"", "Work"),
    ];
    let mut content = CONTENT.to_owned();
    for (finnish, english) in english {
        let at = content.find(finnish).unwrap() + finnish.len();
        let line = content[..at].rfind('\n').map_or(0, |at| at + 1);
        let key = content[line..].split('.').next().unwrap().to_owned();
        content.insert_str(at, &format!("\n{key}.en = \"{english}\""));
    }
    folder.write("content/a.toml", &content);
    folder.write(
        "content/roles/ohjaaja.en.md",
        "Introduction.\n\n## Start\n\n### Content\n\n- Helps.\n\n## Other\n\nMore.\n",
    );
    folder.says(&["translate", "confirm", "--all"]);
    assert!(folder.found().is_empty(), "{:?}", folder.found());
    folder.change("content/a.toml", "\"Helps.\"", "\"Helps a lot.\"");
    assert_eq!(folder.found(), ["stale-text", "stale-text"], "in Finnish and in Swedish");
}

#[test]
fn a_handbook_in_one_language_has_nothing_to_confirm() {
    let folder = Pair::new();
    folder.write("site.toml", "title.fi = \"Käsikirja\"\nlanguages = [\"fi\"]\n");
    folder.write(
        "content/a.toml",
        CONTENT.lines().filter(|l| !l.contains(".sv = ")).collect::<Vec<_>>().join("\n"),
    );
    fs::remove_file(folder.path("content/roles/ohjaaja.sv.md")).unwrap();
    assert!(folder.found().is_empty(), "{:?}", folder.found());
    assert!(folder.says(&["translate", "confirm", "--all"]).contains(": 0"));
    assert!(Path::new(&folder.path("translations.lock")).is_file());
}

/// A package for Swedish with its rows changed, taken in.
fn import(folder: &Pair, package: &str) -> Output {
    folder.write("package.csv", package);
    folder.run(&["translate", "import", folder.path("package.csv").to_str().unwrap()])
}

#[test]
fn a_text_that_stands_twice_in_a_package_is_written_once_and_harms_nothing() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/a.toml", "Auttaa arjessa.", "Auttaa kotona.");
    folder.change("content/roles/ohjaaja.fi.md", "Lisää.", "Lisää tästä.");
    let package = folder.says(&["translate", "export", "--to", "sv"]);
    let (head, rows) = package.split_once('\n').unwrap();
    let once = rows.replace("Hjälper i vardagen.", "Kort.").replace("Mera.", "X.");
    let again =
        rows.replace("Hjälper i vardagen.", "Hjälper hemma i vardagen.").replace("Mera.", "Mera om detta.");
    let output = import(&folder, &format!("{head}\n{once}{again}"));
    assert_eq!(output.status.code(), Some(1), "the second is told");
    let content = CONTENT.replace("Auttaa arjessa.", "Auttaa kotona.");
    assert_eq!(folder.read("content/a.toml"), content.replace("Hjälper i vardagen.", "Kort."));
    assert_eq!(folder.read("content/roles/ohjaaja.sv.md"), SV.replace("Mera.", "X."));
}

#[test]
fn other_line_ends_are_no_translation_and_a_file_keeps_its_own() {
    let folder = Pair::new();
    let windows = SV.replace('\n', "\r\n");
    folder.write("content/roles/ohjaaja.sv.md", &windows);
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/roles/ohjaaja.fi.md", "- Auttaa.", "- Auttaa arjessa.");
    let package = folder.says(&["translate", "export", "--to", "sv"]).replace("\r\n", "\n");
    assert!(import(&folder, &package).status.success());
    assert_eq!(folder.read("content/roles/ohjaaja.sv.md"), windows);
    assert_eq!(folder.found(), ["stale-text"], "nothing was translated");
    assert!(import(&folder, &package.replace("- Hjälper.", "- Hjälper hemma.\n- Stöder.")).status.success());
    let written = folder.read("content/roles/ohjaaja.sv.md");
    assert_eq!(written, windows.replace("- Hjälper.", "- Hjälper hemma.\r\n- Stöder."));
}

#[test]
fn a_translation_that_would_change_other_texts_is_left_out() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/a.toml", "Auttaa arjessa.", "Auttaa kotona.");
    folder.change("content/roles/ohjaaja.fi.md", "Lisää.", "Lisää tästä.");
    let package = folder.says(&["translate", "export", "--to", "sv"]);
    let package = package.replace("Mera.", "Mera.\n\n## Ny rubrik\n\nText.").replace("i vardagen", "hemma");
    let output = import(&folder, &package);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("role/ohjaaja#muuta"));
    assert_eq!(folder.read("content/roles/ohjaaja.sv.md"), SV);
    assert!(folder.read("content/a.toml").contains("Hjälper hemma."), "what is sound is taken in");
}

#[test]
fn what_is_out_of_sight_stays_confirmed_and_nothing_is_confirmed_in_the_dark() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    let lock = folder.read("translations.lock");
    folder.change("content/a.toml", "phase = \"alku\"", "phase = \"alku\"\nvalid.until = 2020-01-01");
    folder.says(&["translate", "confirm", "role/ohjaaja"]);
    assert_eq!(folder.read("translations.lock"), lock, "a task that has ended");
    folder.change("site.toml", "\"fi\", \"sv\"", "\"fi\"");
    folder.says(&["translate", "confirm", "--all"]);
    assert_eq!(folder.read("translations.lock"), lock, "a language left out");
    fs::write(folder.path("content/b.toml"), b"\xff").unwrap();
    assert_eq!(folder.run(&["translate", "confirm", "--all"]).status.code(), Some(1));
    fs::remove_file(folder.path("content/b.toml")).unwrap();
    fs::write(folder.path("translations.lock"), b"\xff").unwrap();
    assert_eq!(folder.run(&["translate", "confirm", "--all"]).status.code(), Some(1));
    assert_eq!(fs::read(folder.path("translations.lock")).unwrap(), b"\xff");
}

const THREE: &str = "[role.ohjaaja]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\nname.en = \"Instructor\"\n\
    summary.fi = \"Auttaa.\"\nsummary.sv = \"Hjälper.\"\n";

/// A handbook in three languages with one role.
fn three() -> Pair {
    let folder = Pair(Folder::new(&[]));
    let site =
        SITE.replace("\"sv\"]", "\"sv\", \"en\"]").replace("title.sv", "title.en = \"Handbook\"\ntitle.sv");
    folder.write("site.toml", &site);
    folder.write("content/a.toml", format!("{THREE}summary.en = \"Helps.\"\n"));
    folder
}

#[test]
fn a_language_that_joins_makes_no_confirmed_text_stale() {
    let folder = three();
    folder.write("site.toml", SITE);
    folder.write("content/a.toml", THREE.replace("name.en = \"Instructor\"\n", "").as_str());
    folder.says(&["translate", "confirm", "--all"]);
    let whole = three();
    ["site.toml", "content/a.toml"].into_iter().for_each(|path| folder.write(path, whole.read(path)));
    let found = folder.found();
    assert!(!found.contains(&"stale-text".to_owned()), "{found:?}");
    let states = rows(&folder.says(&["translate", "status", "--format", "csv"]));
    assert!(states.iter().all(|row| row[1] == "to_confirm" && row[7] == "en"), "{states:?}");
}

#[test]
fn a_translator_gets_the_newer_text_and_confirms_only_their_own_language() {
    let folder = three();
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/a.toml", "Helps.", "Helps a lot.");
    let package = folder.says(&["translate", "export", "--to", "sv"]);
    assert_eq!(rows(&package)[0][3..5], ["en", "Helps a lot."]);
    assert!(import(&folder, &package.replace("Hjälper.", "Hjälper mycket.")).status.success());
    let states = rows(&folder.says(&["translate", "status", "--format", "csv"]));
    let states: Vec<[&str; 2]> = states.iter().map(|row| [row[1].as_str(), row[7].as_str()]).collect();
    assert_eq!(states, [["stale", "fi"]], "Finnish waits still");
    assert_eq!(folder.run(&["translate", "export", "--to", "de"]).status.code(), Some(2));
}

#[test]
#[cfg(unix)]
fn a_file_keeps_its_own_name_and_rights() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Pair::new();
    let decomposed = "content/tyo\u{308}.toml";
    folder.write(decomposed, "[topic.a]\nname.fi = \"Aihe\"\nname.sv = \"Ämne\"\n");
    fs::set_permissions(folder.path(decomposed), fs::Permissions::from_mode(0o664)).unwrap();
    folder.says(&["translate", "confirm", "--all"]);
    folder.change(decomposed, "Aihe", "Asia");
    let package = folder.says(&["translate", "export", "--to", "sv"]);
    assert!(import(&folder, &package.replace("Ämne", "Sak")).status.success());
    assert!(folder.read(decomposed).contains("Sak"));
    assert_eq!(fs::metadata(folder.path(decomposed)).unwrap().permissions().mode() & 0o777, 0o664);
    assert!(!folder.path("content/ty\u{f6}.toml").exists());
}

#[test]
fn a_package_shows_which_words_changed_since_the_confirmation() {
    let folder = Pair::new();
    folder.says(&["translate", "confirm", "--all"]);
    folder.git(&["init", "-q", "-b", "main"]);
    folder.git(&["add", "-A"]);
    folder.git(&["commit", "-q", "-m", "confirmed"]);
    folder.change("content/a.toml", "Auttaa arjessa.", "Auttaa kotona ja arjessa.");
    folder.git(&["commit", "-q", "-am", "changed"]);
    folder.change("content/roles/ohjaaja.fi.md", "Lisää.", "Lisää tästä.");
    let package = rows(&folder.says(&["translate", "export", "--to", "sv"]));
    let changed: Vec<&str> = package.iter().map(|row| row[5].as_str()).collect();
    assert_eq!(changed, ["Auttaa {+kotona ja +}arjessa.", "## Muuta\n\n[-Lisää.-]{+Lisää tästä.+}"]);
    let html = folder.says(&["translate", "export", "--to", "sv", "--format", "html"]);
    assert!(html.contains("<td lang=\"fi\">Auttaa {+kotona ja +}arjessa.</td>"), "{html}");
}

/// Prose with everything that HTML does not keep by itself: indents, a line break of two spaces, no-break
/// spaces, code, signs of markup.
const RICH_FI: &str = "## Muuta\n\n- Tuki\n    1. alle 6 §\n    2. muut\n\nLisää.\n";
const RICH_SV: &str = "## Annat\n\n- Stöd < b & \"c\"\n    1. under 6\u{a0}§\n    2. andra\n\nRad ett  \nrad två\n\n\
    ```\na    b\n  c\n```\n";

/// A handbook with such prose and a field, each newer in Finnish.
fn rich() -> Pair {
    let folder = Pair::new();
    folder.write("content/roles/ohjaaja.fi.md", RICH_FI);
    folder.write("content/roles/ohjaaja.sv.md", RICH_SV);
    folder.change("content/a.toml", "Hjälper i vardagen.", "Hjälper  < i\u{a0}vardagen.");
    folder.says(&["translate", "confirm", "--all"]);
    folder.change("content/a.toml", "Auttaa arjessa.", "Auttaa kotona.");
    folder.change("content/roles/ohjaaja.fi.md", "Lisää.", "Lisää tästä.");
    folder
}

fn swedish(folder: &Pair) -> (String, String) {
    (folder.read("content/a.toml"), folder.read("content/roles/ohjaaja.sv.md"))
}

fn export_html(folder: &Pair) -> String {
    folder.says(&["translate", "export", "--to", "sv", "--format", "html"])
}

/// A page as Word saves it: capital tags with attributes, text broken anywhere, empty cells with a no-break
/// space, and letters of Windows.
fn as_word_saves(page: &str) -> Vec<u8> {
    let table = &page[page.find("<table").unwrap()..];
    let mut out = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n\
        <meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">\r\n\
        <!--[if gte mso 9]><xml><o:p><table><tr><td>id</td></tr></table></o:p></xml><![endif]-->\r\n\
        <style>\r\n<!-- p.MsoNormal {margin:0cm} -->\r\n</style></head><body lang=FI>\r\n"
        .to_owned();
    for cell in table.split_inclusive("</td>").flat_map(|part| part.split_inclusive("</th>")) {
        let end = cell.rfind("</t").filter(|_| cell.ends_with("</td>") || cell.ends_with("</th>"));
        let Some(end) = end else {
            out += &cell.to_uppercase();
            continue;
        };
        let start = cell[..end].rfind("<td").or_else(|| cell[..end].rfind("<th")).unwrap();
        let open = start + cell[start..].find('>').unwrap() + 1;
        let text = cell[open..end].replace(' ', "\r\n  ").replace("<br>", "<BR\r\nclear=all>\r\n");
        let text = if text.is_empty() { "&nbsp;".to_owned() } else { text.replace('\u{a0}', "&nbsp;") };
        out += &cell[..start].to_uppercase();
        out += "<TD width=64 valign=top style='width:48.0pt;border:solid windowtext 1.0pt'>\r\n  \
            <P class=MsoNormal style='margin-bottom:0cm'><B><SPAN\r\n  lang=SV style='font-size:11.0pt'>";
        out += &text;
        out += "<o:p></o:p></SPAN></B></P>\r\n  </TD>\r\n  ";
    }
    out += "<p class=MsoNormal>&nbsp;</p></body></html>";
    out.chars().map(|c| u8::try_from(u32::from(c)).expect("a letter of Windows")).collect()
}

fn import_html(folder: &Pair, page: &[u8]) -> Output {
    fs::write(folder.path("package.html"), page).unwrap();
    folder.run(&["translate", "import", folder.path("package.html").to_str().unwrap()])
}

#[test]
fn a_package_as_html_has_every_column_and_comes_back_without_loss() {
    let folder = rich();
    let page = export_html(&folder);
    for column in ["id", "state", "place", "from_digest", "to_text", "to_digest"] {
        assert!(page.contains(&format!("<th scope=\"col\">{column}</th>")), "{page}");
    }
    let before = swedish(&folder);
    for page in [page.clone().into_bytes(), format!("\u{feff}\r\n {page}").into_bytes(), as_word_saves(&page)]
    {
        let output = import_html(&folder, &page);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert!(String::from_utf8_lossy(&output.stdout).contains("Ennallaan: 2"));
        assert_eq!(swedish(&folder), before);
    }
    assert_eq!(folder.found(), ["stale-text", "stale-text"], "nothing was translated");
    fs::remove_file(folder.path("translations.lock")).unwrap();
    assert!(import_html(&folder, page.as_bytes()).status.success());
    assert!(!folder.path("translations.lock").exists(), "nothing was confirmed");
}

#[test]
fn letters_of_windows_are_read_where_a_page_names_them() {
    let folder = rich();
    let page = as_word_saves(&export_html(&folder).replace("andra", "ytterst ¤ ¤ ¤"));
    let mut signs = [0x80, 0x96, 0x93].into_iter();
    let page: Vec<u8> =
        page.into_iter().map(|b| if b == 0xa4 { signs.next().unwrap_or(b) } else { b }).collect();
    import_html(&folder, &page);
    assert_eq!(swedish(&folder).1, RICH_SV.replace("andra", "ytterst € – “"));
}

#[test]
fn a_text_changed_in_html_is_written_and_keeps_its_lines_and_indents() {
    let folder = rich();
    let page = export_html(&folder);
    let page = page.replace("Hjälper", "Hjälper <font color=red>&auml;ven</font>").replace("andra", "övriga");
    assert!(import_html(&folder, page.as_bytes()).status.success());
    let (content, prose) = swedish(&folder);
    assert!(content.contains("\"Hjälper även < i\u{a0}vardagen.\""), "{content}");
    assert_eq!(prose, RICH_SV.replace("andra", "övriga"));
    assert!(folder.found().is_empty(), "what was taken in is confirmed: {:?}", folder.found());
}

#[test]
fn what_a_word_processor_makes_of_a_text_is_read_as_it_is_meant() {
    let cases = [
        ("<P>Ett&nbsp;två <DIV>tre</DIV></P>", "Ett\u{a0}två\ntre"),
        ("Ett<br/>\n<br/>\ntv&aring;", "Ett\n\ntvå"),
        ("<p>Ett</p>\n<p><br/>\n\n</p>\n<p>två<br></p>", "Ett\n\ntvå"),
        ("<p>Ett<o:p></o:p></p><p>&nbsp;</p><p>två</p>", "Ett\n\ntvå"),
        (
            "<p>Lista:</p><ul><li><p>ett</p></li><li>två<ol><li>a</ol></ul>Mer",
            "Lista:\n- ett\n- två\n  1. a\n\nMer",
        ),
        ("Ett <del cite=x>två <style>b</style><b>tre</b></del><ins>fyra</ins>", "Ett fyra"),
        ("Ett<a href=\"#_msocom_1\">[A1]</a> <a href=\"x\">två</a>", "Ett två"),
        ("<p>Ett,\u{20}<span style='mso-spacerun:yes'>&nbsp;</span>två", "Ett,  två"),
        ("a<table><tr><td>b</td><td>c</td></tr></table>d", "a\nb\nc\nd"),
    ];
    for (markup, meant) in cases {
        let folder = Pair::new();
        folder.write("content/roles/ohjaaja.sv.md", "## Annat\n\nMera.\n");
        folder.write("content/roles/ohjaaja.fi.md", "## Muuta\n\nLisää.\n");
        folder.says(&["translate", "confirm", "--all"]);
        folder.change("content/roles/ohjaaja.fi.md", "Lisää.", "Lisää tästä.");
        let page = export_html(&folder).replace("Mera.", markup);
        let output = import_html(&folder, page.as_bytes());
        assert!(output.status.success(), "{markup}: {}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(folder.read("content/roles/ohjaaja.sv.md"), format!("## Annat\n\n{meant}\n"), "{markup}");
    }
}

#[test]
fn html_overwrites_nothing_that_changed_meanwhile() {
    let folder = rich();
    let page = export_html(&folder);
    folder.change("content/a.toml", "vardagen.", "vardagen alltid.");
    let before = swedish(&folder);
    let output = import_html(&folder, page.as_bytes());
    assert!(output.status.success(), "the translator has changed nothing");
    let output = import_html(&folder, page.replace("vardagen.", "skolan.").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("role/ohjaaja.summary"));
    assert_eq!(swedish(&folder), before);
}

#[test]
fn html_without_the_table_is_refused_and_a_broken_row_is_told() {
    let folder = rich();
    let page = export_html(&folder);
    let before = swedish(&folder);
    let other = page.replace("<th scope=\"col\">place</th>", "");
    for page in ["<html><p>Hej</p></html>", "<table><tr><td>id</td></tr></table>", "<", &other] {
        let output = import_html(&folder, page.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{page}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("translate export"));
    }
    let latin = import_html(&folder, b"<html><p>\xe4</p></html>");
    assert_eq!(latin.status.code(), Some(2), "letters that nobody has named");
    let short = page.replace("<td>role/ohjaaja.summary</td><td>stale</td>", "<td>role/ohjaaja.summary</td>");
    let output = import_html(&folder, short.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("role/ohjaaja.summary"));
    assert_eq!(swedish(&folder), before);
}
