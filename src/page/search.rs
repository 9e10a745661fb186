//! The way to the search from every page, and the page of the search, which without scripts is a list of
//! everything from A to Ö.

use std::collections::BTreeSet;

use serde::Serialize;

use super::frame::Head;
use super::letters::{Letter, by_letter};
use super::words::Link;
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::model::names::other_names;
use crate::model::table::AnyEntry;
use crate::route::{Findable, Page, Route};

/// What a page needs to search: addresses, all relative to the page.
#[derive(Serialize)]
pub(super) struct Search {
    /// The page of the search.
    href: String,
    /// Whether that is the page itself.
    here: bool,
    /// The script that searches.
    client: String,
    /// What it searches.
    index: String,
    /// What stands before an address that begins at the root.
    root: String,
    /// What the other languages have, for when this one has nothing.
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Other {
    lang: String,
    index: String,
    title: String,
}

/// The way from a page to the search.
pub(super) fn search(cx: Cx<'_>) -> Search {
    let index = |lang: Lang| cx.world.routes.url(&Route::Index(lang)).map(|url| cx.url.to(url));
    let others = cx.book().langs.iter().copied().filter(|lang| *lang != cx.lang);
    let title = |lang| cx.strings().with("search.other", &[("language", &cx.language_phrase("in", lang))]);
    let other = |lang: Lang| Some(Other { lang: lang.to_string(), index: index(lang)?, title: title(lang) });
    let chooser = cx.world.routes.url(&Route::Chooser).map(|url| cx.url.to(url)).unwrap_or_default();
    Search {
        href: cx.page_href(&Page::Search).unwrap_or_default(),
        here: *cx.page == Page::Search,
        client: cx.url.to(&cx.world.theme.search.path),
        index: index(cx.lang).unwrap_or_default(),
        root: chooser.trim_end_matches("index.html").to_owned(),
        others: others.filter_map(other).collect(),
    }
}

#[derive(Serialize)]
struct View {
    title: String,
    letters: Vec<Letter<Named>>,
    empty: String,
}

/// A name of something, or another word under which it is looked for.
#[derive(Serialize)]
struct Named {
    /// The other word.
    word: Option<String>,
    link: Link,
    kind: String,
}

pub(super) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let title = cx.word("nav.search").to_owned();
    let description = Some(cx.word("search.lead").to_owned());
    let head = Head { title: title.clone(), description, ..Head::default() };
    let found = cx.world.routes.searched(cx.lang).iter();
    let letters = by_letter(found.flat_map(|found| match found {
        Findable::Entity(key) => cx.book().entry(key).map_or_else(Vec::new, |entry| names(cx, entry)),
        Findable::Page(page) => page_line(cx, page).into_iter().collect(),
    }));
    let empty = cx.word("list.empty").to_owned();
    lay_out(cx, "page/search.html", &View { title, letters, empty }, head)
}

/// A list or an overview, under its own name; papers are led to by what they are made of.
fn page_line(cx: Cx<'_>, page: &Page) -> Option<(String, Named)> {
    if matches!(page, Page::Paper(..)) {
        return None;
    }
    let name = cx.word_of("nav", page.word()?);
    let link = Link::to(cx.page_href(page)?, &name);
    Some((name, Named { word: None, link, kind: cx.word("search.a_list").to_owned() }))
}

/// The name of an entity and the other words for it, each with what stands in its line; nothing where it has no
/// name in this language.
fn names(cx: Cx<'_>, entry: &dyn AnyEntry) -> Vec<(String, Named)> {
    let key = entry.key();
    let Some((name, link)) = entry.meta().name.get(cx.lang).zip(cx.link(&key)) else { return Vec::new() };
    let kind = place(cx, entry).unwrap_or_else(|| cx.kind_word(key.kind));
    let line =
        |word: Option<&str>| Named { word: word.map(str::to_owned), link: link.clone(), kind: kind.clone() };
    let mut seen = BTreeSet::from([name.to_lowercase()]);
    let other = other_names(entry).into_iter().filter(|(lang, _)| *lang == cx.lang).map(|(_, word)| word);
    let other = other.filter(|word| seen.insert(word.to_lowercase()));
    let see = other.map(|word| (word.to_owned(), line(Some(word))));
    std::iter::once((name.to_owned(), line(None))).chain(see).collect()
}

/// A section is told by where it stands in its statute: `SHL 36 §`.
fn place(cx: Cx<'_>, entry: &dyn AnyEntry) -> Option<String> {
    cx.book().place_of(&entry.key()).map(|(statute, number)| cx.place(statute, number))
}
