//! A block from Excel or Word as rows of a list: columns are known by the labels of fields in any language
//! polku speaks, and what cannot be used is said.
//!
//! The browser turns a table of the clipboard into lines with tabs, as Excel copies it.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::NO_FORM;
use super::api::{answer, failed, read};
use super::form::{choice_word, label_of};
use super::http::Shared;
use crate::base::date::Date;
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::config::Config;
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::record::{FieldDef, Record};
use crate::model::table::AnyEntry;
use crate::model::words;
use crate::syntax::slug::Slug;

/// The most rows that are taken at once.
const MOST: usize = 500;

#[derive(Deserialize)]
struct Pasted {
    at: String,
    text: String,
    lang: Option<String>,
}

/// Says what rows a block would make; nothing is written.
pub(super) fn paste(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let pasted: Pasted = read(body, lang)?;
    let lang = pasted.lang.as_deref().and_then(Lang::parse).unwrap_or(lang);
    let now = shared.live.now();
    let none = || failed(StatusCode::NOT_FOUND, &Diagnostic::of(NO_FORM).with("at", &*pasted.at), lang);
    let site = now.plain.site.as_ref().ok_or_else(none)?;
    let (kind, defs) = list(&pasted.at).ok_or_else(none)?;
    let block =
        Block { book: site.book(), kind, lang, columns: columns(kind, &defs, &site.book().langs, lang) };
    Ok(answer(&block.rows(&pasted.at, cells(&pasted.text))))
}

/// The fields of the rows of a list, by the list's address.
fn list(at: &str) -> Option<(Option<Kind>, Vec<FieldDef>)> {
    let (kind, mut defs, path) = match at.split_once('/') {
        Some((kind, rest)) => {
            let kind = Kind::parse(kind)?;
            let fields: Vec<FieldDef> = kind.fields().into_iter().chain(Meta::fields()).collect();
            (Some(kind), fields, rest.split_once('.')?.1)
        }
        None => (None, Config::fields(), at.strip_prefix("site.")?),
    };
    let mut parts = path.split('.');
    while let Some(part) = parts.next() {
        let def = defs.into_iter().find(|def| def.key == part)?;
        let (inner, is_list) = match def.shape {
            Shape::List(inner) => (*inner, true),
            other => (other, false),
        };
        let Shape::Record(fields) = inner else { return None };
        defs = fields;
        // Behind a list stands the name of a row.
        if is_list && parts.next().is_none() {
            return Some((kind, defs));
        }
    }
    None
}

/// Lines with tabs as cells; a cell in quotation marks may hold both.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(b'\t').has_headers(false).flexible(true);
    let records = reader.from_reader(text.as_bytes()).into_records().filter_map(Result::ok).take(MOST);
    let rows = records.map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// What a column can hold: a field, and of a text the language.
struct Column {
    key: &'static str,
    lang: Option<Lang>,
    shape: Shape,
    /// What it is called in a head, in small letters.
    names: Vec<String>,
    /// What it is called in the preview.
    label: String,
}

/// Every column that rows of a list can have; texts first, because a block without a head has them first.
fn columns(kind: Option<Kind>, defs: &[FieldDef], langs: &[Lang], said: Lang) -> Vec<Column> {
    let usable = |def: &&FieldDef| {
        def.key != "id" && !matches!(def.shape, Shape::Record(_)) && !holds_rows(&def.shape)
    };
    let (texts, rest): (Vec<&FieldDef>, Vec<&FieldDef>) =
        defs.iter().filter(usable).partition(|def| matches!(def.shape, Shape::Text | Shape::Words));
    let of_text = texts.into_iter().flat_map(|def| langs.iter().map(move |lang| (def, Some(*lang))));
    let all = of_text.chain(rest.into_iter().map(|def| (def, None)));
    all.map(|(def, lang)| column(kind, def, (lang, langs), said)).collect()
}

fn holds_rows(shape: &Shape) -> bool {
    matches!(shape, Shape::List(inner) if matches!(**inner, Shape::Record(_)))
}

fn column(kind: Option<Kind>, def: &FieldDef, (lang, langs): (Option<Lang>, &[Lang]), said: Lang) -> Column {
    let labels =
        Lang::SPOKEN.into_iter().filter_map(|spoken| Some((spoken, &label_of(kind, def.key, spoken)?.label)));
    let mut names = vec![def.key.to_owned()];
    for (spoken, label) in labels {
        let Some(lang) = lang else {
            names.push(label.clone());
            continue;
        };
        let word = words::language(lang).get(spoken).cloned().unwrap_or_default();
        for own in [lang.to_string(), word] {
            names.extend([
                format!("{label} {own}"),
                format!("{label} ({own})"),
                format!("{label}, {own}"),
                own,
            ]);
        }
        // Without a language the words are meant that are read first, in the language of the label.
        if spoken == lang || !langs.contains(&spoken) {
            names.push(label.clone());
        }
    }
    let label = label_of(kind, def.key, said).map_or_else(|| def.key.to_owned(), |label| label.label.clone());
    let label = lang.map_or(label.clone(), |lang| format!("{label} ({lang})"));
    let names = names.into_iter().map(|name| name.to_lowercase()).collect();
    Column { key: def.key, lang, shape: def.shape.clone(), names, label }
}

/// A block being read.
struct Block<'b> {
    book: &'b Handbook,
    kind: Option<Kind>,
    lang: Lang,
    columns: Vec<Column>,
}

impl Block<'_> {
    fn rows(&self, at: &str, mut cells: Vec<Vec<String>>) -> Value {
        let named = cells.first().map(|head| self.head(head)).unwrap_or_default();
        let has_head = named.iter().any(Option::is_some);
        let head = if has_head { Some(cells.remove(0)) } else { None };
        let width = cells.iter().map(Vec::len).max().unwrap_or_default();
        let places: Vec<Option<usize>> = if has_head {
            named
        } else {
            (0..width).map(|at| (at < self.columns.len()).then_some(at)).collect()
        };
        let mut left = Vec::new();
        let unknown =
            head.iter().flatten().zip(&places).filter(|(cell, place)| place.is_none() && !cell.is_empty());
        left.extend(unknown.map(|(cell, _)| json!({ "column": cell })));
        let mut values = Vec::new();
        for (position, row) in cells.iter().enumerate() {
            let (value, lost) = self.row(row, &places);
            left.extend(
                lost.into_iter()
                    .map(|(column, text)| json!({ "row": position + 1, "column": column, "text": text })),
            );
            if !value.is_empty() {
                values.push(value);
            }
        }
        let used: Vec<usize> = places.iter().flatten().copied().collect();
        let labels: Vec<&str> = used.iter().map(|at| self.columns[*at].label.as_str()).collect();
        let said: Vec<Vec<String>> = values.iter().map(|value| self.said(value, &used)).collect();
        let insert =
            |value: &Map<String, Value>| json!({ "do": "insert", "at": at, "before": null, "value": value });
        json!({ "head": labels, "rows": said, "left": left, "changes": values.iter().map(insert).collect::<Vec<_>>() })
    }

    /// The column that each cell of a head names; none where it is no head.
    fn head(&self, cells: &[String]) -> Vec<Option<usize>> {
        let mut taken = Vec::new();
        let mut place = |cell: &String| {
            let name = cell.to_lowercase();
            let found = (0..self.columns.len())
                .find(|at| !taken.contains(at) && self.columns[*at].names.contains(&name));
            taken.extend(found);
            found
        };
        cells.iter().map(&mut place).collect()
    }

    /// A row as fields, and the cells that are no value of their column.
    fn row(&self, cells: &[String], places: &[Option<usize>]) -> (Map<String, Value>, Vec<(String, String)>) {
        let (mut value, mut lost) = (Map::new(), Vec::new());
        for (cell, place) in cells.iter().zip(places).filter(|(cell, _)| !cell.is_empty()) {
            let Some(column) = place.and_then(|at| self.columns.get(at)) else { continue };
            match (self.value(&column.shape, column.key, cell), column.lang) {
                (None, _) => lost.push((column.label.clone(), cell.clone())),
                (Some(one), None) => drop(value.insert(column.key.to_owned(), one)),
                (Some(one), Some(lang)) => {
                    let text = value.entry(column.key).or_insert_with(|| json!({}));
                    text[lang.as_str()] = one;
                }
            }
        }
        (value, lost)
    }

    /// A cell as a value of a shape.
    fn value(&self, shape: &Shape, key: &str, cell: &str) -> Option<Value> {
        let parts = || cell.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        match shape {
            Shape::Text | Shape::Plain => Some(json!(cell.split_whitespace().collect::<Vec<_>>().join(" "))),
            Shape::Words => Some(parts().map(|part| json!(part)).collect()),
            Shape::Integer => {
                cell.replace(char::is_whitespace, "").parse::<u32>().ok().map(|number| json!(number))
            }
            Shape::Number => number(cell),
            Shape::Date => date(cell).map(|day| json!(day.to_string())),
            Shape::Since => {
                date(cell).map(|day| json!(day.to_string())).or_else(|| truth(cell).map(|truth| json!(truth)))
            }
            Shape::Bool => truth(cell).map(|truth| json!(truth)),
            Shape::Choice(words) => self.choice(words, key, cell),
            Shape::Ref(kinds) => self.reference(kinds, cell),
            Shape::Law => Some(json!(cell)),
            Shape::Row => Slug::new(cell).map(|id| json!(id.as_str())),
            Shape::List(inner) => parts().map(|part| self.value(inner, key, part)).collect(),
            Shape::Range | Shape::Record(_) => None,
        }
    }

    fn choice(&self, words: &'static [&'static str], key: &str, cell: &str) -> Option<Value> {
        let wanted = cell.to_lowercase();
        let is = |word: &&&str| {
            let said = |lang| choice_word(self.kind, key, words, word, lang).to_lowercase();
            **word == wanted || Lang::SPOKEN.into_iter().any(|lang| said(lang) == wanted)
        };
        words.iter().find(is).map(|word| json!(word))
    }

    /// An entity by its id, or by its name in any language.
    fn reference(&self, kinds: &[Kind], cell: &str) -> Option<Value> {
        let wanted = cell.to_lowercase();
        let is = |entry: &&dyn AnyEntry| {
            let names = entry.meta().name.plain();
            entry.key().id.as_str() == wanted || names.iter().any(|(_, name)| name.to_lowercase() == wanted)
        };
        let found = kinds.iter().flat_map(|kind| self.book.tables.every(*kind)).find(is)?;
        Some(json!(found.key().id.as_str()))
    }

    /// A row as it is shown before it is taken.
    fn said(&self, value: &Map<String, Value>, used: &[usize]) -> Vec<String> {
        let cell = |at: &usize| {
            let column = &self.columns[*at];
            let own = value.get(column.key).unwrap_or(&Value::Null);
            plain(column.lang.map_or(own, |lang| own.get(lang.as_str()).unwrap_or(&Value::Null)), self.lang)
        };
        used.iter().map(cell).collect()
    }
}

fn number(cell: &str) -> Option<Value> {
    let plain = cell.replace(',', ".").replace(char::is_whitespace, "");
    let whole = plain.parse::<i64>().ok().map(|number| json!(number));
    whole
        .or_else(|| plain.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| json!(number)))
}

/// A day as it is written in files, or as Excel shows it in Finland.
fn date(cell: &str) -> Option<Date> {
    let parts: Vec<i16> =
        cell.split('.').map(|part| part.trim().parse().ok()).collect::<Option<_>>().unwrap_or_default();
    match parts[..] {
        [day, month, year] => Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?),
        _ => Date::parse(cell),
    }
}

fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "kyllä" | "ja" | "yes" | "x" | "true" | "1" => Some(true),
        "ei" | "nej" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

fn plain(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(|one| plain(one, lang)).collect::<Vec<_>>().join(", "),
        Value::Number(number) if lang != Lang::EN => number.to_string().replace('.', ","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(at: &str, text: &str) -> Value {
        let mut book = Handbook::default();
        book.langs = vec![Lang::FI, Lang::SV];
        let (kind, defs) = list(at).expect("a list of rows");
        let columns = columns(kind, &defs, &book.langs, Lang::FI);
        Block { book: &book, kind, lang: Lang::FI, columns }.rows(at, cells(text))
    }

    #[test]
    fn columns_are_known_by_labels_in_any_language() {
        let told = read(
            "pilot/x.event",
            "Päivä\tteksti (fi)\tText, svenska\tmuuta\n2.6.2025\tAlku\tBörjan\t?\nhuomenna\tLoppu\t\t\n",
        );
        assert_eq!(told["head"], json!(["Päivä", "Teksti (fi)", "Teksti (sv)"]));
        let value = json!({ "date": "2025-06-02", "text": { "fi": "Alku", "sv": "Början" } });
        assert_eq!(told["changes"][0]["value"], value);
        assert_eq!(told["left"][0], json!({ "column": "muuta" }));
        assert_eq!(told["left"][1], json!({ "row": 2, "column": "Päivä", "text": "huomenna" }));
    }

    #[test]
    fn without_a_head_texts_come_first() {
        let told = read("task/x.recorded", "Kertomus\tBerättelse\n\"Suunni\ntelma\"\tPlan\n");
        assert_eq!(told["changes"][1]["value"], json!({ "text": { "fi": "Suunni telma", "sv": "Plan" } }));
        assert_eq!(told["left"], json!([]));
    }

    #[test]
    fn lists_inside_rows_are_found_and_other_places_are_none() {
        assert!(list("process/x.step.s1.branch").is_some());
        assert!(
            list("role/x.name").is_none() && list("role/x").is_none() && list("task/x.recorded.1").is_none()
        );
    }
}
