//! Everything that is shown under the address it stands at, without what was published once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use foldhash::HashMap;

use super::{
    BAD_SLUG, DATA, DUPLICATE_URL, Drafts, Findable, Format, List, PASSAGES, Page, Paper, Route, Routes,
    SCHEMA, View,
};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::digest::Digest;
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::base::source::Span;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Key};
use crate::syntax::slug::Slug;
use crate::theme::{Strings, Theme};

/// The addresses of everything that is shown.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// What they are made of.
    state: Option<Digest>,
    pages: HashMap<Lang, HashMap<Page, UrlPath>>,
    /// The addresses of what is no page.
    files: HashMap<Route, UrlPath>,
    /// What stands where, in the order of addresses.
    routes: Vec<(UrlPath, Route)>,
    /// What can be found, in the order of the index.
    pub searched: BTreeMap<Lang, Vec<Findable>>,
    /// Lists and overviews that have nothing to show.
    pub empty: BTreeSet<Page>,
    /// Addresses that pages say they had, each with its place.
    pub slugs: Vec<(UrlPath, (Lang, Page), Span)>,
    /// What is wrong in them.
    pub told: Diagnostics,
}

/// All that addresses are made of beside the theme, in short.
pub(super) fn state(book: &Handbook, drafts: Drafts) -> Digest {
    let mut state = format!("{drafts:?} {:?} {:?}\n", book.langs, empty(book, drafts));
    // Writing to a String cannot fail.
    let _ = write!(state, "{} {:?}", book.config.base_url.is_some(), book.media.keys());
    for kind in Kind::ALL {
        let _ = writeln!(state, "\n{}", kind.as_str());
        for entry in book.tables.every(*kind) {
            entity_state(book, entry, &mut state);
        }
    }
    Digest::of(state.as_bytes())
}

fn entity_state(book: &Handbook, entry: &dyn AnyEntry, state: &mut String) {
    let (key, meta) = (entry.key(), entry.meta());
    state.push_str(key.id.as_str());
    if book.shown(&key).is_none() {
        state.push_str(" hidden");
    }
    if !meta.languages.is_empty() {
        let _ = write!(state, " {:?}", book.langs_of(meta));
    }
    for (lang, slug) in meta.slug.words.iter() {
        let _ = write!(state, " {lang}:{:?}", slug.words);
    }
    for (lang, words) in meta.former_slugs.0.iter() {
        let _ = write!(state, " {lang}!{:?}", words.iter().map(|words| &words.words).collect::<Vec<_>>());
    }
    state.push('\n');
}

/// Lists and overviews that have nothing to show.
fn empty(book: &Handbook, drafts: Drafts) -> BTreeSet<Page> {
    let lists = List::ALL.iter().filter(|list| list.is_empty(book)).copied().map(Page::List);
    // Who writes sees what a statement lacks before there is one.
    let wanted = |view: &View| *view == View::Statement && drafts == Drafts::Shown;
    let views = View::ALL.iter().filter(|view| view.is_empty(book) && !wanted(view));
    lists.chain(views.copied().map(Page::View)).collect()
}

impl Addresses {
    /// Gives everything that is shown its address.
    pub(super) fn new(book: &Handbook, theme: &Theme, (drafts, state): (Drafts, Digest)) -> Addresses {
        let mut maker = Maker::default();
        maker.made.empty = empty(book, drafts);
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
        let mut made = maker.made;
        made.routes.sort_by(|(one, _), (other, _)| one.cmp(other));
        Addresses { state: Some(state), ..made }
    }

    /// Whether nothing would be another where addresses are made of this. What they tell has places, which move.
    pub(super) fn holds_in(&self, state: Digest) -> bool {
        self.state == Some(state) && self.told.is_empty() && self.slugs.is_empty()
    }

    /// The address of a route.
    pub(super) fn url(&self, route: &Route) -> Option<&UrlPath> {
        match route {
            Route::Page(lang, page) => self.page(*lang, page),
            route => self.files.get(route),
        }
    }

    /// The address of a page in a language.
    pub(super) fn page(&self, lang: Lang, page: &Page) -> Option<&UrlPath> {
        self.pages.get(&lang)?.get(page)
    }

    /// What stands at an address.
    pub(super) fn find(&self, url: &UrlPath) -> Option<&Route> {
        let at = self.routes.binary_search_by(|(own, _)| own.cmp(url)).ok()?;
        self.routes.get(at).map(|(_, route)| route)
    }

    /// Everything, in the order of addresses.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&UrlPath, &Route)> {
        self.routes.iter().map(|(url, route)| (url, route))
    }

    fn add(&mut self, url: UrlPath, route: Route) {
        match &route {
            Route::Page(lang, page) => {
                drop(self.pages.entry(*lang).or_default().insert(page.clone(), url.clone()));
            }
            file => drop(self.files.insert(file.clone(), url.clone())),
        }
        self.routes.push((url, route));
    }
}

#[derive(Default)]
struct Maker {
    made: Addresses,
    taken: HashMap<UrlPath, Option<Span>>,
    told: BTreeSet<Span>,
}

impl Maker {
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
            if view == View::Statement && self.made.empty.contains(&Page::View(view)) {
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
            book.langs_of(entry.meta()).contains(&lang) && self.made.page(lang, &page).is_some()
        };
        let keys: Vec<Key> = book.tables.entries().filter(shown).map(AnyEntry::key).collect();
        let lists =
            List::ALL.iter().copied().filter(|list| keys.iter().any(|key| List::of(key.kind) == *list));
        let views = View::ALL.iter().copied().map(Page::View).filter(|view| !self.made.empty.contains(view));
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
        self.made.searched.insert(lang, found);
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
            self.made.slugs.extend(url.map(|url| (url, (lang, page.clone()), former.span)));
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
            self.made.told.push(Diagnostic::at(BAD_SLUG, span).with("slug", words).near_value(near));
            return meant;
        }
        slug
    }

    /// Gives a route its address; where that is taken, tells so and does not.
    fn add(&mut self, url: UrlPath, route: Route, span: Option<Span>) -> bool {
        if self.taken.contains_key(&url) {
            self.report_taken(&url, span);
            return false;
        }
        self.taken.insert(url.clone(), span);
        self.made.add(url, route);
        true
    }

    fn report_taken(&mut self, url: &UrlPath, span: Option<Span>) {
        // Told once, however many languages it happens in.
        if span.is_some_and(|span| !self.told.insert(span)) {
            return;
        }
        let finding = Diagnostic::of(DUPLICATE_URL).with("url", url.as_str());
        let finding = Diagnostic { span, ..finding };
        self.made.told.push(finding.also(self.taken.get(url).copied().flatten()));
    }
}

/// The folder of a list in the language of the words.
fn folder(list: List, words: &Strings) -> String {
    words.get(&format!("path.{}", list.as_str())).to_owned()
}
