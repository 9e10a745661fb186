//! Tables for Excel: those of a sheet as they stand on the page, those of lists from the declarations of
//! their kinds, and the matrix of a framework.

mod list;
mod matrix;
mod value;

use super::sheet::{Cell, Sheet};
use crate::base::csv::Csv;

pub(super) use list::write as list;
pub(super) use matrix::write as matrix;
pub use value::chosen;

/// The tables of a sheet, one below the other with its heading above it.
pub(super) fn write(sheet: &Sheet) -> String {
    let tables: Vec<_> =
        sheet.parts.iter().filter_map(|part| Some((part.heading.as_ref(), part.table.as_ref()?))).collect();
    let named = tables.iter().map(|(heading, table)| {
        let rows = std::iter::once(table.columns.clone()).chain(table.rows.iter().map(|row| said(row)));
        Named { heading: heading.map(|heading| heading.words.text.clone()), rows: rows.collect() }
    });
    below(named.collect())
}

fn said(row: &[Cell]) -> Vec<String> {
    row.iter().map(Cell::said).collect()
}

/// A table under a heading: its columns, then its rows.
struct Named {
    heading: Option<String>,
    rows: Vec<Vec<String>>,
}

/// Tables one below the other; with headings where there are several.
fn below(tables: Vec<Named>) -> String {
    let several = tables.len() > 1;
    let mut csv = Csv::default();
    for (at, table) in tables.into_iter().enumerate() {
        if at > 0 {
            csv.gap();
        }
        if let Some(heading) = table.heading.filter(|_| several) {
            csv.row([heading]);
        }
        table.rows.into_iter().for_each(|row| csv.row(row));
    }
    csv.finish()
}
