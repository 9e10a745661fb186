//! The preview's own files: its scripts and styles, their tags in the head of a page, and their words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::base::output::Media;
use crate::model::kind::Kind;
use crate::model::words as nouns;
use crate::theme::{preview_file, preview_files};

/// The script that loads the others.
const FIRST: &str = "preview.js";

#[derive(Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
}

/// A script or style of the preview, by name.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let found = preview_file(&name).filter(|_| is_public(&name));
    match found {
        Some(text) => ([(header::CONTENT_TYPE, Media::of(&name).content_type())], text).into_response(),
        None => (StatusCode::NOT_FOUND, "no such file\n").into_response(),
    }
}

fn is_public(name: &str) -> bool {
    !name.contains('/') && (name.ends_with(".js") || name.ends_with(".css"))
}

/// The words of the preview in the language asked for, else in English.
pub(super) async fn words(Query(asked): Query<Asked>) -> Response {
    let lang = asked.lang.as_deref().and_then(Lang::parse).unwrap_or(Lang::EN);
    let mut words = words_in(lang).clone();
    words["kinds"] = kinds(lang);
    let body = words.to_string();
    ([(header::CONTENT_TYPE, Media::Json.content_type())], body).into_response()
}

/// What most handbooks are made of, in the order in which one is begun.
const COMMON: [Kind; 7] =
    [Kind::Role, Kind::Phase, Kind::Task, Kind::Process, Kind::Service, Kind::Term, Kind::Page];

/// What can be added to a handbook: what most are made of, then the rest in the order of kinds.
fn kinds(lang: Lang) -> serde_json::Value {
    let row = |kind: &Kind| {
        let names = nouns::kind(*kind);
        let name = names.get(lang).or_else(|| names.get(Lang::EN)).cloned().unwrap_or_default();
        serde_json::json!({ "id": kind.as_str(), "name": name, "first": COMMON.contains(kind) })
    };
    let rest = Kind::ALL.iter().filter(|kind| !COMMON.contains(kind));
    COMMON.iter().chain(rest).map(row).collect()
}

/// The words of the preview by slice; English where polku does not speak the language.
pub(super) fn words_in(lang: Lang) -> &'static serde_json::Value {
    static NONE: serde_json::Value = serde_json::Value::Null;
    static WORDS: LazyLock<BTreeMap<Lang, serde_json::Value>> = LazyLock::new(|| {
        let read = |lang: Lang| {
            let text = preview_file(&format!("words/{lang}.toml")).unwrap_or_default();
            toml::from_str(text).expect("a test reads the words of every language")
        };
        Lang::SPOKEN.into_iter().map(|lang| (lang, read(lang))).collect()
    });
    WORDS.get(&lang).or_else(|| WORDS.get(&Lang::EN)).unwrap_or(&NONE)
}

/// One of the words; its key where there is none.
pub(super) fn word<'k>(lang: Lang, table: &str, key: &'k str) -> &'k str {
    words_in(lang)[table][key].as_str().unwrap_or(key)
}

/// A page with the preview's scripts and styles. They come first in its head, so that the preview sees the page
/// before its own scripts change it. The page itself stays as it is published. Without a token nothing can be
/// edited there.
pub(super) fn with_head(page: &str, revision: u64, token: Option<&str>) -> String {
    page.replacen("<head>", &format!("<head>{}", head(revision, token)), 1)
}

/// What stands there: for pages that the server makes itself.
pub(super) fn head(revision: u64, token: Option<&str>) -> Html {
    let mut out = Writer::default();
    for style in preview_files(".css") {
        out.raw("<link rel=\"stylesheet\"").attr("href", &format!("/_polku/{style}")).raw(">");
    }
    let others: Vec<&str> = preview_files(".js").filter(|name| *name != FIRST).collect();
    out.raw("<script").attr("src", &format!("/_polku/{FIRST}"));
    out.attr("data-revision", &revision.to_string()).attr("data-files", &others.join(" "));
    if let Some(token) = token {
        out.attr("data-token", token);
    }
    out.raw(" defer></script>");
    out.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The keys of all words, with the values that are filled into each.
    fn keys(words: &serde_json::Value, before: &str, found: &mut BTreeSet<String>) {
        let Some(table) = words.as_object() else {
            let text = words.as_str().unwrap_or_default();
            assert!(!text.trim().is_empty(), "{before} says nothing");
            let filled: BTreeSet<&str> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
            found.insert(format!("{before} {filled:?}"));
            return;
        };
        table.iter().for_each(|(key, value)| keys(value, &format!("{before}.{key}"), found));
    }

    #[test]
    fn all_languages_have_the_same_words() {
        let [fi, sv, en] = [Lang::FI, Lang::SV, Lang::EN].map(|lang| {
            let mut found = BTreeSet::new();
            keys(words_in(lang), "", &mut found);
            found
        });
        assert!(!fi.is_empty());
        assert_eq!(fi, sv);
        assert_eq!(fi, en);
    }

    #[test]
    fn the_head_names_every_script_and_style_once() {
        let head = head(7, Some("t\"")).to_string();
        assert!(head.contains("href=\"/_polku/preview.css\""));
        assert!(head.contains("data-revision=\"7\" data-files=\""));
        assert!(head.contains("live.js") && head.contains("data-token=\"t&quot;\""));
        assert_eq!(head.matches("preview.js").count(), 1);
        assert!(!super::head(1, None).to_string().contains("token"));
    }

    #[test]
    fn only_scripts_and_styles_are_given_out() {
        assert!(is_public("preview.css") && is_public("live.js"));
        assert!(!is_public("words/fi.toml") && !is_public("../css/base.css"));
    }
}
