//! How much a word weighs in a document: BM25F (Robertson, Zaragoza 2009), put together when the site is built.
//!
//! Only the frequency, weighed by field and length, is kept, in a few steps; the browser does what depends on the
//! query.

use super::document::Field;
use super::forms::Form;

/// How much a field counts, and how much its length counts against it.
const fn weight(field: Field) -> (f32, f32) {
    match field {
        Field::Title => (6.0, 0.3),
        Field::Names => (5.0, 0.3),
        Field::Foreign => (3.0, 0.3),
        Field::Headings => (2.5, 0.5),
        Field::Law => (2.0, 0.3),
        Field::Body => (1.0, 0.75),
    }
}

const FIELDS: usize = Field::ALL.len();

/// How many steps there are.
pub(super) const STEPS: u32 = 12;

/// The weight of the lowest step, and how much more the next one is.
pub(super) const LOWEST: f32 = 0.7;
/// See [`LOWEST`].
pub(super) const FACTOR: f32 = 1.45;

/// The words of a document: which, how often in which field, and how long the fields are.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Word, field, how often; sorted.
    pub words: Vec<(Form, u8, u16)>,
    /// How many tokens a field has.
    pub lengths: [u32; FIELDS],
}

impl Counts {
    /// Counts tokens in any order.
    pub(super) fn new(mut tokens: Vec<(Form, u8)>) -> Counts {
        tokens.sort_unstable();
        let mut counts = Counts::default();
        for (form, field) in tokens {
            counts.lengths[usize::from(field)] += 1;
            match counts.words.last_mut() {
                Some((own, at, often)) if *own == form && *at == field => *often = often.saturating_add(1),
                _ => counts.words.push((form, field, 1)),
            }
        }
        counts
    }
}

/// The mean lengths of fields over the documents that have them.
pub(super) fn means(all: &[Counts]) -> [f32; FIELDS] {
    std::array::from_fn(|field| {
        let lengths = || all.iter().map(|counts| counts.lengths[field]).filter(|length| *length > 0);
        let (count, sum) = (lengths().count(), lengths().map(|length| length as f32).sum::<f32>());
        if count == 0 { 1.0 } else { sum / count as f32 }
    })
}

/// The words of a document with the step of their weight, sorted by word. `word_of` says which word a form is of.
pub(super) fn weights(counts: &Counts, means: &[f32; FIELDS], word_of: &[Form]) -> Vec<(Form, u32)> {
    let mut weights: Vec<(Form, f32)> = Vec::new();
    for (form, field, often) in &counts.words {
        let (weight, b) = weight(Field::ALL[usize::from(*field)]);
        let length = counts.lengths[usize::from(*field)] as f32 / means[usize::from(*field)];
        weights.push((word_of[*form as usize], weight * f32::from(*often) / (1.0 - b + b * length)));
    }
    weights.sort_unstable_by_key(|(word, _)| *word);
    let mut steps: Vec<(Form, f32)> = Vec::new();
    for (word, weight) in weights {
        match steps.last_mut() {
            Some((own, sum)) if *own == word => *sum += weight,
            _ => steps.push((word, weight)),
        }
    }
    steps.into_iter().map(|(word, weight)| (word, step(weight))).collect()
}

fn step(weight: f32) -> u32 {
    let step = (weight / LOWEST).ln() / FACTOR.ln();
    (step.round().max(0.0) as u32).min(STEPS - 1)
}
