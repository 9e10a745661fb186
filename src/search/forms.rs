//! Which forms are forms of one word.
//!
//! Snowball stems put most of them together. What it keeps apart because consonants change (`laki`, `lain`;
//! `asiakas`, `asiakkaan`) is joined by asking of each form whether others are forms of it: few are that are not, as
//! long as it is not short. A word list of the handbook's own joins the rest.

use foldhash::{HashMap, HashMapExt};
use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::base::lang::Lang;
use crate::syntax::inflect::Lemma;

/// A form by its number.
pub(super) type Form = u32;

/// The forms of words that stand in the texts.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Looked up and never walked, so that output does not depend on its order.
    numbers: HashMap<Box<str>, Form>,
    forms: Vec<(Lang, Box<str>)>,
    /// Whether each form is a word that says nothing.
    empty: Vec<bool>,
}

impl Forms {
    /// The number of a form, in the language in which it is met first.
    /// `stop` are words that say nothing.
    pub(super) fn number(&mut self, lang: Lang, form: &str, stop: &[&str]) -> Form {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        let number = Form::try_from(self.forms.len()).unwrap_or(Form::MAX);
        self.numbers.insert(form.into(), number);
        self.forms.push((lang, form.into()));
        self.empty.push(stop.contains(&form));
        number
    }

    /// Whether a form says nothing about the text in which it stands.
    pub(super) fn is_empty(&self, form: Form) -> bool {
        self.empty[form as usize]
    }

    /// The number of a form, where it stands in a text.
    pub(super) fn find(&self, form: &str) -> Option<Form> {
        self.numbers.get(form).copied()
    }

    /// A form.
    pub(super) fn text(&self, form: Form) -> &str {
        self.forms.get(form as usize).map_or("", |(_, text)| text)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// The word of each form, as the number of one of its forms. `alike` are forms that the handbook
    /// says belong together.
    pub(super) fn words(&self, alike: &[Vec<String>]) -> Vec<Form> {
        let mut words = Joined((0..self.forms.len()).map(|at| at as Form).collect());
        self.join_stems(&mut words);
        self.join_bases(&mut words);
        for forms in alike {
            let known: Vec<Form> = forms.iter().filter_map(|form| self.find(form)).collect();
            known.windows(2).for_each(|pair| words.join(pair[0], pair[1]));
        }
        (0..self.forms.len()).map(|at| words.root(at as Form)).collect()
    }

    fn join_stems(&self, words: &mut Joined) {
        let mut stems: HashMap<(Lang, String), Form> = HashMap::new();
        let stemmers = [Lang::FI, Lang::SV, Lang::EN].map(|lang| (lang, stemmer(lang)));
        for (at, (lang, form)) in self.forms.iter().enumerate() {
            let Some((_, stemmer)) = stemmers.iter().find(|(own, _)| own == lang) else { continue };
            if form.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let stem = self.doer(*lang, form).unwrap_or_else(|| stemmer.stem(form).into_owned());
            let first = *stems.entry((*lang, stem)).or_insert(at as Form);
            words.join(first, at as Form);
        }
    }

    /// The stem of a Swedish word for somebody who does: `arbetaren` is no form of `arbete`, which Snowball takes
    /// it for.
    fn doer(&self, lang: Lang, form: &str) -> Option<String> {
        if lang != Lang::SV {
            return None;
        }
        let before = |ending: &&str| form.strip_suffix(ending).filter(|before| before.len() > 2);
        let stem = DOER.iter().find_map(before).or_else(|| {
            // `arna` is the plural of many other words too.
            let stem = DOERS.iter().find_map(before)?;
            self.find(&format!("{stem}are")).map(|_| stem)
        })?;
        Some(format!("{stem}are"))
    }

    /// Joins what inflects with consonants that change, which Snowball keeps apart.
    fn join_bases(&self, words: &mut Joined) {
        let mut order: Vec<Form> = (0..self.forms.len()).map(|at| at as Form).collect();
        order.sort_unstable_by_key(|form| self.text(*form));
        for (at, (lang, text)) in self.forms.iter().enumerate() {
            if text.chars().count() < SHORTEST || text.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let (lemma, doer) = (Lemma::new(*lang, text), self.doer(*lang, text));
            for stem in lemma.stems() {
                let from = order.partition_point(|form| self.text(*form) < stem);
                let near = order[from..].iter().take_while(|form| self.text(**form).starts_with(stem));
                let own = near.filter(|form| {
                    let (their, form) = &self.forms[**form as usize];
                    their == lang && form.len() < stem.len() + LONGEST && lemma.is(form)
                });
                let own =
                    own.filter(|form| self.doer(*lang, self.text(**form)).is_none_or(|d| doer == Some(d)));
                own.for_each(|form| words.join(at as Form, *form));
            }
        }
    }
}

/// So many letters a base form has at least: shorter words have endings in common by chance.
const SHORTEST: usize = 4;

/// So many bytes an ending has at most.
const LONGEST: usize = 12;

/// The endings of Swedish words in `are`, and those they share with others.
const DOER: [&str; 4] = ["are", "aren", "arens", "ares"];
const DOERS: [&str; 2] = ["arna", "arnas"];

fn stemmer(lang: Lang) -> Stemmer {
    Stemmer::create(match lang {
        Lang::FI => Algorithm::Finnish,
        Lang::SV => Algorithm::Swedish,
        _ => Algorithm::English,
    })
}

/// Sets of forms, each pointing to another of its set or to itself.
struct Joined(Vec<Form>);

impl Joined {
    fn root(&mut self, form: Form) -> Form {
        let mut root = form;
        while self.0[root as usize] != root {
            self.0[root as usize] = self.0[self.0[root as usize] as usize];
            root = self.0[root as usize];
        }
        root
    }

    fn join(&mut self, one: Form, other: Form) {
        let (one, other) = (self.root(one), self.root(other));
        // The lower number leads, so that nothing depends on the order of joining.
        self.0[one.max(other) as usize] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each pair of forms is of one word in a vocabulary of all of them.
    fn joined(lang: Lang, pairs: &[(&str, &str)]) -> Vec<bool> {
        let mut forms = Forms::default();
        let numbers: Vec<(Form, Form)> = pairs
            .iter()
            .map(|(one, other)| (forms.number(lang, one, &[]), forms.number(lang, other, &[])))
            .collect();
        let words = forms.words(&[]);
        numbers.into_iter().map(|(one, other)| words[one as usize] == words[other as usize]).collect()
    }

    #[test]
    fn forms_of_a_word_are_one_word() {
        let finnish = [
            ("laki", "laissa"),
            ("asiakas", "asiakkaan"),
            ("työnjako", "työnjaosta"),
            ("sosiaalityöntekijä", "sosiaalityöntekijöiden"),
            ("päätös", "päätöksen"),
            ("tarve", "tarpeista"),
        ];
        assert_eq!(joined(Lang::FI, &finnish), [true; 6]);
        let swedish = [("klient", "klienternas"), ("bedömning", "bedömningarna"), ("beslut", "beslutet")];
        assert_eq!(joined(Lang::SV, &swedish), [true; 3]);
    }

    #[test]
    fn other_words_stay_apart() {
        let finnish = [
            ("asia", "asiakas"),
            ("arvio", "arviointi"),
            ("tuki", "tukka"),
            ("ohjaaja", "ohjaus"),
            ("kieli", "pieni"),
            ("rai", "raja"),
            ("muu", "muuttaa"),
            ("vie", "kieli"),
        ];
        assert_eq!(joined(Lang::FI, &finnish), [false; 8]);
        // Snowball cuts all of these down to one stem.
        let swedish =
            [("arbetare", "arbete"), ("familjearbetaren", "familjearbetet"), ("arbetarna", "arbete")];
        assert_eq!(joined(Lang::SV, &swedish), [false; 3]);
    }

    #[test]
    fn a_word_list_joins_what_nothing_else_does() {
        let mut forms = Forms::default();
        let (one, other) = (forms.number(Lang::FI, "lapsi", &[]), forms.number(Lang::FI, "lasten", &[]));
        let apart = forms.words(&[]);
        assert_ne!(apart[one as usize], apart[other as usize]);
        let joined = forms.words(&[vec!["lapsi".to_owned(), "lasten".to_owned(), "lasta".to_owned()]]);
        assert_eq!(joined[one as usize], joined[other as usize]);
    }
}
