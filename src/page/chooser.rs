//! The choice of language at the root, and the page for what is not there: in every language at once.

use serde::Serialize;

use super::{Profile, World};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::model::text::Text;
use crate::route::Page;

#[derive(Serialize)]
struct View {
    lang: String,
    /// None where the page may stand at any depth and the site's own address is not known.
    style: Option<String>,
    icon: Option<String>,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    href: String,
    lang: String,
    title: String,
    organisation: Option<String>,
    enter: String,
    missing: String,
    /// The search, and what the link to it says.
    search: Option<String>,
    find: String,
}

/// The page at the root.
pub(super) fn render(world: &World, url: &UrlPath, _profile: Profile) -> Result<String, Diagnostic> {
    lay_out(world, "page/chooser.html", &|to| url.to(to))
}

/// The page that a server shows for what is not there, whatever its address. With the site's own address
/// known its links are whole and it looks like the others; else it is plain, and its links hold at the root.
pub(super) fn render_missing(world: &World, url: &UrlPath, _profile: Profile) -> Result<String, Diagnostic> {
    let base = world.reading.book.config.base_url.as_ref();
    let whole = |to: &UrlPath| base.map(|base| base.address.clone()).unwrap_or_default() + &to.encoded();
    if base.is_some() {
        return lay_out(world, "page/missing.html", &whole);
    }
    let mut view = view(world, &|to| url.to(to));
    (view.style, view.icon) = (None, None);
    put(world, "page/missing.html", &view)
}

fn lay_out(world: &World, template: &str, href: &dyn Fn(&UrlPath) -> String) -> Result<String, Diagnostic> {
    put(world, template, &view(world, href))
}

fn view(world: &World, href: &dyn Fn(&UrlPath) -> String) -> View {
    let book = &world.reading.book;
    View {
        lang: book.default_lang.to_string(),
        style: Some(href(&world.theme.style.path)),
        icon: Some(href(&world.theme.icon.path)),
        choices: book.langs.iter().filter_map(|lang| choice(world, href, *lang)).collect(),
    }
}

fn put(world: &World, template: &str, view: &View) -> Result<String, Diagnostic> {
    let mut context = tera::Context::new();
    context.insert("page", view);
    world.theme.render(template, &context)
}
fn choice(world: &World, href: &dyn Fn(&UrlPath) -> String, lang: Lang) -> Option<Choice> {
    let strings = world.theme.strings(lang);
    let text = |text: &Text| text.get(lang).map(str::to_owned);
    let own = format!("language.own.{lang}");
    Some(Choice {
        href: href(world.routes.page(lang, &Page::Home)?),
        lang: lang.to_string(),
        title: text(&world.reading.book.config.title).unwrap_or_else(|| strings.get(&own).to_owned()),
        organisation: text(&world.reading.book.config.organisation),
        enter: strings.get(&own).to_owned(),
        missing: strings.get("missing.text").to_owned(),
        search: world.routes.page(lang, &Page::Search).map(href),
        find: strings.get("missing.search").to_owned(),
    })
}
