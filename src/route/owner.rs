//! What stands at a published address, in a word that outlives every renaming: `role/x`, `list/tasks`,
//! `paper/job/x`. The language and the format are told by the address itself.

use super::{Format, List, Page, Paper, Route, View};
use crate::base::output::{Media, UrlPath};
use crate::model::kind::Kind;
use crate::model::table::Key;
use crate::syntax::slug::Slug;

/// An attachment.
const FILE: &str = "file";

/// What stands at a route; none for what nobody links to: files of the theme and of the search, pictures.
pub(super) fn of(route: &Route) -> Option<String> {
    match route {
        Route::Page(_, Page::Translations | Page::Style)
        | Route::NotFound
        | Route::Former(_)
        | Route::Sitemap => None,
        Route::Asset(_) | Route::Index(_) | Route::Passages(..) => None,
        Route::Page(_, page) | Route::File(_, page, _) => Some(page.id()),
        Route::Chooser => Some("start".to_owned()),
        // A picture is seen on its page; nobody has a link to it.
        Route::Media(path) => (!is_picture(path.name())).then(|| FILE.to_owned()),
        Route::Data | Route::Schema => Some("data".to_owned()),
    }
}

/// The page of a word; none for files, and for pages that this program does not know.
pub(super) fn page(word: &str) -> Option<Page> {
    let Some((sort, name)) = word.split_once('/') else {
        return [Page::Home, Page::Search].into_iter().find(|page| page.id() == word);
    };
    match sort {
        "list" => List::ALL.iter().find(|list| list.as_str() == name).copied().map(Page::List),
        "view" => View::ALL.iter().find(|view| view.as_str() == name).copied().map(Page::View),
        "paper" => {
            let (paper, id) = name.split_once('/')?;
            let paper = Paper::ALL.iter().find(|own| own.as_str() == paper)?;
            Some(Page::Paper(*paper, Slug::new(id)?))
        }
        kind => Some(Page::Entity(Key::new(Kind::parse(kind)?, Slug::compound(name)?))),
    }
}

/// The entity that a page is about.
pub(super) fn about(page: &Page) -> Option<Key> {
    match page {
        Page::Entity(key) => Some(key.clone()),
        Page::Paper(paper, id) => Some(Key::new(paper.kind(), id.clone())),
        Page::Home | Page::Search | Page::Translations | Page::Style | Page::List(_) | Page::View(_) => None,
    }
}

/// The same page about another entity: its own page where there is no such paper of it.
pub(super) fn instead(page: &Page, key: &Key) -> Page {
    match page {
        Page::Paper(paper, _) if paper.kind() == key.kind => Page::Paper(*paper, key.id.clone()),
        _ => Page::Entity(key.clone()),
    }
}

/// The format that the ending of an address tells; none for pages.
pub(super) fn format(url: &UrlPath, page: &Page) -> Option<Format> {
    let ending = url.as_str().rsplit_once('.')?.1;
    Format::of(page).iter().find(|format| format.ending() == ending).copied()
}

/// Whether an address is that of a page, which can tell where something went.
pub(super) fn is_page(url: &UrlPath) -> bool {
    url.as_str().ends_with(".html")
}

fn is_picture(name: &str) -> bool {
    matches!(Media::of(name), Media::Png | Media::Jpeg | Media::Webp | Media::Svg)
}
