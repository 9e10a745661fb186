//! The sentences in which law is cited.

use std::ops::Range;

use crate::base::lang::Lang;
use crate::base::piece::Piece;
use crate::syntax::text::Sentences;

/// Running text while its citations are read from its beginning to its end.
pub(super) struct Speech<'t> {
    run: &'t Piece,
    sentences: Sentences<'t>,
    pub lang: Lang,
    /// Whether links without words of their own stand in it as `[[id]]`.
    pub linked: bool,
    /// The sentence of the last citation, as written.
    sentence: &'t str,
    /// What the sentence has been quoted for.
    quoted: Vec<u32>,
}

impl<'t> Speech<'t> {
    pub(super) fn new(run: &'t Piece, lang: Lang, linked: bool) -> Speech<'t> {
        Speech { run, sentences: Sentences::of(run), lang, linked, sentence: "", quoted: Vec::new() }
    }

    /// The sentence around a citation, where it has not been quoted for that yet. A citation that stands
    /// alone says nothing about what it cites.
    pub(super) fn quote(&mut self, law: u32, range: &Range<usize>) -> Option<Piece> {
        let sentence = self.sentences.around(range);
        if !std::ptr::eq(sentence, self.sentence) {
            self.sentence = sentence;
            self.quoted.clear();
        }
        let said = !self.quoted.contains(&law)
            && words_of(sentence) != words_of(&self.sentences.text()[range.clone()]);
        said.then(|| {
            self.quoted.push(law);
            self.run.part(sentence)
        })
    }
}

fn words_of(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '§')
}
