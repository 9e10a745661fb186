//! The head of a form: of what it is, where it stands, and what is being done with it.

use super::Cx;
use crate::base::html::Writer;
use crate::base::source::Span;
use crate::model::config::SITE;
use crate::model::table::{AnyEntry, Key};
use crate::route::Routes;

/// The head of an entity's form.
pub(super) fn entity(cx: Cx<'_>, out: &mut Writer, entry: &dyn AnyEntry) {
    let key = entry.key();
    open(out, &cx.kind_word(key.kind), &cx.name(&key));
    out.raw("<p class=\"pke-f-small\"><code>").text(key.id.as_str()).raw("</code>");
    place(cx, out, entry.span());
    pages(cx, out, &key);
    out.raw("</p>");
    close(out);
}

/// The head of the form of the settings.
pub(super) fn site(cx: Cx<'_>, out: &mut Writer) {
    open(out, cx.word("settings_kind"), cx.word("settings"));
    out.raw("<p class=\"pke-f-small\"><code>").text(SITE).raw("</code></p>");
    close(out);
}

/// Says of what a form is, which completes the tag opened for it: the kind, and the name as a heading.
pub(super) fn open(out: &mut Writer, kind: &str, name: &str) {
    out.attr("aria-label", name).raw("><div class=\"pke-f-head\"><p class=\"pke-f-kind\">").text(kind);
    out.raw("</p><h2 class=\"pke-f-name\">").text(name).raw("</h2>");
}

/// Closes a head.
pub(super) fn close(out: &mut Writer) {
    out.raw("</div>");
}

/// Where something stands in the files.
pub(super) fn place(cx: Cx<'_>, out: &mut Writer, span: Span) {
    let Some(place) = cx.sources.place(span) else { return };
    out.raw(" · ").text(place.path.as_str()).raw(", ").text(cx.word("line")).raw(" ");
    out.number(u64::try_from(place.line).unwrap_or_default());
}

/// Links to the pages of an entity, a language each.
pub(super) fn pages(cx: Cx<'_>, out: &mut Writer, key: &Key) {
    let (page, anchor) = Routes::page_of(key);
    if cx.book().shown(key).is_none() {
        return;
    }
    for lang in cx.book().langs.iter().copied() {
        let Some(url) = cx.world.routes.page(lang, &page) else { continue };
        let anchor = anchor.as_ref().map_or_else(String::new, |anchor| format!("#{anchor}"));
        out.raw(" · <a").attr("href", &format!("/{url}{anchor}")).attr("hreflang", lang.as_str()).raw(">");
        out.text(cx.word("page")).raw(": ").text(&cx.language(lang)).raw("</a>");
    }
}
