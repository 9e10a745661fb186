//! The lines of prose, each with the mark at its beginning.

/// What the line before was, as far as it says whether a line may be an item of a numbered list.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing that goes on.
    End,
    /// An item of a numbered list.
    Item,
    /// A paragraph, in which `7. arkipäivänä` may begin a line.
    Paragraph,
}

/// Visits every line with its mark, as an outline tells it, and with what stands behind the mark of a list.
pub(super) fn each(text: &str, visit: &mut dyn FnMut(Option<&str>, &str)) {
    let mut before = Before::End;
    for line in text.lines().map(str::trim_start) {
        let first = line.split_ascii_whitespace().next().unwrap_or_default();
        if first.is_empty() {
            before = Before::End;
        } else if numbers_item(first, before) {
            visit(Some("1."), &line[first.len()..]);
            before = Before::Item;
        } else {
            let mark = mark(line, first);
            visit(mark, line);
            before = behind(mark, before);
        }
    }
}

/// Whether a word is the mark of an item of a numbered list. Only the first item ends a paragraph.
fn numbers_item(word: &str, before: Before) -> bool {
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && (before != Before::Paragraph || number == "1")
}

/// The mark of a heading, an item or a row; the line between the head and the rows of a table is none.
fn mark<'t>(line: &str, first: &'t str) -> Option<&'t str> {
    match first.as_bytes() {
        [b'#', rest @ ..] if rest.iter().all(|byte| *byte == b'#') => Some(first),
        [b'-' | b'*' | b'+'] => Some("-"),
        [b'|', ..] => {
            (!line.bytes().all(|byte| b"|-: \t".contains(&byte)) || !line.contains('-')).then_some("|")
        }
        _ => None,
    }
}

fn behind(mark: Option<&str>, before: Before) -> Before {
    match (mark, before) {
        (_, Before::Item) => Before::Item,
        (Some("-") | None, _) => Before::Paragraph,
        (Some(_), _) => Before::End,
    }
}
