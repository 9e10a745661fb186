//! A text over several lines with other words: lines that stay break where their author broke them.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::value::{clean, quoted};
use crate::syntax::toml::Data;

/// The new text of a value that was written between three quotation marks.
pub(super) fn rewrapped(old: &str, new: &str) -> String {
    let marks = old.get(..3).unwrap_or_default();
    let inner = old.get(3..old.len().saturating_sub(3)).unwrap_or_default();
    let (words, tail) = words(inner);
    let plain: Vec<String> = words.iter().map(|(_, word)| spoken(word, marks)).collect();
    let wished: Vec<&str> = new.split(' ').filter(|word| !word.is_empty()).collect();
    let Some(out) = joined(&words, &plain, &wished, marks) else { return quoted(new) };
    let whole = format!("{marks}{out}{tail}{marks}");
    match super::layout::read(&whole) {
        Data::Text(read) if folded(&read) == folded(new) => whole,
        _ => quoted(new),
    }
}

/// Words with the white space before them, and what is left behind the last.
fn words(inner: &str) -> (Vec<(&str, &str)>, &str) {
    let (mut words, mut rest) = (Vec::new(), inner);
    loop {
        let start = gap(rest);
        let word = rest[start..].find([' ', '\t', '\n', '\r']).map_or(rest.len(), |end| start + end);
        if start == word {
            return (words, rest);
        }
        words.push((&rest[..start], &rest[start..word]));
        rest = &rest[word..];
    }
}

/// How far white space goes, with a sign that joins lines.
fn gap(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let joins = rest[blank..].starts_with("\\\n") || rest[blank..].starts_with("\\\r\n");
        at += blank + usize::from(joins);
        if blank == 0 && !joins {
            return at;
        }
    }
}

/// A word as it is read.
fn spoken(word: &str, marks: &str) -> String {
    match super::layout::read(&format!("{marks}{word}{marks}")) {
        Data::Text(read) => read.to_string(),
        _ => word.to_owned(),
    }
}

fn joined(words: &[(&str, &str)], plain: &[String], wished: &[&str], marks: &str) -> Option<String> {
    let old: Vec<&str> = plain.iter().map(String::as_str).collect();
    let mut out = String::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, wished) {
        if op.tag() == DiffTag::Equal {
            for (gap, word) in &words[op.old_range()] {
                let space = if gap.is_empty() && !out.is_empty() { " " } else { gap };
                out += space;
                out += word;
            }
            continue;
        }
        // The first new word stands where the first old one stood.
        let gap = words.get(op.old_range().start).map_or("", |(gap, _)| gap);
        for (at, word) in wished[op.new_range()].iter().enumerate() {
            let first = at == 0 && (out.is_empty() || !op.old_range().is_empty());
            out += if first {
                gap
            } else if out.is_empty() {
                ""
            } else {
                " "
            };
            out += &escaped(word, marks)?;
        }
    }
    Some(out)
}

/// A word as it is written between the marks; none where it cannot be.
fn escaped(word: &str, marks: &str) -> Option<String> {
    if marks == "'''" {
        return (!word.contains('\'')).then(|| word.to_owned());
    }
    Some(word.replace('\\', "\\\\").replace('"', "\\\""))
}

fn folded(text: &str) -> String {
    clean(text).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
