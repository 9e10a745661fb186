//! TOML as a tree of values with places, in the order of the file, with every syntax mistake.
//!
//! The `toml` crate's own table borrows the text and sorts its keys; this tree owns what it holds, so
//! that the parse of an unchanged file can be kept, and keeps the author's order.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};
use toml::value::Datetime;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic};
use crate::base::source::{FileId, Span};
use crate::syntax;

/// A file read.
#[derive(Debug, Default)]
pub struct TomlFile {
    /// What could be read; syntax mistakes leave gaps.
    pub root: Table,
    /// The syntax mistakes, one a line.
    pub mistakes: Vec<Diagnostic>,
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
    /// `"text"`
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

/// Reads a file's text. Everything that can be understood is, whatever else is wrong.
pub fn parse(file: FileId, text: &str) -> TomlFile {
    let (root, errors) = DeTable::parse_recoverable(text);
    let reader = Reader { file };
    let mut mistakes: Vec<Diagnostic> = errors.iter().map(|error| reader.mistake(error, text)).collect();
    let line = |d: &Diagnostic| d.span.map(|span| text[..span.start as usize].matches('\n').count());
    mistakes.sort_by_key(|d| d.span.map(|span| span.start));
    mistakes.dedup_by_key(|d| line(d));
    TomlFile { root: reader.table(root.get_ref()), mistakes }
}

struct Reader {
    file: FileId,
}

impl Reader {
    fn table(&self, table: &DeTable<'_>) -> Table {
        let key = |key: &Spanned<_>| Key {
            name: Arc::from(AsRef::<str>::as_ref(key.get_ref())),
            span: Span::new(self.file, &key.span()),
        };
        let mut entries: Vec<(Key, Value)> = table.iter().map(|(k, v)| (key(k), self.value(v))).collect();
        // The crate iterates alphabetically; the author's order is the order of places.
        entries.sort_by_key(|(key, _)| key.span.start);
        Table { entries }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(Arc::from(text.as_ref())),
            DeValue::Integer(number) => integer(number.as_str(), number.radix()),
            DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(truth) => Data::Bool(*truth),
            DeValue::Datetime(date) => day(*date),
            DeValue::Array(items) => Data::Array(self.array(items)),
            DeValue::Table(table) => Data::Table(self.table(table)),
        };
        Value { data, span: Span::new(self.file, &value.span()) }
    }

    fn array(&self, items: &DeArray<'_>) -> Vec<Value> {
        items.iter().map(|item| self.value(item)).collect()
    }

    fn mistake(&self, error: &toml::de::Error, text: &str) -> Diagnostic {
        let span = error.span().unwrap_or(0..0);
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end).max(start);
        let message = error.message();
        let code = CLASSES
            .iter()
            .find(|(begins, _)| message.starts_with(begins))
            .map_or(syntax::TOML_SYNTAX, |c| c.1);
        Diagnostic::at(code, Span::new(self.file, &(start..end)))
            .with("key", text[start..end].trim())
            .with("parser", message)
    }
}

/// How the parser's messages begin, and what they are to an author. What is not listed is told as a
/// general syntax mistake with the parser's own words.
const CLASSES: [(&str, Code); 14] = [
    ("duplicate key", syntax::TOML_DUPLICATE_KEY),
    ("string values must be quoted", syntax::TOML_UNQUOTED),
    ("missing opening quote", syntax::TOML_UNQUOTED),
    ("invalid unquoted key", syntax::TOML_BAD_KEY),
    ("invalid boolean", syntax::TOML_UNQUOTED),
    ("invalid float", syntax::TOML_UNQUOTED),
    ("invalid multi-line", syntax::TOML_UNCLOSED),
    ("invalid basic string", syntax::TOML_UNCLOSED),
    ("invalid literal string", syntax::TOML_UNCLOSED),
    ("unclosed", syntax::TOML_UNCLOSED),
    ("missing assignment", syntax::TOML_NO_EQUALS),
    ("missing value", syntax::TOML_NO_EQUALS),
    ("key with no value", syntax::TOML_NO_EQUALS),
    ("extra `=`", syntax::TOML_NO_EQUALS),
];

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::source::{Content, SourcePath, Sources};

    fn read(text: &str) -> TomlFile {
        let sources = Sources::new([(SourcePath::new("a.toml").unwrap(), Content::Text(text.into()))]);
        parse(sources.find("a.toml").unwrap().id, text)
    }

    #[test]
    fn keys_keep_the_authors_order() {
        let file = read("b = 1\na = \"x\"\n[z]\n[role.y]\n[role.x]\n");
        let keys = |table: &Table| table.iter().map(|(key, _)| key.name.to_string()).collect::<Vec<_>>();
        assert_eq!(keys(&file.root), ["b", "a", "z", "role"]);
        let Data::Table(role) = &file.root.get("role").unwrap().data else { panic!() };
        assert_eq!(keys(role), ["y", "x"]);
    }

    #[test]
    fn every_mistake_is_found_and_the_rest_is_read() {
        let file = read("a = 1\nb = oops\nc = 3\nc = 4\nd = \"open\ne = 5\nf 6\n");
        let codes: Vec<&str> = file.mistakes.iter().map(|d| d.code.id()).collect();
        assert_eq!(codes, ["toml-unquoted", "toml-duplicate-key", "toml-unclosed", "toml-no-equals"]);
        assert_eq!(file.root.get("e").map(|v| &v.data), Some(&Data::Integer(5)));
    }
}
