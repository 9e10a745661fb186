//! The accessibility statement of a site (306/2019 9 §): what its writer says, and what is still lacking from it.

use crate::base::date::Date;
use crate::model::config::Config;
use crate::model::placed::{Placed, is_mail, is_web};
use crate::model::text::Text;
use crate::model::values::Day;
use crate::{choices, row};

row! {
    /// The accessibility statement.
    pub struct Accessibility {
        /// Who answers for the site; the organisation of the handbook where not given.
        responsible: Text,
        /// How far the site meets the requirements.
        status: Option<Conformance>,
        /// What is not accessible.
        barrier: Vec<Barrier>,
        /// How the site was assessed.
        assessed_by: Option<Assessor>,
        /// Who assessed it, where somebody else.
        assessor: Text,
        /// When it was assessed.
        assessed: Day,
        /// When the statement was first written.
        prepared: Day,
        /// When the statement was last gone through.
        updated: Day,
        /// Where to write about accessibility; the address for feedback where not given.
        mail: Option<Placed>,
        /// Where to call.
        phone: Option<String>,
        /// Within how many days an answer comes.
        answer_days: Option<u32>,
        /// The authority that supervises.
        authority: Option<Authority>,
        /// Whether all of it is made up.
        example: bool,
    }
}

row! {
    /// Something that is not accessible.
    pub struct Barrier {
        /// What, and whom it hinders.
        what: Text = required,
        /// Why it is so.
        because: Option<Because>,
        /// The reason in words, and how to get the same content otherwise.
        reason: Text,
        /// By when it is mended.
        until: Day,
    }
}

row! {
    /// The authority to which one can turn.
    pub struct Authority {
        /// What it is called.
        name: Text = required,
        /// Its page for complaints and requests for clarification.
        link: Option<Placed>,
        /// Its mail address.
        mail: Option<Placed>,
        /// Its telephone.
        phone: Option<String>,
    }
}

choices! {
    /// How far a site meets the requirements.
    pub enum Conformance {
        /// In everything.
        Full = "full",
        /// Mostly.
        Partial = "partial",
        /// Not.
        Failing = "none",
    }
}

choices! {
    /// How a site was assessed.
    pub enum Assessor {
        /// By those who publish it.
        Own = "self",
        /// By somebody else.
        ThirdParty = "third_party",
    }
}

choices! {
    /// Why something is not accessible.
    pub enum Because {
        /// It is not mended yet.
        NotYet = "not_yet",
        /// Mending it would be a disproportionate burden.
        Burden = "burden",
        /// The law does not ask it of this content.
        Outside = "outside",
    }
}

/// Something that a statement has to say and does not: its key in `[accessibility]`.
pub type Lack = &'static str;

/// What the statement of a handbook lacks, in the order in which it is read; everything where there is none.
pub fn lacking(config: &Config) -> Vec<Lack> {
    let none = Accessibility::default();
    let own = config.accessibility.as_ref().unwrap_or(&none);
    let lacks: [(Lack, bool); 8] = [
        ("responsible", own.responsible.is_empty() && config.organisation.is_empty()),
        ("status", own.status.is_none()),
        ("barrier", own.status.is_some_and(|status| status != Conformance::Full) && own.barrier.is_empty()),
        ("assessed_by", own.assessed_by.is_none()),
        ("assessed", own.assessed.0.is_none()),
        ("prepared", own.prepared.0.is_none()),
        ("mail", !is_reachable(config, own)),
        ("authority", own.authority.as_ref().is_none_or(Authority::is_mute)),
    ];
    lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(key, _)| key).collect()
}

/// Whether a reader can tell somebody about a barrier.
fn is_reachable(config: &Config, own: &Accessibility) -> bool {
    let mail = own.mail.as_ref().or(config.feedback.as_ref()).is_some_and(|mail| is_mail(&mail.words));
    let form = config.feedback_form.as_ref().is_some_and(|form| is_web(&form.words));
    mail || form || own.phone.is_some()
}

impl Authority {
    /// Whether it cannot be reached.
    fn is_mute(&self) -> bool {
        self.link.is_none() && self.mail.is_none() && self.phone.is_none()
    }
}

impl Accessibility {
    /// When somebody last went through the statement.
    pub fn current(&self) -> Option<Date> {
        self.updated.0.or(self.prepared.0)
    }

    /// What should have been mended before a day.
    pub fn overdue(&self, today: Date) -> impl Iterator<Item = &Barrier> {
        self.barrier.iter().filter(move |barrier| barrier.until.0.is_some_and(|until| until < today))
    }
}
