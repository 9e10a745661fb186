//! A partner: what it is turned to for, and the tasks in which it takes part.

use serde::Serialize;

use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::model::kind::Kind;
use crate::model::partner::Partner;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::{At, Text};
use crate::route::List;
use crate::syntax::slug::Slug;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    facts: Facts,
    texts: Vec<TextView>,
    body: Option<Piece>,
    tasks: Facts,
    mentions: Facts,
}

/// Something said about a partner, under a heading.
#[derive(Serialize)]
struct TextView {
    label: String,
    text: Rich,
}

pub(super) fn render(cx: Cx<'_>, partner: &Entry<Partner>) -> Result<String, Diagnostic> {
    let key = partner.key();
    let tasks: Vec<(Slug, Key)> = super::role::tasks_of(cx, &key);
    let tasks: Vec<&(Slug, Key)> = tasks.iter().collect();
    let view = View {
        kind: cx.kind_word(Kind::Partner),
        name: cx.name(partner),
        summary: cx.summary(partner),
        facts: facts(cx, &partner.data),
        texts: texts(cx, partner),
        body: cx.body(partner),
        tasks: super::role::shares(cx, &tasks, &key)
            .into_iter()
            .chain(super::role::duties(cx, &key, std::slice::from_ref(&key)))
            .collect(),
        mentions: super::list::mentioned_by(cx, &key, &[Kind::Task]),
    };
    lay_out(cx, "page/partner.html", &view, super::role::head(cx, partner, List::Partners))
}

fn facts(cx: Cx<'_>, partner: &Partner) -> Facts {
    let sort = cx.word_of("sort", partner.sort.as_str());
    let consent = partner.consent.then(|| Link::plain(cx.word("partner.consent_needed")));
    let facts = [
        cx.fact("partner.sort", vec![Link::plain(&sort)]),
        cx.fact("partner.consent", consent.into_iter().collect()),
        cx.fact("law.law", cx.law(&partner.law)),
    ];
    facts.into_iter().flatten().collect()
}

/// What the list of partners says of one: what for, whether the client agrees first, how it is reached, and what it
/// was called before.
pub(super) fn told(cx: Cx<'_>, partner: &Entry<Partner>) -> Facts {
    let kind = At::root("partner");
    let at = kind.entity(partner.id().as_str());
    let data = &partner.data;
    let text = |text: &Text, key: &str| -> Vec<Link> {
        let words = cx.words(text, &at.field(key));
        words.map(|words| Link { words, ..Link::default() }).into_iter().collect()
    };
    let consent = data.consent.then(|| Link::plain(cx.word("partner.consent_needed")));
    let facts = [
        cx.fact("partner.purpose", text(&data.purpose, "purpose")),
        cx.fact("partner.consent", consent.into_iter().collect()),
        cx.fact("partner.contact", text(&data.contact, "contact")),
        cx.fact("partner.former_name", text(&data.former_name, "former_name")),
    ];
    facts.into_iter().flatten().collect()
}

fn texts(cx: Cx<'_>, partner: &Entry<Partner>) -> Vec<TextView> {
    let kind = At::root("partner");
    let at = kind.entity(partner.id().as_str());
    let data = &partner.data;
    let view = |key: &str, label: &str, text: &Text| {
        Some(TextView { text: cx.rich(text, &at.field(key))?, label: cx.word(label).to_owned() })
    };
    let texts = [
        view("purpose", "partner.purpose", &data.purpose),
        view("contact", "partner.contact", &data.contact),
        view("former_name", "partner.former_name", &data.former_name),
    ];
    texts.into_iter().flatten().collect()
}
