//! A page of free prose.

use serde::Serialize;

use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::model::kind::Kind;
use crate::model::page::Page;
use crate::model::table::{Entry, Key};
use crate::route::{List, View};
use crate::syntax::markdown::plain;

#[derive(Serialize)]
struct Shown {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    audience: Vec<Link>,
    /// The overview it explains.
    overview: Option<Link>,
    #[serde(serialize_with = "super::markup::listed")]
    contents: Vec<Link>,
    body: Option<Piece>,
}

/// A page with fewer headings needs no list of contents.
const CONTENTS_FROM: usize = 4;

pub(super) fn render(cx: Cx<'_>, page: &Entry<Page>) -> Result<String, Diagnostic> {
    let audience: Vec<Key> = page.data.audience.iter().filter_map(|role| cx.book().target(role)).collect();
    let view = Shown {
        kind: cx.kind_word(Kind::Page),
        name: cx.name(page),
        summary: cx.summary(page),
        audience: cx.links(&audience),
        overview: overview(cx, page),
        contents: contents(cx, page),
        body: cx.body(page),
    };
    lay_out(cx, "page/page.html", &view, super::role::head(cx, page, List::Pages))
}

fn overview(cx: Cx<'_>, page: &Entry<Page>) -> Option<Link> {
    let word = page.data.explains?.as_str();
    let view = View::ALL.iter().find(|view| view.as_str() == word)?;
    let href = cx.page_href(&crate::route::Page::View(*view)).filter(|_| !view.is_empty(cx.book()))?;
    Some(Link::to(href, &cx.word_of("nav", word)))
}

fn contents(cx: Cx<'_>, page: &Entry<Page>) -> Vec<Link> {
    let Some((_, prose)) = page.prose.fallback(cx.lang, &cx.book().fallbacks) else { return Vec::new() };
    let headings = prose.doc.headings().zip(&prose.anchors).filter(|((_, heading, _), _)| heading.level == 2);
    let links: Vec<Link> = headings
        .map(|((_, heading, _), anchor)| Link::to(format!("#{anchor}"), &plain(&heading.text)))
        .collect();
    if links.len() < CONTENTS_FROM { Vec::new() } else { links }
}
