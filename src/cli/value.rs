//! What stands behind an argument: languages, kinds, days. What is none of them is told in a line.

use crate::base::date::Date;
use crate::base::lang::Lang;
use crate::cmd;
use crate::model::kind::Kind;

pub(super) fn lang(tag: &str) -> Result<Lang, String> {
    let known = Lang::parse(tag).filter(|lang| Lang::SPOKEN.contains(lang));
    known.ok_or_else(|| "polku speaks fi, sv and en".to_owned())
}

pub(super) fn kind(word: &str) -> Result<Kind, String> {
    let kinds = || Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    Kind::parse(word).ok_or_else(|| format!("the kinds are {}", kinds()))
}

pub(super) fn tag(tag: &str) -> Result<Lang, String> {
    Lang::parse(tag).ok_or_else(|| "a language is written like fi or sv".to_owned())
}

pub(super) fn written(tag: &str) -> Result<Lang, String> {
    let known = Lang::parse(tag).filter(|lang| cmd::WRITTEN.contains(lang));
    known.ok_or_else(|| "a new handbook is written in fi and sv".to_owned())
}

/// Each language once, in the order given.
pub(super) fn once(languages: Vec<Lang>) -> Vec<Lang> {
    let mut seen = Vec::new();
    for lang in languages {
        if !seen.contains(&lang) {
            seen.push(lang);
        }
    }
    seen
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written like 2026-11-21".to_owned())
}
