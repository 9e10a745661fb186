//! A statute: its sections in own words, when they were checked, and what in the handbook rests on it.

use serde::Serialize;

use super::prose::Piece;
use super::words::{Fact, Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::model::kind::Kind;
use crate::model::section::Section;
use crate::model::statute::Statute;
use crate::model::table::{AnyEntry, Entry};
use crate::route::List;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    repealed: bool,
    checked_text: String,
    facts: Vec<Fact>,
    finlex: Vec<Link>,
    sections: Vec<SectionView>,
    body: Option<Piece>,
    mentions: Vec<Fact>,
}

#[derive(Serialize)]
struct SectionView {
    number: String,
    link: Option<Link>,
    summary: Option<Rich>,
}

pub(super) fn render(cx: Cx<'_>, statute: &Entry<Statute>) -> Result<String, Diagnostic> {
    let sections = cx.book().tables.sections.iter().filter(|s| s.data.statute.as_ref() == Some(statute.id()));
    let mut sections: Vec<&Entry<Section>> = sections.collect();
    sections.sort_by_key(|section| section.data.number.clone());
    let short: Vec<Link> = statute.data.short.get(cx.lang).map(Link::plain).collect();
    let facts =
        [cx.fact("statute.number", vec![Link::plain(&statute.data.number)]), cx.fact("statute.short", short)];
    let told = [cx.word("kinds.section")];
    let mentions = super::list::mentioned_by(cx, &statute.key()).into_iter();
    let view = View {
        kind: cx.kind_word(Kind::Statute),
        name: cx.name(statute),
        summary: cx.summary(statute),
        repealed: statute.data.repealed,
        checked_text: checked(cx, Some(statute)),
        facts: facts.into_iter().flatten().collect(),
        finlex: finlex(cx, statute, None),
        sections: sections.into_iter().map(|section| section_view(cx, section)).collect(),
        body: cx.body(statute),
        mentions: mentions.filter(|fact| !told.contains(&fact.label.as_str())).collect(),
    };
    lay_out(cx, "page/statute.html", &view, super::role::head(cx, statute, List::Statutes))
}

fn section_view(cx: Cx<'_>, section: &Entry<Section>) -> SectionView {
    let number = section.data.number.as_ref().map_or(String::new(), |number| format!("{number} §"));
    SectionView { number, link: cx.link(&section.key()), summary: cx.summary(section) }
}

/// When the summaries were last compared with the law, in a sentence.
pub(super) fn checked(cx: Cx<'_>, statute: Option<&Entry<Statute>>) -> String {
    match statute.and_then(|statute| statute.data.checked.0) {
        Some(date) => cx.strings().with("law.checked", &[("date", &cx.date(date))]),
        None => cx.word("law.unchecked").to_owned(),
    }
}

/// The up-to-date text on Finlex in both languages of the law, the page's language first.
///
/// Address form: `finlex.fi/fi/lainsaadanto/YEAR/NUMBER#sec_36`, `finlex.fi/sv/lagstiftning/…`; a wrong
/// anchor still opens the right act.
pub(super) fn finlex(cx: Cx<'_>, statute: &Entry<Statute>, section: Option<&Entry<Section>>) -> Vec<Link> {
    let Some((number, year)) = statute.data.number.split_once('/') else { return Vec::new() };
    let anchor = section.map_or(String::new(), |section| format!("#{}", anchor(&section.data)));
    let mut langs = [(Lang::FI, "fi/lainsaadanto"), (Lang::SV, "sv/lagstiftning")];
    langs.sort_by_key(|(lang, _)| *lang != cx.lang);
    let link = |(lang, folder): (Lang, &str)| {
        let href = format!("https://www.finlex.fi/{folder}/{year}/{number}{anchor}");
        let text = cx.strings().with("law.finlex", &[("language", &cx.language_phrase("in", lang))]);
        Link::to(href, &text)
    };
    langs.into_iter().map(link).collect()
}

fn anchor(section: &Section) -> String {
    if let Some(own) = &section.notes.anchor {
        return own.clone();
    }
    let number = section.number.as_ref();
    let part = number.map_or(String::new(), |number| {
        format!("{}{}", number.number, number.letter.map_or(String::new(), String::from))
    });
    let chapter = number.and_then(|number| number.chapter.map(u32::from)).or(section.notes.chapter);
    chapter.map_or(format!("sec_{part}"), |chapter| format!("chp_{chapter}__sec_{part}"))
}
