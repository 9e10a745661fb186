//! An indicator: what is measured, why, and what has been measured so far.

use crate::model::measure::{Number, Range};
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
        /// The least and the greatest value that there can be; of per cent always 0 and 100.
        scale: Option<Range>,
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

/// Of so many answers of a team nobody can tell who gave which.
pub const FEW: u32 = 5;

impl Indicator {
    /// The least and the greatest value that there can be, where that is known.
    pub fn bounds(&self) -> Option<(f64, f64)> {
        if self.unit == Measure::Percent {
            return Some((0.0, 100.0));
        }
        self.scale.and_then(|scale| Some((f64::from(scale.from), f64::from(scale.to?))))
    }

    /// Whether a value must not be shown because so few of a team answered. Where the whole of that day is told
    /// and leaves fewer than that many behind the teams that are shown, those few could be worked out: then the
    /// smallest of the others is hidden with them.
    pub fn is_hidden(&self, value: &Value) -> bool {
        if value.team.is_none() || value.is_few() {
            return value.is_few();
        }
        let same_day = || self.value.iter().filter(|other| other.date == value.date);
        let whole = same_day().find(|other| other.team.is_none() && other.value.is_some());
        let open = || same_day().filter(|other| other.team.is_some() && !other.is_few());
        let few = same_day().filter(|other| other.is_few()).count();
        let shown: Option<u32> = open().map(|other| other.n).sum();
        let behind = whole.and_then(|whole| whole.n?.checked_sub(shown?));
        let told = behind.map_or(few == 1, |behind| behind < FEW);
        let least = open().min_by_key(|other| (other.n.unwrap_or(u32::MAX), other.id.span.start));
        whole.is_some() && few > 0 && told && least == Some(value)
    }
}

impl Value {
    /// Whether so few of a team answered that one of them could be recognised.
    fn is_few(&self) -> bool {
        self.team.is_some() && self.n.is_some_and(|n| n < FEW)
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
        /// Weekdays, as deadlines in law count them.
        Weekdays = "weekdays",
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
