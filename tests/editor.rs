//! The schemas of the files that people write: what polku takes they take, and common mistakes they tell.
//! `tests/editor/run.mjs` asks a language server the same.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads its files")]

#[path = "common/folder.rs"]
mod folder;

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use folder::{Folder, SITE, code, err, out};
use serde_json::Value;

struct Schema {
    all: Schemas,
    index: SchemaIndex,
}

impl Schema {
    /// The schema of a sort of file, made in a handbook.
    fn of(folder: &Folder, args: &[&str]) -> Schema {
        let made = folder.program().args(["schema", "--lang", "en"]).args(args).output().unwrap();
        assert_eq!(code(&made), 0, "{}", err(&made));
        let schema: Value = serde_json::from_str(&out(&made)).unwrap();
        let (mut all, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V7);
        compiler.enable_format_assertions();
        compiler.add_resource("schema.json", schema).unwrap();
        let index = compiler.compile("schema.json", &mut all).unwrap();
        Schema { all, index }
    }

    /// What it tells of a file; nothing where all is well.
    fn tells(&self, text: &str) -> Option<String> {
        let table: toml::Table = toml::from_str(text).unwrap();
        let file = json(toml::Value::Table(table));
        let told = self.all.validate(&file, self.index);
        told.err().map(|told| told.to_string())
    }
}

/// A file as a language server holds it against a schema: days are text there.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
}

fn schemas() -> [(&'static str, Schema); 3] {
    let folder = Folder::new(&[("site.toml", SITE)]);
    [("content", &[][..]), ("site", &["--site"]), ("search", &["--search"])]
        .map(|(name, args)| (name, Schema::of(&folder, args)))
}

#[test]
fn files_of_whole_handbooks_are_as_their_schemas_say() {
    let [(_, content), (_, site), (_, search)] = schemas();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("content"), &mut found);
    files(&root.join("tests/second/content"), &mut found);
    assert!(found.len() > 30, "{} files", found.len());
    let more = [("site.toml", &site), ("tests/second/site.toml", &site), ("search.toml", &search)];
    let all = found.into_iter().map(|path| (path, &content));
    for (path, schema) in all.chain(more.map(|(path, schema)| (root.join(path), schema))) {
        let told = schema.tells(&fs::read_to_string(&path).unwrap());
        assert_eq!(told, None, "{}", path.display());
    }
}

#[test]
fn common_mistakes_are_told() {
    let schemas = schemas();
    let mut mistakes = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor"), &mut mistakes);
    assert!(mistakes.len() > 20);
    for path in mistakes {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let (_, schema) = schemas.iter().find(|(sort, _)| name.starts_with(sort)).unwrap();
        assert!(schema.tells(&fs::read_to_string(&path).unwrap()).is_some(), "{name} is taken");
    }
}

#[test]
fn a_schema_of_one_kind_takes_no_other() {
    let folder = Folder::new(&[("site.toml", SITE)]);
    let roles = Schema::of(&folder, &["role"]);
    assert_eq!(roles.tells("[role.x]\nname.fi = \"Ohjaaja\"\n"), None);
    assert!(roles.tells("[page.x]\nname.fi = \"Ohje\"\n").is_some());
}

#[test]
fn texts_may_have_the_languages_of_the_handbook() {
    let english = "[role.x]\nname.en = \"Instructor\"\n";
    let folder = Folder::new(&[("site.toml", SITE)]);
    assert!(Schema::of(&folder, &[]).tells(english).is_some());
    assert_eq!(Schema::of(&Folder::new(&[]), &[]).tells(english), None);
}

#[test]
fn the_schemas_of_all_files_go_into_a_folder() {
    let folder = Folder::new(&[("site.toml", SITE)]);
    let made = folder.program().args(["schema", "--out", "schema"]).output().unwrap();
    assert_eq!(code(&made), 0, "{}", err(&made));
    let names: Vec<String> = folder.files("schema").into_keys().collect();
    assert_eq!(names, ["content.schema.json", "search.schema.json", "site.schema.json"]);
    assert!(folder.read("schema/content.schema.json").contains("**Nimi**: "), "in the handbook's language");
}
