//! Pages as typed views: what each page shows, in finished words and links. Templates only lay it out.
//!
//! Layer 5. Knows no rules and no disk; findings reach a page only as data.

mod csv;
mod feedback;
mod frame;
mod navigation;
mod paper;
mod path;
mod prose;
mod sheet;
mod trust;
mod view;
mod words;

mod change;
mod checklist;
mod chooser;
mod former;
mod forum;
mod framework;
mod function;
mod guide;
mod home;
mod indicator;
mod innokyla;
mod law;
mod lent;
mod letters;
mod list;
mod mark;
mod markup;
mod measure;
mod mine;
mod onboarding;
#[expect(clippy::module_inception, reason = "the page of the kind `page`: every kind has its stem here")]
mod page;
mod partner;
mod phase;
mod pilot;
mod plain;
mod process;
mod question;
mod reading;
mod role;
mod rule;
mod search;
mod section;
mod segment;
mod segmentation;
mod service;
mod sitemap;
mod statute;
mod style;
mod task;
mod team;
mod term;
mod translation;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic};
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::model::book::Handbook;
use crate::model::cell::{Cell, expected};
use crate::model::coverage::{Loose, loose};
use crate::model::kind::Kind;
use crate::model::reading::Reading;
use crate::model::table::Key;
use crate::route::{Drafts, Format, List, Page, Route, Routes, View};
use crate::theme::{Strings, Theme};
pub use csv::chosen;
pub use former::former;
pub use navigation::Navigation;
use sheet::Sheet;
pub use sitemap::sitemap;

/// Everything that pages are made from. Cheap to clone: its parts are shared.
#[derive(Clone)]
pub struct World {
    /// The handbook, and what it says when all of it is read together.
    pub reading: Arc<Reading>,
    /// The addresses.
    pub routes: Arc<Routes>,
    /// Where one can go from every page.
    pub navigation: Arc<Navigation>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What the checks found.
    pub tally: Arc<Tally>,
    /// The day of reading.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// What several pages need and few handbooks are asked for.
    pub gathered: Arc<Gathered>,
}

/// What is worked out from the whole handbook when the first page asks for it.
#[derive(Default)]
pub struct Gathered {
    cells: OnceLock<Vec<Cell>>,
    loose: OnceLock<Vec<Loose>>,
    paths: path::Drawn,
}

impl World {
    /// The cells that the handbook can be expected to fill.
    fn cells(&self) -> &[Cell] {
        self.gathered.cells.get_or_init(|| expected(&self.reading.book, self.reading.division()))
    }

    /// Cases that nobody has, and cases that two have.
    fn loose(&self) -> &[Loose] {
        self.gathered.loose.get_or_init(|| loose(&self.reading.book))
    }
}

/// How many findings each check has given, by its name; checks that do not exist are not in it.
pub type Tally = BTreeMap<&'static str, Told>;

/// A check, and how many findings it has given.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// The check.
    pub code: Code,
    /// How many findings.
    pub found: usize,
}

/// For whom a page is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For readers.
    Publish,
    /// For those who write: every text carries its address in `data-src`.
    Preview,
}

/// A page being made: the world, and where in it the page stands.
#[derive(Clone, Copy)]
struct Cx<'a> {
    world: &'a World,
    profile: Profile,
    lang: Lang,
    url: &'a UrlPath,
    page: &'a Page,
}

impl<'a> Cx<'a> {
    fn book(&self) -> &'a Handbook {
        &self.world.reading.book
    }

    /// The words of the interface.
    fn strings(&self) -> &'a Strings {
        self.world.theme.strings(self.lang)
    }

    /// A word of the interface.
    fn word(&self, key: &'a str) -> &'a str {
        self.strings().get(key)
    }

    /// The word for one of several: a choice in a field, a share, a kind, a list.
    fn word_of(&self, group: &str, one: &str) -> String {
        self.strings().get(&format!("{group}.{one}")).to_owned()
    }
}

/// Renders a route that is a page; `None` where it is not one or is not there.
pub fn render(world: &World, route: &Route, profile: Profile) -> Option<Result<String, Diagnostic>> {
    let url = world.routes.url(route)?;
    match route {
        Route::Chooser => Some(chooser::render(world, url, profile)),
        Route::NotFound => Some(chooser::render_missing(world, url, profile)),
        Route::Page(lang, page) => {
            let cx = Cx { world, profile, lang: *lang, url, page };
            Some(match page {
                Page::Home => home::render(cx),
                Page::List(List::Terms) => term::render(cx),
                Page::List(list) => list::render(cx, *list),
                Page::Search => search::render(cx),
                Page::Translations => translation::render(cx),
                Page::Style => style::render(cx),
                Page::View(View::Whole) => view::whole::render(cx),
                Page::View(view) => sheet::view(cx, &view::sheet(cx, *view)),
                Page::Entity(key) => entity(cx, key)?,
                Page::Paper(paper, id) => {
                    let (sheet, entry) = paper::sheet(cx, *paper, id)?;
                    sheet::paper(cx, &sheet, entry)
                }
            })
        }
        Route::File(..) | Route::Asset(_) | Route::Media(_) | Route::Index(_) | Route::Passages(..) => None,
        Route::Data | Route::Schema | Route::Sitemap | Route::Former(_) => None,
    }
}

/// How far a step of the method has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its anchor.
    pub id: &'static str,
    /// What it is called.
    pub title: String,
    /// What is done.
    pub done: usize,
    /// What there is to do.
    pub of: usize,
}

/// How far the steps of the method have come, and the page that tells it.
pub fn progress(world: &World, lang: Lang) -> (Vec<Progress>, Option<&UrlPath>) {
    let page = Page::View(View::Method);
    let own = world.routes.page(lang, &page);
    let Some(url) = own.or_else(|| world.routes.page(lang, &Page::Home)) else { return (Vec::new(), None) };
    let cx = Cx { world, profile: Profile::Publish, lang, url, page: &page };
    (view::progress(cx), own)
}

/// What a page is also given out as; `None` where it is not there.
pub fn file(world: &World, lang: Lang, page: &Page, format: Format) -> Option<String> {
    let url = world.routes.page(lang, page)?;
    let cx = Cx { world, profile: Profile::Publish, lang, url, page };
    match (format, page) {
        (Format::Csv, Page::View(view)) => Some(csv::write(&view::sheet(cx, *view))),
        (Format::Csv, Page::List(list)) => Some(csv::list(cx, *list)),
        (Format::Csv, Page::Entity(key)) if key.kind == Kind::Framework => {
            Some(csv::matrix(cx, cx.book().tables.frameworks.get(&key.id)?))
        }
        (Format::Csv, Page::Entity(key)) => Some(csv::write(&sheet_of(cx, key)?)),
        (Format::Bpmn, Page::Entity(key)) => {
            Some(process::bpmn(cx, world.reading.book.tables.processes.get(&key.id)?))
        }
        (Format::Text, Page::Entity(key)) if key.kind == Kind::Pilot => {
            Some(innokyla::write(cx, world.reading.book.tables.pilots.get(&key.id)?))
        }
        _ => Some(String::new()),
    }
}

fn entity(cx: Cx<'_>, key: &Key) -> Option<Result<String, Diagnostic>> {
    let tables = &cx.book().tables;
    Some(match key.kind {
        Kind::Role => role::render(cx, tables.roles.get(&key.id)?),
        Kind::Function => function::render(cx, tables.functions.get(&key.id)?),
        Kind::Framework => framework::render(cx, tables.frameworks.get(&key.id)?),
        Kind::Phase => phase::render(cx, tables.phases.get(&key.id)?),
        Kind::Task => task::render(cx, tables.tasks.get(&key.id)?),
        Kind::Statute => statute::render(cx, tables.statutes.get(&key.id)?),
        Kind::Section => section::render(cx, tables.sections.get(&key.id)?),
        Kind::Page => page::render(cx, tables.pages.get(&key.id)?),
        Kind::Partner => partner::render(cx, tables.partners.get(&key.id)?),
        Kind::Process => process::render(cx, tables.processes.get(&key.id)?),
        Kind::Guide => guide::render(cx, tables.guides.get(&key.id)?),
        Kind::Checklist => checklist::render(cx, tables.checklists.get(&key.id)?),
        Kind::Onboarding => onboarding::render(cx, tables.onboardings.get(&key.id)?),
        _ => sheet::entity(cx, &sheet_of(cx, key)?, tables.entry(key.kind, &key.id)?),
    })
}

/// The page of an entity that is made of parts; `None` for kinds with a layout of their own and for those
/// that stand in a list.
fn sheet_of(cx: Cx<'_>, key: &Key) -> Option<Sheet> {
    let tables = &cx.book().tables;
    Some(match key.kind {
        Kind::Service => service::sheet(cx, tables.services.get(&key.id)?),
        Kind::Segmentation => segmentation::sheet(cx, tables.segmentations.get(&key.id)?),
        Kind::Segment => segment::sheet(cx, tables.segments.get(&key.id)?),
        Kind::Team => team::sheet(cx, tables.teams.get(&key.id)?),
        Kind::Forum => forum::sheet(cx, tables.forums.get(&key.id)?),
        Kind::Indicator => indicator::sheet(cx, tables.indicators.get(&key.id)?),
        Kind::Pilot => pilot::sheet(cx, tables.pilots.get(&key.id)?),
        _ => return None,
    })
}

/// Lays a view out: the frame around it, then the template of its kind.
fn lay_out(
    cx: Cx<'_>,
    template: &str,
    view: &impl Serialize,
    head: frame::Head,
) -> Result<String, Diagnostic> {
    let mut context = tera::Context::new();
    context.insert("page", view);
    context.insert("frame", &frame::frame(cx, head));
    context.insert_value("s", cx.strings().tree());
    cx.world.theme.render(template, &context).map(feedback::versioned)
}
