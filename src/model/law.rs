//! Citations in fields, and which statute or section a citation means.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::source::Span;
use crate::model;
use crate::model::field::{Field, Item, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::kind::Kind;
use crate::model::section::Section;
use crate::model::statute::Statute;
use crate::model::table::{Entry, Key, Table};
use crate::syntax::cite::{self, Citation, SectionNumber};
use crate::syntax::slug::Slug;
use crate::syntax::toml::{Data, Value};

/// A citation in a field: `"SHL 36 § 5 mom."`, or a whole statute: `"812/2000"`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LawRef {
    /// As written.
    pub text: Arc<str>,
    /// The statute as written.
    pub statute: Arc<str>,
    /// The section, where not the whole statute is meant.
    pub section: Option<SectionNumber>,
    /// The subsection (momentti / moment).
    pub subsection: Option<u16>,
    /// Where it stands.
    pub span: Span,
}

impl Field for LawRef {
    fn shape() -> Shape {
        Shape::Law
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Text(text) = &value.data else {
            cx.wrong_type(value, "law");
            return LawRef::default();
        };
        let whole = |text: &str| !text.contains('§') && !text.trim().contains(char::is_whitespace);
        let (statute, section, subsection) = match cite::parse(text) {
            Some(Citation { statute, section, subsection, .. }) => (statute, Some(section), subsection),
            None if whole(text) && !text.trim().is_empty() => (text.trim().into(), None, None),
            None => {
                cx.push(Diagnostic::at(model::BAD_CITATION, value.span).with("citation", &**text));
                return LawRef::default();
            }
        };
        LawRef { text: text.trim().into(), statute, section, subsection, span: value.span }
    }

    fn visit<'a>(
        &'a self,
        at: &crate::model::text::At<'_>,
        visitor: &mut dyn crate::model::field::Visitor<'a>,
    ) {
        visitor.law(at, self);
    }

    fn held(&self) -> Held<'_> {
        Held::Law(self)
    }
}

impl Item for LawRef {
    fn is_nothing(&self) -> bool {
        self.statute.is_empty()
    }
}

/// What a citation means in this handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cited {
    /// A known section.
    Section(Key),
    /// A known statute as a whole.
    Statute(Key),
    /// A known statute without the section.
    UnknownSection(Key),
    /// No known statute.
    UnknownStatute,
}

/// A section of a statute as it is cited: `SHL 36 §`, in Swedish `36 § SVL`; by number where there is no short name.
pub fn place(statute: &Entry<Statute>, section: &SectionNumber, lang: Lang) -> String {
    let place = format!("{section} §");
    match statute.data.short.get(lang).next() {
        Some(short) => placed(short, &place, lang),
        None => format!("{} {place}", statute.data.number),
    }
}

/// A place in a statute behind its name; Swedish names the statute behind the place: `36 § 5 mom. SVL`.
pub fn placed(short: &str, place: &str, lang: Lang) -> String {
    if lang == Lang::SV { format!("{place} {short}") } else { format!("{short} {place}") }
}

/// The names by which statutes are cited: ids, numbers, names, short and other names, in lower case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statutes {
    names: BTreeMap<String, Slug>,
    spellings: Vec<String>,
    sections: BTreeMap<(Slug, SectionNumber), Slug>,
}

impl Statutes {
    /// Gathers the names.
    pub fn new(statutes: &Table<Statute>, sections: &Table<Section>) -> Statutes {
        let mut names = BTreeMap::new();
        for statute in statutes.iter() {
            let of_law = [statute.data.number.as_str(), statute.id().as_str()];
            let full = statute.meta.name.words.iter().map(|(_, phrase)| &*phrase.words);
            let other = statute.data.short.all().chain(statute.meta.synonyms.all());
            for name in of_law.into_iter().chain(full).chain(other) {
                names.entry(name.to_lowercase()).or_insert_with(|| statute.id().clone());
            }
        }
        let numbered = sections.iter().filter_map(|section| {
            let statute = section.data.statute.clone()?;
            Some(((statute, section.data.number.clone()?), section.id().clone()))
        });
        let numbers = statutes.iter().map(|statute| statute.data.number.as_str());
        let shorts = statutes.iter().flat_map(|statute| statute.data.short.all());
        let spellings = shorts.chain(numbers).map(str::to_owned).collect();
        Statutes { names, spellings, sections: numbered.collect() }
    }

    /// The names, in small letters, each with the statute's id.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Slug)> {
        self.names.iter().map(|(name, id)| (name.as_str(), id))
    }

    /// Whether a word names a statute.
    pub fn knows(&self, name: &str) -> bool {
        self.names.contains_key(&name.to_lowercase())
    }

    /// Short names and numbers as they are written, for suggestions.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.spellings.iter().map(String::as_str)
    }

    /// What a statute and a section mean.
    pub fn find(&self, statute: &str, section: Option<&SectionNumber>) -> Cited {
        let name = |word: &str| self.names.get(&word.to_lowercase());
        let base = || cite::base_forms(statute).into_iter().find_map(|form| name(form.as_ref()));
        let Some(id) = name(statute).or_else(base) else { return Cited::UnknownStatute };
        let whole = Key::new(Kind::Statute, id.clone());
        let Some(section) = section else { return Cited::Statute(whole) };
        // A chapter that is not needed to tell sections apart may be given all the same.
        let plain = SectionNumber { chapter: None, ..section.clone() };
        let found = [section, &plain].into_iter().find_map(|n| self.sections.get(&(id.clone(), n.clone())));
        found.map_or(Cited::UnknownSection(whole), |id| Cited::Section(Key::new(Kind::Section, id.clone())))
    }
}
