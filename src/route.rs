//! Addresses: every page and file of the site, one to one.
//!
//! Layer 4. Ids stay, so addresses do: nothing here depends on titles.

mod address;
mod anchors;
mod former;
pub mod ledger;
pub mod list;
mod owner;
mod page;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::diag::Diagnostics;
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::base::source::SourcePath;
use crate::model::book::Handbook;
use crate::model::table::Key;
use crate::route::address::Addresses;
pub use crate::route::former::Former;
pub use crate::route::list::{Format, List, Paper, View};
pub use crate::route::page::Page;
pub use crate::route::shown::{Drafts, Shown};
use crate::theme::Theme;

crate::codes! { "route/route.toml":
    DUPLICATE_URL = "duplicate-url",
    BAD_SLUG = "bad-slug",
    ADDRESS_GONE = "address-gone",
    ADDRESS_RENAMED = "address-renamed",
    ADDRESS_TAKEN = "address-taken",
    ATTACHMENT_GONE = "attachment-gone",
    ANCHOR_GONE = "anchor-gone",
    REDIRECT_AIMLESS = "redirect-aimless",
    REDIRECT_IDLE = "redirect-idle",
    FORMER_TAKEN = "former-taken",
    LEDGER_LINE = "urls-line",
    CONFLICT = "urls-conflict",
}

/// Of so many documents the texts stand in one file.
pub const PASSAGES: usize = 16;

/// The handbook as data.
pub const DATA: &str = "handbook.json";
/// The schema of that data.
pub const SCHEMA: &str = "handbook.schema.json";

/// Something that has an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The choice of language at the root.
    Chooser,
    /// What a server shows where there is nothing.
    NotFound,
    /// A page in a language.
    Page(Lang, Page),
    /// A file of the theme, by its address.
    Asset(UrlPath),
    /// A picture or attachment.
    Media(SourcePath),
    /// What a page is also given out as.
    File(Lang, Page, Format),
    /// What is searched in a language.
    Index(Lang),
    /// The texts of some documents of an index, for the passages of hits: the first of them by number.
    Passages(Lang, usize),
    /// The whole handbook as data.
    Data,
    /// What that data looks like.
    Schema,
    /// All pages with their twins, for search engines: only where the site's own address is known.
    Sitemap,
    /// An address at which something was published once.
    Former(UrlPath),
}

/// Every address of a site.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    shown: Arc<Addresses>,
    /// What stands where something was published once.
    former: BTreeMap<UrlPath, (Route, Former)>,
    /// The anchors that each anchor of a page had before.
    aliases: BTreeMap<(Lang, Page), BTreeMap<String, BTreeSet<String>>>,
    /// Anchors that are no more, each with the one it leads to.
    moved: BTreeMap<UrlPath, BTreeMap<String, Option<String>>>,
}

/// Something that can be searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Findable {
    /// An entity.
    Entity(Key),
    /// A list, an overview or a paper.
    Page(Page),
}

impl Routes {
    /// Gives everything that is shown its address, and reports two things that claim the same one. Addresses are
    /// kept where everything they are made of is as before, in the same theme.
    pub fn new(
        book: &Handbook,
        (theme, drafts): (&Theme, Drafts),
        before: Option<&Routes>,
        diags: &mut Diagnostics,
    ) -> Routes {
        let state = address::state(book, drafts);
        let kept = before.map(|before| &before.shown).filter(|shown| shown.holds_in(state));
        let shown = kept.map_or_else(|| Arc::new(Addresses::new(book, theme, (drafts, state))), Arc::clone);
        diags.extend(shown.told.iter().cloned());
        Routes { shown, ..Routes::default() }
    }

    /// The address of a route that is shown.
    pub fn url(&self, route: &Route) -> Option<&UrlPath> {
        self.shown.url(route)
    }

    /// The address of a page in a language.
    pub fn page(&self, lang: Lang, page: &Page) -> Option<&UrlPath> {
        self.shown.page(lang, page)
    }

    /// What stands at an address.
    pub fn find(&self, url: &UrlPath) -> Option<&Route> {
        self.shown.find(url).or_else(|| self.former.get(url).map(|(route, _)| route))
    }

    /// Everything, in the order of addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&UrlPath, &Route)> {
        let former = self.former.iter().map(|(url, (route, _))| (url, route));
        let mut all: Vec<(&UrlPath, &Route)> = self.shown.iter().chain(former).collect();
        all.sort_by_key(|(url, _)| *url);
        all.into_iter()
    }

    /// What stands where something was published once.
    pub fn former(&self, url: &UrlPath) -> Option<&Former> {
        self.former.get(url).map(|(_, former)| former)
    }

    /// The anchors that an anchor of a page had before.
    pub fn aliases(&self, lang: Lang, page: &Page, anchor: &str) -> impl Iterator<Item = &str> {
        let found = self.aliases.get(&(lang, page.clone())).and_then(|page| page.get(anchor));
        found.into_iter().flatten().map(String::as_str)
    }

    /// Whether a list or an overview has nothing to show.
    pub fn is_empty(&self, page: &Page) -> bool {
        self.shown.empty.contains(page)
    }

    /// What can be found in a language, in the order of the index.
    pub fn searched(&self, lang: Lang) -> &[Findable] {
        self.shown.searched.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// The page of an entity, and the anchor on it where it shares the page with others.
    pub fn page_of(key: &Key) -> (Page, Option<String>) {
        let list = List::of(key.kind);
        if list.is_inline() {
            return (Page::List(list), Some(format!("{}-{}", key.kind.as_str(), key.id)));
        }
        (Page::Entity(key.clone()), None)
    }
}
