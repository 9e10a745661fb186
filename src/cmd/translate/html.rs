//! A package as HTML: a table that a word processor can open, change and save as HTML again.

use html5gum::{StartTag, Token, Tokenizer};

use super::cell::{self, Cell};
use super::package::{COLUMNS, Package, Row};
use super::{Said, Work};
use crate::base::html::escape;

const INTRO: Said = [
    "Kirjoita käännös sarakkeeseen to_text ja tallenna tiedosto HTML-muodossa. Älä muuta muita sarakkeita \
     äläkä ylintä riviä.",
    "Skriv översättningen i kolumnen to_text och spara filen i formatet HTML. Ändra inte de andra kolumnerna \
     och inte den översta raden.",
    "Write the translation in the column to_text and save the file as HTML. Leave the other columns and the \
     top row as they are.",
];

/// A package as a page.
pub(super) fn page(rows: &[Row], work: &Work<'_>) -> String {
    let head = COLUMNS.map(|name| format!("<th scope=\"col\">{name}</th>")).concat();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>polku translate</title>\n\
         <p>{}</p>\n<table border=\"1\">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{}</tbody></table>\n\
         </html>\n",
        work.lang,
        work.word(INTRO),
        rows.iter().map(line).collect::<String>()
    )
}

fn line(row: &Row) -> String {
    let [_, _, _, from, _, _, _, to, _, _] = row;
    let cell = |(column, text): (&str, &String)| {
        let text = cell::written(text);
        match column {
            "from_text" | "changed" => format!("<td lang=\"{}\">{text}</td>", escape(from)),
            "to_text" => format!("<td lang=\"{}\">{text}</td>", escape(to)),
            _ => format!("<td>{text}</td>"),
        }
    };
    format!("<tr>{}</tr>\n", COLUMNS.into_iter().zip(row).map(cell).collect::<String>())
}

/// Reads a package: the first table that has a row with our columns, and the rows behind it.
pub(super) fn read(markup: &str) -> Option<Package> {
    let ours = |mut rows: Rows| {
        let head = rows.iter().position(|row| row.iter().eq(COLUMNS.iter()))?;
        Some(rows.split_off(head + 1))
    };
    let mut package = Package { rows: Vec::new(), lost: Vec::new(), kept };
    for row in tables(markup).into_iter().find_map(ours)? {
        match Row::try_from(row) {
            Ok(row) => package.rows.push(row),
            Err(cells) => package.lost.extend(cells.into_iter().find(|cell| !cell.is_empty())),
        }
    }
    Some(package)
}

/// What is left of a text that was written into a table and read again.
fn kept(text: &str) -> String {
    tables(&format!("<table><td>{}</table>", cell::written(text))).concat().concat().concat()
}

/// The cells of a table, row by row.
type Rows = Vec<Vec<String>>;

/// Every table; one that stands in the cell of another belongs to its text.
fn tables(markup: &str) -> Vec<Rows> {
    let mut reader = Reader::default();
    for token in Tokenizer::new(markup) {
        match token {
            Ok(Token::StartTag(tag)) => reader.start(&tag),
            Ok(Token::EndTag(tag)) => reader.end(&tag.name),
            Ok(Token::String(text)) => reader.text(&String::from_utf8_lossy(&text.value)),
            _ => {}
        }
    }
    reader.end_row();
    reader.tables
}

#[derive(Default)]
struct Reader {
    tables: Vec<Rows>,
    /// How many tables are open, one in another.
    depth: usize,
    row: Vec<String>,
    cell: Option<Cell>,
    /// The element whose text is none of the author's.
    skipped: Option<Vec<u8>>,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = &tag.name[..];
        if name == b"table" {
            self.depth += 1;
        }
        match (name, self.depth) {
            (b"table", 1) => self.tables.push(Rows::new()),
            (b"tr", 1) => self.end_row(),
            (b"td" | b"th", 1) => {
                self.end_cell();
                self.cell = Some(Cell::default());
            }
            _ if is_foreign(tag) => drop(self.skipped.get_or_insert_with(|| name.to_vec())),
            _ => self.in_cell(|cell| start(cell, name)),
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.skipped.take_if(|skipped| *skipped == name);
        match (name, self.depth) {
            (b"table" | b"tr", 1) => self.end_row(),
            (b"td" | b"th", 1) => self.end_cell(),
            _ => self.in_cell(|cell| end(cell, name)),
        }
        if name == b"table" {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str) {
        self.in_cell(|cell| cell.text(text));
    }

    fn in_cell(&mut self, change: impl FnOnce(&mut Cell)) {
        if let (Some(cell), None) = (&mut self.cell, &self.skipped) {
            change(cell);
        }
    }

    fn end_cell(&mut self) {
        self.skipped = None;
        self.row.extend(self.cell.take().map(Cell::finish));
    }

    /// Ends a row; one without any text is there for looks.
    fn end_row(&mut self) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        if let Some(rows) = self.tables.last_mut()
            && row.iter().any(|cell| !cell.is_empty())
        {
            rows.push(row);
        }
    }
}

/// Whether an element holds what the author has struck out, a mark of a comment, or no text at all.
fn is_foreign(tag: &StartTag<()>) -> bool {
    match &tag.name[..] {
        b"del" | b"style" | b"script" => true,
        b"a" => tag.attributes.get(&b"href"[..]).is_some_and(|href| href.starts_with(b"#_msocom")),
        _ => false,
    }
}

fn start(cell: &mut Cell, name: &[u8]) {
    match name {
        b"br" => cell.end_line(),
        b"ul" => cell.open_list("- "),
        b"ol" => cell.open_list("1. "),
        b"li" => cell.item(),
        name if is_block(name) => cell.boundary(),
        _ => {}
    }
}

fn end(cell: &mut Cell, name: &[u8]) {
    match name {
        b"ul" | b"ol" => cell.close_list(),
        name if name == b"li" || is_block(name) => cell.boundary(),
        _ => {}
    }
}

/// Whether an element stands on lines of its own.
fn is_block(name: &[u8]) -> bool {
    let heading = |name: &[u8]| matches!(name, [b'h', b'1'..=b'6']);
    let cell = |name: &[u8]| matches!(name, b"table" | b"tr" | b"td" | b"th");
    let list = |name: &[u8]| matches!(name, b"dl" | b"dt" | b"dd");
    let plain = |name: &[u8]| matches!(name, b"p" | b"div" | b"blockquote" | b"pre" | b"center" | b"hr");
    heading(name) || cell(name) || list(name) || plain(name)
}
