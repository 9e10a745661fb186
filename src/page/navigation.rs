//! Where one can go from every page: found once, because every page shows it.

use std::collections::BTreeMap;

use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::route::list::{MAIN, MORE};
use crate::route::{Page, Routes};
use crate::theme::Theme;

/// The lists and overviews that have something to show, language by language.
#[derive(Default)]
pub struct Navigation(BTreeMap<Lang, Places>);

/// What stands at the head and at the foot of the pages of a language.
#[derive(Default)]
pub(super) struct Places {
    /// At the head.
    pub main: Vec<Place>,
    /// At the foot, in groups with their titles.
    pub more: Vec<(String, Vec<Place>)>,
}

/// A page under its name.
pub(super) struct Place {
    pub page: Page,
    pub url: UrlPath,
    pub name: String,
}

impl Navigation {
    /// Gathers where one can go.
    pub fn new(routes: &Routes, theme: &Theme, langs: &[Lang]) -> Navigation {
        Navigation(langs.iter().map(|lang| (*lang, places(routes, theme, *lang))).collect())
    }

    /// What the pages of a language show.
    pub(super) fn of(&self, lang: Lang) -> &Places {
        static NOTHING: Places = Places { main: Vec::new(), more: Vec::new() };
        self.0.get(&lang).unwrap_or(&NOTHING)
    }
}

fn places(routes: &Routes, theme: &Theme, lang: Lang) -> Places {
    let words = theme.strings(lang);
    let place = |page: Page| {
        let url = routes.page(lang, &page).filter(|_| !routes.is_empty(&page))?.clone();
        let own = if page == Page::Style { "style" } else { "translations" };
        let name = words.get(&format!("nav.{}", page.word().unwrap_or(own))).to_owned();
        Some(Place { page, url, name })
    };
    let group = |(word, pages): &(&str, &[Page])| {
        // The pages for those who write, where they are shown, come last.
        let writers = [Page::Translations, Page::Style].into_iter().filter(|_| *word == "development");
        let places: Vec<Place> = pages.iter().cloned().chain(writers).filter_map(place).collect();
        (!places.is_empty()).then(|| (words.get(&format!("more.{word}")).to_owned(), places))
    };
    Places {
        main: MAIN.iter().map(|list| Page::List(*list)).filter_map(place).collect(),
        more: MORE.iter().filter_map(group).collect(),
    }
}
