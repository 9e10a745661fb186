//! A team: where and with whom it works, and how it is reached.

use crate::model::area::Area;
use crate::model::segment::Segment;
use crate::model::table::Ref;
use crate::model::text::Text;
use crate::model::values::Tag;
use crate::{record, row};

record! {
    /// A team. Its members are the roles that name it.
    pub struct Team {
        /// The area it works in.
        area: Vec<Ref<Area>>,
        /// The clients it works with.
        segment: Vec<Ref<Segment>>,
        /// When it works.
        shift: Text,
        /// The languages in which it serves.
        serves_in: Vec<Tag>,
        /// How it is reached.
        contact: Option<Contact>,
    }
}

row! {
    /// How a team is reached: never a person.
    pub struct Contact {
        /// The telephone number.
        phone: Option<String>,
        /// The mail address.
        mail: Option<String>,
        /// When it answers.
        hours: Text,
        /// Where it is visited.
        address: Text,
    }
}
