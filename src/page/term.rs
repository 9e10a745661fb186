//! The glossary: every term with what it means and what it is called in the other languages, and a table
//! the other way round.

use serde::Serialize;

use super::frame::{Head, StaleMark, list_name, stale_mark};
use super::letters::{Letter, by_letter};
use super::markup::Facts;
use super::words::{Fact, Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::base::lang::{Lang, alphabetical};
use crate::model::table::{AnyEntry, Entry};
use crate::model::term::Term;
use crate::model::text::At;
use crate::route::List;

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    letters: Vec<Letter<TermView>>,
    turned: Vec<Turned>,
    empty: String,
    files: Vec<Link>,
}

#[derive(Serialize)]
struct TermView {
    id: String,
    /// The anchors it had before.
    was: Vec<String>,
    name: Html,
    short: String,
    definition: Option<Rich>,
    facts: Facts,
    stale: Option<StaleMark>,
}

/// Another language beside this one.
#[derive(Serialize)]
struct Turned {
    caption: String,
    theirs: String,
    ours: String,
    lang: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    short: String,
    link: Option<Link>,
}

pub(super) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let title = list_name(cx, List::Terms);
    let lead = cx.word_of("lead", List::Terms.as_str());
    let head = Head { title: title.clone(), description: Some(lead.clone()), ..Head::default() };
    let others = cx.book().langs.iter().copied().filter(|lang| *lang != cx.lang);
    let view = View {
        title,
        lead,
        letters: letters(cx),
        turned: others.map(|lang| turned(cx, lang)).filter(|turned| !turned.rows.is_empty()).collect(),
        empty: cx.word("list.empty").to_owned(),
        files: super::sheet::files(cx),
    };
    lay_out(cx, "page/term.html", &view, head)
}

fn letters(cx: Cx<'_>) -> Vec<Letter<TermView>> {
    let named = cx.book().tables.terms.iter().map(|term| (term, cx.name(term)));
    by_letter(named.map(|(term, name)| (name.text.clone(), term_view(cx, term, &name))))
}

fn term_view(cx: Cx<'_>, term: &Entry<Term>, name: &Words) -> TermView {
    let kind = At::root("term");
    let at = kind.entity(term.id().as_str());
    let data = &term.data;
    let words = |words: Vec<&str>| words.into_iter().map(Link::plain).collect::<Vec<Link>>();
    let mut facts: Vec<Option<Fact>> = vec![
        cx.fact("term.also", words(term.meta.synonyms.get(cx.lang).collect())),
        cx.fact("term.outdated", words(data.outdated.get(cx.lang).collect())),
        cx.fact("law.law", cx.law(&data.law)),
    ];
    for lang in cx.book().langs.iter().filter(|lang| **lang != cx.lang) {
        let name = term.meta.name.get(*lang).map(|name| called(name, data.short.get(*lang)));
        let at_html = cx.at(*lang, None);
        let link = name.map(|text| Link { words: Words { text, at_html, mark: None }, ..Link::default() });
        let label = cx.language_phrase("in", *lang);
        facts.insert(0, link.map(|link| Fact { label: capital(&label), values: vec![link] }));
    }
    let id = format!("term-{}", term.id());
    TermView {
        stale: stale_mark(cx, &term.key(), &id),
        was: cx.was(&id),
        id,
        name: name.said(),
        short: data.short.get(cx.lang).collect::<Vec<_>>().join(", "),
        definition: cx.rich(&data.definition, &at.field("definition")),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// A term with its abbreviations.
fn called<'w>(name: &str, short: impl Iterator<Item = &'w str>) -> String {
    let short: Vec<&str> = short.collect();
    if short.is_empty() { name.to_owned() } else { format!("{name} ({})", short.join(", ")) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn turned(cx: Cx<'_>, lang: Lang) -> Turned {
    let row = |term: &Entry<Term>| {
        Some(Row {
            name: term.meta.name.get(lang)?.to_owned(),
            short: term.data.short.get(lang).collect::<Vec<_>>().join(", "),
            link: cx.link(&term.key()),
        })
    };
    let mut rows: Vec<Row> = cx.book().tables.terms.iter().filter_map(row).collect();
    rows.sort_by_cached_key(|row| alphabetical(&row.name));
    let [theirs, ours] = [lang, cx.lang].map(|lang| capital(&cx.language_phrase("name", lang)));
    let caption = format!("{theirs} – {ours}");
    Turned { caption, theirs, ours, lang: lang.to_string(), rows }
}
