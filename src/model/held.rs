//! What fields hold, without the types they were declared with: what tables and the handbook as data are
//! made of.
//!
//! Every sort of value says what it holds ([`Field::held`](crate::model::field::Field::held)) and the
//! declarations gather it, so whatever a kind declares is given out; no list of fields can be forgotten.

use std::borrow::Cow;

use crate::base::date::Date;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::measure::Range;
use crate::model::table::{AnyEntry, AnyRef};
use crate::model::text::{Text, WordLists};

/// What a field holds.
#[derive(Debug, Clone)]
pub enum Held<'a> {
    /// Nothing was given.
    Nothing,
    /// A text per language.
    Text(&'a Text),
    /// Words per language.
    Words(&'a WordLists),
    /// A text that is the same in every language.
    Plain(Cow<'a, str>),
    /// A whole number.
    Integer(u32),
    /// A number, whole or not.
    Number(f64),
    /// From one whole number to another.
    Range(Range),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// One of a few words.
    Choice(&'static str),
    /// A citation of law.
    Law(&'a LawRef),
    /// A reference to another entity.
    Reference(AnyRef<'a>),
    /// A reference to every role.
    Everyone,
    /// The fields of a table.
    Record(Fields<'a>),
    /// Values one after the other.
    List(Vec<Held<'a>>),
}

/// Fields by their keys, as declared.
pub type Fields<'a> = Vec<(&'static str, Held<'a>)>;

impl<'a> Held<'a> {
    /// A text that is the same in every language.
    pub fn plain(text: &'a str) -> Held<'a> {
        if text.is_empty() { Held::Nothing } else { Held::Plain(Cow::Borrowed(text)) }
    }

    /// Whether nothing was given.
    pub fn is_nothing(&self) -> bool {
        match self {
            Held::Nothing => true,
            Held::Text(text) => text.is_empty(),
            Held::Words(words) => words.all().next().is_none(),
            Held::List(values) => values.is_empty(),
            Held::Record(fields) => fields.iter().all(|(_, held)| held.is_nothing()),
            _ => false,
        }
    }

    /// A row of a list, with its number where it has no id of its own: so texts of rows are addressed.
    #[must_use]
    pub(super) fn in_list(mut self, position: usize) -> Held<'a> {
        if let Held::Record(fields) = &mut self
            && let Some(("id", id @ Held::Nothing)) = fields.first_mut()
        {
            *id = Held::Plain(Cow::Owned((position + 1).to_string()));
        }
        self
    }
}

/// What the fields of an entity hold, without what must not be given out: values that are hidden
/// because so few of a team answered, and how many they were.
pub fn given_out<'a>(book: &'a Handbook, entry: &'a dyn AnyEntry) -> Fields<'a> {
    let mut fields = entry.held();
    let key = entry.key();
    let Some(indicator) = book.tables.indicators.get(&key.id).filter(|_| key.kind == Kind::Indicator) else {
        return fields;
    };
    let rows = fields.iter_mut().filter(|(key, _)| *key == "value").filter_map(|(_, held)| match held {
        Held::List(rows) => Some(rows),
        _ => None,
    });
    for (row, value) in rows.flatten().zip(&indicator.data.value) {
        if let (Held::Record(row), true) = (row, indicator.data.is_hidden(value)) {
            row.retain(|(key, _)| !["value", "n"].contains(key));
        }
    }
    fields
}
