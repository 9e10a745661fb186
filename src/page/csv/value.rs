//! What a field holds, in the words of a page and without its markup.

use super::super::Cx;
use crate::base::lang::Lang;
use crate::model::held::{Fields, Held};
use crate::model::kind::Kind;
use crate::theme::Strings;

/// Groups of words of the interface in which a field's choices are found, where not in one of its own name.
const GROUPS: [(&str, &str); 5] =
    [("status", "trust"), ("certainty", "change"), ("kind", "step"), ("unit", "measure"), ("level", "skill")];

/// What a field says; several values stand below one another.
pub(super) fn said(cx: Cx<'_>, field: (Kind, &str), held: &Held<'_>) -> String {
    match held {
        Held::Nothing | Held::Bool(false) => String::new(),
        Held::Text(text) => {
            let found = text.words.fallback(cx.lang, &cx.book().fallbacks);
            found.map_or_else(String::new, |(_, phrase)| phrase.words.to_string())
        }
        Held::Words(words) => words.get(cx.lang).collect::<Vec<_>>().join(", "),
        Held::Plain(text) => text.to_string(),
        Held::Integer(number) => number.to_string(),
        Held::Number(number) => decimal(*number, cx.lang),
        Held::Range(range) => {
            format!("{}–{}", range.from, range.to.map_or_else(String::new, |to| to.to_string()))
        }
        Held::Bool(true) => cx.word("data.yes").to_owned(),
        Held::Date(date) => cx.date(*date),
        Held::Choice(word) => choice(cx, field, word),
        Held::Law(law) => cx.cited_as(law),
        Held::Reference(reference) => match cx.book().found(*reference) {
            Some(key) => cx.book().entry(&key).map(|entry| cx.name_of(entry).text).unwrap_or_default(),
            None if reference.built_in.contains(&reference.id.as_str()) => cx.word("actor.client").to_owned(),
            None => reference.id.to_string(),
        },
        Held::Everyone => cx.word("data.everyone").to_owned(),
        Held::Record(fields) => row(cx, field.0, fields),
        Held::List(values) => {
            let said = values.iter().map(|value| said(cx, field, value));
            said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n")
        }
    }
}

/// A row of a table within an entity: its text, and the rest behind it in brackets. Rows inside that are
/// left out: the page shows them.
fn row(cx: Cx<'_>, kind: Kind, fields: &Fields<'_>) -> String {
    let of = |wanted: &str| fields.iter().find(|(key, _)| *key == wanted).map(|(_, held)| held);
    let text = of("text").map_or_else(String::new, |held| said(cx, (kind, "text"), held));
    let limit = limit(cx, of("count"), of("unit"));
    let told =
        |key: &str| ["id", "text"].contains(&key) || (limit.is_some() && ["count", "unit"].contains(&key));
    let rest = fields.iter().filter(|(key, held)| !told(key) && is_short(held));
    let rest = rest.map(|(key, held)| said(cx, (kind, key), held).replace('\n', ", "));
    let rest: Vec<String> = rest.filter(|said| !said.is_empty()).collect();
    let text = match limit {
        Some(limit) if text.is_empty() => limit,
        Some(limit) => format!("{limit}: {text}"),
        None => text,
    };
    match (text.is_empty(), rest.is_empty()) {
        (true, _) => rest.join(", "),
        (false, true) => text,
        (false, false) => format!("{text} ({})", rest.join(", ")),
    }
}

/// A time limit in words.
fn limit(cx: Cx<'_>, count: Option<&Held<'_>>, unit: Option<&Held<'_>>) -> Option<String> {
    let (Some(Held::Integer(count)), Some(Held::Choice(unit))) = (count, unit) else { return None };
    Some(cx.strings().count(&format!("unit.{unit}"), usize::try_from(*count).ok()?))
}

/// Whether a value within a row can be told in a few words.
fn is_short(held: &Held<'_>) -> bool {
    match held {
        Held::Record(_) | Held::Bool(_) | Held::Words(_) => false,
        Held::List(values) => values.iter().all(is_short),
        _ => true,
    }
}

/// The word for a choice; as it stands in the file where the interface has none.
fn choice(cx: Cx<'_>, field: (Kind, &str), word: &str) -> String {
    // That there is nothing of the sort is no word.
    let otherwise = || if word == "none" { String::new() } else { word.to_owned() };
    chosen(cx.strings(), field, word).unwrap_or_else(otherwise)
}

/// The word of the interface for a choice, in the group called like its field or in another.
pub fn chosen(strings: &Strings, (kind, key): (Kind, &str), word: &str) -> Option<String> {
    let others = GROUPS.iter().filter(|(own, _)| *own == key).map(|(_, group)| (*group).to_owned());
    let groups = [key.to_owned()].into_iter().chain(others);
    let mut groups = groups.chain([format!("{}_{key}", kind.as_str()), format!("choice.{key}")]);
    groups.find_map(|group| strings.find(&format!("{group}.{word}")).map(str::to_owned))
}

/// A number as Excel reads it in the language.
fn decimal(number: f64, lang: Lang) -> String {
    let plain = number.to_string();
    if lang == Lang::EN { plain } else { plain.replace('.', ",") }
}
