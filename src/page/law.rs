//! What pages of the law share: how current a summary is, what changes, and what is written about it.

use serde::Serialize;

use super::Cx;
use super::markup::{self, Facts};
use super::words::{Link, Rich};
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::links::Quote;
use crate::model::section::Section;
use crate::model::statute::{Certainty, Change, Statute};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::At;
use crate::model::values::Since;

/// That a statute or section is no longer in force.
#[derive(Serialize)]
pub(super) struct Repealed {
    text: String,
    instead: Vec<Link>,
}

/// Says so, unless it still is in force on the day of reading.
pub(super) fn repealed(cx: Cx<'_>, since: Since, instead: &[LawRef]) -> Option<Repealed> {
    let text = match since.day() {
        Some(day) => cx.strings().with("law.repealed_on", &[("date", &cx.date(day))]),
        None => cx.word("law.repealed").to_owned(),
    };
    since.holds(cx.world.today).then(|| Repealed { text, instead: cx.law(instead) })
}

/// An announced change.
#[derive(Serialize)]
pub(super) struct ChangeView {
    when: String,
    certainty: String,
    text: Option<Rich>,
}

/// The announced changes of a statute or section at this address.
pub(super) fn changes(cx: Cx<'_>, changes: &[Change], at: &At<'_>) -> Vec<ChangeView> {
    let field = at.field("change");
    let view = |(position, change): (usize, &Change)| {
        let name = change.id.name(position);
        ChangeView {
            when: when(cx, change),
            certainty: cx.word_of("change", change.certainty.as_str()),
            text: cx.rich(&change.text, &field.field(&name).field("text")),
        }
    };
    changes.iter().enumerate().map(view).collect()
}

/// From when: a bill has no day on which it surely comes into force.
fn when(cx: Cx<'_>, change: &Change) -> String {
    let key = match (change.date.0, change.certainty) {
        (None, _) => return cx.word("change.undated").to_owned(),
        (Some(day), Certainty::Passed) if day <= cx.world.today => "change.since",
        (Some(_), Certainty::Passed) => "change.from",
        (Some(_), Certainty::Bill | Certainty::Proposed) => "change.planned",
    };
    cx.strings().with(key, &[("date", &change.date.0.map(|day| cx.date(day)).unwrap_or_default())])
}

/// An announced change with what it touches.
#[derive(Serialize)]
pub(super) struct ChangedView {
    number: Option<String>,
    link: Option<Link>,
    changes: Vec<ChangeView>,
    touches: Facts,
}

/// Every statute and section with an announced change.
pub(super) fn changed(cx: Cx<'_>) -> Vec<ChangedView> {
    let tables = &cx.book().tables;
    let statutes = tables.statutes.iter().map(|statute| (statute.key(), &statute.data.change));
    let sections = tables.sections.iter().map(|section| (section.key(), &section.data.notes.change));
    let changed = statutes.chain(sections).filter(|(_, changes)| !changes.is_empty());
    changed.map(|(key, changes)| changed_view(cx, &key, changes)).collect()
}

fn changed_view(cx: Cx<'_>, key: &Key, own: &[Change]) -> ChangedView {
    let kind = At::root(key.kind.as_str());
    let touched = cx.in_order(cx.world.reading.links().resting_on(cx.book(), key));
    let of_kind = |kind: &Kind| {
        let keys = touched.iter().filter(|key| key.kind == *kind);
        cx.fact_of("kinds", kind.as_str(), cx.links(keys))
    };
    ChangedView {
        number: section_of(cx, key),
        link: cx.link(key),
        changes: changes(cx, own, &kind.entity(key.id.as_str())),
        touches: Kind::ALL.iter().filter_map(of_kind).collect(),
    }
}

/// The short name of the statute and the number of a section: `SHL 36 §`.
fn section_of(cx: Cx<'_>, key: &Key) -> Option<String> {
    let section = cx.book().tables.sections.get(&key.id).filter(|_| key.kind == Kind::Section)?;
    let statute = cx.book().tables.statutes.get(section.data.statute.as_ref()?)?;
    Some(cx.place(statute, section.data.number.as_ref()?))
}

/// The sentences in which others speak of a statute or section as items of a list, text by text: those in the
/// page's language, else in the first other. A section may be cited by everything there is, so they are written as
/// they stay, without a superfluous byte.
pub(super) fn quotes(cx: Cx<'_>, key: &Key) -> Html {
    let quotes = cx.world.reading.links().quotes(cx.book(), key);
    let mut out = Writer::default();
    for own in quotes.chunk_by(|one, other| one.by == other.by) {
        write_quotes(cx, own, &mut out);
    }
    out.finish()
}

/// What one text says.
fn write_quotes(cx: Cx<'_>, own: &[Quote], out: &mut Writer) {
    let Some(link) = own.first().and_then(|quote| cx.link(&quote.by)) else { return };
    let mut langs = std::iter::once(cx.lang).chain(cx.book().fallbacks.iter().copied());
    let Some(lang) = langs.find(|lang| own.iter().any(|quote| quote.lang == *lang)) else { return };
    out.raw("<li><p>");
    link.write(out);
    markup::mark(out, cx.mark(lang).as_deref());
    out.raw("</p>");
    let at = cx.at(lang, None);
    for quote in own.iter().filter(|quote| quote.lang == lang) {
        out.raw("<blockquote").html(&at).raw("><p>").text(&quote.text).raw("</p></blockquote>");
    }
    out.raw("</li>");
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
