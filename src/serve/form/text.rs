//! Texts, all languages side by side, each with how far it is confirmed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::control::{help, id, known, needed, settable, told};
use super::{Cx, Place};
use crate::base::html::Writer;
use crate::base::lang::Lang;
use crate::model::held::Held;
use crate::model::translation::State;

/// A text in every language.
pub(super) fn text(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let words = |lang: Lang| if let Held::Text(text) = held { text.get(lang) } else { None };
    let states = cx.states.get(&place.at);
    let missing = cx.langs.iter().any(|lang| words(*lang).is_some());
    open(cx, out, place, states);
    for lang in sides(cx, held) {
        let now = words(lang);
        let state = match now {
            None => missing.then_some(State::Missing),
            Some(_) => states.and_then(|states| states.get(&lang)).copied(),
        };
        let side = Side { lang, state, shape: "text" };
        side.open(cx, out, place, &json!(now));
        out.raw("<textarea rows=\"1\" spellcheck=\"true\"").attr("lang", lang.as_str());
        known(out, place, &side.at(place));
        out.raw(">\n").text(now.unwrap_or_default()).raw("</textarea>");
        out.raw("</div>");
    }
    close(out, place);
}

/// Lists of words in every language, one a line.
pub(super) fn words(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, held: &Held<'_>) {
    let words = |lang: Lang| match held {
        Held::Words(words) => words.get(lang).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    open(cx, out, place, None);
    for lang in sides(cx, held) {
        let now = words(lang);
        let side = Side { lang, state: None, shape: "lines" };
        side.open(cx, out, place, &if now.is_empty() { Value::Null } else { json!(now) });
        out.raw("<textarea rows=\"2\" spellcheck=\"true\"").attr("lang", lang.as_str());
        known(out, place, &side.at(place));
        out.raw(">\n").text(&now.join("\n")).raw("</textarea>");
        out.raw("</div>");
    }
    out.raw("<p class=\"pke-f-hint\">").text(cx.word("one_a_line")).raw("</p>");
    close(out, place);
}

/// The languages of a text: those of the entity, and whatever others it stands in.
fn sides(cx: Cx<'_>, held: &Held<'_>) -> Vec<Lang> {
    let mut langs = cx.langs.to_vec();
    let own: Vec<Lang> = match held {
        Held::Text(text) => text.words.iter().map(|(lang, _)| lang).collect(),
        Held::Words(words) => words.0.iter().map(|(lang, _)| lang).collect(),
        _ => Vec::new(),
    };
    let more: Vec<Lang> = own.into_iter().filter(|lang| !langs.contains(lang)).collect();
    langs.extend(more);
    langs
}

fn open(cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, states: Option<&BTreeMap<Lang, State>>) {
    out.raw("<fieldset class=\"pke-f-field pke-f-text\"").attr("data-text", &place.at);
    out.raw("><legend class=\"pke-f-label\">").text(place.label);
    needed(cx, out, place);
    out.raw("</legend>");
    confirm(cx, out, &place.at, states);
    out.raw("<div class=\"pke-f-sides\">");
}

/// The button that says that languages still match, where one of them may not.
pub(super) fn confirm(cx: Cx<'_>, out: &mut Writer, at: &str, states: Option<&BTreeMap<Lang, State>>) {
    let open = |state: &State| matches!(state, State::Stale | State::ToConfirm);
    if cx.world.reading.translations().begun && states.is_some_and(|states| states.values().any(open)) {
        out.raw("<button type=\"button\" class=\"pke-secondary pke-f-confirm\"").attr("data-confirm", at);
        out.attr("title", cx.word("still_right_help")).raw(">").text(cx.word("still_right")).raw("</button>");
    }
}

fn close(out: &mut Writer, place: &Place<'_>) {
    out.raw("</div>");
    help(out, place);
    told(out, &place.at);
    out.raw("</fieldset>");
}

/// One language of a text.
struct Side {
    lang: Lang,
    state: Option<State>,
    shape: &'static str,
}

impl Side {
    fn at(&self, place: &Place<'_>) -> String {
        format!("{}.{}", place.at, self.lang)
    }

    fn open(&self, cx: Cx<'_>, out: &mut Writer, place: &Place<'_>, value: &Value) {
        let at = self.at(place);
        out.raw("<div class=\"pke-f-side\"");
        settable(out, &at, self.shape, value, &cx.was(&place.at, Some(self.lang)));
        out.attr("data-side", self.lang.as_str());
        if let Some(state) = self.state {
            out.attr("data-state", state.as_str());
        }
        out.raw("><span class=\"pke-f-side-head\"><label")
            .attr("for", &id(&at))
            .raw("><span class=\"pke-unseen\">");
        out.text(place.label).raw(", </span>").text(&cx.language(self.lang)).raw("</label>");
        state(cx, out, self.state);
        out.raw("</span>");
    }
}

/// How far a text is confirmed, in a word.
pub(super) fn state(cx: Cx<'_>, out: &mut Writer, state: Option<State>) {
    let word = match state {
        Some(State::Missing) => "state_missing",
        Some(State::Stale) => "state_stale",
        Some(State::ToConfirm) if cx.world.reading.translations().begun => "state_to_confirm",
        Some(State::ToConfirm | State::Current) | None => return,
    };
    out.raw(" <span class=\"pke-f-state\">").text(cx.word(word)).raw("</span>");
}
