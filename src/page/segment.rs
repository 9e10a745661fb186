//! A segment: who they are, how many, what they need most often and who works with them.

use super::Cx;
use super::markup::Facts;
use super::sheet::{Part, Sheet};
use super::words::Link;
use crate::base::number::whole;
use crate::model::breakdown::{Count, Node, with_parts};
use crate::model::kind::Kind;
use crate::model::measure::Range;
use crate::model::segment::{Segment, Size};
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::text::At;

pub(super) fn sheet(cx: Cx<'_>, segment: &Entry<Segment>) -> Sheet {
    let own = Part { facts: facts(cx, segment), ..Part::default() };
    let needs = Part { facts: needs(cx, segment), ..Part::new("palvelut", cx.word("segment.work")) };
    let sheet = Sheet::of(cx, segment, &[Kind::Team, Kind::Segment]).with(own).with_body(cx, segment);
    sheet.with(needs).with(parts(cx, segment))
}

fn facts(cx: Cx<'_>, segment: &Entry<Segment>) -> Facts {
    let data = &segment.data;
    let one = |key: Option<Key>| key.and_then(|key| cx.link(&key)).into_iter().collect();
    let size = data.size.as_ref().and_then(|size| size_link(cx, segment, size));
    let aside = data.outside_sum.then(|| Link::plain(cx.word("segment.outside_sum")));
    let facts = [
        cx.fact("segment.segmentation", one(data.segmentation.as_ref().and_then(|of| cx.book().target(of)))),
        cx.fact("segment.code", data.code.iter().map(|code| Link::plain(code)).collect()),
        cx.fact("segment.age", data.age.iter().map(|age| Link::plain(&years(cx, *age))).collect()),
        cx.fact("segment.size", size.into_iter().collect()),
        cx.fact("segment.parent", one(data.parent.as_ref().and_then(|whole| cx.book().target(whole)))),
        cx.fact("segment.sum", aside.into_iter().collect()),
    ];
    facts.into_iter().flatten().collect()
}

/// What the list of segments says of one: ages, size, and who works with it.
pub(super) fn told(cx: Cx<'_>, segment: &Entry<Segment>) -> Facts {
    let data = &segment.data;
    let size = data.size.as_ref().and_then(Count::of).map(|count| Link::plain(&number(cx, count)));
    let roles: Vec<Key> = data.responsible.iter().filter_map(|role| cx.book().target(role)).collect();
    let facts = [
        cx.fact("segment.code", data.code.iter().map(|code| Link::plain(code)).collect()),
        cx.fact("segment.age", data.age.iter().map(|age| Link::plain(&years(cx, *age))).collect()),
        cx.fact("segment.size", size.into_iter().collect()),
        cx.fact("segment.responsible", cx.links(&roles)),
    ];
    facts.into_iter().flatten().collect()
}

fn needs(cx: Cx<'_>, segment: &Entry<Segment>) -> Facts {
    let data = &segment.data;
    let keys = |list: &[Ref<crate::model::service::Service>]| -> Vec<Key> {
        list.iter().filter_map(|one| cx.book().target(one)).collect()
    };
    let roles: Vec<Key> = data.responsible.iter().filter_map(|role| cx.book().target(role)).collect();
    let next: Vec<Key> = data.hands_over_to.iter().filter_map(|team| cx.book().target(team)).collect();
    let teams = super::service::back(cx, &segment.key(), Kind::Team);
    let teams: Vec<Key> = teams.into_iter().filter(|team| !next.contains(team)).collect();
    let facts = [
        cx.fact("segment.services", cx.links(&keys(&data.services))),
        cx.fact("segment.responsible", cx.links(&roles)),
        cx.fact_of("kinds", "team", cx.links(&teams)),
        cx.fact("segment.hands_over_to", cx.links(&next)),
    ];
    facts.into_iter().flatten().collect()
}

/// The parts of a segment with their sizes, and what they come to.
fn parts(cx: Cx<'_>, segment: &Entry<Segment>) -> Part {
    let node = with_parts(cx.book(), segment);
    let links = node.parts.iter().filter_map(|part| sized(cx, part.segment)).collect();
    Part { links, lead: sum(cx, &node), ..Part::new("osat", cx.word("segment.parts")) }
}

/// A link to a segment with its size behind it.
fn sized(cx: Cx<'_>, segment: &Entry<Segment>) -> Option<Link> {
    let count = segment.data.size.as_ref().and_then(Count::of).map(|count| number(cx, count));
    Some(cx.link(&segment.key())?.noted(count))
}

/// What the parts come to, beside what the whole is told to be.
fn sum(cx: Cx<'_>, node: &Node<'_>) -> Option<String> {
    let sum = node.sum()?;
    let parts = number(cx, sum.count);
    let told = node.segment.data.size.as_ref().and_then(Count::of);
    Some(match told {
        Some(told) => {
            let values = [("parts", parts.as_str()), ("whole", &number(cx, told))];
            cx.strings().with("segment.sum_of", &values)
        }
        None => cx.strings().with("segment.sum_alone", &[("parts", &parts)]),
    })
}

/// How many a segment is: the number, when it was counted and by whom.
fn size_link(cx: Cx<'_>, segment: &Entry<Segment>, size: &Size) -> Option<Link> {
    let count = number(cx, Count::of(size)?);
    let source = source(cx, segment, size);
    let date = size.date.0.map(|date| cx.date(date));
    let note: Vec<String> = date.into_iter().chain(source).collect();
    Some(Link::plain(&count).noted((!note.is_empty()).then(|| note.join(", "))))
}

/// Where the size of a segment was told.
pub(super) fn source(cx: Cx<'_>, segment: &Entry<Segment>, size: &Size) -> Option<String> {
    let kind = At::root("segment");
    let entity = kind.entity(segment.id().as_str());
    cx.words(&size.source, &entity.field("size").field("source")).map(|words| words.text)
}

/// A number of people as it was told: "noin 60", "270–300".
pub(super) fn number(cx: Cx<'_>, count: Count) -> String {
    let grouped = |number: u64| whole(number, cx.lang);
    let plain = match count.to {
        Some(to) if to == count.from => grouped(to),
        Some(to) => format!("{}–{}", grouped(count.from), grouped(to)),
        None => cx.strings().with("segment.at_least", &[("n", &grouped(count.from))]),
    };
    if count.about { cx.strings().with("segment.about", &[("n", &plain)]) } else { plain }
}

/// Ages in years.
pub(super) fn years(cx: Cx<'_>, age: Range) -> String {
    match age.to {
        Some(to) if to == age.from => cx.strings().with("segment.one_year", &[("n", &to.to_string())]),
        Some(to) => {
            let (from, to) = (age.from.to_string(), to.to_string());
            cx.strings().with("segment.years", &[("from", &from), ("to", &to)])
        }
        None => cx.strings().with("segment.years_on", &[("from", &age.from.to_string())]),
    }
}
