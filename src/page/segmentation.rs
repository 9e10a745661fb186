//! A segmentation: its segments in a table, and as a breakdown where they are parts of each other.

use super::Cx;
use super::markup::Facts;
use super::segment::{number, source, years};
use super::sheet::{Cell, Part, Sheet, Table};
use super::words::Link;
use crate::base::html::Html;
use crate::chart::path::Direction;
use crate::chart::tree::{ACROSS, Branch, Tree, draw, layout, levels};
use crate::model::breakdown::{Count, Node, breakdown};
use crate::model::kind::Kind;
use crate::model::segmentation::Segmentation;
use crate::model::table::{AnyEntry, Entry, Key};

pub(super) fn sheet(cx: Cx<'_>, segmentation: &Entry<Segmentation>) -> Sheet {
    let forest = breakdown(cx.book(), segmentation.id());
    let own = Part { facts: facts(cx, &segmentation.data), ..Part::default() };
    let figure_html = drawing(cx, segmentation, &forest);
    let lead = figure_html.is_some().then(|| cx.word("segment.drawing_lead").to_owned());
    let drawn = Part { figure_html, lead, ..Part::new("kuvio", cx.word("segment.breakdown")) };
    let table = Part { table: Some(table(cx, &forest)), ..Part::new("ryhmat", cx.word("kinds.segment")) };
    let sheet = Sheet::of(cx, segmentation, &[Kind::Segment]).with(own).with_body(cx, segmentation);
    sheet.with(drawn).with(table)
}

fn facts(cx: Cx<'_>, segmentation: &Segmentation) -> Facts {
    let ages = segmentation.ages.iter().map(|ages| Link::plain(&years(cx, *ages))).collect();
    let facts = [cx.fact("segment.ages", ages), cx.fact("law.law", cx.law(&segmentation.law))];
    facts.into_iter().flatten().collect()
}

/// A row a segment, a whole before its parts; columns in which nothing stands are left out.
fn table(cx: Cx<'_>, forest: &[Node<'_>]) -> Table {
    let nodes = forest.iter().flat_map(|root| root.all(0));
    let rows: Vec<Vec<Cell>> = nodes.map(|(_, node)| row(cx, node)).collect();
    let columns = [
        "segment.name",
        "segment.code",
        "segment.parent",
        "segment.age",
        "segment.size",
        "segment.counted",
        "segment.source",
        "segment.sum",
        "segment.services",
        "segment.responsible",
        "segment.hands_over_to",
    ];
    Table::new(cx, &columns, rows)
}

fn row(cx: Cx<'_>, node: &Node<'_>) -> Vec<Cell> {
    let data = &node.segment.data;
    let parent = data.parent.as_ref().and_then(|parent| cx.book().target(parent));
    let services: Vec<Key> = data.services.iter().filter_map(|one| cx.book().target(one)).collect();
    let roles: Vec<Key> = data.responsible.iter().filter_map(|one| cx.book().target(one)).collect();
    let next: Vec<Key> = data.hands_over_to.iter().filter_map(|one| cx.book().target(one)).collect();
    let aside = data.outside_sum.then(|| cx.word("segment.outside_sum").to_owned());
    let size = data.size.as_ref();
    vec![
        Cell::link(cx.link(&node.segment.key()).map(|link| link.noted(aside))),
        Cell::plain(data.code.as_deref().unwrap_or_default()),
        Cell::link(parent.and_then(|parent| cx.link(&parent))),
        Cell::plain(&data.age.map(|age| years(cx, age)).unwrap_or_default()),
        Cell::number(&size.and_then(Count::of).map(|count| number(cx, count)).unwrap_or_default()),
        Cell::plain(&size.and_then(|size| size.date.0).map(|date| cx.date(date)).unwrap_or_default()),
        Cell::plain(&size.and_then(|size| source(cx, node.segment, size)).unwrap_or_default()),
        Cell::number(&node.sum().map(|sum| number(cx, sum.count)).unwrap_or_default()),
        Cell::links(cx.links(&services)),
        Cell::links(cx.links(&roles)),
        Cell::links(cx.links(&next)),
    ]
}

/// The breakdown drawn; `None` where no segment is a part of another.
fn drawing(cx: Cx<'_>, segmentation: &Entry<Segmentation>, forest: &[Node<'_>]) -> Option<Html> {
    if forest.iter().all(|root| root.parts.is_empty()) {
        return None;
    }
    let middle = |node: &Node<'_>| Some(Count::of(node.segment.data.size.as_ref()?)?.middle());
    let largest =
        forest.iter().flat_map(|root| root.all(0)).filter_map(|(_, node)| middle(node)).fold(0.0, f64::max);
    let title = cx.name(segmentation).text;
    let tree = Tree {
        id: format!("_tree-{}", segmentation.id()),
        description: cx.strings().with("segment.drawing", &[("title", &title)]),
        title,
        roots: forest.iter().map(|root| branch(cx, root, largest)).collect(),
    };
    let drawn = |direction| draw(&tree, &layout(&tree, direction));
    let deep = levels(&tree.roots) > ACROSS;
    let wide = if deep { String::new() } else { drawn(Direction::Across) };
    let frame =
        if deep { "<div class=\"pk-breakdown pk-breakdown-deep\">" } else { "<div class=\"pk-breakdown\">" };
    Some(Html::vouched(format!("{frame}{wide}{}</div>", drawn(Direction::Down))))
}

fn branch(cx: Cx<'_>, node: &Node<'_>, largest: f64) -> Branch {
    let count = node.segment.data.size.as_ref().and_then(Count::of);
    let name = node.segment.meta.name.words.fallback(cx.lang, &cx.book().fallbacks);
    Branch {
        label: cx.name(node.segment).text,
        lang: name.and_then(|(lang, _)| (lang != cx.lang).then(|| lang.to_string())),
        href: cx.href(&node.segment.key()).map(|(href, _)| href),
        src: cx.name_source(&node.segment.key()),
        count: count.map(|count| number(cx, count)).unwrap_or_default(),
        share: count.filter(|_| largest > 0.0).map(|count| count.middle() / largest),
        aside: node.segment.data.outside_sum,
        parts: node.parts.iter().map(|part| branch(cx, part, largest)).collect(),
    }
}
