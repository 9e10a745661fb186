//! What can be done with an entity as a whole: another like it, another place, another id, away with it.

use super::Cx;
use crate::base::html::Writer;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Key};

/// The actions of an entity, folded away.
pub(super) fn entity(cx: Cx<'_>, out: &mut Writer, entry: &dyn AnyEntry) {
    let key = entry.key();
    out.raw("<details class=\"pke-f-more pke-f-acts\"><summary>").text(cx.word("actions")).raw("</summary>");
    out.raw(
        "<div class=\"pke-f-folded\"><p class=\"pke-f-act\"><button type=\"button\" class=\"pke-secondary\"",
    );
    out.attr("data-open", &format!("new/{}", key.kind.as_str())).raw(">");
    out.text(cx.word("new_of_kind")).raw(": ").text(&cx.kind_word(key.kind)).raw("</button></p>");
    order(cx, out, &key);
    rename(cx, out, &key);
    delete(cx, out, &key);
    out.raw("</div></details>");
}

/// A task that a phase or a role gets.
pub(super) fn task(cx: Cx<'_>, out: &mut Writer, key: &Key) {
    let known = match key.kind {
        Kind::Phase => key.id.to_string(),
        kind if Kind::BEARERS.contains(&kind) => format!("/{}", key.id),
        _ => return,
    };
    out.raw("<p class=\"pke-f-act\"><button type=\"button\" class=\"pke-secondary\"");
    out.attr("data-open", &format!("new/task/{known}"))
        .raw(">")
        .text(cx.word("new_task"))
        .raw("</button></p>");
}

/// One place up or down among its kind.
fn order(cx: Cx<'_>, out: &mut Writer, key: &Key) {
    let all: Vec<Key> = cx.book().tables.every(key.kind).map(AnyEntry::key).collect();
    let Some(at) = all.iter().position(|own| own == key).filter(|_| all.len() > 1) else { return };
    let before = at.checked_sub(1).and_then(|before| all.get(before));
    let after = all.get(at + 1).map(|_| all.get(at + 2));
    out.raw("<p class=\"pke-f-act\"><span class=\"pke-f-label\">").text(cx.word("order")).raw("</span> ");
    if let Some(before) = before {
        button(out, "data-order", &before.to_string(), &format!("↑ {}", cx.name(before)));
    }
    if let Some(behind) = after {
        let name = all.get(at + 1).map_or_else(String::new, |next| cx.name(next));
        let to = behind.map_or_else(String::new, ToString::to_string);
        button(out, "data-order", &to, &format!("↓ {name}"));
    }
    out.raw("</p><p class=\"pke-f-help\">").text(cx.word("order_help")).raw("</p>");
}

fn button(out: &mut Writer, name: &'static str, value: &str, words: &str) {
    out.raw("<button type=\"button\" class=\"pke-secondary\"").attr(name, value).raw(">").text(words);
    out.raw("</button> ");
}

/// Another id.
fn rename(cx: Cx<'_>, out: &mut Writer, key: &Key) {
    out.raw("<div class=\"pke-f-act\"><label class=\"pke-f-label\" for=\"pke-f-rename\">")
        .text(cx.word("id"));
    out.raw("</label><span class=\"pke-f-row-of\"><input id=\"pke-f-rename\" spellcheck=\"false\" aria-describedby=\"pke-f-rename-help\"");
    out.attr("value", key.id.as_str()).raw("> ");
    button(out, "data-rename", "", cx.word("rename"));
    out.raw("</span><p class=\"pke-f-help\" id=\"pke-f-rename-help\">")
        .text(cx.word("rename_help"))
        .raw("</p></div>");
}

/// Away with it: what refers to it is shown first.
fn delete(cx: Cx<'_>, out: &mut Writer, key: &Key) {
    let mut back: Vec<&Key> = cx.world.reading.links().back(key).collect();
    back.dedup();
    out.raw("<details class=\"pke-f-act pke-f-delete\"><summary>").text(cx.word("delete")).raw("</summary>");
    if back.is_empty() {
        out.raw("<p>").text(cx.word("delete_free")).raw("</p>");
    } else {
        out.raw("<p>").text(cx.word("delete_bound")).raw("</p><ul class=\"pke-f-refs\">");
        for own in &back {
            out.raw("<li><button type=\"button\" class=\"pke-f-link\"").attr("data-open", &own.to_string());
            out.raw(">").text(&cx.name(own)).raw("</button> <span class=\"pke-f-small\">");
            out.text(&cx.kind_word(own.kind)).raw("</span></li>");
        }
        out.raw("</ul><p class=\"pke-f-tick\"><input type=\"checkbox\" id=\"pke-f-unlink\"> <label for=\"pke-f-unlink\">");
        out.text(cx.word("unlink")).raw("</label></p>");
    }
    out.raw("<p><button type=\"button\" class=\"pke-secondary pke-f-danger\" data-delete");
    out.attr("data-was", &cx.was(&key.to_string(), None));
    out.raw(if back.is_empty() { "" } else { " data-bound" }).raw(">");
    out.text(cx.word("delete_now")).raw(": ").text(&cx.name(key)).raw("</button></p></details>");
}
