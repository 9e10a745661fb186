//! A handbook with what is worked out from all of it, each when somebody first asks: most pages need little.

use std::sync::{Arc, OnceLock};

use crate::model::book::Handbook;
use crate::model::division::Division;
use crate::model::glossary::Glossary;
use crate::model::links::Links;
use crate::model::ruling::Rulings;
use crate::model::translation::Translations;

/// A handbook, and what it says when all of it is read together.
pub struct Reading {
    /// The handbook.
    pub book: Handbook,
    glossary: Arc<Glossary>,
    links: Links,
    rulings: OnceLock<Rulings>,
    division: OnceLock<Division>,
    translations: OnceLock<Arc<Translations>>,
}

impl Reading {
    /// Takes a handbook; what was worked out from the same parts before is kept.
    pub fn new(book: Handbook, before: Option<&Reading>) -> Reading {
        let kept = before.filter(|before| Glossary::is_same(&book, &before.book));
        let glossary = kept.map_or_else(|| Arc::new(Glossary::new(&book)), |own| Arc::clone(&own.glossary));
        let links = Links::new(&book, before.map(|before| &before.links));
        let (rulings, division, translations) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Reading { book, glossary, links, rulings, division, translations }
    }

    /// Who mentions whom.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Which rules bind which tasks.
    pub fn rulings(&self) -> &Rulings {
        self.rulings.get_or_init(|| Rulings::new(&self.book))
    }

    /// Who does what.
    pub fn division(&self) -> &Division {
        self.division.get_or_init(|| Division::new(&self.book))
    }

    /// The words of the glossary.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    /// Which texts match their twins.
    pub fn translations(&self) -> &Translations {
        self.translations.get_or_init(|| self.compared())
    }

    /// The same, not kept for those who ask later: it takes much room, and after a check few pages need it.
    pub fn passing_translations(&self) -> Arc<Translations> {
        self.translations.get().map_or_else(|| self.compared(), Arc::clone)
    }

    fn compared(&self) -> Arc<Translations> {
        Arc::new(Translations::new(&self.book, &self.book.lock))
    }
}
