//! The pages there are, whatever their language.

use super::{List, Paper, View};
use crate::model::table::Key;
use crate::syntax::slug::Slug;

/// A page, whatever its language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// The front page.
    Home,
    /// A list.
    List(List),
    /// The search, and everything from A to Ö.
    Search,
    /// How far the texts match their twins: for those who write.
    Translations,
    /// What the theme makes of every part of a page: for those who look after it.
    Style,
    /// An overview.
    View(View),
    /// An entity's own page.
    Entity(Key),
    /// A paper made of an entity.
    Paper(Paper, Slug),
}

impl Page {
    /// A word for it that stays when its title and address change: `role/x`, `list/tasks`, `paper/job/x`.
    pub fn id(&self) -> String {
        match self {
            Page::Home => "home".to_owned(),
            Page::Search => "search".to_owned(),
            Page::Translations => "translations".to_owned(),
            Page::Style => "style".to_owned(),
            Page::List(list) => format!("list/{}", list.as_str()),
            Page::View(view) => format!("view/{}", view.as_str()),
            Page::Entity(key) => key.to_string(),
            Page::Paper(paper, id) => format!("paper/{}/{id}", paper.as_str()),
        }
    }

    /// The word of a list, an overview or a paper in the theme's strings.
    pub fn word(&self) -> Option<&'static str> {
        match self {
            Page::List(list) => Some(list.as_str()),
            Page::View(view) => Some(view.as_str()),
            Page::Paper(paper, _) => Some(paper.as_str()),
            Page::Home | Page::Search | Page::Translations | Page::Style | Page::Entity(_) => None,
        }
    }
}
