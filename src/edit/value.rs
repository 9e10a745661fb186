//! Values as an editor sends them, as they are compared, and as they are written in TOML.

use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

use super::address::shape_of;
use crate::base::date::Date;
use crate::base::lang::{Lang, PerLang};
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::record::FieldDef;
use crate::model::table::CLIENT;
use crate::model::words;
use crate::syntax::slug::Slug;

/// The one form of a value in which it can be compared: texts without white space around, nothing for what
/// is empty, lists always in brackets. None where it is of another sort than the shape.
pub(super) fn canonical(shape: &Shape, value: &Json) -> Option<Json> {
    if value.is_null() {
        return Some(Json::Null);
    }
    match shape {
        Shape::Text => each_lang(&Shape::Plain, value),
        Shape::Words => each_lang(&Shape::List(Box::new(Shape::Plain)), value),
        Shape::Record(fields) => record(fields, value),
        Shape::List(item) => list(item, value),
        Shape::Range => range(value),
        Shape::Integer => whole(value).map(Json::from),
        Shape::Number => number(value),
        // What is not said is no.
        Shape::Bool => value.as_bool().map(|truth| if truth { Json::from(true) } else { Json::Null }),
        Shape::Since if value.is_boolean() => Some(value.clone()),
        Shape::Date | Shape::Since => day(value.as_str()?),
        Shape::Plain | Shape::Law => value.as_str().map(|text| some(clean(text))),
        Shape::Row => word(value, |id| Slug::new(id).is_some()),
        Shape::Choice(words) => word(value, |word| words.contains(&word)),
        Shape::Ref(kinds) => word(value, |id| is_reference(id, kinds)),
    }
}

/// What a value should be, in words.
pub(super) fn expected(shape: &Shape) -> PerLang<String> {
    let noun = match shape {
        Shape::Choice(choices) => return words::each_spoken(|_| choices.join(" / ")),
        Shape::List(item) => return expected(item),
        Shape::Text | Shape::Words => "text",
        Shape::Plain => "plain",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::Range => "range",
        Shape::Row => "row",
        Shape::Bool => "bool",
        Shape::Date => "date",
        Shape::Since => "since",
        Shape::Law => "law",
        Shape::Ref(kinds) if kinds.len() == Kind::ALL.len() => "mention",
        Shape::Ref(_) => "id",
        Shape::Record(_) => "rows",
    };
    words::noun(noun)
}

/// Words as they are compared and written: letters put together, line ends as spaces, no control characters.
pub(super) fn clean(text: &str) -> String {
    let flat = text.replace("\r\n", " ");
    let shown = flat.nfc().filter_map(|c| match c {
        '\n' | '\r' | '\t' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    shown.collect::<String>().trim().to_owned()
}

fn some(text: String) -> Json {
    if text.is_empty() { Json::Null } else { Json::from(text) }
}

fn word(value: &Json, fits: impl Fn(&str) -> bool) -> Option<Json> {
    let word = value.as_str()?.trim();
    (word.is_empty() || fits(word)).then(|| some(word.to_owned()))
}

fn is_reference(id: &str, kinds: &[Kind]) -> bool {
    if kinds.len() == Kind::ALL.len() {
        let (kind, id) = id.split_once(':').unwrap_or(("", id));
        return Slug::compound(id).is_some() && (kind.is_empty() || !kind.contains(char::is_whitespace));
    }
    let is_actor = kinds == Kind::ACTORS;
    Slug::new(id).is_some_and(|id| is_actor || id.as_str() != CLIENT) || (is_actor && id == "*")
}

fn each_lang(of: &Shape, value: &Json) -> Option<Json> {
    let mut langs = Map::new();
    for (lang, value) in value.as_object()? {
        Lang::parse(lang)?;
        let value = canonical(of, value)?;
        if !value.is_null() {
            langs.insert(lang.clone(), value);
        }
    }
    Some(if langs.is_empty() { Json::Null } else { Json::Object(langs) })
}

fn record(fields: &[FieldDef], value: &Json) -> Option<Json> {
    let mut record = Map::new();
    for (key, value) in value.as_object()? {
        let field = fields.iter().find(|field| field.key == key)?;
        let value = canonical(&shape_of(field), value)?;
        if !value.is_null() {
            record.insert(key.clone(), value);
        }
    }
    Some(Json::Object(record))
}

fn list(item: &Shape, value: &Json) -> Option<Json> {
    let one = std::slice::from_ref(value);
    let values = value.as_array().map_or(one, Vec::as_slice);
    let items: Option<Vec<Json>> = values.iter().map(|value| canonical(item, value)).collect();
    let items: Vec<Json> = items?.into_iter().filter(|item| !item.is_null()).collect();
    Some(if items.is_empty() { Json::Null } else { Json::Array(items) })
}

fn range(value: &Json) -> Option<Json> {
    let one = std::slice::from_ref(value);
    let numbers: Option<Vec<u32>> = value.as_array().map_or(one, Vec::as_slice).iter().map(whole).collect();
    match numbers?[..] {
        [] => Some(Json::Null),
        [from] => Some(Json::from(vec![from])),
        [from, to] if from <= to => Some(Json::from(vec![from, to])),
        _ => None,
    }
}

/// A whole number, also as it is typed into a field.
fn whole(value: &Json) -> Option<u32> {
    match value {
        Json::String(text) => text.trim().parse().ok(),
        _ => value.as_u64().and_then(|number| u32::try_from(number).ok()),
    }
}

/// A number, also as it is typed into a field, with the decimal comma of Finnish and Swedish.
fn number(value: &Json) -> Option<Json> {
    let number = match value {
        Json::String(text) => text.trim().replace(',', ".").parse().ok()?,
        _ => value.as_f64()?,
    };
    number.is_finite().then(|| Json::from(number))
}

/// A day, also as it is written in Finnish and Swedish: `21.11.2026`.
fn day(text: &str) -> Option<Json> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Json::Null);
    }
    let parts: Vec<&str> = text.split('.').collect();
    let date = match parts[..] {
        [day, month, year] => Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        _ => Date::parse(text),
    };
    date.map(|date| Json::from(date.to_string()))
}

/// A value in TOML, on one line. The value is in its one form.
pub(super) fn written(shape: &Shape, value: &Json, langs: &[Lang]) -> String {
    match (shape, value) {
        (Shape::Date | Shape::Since, Json::String(day)) => day.clone(),
        (Shape::List(item), Json::Array(items)) => {
            let items: Vec<String> = items.iter().map(|value| written(item, value, langs)).collect();
            format!("[{}]", items.join(", "))
        }
        (_, Json::Array(items)) => {
            format!("[{}]", items.iter().map(Json::to_string).collect::<Vec<_>>().join(", "))
        }
        (_, Json::Object(_)) => {
            let pairs = pairs(shape, value, langs);
            let pairs: Vec<String> = pairs
                .iter()
                .map(|pair| format!("{} = {}", keys(&pair.keys), written(&pair.shape, &pair.value, langs)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        (_, Json::String(text)) => quoted(text),
        (Shape::Number, Json::Number(number)) => plain_number(number.as_f64().unwrap_or_default()),
        (_, other) => other.to_string(),
    }
}

/// A pair to be written.
pub(super) struct Written {
    /// Its keys.
    pub(super) keys: Vec<String>,
    /// What the value is of.
    pub(super) shape: Shape,
    /// The value in its one form.
    pub(super) value: Json,
}

/// The pairs of a table, with dotted keys for what has keys itself, in the order of declaration.
pub(super) fn pairs(shape: &Shape, value: &Json, langs: &[Lang]) -> Vec<Written> {
    let one = |shape: &Shape| vec![Written { keys: Vec::new(), shape: shape.clone(), value: value.clone() }];
    let Json::Object(map) = value else { return one(shape) };
    let inner: Vec<(&str, Shape)> = match shape {
        Shape::Record(fields) => fields.iter().map(|field| (field.key, field.shape.clone())).collect(),
        Shape::Text => langs.iter().map(|lang| (lang.as_str(), Shape::Plain)).collect(),
        Shape::Words => {
            langs.iter().map(|lang| (lang.as_str(), Shape::List(Box::new(Shape::Plain)))).collect()
        }
        _ => return one(shape),
    };
    let mut all = Vec::new();
    for (key, shape) in inner {
        let Some(value) = map.get(key) else { continue };
        for mut pair in pairs(&shape, value, langs) {
            pair.keys.insert(0, key.to_owned());
            all.push(pair);
        }
    }
    all
}

/// Keys before the sign: with quotation marks where they need them.
pub(super) fn keys(keys: &[String]) -> String {
    let bare = |key: &str| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let key = |key: &String| if bare(key) { key.clone() } else { quoted(key) };
    keys.iter().map(key).collect::<Vec<_>>().join(".")
}

/// A text as a TOML string. A no-break space stays: it is part of the text.
pub(super) fn quoted(text: &str) -> String {
    ::toml::Value::String(text.to_owned()).to_string()
}

fn plain_number(number: f64) -> String {
    format!("{number}")
}
