//! How wide a text becomes, and where it breaks into lines, without asking a browser: a committed table keeps
//! the drawings the same on every machine.

/// Measures a text in the unit of `size`, rather too wide than too narrow.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Breaks a text into lines no wider than `max`: at spaces, after hyphens, at soft hyphens, and inside a word
/// that fits no line.
pub fn wrap(text: &str, size: f64, max: f64) -> Vec<String> {
    let mut lines = Lines { done: Vec::new(), open: String::new(), wide: 0.0, limit: max / size };
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        let mut gap = " ";
        for part in parts(word) {
            lines.add(gap, part);
            gap = "";
        }
    }
    lines.finish()
}

/// Breaks a text like [`wrap`], but keeps room in every line for letters set wider by the reader (WCAG 1.4.12),
/// unless that would break a word that fits.
pub fn wrap_loosely(text: &str, size: f64, max: f64) -> Vec<String> {
    let parts = text.split(is_space).flat_map(parts);
    let widths = parts.map(|part| text_width(&shown(part), size)).filter(|wide| *wide <= max);
    wrap(text, size, widths.fold(max / SPACED, f64::max))
}

/// More lines than this are not drawn of one label: the text stands in full beside the drawing.
const MOST_LINES: usize = 60;

/// The parts of a word between which a line may break: a month and its year, `12/2026`, stay together.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let may_break = |end: &usize| {
        let (before, after) = word.split_at(*end);
        !(before.ends_with('/') && after.starts_with(|c: char| c.is_ascii_digit()))
    };
    let ends = word.match_indices(BREAK_AFTER).map(|(at, sign)| at + sign.len()).filter(may_break);
    let mut from = 0;
    ends.chain([word.len()]).filter_map(move |end| {
        let part = (from < end).then(|| &word[from..end]);
        from = end;
        part
    })
}

/// How much wider a text becomes with a letter spacing of 0.12 em and a word spacing of 0.16 em.
pub const SPACED: f64 = 1.28;

const BREAK_AFTER: [char; 4] = ['-', '–', '/', SOFT_HYPHEN];

/// Seen only where a line ends at it.
const SOFT_HYPHEN: char = '\u{ad}';

/// Lines being filled; widths are in em.
struct Lines {
    done: Vec<String>,
    open: String,
    wide: f64,
    limit: f64,
}

impl Lines {
    fn add(&mut self, gap: &str, part: &str) {
        let gap = if self.open.is_empty() { "" } else { gap };
        if self.is_full() {
        } else if self.grown(self.wide, gap, part).is_some() {
            self.push(gap);
            self.push(part);
        } else {
            self.close();
            self.start(part);
        }
    }

    fn start(&mut self, part: &str) {
        let mut rest = part;
        while !self.is_full() && self.grown(0.0, "", rest).is_none() {
            let Some((head, tail)) = self.broken(rest) else { break };
            self.done.push(format!("{head}-"));
            rest = tail;
        }
        if !self.is_full() {
            self.push(rest);
        }
    }

    fn push(&mut self, part: &str) {
        self.wide += letters(part).map(em).sum::<f64>();
        self.open.push_str(part);
    }

    fn is_full(&self) -> bool {
        self.done.len() > MOST_LINES
    }

    fn finish(mut self) -> Vec<String> {
        self.close();
        if self.is_full() {
            self.done.truncate(MOST_LINES - 1);
            self.done.push("…".to_owned());
        }
        self.done
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.done.push(shown(&self.open));
            self.open.clear();
            self.wide = 0.0;
        }
    }

    /// How wide a line becomes with two more parts; `None` where that is too wide, measured no further.
    fn grown(&self, mut wide: f64, gap: &str, part: &str) -> Option<f64> {
        for c in letters(gap).chain(letters(part)) {
            wide += em(c);
            if wide > self.limit {
                return None;
            }
        }
        let hyphen = if part.ends_with(SOFT_HYPHEN) { em('-') } else { 0.0 };
        Some(wide + hyphen).filter(|wide| *wide <= self.limit)
    }

    /// Cuts a word so that its head and a hyphen fill the line; `None` when nothing is left to cut.
    fn broken<'w>(&self, word: &'w str) -> Option<(&'w str, &'w str)> {
        let places = word.char_indices().skip(1).filter(|&(_, c)| em(c) > 0.0).map(|(at, _)| at);
        let (mut fitting, mut cuts) = (0, Vec::new());
        for at in places {
            let fits = fitting == cuts.len() && self.grown(0.0, &word[..at], "-").is_some();
            fitting += usize::from(fits);
            cuts.push(at);
            if cuts.len() > fitting + 2 {
                break;
            }
        }
        // One or two letters alone on a line look like a mistake.
        cuts.truncate(cuts.len().saturating_sub(2).max(1));
        fitting = fitting.min(cuts.len());
        let near = &cuts[fitting.saturating_sub(SYLLABLE)..fitting.max(1).min(cuts.len())];
        let cut = near.iter().rev().find(|&&at| opens_syllable(&word[at..])).or(near.last())?;
        Some(word.split_at(*cut))
    }
}

/// The letters of a part of a line, without places where it may break.
fn letters(part: &str) -> impl Iterator<Item = char> {
    part.chars().filter(|c| *c != SOFT_HYPHEN)
}

/// A line as it is drawn.
fn shown(line: &str) -> String {
    let end = if line.ends_with(SOFT_HYPHEN) { "-" } else { "" };
    format!("{}{end}", line.replace(SOFT_HYPHEN, ""))
}

/// How many letters a break may move back to fall between syllables.
const SYLLABLE: usize = 4;

/// In Finnish a syllable begins at a consonant before a vowel; elsewhere the rule does no harm.
fn opens_syllable(rest: &str) -> bool {
    let mut letters = rest.chars();
    let pair = (letters.next(), letters.next());
    matches!(pair, (Some(first), Some(second)) if first.is_alphabetic() && !is_vowel(first) && is_vowel(second))
}

fn is_vowel(c: char) -> bool {
    "aeiouyåäöAEIOUYÅÄÖ".contains(c)
}

/// White space that may end a line: a no-break space ("12 §") may not.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}'
}

fn em(c: char) -> f64 {
    let hundredths = match c {
        ' '..='~' => ASCII[c as usize - 32],
        '\u{a0}' | '’' | '‘' | '·' => 32,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        'å' | 'ä' | 'ö' | 'é' | 'á' | 'à' | 'õ' | 'š' | 'ž' | 'č' | 'ü' | 'đ' | 'ŋ' | 'ŧ' => 65,
        'Å' | 'Ä' | 'É' | 'Á' | 'Š' | 'Ž' | 'Č' | 'Ü' => 75,
        'Ö' | 'Õ' | 'Đ' | 'Ŋ' => 80,
        '–' | '§' => 64,
        '\u{1f000}'.. => 140,
        _ => 100,
    };
    f64::from(hundredths) / 100.0
}

/// Hundredths of an em from space to tilde: the widest of DejaVu Sans, Liberation Sans Bold and the
/// semi-bold of Roboto, Inter, Open Sans and Noto Sans; Segoe UI and San Francisco are narrower.
#[rustfmt::skip]
const ASCII: [u8; 95] = [
    32, 41, 53, 84, 66, 101, 78, 33, 40, 40, 55, 84, 32, 47, 32, 40,  // space to /
    66, 64, 64, 64, 67, 64, 64, 64, 65, 64, 34, 34, 84, 84, 84, 62,   // 0 to ?
    100, 73, 73, 74, 78, 67, 62, 78, 76, 37, 58, 73, 62, 93, 80, 79,  // @ to O
    67, 79, 73, 67, 67, 75, 73, 103, 72, 72, 69, 40, 42, 40, 84, 56,  // P to _
    50, 62, 64, 59, 64, 62, 39, 64, 64, 29, 29, 59, 29, 98, 64, 62,   // ` to o
    64, 64, 44, 56, 41, 64, 60, 84, 60, 60, 57, 64, 56, 64, 84,       // p to ~
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, max: f64, lines: &[&str]) {
        assert_eq!(wrap(text, 10.0, max), lines);
    }

    #[test]
    fn breaks_at_spaces() {
        check("Palvelutarpeen arviointi", 100.0, &["Palvelutarpeen", "arviointi"]);
        check("  a \t b\nc ", 100.0, &["a b c"]);
        check("", 100.0, &[]);
    }

    #[test]
    fn breaks_after_hyphens_without_doubling_them() {
        check("maahanmuutto-osasto", 90.0, &["maahanmuutto-", "osasto"]);
    }

    #[test]
    fn breaks_a_long_word_between_syllables() {
        check("asiakassuunnitelma", 90.0, &["asiakassuunni-", "telma"]);
    }

    #[test]
    fn breaks_at_a_soft_hyphen_and_shows_it_only_there() {
        check("klientskaps\u{ad}planering", 100.0, &["klientskaps-", "planering"]);
        check("klientskaps\u{ad}planering", 180.0, &["klientskapsplanering"]);
    }

    #[test]
    fn a_loose_line_keeps_room_unless_a_word_needs_it() {
        assert_eq!(wrap("aaa bbb", 10.0, 44.0).len(), 1);
        assert_eq!(wrap_loosely("aaa bbb", 10.0, 44.0).len(), 2);
        assert_eq!(wrap_loosely("aaabbb", 10.0, 40.0).len(), 1);
    }

    #[test]
    fn keeps_a_no_break_space_together() {
        check("laki 12\u{a0}§", 40.0, &["laki", "12\u{a0}§"]);
    }

    #[test]
    fn never_separates_an_accent_from_its_letter() {
        for line in wrap(&"e\u{301}".repeat(40), 10.0, 50.0) {
            assert!(!line.starts_with('\u{301}'), "{line}");
        }
    }

    #[test]
    fn ends_even_where_no_letter_fits() {
        check("abc", 1.0, &["a-", "b-", "c"]);
    }

    #[test]
    fn a_text_without_end_is_cut_off() {
        for letter in ["ö", "ö\u{ad}", "ö-", "ö "] {
            let lines = wrap(&letter.repeat(300_000), 10.0, 100.0);
            assert_eq!((lines.len(), lines.last().map(String::as_str)), (MOST_LINES, Some("…")), "{letter}");
        }
    }

    #[test]
    fn no_line_is_wider_than_the_limit() {
        for text in ["ö".repeat(80), "Sosiaali- ja terveydenhuolto ".repeat(9), "<&\"'>ÅÄÖ—😀".repeat(9)]
        {
            for line in wrap(&text, 19.0, 140.0) {
                assert!(text_width(&line, 19.0) <= 140.0, "{line}");
            }
        }
    }
}
