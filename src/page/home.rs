//! The front page: the path, and three ways into every task.

use serde::Serialize;

use super::frame::{Head, list_name};
use super::path::Screens;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::framework::Framework;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Entry};
use crate::model::text::At;
use crate::route::{List, Page, View as Overview};

#[derive(Serialize)]
struct View {
    title: Words,
    summary: Option<Rich>,
    #[serde(serialize_with = "super::markup::said")]
    organisation: Option<Words>,
    frameworks: Vec<FrameworkView>,
    ways: Vec<Way>,
    /// What helps in the work itself.
    helps: Vec<Help>,
    pages: Vec<Card>,
}

#[derive(Serialize)]
struct FrameworkView {
    name: Html,
    href: Option<String>,
    summary: Option<Rich>,
    path_html: Option<Html>,
    #[serde(serialize_with = "super::markup::listed")]
    phases: Vec<Link>,
}

/// One of the ways in: by phase, role or law.
#[derive(Serialize)]
struct Way {
    title: String,
    text: String,
    href: String,
    #[serde(serialize_with = "super::markup::listed")]
    links: Vec<Link>,
    /// How many there are, where not all are shown.
    all: Option<String>,
}

/// More than this is a list and no way in.
const MOST_LINKS: usize = 8;

/// What is looked up in the middle of the work, in the order of the front page.
const HELPS: [Page; 6] = [
    Page::List(List::Processes),
    Page::List(List::Guides),
    Page::View(Overview::Decisions),
    Page::List(List::Services),
    Page::View(Overview::Places),
    Page::List(List::Onboardings),
];

/// A list or an overview, and what it is for.
#[derive(Serialize)]
struct Help {
    link: Link,
    text: String,
}

#[derive(Serialize)]
struct Card {
    link: Option<Link>,
    summary: Option<Rich>,
}

/// What the handbook is for, for search engines and link previews.
fn described(cx: Cx<'_>) -> Option<String> {
    let (_, words) = cx.book().config.summary.words.fallback(cx.lang, &cx.book().fallbacks)?;
    Some(words.words.to_string())
}

pub(super) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let config = &cx.book().config;
    let site = At::root("site");
    let title = cx.words(&config.title, &site.field("title")).unwrap_or_default();
    let summary = cx.rich(&config.summary, &site.field("summary"));
    let head = Head { title: title.text.clone(), description: described(cx), ..Head::default() };
    let view = View {
        organisation: cx.words(&config.organisation, &site.field("organisation")),
        title,
        summary,
        frameworks: cx
            .book()
            .tables
            .frameworks
            .iter()
            .map(|framework| framework_view(cx, framework))
            .collect(),
        ways: [List::Roles, List::Phases, List::Tasks, List::Statutes]
            .into_iter()
            .filter_map(|list| way(cx, list))
            .collect(),
        helps: HELPS.iter().filter_map(|page| help(cx, page)).collect(),
        pages: pages(cx),
    };
    lay_out(cx, "page/home.html", &view, head)
}

fn framework_view(cx: Cx<'_>, framework: &Entry<Framework>) -> FrameworkView {
    let keys: Vec<_> = framework.data.phases.iter().filter_map(|phase| cx.book().target(phase)).collect();
    let path_html = cx.path(framework, &[], Screens::All);
    FrameworkView {
        name: cx.name(framework).said(),
        href: cx.href(&framework.key()).map(|(href, _)| href),
        summary: cx.summary(framework),
        phases: if path_html.is_some() { Vec::new() } else { cx.links(&keys) },
        path_html,
    }
}

fn way(cx: Cx<'_>, list: List) -> Option<Way> {
    let (kinds, text): (&[Kind], &str) = match list {
        List::Roles => (&[Kind::Role, Kind::Function], "home.by_role"),
        List::Phases => (&[Kind::Phase], "home.by_phase"),
        List::Tasks => (&[Kind::Task], "home.by_task"),
        _ => (&[Kind::Statute], "home.by_law"),
    };
    let entries = kinds.iter().flat_map(|kind| cx.book().tables.of(*kind));
    let links: Vec<Link> = entries
        .filter(|entry| cx.href(&entry.key()).is_some())
        .filter_map(|entry| cx.link(&entry.key()))
        .collect();
    let href = cx.page_href(&Page::List(list)).filter(|_| !links.is_empty())?;
    let all = (links.len() > MOST_LINKS).then(|| format!("{} ({})", cx.word("home.all"), links.len()));
    let links = links.into_iter().take(MOST_LINKS).collect();
    Some(Way { title: list_name(cx, list), text: cx.word(text).to_owned(), href, links, all })
}

fn help(cx: Cx<'_>, page: &Page) -> Option<Help> {
    let text = cx.word_of("lead", page.word()?);
    Some(Help { link: super::frame::to_page(cx, page)?, text })
}

fn pages(cx: Cx<'_>) -> Vec<Card> {
    let pages = super::list::pages_in_order(cx.book());
    pages.into_iter().map(|page| card(cx, page)).collect()
}

/// An entity as a card: its name and what it is.
fn card(cx: Cx<'_>, entry: &dyn AnyEntry) -> Card {
    Card { link: cx.link(&entry.key()), summary: cx.summary(entry) }
}
