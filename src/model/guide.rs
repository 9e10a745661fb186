//! A decision guide: questions that lead to somebody who takes over, as a suggestion.

use crate::model::form::Form;
use crate::model::forum::Forum;
use crate::model::law::LawRef;
use crate::model::measure::{Places, Range, RowId};
use crate::model::phase::Phase;
use crate::model::process::Process;
use crate::model::service::Service;
use crate::model::situation::Situation;
use crate::model::table::{Bearer, Ref};
use crate::model::text::Text;
use crate::{choices, record, row};

record! {
    /// A decision guide. What it says is a suggestion: the professional judges.
    pub struct Guide {
        /// How its answers lead to an outcome.
        mode: Mode = required,
        /// The law it rests on.
        law: Vec<LawRef>,
        /// What whoever uses it has to know.
        note: Text,
        /// The phases in which it is always gone through: processes of them contain it.
        always_in: Vec<Ref<Phase>>,
        /// The form on which the result is written.
        form: Option<Ref<Form>>,
        /// Its questions; the first is asked first.
        question: Vec<Question>,
        /// Where it can lead.
        outcome: Vec<Outcome>,
    }
}

choices! {
    /// How answers lead to an outcome.
    pub enum Mode {
        /// Each answer leads to a question or an outcome.
        Tree = "tree",
        /// Answers give points, and bands of points are outcomes.
        Score = "score",
        /// One yes is enough.
        Any = "any",
    }
}

row! {
    /// A question.
    pub struct Question {
        /// What is asked.
        text: Text = required,
        /// What is meant by it.
        help: Text,
        /// The law on which it rests.
        law: Vec<LawRef>,
        /// The answers. Where one yes is enough they may be left out: then they are yes and no; where they
        /// are given, those with an outcome count as a yes.
        answer: Vec<Answer>,
    }
}

row! {
    /// An answer: it leads to a question or to an outcome, or gives points.
    pub struct Answer {
        /// What is answered.
        text: Text = required,
        /// The question that follows.
        next: Option<RowId>,
        /// The outcome it leads to.
        outcome: Option<RowId>,
        /// The points it gives.
        points: Option<u32>,
        /// An outcome that comes on top of the one in the end.
        adds: Option<RowId>,
    }
}

row! {
    /// An outcome.
    pub struct Outcome {
        /// What is suggested.
        text: Text = required,
        /// Who takes over.
        actor: Option<Ref<Bearer>>,
        /// The meeting that settles it.
        forum: Option<Ref<Forum>>,
        /// The service.
        service: Option<Ref<Service>>,
        /// The process that begins.
        process: Option<Ref<Process>>,
        /// The situations it establishes: tasks of them are done by those whom the law allows.
        situations: Vec<Ref<Situation>>,
        /// The points that lead here.
        band: Option<Range>,
        /// Whether it holds where no question was answered with yes.
        otherwise: bool,
        /// What happens next.
        then: Text,
        /// The law on which it rests.
        law: Vec<LawRef>,
    }
}

impl Guide {
    /// Where its questions stand.
    pub fn questions(&self) -> Places<'_> {
        Places::of(self.question.iter().map(|question| &question.id))
    }

    /// Where its outcomes stand.
    pub fn outcomes(&self) -> Places<'_> {
        Places::of(self.outcome.iter().map(|outcome| &outcome.id))
    }

    /// Every answer to its questions, in their order.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.question.iter().flat_map(|question| &question.answer)
    }

    /// The place of the outcome of one yes, where one yes is enough. What some answer adds is not meant.
    pub fn yes(&self) -> Option<usize> {
        let added = self.added();
        self.outcome.iter().enumerate().position(|(at, own)| !own.otherwise && !added[at])
    }

    /// The place of the outcome of no yes at all.
    pub fn no(&self) -> Option<usize> {
        self.outcome.iter().position(|own| own.otherwise)
    }

    /// Of each outcome whether some answer adds it to the one in the end.
    pub fn added(&self) -> Vec<bool> {
        let (outcomes, mut added) = (self.outcomes(), vec![false; self.outcome.len()]);
        let adds = self.answers().filter_map(|answer| outcomes.at(answer.adds.as_ref()?));
        adds.for_each(|at| added[at] = true);
        added
    }
}
