//! The sorts of values a field can hold: how each is read, described and visited.

use std::collections::BTreeMap;

use crate::base::diag::{Diagnostic, Diagnostics, Fix};
use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::model::held::Held;
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::record::{FieldDef, Keys, Record, Row};
use crate::model::table::AnyRef;
use crate::model::text::{At, Text, WordLists};
use crate::model::words;
use crate::model::{self};
use crate::syntax::slug::Slug;
use crate::syntax::toml::{Data, Table, Value};

/// What a field holds, for the schema, the form and the reference.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A text per language.
    Text,
    /// Lists of words per language.
    Words,
    /// A text that is the same in every language.
    Plain,
    /// A whole number.
    Integer,
    /// A number, whole or not.
    Number,
    /// From one whole number to another.
    Range,
    /// The id of another row of the entity.
    Row,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// Yes, no, or the day from which yes.
    Since,
    /// A citation of law.
    Law,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The id of an entity of one of these kinds.
    Ref(&'static [Kind]),
    /// A table with these fields.
    Record(Vec<FieldDef>),
    /// Any number of values; one may stand without brackets.
    List(Box<Shape>),
}

/// What reading needs to know and where findings go.
pub struct ReadCx<'a> {
    /// The languages of the handbook; empty while they are being read.
    pub langs: &'a [Lang],
    /// Where findings go.
    pub diags: &'a mut Diagnostics,
    /// The key whose value is read, for messages.
    pub key: &'a str,
}

impl ReadCx<'_> {
    /// The same, reading the value of another key.
    pub fn at<'b>(&'b mut self, key: &'b str) -> ReadCx<'b> {
        ReadCx { langs: self.langs, diags: self.diags, key }
    }

    /// Reports that a value is of the wrong sort; `expected` names a row of `[types]` in the words.
    pub fn wrong_type(&mut self, value: &Value, expected: &str) {
        if let (Data::Array(_), true) = (&value.data, expected != "rows") {
            return self.push(Diagnostic::at(model::ONE_VALUE, value.span));
        }
        let expected = words::noun(expected);
        self.push(Diagnostic::at(model::WRONG_TYPE, value.span).with("expected", expected));
    }

    /// Reports a finding about the value of the present key.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let diagnostic = diagnostic.with("key", self.key);
        self.diags.push(diagnostic);
    }
}

/// Sees every text, reference and citation of an entity, with its address.
#[expect(unused_variables, reason = "most visitors look at one sort of thing only")]
pub trait Visitor<'a> {
    /// A text that stands in the file.
    fn text(&mut self, at: &At<'_>, text: &'a Text) {}
    /// Other words for something: synonyms, abbreviations.
    fn words(&mut self, at: &At<'_>, words: &'a WordLists) {}
    /// A reference to another entity.
    fn reference(&mut self, at: &At<'_>, reference: AnyRef<'a>) {}
    /// A citation of law in a field.
    fn law(&mut self, at: &At<'_>, law: &'a LawRef) {}
}

/// A sort of value. Reading never fails: a mistake is reported and the default taken.
pub trait Field: Default {
    /// What it holds.
    fn shape() -> Shape;
    /// Reads a value.
    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self;
    /// Reads a value that may be missing: `None` where it cannot be read, and no default stands for it.
    fn read_any(value: &Value, cx: &mut ReadCx<'_>) -> Option<Self> {
        Some(Self::read(value, cx))
    }
    /// Shows what it holds to a visitor.
    fn visit<'a>(&'a self, _at: &At<'_>, _visitor: &mut dyn Visitor<'a>) {}
    /// What it holds, without its type.
    fn held(&self) -> Held<'_>;
}

impl<F: Field> Field for Option<F> {
    fn shape() -> Shape {
        F::shape()
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        F::read_any(value, cx)
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        if let Some(field) = self {
            field.visit(at, visitor);
        }
    }

    fn held(&self) -> Held<'_> {
        self.as_ref().map_or(Held::Nothing, Field::held)
    }
}

/// A value that can stand in a list. The default is what an unreadable item becomes, and is left out.
pub trait Item: Field {
    /// Whether reading gave nothing.
    fn is_nothing(&self) -> bool;
    /// The id of the item within its list, where items are rows.
    fn row(&self) -> Option<&Row> {
        None
    }
}

impl<I: Item> Field for Vec<I> {
    fn shape() -> Shape {
        Shape::List(Box::new(I::shape()))
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let ids = ids_in_text::<I>(value, cx);
        let values = match (&value.data, &ids) {
            (_, Some(ids)) => ids.as_slice(),
            (Data::Array(values), None) => values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let items = values.iter().filter_map(|value| I::read_any(value, cx));
        let items: Vec<I> = items.filter(|item| !item.is_nothing()).collect();
        report_twins(&items, cx);
        items
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        for (position, item) in self.iter().enumerate() {
            match item.row() {
                Some(row) => item.visit(&at.field(&row.name(position)), visitor),
                None => item.visit(at, visitor),
            }
        }
    }

    fn held(&self) -> Held<'_> {
        let items = self.iter().enumerate();
        Held::List(items.map(|(position, item)| item.held().in_list(position)).collect())
    }
}

/// Several ids in one text, `"a, b"`, where a list of them is meant: told, and read as the list.
fn ids_in_text<I: Item>(value: &Value, cx: &mut ReadCx<'_>) -> Option<Vec<Value>> {
    let Data::Text(text) = &value.data else { return None };
    let ids = ids_in(text).filter(|_| matches!(I::shape(), Shape::Ref(_) | Shape::Row))?;
    let list = format!("[{}]", ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", "));
    let finding = Diagnostic::at(model::LIST_IN_TEXT, value.span).with("list", list.as_str());
    cx.push(Diagnostic { fix: Some(Fix { span: value.span, text: list }), ..finding });
    let one = |id: &Slug| Value { data: Data::Text(id.as_str().into()), span: value.span };
    Some(ids.iter().map(one).collect())
}

/// The ids in a text that is a list of several.
pub(super) fn ids_in(text: &str) -> Option<Vec<Slug>> {
    let ids: Option<Vec<Slug>> = text.split([',', ';']).map(|id| Slug::new(id.trim())).collect();
    ids.filter(|ids| ids.len() > 1)
}

/// Two rows of one list with the same id, and an id that is the number by which a row without one goes.
fn report_twins<I: Item>(items: &[I], cx: &mut ReadCx<'_>) {
    let mut seen: BTreeMap<&Slug, Span> = BTreeMap::new();
    let without = items.iter().enumerate().filter_map(|(at, item)| Some((at, item.row()?)));
    let without = without.filter(|(_, row)| row.id.is_none());
    let numbers: BTreeMap<String, Span> =
        without.map(|(at, row)| (row.name(at).into_owned(), row.span)).collect();
    for row in items.iter().filter_map(Item::row) {
        let Some(id) = &row.id else { continue };
        if let Some(other) = numbers.get(id.as_str()) {
            let finding = Diagnostic::at(model::ROW_NUMBER, row.span).also(Some(*other));
            cx.push(finding.with("id", id.as_str()));
        }
        match seen.get(id) {
            Some(first) => {
                let finding = Diagnostic::at(model::DUPLICATE_ROW, row.span).also(Some(*first));
                cx.push(finding.with("id", id.as_str()));
            }
            None => drop(seen.insert(id, row.span)),
        }
    }
}

/// Reads a word out of a fixed list.
pub fn choice(value: &Value, words: &'static [&'static str], cx: &mut ReadCx<'_>) -> Option<usize> {
    let Data::Text(word) = &value.data else {
        cx.wrong_type(value, "plain");
        return None;
    };
    let found = words.iter().position(|known| *known == &**word);
    if found.is_none() {
        let near = nearest(word, words.iter().copied());
        let finding = Diagnostic::at(model::UNKNOWN_CHOICE, value.span).with("word", &**word);
        cx.push(finding.with("choices", words.join(", ")).near_value(near));
    }
    found
}

/// Reads a table into the keys of a record; anything else is reported, with the key to which it may belong.
pub fn table<'t, R: Record>(value: &'t Value, cx: &mut ReadCx<'_>) -> Option<Keys<'t>> {
    if let Data::Table(table) = &value.data {
        return Some(Keys::new(table, value.span, R::KEYS, cx));
    }
    let fields: Vec<FieldDef> = R::fields().into_iter().filter(|field| field.key != "id").collect();
    let taken = fields.iter().find_map(|field| Some((field.key, field.shape.taking(value)?)));
    let (key, written) = taken.unwrap_or((fields.first().map_or("", |field| field.key), " = …".to_owned()));
    let keys = fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
    let example = format!("{} = {{ {key}{written} }}", cx.key);
    cx.push(Diagnostic::at(model::NEEDS_KEYS, value.span).with("keys", keys).with("example", example));
    None
}

impl Shape {
    /// How a single value is written behind a key of this shape; none where it does not fit.
    fn taking(&self, value: &Value) -> Option<String> {
        match (self, &value.data) {
            (Shape::Integer | Shape::Number, Data::Integer(number)) => Some(format!(" = {number}")),
            (Shape::Number, Data::Float(number)) => Some(format!(" = {number}")),
            (Shape::Plain, Data::Text(text)) => Some(format!(" = \"{text}\"")),
            (Shape::Text, Data::Text(_)) => Some(".fi = \"…\"".to_owned()),
            (Shape::Date, Data::Date(day)) => Some(format!(" = {day}")),
            _ => None,
        }
    }
}

/// An empty table, for records of which nothing stands in the file.
pub static NOTHING: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::default);

/// Values per language, for messages.
pub fn same_everywhere(text: &str) -> PerLang<String> {
    Lang::SPOKEN.into_iter().map(|lang| (lang, text.to_owned())).collect()
}
