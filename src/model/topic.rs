//! A topic: what several tasks and a rule are about, such as the decision on income support.

use crate::model::law::LawRef;
use crate::record;

record! {
    /// A topic.
    pub struct Topic {
        /// The law that is about it. A task that cites it is held to the rules of the topic.
        law: Vec<LawRef>,
    }
}
