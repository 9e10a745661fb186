//! What stands around every page: navigation, the way here, the language switch, trust and help.

use serde::Serialize;

use super::Cx;
use super::feedback::{Feedback, feedback};
use super::navigation::Place;
use super::search::{Search, search};
use super::trust::{Trust, names, trust};
use super::words::{Link, Words};
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::model::config::Urgent;
use crate::model::logo::Picture;
use crate::model::table::{AnyEntry, Key};
use crate::model::text::{At, Text, TextId};
use crate::model::translation;
use crate::route::{List, Page, Route, View};
use crate::syntax::markdown::plain;

/// What a page says about itself.
#[derive(Default)]
pub(super) struct Head<'a> {
    /// Its title.
    pub title: String,
    /// What it is, for search engines and link previews.
    pub description: Option<String>,
    /// The pages above it, outermost first, without the front page.
    pub above: Vec<Link>,
    /// Whose page it is: gives status, owner and review.
    pub entry: Option<&'a dyn AnyEntry>,
}

#[derive(Serialize)]
pub(super) struct Frame {
    lang: String,
    title: String,
    site: Words,
    organisation: Option<Words>,
    description: Option<String>,
    home: String,
    nav: Html,
    more: Vec<NavGroup>,
    crumbs: Vec<Link>,
    switch: Vec<Switch>,
    search: Search,
    style: String,
    script: String,
    icon: String,
    feedback: Option<Feedback>,
    statement: Option<Link>,
    logo: Option<Logo>,
    urgent: Option<Help>,
    #[serde(serialize_with = "super::markup::said")]
    owner: Option<Words>,
    /// What else the thing is called.
    also: Vec<String>,
    trust: Option<Trust>,
    stale: Option<Stale>,
}

/// That parts of a page are older than in another language.
#[derive(Serialize)]
struct Stale {
    text: String,
    parts: Vec<Link>,
    link: Link,
}

/// The same of an entry that stands in a list, in short.
#[derive(Serialize)]
pub(super) struct StaleMark {
    text: String,
    link: Link,
}

/// Places to go to that have something in common.
#[derive(Serialize)]
struct NavGroup {
    title: String,
    items: Html,
}

#[derive(Serialize)]
struct Switch {
    href: String,
    lang: String,
    text: String,
    current: bool,
}

/// The sign of the organisation.
#[derive(Serialize)]
struct Logo {
    light: String,
    /// The one for dark pages; without it the logo keeps a light ground.
    dark: Option<String>,
    alt: Words,
    width: Option<u32>,
    height: Option<u32>,
}

#[derive(Serialize)]
struct Help {
    name: Html,
    phone: Option<String>,
    call: Option<String>,
    #[serde(serialize_with = "super::markup::said")]
    text: Option<Words>,
}

/// The frame of a page.
pub(super) fn frame(cx: Cx<'_>, head: Head<'_>) -> Frame {
    let config = &cx.book().config;
    let text = |text: &Text, key: &str| cx.words(text, &At::root("site").field(key));
    let theme = &cx.world.theme;
    let places = cx.world.navigation.of(cx.lang);
    Frame {
        lang: cx.lang.to_string(),
        title: head.title.clone(),
        site: text(&config.title, "title").unwrap_or_default(),
        organisation: text(&config.organisation, "organisation").filter(|name| !is_in_logo(cx, name)),
        description: head.description,
        home: cx.page_href(&Page::Home).unwrap_or_default(),
        nav: nav(cx, &places.main),
        more: more(cx, &places.more),
        crumbs: crumbs(cx, head.above),
        switch: switch(cx),
        search: search(cx),
        style: cx.url.to(&theme.style.path),
        script: cx.url.to(&theme.script.path),
        icon: cx.url.to(&theme.icon.path),
        feedback: feedback(cx, &head.title),
        statement: to_page(cx, &Page::View(View::Statement)),
        logo: logo(cx),
        urgent: config.urgent.as_ref().map(|urgent| help(cx, urgent)),
        owner: text(&config.owner, "owner"),
        also: head.entry.map(|entry| names(cx, entry)).unwrap_or_default(),
        trust: head.entry.map(|entry| trust(cx, entry)),
        stale: head.entry.and_then(|entry| stale(cx, entry)),
    }
}

/// The logo, where there is one that can be shown.
fn logo(cx: Cx<'_>) -> Option<Logo> {
    let (shown, config) = (&cx.book().logo, cx.book().config.logo.as_ref()?);
    let light = shown.light.as_ref()?;
    let alt = cx.words(&config.alt, &At::root("site").field("logo").field("alt")).unwrap_or_default();
    let dark = shown.dark.as_ref().and_then(|dark| source(cx, dark));
    let (width, height) = light.size.map(|size| (size.width, size.height)).unzip();
    Some(Logo { light: source(cx, light)?, dark, alt, width, height })
}

fn source(cx: Cx<'_>, picture: &Picture) -> Option<String> {
    Some(cx.url.to(cx.world.routes.url(&Route::Media(picture.path.clone()))?))
}

/// Whether the logo says the name already.
fn is_in_logo(cx: Cx<'_>, name: &Words) -> bool {
    logo(cx).is_some_and(|logo| logo.alt.text == name.text)
}

/// Places to go to, seen from this page, as items of a list.
fn nav(cx: Cx<'_>, places: &[Place]) -> Html {
    let mut out = Writer::default();
    for place in places {
        out.raw("<li><a").attr("href", &cx.url.to(&place.url));
        if is_current(cx.page, &place.page) {
            out.raw(" aria-current=\"true\"");
        }
        out.raw(">").text(&place.name).raw("</a></li>");
    }
    out.finish()
}

/// A list or an overview under its name, unless it has nothing to show.
pub(super) fn to_page(cx: Cx<'_>, page: &Page) -> Option<Link> {
    let href = cx.page_href(page).filter(|_| !cx.world.routes.is_empty(page))?;
    Some(Link::to(href, &cx.word_of("nav", page.word()?)))
}

fn more(cx: Cx<'_>, groups: &[(String, Vec<Place>)]) -> Vec<NavGroup> {
    groups.iter().map(|(title, places)| NavGroup { title: title.clone(), items: nav(cx, places) }).collect()
}

/// The name of a list in the language of the page.
pub(super) fn list_name(cx: Cx<'_>, list: List) -> String {
    cx.word_of("nav", list.as_str())
}

fn is_current(here: &Page, page: &Page) -> bool {
    let kind = match here {
        Page::Entity(key) => key.kind,
        Page::Paper(paper, _) => paper.kind(),
        Page::Home | Page::Search | Page::Translations | Page::Style | Page::List(_) | Page::View(_) => {
            return here == page;
        }
    };
    *page == Page::List(List::of(kind))
}

/// The way from the front page to the page above this one.
fn crumbs(cx: Cx<'_>, above: Vec<Link>) -> Vec<Link> {
    if *cx.page == Page::Home {
        return Vec::new();
    }
    let home = cx.page_href(&Page::Home).map(|href| Link::to(href, cx.word("nav.home")));
    home.into_iter().chain(above).collect()
}

/// The same page in each language; a page that is in one language only leads to the front page of the
/// others.
fn switch(cx: Cx<'_>) -> Vec<Switch> {
    let one = |lang: &Lang| {
        let same = cx.world.routes.page(*lang, cx.page);
        let home = || cx.world.routes.page(*lang, &Page::Home);
        Some(Switch {
            href: cx.url.to(same.or_else(home)?),
            lang: lang.to_string(),
            text: cx.language_phrase("own", *lang),
            current: *lang == cx.lang,
        })
    };
    if cx.book().langs.len() < 2 { Vec::new() } else { cx.book().langs.iter().filter_map(one).collect() }
}

fn help(cx: Cx<'_>, urgent: &Urgent) -> Help {
    let site = At::root("site");
    let at = site.field("urgent");
    Help {
        name: cx.words(&urgent.name, &at.field("name")).unwrap_or_default().said(),
        phone: urgent.phone.clone(),
        call: urgent.phone.as_deref().map(call),
        text: cx.words(&urgent.text, &at.field("text")),
    }
}

/// A link that calls a number.
pub(super) fn call(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

fn stale(cx: Cx<'_>, entry: &dyn AnyEntry) -> Option<Stale> {
    let key = entry.key();
    let stale = translation::stale(cx.book(), entry, cx.lang);
    let (_, newer) = stale.first()?;
    Some(Stale {
        text: cx.strings().with("trust.stale", &[("language", &language(cx, *newer))]),
        parts: stale.iter().filter_map(|(id, _)| part(cx, &key, id)).collect(),
        link: in_language(cx, *newer, None)?,
    })
}

/// That an entry of a list is older than in another language, with the way to it there.
pub(super) fn stale_mark(cx: Cx<'_>, key: &Key, anchor: &str) -> Option<StaleMark> {
    let stale = translation::stale(cx.book(), cx.book().entry(key)?, cx.lang);
    let (_, newer) = stale.first()?;
    Some(StaleMark {
        text: cx.strings().with("trust.stale_mark", &[("language", &language(cx, *newer))]),
        link: in_language(cx, *newer, Some(anchor))?,
    })
}

fn language(cx: Cx<'_>, lang: Lang) -> String {
    let own = crate::model::words::language(lang);
    own.get(cx.lang).cloned().unwrap_or_else(|| lang.to_string())
}

/// This page in another language, under the name that the language has for itself.
fn in_language(cx: Cx<'_>, lang: Lang, anchor: Option<&str>) -> Option<Link> {
    let url = cx.world.routes.page(lang, cx.page)?;
    let link = Link::to(cx.with_anchor(url, anchor), &cx.language_phrase("own", lang));
    Some(Link { hreflang: Some(lang.to_string()), ..link })
}

/// What a part of an entity is called: a heading of its prose, or the label of a field.
pub(super) fn part(cx: Cx<'_>, key: &Key, id: &TextId) -> Option<Link> {
    let rest = id.as_str().strip_prefix(&key.to_string())?;
    if let Some(field) = rest.strip_prefix('.') {
        let field = field.split('.').next().unwrap_or(field);
        let label = crate::model::words::label(key.kind, field, cx.lang)?;
        return Some(Link::plain(&label.label));
    }
    let anchor = rest.strip_prefix('#')?;
    let (_, prose) = cx.book().entry(key)?.prose().fallback(cx.lang, &cx.book().fallbacks)?;
    let heading = prose
        .doc
        .headings()
        .find(|(at, _, _)| prose.anchor_at(*at).is_some_and(|own| own.as_str() == anchor));
    Some(match heading {
        Some((_, heading, _)) => Link::to(format!("#{anchor}"), &plain(&heading.text)),
        None => Link::plain(cx.word("trust.intro")),
    })
}

pub(super) fn owner_link(cx: Cx<'_>, owner: &str) -> Link {
    let id = crate::syntax::slug::Slug::new(owner);
    let kinds = crate::model::kind::Kind::ACTORS.iter();
    let key = id.and_then(|id| {
        kinds
            .map(|kind| crate::model::table::Key::new(*kind, id.clone()))
            .find(|key| cx.book().entry(key).is_some())
    });
    key.and_then(|key| cx.link(&key)).unwrap_or_else(|| Link::plain(owner))
}
