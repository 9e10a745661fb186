//! Addresses: every page and file of the site, one to one.
//!
//! Layer 4. Ids stay, so addresses do: nothing here depends on titles.

mod anchors;
mod former;
pub mod ledger;
pub mod list;
mod owner;
mod page;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::base::source::{SourcePath, Span};
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Key};
pub use crate::route::former::Former;
use crate::route::ledger::Ledger;
pub use crate::route::list::{Format, List, Paper, View};
pub use crate::route::page::Page;
pub use crate::route::shown::{Drafts, Shown};
use crate::syntax::slug::Slug;
use crate::theme::{Strings, Theme};

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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    pages: BTreeMap<Lang, BTreeMap<Page, UrlPath>>,
    urls: BTreeMap<Route, UrlPath>,
    routes: BTreeMap<UrlPath, Route>,
    searched: BTreeMap<Lang, Vec<Findable>>,
    /// Lists and overviews that have nothing to show.
    empty: BTreeSet<Page>,
    /// What stands where something was published once.
    former: BTreeMap<UrlPath, Former>,
    /// The anchors that each anchor of a page had before.
    aliases: BTreeMap<(Lang, Page), BTreeMap<String, BTreeSet<String>>>,
    /// Addresses that pages say they had, each with its place.
    slugs: Vec<(UrlPath, (Lang, Page), Span)>,
    /// What will have been published with this site.
    ledger: Ledger,
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
    /// Gives everything that is shown its address, and reports two things that claim the same one.
    pub fn new(book: &Handbook, theme: &Theme, drafts: Drafts, diags: &mut Diagnostics) -> Routes {
        let mut maker =
            Maker { routes: Routes::default(), spans: BTreeMap::new(), told: BTreeSet::new(), diags };
        maker.fixed("index.html", Route::Chooser);
        maker.fixed("404.html", Route::NotFound);
        maker.fixed(DATA, Route::Data);
        maker.fixed(SCHEMA, Route::Schema);
        if book.config.base_url.is_some() {
            maker.fixed("sitemap.xml", Route::Sitemap);
        }
        for asset in theme.assets() {
            maker.add(asset.path.clone(), Route::Asset(asset.path.clone()), None);
        }
        for path in book.media.keys() {
            let below = path.as_str().trim_start_matches("content/");
            maker.fixed(below, Route::Media(path.clone()));
        }
        let lists = List::ALL.iter().filter(|list| list.is_empty(book)).copied().map(Page::List);
        // Who writes sees what a statement lacks before there is one.
        let wanted = |view: &View| *view == View::Statement && drafts == Drafts::Shown;
        let views = View::ALL.iter().filter(|view| view.is_empty(book) && !wanted(view));
        let views = views.copied().map(Page::View);
        maker.routes.empty = lists.chain(views).collect();
        for lang in &book.langs {
            maker.language(book, *lang, theme.strings(*lang));
            maker.search(book, *lang, theme.strings(*lang));
            if drafts == Drafts::Shown {
                let many = (book.langs.len() > 1).then_some(("path.translations", Page::Translations));
                for (name, page) in many.into_iter().chain([("path.style", Page::Style)]) {
                    let name = theme.strings(*lang).get(name);
                    maker.fixed(&format!("{lang}/{name}.html"), Route::Page(*lang, page));
                }
            }
        }
        maker.routes
    }

    /// The address of a route that is shown.
    pub fn url(&self, route: &Route) -> Option<&UrlPath> {
        self.urls.get(route)
    }

    /// The address of a page in a language.
    pub fn page(&self, lang: Lang, page: &Page) -> Option<&UrlPath> {
        self.pages.get(&lang)?.get(page)
    }

    /// What stands at an address.
    pub fn find(&self, url: &UrlPath) -> Option<&Route> {
        self.routes.get(url)
    }

    /// Everything, in the order of addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&UrlPath, &Route)> {
        self.routes.iter()
    }

    /// What stands where something was published once.
    pub fn former(&self, url: &UrlPath) -> Option<&Former> {
        self.former.get(url)
    }

    /// The anchors that an anchor of a page had before.
    pub fn aliases(&self, lang: Lang, page: &Page, anchor: &str) -> impl Iterator<Item = &str> {
        let found = self.aliases.get(&(lang, page.clone())).and_then(|page| page.get(anchor));
        found.into_iter().flatten().map(String::as_str)
    }

    /// What will have been published with this site: everything that ever was.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Whether a list or an overview has nothing to show.
    pub fn is_empty(&self, page: &Page) -> bool {
        self.empty.contains(page)
    }

    /// What can be found in a language, in the order of the index.
    pub fn searched(&self, lang: Lang) -> &[Findable] {
        self.searched.get(&lang).map_or(&[], Vec::as_slice)
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

struct Maker<'a> {
    routes: Routes,
    spans: BTreeMap<UrlPath, Span>,
    told: BTreeSet<Span>,
    diags: &'a mut Diagnostics,
}

impl Maker<'_> {
    fn fixed(&mut self, path: &str, route: Route) {
        if let Some(path) = UrlPath::new(path) {
            self.add(path, route, None);
        }
    }

    fn language(&mut self, book: &Handbook, lang: Lang, words: &Strings) {
        self.fixed(&format!("{lang}/index.html"), Route::Page(lang, Page::Home));
        for list in List::ALL.iter().copied() {
            let folder = folder(list, words);
            let stem = if list.is_inline() { folder } else { format!("{folder}/index") };
            self.page(lang, &stem, Page::List(list), None);
        }
        for view in View::ALL.iter().copied() {
            // An empty list says so; a statement that nobody has written is no page.
            if view == View::Statement && self.routes.is_empty(&Page::View(view)) {
                continue;
            }
            self.page(lang, words.get(&format!("path.{}", view.as_str())), Page::View(view), None);
        }
        for entry in book.tables.entries() {
            if book.langs_of(entry.meta()).contains(&lang) {
                self.entity(book, entry, lang, words);
            }
        }
    }

    /// A page and what it is also given out as.
    fn page(&mut self, lang: Lang, stem: &str, page: Page, span: Option<Span>) {
        let url = |ending: &str| UrlPath::new(&format!("{lang}/{stem}.{ending}"));
        let Some(own) = url("html") else { return };
        let formats = Format::of(&page);
        let files: Vec<Route> = formats.iter().map(|f| Route::File(lang, page.clone(), *f)).collect();
        // Two pages with one address are told by themselves, not once more for each file beside them.
        if !self.add(own, Route::Page(lang, page), span) {
            return;
        }
        for (format, file) in formats.iter().zip(files) {
            if let Some(url) = url(format.ending()) {
                self.add(url, file, None);
            }
        }
    }

    /// The page of the search, its index, and the texts of what it finds.
    fn search(&mut self, book: &Handbook, lang: Lang, words: &Strings) {
        let name = words.get("path.search");
        self.fixed(&format!("{lang}/{name}.html"), Route::Page(lang, Page::Search));
        self.fixed(&format!("search/{lang}.js"), Route::Index(lang));
        let shown = |entry: &&dyn AnyEntry| {
            let page = Routes::page_of(&entry.key()).0;
            book.langs_of(entry.meta()).contains(&lang) && self.routes.page(lang, &page).is_some()
        };
        let keys: Vec<Key> = book.tables.entries().filter(shown).map(AnyEntry::key).collect();
        let lists =
            List::ALL.iter().copied().filter(|list| keys.iter().any(|key| List::of(key.kind) == *list));
        let views = View::ALL.iter().copied().map(Page::View).filter(|view| !self.routes.is_empty(view));
        let pages: Vec<Findable> = lists.map(Page::List).chain(views).map(Findable::Page).collect();
        let papers = keys.iter().flat_map(|key| {
            let own = Paper::ALL.iter().filter(|paper| paper.kind() == key.kind);
            own.map(|paper| Findable::Page(Page::Paper(*paper, key.id.clone())))
        });
        let papers: Vec<Findable> = papers.collect();
        let found = keys.into_iter().map(Findable::Entity).chain(pages).chain(papers);
        let found: Vec<Findable> = found.collect();
        for first in (0..found.len()).step_by(PASSAGES) {
            self.fixed(&format!("search/{lang}-{first}.js"), Route::Passages(lang, first));
        }
        self.routes.searched.insert(lang, found);
    }

    fn entity(&mut self, book: &Handbook, entry: &dyn AnyEntry, lang: Lang, words: &Strings) {
        let key = entry.key();
        let list = List::of(key.kind);
        // A role and a function with one id are told by themselves; the role has the page.
        let twin = key.kind == Kind::Function && book.tables.roles.get(&key.id).is_some();
        if list.is_inline() || twin {
            return;
        }
        let folder = folder(list, words);
        let slug = self.slug(book, entry, lang);
        for paper in Paper::ALL.iter().filter(|paper| paper.kind() == key.kind) {
            let stem = format!("{folder}/{slug}/{}", words.get(&format!("path.{}", paper.as_str())));
            self.page(lang, &stem, Page::Paper(*paper, key.id.clone()), None);
        }
        let page = Page::Entity(key);
        for former in entry.meta().former_slugs.0.get(lang).into_iter().flatten() {
            let slug = self.checked(&former.words, former.span);
            let url = slug.and_then(|slug| UrlPath::new(&format!("{lang}/{folder}/{slug}.html")));
            self.routes.slugs.extend(url.map(|url| (url, (lang, page.clone()), former.span)));
        }
        self.page(lang, &format!("{folder}/{slug}"), page, Some(entry.span()));
    }

    /// The last part of an address: the slug of the language, else the id. A section stands below its
    /// statute.
    fn slug(&mut self, book: &Handbook, entry: &dyn AnyEntry, lang: Lang) -> String {
        let key = entry.key();
        if let Some((statute, section)) = key.id.as_str().split_once(':') {
            let statute = Slug::new(statute).and_then(|id| book.tables.statutes.get(&id));
            let above = statute.map(|statute| self.slug(book, statute, lang));
            return format!("{}/{section}", above.unwrap_or_default());
        }
        let Some(own) = entry.meta().slug.words.get(lang) else { return key.id.to_string() };
        self.checked(&own.words, own.span).unwrap_or(key.id).to_string()
    }

    /// A part of an address; one with other letters is told and read as what was meant.
    fn checked(&mut self, words: &str, span: Span) -> Option<Slug> {
        let slug = Slug::new(words);
        if slug.is_none() {
            let meant = Slug::from_words(words);
            let near = meant.as_ref().map(Slug::as_str);
            self.diags.push(Diagnostic::at(BAD_SLUG, span).with("slug", words).near_value(near));
            return meant;
        }
        slug
    }

    /// Gives a route its address; where that is taken, tells so and does not.
    fn add(&mut self, url: UrlPath, route: Route, span: Option<Span>) -> bool {
        if self.routes.routes.contains_key(&url) {
            self.report_taken(&url, span);
            return false;
        }
        if let Some(span) = span {
            self.spans.insert(url.clone(), span);
        }
        if let Route::Page(lang, page) = &route {
            self.routes.pages.entry(*lang).or_default().insert(page.clone(), url.clone());
        }
        self.routes.urls.insert(route.clone(), url.clone());
        self.routes.routes.insert(url, route);
        true
    }

    fn report_taken(&mut self, url: &UrlPath, span: Option<Span>) {
        // Told once, however many languages it happens in.
        if span.is_some_and(|span| !self.told.insert(span)) {
            return;
        }
        let finding = Diagnostic::of(DUPLICATE_URL).with("url", url.as_str());
        let finding = Diagnostic { span, ..finding };
        self.diags.push(finding.also(self.spans.get(url).copied()));
    }
}

/// The folder of a list in the language of the words.
fn folder(list: List, words: &Strings) -> String {
    words.get(&format!("path.{}", list.as_str())).to_owned()
}
