//! Finnish nominals: the stems of a base form with consonant gradation, and the endings of the cases
//! (Iso suomen kielioppi, § 41–45 gradation, § 55–60 inflection types, § 81 case endings).

use super::Stem;

/// Endings behind a vowel stem in the singular, and the personal suffixes; `a` and `o` also stand for `ä`
/// and `ö`. The illative is told by its vowel. `nne` is missing: `tilanne` is a word of its own.
const SINGULAR: [&str; 24] = [
    "n", "t", "a", "ssa", "sta", "lla", "lta", "lle", "ksi", "tta", "na", "seen", "ni", "nsa", "mme", "an",
    "aan", "ssaan", "staan", "llaan", "ltaan", "lleen", "kseen", "naan",
];

/// So many letters a stem needs before `si` is surely a suffix: `tilasi` is a verb.
const LONG: usize = 6;

/// The endings before which the weak grade stands.
const WEAK: [&str; 15] = [
    "n", "t", "ssa", "sta", "lla", "lta", "lle", "ksi", "tta", "ssaan", "staan", "llaan", "ltaan", "lleen",
    "kseen",
];

/// Endings behind a plural stem, which ends with `i`.
const PLURAL: [&str; 20] = [
    "a", "ta", "en", "den", "tten", "ssa", "sta", "lla", "lta", "lle", "ksi", "na", "tta", "in", "hin",
    "siin", "densa", "ssaan", "staan", "llaan",
];

/// Endings of the plural where its `i` has become `j`.
const PLURAL_J: [&str; 5] = ["a", "en", "aan", "ensa", "ani"];

/// Endings behind a consonant stem.
const CONSONANT: [&str; 5] = ["ta", "taan", "tansa", "ten", "na"];

/// Consonants before the last vowel, strong and weak.
const GRADES: [(&str, &str); 15] = [
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
    ("ht", "hd"),
    ("lk", "l"),
    ("rk", "r"),
    ("k", ""),
    ("p", "v"),
    ("t", "d"),
    ("k", "v"),
];

/// What the forms of a word begin with.
pub(super) fn stems(word: &str) -> Vec<Stem> {
    let mut stems = Stems(Vec::new());
    let short = |by: usize| word.char_indices().rev().nth(by - 1).map_or("", |(at, _)| &word[..at]);
    let last = word.chars().last().unwrap_or_default();
    if word.ends_with("nen") {
        let base = short(3);
        stems.declined(&format!("{base}se"), &[format!("{base}si")], &format!("{base}s"));
    } else if word.ends_with("uus") || word.ends_with("yys") {
        let base = short(1);
        stems.declined(&format!("{base}de"), &[format!("{base}ksi")], &format!("{base}t"));
        stems.singular(&format!("{base}te"));
    } else if last == 's' {
        let base = short(1);
        stems.declined(&format!("{base}kse"), &[format!("{base}ksi")], word);
        let vowel = base.chars().last().unwrap_or_default();
        for strong in strengthened(base) {
            stems.declined(&format!("{strong}{vowel}"), &[format!("{strong}i")], word);
        }
    } else if last == 'e' {
        let base = short(1);
        for strong in strengthened(word) {
            stems.declined(&format!("{strong}e"), &[format!("{strong}i")], &format!("{base}et"));
        }
    } else if word.ends_with("in") {
        let base = short(1);
        stems.declined(&format!("{base}me"), &[format!("{base}mi")], word);
    } else if word.ends_with("ton") || word.ends_with("tön") {
        let (base, vowel) = (short(1), if word.ends_with("ton") { 'a' } else { 'ä' });
        let base = format!("{}t{}", short(3), &base[short(3).len()..]);
        stems.declined(&format!("{base}m{vowel}"), &[format!("{base}mi")], word);
    } else {
        stems.of_vowel(word, short(1), last);
    }
    stems.0
}

struct Stems(Vec<Stem>);

impl Stems {
    /// The usual three: a vowel stem, plural stems, a consonant stem.
    fn declined(&mut self, singular: &str, plurals: &[String], consonant: &str) {
        self.singular(singular);
        plurals.iter().for_each(|plural| self.plural(plural));
        self.add(consonant, |_, ending| CONSONANT.contains(&&*folded(ending)));
    }

    fn singular(&mut self, stem: &str) {
        self.add(stem, |stem, ending| {
            let ending = folded(ending);
            match &*ending {
                "ta" => parts(stem).is_some_and(|(_, _, v)| v.chars().count() > 1),
                "si" => stem.chars().count() >= LONG,
                ending => SINGULAR.contains(&ending) || is_illative(stem, ending),
            }
        });
    }

    fn plural(&mut self, stem: &str) {
        self.add(stem, |_, ending| PLURAL.contains(&&*folded(ending)));
        if let Some(base) = stem.strip_suffix('i') {
            self.add(&format!("{base}j"), |_, ending| PLURAL_J.contains(&&*folded(ending)));
        }
    }

    fn add(&mut self, begins: &str, ends: fn(&str, &str) -> bool) {
        self.0.push(Stem { begins: begins.to_owned(), ends });
    }

    /// Words that end with a vowel and keep it, or change it before endings.
    fn of_vowel(&mut self, word: &str, base: &str, last: char) {
        self.singular(word);
        for weak in weakened(word) {
            self.add(&weak, |_, ending| WEAK.contains(&&*folded(ending)));
        }
        self.plurals(word, base, last, Stems::plural);
        for weak in weakened(word) {
            let base = weak.strip_suffix(last).unwrap_or(base).to_owned();
            self.plurals(&weak, &base, last, |stems, stem| {
                stems.add(stem, |_, ending| WEAK.contains(&&*folded(ending)));
            });
            if last == 'i' {
                self.add(&format!("{base}e"), |_, ending| WEAK.contains(&&*folded(ending)));
            }
        }
        if last == 'i' {
            self.singular(&format!("{base}e"));
        }
        // `työ` is `töitä`, `tie` is `teitä`.
        for (double, single) in [("uo", "oi"), ("yö", "öi"), ("ie", "ei")] {
            if let Some(base) = word.strip_suffix(double) {
                self.plural(&format!("{base}{single}"));
            }
        }
    }

    /// The plural stems of a word in one grade.
    fn plurals(&mut self, word: &str, base: &str, last: char, add: fn(&mut Stems, &str)) {
        let ends: &[&str] = match last {
            'i' => &["ei", "i"],
            'a' => &["i", "oi"],
            'ä' => &["i", "öi"],
            _ => return add(self, &format!("{word}i")),
        };
        ends.iter().for_each(|end| add(self, &format!("{base}{end}")));
    }
}

/// `aan`, `hon` … behind a stem with the same vowel.
fn is_illative(stem: &str, ending: &str) -> bool {
    let vowel = folded(stem).chars().last().unwrap_or_default();
    let ending = ending.strip_prefix('h').unwrap_or(ending);
    ending.strip_suffix('n').is_some_and(|rest| rest.chars().eq([vowel]))
}

/// Endings in one harmony.
fn folded(ending: &str) -> String {
    ending.replace('ä', "a").replace('ö', "o")
}

fn is_vowel(letter: char) -> bool {
    "aeiouyäö".contains(letter)
}

/// A word cut before its last vowels: what is before the consonants, the consonants, the vowels.
fn parts(word: &str) -> Option<(&str, &str, &str)> {
    let vowels = word.trim_end_matches(is_vowel).len();
    let consonants = word[..vowels].trim_end_matches(|c| !is_vowel(c)).len();
    (vowels > consonants).then_some((&word[..consonants], &word[consonants..vowels], &word[vowels..]))
}

/// The word in the weak grade.
fn weakened(word: &str) -> Vec<String> {
    let Some((before, consonants, vowels)) = parts(word) else { return Vec::new() };
    let weak = |(strong, weak): &(&str, &str)| {
        let rest = consonants.strip_suffix(strong)?;
        // `st`, `sk`, `sp`, `tk` and what has a longer row of its own stay.
        let plain = !rest.ends_with(['s', 't', 'k', 'p', 'n', 'l', 'r', 'm', 'h']) || strong.len() == 2;
        plain.then(|| format!("{before}{rest}{weak}{vowels}"))
    };
    GRADES.iter().filter_map(weak).collect()
}

/// The word without its last vowel in the strong grade, and as it is.
fn strengthened(word: &str) -> Vec<String> {
    let Some((before, consonants, vowels)) = parts(word) else { return vec![word.to_owned()] };
    let one = vowels.chars().next().unwrap_or_default();
    let strong = |(strong, weak): &(&str, &str)| {
        let rest = consonants.strip_suffix(weak).filter(|_| !weak.is_empty())?;
        Some(format!("{before}{rest}{strong}{one}"))
    };
    GRADES.iter().filter_map(strong).chain([word.to_owned()]).collect()
}
