//! Prose: the sections of an entity as a list, and one section in every language side by side.

use super::control::{help_text, id, settable, told};
use super::{Cx, Made, head, text};
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::model::prose::{Part, Prose};
use crate::model::table::AnyEntry;
use crate::model::translation::State;
use crate::model::words;
use crate::syntax::markdown::{BlockRange, plain};
use crate::syntax::slug::Slug;
use serde_json::json;

/// The prose of an entity: its sections, each to be opened.
pub(super) fn outline(cx: Cx<'_>, out: &mut Writer, entry: &dyn AnyEntry) {
    let at = entry.key().to_string();
    out.raw("<section class=\"pke-f-outline\"><h3>").text(cx.word("prose")).raw("</h3>");
    let sections = sections(cx, entry);
    if sections.is_empty() {
        out.raw("<p class=\"pke-f-help\">").text(cx.word("no_prose")).raw("</p>");
    } else {
        out.raw("<ul>");
        for (anchor, heading) in sections {
            let own = format!("{at}#{anchor}");
            out.raw("<li><button type=\"button\" class=\"pke-f-link\"").attr("data-open", &own).raw(">");
            out.text(&heading).raw("</button>");
            for (lang, state) in cx.states.get(&own).into_iter().flatten() {
                let mut said = Writer::default();
                text::state(cx, &mut said, Some(*state));
                let said = said.finish();
                if !said.is_empty() {
                    out.raw(" <span class=\"pke-f-small\">")
                        .text(lang.as_str())
                        .raw(":")
                        .html(&said)
                        .raw("</span>");
                }
            }
            out.raw("</li>");
        }
        out.raw("</ul>");
    }
    out.raw("<p><button type=\"button\" class=\"pke-secondary\"")
        .attr("data-open", &format!("{at}#"))
        .raw(">");
    out.text(cx.word("whole_prose")).raw("</button></p></section>");
}

/// The outermost sections, in the language of the form where it has them: anchor and heading.
fn sections(cx: Cx<'_>, entry: &dyn AnyEntry) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let langs = std::iter::once(cx.lang).chain(cx.langs.iter().copied());
    for prose in langs.filter_map(|lang| entry.prose().get(lang)) {
        for (block, heading, _) in prose.doc.headings().filter(|(_, heading, _)| heading.level == 2) {
            let Some(anchor) = prose.anchor_at(block) else { continue };
            if found.iter().all(|(own, _)| own != anchor.as_str()) {
                found.push((anchor.to_string(), plain(&heading.text)));
            }
        }
    }
    found
}

/// The form of a section (`role/x#anchor`), of a part of a cell (`role/x#phase.content`), or of all prose
/// (`role/x#`).
pub(super) fn form(made: Made<'_>, asked: &str) -> Option<Html> {
    let (entry, at) = made.found(asked)?;
    let anchor = asked.split_once('#')?.1;
    let key = entry.key();
    let (langs, states) = (made.world.reading.book.langs_of(entry.meta()), made.states(Some(&key)));
    let cx = made.of(Some(key.kind), &langs, &states);
    let mut out = Writer::default();
    cx.open(&mut out, asked, asked);
    head::open(&mut out, cx.word("prose"), &cx.name(&key));
    out.raw("<p class=\"pke-f-small\"><button type=\"button\" class=\"pke-f-link\"")
        .attr("data-open", &at)
        .raw(">");
    out.text(&cx.kind_word(key.kind)).raw("</button>");
    head::pages(cx, &mut out, &key);
    out.raw("</p>");
    head::close(&mut out);
    let heading = heading(cx, entry, anchor);
    editor(cx, &mut out, entry, (anchor, &heading));
    out.raw("</form>");
    Some(out.finish())
}

/// What a section is called in the language of the form.
fn heading(cx: Cx<'_>, entry: &dyn AnyEntry, anchor: &str) -> String {
    if anchor.is_empty() {
        return cx.word("whole_prose").to_owned();
    }
    if let Some((phase, part)) = anchor.split_once('.') {
        let name =
            Slug::new(phase).map(|id| crate::model::table::Key::new(crate::model::kind::Kind::Phase, id));
        let part = Part::ALL.into_iter().find(|own| own.as_str() == part);
        let part = part.map_or("", |part| words::part(part, cx.lang));
        return format!("{}: {part}", name.map_or_else(String::new, |key| cx.name(&key)));
    }
    let named = sections(cx, entry).into_iter().find(|(own, _)| own == anchor);
    named.map_or_else(|| anchor.to_owned(), |(_, heading)| heading)
}

/// A section in every language side by side.
pub(super) fn editor(cx: Cx<'_>, out: &mut Writer, entry: &dyn AnyEntry, (anchor, heading): (&str, &str)) {
    let at = match anchor {
        "" => entry.key().to_string(),
        anchor => format!("{}#{anchor}", entry.key()),
    };
    let states = cx.states.get(&at);
    out.raw("<fieldset class=\"pke-f-field pke-f-prose\"")
        .attr("data-text", &at)
        .raw("><legend class=\"pke-f-label\">");
    out.text(heading).raw("</legend>");
    text::confirm(cx, out, &at, states);
    out.raw("<div class=\"pke-f-sides\">");
    for lang in cx.langs.iter().copied() {
        let found = entry.prose().get(lang).and_then(|prose| section(prose, anchor));
        let state = states.and_then(|states| states.get(&lang)).copied();
        let file = entry.prose().get(lang).map_or("", |prose| prose.path.as_str());
        side(cx, out, (&at, heading), (lang, found, file, state));
    }
    out.raw("</div>");
    help_text(out, &at, cx.word("prose_help"));
    told(out, &at);
    out.raw("</fieldset>");
}

/// The text of a section, and the level of its heading.
type Found<'p> = (&'p str, u8);

/// A section in a language: what there is, the file of the prose, and how far it is confirmed.
type Version<'p> = (Lang, Option<Found<'p>>, &'p str, Option<State>);

fn side(cx: Cx<'_>, out: &mut Writer, (at, heading): (&str, &str), (lang, found, file, state): Version<'_>) {
    let (words, level) = found.unwrap_or((
        "",
        if at.contains('.') {
            3
        } else if at.contains('#') {
            2
        } else {
            1
        },
    ));
    let own = format!("{at}.{lang}");
    out.raw("<div class=\"pke-f-side\"");
    settable(out, at, "prose", &json!(words), &cx.was(at, Some(lang)));
    out.attr("data-side", lang.as_str()).attr("data-level", &level.to_string()).attr("data-file", file);
    out.raw("><span class=\"pke-f-side-head\"><label")
        .attr("for", &id(&own))
        .raw("><span class=\"pke-unseen\">");
    out.text(heading).raw(", </span>").text(&cx.language(lang)).raw("</label>");
    text::state(cx, out, state);
    out.raw("</span><textarea rows=\"6\" spellcheck=\"true\"")
        .attr("lang", lang.as_str())
        .attr("id", &id(&own));
    out.attr("name", &own).attr("aria-describedby", &format!("pke-f-help:{at} pke-f-told:{at}")).raw(">\n");
    out.text(words).raw("</textarea></div>");
}

/// A section without its heading.
fn section<'p>(prose: &'p Prose, anchor: &str) -> Option<Found<'p>> {
    if anchor.is_empty() {
        return Some((prose.doc.source.trim(), 1));
    }
    if let Some((phase, part)) = anchor.split_once('.') {
        let cell = prose.cells.get(&Slug::new(phase)?)?;
        let part = Part::ALL.into_iter().find(|own| own.as_str() == part)?;
        return Some((between(prose, cell.parts.get(&part)?.clone()), 3));
    }
    let mut headings = prose.doc.headings().zip(&prose.anchors);
    let ((block, heading, _), _) = headings.find(|(_, own)| own.as_str() == anchor)?;
    let end = prose.doc.section_end(block, heading.level);
    Some((between(prose, block + 1..end), heading.level))
}

/// The text of blocks with whatever stands between and behind them, up to the next heading.
fn between(prose: &Prose, blocks: BlockRange) -> &str {
    let doc = &prose.doc;
    let start = blocks.start.checked_sub(1).and_then(|heading| doc.blocks.get(heading));
    let start = start.map_or(0, |heading| heading.span.range().end);
    let end = doc.blocks.get(blocks.end).map_or(doc.source.len(), |next| next.span.range().start);
    doc.source.get(start..end.max(start)).unwrap_or_default().trim()
}
