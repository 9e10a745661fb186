//! The examples of the authors' guides work as they stand, in a handbook that `polku new` makes; the guide to editing
//! speaks as the program does.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test reads the guides it judges"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Handbook, TODAY};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text of a folder, by its path in the handbook.
fn texts(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            texts(&path, &name, found);
        } else {
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

/// What stands between the fences of a guide.
fn examples(guide: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs").join(guide)).unwrap();
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// The handbook of `polku new` with something more in it.
fn started(more: &str) -> Handbook {
    let mut files = vec![("content/lisaa.toml".to_owned(), more.to_owned())];
    let starter = root().join("src/cmd/new/starter");
    files.push(("site.toml".to_owned(), fs::read_to_string(starter.join("site.toml")).unwrap()));
    texts(&starter.join("content"), "content", &mut files);
    texts(&root().join("content/laki"), "content/laki", &mut files);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Handbook::new(&files)
}

#[test]
fn the_second_part_of_the_guide_can_be_copied_as_it_is() {
    let all = examples("ohje-lisaa.md");
    assert!(all.len() >= 8, "{}", all.len());
    assert_eq!(all, examples("handledning-mera.md"), "the guides show the same in both languages");
    let (bare, whole) = (started(""), started(&all.join("\n")));
    // What the starter itself is told, such as an announced change, is no matter of the examples.
    let before: Vec<&str> = bare.codes();
    let new: Vec<&str> = whole.codes().into_iter().filter(|code| !before.contains(code)).collect();
    assert!(new.is_empty(), "on {TODAY}: {}", whole.says_only("en", &new));
}

/// What a guide sets in bold: words of the program, and nothing else.
fn bold(guide: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs").join(guide)).unwrap();
    let parts = text.split("**").skip(1).step_by(2);
    parts.filter(|part| !part.contains(['\n', '`'])).map(ToOwned::to_owned).collect()
}

/// All that the program says in a language: in its editor, on its pages and in its terminal.
fn words(lang: &str) -> String {
    let files = ["themes/polku/preview/words", "themes/polku/strings", "src/model/words"];
    let files = files.map(|folder| format!("{folder}/{lang}.toml")).into_iter();
    let all = files.chain(["src/cmd/serve.rs".to_owned()]);
    all.map(|file| fs::read_to_string(root().join(file)).unwrap()).collect::<String>().to_lowercase()
}

#[test]
fn the_guide_to_editing_calls_everything_what_the_program_calls_it() {
    for (guide, lang) in [("muokkaaminen.md", "fi"), ("redigering.md", "sv")] {
        let (told, words) = (bold(guide), words(lang));
        assert!(told.len() > 60, "{guide}: {}", told.len());
        let own: Vec<&String> = told.iter().filter(|told| !words.contains(&told.to_lowercase())).collect();
        assert!(own.is_empty(), "docs/{guide}: the program does not say {own:?}");
    }
}

#[test]
fn the_guide_to_editing_is_the_same_in_both_languages() {
    let [fi, sv] = ["muokkaaminen.md", "redigering.md"].map(|guide| {
        let text = fs::read_to_string(root().join("docs").join(guide)).unwrap();
        let marks = ["#", "|", "-", "!", "1", "2", "3", "4", "5", "6", "7", "8", "9", "`"];
        let kept =
            text.lines().map(|line| marks.into_iter().find(|mark| line.starts_with(mark)).unwrap_or(line));
        kept.map(|line| if line.len() > 1 { "text" } else { line }.to_owned()).collect::<Vec<_>>()
    });
    assert_eq!(fi, sv, "headings, lists, tables and pictures");
}
