//! Addresses of once: a small page that leads on, or one that says what became of what was there.

use serde::Serialize;

use super::frame::Head;
use super::words::{Link, Rich};
use super::{Cx, Profile, World, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::model::table::Key;
use crate::model::text::At;
use crate::route::{Former, Page};

/// The way on: plain, because browsers leave it at once.
#[derive(Serialize)]
struct Moved {
    lang: String,
    title: String,
    text: String,
    href: String,
    link: Link,
    canonical: String,
}

/// What became of it, with everything around it that helps on.
#[derive(Serialize)]
struct Gone {
    title: String,
    text: Option<Rich>,
    note: String,
}

/// The page at an address of once.
///
/// # Errors
/// Where a template fails, with its words.
pub fn former(world: &World, url: &UrlPath, former: &Former, profile: Profile) -> Result<String, Diagnostic> {
    let own = url.lang().filter(|lang| world.reading.book.langs.contains(lang));
    let lang = own.unwrap_or(world.reading.book.default_lang);
    // It is no page of the handbook, so it stands nowhere in it.
    let cx = Cx { world, profile, lang, url, page: &Page::Home };
    match former {
        Former::Moved(lang, page) => match link(cx, *lang, page) {
            Some(link) => moved(cx, *lang, link),
            None => gone(cx, None),
        },
        Former::Gone(row) => gone(cx, *row),
        Former::Copy(_) => Ok(String::new()),
    }
}

fn link(cx: Cx<'_>, lang: Lang, page: &Page) -> Option<Link> {
    let paper = match page {
        Page::Entity(key) => return cx.link(key).filter(|link| link.href.is_some()),
        Page::Paper(paper, id) => cx.link(&Key::new(paper.kind(), id.clone())),
        _ => None,
    };
    let name = page.word().map_or_else(|| cx.word("nav.home").to_owned(), |word| cx.word_of("nav", word));
    let name = paper.map_or(name.clone(), |of| format!("{name}: {}", of.words.text));
    let hreflang = (lang != cx.lang).then(|| lang.to_string());
    Some(Link { hreflang, ..Link::to(cx.url.to(cx.world.routes.page(lang, page)?), &name) })
}

fn moved(cx: Cx<'_>, lang: Lang, link: Link) -> Result<String, Diagnostic> {
    let (title, text) = if lang == cx.lang {
        (cx.word("former.moved_title"), cx.word("former.moved").to_owned())
    } else {
        let language = cx.language_phrase("in", lang);
        (cx.word("former.foreign_title"), cx.strings().with("former.foreign", &[("language", &language)]))
    };
    let href = link.href.clone().unwrap_or_default();
    let canonical = href.split('#').next().unwrap_or_default().to_owned();
    let view = Moved { lang: cx.lang.to_string(), title: title.to_owned(), text, href, link, canonical };
    let mut context = tera::Context::new();
    context.insert("page", &view);
    cx.world.theme.render("page/moved.html", &context)
}

fn gone(cx: Cx<'_>, row: Option<usize>) -> Result<String, Diagnostic> {
    let told = row.and_then(|at| cx.book().config.redirect.get(at));
    let text = told.and_then(|row| cx.rich(&row.gone, &At::root("site").field("redirect")));
    let key = if told.is_some() { "former.gone_title" } else { "former.hidden_title" };
    let title = cx.word(key).to_owned();
    let note = if told.is_some() { String::new() } else { cx.word("former.hidden").to_owned() };
    let head = Head { title: title.clone(), ..Head::default() };
    lay_out(cx, "page/gone.html", &Gone { title, text, note }, head)
}
