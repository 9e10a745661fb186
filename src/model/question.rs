//! A question: something about the work that is not settled, is proposed, or lies between two units.

use crate::model::forum::Forum;
use crate::model::mention::Mention;
use crate::model::table::{Bearer, Ref};
use crate::model::team::Team;
use crate::model::text::Text;
use crate::model::values::Day;
use crate::{choices, record};

record! {
    /// A question.
    pub struct Question {
        /// What sort of question it is.
        sort: QuestionSort,
        /// How far it has come.
        state: QuestionState,
        /// When it was raised.
        raised: Day,
        /// Which team raised it.
        raised_by: Option<Ref<Team>>,
        /// What it is about.
        about: Vec<Mention>,
        /// Where it is settled.
        forum: Option<Ref<Forum>>,
        /// What was answered.
        answer: Text,
        /// When it was settled.
        decided: Day,
        /// Who settled it.
        decided_by: Option<Ref<Bearer>>,
    }
}

choices! {
    /// The sorts of questions.
    pub enum QuestionSort {
        /// Nobody knows yet.
        OpenQuestion = "open_question",
        /// Something to be done otherwise.
        Proposal = "proposal",
        /// A case that two units could take.
        BorderCase = "border_case",
    }
}

choices! {
    /// How far a question has come.
    pub enum QuestionState {
        /// Nobody has answered.
        Open = "open",
        /// It is being looked into.
        UnderWay = "under_way",
        /// It is settled.
        Settled = "settled",
        /// It was turned down.
        Rejected = "rejected",
    }
}
