//! Tables for Excel: UTF-8 with a mark at the start and semicolons, as Excel in Finnish and Swedish reads
//! them (quoting after RFC 4180). No cell is a formula.

use super::sheet::{Cell, Sheet, Table};

/// The tables of a sheet, one below the other with its heading above it.
pub(super) fn write(sheet: &Sheet) -> String {
    let tables: Vec<_> =
        sheet.parts.iter().filter_map(|part| Some((part.heading.as_ref(), part.table.as_ref()?))).collect();
    let several = tables.len() > 1;
    let mut out = String::from('\u{feff}');
    for (at, (heading, table)) in tables.iter().enumerate() {
        if at > 0 {
            out.push_str("\r\n");
        }
        if let Some(heading) = heading.filter(|_| several) {
            out.push_str(&format!("{}\r\n", field(&heading.words.text)));
        }
        rows(table, &mut out);
    }
    out
}

fn rows(table: &Table, out: &mut String) {
    let columns: Vec<String> = table.columns.iter().map(|column| field(column)).collect();
    out.push_str(&(columns.join(";") + "\r\n"));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(Cell::said).map(|said| field(&said)).collect();
        out.push_str(&(cells.join(";") + "\r\n"));
    }
}

/// A cell as it stands in the file. What Excel would take for a formula gets an apostrophe before it.
pub(super) fn field(text: &str) -> String {
    let number = text.strip_prefix('-').unwrap_or(text);
    let number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(field("-1+2"), "'-1+2");
        assert_eq!(field("-12,5"), "-12,5");
        assert_eq!(field("a;\"b\""), "\"a;\"\"b\"\"\"");
    }
}
