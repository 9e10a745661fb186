//! The numbers in figures that a text says: not those in its addresses and in the names of its notes.

/// Figures of a number that are written together.
const GROUP: usize = 3;

/// Finds the numbers of a line.
pub(super) fn find(line: &str, numbers: &mut Vec<String>) {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let mut at = 0;
    let begins = |byte: u8| byte.is_ascii_digit() || matches!(byte, b']' | b'[' | b'<' | b'h');
    while let Some(next) = line[at..].bytes().position(begins) {
        at += next;
        let rest = &line[at..];
        if figures(rest) == 0 {
            at += unsaid(rest).max(1);
            continue;
        }
        // `7.30 100` is a time and a number.
        let alone = !line[..at].ends_with(['.', ',', ':', '/']);
        let end = number(rest, alone);
        numbers.push(rest[..end].chars().filter(char::is_ascii_digit).collect());
        at += end;
    }
}

/// How many figures a text begins with.
fn figures(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The bytes of the number that begins here: `1 000` is one.
fn number(text: &str, grouped: bool) -> usize {
    let mut end = figures(text);
    while grouped && end > 0 && figures(text) <= GROUP {
        let Some(gap) = text[end..].chars().next().filter(|c| is_gap(*c)).map(char::len_utf8) else { break };
        if figures(&text[end + gap..]) != GROUP {
            break;
        }
        end += gap + GROUP;
    }
    end
}

/// Spaces within a number: the usual one, and those that keep a line together.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The bytes of the address or the name of a note that begins here; 0 where none does.
fn unsaid(rest: &str) -> usize {
    if let Some(address) = rest.strip_prefix("](") {
        return "](".len() + in_link(address);
    }
    let until = |ends: fn(char) -> bool| rest.char_indices().skip(1).find(|(_, c)| ends(*c));
    if rest.starts_with("[^") {
        let end = until(|c| c.is_whitespace() || matches!(c, '[' | ']'));
        return end.filter(|(_, c)| *c == ']').map_or(0, |(end, _)| end);
    }
    if rest.starts_with('<') {
        let end = until(|c| c.is_whitespace() || matches!(c, '<' | '>'));
        let end = end.filter(|(end, c)| *c == '>' && rest[..*end].contains([':', '@']));
        return end.map_or(0, |(end, _)| end);
    }
    if rest.starts_with("https://") || rest.starts_with("http://") {
        let end = until(|c| c.is_whitespace() || matches!(c, '<' | '>' | '|' | ']'));
        return end.map_or(rest.len(), |(end, _)| end);
    }
    0
}

/// The bytes of the address in the brackets of a link, without its title.
fn in_link(address: &str) -> usize {
    if let Some(pointed) = address.strip_prefix('<') {
        return pointed.find(['<', '>']).map_or(0, |end| end + 1);
    }
    let mut depth = 0_usize;
    let ends = |c: char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => depth.checked_sub(1).map(|left| depth = left).is_none(),
        c => c.is_whitespace(),
    };
    address.find(ends).unwrap_or(address.len())
}
