//! A section of a statute. Written inside it: `[statute.shl.section."36"]`.

use crate::base::source::Span;
use crate::model::field::Visitor;
use crate::model::record::{FieldDef, Keys, Record};
use crate::model::text::{At, Text};
use crate::model::values::Day;
use crate::syntax::cite::SectionNumber;
use crate::syntax::slug::Slug;
use crate::{choices, record, row};

/// A section: what is written about it, and which it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// What is written about it.
    pub notes: SectionNotes,
    /// The statute, from where the section stands.
    pub statute: Option<Slug>,
    /// Where the statute is named.
    pub statute_span: Span,
    /// The number, from the key.
    pub number: Option<SectionNumber>,
}

record! {
    /// What is written about a section.
    pub struct SectionNotes {
        /// The chapter, where Finlex needs it in the address.
        chapter: Option<u32>,
        /// The anchor on Finlex, where not `sec_36`.
        anchor: Option<String>,
        /// What differs between the language versions of the law.
        language_note: Text,
        /// A coming change.
        change: Option<Change>,
    }
}

impl Record for Section {
    const KEYS: &'static [&'static str] = SectionNotes::KEYS;

    fn fields() -> Vec<FieldDef> {
        SectionNotes::fields()
    }

    fn read_keys(keys: &Keys<'_>, cx: &mut crate::model::field::ReadCx<'_>) -> Self {
        Section { notes: SectionNotes::read_keys(keys, cx), ..Section::default() }
    }

    fn visit_fields<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        self.notes.visit_fields(at, visitor);
    }
}

row! {
    /// A coming change of the law.
    pub struct Change {
        /// From when.
        date: Day,
        /// How certain it is.
        certainty: Certainty,
        /// What changes.
        text: Text,
    }
}

choices! {
    /// How certain a coming change is.
    pub enum Certainty {
        /// Passed.
        Passed = "passed",
        /// A bill has been given.
        Bill = "bill",
        /// Being prepared.
        Proposed = "proposed",
    }
}
