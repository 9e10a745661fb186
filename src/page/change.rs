//! Changes in their list, the newest first; the same as a text to paste into a channel, and the latest of a role
//! on its page.

use super::Cx;
use super::markup::Facts;
use super::sheet::Labelled;
use super::words::{Fact, Link};
use crate::model::change::Change;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::text::At;
use crate::syntax::slug::Slug;

/// So many changes stand in the text to paste.
const PASTED: usize = 10;

/// So many changes stand on the page of a role.
const LATEST: usize = 3;

/// All changes, the newest first.
pub(super) fn sorted(cx: Cx<'_>) -> Vec<&Entry<Change>> {
    let mut changes: Vec<_> = cx.book().tables.changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.data.date.0));
    changes
}

/// When, for whom, and about what.
pub(super) fn facts(cx: Cx<'_>, change: &Entry<Change>) -> Facts {
    let data = &change.data;
    let coming = data.date.0.is_some_and(|date| date > cx.world.today);
    let note = coming.then(|| cx.word("changes.coming").to_owned());
    let date = data.date.0.map(|date| Link::plain(&cx.date(date)).noted(note));
    let facts = [
        cx.fact("changes.date", date.into_iter().collect()),
        cx.fact("changes.roles", roles(cx, data)),
        cx.fact("changes.about", cx.mentioned(&change.key(), &data.about)),
    ];
    facts.into_iter().flatten().collect()
}

/// Whose work it changes.
fn roles(cx: Cx<'_>, change: &Change) -> Vec<Link> {
    if change.roles.is_empty() {
        return vec![Link::plain(cx.word("changes.everyone"))];
    }
    cx.links(&change.roles.iter().filter_map(|role| cx.book().target(role)).collect::<Vec<_>>())
}

/// How it was and how it is.
pub(super) fn texts(cx: Cx<'_>, change: &Entry<Change>) -> Vec<Labelled> {
    let kind = At::root("change");
    let at = kind.entity(change.id().as_str());
    let data = &change.data;
    let texts = [("before", "changes.before", &data.before), ("after", "changes.after", &data.after)];
    let view = |(field, word, text): (&'static str, &'static str, _)| {
        Some(Labelled { label: cx.strings().get(word).to_owned(), text: cx.rich(text, &at.field(field))? })
    };
    texts.into_iter().filter_map(view).collect()
}

/// The newest changes as plain text, for a channel or a mail.
pub(super) fn pasted(cx: Cx<'_>) -> Option<String> {
    let changes = sorted(cx);
    let texts: Vec<String> = changes.iter().take(PASTED).map(|change| plain(cx, change)).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn plain(cx: Cx<'_>, change: &Entry<Change>) -> String {
    let date = change.data.date.0.map(|date| cx.date(date)).unwrap_or_default();
    let head = format!("{date}: {}", cx.name(change).text);
    let summary = cx.summary(change).map(|summary| summary.plain);
    let roles: Vec<String> = roles(cx, &change.data).into_iter().map(|link| link.words.text).collect();
    let roles = format!("{}: {}", cx.word("changes.roles"), roles.join(", "));
    let texts = texts(cx, change).into_iter().map(|text| format!("{}: {}", text.label, text.text.plain));
    let lines =
        [head.trim_start_matches(": ").to_owned()].into_iter().chain(summary).chain([roles]).chain(texts);
    lines.collect::<Vec<_>>().join("\n")
}

/// The latest changes in the work of a role, a line each under its day.
pub(super) fn latest(cx: Cx<'_>, role: &Slug) -> Facts {
    let concerns = |change: &&Entry<Change>| {
        let roles = &change.data.roles;
        roles.is_empty() || roles.iter().filter_map(Ref::id).any(|id| id == role)
    };
    let fact = |change: &Entry<Change>| {
        let link = cx.link(&Key::new(Kind::Change, change.id().clone()))?;
        Some(Fact { label: cx.date(change.data.date.0?), values: vec![link] })
    };
    sorted(cx).into_iter().filter(concerns).filter_map(fact).take(LATEST).collect()
}
