//! What headings in the prose of roles mean: the phases they name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::{HashMap, HashSet};

use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::model::phase::Phase;
use crate::model::table::Table;
use crate::syntax::slug::Slug;

/// What phases are called, in the order of the handbook: all that cells are found by.
#[derive(Debug, Default, PartialEq)]
pub struct PhaseNames(Vec<(Slug, PerLang<Arc<str>>)>);

impl PhaseNames {
    /// The names of phases; those of before where they are the same.
    pub(super) fn of(phases: &Table<Phase>, before: Option<&Arc<PhaseNames>>) -> Arc<PhaseNames> {
        let names = phases.iter().map(|phase| {
            let words = phase.meta.name.words.map(|_, phrase| Arc::clone(&phrase.words));
            (phase.id().clone(), words)
        });
        let names = PhaseNames(names.collect());
        before.filter(|before| ***before == names).map_or_else(|| Arc::new(names), Arc::clone)
    }
}

/// What a heading may mean.
#[derive(Debug, Clone)]
pub(super) enum Title<'a> {
    /// Exactly this phase.
    Phase(&'a Slug),
    /// One of several phases of that name: the first is taken.
    Several(Vec<&'a Slug>),
    /// Probably this phase, of this name.
    Nearly(&'a Slug, &'a str),
}

/// Phases by what they are called.
pub(super) struct Meant<'a> {
    names: &'a PhaseNames,
    ids: HashSet<&'a str>,
    named: HashMap<(Lang, String), Vec<&'a Slug>>,
    /// What headings that name nothing are near to: many roles have the same ones.
    near: Mutex<BTreeMap<(Lang, String), Option<Title<'a>>>>,
}

impl<'a> Meant<'a> {
    /// Sorts the names.
    pub(super) fn of(names: &'a PhaseNames) -> Meant<'a> {
        let mut named: HashMap<(Lang, String), Vec<&Slug>> = HashMap::default();
        for (id, words) in &names.0 {
            for (lang, words) in words.iter() {
                named.entry((lang, words.to_lowercase())).or_default().push(id);
            }
        }
        let ids = names.0.iter().map(|(id, _)| id.as_str()).collect();
        Meant { names, ids, named, near: Mutex::default() }
    }

    /// The phase that a heading names, by its id or by its name in the language of the text.
    pub(super) fn title(&self, words: &str, lang: Lang) -> Option<Title<'a>> {
        if self.ids.contains(words) {
            return self.names.0.iter().find(|(id, _)| id.as_str() == words).map(|(id, _)| Title::Phase(id));
        }
        let name = (lang, words.to_lowercase());
        match self.named.get(&name).map(Vec::as_slice) {
            Some([one]) => Some(Title::Phase(one)),
            Some(several) => Some(Title::Several(several.to_vec())),
            None => {
                let mut near = self.near.lock().unwrap_or_else(PoisonError::into_inner);
                near.entry(name).or_insert_with_key(|(lang, words)| self.nearly(words, *lang)).clone()
            }
        }
    }

    fn nearly(&self, words: &str, lang: Lang) -> Option<Title<'a>> {
        let names = || self.names.0.iter().filter_map(move |(id, words)| Some((id, &**words.get(lang)?)));
        let near = nearest(words, names().map(|(_, name)| name))?;
        names().find(|(_, name)| *name == near).map(|(id, name)| Title::Nearly(id, name))
    }
}
