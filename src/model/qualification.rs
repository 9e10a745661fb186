//! A qualification: a degree or right by which the law tells professions apart.

use crate::model::law::LawRef;
use crate::{choices, record};

record! {
    /// A qualification, such as sosionomi (AMK) / socionom (YH). Not a job: jobs are roles.
    pub struct Qualification {
        /// How the law protects it.
        grade: Grade,
        /// Where the law describes it.
        law: Vec<LawRef>,
    }
}

choices! {
    /// How the law protects a qualification (817/2015 3 §, 559/1994 2 §).
    pub enum Grade {
        /// No protection.
        Other = "other",
        /// Laillistettu / legitimerad.
        Licensed = "licensed",
        /// Nimikesuojattu / skyddad yrkesbeteckning.
        ProtectedTitle = "protected_title",
        /// A health professional.
        Health = "health",
    }
}
