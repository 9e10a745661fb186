//! Tables for Excel: UTF-8 with a mark at the start and semicolons, as Excel in Finnish and Swedish reads
//! them (quoting and line ends after RFC 4180). No cell is a formula.

/// The most characters of a cell that Excel keeps.
const LONGEST: usize = 32_767;

/// A table being written.
pub struct Csv(String);

impl Default for Csv {
    fn default() -> Self {
        // Excel takes a file with the mark as UTF-8.
        Csv(String::from('\u{feff}'))
    }
}

impl Csv {
    /// Writes a row.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(';');
            }
            self.0 += &field(cell.as_ref());
        }
        self.0 += "\r\n";
    }

    /// Leaves a row empty, between two tables.
    pub fn gap(&mut self) {
        self.0 += "\r\n";
    }

    /// The file.
    pub fn finish(self) -> String {
        self.0
    }
}

/// A cell as it stands in the file. What Excel would take for a formula gets an apostrophe before it, also
/// behind spaces; a number does not.
fn field(text: &str) -> String {
    let number = text.strip_prefix('-').unwrap_or(text);
    let number =
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || b",.".contains(&byte));
    let number = number && text.matches([',', '.']).count() <= 1;
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !number;
    let control = text.starts_with(['\t', '\r']);
    let mut text = if formula || control { format!("'{text}") } else { text.to_owned() };
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST - 1).chain(['…']).collect();
    }
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let cells = [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+2", "'-1+2"),
            (" =1", "' =1"),
            ("\t=1", "'\t=1"),
            ("-12,5", "-12,5"),
            ("-12.5", "-12.5"),
            ("-1.2.3", "'-1.2.3"),
            ("-1,200.5", "'-1,200.5"),
            ("- ohje", "'- ohje"),
            ("a;\"b\"", "\"a;\"\"b\"\"\""),
            ("1–2", "1–2"),
        ];
        for (cell, written) in cells {
            assert_eq!(field(cell), written);
        }
    }

    #[test]
    fn a_file_begins_with_its_mark_and_rows_end_as_windows_does() {
        let mut csv = Csv::default();
        csv.row(["a", "b"]);
        csv.gap();
        csv.row(["ä"]);
        assert_eq!(csv.finish(), "\u{feff}a;b\r\n\r\nä\r\n");
    }

    #[test]
    fn a_cell_that_is_too_long_ends_with_a_sign() {
        let long = field(&"ä".repeat(40_000));
        assert_eq!(long.chars().count(), LONGEST);
        assert!(long.ends_with('…'));
    }
}
