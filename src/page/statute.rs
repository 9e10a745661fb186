//! A statute: its sections in own words, when they were checked, and what in the handbook rests on it.

use serde::Serialize;

use super::law::{ChangeView, Repealed, changes, checked, finlex, quotes, repealed};
use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::kind::Kind;
use crate::model::section::Section;
use crate::model::statute::Statute;
use crate::model::table::{AnyEntry, Entry};
use crate::model::text::At;
use crate::route::List;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    repealed: Option<Repealed>,
    changes: Vec<ChangeView>,
    quotes: Html,
    checked_text: String,
    facts: Facts,
    finlex: Vec<Link>,
    sections: Vec<SectionView>,
    body: Option<Piece>,
    mentions: Facts,
}

#[derive(Serialize)]
struct SectionView {
    number: String,
    link: Option<Link>,
    summary: Option<Rich>,
    repealed: Option<Repealed>,
}

pub(super) fn render(cx: Cx<'_>, statute: &Entry<Statute>) -> Result<String, Diagnostic> {
    let kind = At::root("statute");
    let at = kind.entity(statute.id().as_str());
    let sections = cx.book().tables.sections.iter().filter(|s| s.data.statute.as_ref() == Some(statute.id()));
    let mut sections: Vec<&Entry<Section>> = sections.collect();
    sections.sort_by_key(|section| section.data.number.clone());
    let short: Vec<Link> = statute.data.short.get(cx.lang).map(Link::plain).collect();
    let facts =
        [cx.fact("statute.number", vec![Link::plain(&statute.data.number)]), cx.fact("statute.short", short)];
    let view = View {
        kind: cx.kind_word(Kind::Statute),
        name: cx.name(statute),
        summary: cx.summary(statute),
        repealed: repealed(cx, statute.data.repealed, &statute.data.instead),
        changes: changes(cx, &statute.data.change, &at),
        quotes: quotes(cx, &statute.key()),
        checked_text: checked(cx, Some(statute)),
        facts: facts.into_iter().flatten().collect(),
        finlex: finlex(cx, statute, None),
        sections: sections.into_iter().map(|section| section_view(cx, section)).collect(),
        body: cx.body(statute),
        mentions: super::list::mentioned_by(cx, &statute.key(), &[Kind::Section]),
    };
    lay_out(cx, "page/statute.html", &view, super::role::head(cx, statute, List::Statutes))
}

fn section_view(cx: Cx<'_>, section: &Entry<Section>) -> SectionView {
    let number = section.data.number.as_ref().map_or(String::new(), |number| format!("{number} §"));
    let repealed = repealed(cx, section.data.notes.repealed, &[]);
    SectionView { number, link: cx.link(&section.key()), summary: cx.summary(section), repealed }
}
