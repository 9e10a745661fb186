//! The schema of the document (JSON Schema, draft 2020-12), made from the declarations of the kinds.

use serde_json::{Map, Value, json};

use super::FORMAT;
use crate::base::lang::Lang;
use crate::model::config::Config;
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::prose::Part;
use crate::model::record::{FieldDef, Need, Record};
use crate::model::table::CLIENT;
use crate::model::words;
use crate::route::SCHEMA;

/// An id.
pub(super) const ID: &str = "[a-z0-9-]+";
/// A language tag (BCP 47).
pub(super) const TAG: &str = "^[a-z]{2,3}(-[A-Za-z0-9]+)*$";

/// The schema.
pub fn schema() -> String {
    let kinds = |each: fn(Kind) -> Value| {
        Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), each(*kind))).collect::<Map<_, _>>()
    };
    let list =
        |kind: Kind| json!({ "type": "array", "items": { "$ref": format!("#/$defs/{}", kind.as_str()) } });
    let required: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let entities = object(&kinds(list), &required);
    let mut defs = kinds(entity);
    defs.extend(common());
    let top = [
        ("$schema", json!({ "const": SCHEMA })),
        ("format", json!({ "const": FORMAT })),
        ("date", reference("date")),
        ("digest", json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" })),
        ("site", site()),
        ("entities", entities),
    ];
    let keys: Vec<&str> = top.iter().map(|(key, _)| *key).collect();
    let properties = top.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Map<_, _>>();
    let Value::Object(mut schema) = object(&properties, &keys) else { return String::new() };
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".to_owned(), "A handbook of the division of work".into());
    schema.insert("$defs".to_owned(), Value::Object(defs));
    format!("{:#}\n", Value::Object(schema))
}

pub(super) fn object(properties: &Map<String, Value>, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// What several kinds are made of. No kind may be called like one of these, and a test holds it.
fn common() -> Map<String, Value> {
    let per_language = |value: Value| {
        json!({ "type": "object", "patternProperties": { TAG: value }, "additionalProperties": false,
                "minProperties": 1 })
    };
    let words = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    let defs = [
        ("text", per_language(json!({ "type": "string", "minLength": 1 }))),
        ("words", per_language(words)),
        (
            "url",
            json!({ "type": "object", "patternProperties": { TAG: { "type": "string" } },
                        "additionalProperties": false }),
        ),
        ("date", json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })),
        ("law", law()),
        ("prose", per_language(json!({ "type": "array", "items": piece() }))),
    ];
    defs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A citation of law, with the place that it means.
fn law() -> Value {
    let properties = json!({
        "text": { "type": "string", "description": "As written." },
        "number": { "type": "string", "description": "The statute's number in the statute book." },
        "statute": { "type": "string", "pattern": format!("^statute/{ID}$") },
        "place": { "type": "string", "description": "The section as it is cited: 36, 13 b, 5:4." },
        "section": { "type": "string", "pattern": format!("^section/{ID}:{ID}$") },
        "subsection": { "type": "integer", "minimum": 1 },
    });
    object(properties.as_object().unwrap_or(&Map::new()), &["text"])
}

/// A piece of prose.
fn piece() -> Value {
    let properties = json!({
        "anchor": { "type": "string" },
        "heading": { "type": "string" },
        "phase": { "type": "string", "pattern": format!("^phase/{ID}$") },
        "part": { "enum": Part::ALL.map(Part::as_str) },
        "text": { "type": "string", "description": "Markdown." },
    });
    object(properties.as_object().unwrap_or(&Map::new()), &["text"])
}

fn site() -> Value {
    let mut fields = Config::fields();
    fields.retain(|field| field.key != "severity");
    for field in &mut fields {
        if field.key == "default_language" {
            field.need = Need::Required;
        }
    }
    let (properties, required) = record(None, &fields);
    object(&properties, &required)
}

/// An entity of a kind.
fn entity(kind: Kind) -> Value {
    let fields: Vec<FieldDef> = Meta::fields().into_iter().chain(kind.fields()).collect();
    let (mut properties, mut required) = record(Some(kind), &fields);
    let id = if kind == Kind::Section { format!("^{ID}:{ID}$") } else { format!("^{ID}$") };
    properties.insert("id".to_owned(), json!({ "type": "string", "pattern": id }));
    properties.insert("url".to_owned(), reference("url"));
    properties.insert("prose".to_owned(), reference("prose"));
    if kind == Kind::Section {
        properties.insert("statute".to_owned(), one_of(&[Kind::Statute]));
        properties.insert("number".to_owned(), json!({ "type": "string" }));
        required.extend(["statute", "number"]);
    }
    required.extend(["id", "url"]);
    object(&properties, &required)
}

/// The fields of a table, and which of them must be there.
fn record(kind: Option<Kind>, fields: &[FieldDef]) -> (Map<String, Value>, Vec<&'static str>) {
    let property = |field: &FieldDef| {
        let mut value = shape(kind, &field.shape);
        let label = kind.and_then(|kind| words::label(kind, field.key, Lang::EN));
        if let (Some(map), Some(label)) = (value.as_object_mut(), label) {
            map.insert("title".to_owned(), label.label.clone().into());
        }
        (field.key.to_owned(), value)
    };
    // A value of an indicator is left out where so few answered that one could be recognised.
    let withheld = |field: &FieldDef| kind == Some(Kind::Indicator) && field.shape == Shape::Number;
    let required = fields.iter().filter(|field| field.need == Need::Required && !withheld(field));
    let required = required.map(|field| field.key);
    (fields.iter().map(property).collect(), required.collect())
}

fn shape(kind: Option<Kind>, shape: &Shape) -> Value {
    match shape {
        Shape::Text => reference("text"),
        Shape::Words => reference("words"),
        Shape::Plain => json!({ "type": "string", "minLength": 1 }),
        Shape::Row => json!({ "type": "string", "pattern": format!("^{ID}$") }),
        Shape::Integer => json!({ "type": "integer", "minimum": 0 }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Range => json!({ "type": "array", "items": { "type": "integer", "minimum": 0 },
                                "minItems": 1, "maxItems": 2 }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Date => reference("date"),
        Shape::Since => json!({ "anyOf": [{ "type": "boolean" }, reference("date")] }),
        Shape::Law => reference("law"),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Ref(kinds) => one_of(kinds),
        Shape::Record(fields) => {
            let (properties, required) = record(kind, fields);
            object(&properties, &required)
        }
        Shape::List(inner) => json!({ "type": "array", "items": self::shape(kind, inner) }),
    }
}

/// The id of an entity of one of these kinds behind its kind; where an actor may stand, the client and
/// everybody too.
fn one_of(kinds: &[Kind]) -> Value {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let actors = kinds == Kind::ACTORS;
    let also = if actors { format!("|^{CLIENT}$|^\\*$") } else { String::new() };
    let any = kinds.len() == Kind::ALL.len();
    let head = if any { "[a-z]+".to_owned() } else { format!("({})", names.join("|")) };
    json!({ "type": "string", "pattern": format!("^{head}/{ID}(:{ID})*${also}") })
}
