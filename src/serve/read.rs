//! What the panel asks without writing: findings, what was saved, drafts, things to choose from.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::NO_FORM;
use super::api::{answer, refusals};
use super::http::{Asked, Shared};
use super::told::told;
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::Media;
use crate::base::report::summary;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::law::place;
use crate::model::section::Section;
use crate::model::statute::Statute;
use crate::model::table::{AnyEntry, Entry};
use crate::model::words;

/// How many things to choose from are told at once.
const MOST: usize = 30;

/// The findings for the panel.
pub(super) fn findings(shared: &Shared, _: &Asked, lang: Lang) -> Response {
    let now = shared.live.now();
    let (revision, checked) = &now.checked;
    answer(&json!({
        "revision": revision,
        "stale": now.latest.site.is_none(),
        "summary": summary(&checked.findings, lang),
        "findings": told(checked, lang),
    }))
}

/// How things stand: languages, what can be taken back, what of this tab could not be laid over the handbook.
pub(super) fn state(shared: &Shared, asked: &Asked, lang: Lang) -> Response {
    let now = shared.live.now();
    let langs: Vec<String> =
        now.good.iter().filter_map(|good| good.site.as_ref()).flat_map(languages).collect();
    let (undo, redo, unsaved, refused) = shared.live.look(|desk| {
        let history = desk.history();
        let what =
            |version: Option<(usize, &super::history::Version)>| version.map(|(_, own)| own.what.clone());
        let refused = refusals(desk.refused(asked.tab.as_deref().unwrap_or_default()), lang);
        (what(history.undoable()), what(history.redoable()), desk.unsaved(), refused)
    });
    answer(&json!({
        "revision": now.revision, "lang": now.latest.lang.as_str(), "langs": langs,
        "readonly": shared.keys.is_none(), "undo": undo, "redo": redo, "unsaved": unsaved, "refused": refused,
    }))
}

fn languages(site: &crate::site::Site) -> Vec<String> {
    site.book().langs.iter().map(ToString::to_string).collect()
}

/// What was saved, the latest first.
pub(super) fn history(shared: &Shared, _: &Asked, _: Lang) -> Response {
    let list: Vec<Value> = shared.live.look(|desk| {
        let versions = desk.history().list().rev();
        let one = |(n, version, undone): (usize, &super::history::Version, bool)| {
            let files: Vec<&str> = version.files().collect();
            json!({ "n": n, "when": version.when, "what": version.what, "how": version.how, "files": files,
                    "undone": undone })
        };
        versions.map(one).collect()
    });
    answer(&Value::Array(list))
}

/// Unsaved work of earlier sessions.
pub(super) fn drafts(shared: &Shared, _: &Asked, _: Lang) -> Response {
    let list: Vec<Value> = shared.live.look(|desk| {
        let one = |(tab, draft): (&String, &super::desk::Draft)| {
            json!({ "tab": tab, "when": draft.when, "what": draft.what, "changes": draft.changes })
        };
        desk.left().iter().map(one).collect()
    });
    answer(&Value::Array(list))
}

/// Things to choose from: entities of some kinds, or places in the law, whose names hold what was typed.
pub(super) fn find(shared: &Shared, asked: &Asked, lang: Lang) -> Response {
    let now = shared.live.now();
    let Some(site) = now.plain.site.as_ref() else { return answer(&json!([])) };
    let wanted = asked.q.as_deref().unwrap_or_default().trim().to_lowercase();
    let kinds = asked.kinds.as_deref().unwrap_or("all");
    let found = if kinds == "law" {
        places(site.book(), &wanted, lang)
    } else {
        let kinds: Vec<Kind> = if kinds == "all" {
            Kind::ALL.to_vec()
        } else {
            kinds.split(',').filter_map(Kind::parse).collect()
        };
        entities(site.book(), &kinds, (&wanted, kinds.len() > 1), lang)
    };
    answer(&Value::Array(found))
}

/// The form of a place.
pub(super) fn form(shared: &Shared, asked: &Asked, lang: Lang) -> Response {
    fragment(shared, asked.at.as_deref().unwrap_or_default(), lang)
}

/// The form of something new.
pub(super) fn fresh(shared: &Shared, asked: &Asked, lang: Lang) -> Response {
    fragment(shared, &format!("new/{}", asked.kind.as_deref().unwrap_or_default()), lang)
}

/// A form as it is put into the panel: made of what is saved, on which changes are based.
fn fragment(shared: &Shared, at: &str, lang: Lang) -> Response {
    match super::form::form(&shared.live.now().plain, at, lang) {
        Some(form) => {
            ([(header::CONTENT_TYPE, Media::Html.content_type())], form.to_string()).into_response()
        }
        None => super::api::failed(StatusCode::NOT_FOUND, &Diagnostic::of(NO_FORM).with("at", at), lang),
    }
}

/// How well a name fits: begins with what was typed, has a word that does, holds it.
fn fit(name: &str, wanted: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let word = || name.split([' ', '-', '/']).any(|word| word.starts_with(wanted));
    if name.starts_with(wanted) {
        Some(0)
    } else if word() {
        Some(1)
    } else {
        name.contains(wanted).then_some(2)
    }
}

fn entities(book: &Handbook, kinds: &[Kind], (wanted, several): (&str, bool), lang: Lang) -> Vec<Value> {
    let name = |entry: &dyn AnyEntry| {
        let name = &entry.meta().name;
        let own = name.words.fallback(lang, &book.langs).map(|(_, phrase)| phrase.words.to_string());
        own.unwrap_or_else(|| entry.key().id.to_string())
    };
    let fits = |entry: &dyn AnyEntry| {
        let names = entry.meta().name.plain();
        let of_names = names.iter().filter_map(|(_, name)| fit(name, wanted)).min();
        of_names.or_else(|| entry.key().id.as_str().contains(wanted).then_some(3))
    };
    let own = book.tables.entries().filter(|entry| kinds.contains(&entry.key().kind));
    let mut found: Vec<(usize, String, &dyn AnyEntry)> =
        own.filter_map(|entry| Some((fits(entry)?, name(entry), entry))).collect();
    found.sort_by(|(fit, name, _), (other_fit, other, _)| (fit, name).cmp(&(other_fit, other)));
    let told = |(_, name, entry): (usize, String, &dyn AnyEntry)| {
        let key = entry.key();
        let shared = Kind::ALL.iter().filter(|kind| book.tables.entry(**kind, &key.id).is_some()).count() > 1;
        let id =
            if shared && several { format!("{}:{}", key.kind.as_str(), key.id) } else { key.id.to_string() };
        json!({ "id": id, "name": name, "kind": words::kind(key.kind).get(lang), "at": key.to_string() })
    };
    found.into_iter().take(MOST).map(told).collect()
}

/// Sections of statutes, as they are cited.
fn places(book: &Handbook, wanted: &str, lang: Lang) -> Vec<Value> {
    let told = |section: &Entry<Section>| {
        let statute = book.tables.statutes.get(section.data.statute.as_ref()?)?;
        let cited = place(statute, section.data.number.as_ref()?, lang);
        let name = section.meta.name.words.fallback(lang, &book.langs);
        let name = name.map_or_else(String::new, |(_, phrase)| phrase.words.to_string());
        let fits = [&cited, &name].into_iter().filter_map(|words| fit(words, wanted)).min();
        let fits = fits.or_else(|| said(book, statute, section, wanted).then_some(3))?;
        let kind = words::kind(Kind::Section);
        let at = section.key().to_string();
        Some((fits, json!({ "id": cited, "name": name, "kind": kind.get(lang), "at": at })))
    };
    let mut found: Vec<(usize, Value)> = book.tables.sections.iter().filter_map(told).collect();
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().take(MOST).map(|(_, value)| value).collect()
}

/// Whether each word of what was typed begins one by which a section is known, in any language and any order:
/// `SVL 36`, `36 § SHL`, `sosiaalihuoltolaki 36`, `1301/2014 36`.
fn said(book: &Handbook, statute: &Entry<Statute>, section: &Entry<Section>, wanted: &str) -> bool {
    let mut known: Vec<String> = vec![statute.data.number.clone()];
    if let Some(number) = &section.data.number {
        known.extend(book.langs.iter().map(|lang| place(statute, number, *lang)));
    }
    for name in [&statute.meta.name, &section.meta.name] {
        known.extend(name.plain().iter().map(|(_, words)| words.clone()));
    }
    let words: Vec<String> =
        known.iter().flat_map(|one| one.split([' ', '-'])).map(str::to_lowercase).collect();
    let mut typed = wanted.split([' ', '-', '§']).filter(|word| !word.is_empty()).peekable();
    typed.peek().is_some() && typed.all(|typed| words.iter().any(|word| word.starts_with(typed)))
}
