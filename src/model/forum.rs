//! A forum: a meeting at which work is shared out or questions are settled.

use crate::model::table::{Actor, Bearer, Ref};
use crate::model::task::Task;
use crate::model::team::Team;
use crate::model::text::Text;
use crate::record;

record! {
    /// A forum.
    pub struct Forum {
        /// Who leads it.
        chair: Option<Ref<Bearer>>,
        /// Who takes part.
        members: Vec<Ref<Actor>>,
        /// The teams that take part.
        teams: Vec<Ref<Team>>,
        /// How often it meets.
        rhythm: Text,
        /// What is brought to it.
        takes: Text,
        /// What comes out of it.
        produces: Text,
        /// The tasks that are done in it.
        tasks: Vec<Ref<Task>>,
    }
}
