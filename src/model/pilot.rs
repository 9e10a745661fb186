//! A pilot: a project or trial in which the division of work was made, under the headings of Innokylä.

use crate::model::indicator::Indicator;
use crate::model::measure::Number;
use crate::model::meta::TextRow;
use crate::model::table::Ref;
use crate::model::team::Team;
use crate::model::text::Text;
use crate::model::values::Day;
use crate::{choices, record, row};

record! {
    /// A pilot.
    pub struct Pilot {
        /// The first day.
        start: Day,
        /// The last day.
        end: Day,
        /// Where it was carried out.
        place: Text,
        /// Who funded it.
        funder: Text,
        /// What it cost, in euros.
        budget: Option<Number>,
        /// The part of it that was granted, in euros.
        grant: Option<Number>,
        /// The working groups.
        group: Vec<TextRow>,
        /// The teams that took part.
        teams: Vec<Ref<Team>>,
        /// What it was made of.
        part: Vec<Part>,
        /// What was done.
        action: Vec<Action>,
        /// What happened on a day.
        event: Vec<Event>,
        /// What each party needed.
        needs: Option<Needs>,
        /// By what it was judged.
        evaluation: Vec<Ref<Indicator>>,
        /// Who was heard.
        heard: Vec<Heard>,
    }
}

row! {
    /// A part of a project.
    pub struct Part {
        /// What it was about.
        text: Text = required,
        /// The first day.
        start: Day,
        /// The last day.
        end: Day,
    }
}

row! {
    /// Something to be done.
    pub struct Action {
        /// What.
        text: Text = required,
        /// How far it has come, where that is known.
        state: Option<ActionState>,
    }
}

choices! {
    /// How far an action has come.
    pub enum ActionState {
        /// Not begun.
        Planned = "planned",
        /// Under way.
        UnderWay = "under_way",
        /// Done.
        Done = "done",
        /// Left undone.
        Dropped = "dropped",
    }
}

row! {
    /// Something that happened.
    pub struct Event {
        /// What.
        text: Text = required,
        /// When.
        date: Day,
    }
}

row! {
    /// What each of the four parties needed.
    pub struct Needs {
        /// The client.
        client: Text,
        /// The employee.
        employee: Text,
        /// The organisation.
        organisation: Text,
        /// Society.
        society: Text,
    }
}

impl Needs {
    /// The four parties in the order of Innokylä, each by its key.
    pub fn parties(&self) -> [(&'static str, &Text); 4] {
        [
            ("client", &self.client),
            ("employee", &self.employee),
            ("organisation", &self.organisation),
            ("society", &self.society),
        ]
    }
}

row! {
    /// Who was heard, and what came of it; or why nobody was.
    pub struct Heard {
        /// Who.
        who: Text = required,
        /// When.
        date: Day,
        /// How.
        how: Text,
        /// What changed because of it.
        effect: Text,
        /// Why they were not heard.
        not_because: Text,
    }
}
