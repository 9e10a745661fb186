//! Where what is written twice stands for the first time.

use toml::de::{DeTable, DeValue};

use super::{Data, Table};
use crate::base::source::Span;

/// Something written a second time.
pub(super) struct Twin {
    /// The index of the finding about it.
    pub finding: usize,
    /// The keys that lead to it, from the top.
    pub keys: Vec<String>,
    /// Where the second one stands.
    pub at: usize,
}

impl Twin {
    /// The place of the first.
    pub(super) fn first(&self, root: &Table) -> Option<Span> {
        let (last, above) = self.keys.split_last()?;
        let mut table = root;
        for key in above {
            table = match &table.get(key)?.data {
                Data::Table(inner) => inner,
                Data::Array(rows) => self.row(rows)?,
                _ => return None,
            };
        }
        table.entry(last).map(|(key, _)| key.span)
    }

    /// The row that stands above: the last one that has begun.
    fn row<'t>(&self, rows: &'t [super::Value]) -> Option<&'t Table> {
        match &rows.iter().rfind(|row| row.span.range().start <= self.at)?.data {
            Data::Table(row) => Some(row),
            _ => None,
        }
    }
}

/// The keys of a header, and behind them those of a statement up to the one that holds a byte.
pub(super) fn keys(header: &str, statement: &str, at: usize) -> Vec<String> {
    let mut keys = read(header, None);
    keys.extend(read(statement, Some(at)));
    keys
}

fn read(text: &str, until: Option<usize>) -> Vec<String> {
    let (root, _) = DeTable::parse_recoverable(text);
    let mut keys = Vec::new();
    let mut table = Some(root.get_ref());
    while let Some((key, value)) = table.and_then(|table| table.iter().next()) {
        keys.push(key.get_ref().to_string());
        let is_last = until.is_some_and(|at| key.span().contains(&at));
        table = inner(value.get_ref()).filter(|_| !is_last);
    }
    keys
}

fn inner<'t, 'i>(value: &'t DeValue<'i>) -> Option<&'t DeTable<'i>> {
    match value {
        DeValue::Table(table) => Some(table),
        DeValue::Array(rows) => rows.last().and_then(|row| inner(row.get_ref())),
        _ => None,
    }
}
