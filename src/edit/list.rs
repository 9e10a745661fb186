//! A list in brackets with other items: those that stay keep their place on the page and their comments.

use std::ops::Range;

use super::layout::Node;
use super::splice::{comments_below, end_of_line, indent, line_end};

/// The widest line on which a new list is written; a wider one gets a line for each item.
const WIDE: usize = 100;

/// Where an item of a new list comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// It stood at this place of the list before.
    Old(usize),
    /// It is new.
    New(String),
}

/// A new list, on one line or with a line for each item.
pub(super) fn new_list(items: &[String], taken: usize, indent: &str, end: &str) -> String {
    let line = format!("[{}]", items.join(", "));
    if taken + line.chars().count() <= WIDE || items.len() < 2 {
        return line;
    }
    let lines: String = items.iter().map(|item| format!("{indent}  {item},{end}")).collect();
    format!("[{end}{lines}{indent}]")
}

/// The bytes of an item with what belongs to it.
struct Chunk {
    /// Comments on lines of their own above it, and the white space before it.
    before: Range<usize>,
    /// The item.
    item: Range<usize>,
    /// Behind the sign that parts it from the next: a comment on its line.
    after: Range<usize>,
}

/// The text of a list with other items.
pub(super) fn relisted(text: &str, list: &Node<'_>, old: &[Node<'_>], items: &[Item]) -> String {
    let inside = list.span.start + 1..list.span.end - 1;
    let many = text[inside.clone()].contains('\n');
    let chunks = chunks(text, &inside, old);
    let end = end_of_line(text, line_end(text, list.span.start));
    let own = indent(text, list.span.start);
    let start = if many { format!("{end}{}", inner_indent(text, &chunks, own)) } else { " ".to_owned() };
    let tail = chunks.last().map_or(inside.start, |chunk| chunk.after.end)..inside.end;
    let comma_at_end = many && chunks.last().is_none_or(|last| text[last.item.end..tail.start].contains(','));
    let mut out = String::from("[");
    for (at, item) in items.iter().enumerate() {
        let last = at + 1 == items.len();
        let comma = if last && !comma_at_end { "" } else { "," };
        let chunk = match item {
            Item::Old(old) => chunks.get(*old),
            Item::New(_) => None,
        };
        let first_of_line = chunks.first().filter(|_| at == 0 && !many);
        match (chunk, first_of_line) {
            (_, Some(first)) => out += &text[first.before.clone()],
            (Some(chunk), None) if many || chunk.before.start > inside.start => {
                out += &text[chunk.before.clone()];
            }
            _ if at == 0 && !many => {}
            _ => out += &start,
        }
        match item {
            Item::New(new) => out += &format!("{new}{comma}"),
            Item::Old(old) => {
                let Some(chunk) = chunks.get(*old) else { continue };
                out += &text[chunk.item.clone()];
                out += comma;
                out += &text[chunk.after.clone()];
            }
        }
    }
    if items.is_empty() && !many {
        return out + "]";
    }
    out + &text[tail] + "]"
}

/// The white space before items on lines of their own.
fn inner_indent(text: &str, chunks: &[Chunk], own: &str) -> String {
    match chunks.first() {
        Some(first) if text[first.before.clone()].contains('\n') => indent(text, first.item.start).to_owned(),
        _ => format!("{own}  "),
    }
}

fn chunks(text: &str, inside: &Range<usize>, old: &[Node<'_>]) -> Vec<Chunk> {
    let mut chunks = Vec::with_capacity(old.len());
    let mut start = inside.start;
    for (at, node) in old.iter().enumerate() {
        let next = old.get(at + 1).map_or(inside.end, |next| next.span.start);
        let after = after(text, node.span.end..next);
        chunks.push(Chunk { before: start..node.span.start, item: node.span.clone(), after: after.clone() });
        start = after.end;
    }
    chunks
}

/// The comment on the line of an item, behind the comma.
fn after(text: &str, gap: Range<usize>) -> Range<usize> {
    let behind =
        |at: usize| at + (text[at..gap.end].len() - text[at..gap.end].trim_start_matches([' ', '\t']).len());
    let mut at = behind(gap.start);
    if text[at..gap.end].starts_with(',') {
        at += 1;
    }
    let comment = behind(at);
    if !text[comment..gap.end].starts_with('#') {
        return at..at;
    }
    let line = comments_below(text, comment, comment + 1).min(gap.end);
    let words = text[comment..line].trim_end_matches(['\n', '\r']).len();
    at..comment + words
}
