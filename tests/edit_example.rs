//! Any field of any handbook: setting what it holds changes no byte, setting something else only its own.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs, reason = "tests read the example")]

mod common;

use std::path::Path;
use std::sync::LazyLock;

use polku::base::diag::Diagnostics;
use polku::base::lang::Lang;
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
use proptest::prelude::*;
use proptest::sample::{Index, select};
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

/// The example, as it is and as Windows would write it, with what is read from it.
static EXAMPLES: LazyLock<[(Sources, Handbook); 2]> = LazyLock::new(|| {
    let example = example();
    [as_windows(&example), example].map(|sources| {
        let book = book(&sources);
        (sources, book)
    })
});

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
    for (sources, book) in EXAMPLES.iter() {
        for file in sources.iter().filter(|file| file.path.as_str().ends_with(".toml")) {
            let leaves = leaves(file.path.as_str(), file.text());
            let changes: Vec<Change> = leaves.iter().map(|leaf| set(&leaf.at, &leaf.value)).collect();
            match apply(sources, book, &changes) {
                Ok(edited) => assert!(edited.files.is_empty(), "{}", file.path),
                Err(refused) => {
                    let refused = &refused[0];
                    panic!("{}: {:?} {:?}", file.path, leaves[refused.change].at, refused.why)
                }
            }
        }
    }
}

#[test]
fn saving_prose_as_it_is_changes_no_byte() {
    for (sources, book) in EXAMPLES.iter() {
        let bases = Bases::new(sources, book);
        for file in sources.iter() {
            let Some((key, lang)) = book.prose_owner(&file.path) else { continue };
            let prose = book.entry(key).unwrap().prose().get(lang).unwrap();
            let sections = prose.anchors.iter().map(|anchor| format!("{key}#{anchor}"));
            for at in sections.chain([key.to_string(), format!("{key}#")]) {
                let text = bases.prose(&at, lang.as_str()).unwrap();
                let was = Some(bases.of(&at, Some(lang.as_str())));
                let change = Change::Prose { at: at.clone(), lang: lang.to_string(), text, was };
                let edited = apply(sources, book, &[change])
                    .unwrap_or_else(|refused| panic!("{at} {:?}", refused[0].why));
                assert!(edited.files.is_empty(), "{} {at}", file.path);
            }
        }
    }
}

/// Words with whatever an author may type or paste.
fn words() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "\"", "'", "\\", "\n", "\r\n", "\t", "#", "]", "\u{a0}", "a\u{308}", "🙂", "\"\"\"", "'''", "=",
        "\u{7}", "\u{feff}",
    ]);
    let part = prop_oneof![4 => "[a-zåäö ]{1,9}", 2 => odd.prop_map(str::to_owned), 1 => "\\PC{1,5}"];
    proptest::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// A value of a shape, from a word, a number and an id.
fn value_of(shape: &Shape, words: &str, number: u32) -> Json {
    let id = format!("id-{number}");
    match shape {
        Shape::Plain => json!(words),
        Shape::Integer => json!(number),
        Shape::Number => json!(f64::from(number) / 8.0),
        Shape::Range => json!([number, number + 1]),
        Shape::Bool => json!(number.is_multiple_of(2)),
        Shape::Date | Shape::Since => {
            json!(format!("20{:02}-0{}-1{}", number % 100, number % 9 + 1, number % 10))
        }
        Shape::Law => json!(format!("SHL {} §", number % 90 + 1)),
        Shape::Choice(choices) => json!(choices[number as usize % choices.len()]),
        Shape::Ref(_) | Shape::Row => json!(id),
        Shape::Text => json!({ "fi": words, "sv": id }),
        Shape::Words => json!({ "fi": [words], "sv": [id, words] }),
        Shape::Record(fields) => {
            let filled =
                fields.iter().map(|field| (field.key.to_owned(), value_of(&field.shape, words, number)));
            Json::Object(
                filled
                    .map(|(key, value)| if key == "id" { (key, json!(id)) } else { (key, value) })
                    .collect(),
            )
        }
        Shape::List(inner) => {
            (0..number % 4).map(|more| value_of(inner, &format!("{words}{more}"), number + more)).collect()
        }
    }
}

/// The words as they are read again.
fn read(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let flat: String = words.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ").nfc().collect();
    flat.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// The bytes in which two texts differ.
fn differing<'t>(old: &'t str, new: &'t str) -> (&'t str, &'t str) {
    let start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let start = old.floor_char_boundary(start).min(new.floor_char_boundary(start));
    let most = (old.len() - start).min(new.len() - start);
    let same = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
    let ends = |text: &str| text.ceil_char_boundary(text.len() - same);
    (&old[start..ends(old)], &new[start..ends(new)])
}

/// The sources after a change. A refusal fails the case without a panic, so that only the smallest is told.
fn made(sources: &Sources, book: &Handbook, change: &Change) -> Result<Sources, TestCaseError> {
    match apply(sources, book, std::slice::from_ref(change)) {
        Ok(edited) => Ok(edited.sources),
        Err(refused) => Err(TestCaseError::fail(format!("{change:?}: {}", refused[0].why.message(Lang::FI)))),
    }
}

fn files(sources: &Sources) -> Vec<SourcePath> {
    let files = sources.iter().map(|file| file.path.clone());
    files.filter(|path| path.as_str().ends_with(".toml")).collect()
}

fn text<'s>(sources: &'s Sources, path: &SourcePath) -> &'s str {
    sources.find(path.as_str()).unwrap().text()
}

/// What a file says, field by field.
fn said(path: &SourcePath, text: &str) -> Vec<(String, Json)> {
    leaves(path.as_str(), text).into_iter().map(|leaf| (leaf.at, leaf.value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::with_cases(160) })]

    #[test]
    fn a_field_changes_alone(
        (file, field) in any::<(Index, Index)>(), words in words(), number in 0u32..5000, windows in any::<bool>(),
    ) {
        let (sources, book) = &EXAMPLES[usize::from(windows)];
        let windows = !windows;
        let path = file.get(&files(sources)).clone();
        let old = text(sources, &path).to_owned();
        let leaves = leaves(path.as_str(), &old);
        let leaf = field.get(&leaves);
        let id = leaf.at.ends_with(".id").then(|| json!(format!("id-{number}")));
        let value = id.unwrap_or_else(|| value_of(&leaf.shape, &words, number));
        let new = made(sources, book, &set(&leaf.at, &value))?;
        let new_text = text(&new, &path);
        let (gone, come) = differing(&old, new_text);
        // What refers to a row follows its id, wherever it stands.
        let is_long = matches!(leaf.shape, Shape::List(_)) || leaf.at.ends_with(".id");
        prop_assert!(is_long || gone.matches('\n').count() < 2, "{gone:?} {come:?}");
        let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        prop_assert_eq!(comments(&old), comments(new_text));
        prop_assert!(!windows || !new_text.replace("\r\n", "").contains('\n'));
        let (mut before, mut after) = (said(&path, &old), said(&path, new_text));
        if leaf.shape == Shape::Plain && !leaf.at.ends_with(".id") && !read(&words).is_empty() {
            let now = after.iter().find(|(at, _)| *at == leaf.at).unwrap();
            prop_assert_eq!(now.1.as_str().unwrap(), read(&words));
        }
        // A row that lost its id goes by its number.
        if !leaf.at.ends_with(".id") {
            before.retain(|(at, _)| *at != leaf.at);
            after.retain(|(at, _)| *at != leaf.at);
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn what_is_put_in_can_be_taken_out(
        (file, entity, field) in any::<(Index, Index, Index)>(), words in words(), number in 0u32..5000, windows in any::<bool>(),
    ) {
        let (sources, book) = &EXAMPLES[usize::from(windows)];
        let path = file.get(&files(sources)).clone();
        prop_assume!(path.as_str() != "site.toml");
        let id = sources.find(path.as_str()).unwrap().id;
        let entries = Kind::ALL.iter().flat_map(|kind| book.tables.every(*kind));
        let entities: Vec<_> = entries.filter(|own| own.span().file == id).collect();
        let key = entity.get(&entities).key();
        let field = field.get(&all(key.kind)).clone();
        let at = format!("{key}.{}", field.key);
        prop_assume!(Bases::new(sources, book).of(&at, None).is_empty());
        let value = value_of(&field.shape, &format!("x{words}"), number);
        let old = text(sources, &path);
        let new = made(sources, book, &set(&at, &value))?;
        let back = made(&new, book, &set(&at, &Json::Null))?;
        prop_assert!(old == text(&back, &path), "{at} {:?}", differing(old, text(&back, &path)));
    }
}
