//! The index of a language: documents, forms of words, and which words stand in which documents.

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::document::{Document, Field, document};
use super::forms::{Form, Forms};
use super::language::{SECTIONS, endings, stop_words};
use super::statutes::Statutes;
use super::weigh::{Counts, FACTOR, LOWEST, STEPS, means, weights};
use super::write::{list, number, quoted};
use super::{Searched, tokens};
use crate::model::kind::Kind;
use crate::model::words;
use crate::route::{List, PASSAGES};

/// The index as the value that a script gives to `polkuIndex`.
pub(super) fn write(searched: &Searched<'_>) -> String {
    let statutes = Statutes::new(searched);
    let mut forms = Forms::default();
    let (documents, counts) = count(searched, &statutes, &mut forms);
    let alike = searched.alike();
    for form in alike.iter().flatten() {
        forms.number(searched.lang, form, &[]);
    }
    let words = forms.words(&alike);
    let means = means(&counts);
    let weights: Vec<_> = counts.iter().map(|counts| weights(counts, &means, &words)).collect();
    let vocabulary = Vocabulary::new(&forms, &words, &weights);
    let mut out = String::from("{");
    quoted_field("lang", searched.lang.as_str(), &mut out);
    write_documents(searched, &documents, &mut out);
    vocabulary.write(&mut out);
    quoted_field("posts", &postings(&weights, &vocabulary), &mut out);
    let named = statutes.iter().map(|(name, number)| format!("{}\t{number}", tokens::all(name).join(" ")));
    quoted_field("statutes", &named.collect::<Vec<_>>().join("\n"), &mut out);
    quoted_field("stop", &stop_words(searched.lang).join(" "), &mut out);
    quoted_field("endings", &endings(searched.lang).join(" "), &mut out);
    quoted_field("sections", &SECTIONS.join(" "), &mut out);
    out.push_str(&format!("steps:[{LOWEST},{FACTOR},{STEPS}],texts:{PASSAGES}}}"));
    out
}

/// So many documents have their texts in memory at a time.
const AT_ONCE: usize = 256;

/// The documents without their texts, and the words of each.
fn count(searched: &Searched<'_>, statutes: &Statutes, forms: &mut Forms) -> (Vec<Document>, Vec<Counts>) {
    let stop = stop_words(searched.lang);
    let (mut documents, mut counts) = (Vec::new(), Vec::new());
    for some in searched.routes.searched(searched.lang).chunks(AT_ONCE) {
        let read: Vec<Document> = some.par_iter().filter_map(|found| document(searched, found)).collect();
        for document in read {
            let mut found: Vec<(Form, u8)> = Vec::new();
            document.tokens(statutes, &mut |field, lang, token| {
                let form = forms.number(lang, token, stop);
                if !(forms.is_empty(form) && matches!(field, Field::Body | Field::Headings)) {
                    found.push((form, field as u8));
                }
            });
            counts.push(Counts::new(found));
            documents.push(Document { texts: Vec::new(), ..document });
        }
    }
    (documents, counts)
}

fn quoted_field(name: &str, text: &str, out: &mut String) {
    out.push_str(name);
    out.push(':');
    quoted(text, out);
    out.push(',');
}

fn list_field<'t>(name: &str, texts: impl IntoIterator<Item = &'t str>, out: &mut String) {
    out.push_str(name);
    out.push(':');
    list(texts, out);
    out.push(',');
}

/// Values of which each stands once.
struct Once<T>(Vec<T>);

impl<T: PartialEq> Once<T> {
    fn number(&mut self, value: T) -> u32 {
        let at = self.0.iter().position(|own| *own == value).unwrap_or_else(|| {
            self.0.push(value);
            self.0.len() - 1
        });
        u32::try_from(at).unwrap_or(0)
    }
}

/// A line a document: its title, address, numbers of kind, trail and folder, and other names.
fn write_documents(searched: &Searched<'_>, documents: &[Document], out: &mut String) {
    let (mut kinds, mut trails, mut folders) = (Once(Vec::new()), Once(Vec::new()), Once(Vec::new()));
    let line = |document: &Document| {
        let (folder, file) = split(&document.href);
        let (trail, folder) = (document.trail.join("\t"), folder.to_owned());
        let mut numbers = String::new();
        for n in [kinds.number(document.kind), trails.number(trail), folders.number(folder)] {
            number(n, &mut numbers);
        }
        let lang = document.lang.map_or(String::new(), |lang| lang.to_string());
        let parts = [document.title.as_str(), &file, &numbers, &lang].map(one_line);
        let names = document.names.iter().map(|name| one_line(name));
        parts.into_iter().chain(names).collect::<Vec<_>>().join("\t").trim_end_matches('\t').to_owned()
    };
    let lines: Vec<String> = documents.iter().map(line).collect();
    let labels: Vec<String> = kinds.0.iter().map(|kind| label(searched, *kind)).collect();
    list_field("kinds", labels.iter().map(String::as_str), out);
    list_field("trails", trails.0.iter().map(String::as_str), out);
    list_field("folders", folders.0.iter().map(String::as_str), out);
    quoted_field("docs", &lines.join("\n"), out);
}

/// A kind, what one and what several of it are called, and how much it counts: what has a page of its own comes before
/// a word or a qualification of the same name. No kind stands for lists.
fn label(searched: &Searched<'_>, kind: Option<Kind>) -> String {
    let words = searched.words;
    let Some(kind) = kind else {
        return format!("list\t{}\t{}\t1", words.get("search.a_list"), words.get("search.lists"));
    };
    let one =
        words::kind(kind).fallback(searched.lang, &[]).map(|(_, name)| name.clone()).unwrap_or_default();
    let key = format!("kinds.{}", kind.as_str());
    let weight = if List::of(kind).is_inline() { 0.9 } else { 1.0 };
    format!("{}\t{one}\t{}\t{weight}", kind.as_str(), words.get(&key))
}

fn one_line(text: &str) -> String {
    text.replace(['\t', '\n'], " ")
}

/// An address cut behind its last slash, without its ending: `sanasto.html#term-x` is `sanasto#term-x`.
fn split(href: &str) -> (&str, String) {
    let (folder, file) = href.split_at(href.rfind('/').map_or(0, |at| at + 1));
    (folder, file.replacen(".html", "", 1))
}

/// A word without dots and accents, by which forms are compared and ordered.
fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// The forms in order, and their words, numbered as they come.
struct Vocabulary<'f> {
    forms: Vec<(&'f str, u32)>,
    /// The number of each form's word, by the number of the form that stands for it.
    numbers: Vec<u32>,
    words: usize,
}

impl<'f> Vocabulary<'f> {
    fn new(forms: &'f Forms, words: &[Form], weights: &[Vec<(Form, u32)>]) -> Vocabulary<'f> {
        let mut stands = vec![false; forms.len()];
        weights.iter().flatten().for_each(|(word, _)| stands[*word as usize] = true);
        let standing = (0..forms.len()).filter(|at| stands[words[*at] as usize]).map(|at| at as Form);
        let mut order: Vec<(String, &str, Form)> =
            standing.map(|form| (folded(forms.text(form)), forms.text(form), form)).collect();
        order.sort_unstable();
        let mut vocabulary = Vocabulary { forms: Vec::new(), numbers: vec![u32::MAX; forms.len()], words: 0 };
        for (_, text, form) in order {
            let word = words[form as usize] as usize;
            if vocabulary.numbers[word] == u32::MAX {
                vocabulary.numbers[word] = vocabulary.words as u32;
                vocabulary.words += 1;
            }
            vocabulary.forms.push((text, vocabulary.numbers[word]));
        }
        vocabulary
    }

    /// How much each form shares with the one before, what is behind that, and how many words before its word is.
    fn write(&self, out: &mut String) {
        let (mut shared, mut tails, mut words) = (String::new(), String::new(), String::new());
        let (mut before, mut seen) = ("", 0);
        for (form, word) in &self.forms {
            let alike = before.chars().zip(form.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a);
            let (bytes, units) = alike.fold((0, 0), |(b, u), c| (b + c.len_utf8(), u + c.len_utf16()));
            number(units as u32, &mut shared);
            tails.push_str(&form[bytes..]);
            tails.push(' ');
            number(if *word == seen { 0 } else { seen - word }, &mut words);
            seen = seen.max(word + 1);
            before = form;
        }
        quoted_field("shared", &shared, out);
        quoted_field("tails", tails.trim_end(), out);
        quoted_field("words", &words, out);
    }
}

/// For each word: in how many documents it is, and for each of them how many after the one before together with the
/// step of its weight.
fn postings(weights: &[Vec<(Form, u32)>], vocabulary: &Vocabulary<'_>) -> String {
    let mut lists: Vec<Vec<(u32, u32)>> = vec![Vec::new(); vocabulary.words];
    for (document, words) in weights.iter().enumerate() {
        for (word, step) in words {
            lists[vocabulary.numbers[*word as usize] as usize].push((document as u32, *step));
        }
    }
    let mut out = String::new();
    for list in lists {
        number(list.len() as u32, &mut out);
        let mut before = 0;
        for (document, step) in list {
            number((document - before) * STEPS + step, &mut out);
            before = document;
        }
    }
    out
}
