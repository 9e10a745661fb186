//! The sorts of values a field can hold: how each is read, described and visited.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::base::date::Date;
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::record::{FieldDef, Keys, Row};
use crate::model::table::{AnyRef, CLIENT, Ref, Target};
use crate::model::text::{At, Phrase, Text, WordLists};
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
    /// Yes or no.
    Bool,
    /// A day.
    Date,
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
    /// Shows what it holds to a visitor.
    fn visit<'a>(&'a self, _at: &At<'_>, _visitor: &mut dyn Visitor<'a>) {}
}

impl<F: Field> Field for Option<F> {
    fn shape() -> Shape {
        F::shape()
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        Some(F::read(value, cx))
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        if let Some(field) = self {
            field.visit(at, visitor);
        }
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
        let values = match &value.data {
            Data::Array(values) => values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let items: Vec<I> =
            values.iter().map(|value| I::read(value, cx)).filter(|i| !i.is_nothing()).collect();
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
}

/// Two rows of one list with the same id.
fn report_twins<I: Item>(items: &[I], cx: &mut ReadCx<'_>) {
    let mut seen: BTreeMap<&Slug, Span> = BTreeMap::new();
    for row in items.iter().filter_map(Item::row) {
        let Some(id) = &row.id else { continue };
        match seen.get(id) {
            Some(first) => {
                let finding = Diagnostic::at(model::DUPLICATE_ROW, row.span).also(Some(*first));
                cx.push(finding.with("id", id.as_str()));
            }
            None => drop(seen.insert(id, row.span)),
        }
    }
}

impl Field for Text {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let before = cx.diags.len();
        let words = per_language(value, cx, phrase);
        let words = words.into_iter().filter_map(|(l, p)| Some((l, p?))).collect();
        let text = Text { words, span: Some(value.span), faulty: cx.diags.len() > before };
        if text.is_empty() && !text.faulty {
            cx.push(Diagnostic::at(model::MISSING_KEY, value.span));
        }
        text
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        visitor.text(at, self);
    }
}

impl Field for WordLists {
    fn shape() -> Shape {
        Shape::Words
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let list = |value: &Value, cx: &mut ReadCx<'_>| match &value.data {
            Data::Array(values) => values.iter().filter_map(|value| phrase(value, cx)).collect(),
            _ => phrase(value, cx).into_iter().collect(),
        };
        WordLists(per_language(value, cx, list).into_iter().collect())
    }
}

/// The languages of `key.fi = …`, each value read in the same way.
fn per_language<T>(
    value: &Value,
    cx: &mut ReadCx<'_>,
    read: impl Fn(&Value, &mut ReadCx<'_>) -> T,
) -> Vec<(Lang, T)> {
    let Data::Table(table) = &value.data else {
        match value.data {
            Data::Text(_) => cx.push(Diagnostic::at(model::TEXT_WITHOUT_LANGUAGE, value.span)),
            _ => cx.wrong_type(value, "text"),
        }
        return Vec::new();
    };
    table
        .iter()
        .filter_map(|(key, value)| Some((language(&key.name, key.span, cx)?, read(value, cx))))
        .collect()
}

fn language(tag: &str, span: Span, cx: &mut ReadCx<'_>) -> Option<Lang> {
    let lang = Lang::parse(tag).filter(|lang| cx.langs.is_empty() || cx.langs.contains(lang));
    if lang.is_none() {
        let near = cx.langs.iter().map(Lang::as_str).find(|own| own.chars().next() == tag.chars().next());
        cx.push(Diagnostic::at(model::UNKNOWN_LANGUAGE, span).with("language", tag).near(near));
    }
    lang
}

fn phrase(value: &Value, cx: &mut ReadCx<'_>) -> Option<Phrase> {
    let Data::Text(words) = &value.data else {
        cx.wrong_type(value, "plain");
        return None;
    };
    let trimmed = words.trim();
    if trimmed.is_empty() {
        cx.push(Diagnostic::at(model::EMPTY_TEXT, value.span));
        return None;
    }
    let as_written = trimmed.len() == words.len() && is_nfc(trimmed) && !trimmed.contains(char::is_control);
    let words = if as_written { Arc::clone(words) } else { Arc::from(clean(trimmed)) };
    Some(Phrase { words, span: value.span })
}

/// Words as they are compared and shown: letters put together, white space as spaces, and a sign in
/// the place of every control character.
fn clean(words: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    words.nfc().map(shown).collect()
}

impl Field for String {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        phrase(value, cx).map_or_else(String::new, |phrase| phrase.words.to_string())
    }
}

impl Item for String {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl Field for u32 {
    fn shape() -> Shape {
        Shape::Integer
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let number = match value.data {
            Data::Integer(number) => u32::try_from(number).ok(),
            _ => None,
        };
        number.unwrap_or_else(|| {
            cx.wrong_type(value, "integer");
            0
        })
    }
}

impl Field for bool {
    fn shape() -> Shape {
        Shape::Bool
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        match value.data {
            Data::Bool(truth) => truth,
            _ => {
                cx.wrong_type(value, "bool");
                false
            }
        }
    }
}

/// A day, where one is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day(pub Option<Date>);

impl Field for Day {
    fn shape() -> Shape {
        Shape::Date
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        match &value.data {
            Data::Date(date) => Day(Some(*date)),
            Data::Text(text) if Date::parse(text).is_some() => Day(Date::parse(text)),
            _ => {
                cx.wrong_type(value, "date");
                Day(None)
            }
        }
    }
}

/// A language tag of the handbook's own settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tag(pub Option<(Lang, Span)>);

impl Field for Tag {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Text(tag) = &value.data else {
            cx.wrong_type(value, "plain");
            return Tag(None);
        };
        let lang = Lang::parse(tag);
        if lang.is_none() {
            cx.push(Diagnostic::at(model::BAD_LANGUAGE, value.span).with("language", &**tag));
        }
        let foreign = |lang: &Lang| !cx.langs.is_empty() && !cx.langs.contains(lang);
        if lang.as_ref().is_some_and(foreign) && cx.key == "languages" {
            cx.push(Diagnostic::at(model::UNKNOWN_LANGUAGE, value.span).with("language", &**tag));
        }
        Tag(lang.map(|lang| (lang, value.span)))
    }
}

impl Item for Tag {
    fn is_nothing(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: Target> Field for Ref<T> {
    fn shape() -> Shape {
        Shape::Ref(T::KINDS)
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Text(id) = &value.data else {
            cx.wrong_type(value, "id");
            return Ref::default();
        };
        match Slug::new(id) {
            Some(id) if id.as_str() == CLIENT && !T::BUILT_IN.contains(&CLIENT) => {
                cx.push(not_here::<T>(CLIENT, value));
                Ref::default()
            }
            Some(id) => Ref::new(id, value.span),
            None if &**id == "*" && T::EVERYONE => Ref::everyone(value.span),
            None if &**id == "*" => {
                cx.push(not_here::<T>("*", value));
                Ref::default()
            }
            None => {
                let near = Slug::from_words(id);
                let near = near.as_ref().map(Slug::as_str);
                cx.push(Diagnostic::at(model::BAD_ID, value.span).with("id", &**id).near_value(near));
                Ref::default()
            }
        }
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        if let Some(reference) = self.any() {
            visitor.reference(at, reference);
        }
    }
}

/// `"client"` or `"*"` where only one role or function may stand.
fn not_here<T: Target>(id: &str, value: &Value) -> Diagnostic {
    Diagnostic::at(model::NOT_HERE, value.span).with("id", id).with("kinds", words::kinds(T::KINDS))
}

impl<T: Target> Item for Ref<T> {
    fn is_nothing(&self) -> bool {
        self.is_default()
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

/// Reads a table into keys; anything else is reported.
pub fn table<'t>(value: &'t Value, cx: &mut ReadCx<'_>, known: &[&'static str]) -> Option<Keys<'t>> {
    match &value.data {
        Data::Table(table) => Some(Keys::new(table, value.span, known, cx)),
        _ => {
            cx.wrong_type(value, "rows");
            None
        }
    }
}

/// An empty table, for records of which nothing stands in the file.
pub static NOTHING: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::default);

/// Values per language, for messages.
pub fn same_everywhere(text: &str) -> PerLang<String> {
    Lang::SPOKEN.into_iter().map(|lang| (lang, text.to_owned())).collect()
}
