//! Schemas of the files that people write (JSON Schema, draft-07, which TOML editors know): keys and fixed words are
//! offered while typing, what is misspelt or of the wrong sort is marked, and every key tells what goes into it.
//!
//! A schema sees one file. What takes the whole handbook, such as ids that lead nowhere, is told by the checks.

use serde_json::{Map, Value, json};

use super::schema::{ID, TAG, object};
use crate::base::lang::{Lang, PerLang};
use crate::model::config::Config;
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::record::{FieldDef, Need, Record};
use crate::model::rule::Weight;
use crate::model::table::CLIENT;
use crate::model::wordlist::SearchWords;
use crate::model::words::{self, Label};

/// Which file a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// A file of the content, with entities of any kind.
    Content,
    /// A file of the content with entities of one kind.
    Of(Kind),
    /// `site.toml`.
    Site,
    /// `search.toml`.
    Search,
}

/// What a word of a fixed choice of a field is called in a language.
pub(super) type Called<'a> = dyn Fn(Lang, (Kind, &str), &str) -> Option<String> + 'a;

/// In which words a schema speaks.
pub struct Wording<'a> {
    /// The languages of descriptions; names are in the first.
    pub langs: &'a [Lang],
    /// The languages that texts may have; any where there is none.
    pub texts: &'a [Lang],
    /// What a word of a fixed choice is called.
    pub choice: &'a Called<'a>,
    /// The names of the checks.
    pub codes: &'a [&'a str],
}

/// A section of a statute in the file: `36`, `13 b`, `5:4`.
const SECTION: &str = "^([0-9]+ *: *)?[0-9]+ ?[A-Za-z]?$";

/// The schema of a file.
pub fn editor(file: File, wording: &Wording<'_>) -> String {
    let mut top = match file {
        File::Content => wording.content(Kind::ALL),
        File::Of(Kind::Section) => wording.content(&[Kind::Statute]),
        File::Of(kind) => wording.content(&[kind]),
        File::Site => wording.record(None, &Config::fields()),
        File::Search => wording.record(None, &SearchWords::fields()),
    };
    top["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    top["title"] = match file {
        File::Content | File::Of(_) => "content/*.toml",
        File::Site => "site.toml",
        File::Search => "search.toml",
    }
    .into();
    format!("{top:#}\n")
}

impl Wording<'_> {
    /// Entities by kind and id.
    fn content(&self, kinds: &[Kind]) -> Value {
        let kinds: Vec<Kind> = kinds.iter().copied().filter(|kind| *kind != Kind::Section).collect();
        let property = |kind: &Kind| {
            let id = format!("^{ID}$");
            let entities = keyed(&id, &json!({ "$ref": format!("#/definitions/{}", kind.as_str()) }));
            let named = self.described(entities, &words::kind(*kind), &PerLang::default());
            (kind.as_str().to_owned(), named)
        };
        let mut definitions: Map<String, Value> =
            kinds.iter().map(|kind| (kind.as_str().to_owned(), self.entity(*kind))).collect();
        if kinds.contains(&Kind::Statute) {
            definitions.insert(Kind::Section.as_str().to_owned(), self.entity(Kind::Section));
        }
        let mut top = object(&kinds.iter().map(property).collect(), &[]);
        top["definitions"] = definitions.into();
        top
    }

    fn entity(&self, kind: Kind) -> Value {
        let fields: Vec<FieldDef> = Meta::fields().into_iter().chain(kind.fields()).collect();
        let mut entity = self.record(Some(kind), &fields);
        if kind == Kind::Statute {
            let sections = keyed(SECTION, &json!({ "$ref": "#/definitions/section" }));
            entity["properties"]["section"] =
                self.described(sections, &words::kind(Kind::Section), &PerLang::default());
            // A table may hold nothing but sections of a statute that stands elsewhere.
            entity["required"] = json!([]);
        }
        entity
    }

    fn record(&self, kind: Option<Kind>, fields: &[FieldDef]) -> Value {
        let property = |field: &FieldDef| {
            let label = |lang: Lang| match kind {
                Some(kind) => words::label(kind, field.key, lang),
                None => words::setting(field.key, lang),
            };
            let said = |of: fn(&Label) -> &String| -> PerLang<String> {
                let known = self.langs.iter().filter_map(|lang| Some((*lang, label(*lang)?)));
                known.map(|(lang, label)| (lang, of(label).clone())).collect()
            };
            let (names, helps) = (said(|label| &label.label), said(|label| &label.help));
            let value = self.value(kind, field);
            (field.key.to_owned(), self.described(value, &names, &helps))
        };
        let required = fields.iter().filter(|field| field.need == Need::Required).map(|field| field.key);
        object(&fields.iter().map(property).collect(), &required.collect::<Vec<_>>())
    }

    /// A value with its name, and in every language its name and what goes into it.
    fn described(&self, mut value: Value, names: &PerLang<String>, helps: &PerLang<String>) -> Value {
        let line = |lang: &Lang| {
            let name = names.get(*lang).filter(|name| !name.is_empty())?;
            let help = helps.get(*lang).map(|help| format!(": {help}")).unwrap_or_default();
            Some(format!("**{name}**{help}"))
        };
        let lines: Vec<String> = self.langs.iter().filter_map(line).collect();
        let lines: Vec<&str> =
            lines.iter().map(String::as_str).chain(value["description"].as_str()).collect();
        if !lines.is_empty() {
            let text = lines.join("\n\n");
            value["description"] = text.into();
        }
        if let Some(name) = self.langs.first().and_then(|lang| names.get(*lang)) {
            value["title"] = name.as_str().into();
        }
        value
    }

    fn value(&self, kind: Option<Kind>, field: &FieldDef) -> Value {
        match (kind, field.key) {
            (None, "severity") => {
                let weight = json!({ "enum": Weight::WORDS });
                let codes = self.codes.iter().map(|code| ((*code).to_owned(), weight.clone()));
                object(&codes.collect(), &[])
            }
            (_, "id") => of_text(&format!("^{ID}$")),
            (_, key) => self.shape(kind, key, &field.shape),
        }
    }

    fn shape(&self, kind: Option<Kind>, key: &str, shape: &Shape) -> Value {
        match shape {
            Shape::Text => self.per_language(&json!({ "type": "string", "minLength": 1 })),
            Shape::Words => {
                let word = json!({ "type": "string", "minLength": 1 });
                self.per_language(&one_or_several(&word))
            }
            Shape::Plain => json!({ "type": "string" }),
            Shape::Row => of_text(&format!("^{ID}$")),
            Shape::Integer => json!({ "type": "integer", "minimum": 0 }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Range => json!({ "type": ["integer", "array"], "minimum": 0, "minItems": 1, "maxItems": 2,
                                    "items": { "type": "integer", "minimum": 0 } }),
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Date => json!({ "type": "string", "format": "date" }),
            Shape::Since => json!({ "type": ["boolean", "string"], "format": "date" }),
            // A section of a statute, or a whole statute: one word.
            Shape::Law => of_text("§|^\\s*\\S+\\s*$"),
            Shape::Choice(words) => self.choice(kind, key, words),
            Shape::Ref(kinds) => self.reference(kinds),
            Shape::Record(fields) => self.record(kind, fields),
            Shape::List(inner) => one_or_several(&self.shape(kind, key, inner)),
        }
    }

    fn per_language(&self, value: &Value) -> Value {
        let mut texts = if self.texts.is_empty() {
            keyed(TAG, value)
        } else {
            let name = |lang: &Lang| words::language(*lang).get(*self.langs.first()?).cloned();
            let text = |lang: &Lang| {
                let mut text = value.clone();
                text["title"] = name(lang).unwrap_or_else(|| lang.to_string()).into();
                (lang.to_string(), text)
            };
            object(&self.texts.iter().map(text).collect(), &[])
        };
        texts["minProperties"] = 1.into();
        texts
    }

    /// One of fixed words, each with what it is called.
    fn choice(&self, kind: Option<Kind>, key: &str, choices: &[&str]) -> Value {
        // The settings have no words of their own kind: any will do.
        let said = |lang: Lang, word: &str| (self.choice)(lang, (kind.unwrap_or(Kind::Page), key), word);
        let meaning = |word: &&str| {
            let said: Vec<String> = self.langs.iter().filter_map(|lang| said(*lang, word)).collect();
            said.join(" · ")
        };
        let meanings: Vec<String> = choices.iter().map(meaning).collect();
        let told = choices.iter().zip(&meanings).filter(|(_, meaning)| !meaning.is_empty());
        let lines: Vec<String> = told.map(|(word, meaning)| format!("- `{word}`: {meaning}")).collect();
        let mut value = json!({ "type": "string", "enum": choices });
        if !lines.is_empty() {
            value["description"] = lines.join("\n").into();
            value["x-taplo"] = json!({ "docs": { "enumValues": meanings } });
        }
        value
    }

    /// The id of an entity; where anything may stand, with its kind before it.
    fn reference(&self, kinds: &[Kind]) -> Value {
        let any = kinds.len() == Kind::ALL.len();
        let id = format!("{ID}(:{ID})*");
        let pattern = match any {
            true => format!("^([a-z]+:)?{id}$"),
            // The client and everybody are actors too.
            false if kinds == Kind::ACTORS => format!("^({id}|{CLIENT}|\\*)$"),
            false => format!("^{id}$"),
        };
        let mut value = of_text(&pattern);
        let names = words::kinds(kinds);
        let names: Vec<&String> = self.langs.iter().filter_map(|lang| names.get(*lang)).collect();
        value["description"] =
            format!("→ {}", names.into_iter().map(String::as_str).collect::<Vec<_>>().join(" · ")).into();
        value
    }
}

/// Values under keys of a form.
fn keyed(pattern: &str, value: &Value) -> Value {
    json!({ "type": "object", "patternProperties": { pattern: value }, "additionalProperties": false })
}

fn of_text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// A value or several in brackets. Said by the sorts that it may be, because what is wrong in one of several
/// alternatives is told by no editor.
fn one_or_several(one: &Value) -> Value {
    let mut several = one.clone();
    let mut item = one.clone();
    if let (Some(several), Some(item)) = (several.as_object_mut(), item.as_object_mut()) {
        let sort = several.get("type").cloned().unwrap_or_default();
        several.insert("type".to_owned(), json!([sort, "array"]));
        item.remove("description");
        // The words of a choice hold for one of them, and for each of several.
        if let Some(Value::Array(choices)) = several.remove("enum") {
            let words: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
            several.insert("pattern".to_owned(), format!("^({})$", words.join("|")).into());
        }
    }
    several["items"] = item;
    several
}
