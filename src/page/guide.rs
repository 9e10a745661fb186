//! A decision guide: its questions in order, where each answer leads, and the outcomes. A script asks one
//! question at a time over the very same markup, so everything it needs stands in `data-pk-…`.

use serde::Serialize;

use super::markup::Facts;
use super::prose::Piece;
use super::words::{Fact, Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::model::guide::{Answer, Guide, Mode, Outcome, Question};
use crate::model::kind::Kind;
use crate::model::measure::{Places, Range, RowId};
use crate::model::table::{AnyEntry, Entry, Key, Ref, Target};
use crate::model::text::At;
use crate::route::List;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    /// The mode in files, for the script.
    mode: &'static str,
    /// How to go through it.
    how: String,
    note: Option<Rich>,
    facts: Facts,
    questions: Vec<QuestionView>,
    outcomes: Vec<OutcomeView>,
    body: Option<Piece>,
    mentions: Facts,
}

#[derive(Serialize)]
struct QuestionView {
    id: String,
    number: usize,
    text: Rich,
    help: Option<Rich>,
    law: Facts,
    answers: Vec<AnswerView>,
}

/// An answer, where it leads in words, and the same for the script.
#[derive(Serialize, Default)]
struct AnswerView {
    text: Rich,
    leads: Vec<Fact>,
    next: Option<String>,
    outcome: Option<String>,
    points: Option<u32>,
    adds: Option<String>,
}

#[derive(Serialize)]
struct OutcomeView {
    id: String,
    text: Rich,
    /// The points that lead here, for the script.
    from: Option<u32>,
    to: Option<u32>,
    otherwise: bool,
    facts: Facts,
    then: Option<Rich>,
}

/// A guide being laid out.
struct Asked<'a> {
    cx: Cx<'a>,
    guide: &'a Guide,
    questions: Places<'a>,
    outcomes: Places<'a>,
    at: At<'a>,
}

pub(super) fn render(cx: Cx<'_>, guide: &Entry<Guide>) -> Result<String, Diagnostic> {
    let kind = At::root("guide");
    let data = &guide.data;
    let (questions, outcomes) = (data.questions(), data.outcomes());
    let asked = Asked { cx, guide: data, questions, outcomes, at: kind.entity(guide.id().as_str()) };
    let view = View {
        kind: cx.kind_word(Kind::Guide),
        name: cx.name(guide),
        summary: cx.summary(guide),
        mode: guide.data.mode.as_str(),
        how: cx.word(how(guide.data.mode)).to_owned(),
        note: cx.rich(&guide.data.note, &asked.at.field("note")),
        facts: facts(cx, &guide.data),
        questions: asked.questions(),
        outcomes: asked.outcomes(),
        body: cx.body(guide),
        mentions: super::list::mentioned_by(cx, &guide.key(), &[]),
    };
    lay_out(cx, "page/guide.html", &view, super::role::head(cx, guide, List::Guides))
}

/// The guides that lead to one of some actors.
pub(super) fn leading_to(cx: Cx<'_>, actors: &[Key]) -> Vec<Link> {
    let leads = |guide: &&Entry<Guide>| {
        let keys = guide.data.outcome.iter().filter_map(|outcome| cx.book().target(outcome.actor.as_ref()?));
        keys.into_iter().any(|key| actors.contains(&key))
    };
    let guides: Vec<Key> = cx.book().tables.guides.iter().filter(leads).map(AnyEntry::key).collect();
    cx.links(&guides)
}

fn how(mode: Mode) -> &'static str {
    match mode {
        Mode::Tree => "guide.tree",
        Mode::Score => "guide.score",
        Mode::Any => "guide.any",
    }
}

fn facts(cx: Cx<'_>, guide: &Guide) -> Facts {
    let phases: Vec<Key> = guide.always_in.iter().filter_map(|phase| cx.book().target(phase)).collect();
    let facts = [
        cx.fact("guide.always_in", cx.links(&phases)),
        cx.fact("guide.form", one(cx, guide.form.as_ref())),
        cx.fact("law.law", cx.law(&guide.law)),
    ];
    facts.into_iter().flatten().collect()
}

/// A link to what a reference points at, where it points at something.
fn one<T: Target>(cx: Cx<'_>, reference: Option<&Ref<T>>) -> Vec<Link> {
    reference.and_then(|own| cx.book().target(own)).and_then(|key| cx.link(&key)).into_iter().collect()
}

impl Asked<'_> {
    fn questions(&self) -> Vec<QuestionView> {
        let view = |(at, question): (usize, &Question)| {
            let name = question.id.name(at);
            let rows = self.at.field("question");
            let row = rows.field(&name);
            QuestionView {
                id: self.question_id(at),
                number: at + 1,
                text: self.cx.rich(&question.text, &row.field("text")).unwrap_or_default(),
                help: self.cx.rich(&question.help, &row.field("help")),
                law: self.cx.fact("law.law", self.cx.law(&question.law)).into_iter().collect(),
                answers: self.answers(at, question, &row.field("answer")),
            }
        };
        self.guide.question.iter().enumerate().map(view).collect()
    }

    fn answers(&self, question: usize, own: &Question, rows: &At<'_>) -> Vec<AnswerView> {
        if own.answer.is_empty() && self.guide.mode == Mode::Any {
            let said = |word| Rich::plain(self.cx.word(word));
            return vec![
                self.led(
                    AnswerView { text: said("guide.yes"), ..AnswerView::default() },
                    self.yes(),
                    question,
                ),
                self.led(AnswerView { text: said("guide.no"), ..AnswerView::default() }, None, question),
            ];
        }
        let view = |(at, answer): (usize, &Answer)| {
            let name = answer.id.name(at);
            let text = self.cx.rich(&answer.text, &rows.field(&name).field("text")).unwrap_or_default();
            self.answer(answer, text, question)
        };
        own.answer.iter().enumerate().map(view).collect()
    }

    fn answer(&self, answer: &Answer, text: Rich, question: usize) -> AnswerView {
        let outcome = self.outcome_at(answer.outcome.as_ref());
        let adds = self.outcome_at(answer.adds.as_ref());
        let view = AnswerView { text, adds: adds.map(|at| self.outcome_id(at)), ..AnswerView::default() };
        let mut view = match self.guide.mode {
            Mode::Any => self.led(view, outcome, question),
            Mode::Tree => self.goes(view, answer, outcome),
            Mode::Score => self.scored(view, answer.points.unwrap_or_default()),
        };
        view.leads
            .extend(self.cx.fact("guide.adds", adds.map(|at| self.to_outcome(at)).into_iter().collect()));
        view
    }

    /// An answer in a tree: to a question or to an outcome.
    fn goes(&self, view: AnswerView, answer: &Answer, outcome: Option<usize>) -> AnswerView {
        let next = answer.next.as_ref().and_then(|row| self.questions.at(row));
        let to = next.map(|at| self.to_question(at));
        let leads = [
            self.cx.fact("guide.then_ask", to.into_iter().collect()),
            self.cx.fact("guide.outcome", outcome.map(|at| self.to_outcome(at)).into_iter().collect()),
        ];
        AnswerView {
            leads: leads.into_iter().flatten().collect(),
            next: next.map(|at| self.question_id(at)),
            outcome: outcome.map(|at| self.outcome_id(at)),
            ..view
        }
    }

    fn scored(&self, view: AnswerView, points: u32) -> AnswerView {
        let said = Link::plain(&points.to_string());
        let leads = self.cx.fact("guide.points", vec![said]).into_iter().collect();
        AnswerView { leads, points: Some(points), ..view }
    }

    /// An answer where one yes is enough: to the outcome, else to the question that follows, else to the
    /// outcome of no yes.
    fn led(&self, view: AnswerView, outcome: Option<usize>, question: usize) -> AnswerView {
        let follows = (question + 1 < self.guide.question.len()).then_some(question + 1);
        let ends = outcome.or_else(|| self.guide.no().filter(|_| follows.is_none()));
        let lead = match (ends, follows) {
            (Some(at), _) => self.cx.fact("guide.outcome", vec![self.to_outcome(at)]),
            (None, Some(at)) => self.cx.fact("guide.then_ask", vec![self.to_question(at)]),
            (None, None) => None,
        };
        let outcome = outcome.map(|at| self.outcome_id(at));
        AnswerView { leads: lead.into_iter().collect(), outcome, ..view }
    }

    fn yes(&self) -> Option<usize> {
        self.guide.yes()
    }

    fn outcome_at(&self, row: Option<&RowId>) -> Option<usize> {
        row.and_then(|row| self.outcomes.at(row))
    }

    fn question_id(&self, at: usize) -> String {
        format!("_q-{}", self.guide.question[at].id.name(at))
    }

    fn outcome_id(&self, at: usize) -> String {
        format!("_o-{}", self.guide.outcome[at].id.name(at))
    }

    fn to_question(&self, at: usize) -> Link {
        let text = self.cx.strings().with("guide.question", &[("n", &(at + 1).to_string())]);
        Link::to(format!("#{}", self.question_id(at)), &text)
    }

    fn to_outcome(&self, at: usize) -> Link {
        let outcome = self.guide.outcome.get(at);
        let rows = self.at.field("outcome");
        let name = outcome.map(|outcome| outcome.id.name(at)).unwrap_or_default();
        let words = outcome.and_then(|own| self.cx.words(&own.text, &rows.field(&name).field("text")));
        let href = Some(format!("#{}", self.outcome_id(at)));
        Link { href, words: words.unwrap_or_default(), ..Link::default() }
    }

    fn outcomes(&self) -> Vec<OutcomeView> {
        let view = |(at, outcome): (usize, &Outcome)| {
            let name = outcome.id.name(at);
            let rows = self.at.field("outcome");
            let row = rows.field(&name);
            OutcomeView {
                id: self.outcome_id(at),
                text: self.cx.rich(&outcome.text, &row.field("text")).unwrap_or_default(),
                from: outcome.band.map(|band| band.from),
                to: outcome.band.and_then(|band| band.to),
                otherwise: outcome.otherwise,
                facts: self.outcome_facts(outcome),
                then: self.cx.rich(&outcome.then, &row.field("then")),
            }
        };
        self.guide.outcome.iter().enumerate().map(view).collect()
    }

    fn outcome_facts(&self, outcome: &Outcome) -> Facts {
        let cx = self.cx;
        let situations: Vec<Key> =
            outcome.situations.iter().filter_map(|situation| cx.book().target(situation)).collect();
        let plain = |text: &str| vec![Link::plain(text)];
        let facts = [
            outcome.band.and_then(|band| cx.fact("guide.points", plain(&self.band(band)))),
            outcome.otherwise.then(|| cx.fact("guide.when", plain(cx.word("guide.otherwise")))).flatten(),
            cx.fact("guide.actor", one(cx, outcome.actor.as_ref())),
            cx.fact("guide.forum", one(cx, outcome.forum.as_ref())),
            cx.fact("guide.service", one(cx, outcome.service.as_ref())),
            cx.fact("guide.process", one(cx, outcome.process.as_ref())),
            cx.fact("task.situations", cx.links(&situations)),
            cx.fact("law.law", cx.law(&outcome.law)),
        ];
        facts.into_iter().flatten().collect()
    }

    fn band(&self, band: Range) -> String {
        match band.to {
            None => self.cx.strings().with("guide.band_open", &[("n", &band.from.to_string())]),
            Some(to) if to == band.from => to.to_string(),
            Some(to) => format!("{}–{to}", band.from),
        }
    }
}
