//! The sorts of single values: texts, words, numbers, days, language tags, references.

use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::base::date::Date;
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::source::Span;
use crate::model;
use crate::model::field::{Field, Item, ReadCx, Shape, Visitor, ids_in};
use crate::model::held::Held;
use crate::model::table::{CLIENT, Ref, Target};
use crate::model::text::{At, Phrase, Text, WordLists};
use crate::model::words;
use crate::syntax::slug::Slug;
use crate::syntax::toml::{Data, Value};

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

    fn held(&self) -> Held<'_> {
        Held::Text(self)
    }
}

impl Field for WordLists {
    fn shape() -> Shape {
        Shape::Words
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        if matches!(value.data, Data::Array(_)) {
            cx.push(Diagnostic::at(model::TEXT_WITHOUT_LANGUAGE, value.span));
            return WordLists::default();
        }
        let list = |value: &Value, cx: &mut ReadCx<'_>| match &value.data {
            Data::Array(values) => values.iter().filter_map(|value| phrase(value, cx)).collect(),
            _ => phrase(value, cx).into_iter().collect(),
        };
        WordLists(per_language(value, cx, list).into_iter().collect())
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        visitor.words(at, self);
    }

    fn held(&self) -> Held<'_> {
        Held::Words(self)
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

    fn held(&self) -> Held<'_> {
        Held::plain(self)
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
        Self::read_any(value, cx).unwrap_or_default()
    }

    fn read_any(value: &Value, cx: &mut ReadCx<'_>) -> Option<Self> {
        let number = match value.data {
            Data::Integer(number) => u32::try_from(number).ok(),
            _ => None,
        };
        if number.is_none() {
            cx.wrong_type(value, "integer");
        }
        number
    }

    fn held(&self) -> Held<'_> {
        Held::Integer(*self)
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

    fn held(&self) -> Held<'_> {
        Held::Bool(*self)
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

    fn held(&self) -> Held<'_> {
        self.0.map_or(Held::Nothing, Held::Date)
    }
}

/// Whether something has happened: `true`, or the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Since {
    /// It has not.
    #[default]
    Never,
    /// It has; the day is not told.
    Ever,
    /// From this day.
    Day(Date),
}

impl Since {
    /// Whether it has happened by a day.
    pub fn holds(self, today: Date) -> bool {
        match self {
            Since::Never => false,
            Since::Ever => true,
            Since::Day(day) => day <= today,
        }
    }

    /// The day, where it is told.
    pub fn day(self) -> Option<Date> {
        match self {
            Since::Never | Since::Ever => None,
            Since::Day(day) => Some(day),
        }
    }
}

impl Field for Since {
    fn shape() -> Shape {
        Shape::Since
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        match &value.data {
            Data::Bool(true) => Since::Ever,
            Data::Bool(false) => Since::Never,
            Data::Date(date) => Since::Day(*date),
            Data::Text(text) if Date::parse(text).is_some() => {
                Date::parse(text).map_or(Since::Ever, Since::Day)
            }
            _ => {
                cx.wrong_type(value, "since");
                Since::Never
            }
        }
    }

    fn held(&self) -> Held<'_> {
        match self {
            Since::Never => Held::Bool(false),
            Since::Ever => Held::Bool(true),
            Since::Day(day) => Held::Date(*day),
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

    fn held(&self) -> Held<'_> {
        self.0.as_ref().map_or(Held::Nothing, |(lang, _)| Held::plain(lang.as_str()))
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
            None if ids_in(id).is_some() => {
                cx.push(Diagnostic::at(model::ONE_VALUE, value.span));
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

    fn held(&self) -> Held<'_> {
        if self.is_everyone() {
            return Held::Everyone;
        }
        self.any().map_or(Held::Nothing, Held::Reference)
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
