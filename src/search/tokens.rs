//! What of a text is searched for: words in small letters, parts of words with hyphens, sections and numbers
//! of statutes.

use crate::syntax::text::words;

/// Visits the tokens of a text in order. A word with hyphens is visited as one word and then in its parts,
/// `13 b §` as `13b§`, and `1301/2014` as it is.
pub(super) fn tokens(text: &str, visit: &mut dyn FnMut(&str)) {
    let (mut lower, mut done) = (String::new(), 0);
    for range in words(text) {
        if range.start < done {
            continue;
        }
        let word = &text[range.clone()];
        if word.starts_with(|c: char| c.is_ascii_digit())
            && let Some(end) = number(text, range.start, &mut lower)
        {
            done = end;
            visit(&lower);
            continue;
        }
        small(word.split(':').next().unwrap_or(word), &mut lower);
        each_part(&lower, visit);
    }
}

/// The tokens of a text.
pub(super) fn all(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    tokens(text, &mut |token| found.push(token.to_owned()));
    found
}

fn small(word: &str, lower: &mut String) {
    lower.clear();
    lower.push_str(word);
    lower.make_ascii_lowercase();
    // Letters that are small already are most of the others too.
    if !lower.is_ascii() && lower.chars().any(|c| !c.is_ascii() && !c.is_lowercase()) {
        *lower = lower.chars().flat_map(char::to_lowercase).collect();
    }
}

fn each_part(word: &str, visit: &mut dyn FnMut(&str)) {
    if !word.as_bytes().contains(&b'-') {
        return visit(word);
    }
    let word = word.trim_matches('-');
    if !word.contains('-') {
        return visit(word);
    }
    visit(&word.replace('-', ""));
    word.split('-').filter(|part| !part.is_empty()).for_each(visit);
}

/// The number of a statute or section that begins at a byte, and the byte behind it.
fn number(text: &str, start: usize, token: &mut String) -> Option<usize> {
    let digits = |from: usize| {
        let rest = &text[from..];
        from + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
    };
    let end = digits(start);
    token.clear();
    token.push_str(&text[start..end]);
    if text[end..].starts_with('/') && digits(end + 1) == end + 5 {
        token.push_str(&text[end..end + 5]);
        return Some(end + 5);
    }
    section(text, end, token)
}

/// `13 b §`, of which the number ends at a byte.
fn section(text: &str, end: usize, token: &mut String) -> Option<usize> {
    let sign = |rest: &str| rest.trim_start_matches([' ', '\u{a0}']).starts_with('§');
    let rest = &text[end..];
    if sign(rest) {
        token.push('§');
        return Some(end);
    }
    let spaced = rest.trim_start_matches([' ', '\u{a0}']);
    let letter = spaced.chars().next().filter(char::is_ascii_lowercase)?;
    if !sign(&spaced[1..]) {
        return None;
    }
    token.push(letter);
    token.push('§');
    Some(text.len() - spaced.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hyphens_and_numbers_are_tokens() {
        for (text, tokens) in [
            ("Sosiaali- ja PTA:n", &["sosiaali", "ja", "pta"][..]),
            ("sote-järjestämislaki", &["sotejärjestämislaki", "sote", "järjestämislaki"]),
            ("SHL (1301/2014) 36 § ja 13 b §, 7", &["shl", "1301/2014", "36§", "ja", "13b§", "7"]),
            ("2 b-vitamiinia", &["2", "bvitamiinia", "b", "vitamiinia"]),
            ("", &[]),
        ] {
            assert_eq!(all(text), tokens, "{text}");
        }
    }
}
