//! Lists: everything of a kind, in the order in which a reader looks for it.

mod told;

use serde::Serialize;

use super::frame::{Head, StaleMark, list_name, stale_mark};
use super::law::ChangedView;
use super::markup::Facts;
use super::path::Screens;
use super::prose::Piece;
use super::sheet::Labelled;
use super::words::{Link, Rich};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::axis::Axis;
use crate::model::book::Handbook;
use crate::model::breakdown;
use crate::model::kind::Kind;
use crate::model::page::Page;
use crate::model::partner::Sort;
use crate::model::segment::Segment;
use crate::model::segmentation::Segmentation;
use crate::model::situation::Situation;
use crate::model::statute::Statute;
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::task::Task;
use crate::route::List;
use crate::syntax::slug::Slug;

pub(in crate::page) use told::mentioned_by;

#[derive(Serialize)]
struct View {
    title: String,
    lead: String,
    path_html: Vec<Html>,
    /// How processes hang together.
    map_html: Option<Html>,
    groups: Vec<Group>,
    empty: String,
    /// What is announced to change.
    changed: Vec<ChangedView>,
    /// That what is listed is guidance.
    guidance: Option<String>,
    /// What is listed as plain text, to be pasted elsewhere.
    pasted: Option<String>,
    /// The list as files.
    files: Vec<Link>,
}

/// Entries under a heading; one group without a heading where there is nothing to tell apart.
#[derive(Serialize, Default)]
struct Group {
    heading: Option<Link>,
    id: Option<String>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    /// The anchor where the entity has no page of its own.
    id: Option<String>,
    /// The anchors it had before.
    was: Vec<String>,
    name: Link,
    summary: Option<Rich>,
    facts: Facts,
    texts: Vec<Labelled>,
    body: Option<Piece>,
    stale: Option<StaleMark>,
}

pub(super) fn render(cx: Cx<'_>, list: List) -> Result<String, Diagnostic> {
    let title = list_name(cx, list);
    let lead = cx.word_of("lead", list.as_str());
    let head = Head { title: title.clone(), description: Some(lead.clone()), ..Head::default() };
    let path_html = if list == List::Phases { paths(cx) } else { Vec::new() };
    let map_html = if list == List::Processes { super::process::map(cx) } else { None };
    let empty = cx.word("list.empty").to_owned();
    let changed = if list == List::Statutes { super::law::changed(cx) } else { Vec::new() };
    let rules: Vec<_> = cx.book().tables.rules.iter().filter(|_| list == List::Rules).collect();
    let guidance = (!rules.is_empty()).then(|| super::rule::guidance(cx, &rules));
    let groups = groups(cx, list);
    let pasted = if list == List::Changes { super::change::pasted(cx) } else { None };
    let files = super::sheet::files(cx);
    let view = View { title, lead, path_html, map_html, groups, empty, changed, guidance, pasted, files };
    lay_out(cx, "page/list.html", &view, head)
}

fn paths(cx: Cx<'_>) -> Vec<Html> {
    cx.book().tables.frameworks.iter().filter_map(|framework| cx.path(framework, &[], Screens::All)).collect()
}

fn groups(cx: Cx<'_>, list: List) -> Vec<Group> {
    let mut groups = groups_of(cx, list);
    groups.retain(|group| !group.items.is_empty());
    groups
}

fn groups_of(cx: Cx<'_>, list: List) -> Vec<Group> {
    let tables = &cx.book().tables;
    let kind = |kind: Kind| tables.of(kind).map(AnyEntry::key).collect::<Vec<Key>>();
    match list {
        List::Matrices => vec![plain(cx, &kind(Kind::Framework))],
        List::Roles => vec![
            Group { heading: heading(cx, "kinds.role"), ..plain(cx, &kind(Kind::Role)) },
            Group { heading: heading(cx, "kinds.function"), ..plain(cx, &kind(Kind::Function)) },
        ],
        List::Phases => {
            let phases =
                cx.world.reading.division().phases().iter().cloned().map(|id| Key::new(Kind::Phase, id));
            vec![plain(cx, &phases.collect::<Vec<_>>())]
        }
        List::Tasks => tasks(cx),
        List::Statutes => statutes(cx),
        List::Pages => {
            let keys: Vec<Key> = pages_in_order(cx.book()).into_iter().map(AnyEntry::key).collect();
            vec![plain(cx, &keys)]
        }
        List::Processes => vec![plain(cx, &kind(Kind::Process))],
        List::Guides => vec![plain(cx, &kind(Kind::Guide))],
        List::Services => vec![plain(cx, &kind(Kind::Service))],
        List::Segments => segments(cx),
        List::Partners => partners(cx),
        List::Forms => vec![inline(cx, &kind(Kind::Form))],
        List::Checklists => vec![plain(cx, &kind(Kind::Checklist))],
        List::Teams => vec![plain(cx, &kind(Kind::Team))],
        List::Areas => vec![inline(cx, &kind(Kind::Area))],
        List::Forums => vec![plain(cx, &kind(Kind::Forum))],
        List::Onboardings => vec![plain(cx, &kind(Kind::Onboarding))],
        List::Indicators => vec![plain(cx, &kind(Kind::Indicator))],
        List::Pilots => vec![plain(cx, &kind(Kind::Pilot))],
        List::Questions => questions(cx),
        List::Changes => {
            let keys: Vec<Key> = super::change::sorted(cx).into_iter().map(AnyEntry::key).collect();
            vec![inline(cx, &keys)]
        }
        List::Rules => vec![inline(cx, &kind(Kind::Rule))],
        List::Obligations => vec![inline(cx, &kind(Kind::Obligation))],
        List::Competences => vec![inline(cx, &kind(Kind::Competence))],
        List::Qualifications => vec![inline(cx, &kind(Kind::Qualification))],
        List::Situations => axes(cx),
        List::Topics => vec![inline(cx, &kind(Kind::Topic))],
        // The glossary is a page of its own sort.
        List::Terms => Vec::new(),
    }
}

fn heading(cx: Cx<'_>, key: &str) -> Option<Link> {
    Some(Link::plain(cx.strings().get(key)))
}

/// Entities with pages of their own.
fn plain(cx: Cx<'_>, keys: &[Key]) -> Group {
    let shown = keys.iter().filter(|key| cx.href(key).is_some());
    Group { items: shown.filter_map(|key| item(cx, key)).collect(), ..Group::default() }
}

fn item(cx: Cx<'_>, key: &Key) -> Option<Item> {
    let entry = cx.book().entry(key)?;
    Some(Item {
        id: None,
        was: Vec::new(),
        name: cx.link(key)?,
        summary: cx.summary(entry),
        facts: told::brief(cx, key),
        texts: Vec::new(),
        body: None,
        stale: None,
    })
}

/// Entities that stand in the list itself, with what mentions them.
fn inline(cx: Cx<'_>, keys: &[Key]) -> Group {
    Group { items: keys.iter().filter_map(|key| inline_item(cx, key)).collect(), ..Group::default() }
}

fn inline_item(cx: Cx<'_>, key: &Key) -> Option<Item> {
    let entry = cx.book().entry(key)?;
    let facts = told::whole(cx, key);
    let id = format!("{}-{}", key.kind.as_str(), key.id);
    Some(Item {
        stale: stale_mark(cx, key, &id),
        was: cx.was(&id),
        id: Some(id),
        name: Link { words: cx.name_of(entry), ..Link::default() },
        summary: cx.summary(entry),
        facts,
        texts: told::texts(cx, key),
        body: cx.body(entry),
    })
}

/// Questions by sort, each heading with its anchor.
fn questions(cx: Cx<'_>) -> Vec<Group> {
    let group = |(word, id, keys): (&'static str, &str, Vec<Key>)| Group {
        heading: heading(cx, word),
        id: Some(id.to_owned()),
        ..inline(cx, &keys)
    };
    super::question::sorted(cx).into_iter().map(group).collect()
}

/// The statutes on which the handbook rests, the others, and those that are no longer in force.
fn statutes(cx: Cx<'_>) -> Vec<Group> {
    let repealed = |statute: &&Entry<Statute>| statute.data.repealed.holds(cx.world.today);
    let used = |key: &Key| !cx.world.reading.links().resting_on(cx.book(), key).is_empty();
    let (old, valid): (Vec<_>, Vec<_>) = cx.book().tables.statutes.iter().partition(repealed);
    let (used, other): (Vec<Key>, Vec<Key>) = valid.into_iter().map(AnyEntry::key).partition(used);
    let old: Vec<Key> = old.into_iter().map(AnyEntry::key).collect();
    let named = [("law.used", used), ("law.other", other), ("law.old", old)];
    let group =
        |(name, keys): (&'static str, Vec<Key>)| Group { heading: heading(cx, name), ..plain(cx, &keys) };
    named.into_iter().map(group).collect()
}

/// Segments under their segmentations, and those that name none behind.
fn segments(cx: Cx<'_>) -> Vec<Group> {
    let tables = &cx.book().tables;
    let group = |segmentation: &Entry<Segmentation>| {
        let own: Vec<Key> = breakdown::segments(cx.book(), segmentation.id()).map(AnyEntry::key).collect();
        let heading = cx.link(&segmentation.key());
        // A segmentation without segments is still told of.
        let items = if own.is_empty() { vec![segmentation.key()] } else { own };
        Group { heading, id: Some(format!("_{}", segmentation.id())), ..plain(cx, &items) }
    };
    let homeless = |segment: &&Entry<Segment>| {
        breakdown::segmentation_of(segment).is_none_or(|of| tables.segmentations.shown(of).is_none())
    };
    let rest: Vec<Key> = tables.segments.iter().filter(homeless).map(AnyEntry::key).collect();
    let rest = Group { heading: heading(cx, "kinds.segment"), ..plain(cx, &rest) };
    tables.segmentations.iter().map(group).chain([rest]).collect()
}

/// Partners by sort, as a network.
fn partners(cx: Cx<'_>) -> Vec<Group> {
    let partners = &cx.book().tables.partners;
    let group = |word: &&'static str| {
        let own = partners.iter().filter(|partner| partner.data.sort.as_str() == *word);
        let keys: Vec<Key> = own.map(AnyEntry::key).collect();
        let heading = Some(Link::plain(&cx.word_of("sorts", word)));
        Group { heading, id: Some(format!("_{word}")), ..plain(cx, &keys) }
    };
    Sort::WORDS.iter().map(group).collect()
}

/// Tasks under the phases they belong to, and those without a phase behind.
fn tasks(cx: Cx<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for phase in cx.world.reading.division().phases() {
        let keys: Vec<Key> = keys(cx.world.reading.division().of_phase(phase));
        let heading = cx.link(&Key::new(Kind::Phase, phase.clone()));
        groups.push(Group { heading, id: Some(format!("_{phase}")), ..plain(cx, &keys) });
    }
    let shown = |phase: &Ref<_>| phase.id().is_some_and(|id| cx.book().tables.phases.shown(id).is_some());
    let homeless = |task: &&Entry<Task>| !task.data.phase.iter().any(shown);
    let rest: Vec<Key> = cx.book().tables.tasks.iter().filter(homeless).map(AnyEntry::key).collect();
    groups.push(Group { heading: heading(cx, "list.no_phase"), ..plain(cx, &rest) });
    groups
}

fn keys(tasks: &[Slug]) -> Vec<Key> {
    tasks.iter().map(|id| Key::new(Kind::Task, id.clone())).collect()
}

/// Axes as headings over their situations; behind them what stands under no axis, and axes without situations.
fn axes(cx: Cx<'_>) -> Vec<Group> {
    let tables = &cx.book().tables;
    let is_of = |situation: &Entry<Situation>, axis: &Slug| {
        situation.data.axis.as_ref().and_then(Ref::id) == Some(axis)
    };
    let group = |axis: &Entry<Axis>| {
        let own = tables.situations.iter().filter(|situation| is_of(situation, axis.id()));
        let keys: Vec<Key> = own.map(AnyEntry::key).collect();
        let words = cx.name(axis);
        Group {
            heading: Some(Link { words, ..Link::default() }),
            id: Some(format!("axis-{}", axis.id())),
            ..inline(cx, &keys)
        }
    };
    let alone = |own: &&Entry<Situation>| !tables.axes.iter().any(|axis| is_of(own, axis.id()));
    let bare = |axis: &&Entry<Axis>| !tables.situations.iter().any(|own| is_of(own, axis.id()));
    let rest = [
        ("kinds.situation", tables.situations.iter().filter(alone).map(AnyEntry::key).collect::<Vec<_>>()),
        ("kinds.axis", tables.axes.iter().filter(bare).map(AnyEntry::key).collect()),
    ];
    let rest = rest.into_iter().filter(|(_, keys)| !keys.is_empty());
    let rest = rest.map(|(word, keys)| Group { heading: heading(cx, word), ..inline(cx, &keys) });
    tables.axes.iter().filter(|axis| !bare(axis)).map(group).chain(rest).collect()
}

/// Pages by their order, then as written.
pub(super) fn pages_in_order(book: &Handbook) -> Vec<&Entry<Page>> {
    let mut pages: Vec<_> = book.tables.pages.iter().collect();
    pages.sort_by_key(|page| page.data.order.unwrap_or(u32::MAX));
    pages
}
