//! A checklist: boxes to tick on the screen, kept in the browser only, or on paper.

use serde::Serialize;

use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::{Diagnostic, gaps};
use crate::model::checklist::{CheckItem, Checklist};
use crate::model::kind::Kind;
use crate::model::meta::TextRow;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::At;
use crate::route::List;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    /// What the ticks are kept under.
    ticks: String,
    groups: Vec<Group>,
    body: Option<Piece>,
    mentions: super::markup::Facts,
}

/// Items under a heading.
#[derive(Serialize, Default)]
struct Group {
    id: String,
    #[serde(serialize_with = "super::markup::said")]
    heading: Option<Words>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    text: Rich,
    note: Option<Rich>,
    state: Option<State>,
    #[serde(serialize_with = "super::markup::listed")]
    see: Vec<Link>,
    sub: Vec<Sub>,
}

#[derive(Serialize)]
struct Sub {
    id: String,
    text: Rich,
}

/// What a check of polku says on the day of the build.
#[derive(Serialize)]
struct State {
    text: String,
    kept: bool,
    date: String,
    /// What the check would find, in words.
    looks_for: String,
    /// The name of the check, as `polku explain` knows it.
    check: String,
}

pub(super) fn render(cx: Cx<'_>, checklist: &Entry<Checklist>) -> Result<String, Diagnostic> {
    let kind = At::root("checklist");
    let at = kind.entity(checklist.id().as_str());
    let view = View {
        kind: cx.kind_word(Kind::Checklist),
        name: cx.name(checklist),
        summary: cx.summary(checklist),
        ticks: checklist.key().to_string(),
        groups: groups(cx, checklist, &at),
        body: cx.body(checklist),
        mentions: super::list::mentioned_by(cx, &checklist.key(), &[]),
    };
    lay_out(cx, "page/checklist.html", &view, super::role::head(cx, checklist, List::Checklists))
}

/// Items under their headings: one without a heading stands under that of the item before.
fn groups(cx: Cx<'_>, checklist: &Entry<Checklist>, at: &At<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (position, item) in checklist.data.item.iter().enumerate() {
        let name = item.id.name(position);
        let rows = at.field("item");
        let row = rows.field(&name);
        let heading = cx.words(&item.group, &row.field("group"));
        let same = |group: &Group| {
            let own = group.heading.as_ref().map(|own| &own.text);
            heading.as_ref().is_none_or(|heading| own == Some(&heading.text))
        };
        if !groups.last().is_some_and(same) {
            groups.push(Group { id: format!("_g-{}", groups.len() + 1), heading, ..Group::default() });
        }
        if let Some(group) = groups.last_mut() {
            group.items.extend(view(cx, item, &name, &row, &checklist.key()));
        }
    }
    groups
}

fn view(cx: Cx<'_>, item: &CheckItem, name: &str, at: &At<'_>, own: &Key) -> Option<Item> {
    let sub = |(position, row): (usize, &TextRow)| {
        let own = row.id.name(position);
        let text = cx.rich(&row.text, &at.field("sub").field(&own).field("text"))?;
        Some(Sub { id: format!("_t-{name}.{own}"), text })
    };
    Some(Item {
        id: format!("_t-{name}"),
        text: cx.rich(&item.text, &at.field("text"))?,
        note: cx.rich(&item.note, &at.field("note")),
        state: item.check.as_ref().and_then(|check| state(cx, &check.id)),
        see: cx.mentioned(own, &item.see),
        sub: item.sub.iter().enumerate().filter_map(sub).collect(),
    })
}

fn state(cx: Cx<'_>, check: &str) -> Option<State> {
    let told = cx.world.tally.get(check)?;
    let text = match told.found {
        0 => cx.word("checklist.kept").to_owned(),
        1 => cx.word("checklist.one_to_mend").to_owned(),
        found => cx.strings().with("checklist.to_mend", &[("n", &found.to_string())]),
    };
    let says = gaps(told.code.info()?.message.get(cx.lang));
    let looks_for = cx.strings().with("checklist.looks_for", &[("finding", &says)]);
    Some(State {
        text,
        kept: told.found == 0,
        date: cx.date(cx.world.today),
        looks_for,
        check: check.to_owned(),
    })
}
