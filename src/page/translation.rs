//! The page for those who write: how many texts match their twins, and which do not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{Head, owner_link, part};
use super::words::Link;
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::model::kind::Kind;
use crate::model::table::Key;
use crate::model::translation::{State, Tally, Unit};
use crate::model::words;

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    /// What to do where nobody has begun to confirm.
    begin: Option<String>,
    /// The words for the states, in the order of the columns.
    states: Vec<String>,
    tables: Vec<Table>,
    todo: Vec<Todo>,
    done: Option<String>,
}

/// Counts under a heading.
#[derive(Serialize)]
struct Table {
    id: String,
    caption: String,
    of: String,
    groups: Vec<Group>,
}

/// A group of texts, a row for each language.
#[derive(Serialize)]
struct Group {
    name: Link,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    language: String,
    counts: Vec<usize>,
}

/// The texts of an entity that wait for somebody.
#[derive(Serialize)]
struct Todo {
    link: Link,
    texts: Vec<Waiting>,
}

#[derive(Serialize)]
struct Waiting {
    part: Link,
    id: String,
    language: String,
    state: String,
}

pub(super) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let title = cx.word("nav.translations").to_owned();
    let lead = cx.word("lead.translations").to_owned();
    let head = Head { title: title.clone(), description: Some(lead.clone()), ..Head::default() };
    let todo = todo(cx);
    let begun = cx.world.reading.translations().begun;
    let view = View {
        title,
        lead,
        begin: (!begun).then(|| cx.word("translation.begin").to_owned()),
        states: State::ALL.map(|state| state_word(cx, state)).to_vec(),
        tables: tables(cx),
        done: (todo.is_empty() && begun).then(|| cx.word("translation.done").to_owned()),
        todo,
    };
    lay_out(cx, "page/translation.html", &view, head)
}

fn state_word(cx: Cx<'_>, state: State) -> String {
    cx.word_of("state", state.as_str())
}

fn language(cx: Cx<'_>, lang: Lang) -> String {
    words::language(lang).get(cx.lang).cloned().unwrap_or_else(|| lang.to_string())
}

/// All texts, then kind by kind, then by who keeps them.
fn tables(cx: Cx<'_>) -> Vec<Table> {
    let translations = &cx.world.reading.translations();
    let whole = translations.tally(|_| ());
    let kinds = translations.tally(|unit| unit.of.as_ref().map(|key| key.kind));
    let owners = translations.tally(|unit| owner(cx, unit));
    let kind = |kind: Option<Kind>| {
        kind.map_or_else(|| cx.word("translation.site").to_owned(), |kind| cx.kind_word(kind))
    };
    let owner = |owner: Option<String>| {
        let none = || Link::plain(cx.word("translation.nobody"));
        owner.map_or_else(none, |owner| owner_link(cx, &owner))
    };
    let whole = whole.into_values().map(|tally| (Link::plain(cx.word("translation.texts")), tally));
    let kinds = kinds.into_iter().map(|(of, tally)| (Link::plain(&kind(of)), tally));
    let owners = owners.into_iter().map(|(of, tally)| (owner(of), tally));
    vec![table(cx, WHOLE, whole), table(cx, BY_KIND, kinds), table(cx, BY_OWNER, owners)]
}

/// A table's id, its heading and what its rows are.
type Named = (&'static str, &'static str, &'static str);

const WHOLE: Named = ("_whole", "translation.by_whole", "translation.whole");
const BY_KIND: Named = ("_by-kind", "translation.by_kind", "translation.kind");
const BY_OWNER: Named = ("_by-owner", "translation.by_owner", "translation.owner");

fn owner(cx: Cx<'_>, unit: &Unit) -> Option<String> {
    cx.book().entry(unit.of.as_ref()?)?.meta().owner.clone()
}

fn table(cx: Cx<'_>, (id, caption, of): Named, groups: impl Iterator<Item = (Link, Tally)>) -> Table {
    let row = |tally: &Tally, lang| Row {
        language: language(cx, lang),
        counts: State::ALL.map(|state| tally.count(lang, state)).to_vec(),
    };
    let group = |(name, tally): (Link, Tally)| Group {
        name,
        rows: tally.langs().map(|lang| row(&tally, lang)).collect(),
    };
    Table {
        id: id.to_owned(),
        caption: cx.word(caption).to_owned(),
        of: cx.word(of).to_owned(),
        groups: groups.map(group).collect(),
    }
}

/// What is missing or stale, and once somebody has begun, what is to be confirmed; entity by entity.
fn todo(cx: Cx<'_>) -> Vec<Todo> {
    let translations = &cx.world.reading.translations();
    let waits = |state: State| match state {
        State::Missing | State::Stale => true,
        State::ToConfirm => translations.begun,
        State::Current => false,
    };
    let mut waiting: BTreeMap<Option<&Key>, Vec<Waiting>> = BTreeMap::new();
    for (unit, states) in translations.states() {
        for (lang, state) in states.iter().filter(|(_, state)| waits(**state)) {
            waiting.entry(unit.of.as_ref()).or_default().push(Waiting {
                part: unit.of.as_ref().and_then(|key| part_link(cx, key, unit)).unwrap_or_default(),
                id: unit.id.as_str().to_owned(),
                language: language(cx, *lang),
                state: state_word(cx, *state),
            });
        }
    }
    let link = |key: Option<&Key>| {
        let site = || Link::plain(cx.word("translation.site"));
        key.and_then(|key| cx.link(key)).unwrap_or_else(site)
    };
    waiting.into_iter().map(|(key, texts)| Todo { link: link(key), texts }).collect()
}

/// A part of an entity, where it stands on the entity's page.
fn part_link(cx: Cx<'_>, key: &Key, unit: &Unit) -> Option<Link> {
    let part = part(cx, key, &unit.id)?;
    let (page, _) = cx.href(key)?;
    Some(match &part.href {
        Some(anchor) => Link { href: Some(format!("{page}{anchor}")), ..part },
        None => part,
    })
}
