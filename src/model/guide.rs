//! A decision guide: questions that lead to somebody who takes over, as a suggestion.

use crate::model::form::Form;
use crate::model::law::LawRef;
use crate::model::measure::{Range, RowId};
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
        mode: Mode,
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
        /// The answers; yes and no where one yes is enough.
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
