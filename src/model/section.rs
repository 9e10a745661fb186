//! A section of a statute. Written inside it: `[statute.shl.section."36"]`.

use crate::base::source::Span;
use crate::model::field::Visitor;
use crate::model::held::Fields;
use crate::model::law::LawRef;
use crate::model::record::{FieldDef, Keys, Record};
use crate::model::statute::Change;
use crate::model::text::{At, Text};
use crate::model::values::Since;
use crate::record;
use crate::syntax::cite::SectionNumber;
use crate::syntax::slug::Slug;

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
        /// Whether it has been repealed, or from when.
        repealed: Since,
        /// What to cite instead.
        instead: Vec<LawRef>,
        /// Announced changes.
        change: Vec<Change>,
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

    fn held_fields(&self) -> Fields<'_> {
        self.notes.held_fields()
    }
}
