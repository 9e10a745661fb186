//! Decision guides: every path ends, every outcome can be reached, and nobody is led to somebody whom the law
//! does not let take over.

mod bands;
mod outcome;
mod path;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::called;
use crate::model::book::Handbook;
use crate::model::guide::{Answer, Guide, Mode, Outcome, Question};
use crate::model::measure::{Places, RowId};
use crate::model::record::Row;
use crate::model::table::Entry;
use crate::syntax::slug::Slug;

pub(super) use outcome::{lawful, scored};

crate::codes! { "guide.toml":
    EMPTY_GUIDE = "empty-guide",
    UNKNOWN_QUESTION = "unknown-question",
    UNKNOWN_OUTCOME = "unknown-outcome",
    FEW_ANSWERS = "few-answers",
    OPEN_ANSWER = "open-answer",
    FORKED_ANSWER = "forked-answer",
    FOREIGN_TO_MODE = "foreign-to-mode",
    YES_OR_NO = "yes-or-no",
    ANY_OUTCOMES = "any-outcomes",
    GUIDE_CYCLE = "guide-cycle",
    UNREACHABLE_QUESTION = "unreachable-question",
    UNREACHABLE_OUTCOME = "unreachable-outcome",
    BAND_GAP = "band-gap",
    BAND_OVERLAP = "band-overlap",
    TOO_MANY_SUMS = "too-many-sums",
    UNLAWFUL_OUTCOME = "unlawful-outcome",
    SCORED_SPECIAL_SUPPORT = "scored-special-support",
    OUTCOME_WITHOUT_NEXT = "outcome-without-next",
}

pub(super) const SHAPES: &[Code] = &[
    EMPTY_GUIDE,
    UNKNOWN_QUESTION,
    UNKNOWN_OUTCOME,
    FEW_ANSWERS,
    OPEN_ANSWER,
    FORKED_ANSWER,
    FOREIGN_TO_MODE,
    YES_OR_NO,
    ANY_OUTCOMES,
    GUIDE_CYCLE,
    UNREACHABLE_QUESTION,
    UNREACHABLE_OUTCOME,
    BAND_GAP,
    BAND_OVERLAP,
    TOO_MANY_SUMS,
    OUTCOME_WITHOUT_NEXT,
];

/// A guide being looked at.
struct Look<'a> {
    book: &'a Handbook,
    guide: &'a Entry<Guide>,
    questions: Places<'a>,
    outcomes: Places<'a>,
    /// The outcome of no yes at all.
    no: Option<usize>,
    found: Vec<Diagnostic>,
}

/// A guide can be gone through from its first question to an outcome. Where its rows are not as its mode asks,
/// nothing is said of its paths, because what is wrong there may only follow from that.
pub(super) fn shapes(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for guide in sound(facts) {
        let mut look = Look::new(facts.book, guide);
        look.rows();
        if look.found.is_empty() {
            match guide.data.mode {
                Mode::Tree => look.paths(),
                Mode::Score => look.bands(),
                Mode::Any => {}
            }
        }
        if look.found.is_empty() {
            look.found.extend(outcome::without_next(facts.book, guide));
        }
        diags.extend(look.found);
    }
}

/// The guides that could be read as they are written.
fn sound<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Entry<Guide>> {
    let readable = facts.book.damaged.is_empty();
    facts.book.tables.guides.iter().filter(move |guide| readable && !guide.faulty)
}

impl<'a> Look<'a> {
    fn new(book: &'a Handbook, guide: &'a Entry<Guide>) -> Self {
        let data = &guide.data;
        let (questions, outcomes) = (data.questions(), data.outcomes());
        Look { book, guide, questions, outcomes, no: data.no(), found: Vec::new() }
    }

    fn data(&self) -> &'a Guide {
        &self.guide.data
    }

    fn finding(&self, code: Code, span: Span) -> Diagnostic {
        Diagnostic::at(code, span).with("guide", called(self.book, self.guide))
    }

    fn tell(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    fn rows(&mut self) {
        let data = self.data();
        if data.question.is_empty() || data.outcome.is_empty() {
            return self.tell(self.finding(EMPTY_GUIDE, self.guide.span));
        }
        for (at, question) in data.question.iter().enumerate() {
            self.question(question, &question.id.name(at));
        }
        data.outcome.iter().for_each(|outcome| self.outcome(outcome));
        if data.mode == Mode::Any {
            self.any_outcomes();
        }
    }

    fn question(&mut self, question: &'a Question, name: &str) {
        for (at, answer) in question.answer.iter().enumerate() {
            self.answer(answer, name, &answer.id.name(at));
        }
        let leads = |answer: &&Answer| {
            let outcome = answer.outcome.as_ref();
            outcome.is_some_and(|row| self.outcomes.at(row).is_none_or(|at| Some(at) != self.no))
        };
        let yes = question.answer.iter().filter(leads).count();
        let all = question.answer.len();
        let one_sided = all > 0 && (yes == 0 || yes == all);
        let told = |look: &Self, code| look.finding(code, question.id.span).with("question", name);
        match self.data().mode {
            Mode::Any if one_sided => self.tell(told(self, YES_OR_NO)),
            Mode::Any => {}
            Mode::Tree | Mode::Score if all < 2 => self.tell(told(self, FEW_ANSWERS)),
            Mode::Tree | Mode::Score => {}
        }
    }

    fn answer(&mut self, answer: &'a Answer, question: &str, name: &str) {
        let known = self.row(answer.next.as_ref(), UNKNOWN_QUESTION, question)
            & self.row(answer.outcome.as_ref(), UNKNOWN_OUTCOME, question)
            & self.row(answer.adds.as_ref(), UNKNOWN_OUTCOME, question);
        let mode = self.data().mode;
        let span = |row: &Option<RowId>| row.as_ref().map(|row| row.span);
        let (next, outcome) = (span(&answer.next), span(&answer.outcome));
        let points = answer.points.map(|_| answer.id.span);
        let keys = [
            ("next", next.filter(|_| mode != Mode::Tree)),
            ("outcome", outcome.filter(|_| mode == Mode::Score)),
            ("points", points.filter(|_| mode != Mode::Score)),
        ];
        if self.foreign(&keys) || !known {
            return;
        }
        let told = |look: &Self, code| {
            look.finding(code, answer.id.span).with("question", question).with("answer", name)
        };
        match (mode, next.or(points).is_some(), outcome.is_some()) {
            (Mode::Tree, true, true) => self.tell(told(self, FORKED_ANSWER)),
            (Mode::Tree | Mode::Score, false, false) => self.tell(told(self, OPEN_ANSWER)),
            _ => {}
        }
    }

    /// Whether a row of the guide that an answer names exists; told where not.
    fn row(&mut self, row: Option<&'a RowId>, code: Code, question: &str) -> bool {
        let Some(row) = row else { return true };
        let known = if code == UNKNOWN_QUESTION { &self.questions } else { &self.outcomes };
        let (None, Some(id)) = (known.at(row), &row.id) else { return true };
        let data = self.data();
        let near = nearest(id.as_str(), rows(data, code).filter_map(|row| row.id.as_ref()).map(Slug::as_str));
        let finding = self.finding(code, row.span).with("question", question).with("id", id.as_str());
        self.tell(finding.near_value(near));
        false
    }

    fn outcome(&mut self, outcome: &'a Outcome) {
        let mode = self.data().mode;
        let band = outcome.band.map(|band| band.span).filter(|_| mode != Mode::Score);
        let otherwise = outcome.otherwise.then_some(outcome.id.span).filter(|_| mode != Mode::Any);
        self.foreign(&[("band", band), ("otherwise", otherwise)]);
    }

    /// Tells the first key that does not belong to the mode of the guide.
    fn foreign(&mut self, keys: &[(&'static str, Option<Span>)]) -> bool {
        let first = keys.iter().find_map(|(key, span)| Some((*key, (*span)?)));
        let Some((key, span)) = first else { return false };
        let mode = self.data().mode.as_str();
        self.tell(self.finding(FOREIGN_TO_MODE, span).with("key", key).with("mode", mode));
        true
    }

    /// Where one yes is enough there are two ends: one of a yes, one of none.
    fn any_outcomes(&mut self) {
        let data = self.data();
        let added = data.added();
        let own = data.outcome.iter().enumerate().filter(|(at, _)| !added[*at]);
        let (no, yes): (Vec<_>, Vec<_>) = own.partition(|(_, outcome)| outcome.otherwise);
        if self.found.is_empty() && (no.len() != 1 || yes.len() != 1) {
            let finding = self.finding(ANY_OUTCOMES, self.guide.span);
            self.tell(finding.with("no", no.len().to_string()).with("yes", yes.len().to_string()));
        }
    }
}

fn rows(guide: &Guide, code: Code) -> Box<dyn Iterator<Item = &Row> + '_> {
    if code == UNKNOWN_QUESTION {
        Box::new(guide.question.iter().map(|question| &question.id))
    } else {
        Box::new(guide.outcome.iter().map(|outcome| &outcome.id))
    }
}
