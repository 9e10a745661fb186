//! Swedish nouns and adjectives: definite and plural endings of the five declensions, and the genitive
//! (Svenska Akademiens grammatik, 2: Substantiv § 16–40).

use super::Stem;

/// Endings behind a word that keeps its own.
const KEPT: [&str; 13] = ["n", "en", "t", "et", "r", "er", "or", "na", "erna", "arna", "orna", "ena", "s"];

/// How nouns end whose plural is surely `ar`; behind others it is often a verb: `vård`, `vårdar`.
const PLURAL_AR: [&str; 5] = ["ing", "dom", "dag", "väg", "gång"];

/// How adjectives end that take an `a`; a noun with an `a` is often a verb: `beslut`, `besluta`.
const ADJECTIVES: [&str; 6] = ["ild", "ig", "isk", "sam", "lig", "ell"];

/// Endings in the place of a last `a`.
const REPLACED_A: [&str; 2] = ["or", "orna"];

/// Endings in the place of a last `e`.
const REPLACED_E: [&str; 8] = ["or", "orna", "ar", "arna", "er", "erna", "on", "a"];

/// What the forms of a word begin with.
pub(super) fn stems(word: &str) -> Vec<Stem> {
    // `frågar` is a verb.
    let kept = |begins: &str| Stem {
        begins: begins.to_owned(),
        ends: |stem, ending| ends(&KEPT, ending) && !(stem.ends_with('a') && ending == "r"),
    };
    let a = |begins: &str| Stem { begins: begins.to_owned(), ends: |_, ending| ends(&REPLACED_A, ending) };
    let e = |begins: &str| Stem { begins: begins.to_owned(), ends: |_, ending| ends(&REPLACED_E, ending) };
    let mut stems = vec![kept(word)];
    stems.extend(word.strip_suffix('a').map(a));
    stems.extend(word.strip_suffix('e').map(e));
    if PLURAL_AR.iter().any(|end| word.ends_with(end)) {
        stems.push(Stem { begins: word.to_owned(), ends: |_, ending| ends(&["ar"], ending) });
    }
    // `program`, `programmet`.
    stems.extend(word.strip_suffix('m').map(|_| kept(&format!("{word}m"))));
    // `egen`, `eget`, `egna`; `vägen` is no base form.
    if let Some(base) = word.strip_suffix("en") {
        stems.push(Stem { begins: format!("{base}e"), ends: |_, ending| ending == "t" });
        stems
            .push(Stem { begins: format!("{base}na"), ends: |_, ending| ending.is_empty() || ending == "s" });
    }
    if ADJECTIVES.iter().any(|end| word.ends_with(end)) {
        stems.push(Stem { begins: format!("{word}a"), ends: |_, ending| ending.is_empty() });
    }
    // `särskild`, `särskilt`.
    if let Some(base) = word.strip_suffix('d') {
        stems.push(Stem { begins: format!("{base}t"), ends: |_, ending| ending.is_empty() });
    }
    // `socialarbetare`, `socialarbetarna`.
    if let Some(base) = word.strip_suffix("are") {
        stems.push(Stem {
            begins: format!("{base}arna"),
            ends: |_, ending| ending.is_empty() || ending == "s",
        });
    }
    stems
}

/// One of the endings, perhaps in the genitive.
fn ends(endings: &[&str], ending: &str) -> bool {
    endings.contains(&ending) || ending.strip_suffix('s').is_some_and(|ending| endings.contains(&ending))
}
