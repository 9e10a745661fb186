//! The choice of language at the root, and the page for what is not there: in every language at once.

use serde::Serialize;

use super::{Profile, World};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::UrlPath;
use crate::model::text::Text;
use crate::route::{Page, Route};

#[derive(Serialize)]
struct View {
    lang: String,
    style: Option<String>,
    icon: String,
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
}

/// The page at the root.
pub(super) fn render(world: &World, url: &UrlPath, _profile: Profile) -> Result<String, Diagnostic> {
    lay_out(world, url, "page/chooser.html")
}

/// The page that a server shows for what is not there. Its address is unknown, so it links nothing but
/// the front pages, relative to the root, and needs no style.
pub(super) fn render_missing(world: &World, url: &UrlPath, _profile: Profile) -> Result<String, Diagnostic> {
    lay_out(world, url, "page/missing.html")
}

fn lay_out(world: &World, url: &UrlPath, template: &str) -> Result<String, Diagnostic> {
    let book = &world.book;
    let view = View {
        lang: book.default_lang.to_string(),
        style: Some(url.to(&world.theme.style.path)),
        icon: url.to(&world.theme.icon.path),
        choices: book.langs.iter().filter_map(|lang| choice(world, url, *lang)).collect(),
    };
    let mut context = tera::Context::new();
    context.insert("page", &view);
    world.theme.render(template, &context)
}

fn choice(world: &World, url: &UrlPath, lang: Lang) -> Option<Choice> {
    let strings = world.theme.strings(lang);
    let text = |text: &Text| text.get(lang).map(str::to_owned);
    let own = format!("language.own.{lang}");
    Some(Choice {
        href: url.to(world.routes.url(&Route::Page(lang, Page::Home))?),
        lang: lang.to_string(),
        title: text(&world.book.config.title).unwrap_or_else(|| strings.get(&own).to_owned()),
        organisation: text(&world.book.config.organisation),
        enter: strings.get(&own).to_owned(),
        missing: strings.get("missing.text").to_owned(),
    })
}
