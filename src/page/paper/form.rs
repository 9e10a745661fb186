//! What is left to be filled in by hand: tables with empty cells, which print as lines and paste as tables.

use super::super::Cx;
use super::super::sheet::{Cell, Part, Table};

/// A box to be ticked on paper.
const BOX: &str = "\u{2610}";

/// A table of which the first column says what the rest of the row is for.
pub(super) fn table(cx: Cx<'_>, columns: &[&'static str], rows: &[&'static str]) -> Table {
    let row = |key: &&'static str| {
        let label = Cell::plain(cx.strings().get(key));
        std::iter::once(label).chain(columns.iter().skip(1).map(|_| Cell::room())).collect()
    };
    Table::new(cx, columns, rows.iter().map(row).collect())
}

/// Who approves a paper, with room for names, signatures and days.
pub(super) fn signatures(cx: Cx<'_>) -> Part {
    let columns = ["job.who", "job.signature", "job.date"];
    let table = table(cx, &columns, &["job.employee", "job.superior", "job.approver"]);
    Part { table: Some(table), ..Part::new("_signatures", cx.word("job.signatures")) }
}

/// Numbered rows to be filled in.
pub(super) fn numbered(cx: Cx<'_>, columns: &[&'static str], rows: usize) -> Table {
    let row = |n: usize| {
        let rest = columns.iter().skip(1).map(|_| Cell::room());
        std::iter::once(Cell::plain(&n.to_string())).chain(rest).collect()
    };
    Table::new(cx, columns, (1..=rows).map(row).collect())
}

/// Room for decisions made at a meeting.
pub(super) fn decisions(cx: Cx<'_>) -> Part {
    let columns = ["meeting.number", "meeting.decision", "meeting.by", "meeting.until"];
    let table = numbered(cx, &columns, 6);
    Part { table: Some(table), ..Part::new("_decisions", cx.word("meeting.decisions")) }
}

/// Boxes for three answers and a line for words.
pub(super) fn boxes() -> [Cell; 4] {
    [Cell::plain(BOX), Cell::plain(BOX), Cell::plain(BOX), Cell::room()]
}
