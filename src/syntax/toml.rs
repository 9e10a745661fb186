//! TOML as a tree of values with places, in the order of the file, with every syntax mistake.
//!
//! The `toml` crate's own table borrows the text and sorts its keys; this tree owns what it holds, so
//! that the parse of an unchanged file can be kept, and keeps the author's order.

mod lines;
mod mend;
mod mistake;
mod twin;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use toml::value::Datetime;

use crate::base::date::Date;
use crate::base::diag::Diagnostic;
use crate::base::source::{FileId, Span};
use crate::syntax::text::composed;

/// A file read.
#[derive(Debug, Default)]
pub struct TomlFile {
    /// What could be read; syntax mistakes leave gaps.
    pub root: Table,
    /// The syntax mistakes, one for each statement that has any.
    pub mistakes: Vec<Diagnostic>,
    /// The bytes of the lines that were left out because of them, or mended: in order and without
    /// overlap. What is missing from a table may stand there.
    pub damaged: Vec<Range<u32>>,
}

/// A table: keys and values in the order they are written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    entries: Vec<(Key, Value)>,
}

/// A key and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key without quotes.
    pub name: Arc<str>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it stands.
    pub span: Span,
}

/// The sorts of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `"text"`, in normal form (NFC) so that it can be compared.
    Text(Arc<str>),
    /// `12`
    Integer(i64),
    /// `1.5`
    Float(f64),
    /// `true`
    Bool(bool),
    /// `2026-11-21`
    Date(Date),
    /// A time, or a date with a time or a zone: nothing a handbook uses.
    Time,
    /// `[…]`, also `[[rows]]`
    Array(Vec<Value>),
    /// `{…}`, `[header]`, `dotted.key = …`
    Table(Table),
}

impl Table {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(|(_, value)| value)
    }

    /// The key and its value.
    pub fn entry(&self, name: &str) -> Option<&(Key, Value)> {
        self.entries.iter().find(|(key, _)| &*key.name == name)
    }

    /// Keys and values in the order they are written.
    pub fn iter(&self) -> impl Iterator<Item = &(Key, Value)> {
        self.entries.iter()
    }

    /// The table without one of its keys.
    #[must_use]
    pub fn without(&self, name: &str) -> Table {
        let others = self.entries.iter().filter(|(key, _)| &*key.name != name);
        Table { entries: others.cloned().collect() }
    }

    /// The table with what another adds to it.
    #[must_use]
    pub fn with(&self, other: &Table) -> Table {
        let new = other.entries.iter().filter(|(key, _)| self.get(&key.name).is_none());
        Table { entries: self.entries.iter().chain(new).cloned().collect() }
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Reads a file's text. Everything that can be understood is, whatever else is wrong: a statement with a
/// mistake leaves a gap, never a value that the author did not write.
pub fn parse(file: FileId, text: &str) -> TomlFile {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return TomlFile { root: Reader { file, text }.table(root.get_ref()), ..TomlFile::default() };
    }
    mend::read(file, text)
}

struct Reader<'t> {
    file: FileId,
    /// The text in the file, which may differ from what the parser read where a letter was mended.
    text: &'t str,
}

impl Reader<'_> {
    fn table(&self, table: &DeTable<'_>) -> Table {
        let key = |key: &Spanned<_>| Key {
            name: Arc::from(AsRef::<str>::as_ref(key.get_ref())),
            span: self.span(&key.span()),
        };
        let mut entries: Vec<(Key, Value)> = table.iter().map(|(k, v)| (key(k), self.value(v))).collect();
        // The crate iterates alphabetically; the author's order is the order of places.
        entries.sort_by_key(|(key, _)| key.span.start);
        Table { entries }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(Arc::from(composed(text))),
            DeValue::Integer(number) => integer(number.as_str(), number.radix()),
            DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(truth) => Data::Bool(*truth),
            DeValue::Datetime(date) => day(*date),
            DeValue::Array(items) => Data::Array(self.array(items)),
            DeValue::Table(table) => Data::Table(self.table(table)),
        };
        Value { data, span: self.span(&value.span()) }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, &whole_letters(self.text, range))
    }

    fn array(&self, items: &DeArray<'_>) -> Vec<Value> {
        items.iter().map(|item| self.value(item)).collect()
    }
}

/// A range of a text that cuts no letter in two.
fn whole_letters(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}

fn integer(digits: &str, radix: u32) -> Data {
    let digits = digits.replace('_', "");
    i64::from_str_radix(&digits, radix).map_or(Data::Float(f64::INFINITY), Data::Integer)
}

fn day(date: Datetime) -> Data {
    let (Some(day), None, None) = (date.date, date.time, date.offset) else { return Data::Time };
    let part = |n: u8| i8::try_from(n).unwrap_or(0);
    let year = i16::try_from(day.year).unwrap_or(0);
    Date::new(year, part(day.month), part(day.day)).map_or(Data::Time, Data::Date)
}
