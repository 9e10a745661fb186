//! Any field of any handbook: setting what it holds changes no byte, setting something else only its own.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs, reason = "tests read the example")]

mod common;

use std::path::Path;

use polku::base::diag::Diagnostics;
use polku::base::source::{Content, SourcePath, Sources};
use polku::edit::{Bases, Change, apply};
use polku::model::book::Handbook;
use polku::model::config::Config;
use polku::model::field::Shape;
use polku::model::kind::Kind;
use polku::model::load::load;
use polku::model::meta::Meta;
use polku::model::record::{FieldDef, Record};
use polku::syntax::cite::SectionNumber;
use serde_json::{Value as Json, json};

/// A field that can be set: its address, its shape, what it holds.
struct Leaf {
    at: String,
    shape: Shape,
    value: Json,
}

/// Every field that stands in a file.
fn leaves(path: &str, text: &str) -> Vec<Leaf> {
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().unwrap();
    let mut found = Vec::new();
    if path == "site.toml" {
        record("site", &Config::fields(), &table, &mut found);
        return found;
    }
    for (word, entities) in &table {
        let kind = Kind::parse(word).unwrap();
        for (id, fields) in entities.as_table().unwrap() {
            let mut fields = fields.as_table().unwrap().clone();
            if let Some(sections) = fields.remove("section").filter(|_| kind == Kind::Statute) {
                for (number, fields) in sections.as_table().unwrap() {
                    let number = SectionNumber::parse(number).unwrap().slug();
                    let fields = fields.as_table().unwrap();
                    record(&format!("section/{id}:{number}"), &all(Kind::Section), fields, &mut found);
                }
            }
            record(&format!("{word}/{id}"), &all(kind), &fields, &mut found);
        }
    }
    found
}

fn all(kind: Kind) -> Vec<FieldDef> {
    Meta::fields().into_iter().chain(kind.fields()).collect()
}

fn record(at: &str, fields: &[FieldDef], table: &toml::Table, found: &mut Vec<Leaf>) {
    for (key, value) in table {
        let field = fields.iter().find(|field| field.key == key).unwrap();
        leaf(&format!("{at}.{key}"), &field.shape, value, found);
    }
}

fn leaf(at: &str, shape: &Shape, value: &toml::Value, found: &mut Vec<Leaf>) {
    match (shape, value) {
        (Shape::Text | Shape::Words, toml::Value::Table(langs)) => {
            let inner =
                if *shape == Shape::Text { Shape::Plain } else { Shape::List(Box::new(Shape::Plain)) };
            langs.iter().for_each(|(lang, value)| leaf(&format!("{at}.{lang}"), &inner, value, found));
        }
        (Shape::Record(fields), toml::Value::Table(table)) => record(at, fields, table, found),
        (Shape::List(inner), toml::Value::Array(rows)) if matches!(**inner, Shape::Record(_)) => {
            for (number, row) in rows.iter().enumerate() {
                let id = row.get("id").and_then(toml::Value::as_str).map(str::to_owned);
                let name = id.unwrap_or_else(|| (number + 1).to_string());
                leaf(&format!("{at}.{name}"), inner, row, found);
            }
        }
        (Shape::List(inner), one) if matches!(**inner, Shape::Record(_)) => {
            leaf(&format!("{at}.1"), inner, one, found);
        }
        _ => found.push(Leaf { at: at.to_owned(), shape: shape.clone(), value: json_of(value) }),
    }
}

fn json_of(value: &toml::Value) -> Json {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.iter().map(|(key, value)| (key.clone(), json_of(value))).collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

fn example() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("content")) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if path.ends_with(".toml") || path.ends_with(".md") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            files.push((SourcePath::new(&path).unwrap(), Content::Text(text.into())));
        }
    }
    let site = std::fs::read_to_string(root.join("site.toml")).unwrap();
    files.push((SourcePath::new("site.toml").unwrap(), Content::Text(site.into())));
    Sources::new(files)
}

fn book(sources: &Sources) -> Handbook {
    load(sources, &mut Diagnostics::default())
}

fn set(at: &str, value: &Json) -> Change {
    Change::Set { at: at.to_owned(), value: value.clone(), was: None }
}

/// The example with the line ends and the mark that a Windows editor makes.
fn as_windows(sources: &Sources) -> Sources {
    let files = sources.iter().map(|file| {
        let text = format!("\u{feff}{}", file.text().replace('\n', "\r\n"));
        (file.path.clone(), Content::Text(text.into()))
    });
    Sources::new(files.collect::<Vec<_>>())
}

#[test]
fn opening_and_saving_changes_no_byte() {
    for sources in [example(), as_windows(&example())] {
        let book = book(&sources);
        for file in sources.iter().filter(|file| file.path.as_str().ends_with(".toml")) {
            let leaves = leaves(file.path.as_str(), file.text());
            let changes: Vec<Change> = leaves.iter().map(|leaf| set(&leaf.at, &leaf.value)).collect();
            let start = std::time::Instant::now();
            match apply(&sources, &book, &changes) {
                Ok(edited) => assert!(edited.files.is_empty(), "{}", file.path),
                Err(refused) => {
                    let refused = &refused[0];
                    panic!("{}: {:?} {:?}", file.path, leaves[refused.change].at, refused.why)
                }
            }
            eprintln!("{} {} {:?}", file.path, changes.len(), start.elapsed());
        }
    }
}

#[test]
fn saving_prose_as_it_is_changes_no_byte() {
    for sources in [example(), as_windows(&example())] {
        let book = book(&sources);
        let bases = Bases::new(&sources, &book);
        for (path, (key, lang)) in &book.prose_files {
            let prose = book.entry(key).unwrap().prose().get(*lang).unwrap();
            let sections = prose.anchors.iter().map(|anchor| format!("{key}#{anchor}"));
            for at in sections.chain([key.to_string(), format!("{key}#")]) {
                let text = bases.prose(&at, lang.as_str()).unwrap();
                let was = Some(bases.of(&at, Some(lang.as_str())));
                let change = Change::Prose { at: at.clone(), lang: lang.to_string(), text, was };
                let edited = apply(&sources, &book, &[change])
                    .unwrap_or_else(|refused| panic!("{at} {:?}", refused[0].why));
                assert!(edited.files.is_empty(), "{path} {at}");
            }
        }
    }
}
