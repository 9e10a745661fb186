//! A section: what it says in own words, what it does not say alike in both languages, and what rests
//! on it.

use serde::Serialize;

use super::frame::Head;
use super::law::{ChangeView, Repealed, changes, quotes, repealed};
use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::kind::Kind;
use crate::model::section::Section;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::At;
use crate::route::List;

#[derive(Serialize)]
struct View {
    name: Words,
    number: String,
    statute: Option<Link>,
    summary: Option<Rich>,
    checked_text: String,
    finlex: Vec<Link>,
    language_note: Option<Rich>,
    repealed: Option<Repealed>,
    changes: Vec<ChangeView>,
    quotes: Html,
    body: Option<Piece>,
    mentions: Facts,
}

pub(super) fn render(cx: Cx<'_>, section: &Entry<Section>) -> Result<String, Diagnostic> {
    let kind = At::root("section");
    let at = kind.entity(section.id().as_str());
    let statute = section.data.statute.as_ref().and_then(|id| cx.book().tables.statutes.get(id));
    let link = section.data.statute.as_ref().and_then(|id| cx.link(&Key::new(Kind::Statute, id.clone())));
    let number = section.data.number.as_ref().map_or(String::new(), |number| format!("{number} §"));
    let name = cx.name(section);
    let list = super::role::head(cx, section, List::Statutes);
    let above = list.above.into_iter().chain(link.clone()).collect();
    let short = statute.and_then(|statute| statute.data.short.get(cx.lang).next().map(str::to_owned));
    let of = short.or_else(|| statute.map(|statute| cx.name(statute).text)).unwrap_or_default();
    let title = format!("{of} {number} {}", name.text).trim().to_owned();
    let head = Head { title, above, ..list };
    let own_changes = changes(cx, &section.data.notes.change, &at).into_iter();
    // What changes in the statute as a whole may touch this section too.
    let of_statute = statute.into_iter().flat_map(|statute| {
        let above = At::root("statute");
        changes(cx, &statute.data.change, &above.entity(statute.id().as_str()))
    });
    let view = View {
        name,
        number,
        statute: link,
        summary: cx.summary(section),
        checked_text: super::law::checked(cx, statute),
        finlex: statute.map_or_else(Vec::new, |statute| super::law::finlex(cx, statute, Some(section))),
        language_note: cx.rich(&section.data.notes.language_note, &at.field("language_note")),
        repealed: repealed(cx, section.data.notes.repealed, &section.data.notes.instead)
            .or_else(|| repealed(cx, statute?.data.repealed, &statute?.data.instead)),
        changes: own_changes.chain(of_statute).collect(),
        quotes: quotes(cx, &section.key()),
        body: cx.body(section),
        mentions: super::list::mentioned_by(cx, &section.key(), &[]),
    };
    lay_out(cx, "page/section.html", &view, head)
}
