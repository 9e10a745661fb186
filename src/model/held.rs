//! What fields hold, without the types they were declared with: what tables and the handbook as data are
//! made of.
//!
//! Every sort of value says what it holds ([`Field::held`](crate::model::field::Field::held)) and the
//! declarations gather it, so whatever a kind declares is given out; no list of fields can be forgotten.

use std::borrow::Cow;

use crate::base::date::Date;
use crate::model::law::LawRef;
use crate::model::measure::Range;
use crate::model::table::AnyRef;
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
