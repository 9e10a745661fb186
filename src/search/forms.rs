//! Which forms are forms of one word.
//!
//! Snowball stems put most of them together. What it keeps apart because consonants change (`laki`, `lain`;
//! `asiakas`, `asiakkaan`) is joined by the inflection of the words of titles, which are base forms. A word list
//! of the handbook's own joins the rest.

use std::collections::{BTreeMap, HashMap};

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::base::lang::Lang;
use crate::syntax::inflect::Lemma;

/// A form by its number.
pub(super) type Form = u32;

/// The forms of words that stand in the texts.
#[derive(Debug, Default)]
pub(super) struct Forms {
    numbers: HashMap<Box<str>, Form>,
    forms: Vec<(Lang, Box<str>)>,
}

impl Forms {
    /// The number of a form, in the language in which it is met first.
    pub(super) fn number(&mut self, lang: Lang, form: &str) -> Form {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        let number = Form::try_from(self.forms.len()).unwrap_or(Form::MAX);
        self.numbers.insert(form.into(), number);
        self.forms.push((lang, form.into()));
        number
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

    /// The word of each form, as the number of one of its forms. `bases` are base forms, `alike` forms that the
    /// handbook says belong together.
    pub(super) fn words(&self, bases: &[Form], alike: &[Vec<String>]) -> Vec<Form> {
        let mut words = Joined((0..self.forms.len()).map(|at| at as Form).collect());
        self.join_stems(&mut words);
        self.join_bases(bases, &mut words);
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
            let first = *stems.entry((*lang, stemmer.stem(form).into_owned())).or_insert(at as Form);
            words.join(first, at as Form);
        }
    }

    fn join_bases(&self, bases: &[Form], words: &mut Joined) {
        let mut beginnings: BTreeMap<(Lang, &str), Vec<Form>> = BTreeMap::new();
        for (at, (lang, form)) in self.forms.iter().enumerate() {
            beginnings.entry((*lang, Lemma::beginning(form))).or_default().push(at as Form);
        }
        for base in bases {
            let (lang, text) = &self.forms[*base as usize];
            if text.chars().count() < SHORTEST {
                continue;
            }
            let lemma = Lemma::new(*lang, text);
            for beginning in lemma.beginnings() {
                let near = beginnings.get(&(*lang, beginning)).into_iter().flatten();
                near.filter(|form| lemma.is(self.text(**form))).for_each(|form| words.join(*base, *form));
            }
        }
    }
}

/// So many letters a base form has at least: shorter words have endings in common by chance.
const SHORTEST: usize = 3;

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
