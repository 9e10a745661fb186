//! The glossary as it is looked for in texts: terms, abbreviations and outdated words in inflected forms.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::table::Entry;
use crate::model::term::Term;
use crate::syntax::inflect::Lemma;
use crate::syntax::slug::Slug;
use crate::syntax::text::words;

/// What a word of the glossary is to its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The term itself, or another word for it.
    Name,
    /// An abbreviation, which is written in just these letters.
    Short,
    /// A word that is no longer used.
    Outdated,
}

/// A term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'g> {
    /// The bytes it takes.
    pub range: Range<usize>,
    /// The term.
    pub term: &'g Slug,
    /// By which of its words.
    pub sort: Sort,
}

/// The words of a handbook's glossary, language by language.
#[derive(Debug, Clone, Default)]
pub struct Glossary(Vec<(Lang, Vocabulary)>);

#[derive(Debug, Clone, Default)]
struct Vocabulary {
    phrases: Vec<Phrase>,
    /// Phrases by how their first word begins.
    beginning: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Phrase {
    term: Slug,
    sort: Sort,
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
enum Word {
    Inflected(Lemma),
    Exact(String),
}

impl Glossary {
    /// Gathers the words of all terms that are shown.
    pub fn new(book: &Handbook) -> Glossary {
        let vocabulary = |lang: &Lang| {
            let mut vocabulary = Vocabulary::default();
            book.tables.terms.iter().for_each(|term| vocabulary.add(term, *lang));
            (*lang, vocabulary)
        };
        Glossary(book.langs.iter().map(vocabulary).collect())
    }

    /// Whether two handbooks have the same glossary.
    pub fn is_same(book: &Handbook, other: &Handbook) -> bool {
        book.langs == other.langs && book.tables.terms.is_declared_as(&other.tables.terms)
    }

    /// The terms in a text, in order and without overlap; where several begin at one word, the longest.
    pub fn find(&self, lang: Lang, text: &str) -> Vec<Found<'_>> {
        let Some((_, vocabulary)) = self.0.iter().find(|(own, _)| *own == lang) else { return Vec::new() };
        if vocabulary.phrases.is_empty() {
            return Vec::new();
        }
        let words: Vec<Range<usize>> = words(text).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let Some((phrase, taken)) = vocabulary.at(text, &words[at..]) else {
                at += 1;
                continue;
            };
            let range = words[at].start..words[at + taken - 1].end;
            found.push(Found { range, term: &phrase.term, sort: phrase.sort });
            at += taken;
        }
        found
    }
}

impl Vocabulary {
    fn add(&mut self, term: &Entry<Term>, lang: Lang) {
        let name = term.meta.name.get(lang).into_iter();
        name.chain(term.meta.synonyms.get(lang)).for_each(|words| self.phrase(term, lang, Sort::Name, words));
        term.data.short.get(lang).for_each(|word| self.phrase(term, lang, Sort::Short, word));
        term.data.outdated.get(lang).for_each(|words| self.phrase(term, lang, Sort::Outdated, words));
    }

    fn phrase(&mut self, term: &Entry<Term>, lang: Lang, sort: Sort, phrase: &str) {
        let exact = |word: &str| sort == Sort::Short || word.chars().all(char::is_uppercase);
        let word = |range: Range<usize>| match &phrase[range] {
            word if exact(word) => Word::Exact(word.to_owned()),
            word => Word::Inflected(Lemma::new(lang, word)),
        };
        let ranges: Vec<Range<usize>> = words(phrase).collect();
        let Some(first) = ranges.first().map(|range| phrase[range.clone()].to_lowercase()) else { return };
        for beginning in Lemma::new(lang, &first).beginnings() {
            self.beginning.entry(beginning.to_owned()).or_default().push(self.phrases.len());
        }
        let words = ranges.into_iter().map(word).collect();
        self.phrases.push(Phrase { term: term.id().clone(), sort, words });
    }

    /// The longest phrase that begins with the first of these words, and how many words it takes.
    fn at(&self, text: &str, words: &[Range<usize>]) -> Option<(&Phrase, usize)> {
        let first = text[words.first()?.clone()].to_lowercase();
        let candidates = self.beginning.get(Lemma::beginning(&first))?;
        let phrases = candidates.iter().map(|at| &self.phrases[*at]);
        let fits = phrases.filter(|phrase| phrase.fits(text, words));
        fits.max_by_key(|phrase| phrase.words.len()).map(|phrase| (phrase, phrase.words.len()))
    }
}

impl Phrase {
    fn fits(&self, text: &str, words: &[Range<usize>]) -> bool {
        let enough = words.len() >= self.words.len();
        let joined = |pair: &[Range<usize>]| text[pair[0].end..pair[1].start].chars().all(|c| c == ' ');
        enough
            && words[..self.words.len()].windows(2).all(joined)
            && self.words.iter().zip(words).all(|(word, range)| word.fits(&text[range.clone()]))
    }
}

impl Word {
    fn fits(&self, written: &str) -> bool {
        match self {
            // `PTA:n` is `PTA`.
            Word::Exact(word) => written.split(':').next() == Some(word.as_str()),
            Word::Inflected(lemma) => lemma.is(&written.to_lowercase()),
        }
    }
}
