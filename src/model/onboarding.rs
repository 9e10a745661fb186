//! An onboarding path: what somebody new to a role reads, tries and talks over, day by day.

use crate::model::guide::Guide;
use crate::model::mention::Mention;
use crate::model::role::Role;
use crate::model::table::{Bearer, Ref};
use crate::model::text::Text;
use crate::{record, row};

record! {
    /// An onboarding path.
    pub struct Onboarding {
        /// For whom.
        role: Vec<Ref<Role>> = required,
        /// Its steps.
        step: Vec<OnboardingStep>,
    }
}

row! {
    /// A step of an onboarding path.
    pub struct OnboardingStep {
        /// The working day by which it is taken; 1 is the first.
        day: Option<u32> = required,
        /// What is done.
        text: Text = required,
        /// What is read.
        read: Vec<Mention>,
        /// What is tried out.
        practise: Option<Ref<Guide>>,
        /// With whom it is talked over.
        discuss_with: Option<Ref<Bearer>>,
    }
}
