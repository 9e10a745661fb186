//! Numbers and words as text that a script file holds in few bytes.

/// Digits: what is printable in ASCII and needs no escape in a string of a script.
const DIGITS: &[u8; 92] =
    b" !#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// The first digits that stand alone, and those that stand before one, two and three others.
const ALONE: u32 = 56;
const BEFORE_ONE: u32 = 32;
const BEFORE_TWO: u32 = 3;
const BASE: u32 = 92;

/// Writes a number in one to four digits: small ones, which are most, in one.
pub(super) fn number(n: u32, out: &mut String) {
    let (first_of_two, first_of_three) = (ALONE, ALONE + BEFORE_ONE * BASE);
    let first_of_four = first_of_three + BEFORE_TWO * BASE * BASE;
    if n < first_of_two {
        digits(n, 1, out);
    } else if n < first_of_three {
        digits(ALONE * BASE + (n - first_of_two), 2, out);
    } else if n < first_of_four {
        digits((ALONE + BEFORE_ONE) * BASE * BASE + (n - first_of_three), 3, out);
    } else {
        digits((BASE - 1) * BASE * BASE * BASE + (n - first_of_four), 4, out);
    }
}

fn digits(n: u32, count: u32, out: &mut String) {
    for place in (0..count).rev() {
        let digit = n / BASE.pow(place) % BASE;
        out.push(char::from(DIGITS[digit as usize]));
    }
}

/// A text as a string of a script.
pub(super) fn quoted(text: &str, out: &mut String) {
    out.push('"');
    let (mut plain, mut from) = (0, 0);
    while let Some(at) = text[from..].bytes().position(may_need_escape).map(|at| from + at) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        if !needs_escape(c) {
            continue;
        }
        out.push_str(&text[plain..at]);
        plain = from;
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// Whether a letter may end the string or the script, whoever puts the file where.
fn needs_escape(c: char) -> bool {
    matches!(c, '"' | '\\' | '<' | '\u{2028}' | '\u{2029}') || c.is_control()
}

/// Whether a letter may begin with this byte that needs an escape. What no other letter can begin with stands for
/// itself: `0xc2` begins U+0080 to U+00BF, `0xe2` U+2000 to U+2FFF.
fn may_need_escape(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\' | b'<' | 0x7f | 0xc2 | 0xe2)
}

/// Texts as an array of strings.
pub(super) fn list<'t>(texts: impl IntoIterator<Item = &'t str>, out: &mut String) {
    out.push('[');
    for (at, text) in texts.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        quoted(text, out);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_many_digits_as_they_need() {
        for (n, length) in
            [(0, 1), (55, 1), (56, 2), (2999, 2), (3000, 3), (28_391, 3), (28_392, 4), (700_000, 4)]
        {
            let mut out = String::new();
            number(n, &mut out);
            assert_eq!(out.len(), length, "{n}");
        }
    }

    #[test]
    fn no_text_leaves_its_string() {
        let mut out = String::new();
        quoted("a\"b\\c\n</script>\u{2028}", &mut out);
        assert_eq!(out, "\"a\\\"b\\\\c\\n\\u003c/script>\\u2028\"");
    }
}
