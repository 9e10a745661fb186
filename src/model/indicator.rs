//! An indicator: what is measured, why, and what has been measured so far.

use crate::model::measure::Number;
use crate::model::table::Ref;
use crate::model::team::Team;
use crate::model::text::Text;
use crate::model::values::Day;
use crate::{choices, record, row};

record! {
    /// An indicator.
    pub struct Indicator {
        /// What its values count.
        unit: Measure,
        /// From whose point of view it is looked at.
        viewpoint: Option<Viewpoint>,
        /// The question it answers.
        question: Text,
        /// The value that is aimed at.
        target: Option<Number>,
        /// Whether higher or lower values are better.
        better: Better,
        /// How it is measured.
        method: Text,
        /// Whether its values are made up to show how it looks.
        example: bool,
        /// What has been measured.
        value: Vec<Value>,
        /// What polku works out itself.
        computed: Option<Computed>,
        /// How far each team has taken the division of work into use.
        adopted: Vec<Adopted>,
    }
}

choices! {
    /// What values count.
    pub enum Measure {
        /// Per cent, from 0 to 100.
        Percent = "percent",
        /// Things or people.
        Number = "number",
        /// An average or an index.
        Index = "index",
        /// Days.
        Days = "days",
        /// Euros.
        Euros = "euros",
    }
}

choices! {
    /// From whose point of view.
    pub enum Viewpoint {
        /// The client's.
        Client = "client",
        /// The employee's.
        Employee = "employee",
        /// The management's.
        Management = "management",
        /// Society's.
        Society = "society",
    }
}

choices! {
    /// Which values are better.
    pub enum Better {
        /// Higher ones.
        Higher = "higher",
        /// Lower ones.
        Lower = "lower",
    }
}

choices! {
    /// What polku can work out from the handbook itself.
    pub enum Computed {
        /// The share of teams that have taken the division of work into use.
        Adoption = "adoption",
        /// The share of texts that match in all languages.
        Translations = "translations",
        /// How many reviews are overdue.
        OverdueReviews = "overdue_reviews",
    }
}

row! {
    /// A value.
    pub struct Value {
        /// The day, or the last day of the period.
        date: Day = required,
        /// The value.
        value: Option<Number> = required,
        /// How many answered.
        n: Option<u32>,
        /// The team it is about.
        team: Option<Ref<Team>>,
        /// Where it was told.
        source: Text,
    }
}

row! {
    /// How far a team has come.
    pub struct Adopted {
        /// The team.
        team: Option<Ref<Team>> = required,
        /// How far.
        stage: Stage,
        /// Since when.
        date: Day,
    }
}

choices! {
    /// How far something has come into use.
    pub enum Stage {
        /// Not begun.
        Planned = "planned",
        /// Begun.
        Begun = "begun",
        /// In use.
        InUse = "in_use",
    }
}
