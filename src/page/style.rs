//! The style page: every part of a page once, laid out by the theme itself. Who changes a theme sees here what
//! that does; the checks of the browser look at it like at any other page.

use serde::Serialize;

use super::frame::Head;
use super::markup::Facts;
use super::path::Screens;
use super::sheet::{Cell, Table};
use super::words::{Fact, Link, Rich};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::division::Share;

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    /// The colours of the theme, by the ends of their names.
    colours: Vec<Colour>,
    sizes: Vec<u8>,
    path_html: Vec<Html>,
    alerts: Vec<Alert>,
    shares: Vec<ShareView>,
    facts: Facts,
    table: Table,
    link: Link,
    text: Rich,
}

#[derive(Serialize)]
struct Colour {
    name: &'static str,
    /// What it is used for.
    what: String,
}

#[derive(Serialize)]
struct Alert {
    sort: &'static str,
    title: String,
}

#[derive(Serialize)]
struct ShareView {
    share: &'static str,
    letter: String,
    word: String,
}

/// The colours of `css/tokens.css`, each with a class of its own in `css/part/style.css`.
const COLOURS: [&str; 11] =
    ["ink", "quiet", "paper", "ground", "soft", "accent", "link", "line", "hair", "focus", "alert"];

/// The sorts of call-outs that Markdown knows.
const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

pub(super) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let title = cx.word("nav.style").to_owned();
    let lead = cx.word("lead.style").to_owned();
    let head = Head { title: title.clone(), description: Some(lead.clone()), ..Head::default() };
    let frameworks = cx.book().tables.frameworks.iter();
    let here = |framework| super::framework::first_phase(framework);
    let view = View {
        title,
        lead,
        colours: COLOURS.map(|name| Colour { name, what: cx.word_of("colour", name) }).into(),
        sizes: (1..=6).rev().collect(),
        path_html: frameworks.filter_map(|own| cx.path(own, &here(own), Screens::All)).take(1).collect(),
        alerts: ALERTS.map(|sort| Alert { sort, title: cx.word_of("alert", sort) }).into(),
        shares: Share::ALL.map(|share| share_view(cx, share)).into(),
        facts: facts(cx),
        table: table(cx),
        link: link(cx),
        text: Rich::plain(cx.word("style.text")),
    };
    lay_out(cx, "page/style.html", &view, head)
}

fn share_view(cx: Cx<'_>, share: Share) -> ShareView {
    let of = |group: &str| cx.word_of(group, share.as_str());
    ShareView { share: share.as_str(), letter: of("letter"), word: of("share") }
}

fn link(cx: Cx<'_>) -> Link {
    Link::to("#_words".to_owned(), cx.word("style.link"))
}

fn facts(cx: Cx<'_>) -> Facts {
    let fact = |label, values| Fact { label: cx.word(label).to_owned(), values };
    let noted = link(cx).noted(Some(cx.word("style.remark").to_owned()));
    let plain = Link::plain(cx.word("style.value"));
    [fact("style.label", vec![plain]), fact("style.links", vec![link(cx), noted])].into_iter().collect()
}

fn table(cx: Cx<'_>) -> Table {
    let row =
        |number| vec![Cell::link(Some(link(cx))), Cell::plain(cx.word("style.value")), Cell::number(number)];
    let rows = ["7", "12,5", "1 234"].map(row).into();
    Table::new(cx, &["style.link", "style.label", "style.number"], rows)
}
