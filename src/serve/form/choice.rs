//! Words of choices, and help that speaks to whoever fills in a form rather than to whoever writes a file.

use super::{Cx, label_of};
use crate::base::lang::Lang;
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::table::Key;
use crate::page::chosen;
use crate::syntax::slug::Slug;

/// What one of several words is called: by the interface, else by the help of its field.
pub(super) fn said(cx: Cx<'_>, key: &str, words: &[&str], word: &str) -> String {
    let by_interface = || chosen(cx.world.theme.strings(cx.lang), (cx.kind?, key), word);
    by_interface().unwrap_or_else(|| by_help(cx.kind, key, words, word, cx.lang))
}

/// What the help of a field says that one of its words means; the word itself where it says nothing.
pub(in super::super) fn by_help(
    kind: Option<Kind>,
    key: &str,
    words: &[&str],
    word: &str,
    lang: Lang,
) -> String {
    let help = label_of(kind, key, lang).map_or("", |label| &label.help);
    let glosses = glosses(help, words);
    let own = glosses.into_iter().find(|(own, _)| *own == word);
    own.map_or(word, |(_, said)| said).to_owned()
}

/// The help of a field for a form: a list of words and what they mean stands in the choices already, and
/// there is no `true` to be written.
pub(super) fn help(cx: Cx<'_>, shape: &Shape, help: &str) -> String {
    let inner = match shape {
        Shape::List(inner) => &**inner,
        own => own,
    };
    match inner {
        Shape::Choice(words) => without_glosses(help, words),
        Shape::Bool => {
            let rest = help.strip_prefix("true, ").or_else(|| help.strip_prefix("true "));
            rest.map_or_else(|| help.to_owned(), |rest| format!("{} {rest}", cx.word("tick")))
        }
        Shape::Ref(kinds) => with_names(cx, kinds, help),
        _ => help.to_owned(),
    }
}

/// Help in which things stand under their names: whoever fills in a form sees no ids.
fn with_names(cx: Cx<'_>, kinds: &[Kind], help: &str) -> String {
    let name = |word: &str| {
        let id = Slug::new(word).filter(|_| word.len() > 3)?;
        let kind = kinds.iter().find(|kind| cx.book().tables.entry(**kind, &id).is_some())?;
        Some(cx.name(&Key::new(*kind, id)))
    };
    let said = |word: &str| {
        let bare = word.trim_end_matches(['.', ',', ';']);
        let end = &word[bare.len()..];
        name(bare).map_or_else(|| word.to_owned(), |name| format!("{name}{end}"))
    };
    help.split(' ').map(said).collect::<Vec<_>>().join(" ")
}

/// Where each word is explained in a help text: `word = what it means`.
fn places(help: &str, words: &[&str]) -> Vec<usize> {
    let begins = |word: &&str| {
        let wanted = format!("{word} = ");
        let starts = help.match_indices(&wanted).map(|(at, _)| at);
        let mut starts = starts.filter(|at| *at == 0 || help[..*at].ends_with(' '));
        starts.next()
    };
    let mut places: Vec<usize> = words.iter().filter_map(begins).collect();
    places.sort_unstable();
    places
}

/// The words that a help text explains, each with what it means.
fn glosses<'h>(help: &'h str, words: &[&str]) -> Vec<(&'h str, &'h str)> {
    let places = places(help, words);
    let ends = places.iter().skip(1).copied().chain([sentence_end(help, places.last())]);
    let part = |(start, end): (&usize, usize)| help.get(*start..end)?.split_once(" = ");
    let trim = |(word, said): (&'h str, &'h str)| (word, said.trim_end_matches([' ', ',', '.', ';']));
    places.iter().zip(ends).filter_map(part).map(trim).collect()
}

/// The end of the sentence in which the last word is explained.
fn sentence_end(help: &str, last: Option<&usize>) -> usize {
    let from = last.copied().unwrap_or_default();
    help[from..].find(". ").map_or(help.len(), |end| from + end + 1)
}

fn without_glosses(help: &str, words: &[&str]) -> String {
    let places = places(help, words);
    let Some(first) = places.first() else { return help.to_owned() };
    let before = help[..*first].trim_end_matches([' ', ':', ',']);
    let after = help[sentence_end(help, places.last())..].trim();
    let sentence = if before.is_empty() { String::new() } else { format!("{before}.") };
    format!("{sentence} {after}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_mean_is_read_out_of_the_help() {
        let help = "How far: approved = in force, draft = a draft, not shown. May be left out.";
        let words = ["approved", "draft"];
        assert_eq!(glosses(help, &words), [("approved", "in force"), ("draft", "a draft, not shown")]);
        assert_eq!(without_glosses(help, &words), "How far. May be left out.");
        assert_eq!(without_glosses("Nothing of it.", &words), "Nothing of it.");
    }
}
