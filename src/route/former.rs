//! Addresses that were published once: each still leads somewhere, or it is told that it does not.
//!
//! An entity keeps its id, so most of it needs nobody: where its part of the address changes, the old one
//! leads to the new one; what is out of sight says so. What is gone for good has to be told in `site.toml`.

mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ledger::{Ledger, Line};
use super::owner::{self, about};
use super::{FORMER_TAKEN, REDIRECT_AIMLESS, Route, Routes};
use super::{Page, anchors};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::base::source::Span;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::redirect::Redirect;
use crate::model::table::{AnyEntry, Key};
use crate::syntax::slug::Slug;

/// What stands at an address that was published once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Former {
    /// The way to the page that stands for it now: in this language, or that of the page.
    Moved(Lang, Page),
    /// A file that is given out elsewhere.
    Copy(Box<Route>),
    /// That it is no more, with the row of `site.toml` that says why; none where it is only out of sight.
    Gone(Option<usize>),
}

/// What became of an entity.
enum Fate {
    To(Key),
    Gone(Option<usize>),
    Missing,
}

impl Routes {
    /// Adds what keeps published addresses alive, and tells which are not.
    #[must_use]
    pub(crate) fn remember(self, book: &Handbook, ledger: &Ledger, diags: &mut Diagnostics) -> Routes {
        let rows: Vec<Row<'_>> = book.config.redirect.iter().map(|row| Row::new(book, row, diags)).collect();
        let used = BTreeSet::new();
        let (missing, lost) = (BTreeMap::new(), BTreeMap::new());
        let (routes, fresh, led_astray) = (self, Vec::new(), BTreeSet::new());
        let mut keeper = Keeper { book, ledger, rows, routes, used, missing, lost, led_astray, fresh, diags };
        for (url, line) in ledger.iter() {
            match keeper.routes.find(url).cloned() {
                Some(route) => keeper.stays(url, line, &route),
                None => keeper.goes(url, line),
            }
        }
        keeper.addresses();
        keeper.slugs();
        keeper.tell();
        keeper.routes
    }

    /// What will have been published with this site: everything there is now beside everything there was.
    pub(crate) fn ledger(&self, book: &Handbook, published: &Ledger) -> Ledger {
        let mut next = published.clone();
        for (url, route) in self.iter() {
            let Some(owner) = owner::of(route) else { continue };
            let anchors = match route {
                Route::Page(lang, page) => anchors::of(book, *lang, page),
                _ => Vec::new(),
            };
            let moved = self.moved.get(url).cloned().unwrap_or_default();
            next.set(url.clone(), Line { owner, anchors, moved, span: None });
        }
        next
    }
}

/// A row `[[redirect]]` as it is meant.
struct Row<'a> {
    row: &'a Redirect,
    /// Also where it is not shown now: a day that comes must not stop publishing.
    to: Option<Key>,
    /// Whether it has been told that it leads nowhere: then nothing more is told of it.
    aimless: bool,
}

impl<'a> Row<'a> {
    fn new(book: &Handbook, row: &'a Redirect, diags: &mut Diagnostics) -> Row<'a> {
        let to = row.to.as_ref().and_then(|to| to.target(book));
        let one = row.to.is_some() == row.gone.is_empty();
        let unread = row.gone.faulty || row.from.text.is_empty();
        let aimless = !one || (row.to.is_some() && to.is_none());
        if aimless && !unread {
            diags.push(Diagnostic::at(REDIRECT_AIMLESS, row.id.span).with("from", row.from.text.as_str()));
        }
        Row { row, to, aimless: aimless || unread }
    }

    fn is_of(&self, key: &Key) -> bool {
        let entity = self.row.from.entity.as_ref();
        entity.is_some_and(|own| own.id.as_ref() == Some(&key.id) && own.kinds().contains(&key.kind))
    }
}

struct Keeper<'a, 'd> {
    book: &'a Handbook,
    ledger: &'a Ledger,
    rows: Vec<Row<'a>>,
    routes: Routes,
    /// Rows that lead somebody.
    used: BTreeSet<usize>,
    /// Addresses that nothing stands for, by whose they were.
    missing: BTreeMap<String, Vec<(&'a UrlPath, Option<Span>)>>,
    /// Anchors that nothing stands for, by whose page they were on.
    lost: BTreeMap<&'a str, (UrlPath, Option<Span>, Vec<String>)>,
    /// Of whose pages it has been told that another's stands at their address.
    led_astray: BTreeSet<(Option<Key>, Option<Key>)>,
    /// Addresses that are new in this handbook.
    fresh: Vec<Key>,
    diags: &'d mut Diagnostics,
}

impl<'a> Keeper<'a, '_> {
    /// A page that is still there may lack anchors that it had. One that has a new id, or became one of
    /// another kind, is the same page, and keeps its readers.
    fn stays(&mut self, url: &UrlPath, line: &'a Line, route: &Route) {
        let Route::Page(lang, page) = route else { return };
        let was = owner::page(&line.owner);
        let (old, new) = (was.as_ref().and_then(about), about(page));
        let is_named_same = old.as_ref().map(|key| &key.id) == new.as_ref().map(|key| &key.id);
        let own = owner::of(route).as_deref() == Some(&*line.owner);
        if own || was.is_some_and(|was| self.is_same(&was, page)) || (is_named_same && new.is_some()) {
            self.follow(url, line, (*lang, page));
        } else if !is_named_same && self.led_astray.insert((old.clone(), new.clone())) {
            let finding = self.taken_told(url, line, (old.as_ref(), new.as_ref()));
            self.diags.push(finding);
        }
    }

    /// Follows the anchors that a page had to those it has at this address.
    fn follow(&mut self, url: &UrlPath, line: &'a Line, (lang, page): (Lang, &Page)) {
        if line.moved.is_empty() && anchors::are(self.book, lang, page, &line.anchors) {
            return;
        }
        let now = anchors::of(self.book, lang, page);
        let known = self.entries(page, line, &now);
        let followed = anchors::follow(line, &now, &known);
        let aliases = self.routes.aliases.entry((lang, page.clone())).or_default();
        for (old, new) in &followed.moved {
            if let Some(new) = new {
                aliases.entry(new.clone()).or_default().insert(old.clone());
            }
        }
        self.routes.moved.entry(url.clone()).or_default().extend(followed.moved);
        if !followed.lost.is_empty() {
            self.lost.entry(&line.owner).or_insert_with(|| (url.clone(), line.span, followed.lost));
        }
    }

    /// Where the anchors of entities lead that stand in a list no more: to another anchor of the list, or to
    /// its beginning. Those of which nothing is known are left out.
    fn entries(&mut self, page: &Page, line: &Line, now: &[String]) -> BTreeMap<String, Option<String>> {
        let mut known = BTreeMap::new();
        let gone = line.anchors.iter().chain(line.moved.keys()).filter(|anchor| !now.contains(anchor));
        for (anchor, key) in gone.filter_map(|anchor| Some((anchor, anchors::entity(page, anchor)?))) {
            let (fate, row) = self.fate(&key);
            self.used.extend(row);
            let to = match fate {
                Fate::Missing => continue,
                Fate::Gone(_) => None,
                Fate::To(key) => Routes::page_of(&key).1.filter(|anchor| now.contains(anchor)),
            };
            known.insert(anchor.clone(), to);
        }
        known
    }

    /// An address at which nothing stands any more.
    fn goes(&mut self, url: &'a UrlPath, line: &'a Line) {
        let lang = self.lang_of(url);
        let by_address = self.rows.iter().position(|row| is_at(row.row, url));
        let page = owner::page(&line.owner);
        let fate = match (by_address, &page) {
            (Some(at), _) => self.led(at),
            (None, Some(page)) => match about(page) {
                Some(key) => {
                    let (fate, row) = self.fate(&key);
                    self.used.extend(row);
                    fate
                }
                None => return self.put_page(url, line, (lang, page), page),
            },
            (None, None) => Fate::Missing,
        };
        match fate {
            // Nobody who asks for a file can be shown a page instead.
            Fate::To(_) if page.is_none() && !owner::is_page(url) => self.misses(url, line),
            Fate::To(key) => {
                let page = page.unwrap_or(Page::Home);
                self.put_page(url, line, (lang, &owner::instead(&page, &key)), &page);
            }
            Fate::Gone(row) if owner::is_page(url) => self.put(url, Former::Gone(row)),
            Fate::Gone(_) => {}
            Fate::Missing => self.misses(url, line),
        }
    }

    /// Leads an address to a page; a file beside the page it was made of is given out at its old address too.
    fn put_page(&mut self, url: &'a UrlPath, line: &'a Line, (lang, page): (Lang, &Page), was: &Page) {
        let Some((lang, page)) = self.place(lang, page) else { return self.misses(url, line) };
        if !owner::is_page(url) {
            let format = owner::format(url, was);
            let file = format.map(|format| Route::File(lang, page, format));
            if let Some(file) = file.filter(|file| self.routes.url(file).is_some()) {
                self.put(url, Former::Copy(Box::new(file)));
            }
            return;
        }
        // What was published at the old address only is remembered at the new one.
        let own = stands_on(&page);
        let now = self.routes.page(lang, &own).cloned().filter(|now| self.ledger.get(now).is_none());
        if let Some(now) = now.filter(|_| self.is_same(was, &page)) {
            self.follow(&now, line, (lang, &own));
        }
        self.put(url, Former::Moved(lang, page));
    }

    /// Whether a page is the same thing as one of once, also under another id.
    fn is_same(&self, was: &Page, now: &Page) -> bool {
        let renamed = about(was).and_then(|key| self.renamed(&key));
        was == now || (renamed.is_some() && renamed == about(now))
    }

    fn put(&mut self, url: &UrlPath, former: Former) {
        self.routes.former.insert(url.clone(), (Route::Former(url.clone()), former));
    }

    fn misses(&mut self, url: &'a UrlPath, line: &'a Line) {
        let page = owner::page(&line.owner);
        let key = page.as_ref().and_then(about).map(|key| self.outermost(key).to_string());
        // A file belongs to nobody but its address.
        self.missing.entry(key.unwrap_or_else(|| url.to_string())).or_default().push((url, line.span));
    }

    /// The statute of a section that went with it.
    fn outermost(&self, key: Key) -> Key {
        let statute = statute_of(&key).filter(|statute| self.book.entry(statute).is_none());
        statute.unwrap_or(key)
    }

    /// The language of an address; the default one where the handbook no longer has it.
    fn lang_of(&self, url: &UrlPath) -> Lang {
        url.lang().filter(|lang| self.book.langs.contains(lang)).unwrap_or(self.book.default_lang)
    }

    /// A page in this language, or else in another that it has.
    fn place(&self, lang: Lang, page: &Page) -> Option<(Lang, Page)> {
        let own = stands_on(page);
        let mut langs = std::iter::once(lang).chain(self.book.fallbacks.iter().copied());
        let found = langs.find(|lang| self.routes.page(*lang, &own).is_some());
        if let Some(lang) = found {
            return Some((lang, page.clone()));
        }
        // There is no such paper of it.
        let key = about(page).filter(|_| matches!(page, Page::Paper(..)))?;
        self.place(lang, &Page::Entity(key))
    }

    /// What became of an entity, and by which row.
    fn fate(&self, key: &Key) -> (Fate, Option<usize>) {
        if self.book.shown(key).is_some() {
            return (Fate::To(key.clone()), None);
        }
        if let Some(at) = self.rows.iter().position(|row| row.is_of(key)) {
            return (self.aim(at), Some(at));
        }
        if self.book.entry(key).is_some() {
            return (Fate::Gone(None), None);
        }
        if let Some(now) = self.renamed(key) {
            return (self.seen(now), None);
        }
        let Some(statute) = statute_of(key) else { return (Fate::Missing, None) };
        let (fate, row) = self.fate(&statute);
        (self.section(key, fate), row)
    }

    /// A section goes where its statute goes; one that a statute has no more is missed by itself.
    fn section(&self, key: &Key, statute: Fate) -> Fate {
        let Fate::To(now) = statute else { return statute };
        if Some(&now) == statute_of(key).as_ref() {
            return Fate::Missing;
        }
        let number = key.id.as_str().split_once(':').map_or("", |(_, number)| number);
        let section = Slug::compound(&format!("{}:{number}", now.id)).map(|id| Key::new(Kind::Section, id));
        Fate::To(section.filter(|section| self.book.shown(section).is_some()).unwrap_or(now))
    }

    /// The entity that once had this id: one that is shown, else one that is not.
    fn renamed(&self, key: &Key) -> Option<Key> {
        let id = key.id.as_str();
        let had = |entry: &&dyn AnyEntry| entry.meta().former_ids.iter().any(|former| former == id);
        let tables = &self.book.tables;
        let found = tables.of(key.kind).find(had).or_else(|| tables.every(key.kind).find(had));
        found.map(AnyEntry::key)
    }

    /// Leads to an entity; to the page that says so where it is a draft again, or not in force.
    fn seen(&self, key: Key) -> Fate {
        if self.book.shown(&key).is_some() { Fate::To(key) } else { Fate::Gone(None) }
    }

    fn aim(&self, row: usize) -> Fate {
        self.rows[row].to.clone().map_or(Fate::Gone(Some(row)), |key| self.seen(key))
    }

    fn led(&mut self, row: usize) -> Fate {
        self.used.insert(row);
        self.aim(row)
    }

    /// Rows about addresses that polku has not published: those of a site before.
    fn addresses(&mut self) {
        for at in 0..self.rows.len() {
            let row = self.rows[at].row;
            let url = UrlPath::decoded(&row.from.text).filter(|_| row.from.entity.is_none());
            let free = |url: &UrlPath| owner::is_page(url) && self.routes.find(url).is_none();
            let Some(url) = url.filter(free) else { continue };
            let lang = self.lang_of(&url);
            let (row, found) = match self.led(at) {
                Fate::To(key) => (Some(at), self.place(lang, &Page::Entity(key))),
                Fate::Gone(row) => (row, None),
                Fate::Missing => (Some(at), None),
            };
            let moved = found.map(|(lang, page)| Former::Moved(lang, page));
            self.put(&url, moved.unwrap_or(Former::Gone(row)));
        }
    }

    /// Parts of addresses that entities say they had.
    fn slugs(&mut self) {
        let shown = Arc::clone(&self.routes.shown);
        for (url, (lang, page), span) in &shown.slugs {
            match self.routes.find(url) {
                None => self.put(url, Former::Moved(*lang, page.clone())),
                Some(Route::Former(_)) => {}
                Some(_) => self.diags.push(Diagnostic::at(FORMER_TAKEN, *span).with("url", url.as_str())),
            }
        }
    }
}

/// The page on which something stands: an entity in a list stands on that of the list.
fn stands_on(page: &Page) -> Page {
    match page {
        Page::Entity(key) => Routes::page_of(key).0,
        page => page.clone(),
    }
}

fn is_at(row: &Redirect, url: &UrlPath) -> bool {
    row.from.entity.is_none() && UrlPath::decoded(&row.from.text).as_ref() == Some(url)
}

fn statute_of(key: &Key) -> Option<Key> {
    let (statute, _) = key.id.as_str().split_once(':').filter(|_| key.kind == Kind::Section)?;
    Some(Key::new(Kind::Statute, Slug::new(statute)?))
}
