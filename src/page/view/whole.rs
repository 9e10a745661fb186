//! The whole handbook on one page, to be read from beginning to end or printed: what stands on pages of
//! their own elsewhere stands here under anchors, and links between them stay on the page.

use serde::Serialize;

use super::super::frame::Head;
use super::super::prose::{Excerpt, Piece};
use super::super::role::{PartView, parts_below};
use super::super::sheet::Table;
use super::super::words::{Fact, Link, Rich, Words};
use super::super::{Cx, lay_out};
use super::decisions;
use crate::base::diag::Diagnostic;
use crate::model::division::{Share, Taking};
use crate::model::kind::Kind;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::{Decision, Task};
use crate::model::text::At;
use crate::page::markup::Facts;
use crate::route::{List, Page, View};

#[derive(Serialize)]
struct WholeView {
    title: String,
    lead: String,
    organisation: Option<Words>,
    chapters: Vec<Chapter>,
}

/// A chapter: entries under a heading, or a table.
#[derive(Default, Serialize)]
struct Chapter {
    id: String,
    heading: String,
    /// What a reader has to know of the chapter first.
    lead: Option<String>,
    entries: Vec<EntryView>,
    table: Option<Table>,
}

/// An entity as far as it has to be told here.
#[derive(Default, Serialize)]
struct EntryView {
    id: String,
    name: Words,
    /// The entity's own page, where its prose does not stand here.
    page: Option<String>,
    summary: Option<Rich>,
    facts: Facts,
    body: Option<Piece>,
    phases: Vec<PhaseView>,
    tasks: Vec<TaskView>,
    /// Whether the contents name it.
    listed: bool,
}

/// What a role does in a phase.
#[derive(Serialize)]
struct PhaseView {
    name: Words,
    parts: Vec<PartView>,
}

/// A task as a row, and its prose below the table.
#[derive(Serialize)]
struct TaskView {
    id: String,
    name: Words,
    /// The task's own page, where its prose does not stand here.
    page: Option<String>,
    summary: Option<Rich>,
    who: Vec<Fact>,
    situations: Vec<Link>,
    law: Vec<Link>,
    body: Option<Piece>,
}

/// The kinds that stand on the page.
const KINDS: &[Kind] =
    &[Kind::Role, Kind::Function, Kind::Phase, Kind::Task, Kind::Rule, Kind::Page, Kind::Term];

/// So much deeper stand the headings of prose: below the name of the entity.
const BELOW: u8 = 2;

/// Whether this is the page of the whole handbook.
fn is_here(cx: &Cx<'_>) -> bool {
    *cx.page == Page::View(View::Whole)
}

/// The anchor of an entity on this page, where it stands on it.
pub(in crate::page) fn anchor(cx: &Cx<'_>, key: &Key) -> Option<String> {
    let stands = is_here(cx) && KINDS.contains(&key.kind) && shown(cx, cx.book().shown(key)?);
    stands.then(|| name(key))
}

/// What stands before the anchors of an entity's headings on this page.
pub(in crate::page) fn prefix(cx: &Cx<'_>, key: &Key) -> String {
    if is_here(cx) { format!("{}-", name(key)) } else { String::new() }
}

fn shown(cx: &Cx<'_>, entry: &dyn AnyEntry) -> bool {
    let (page, _) = crate::route::Routes::page_of(&entry.key());
    cx.world.routes.page(cx.lang, &page).is_some() && cx.book().langs_of(entry.meta()).contains(&cx.lang)
}

fn name(key: &Key) -> String {
    format!("{}-{}", key.kind.as_str(), key.id)
}

pub(in crate::page) fn render(cx: Cx<'_>) -> Result<String, Diagnostic> {
    let title = cx.word_of("nav", View::Whole.as_str());
    let lead = cx.word_of("lead", View::Whole.as_str());
    let head = Head { title: title.clone(), description: Some(lead.clone()), ..Head::default() };
    let organisation = cx.words(&cx.book().config.organisation, &At::root("site").field("organisation"));
    let mut chapters = vec![roles(cx), phases(cx), tasks(cx), decisions(cx)];
    chapters.extend([
        plain(cx, List::Rules, cx.book().tables.of(Kind::Rule)),
        pages(cx),
        plain(cx, List::Terms, cx.book().tables.of(Kind::Term)),
    ]);
    chapters.retain(|chapter| !chapter.entries.is_empty() || chapter.table.is_some());
    lay_out(cx, "page/whole.html", &WholeView { title, lead, organisation, chapters }, head)
}

/// Whether the prose of a chapter stands here.
#[derive(Clone, Copy, PartialEq)]
enum Full {
    Yes,
    No,
}

/// Where more entities of a kind than this have prose, it stays on their pages: the page would weigh too much.
const MOST_PROSE: usize = 200;

impl Full {
    fn of(cx: Cx<'_>, kind: Kind) -> Full {
        let written = cx.book().tables.of(kind).filter(|entry| entry.prose().iter().next().is_some()).count();
        if written <= MOST_PROSE { Full::Yes } else { Full::No }
    }

    /// The page of an entity, where its prose stands there alone.
    fn page(self, cx: Cx<'_>, key: Key) -> Option<String> {
        (self == Full::No).then(|| cx.page_href(&Page::Entity(key))).flatten()
    }

    fn body(self, cx: Cx<'_>, entry: &dyn AnyEntry) -> Option<Piece> {
        if self == Full::Yes { body(cx, entry) } else { None }
    }
}

fn chapter(cx: Cx<'_>, word: &str, full: Full, entries: Vec<EntryView>) -> Chapter {
    let lead = (full == Full::No).then(|| cx.word("whole.elsewhere").to_owned());
    Chapter { id: format!("_{word}"), heading: cx.word_of("nav", word), lead, entries, table: None }
}

/// What every entity tells of itself.
fn entry(cx: Cx<'_>, entry: &dyn AnyEntry, full: Full) -> EntryView {
    EntryView {
        id: name(&entry.key()),
        name: cx.name_of(entry),
        page: full.page(cx, entry.key()),
        summary: cx.summary(entry),
        body: full.body(cx, entry),
        ..EntryView::default()
    }
}

fn body(cx: Cx<'_>, entry: &dyn AnyEntry) -> Option<Piece> {
    let (lang, prose) = entry.prose().fallback(cx.lang, &cx.book().fallbacks)?;
    let excerpt = Excerpt { prose, lang, ranges: &prose.body, shift: BELOW };
    let piece = cx.excerpt(&excerpt, &entry.key(), "");
    (!piece.prose_html.is_empty()).then_some(piece)
}

fn roles(cx: Cx<'_>) -> Chapter {
    let (tables, full) = (&cx.book().tables, Full::of(cx, Kind::Role));
    let roles = tables.roles.iter().filter(|role| shown(&cx, *role)).map(|role| self::role(cx, role, full));
    let functions = tables.functions.iter().filter(|function| shown(&cx, *function));
    let functions = functions.map(|function| EntryView {
        facts: cx.fact("law.law", cx.law(&function.data.law)).into_iter().collect(),
        listed: true,
        ..entry(cx, function, full)
    });
    chapter(cx, List::Roles.as_str(), full, roles.chain(functions).collect())
}

fn role(cx: Cx<'_>, role: &Entry<Role>, full: Full) -> EntryView {
    let phase = |phase| {
        let parts = parts_below(cx, role, phase, BELOW);
        let name = cx.name(cx.book().tables.phases.get(phase)?);
        (!parts.is_empty()).then_some(PhaseView { name, parts })
    };
    let phases = cx.world.reading.division().phases().iter().filter(|_| full == Full::Yes);
    EntryView {
        facts: super::super::role::facts_of(cx, role),
        phases: phases.filter_map(phase).collect(),
        listed: true,
        ..entry(cx, role, full)
    }
}

fn phases(cx: Cx<'_>) -> Chapter {
    let phases =
        cx.world.reading.division().phases().iter().filter_map(|id| cx.book().tables.phases.shown(id));
    let full = Full::of(cx, Kind::Phase);
    let view = |phase| EntryView { listed: true, ..entry(cx, phase, full) };
    let phases = phases.filter(|phase| shown(&cx, *phase)).map(|phase| view(phase as &dyn AnyEntry));
    chapter(cx, List::Phases.as_str(), full, phases.collect())
}

/// The tasks of each phase; a task of several phases stands under the first.
fn tasks(cx: Cx<'_>) -> Chapter {
    let full = Full::of(cx, Kind::Task);
    let mut seen = std::collections::BTreeSet::new();
    let mut entries = Vec::new();
    for phase in cx.world.reading.division().phases() {
        let of_phase = cx
            .world
            .reading
            .division()
            .of_phase(phase)
            .iter()
            .filter_map(|id| cx.book().tables.tasks.shown(id));
        let own = of_phase.filter(|task| shown(&cx, *task) && seen.insert(task.id()));
        let tasks: Vec<TaskView> = own.map(|task| self::task(cx, task, full)).collect();
        if let (Some(entry), false) = (cx.book().tables.phases.get(phase), tasks.is_empty()) {
            let id = format!("_tasks-{phase}");
            entries.push(EntryView { id, name: cx.name(entry), tasks, ..EntryView::default() });
        }
    }
    let homeless =
        cx.book().tables.tasks.iter().filter(|task| shown(&cx, *task) && !seen.contains(task.id()));
    let tasks: Vec<TaskView> = homeless.map(|task| self::task(cx, task, full)).collect();
    if !tasks.is_empty() {
        let name = Words { text: cx.word("list.no_phase").to_owned(), ..Words::default() };
        entries.push(EntryView { id: "_tasks".to_owned(), name, tasks, ..EntryView::default() });
    }
    chapter(cx, List::Tasks.as_str(), full, entries)
}

fn task(cx: Cx<'_>, task: &Entry<Task>, full: Full) -> TaskView {
    let takings = cx.world.reading.division().of_task(task.id());
    let fact = |share: &Share| {
        let links = takings.iter().filter(|taking: &&Taking| taking.share == *share);
        let links = links.filter_map(|taking| super::super::task::who_link(cx, taking)).collect();
        cx.fact_of("share", share.as_str(), links)
    };
    TaskView {
        id: name(&task.key()),
        name: cx.name(task),
        summary: cx.summary(task),
        who: Share::ALL.iter().filter_map(fact).collect(),
        situations: super::super::task::situations(cx, task),
        law: cx.law(&task.data.law).into_iter().map(|link| link.noted(None)).collect(),
        page: full.page(cx, task.key()),
        body: full.body(cx, task),
    }
}

/// Who decides what; the grounds stand with each task.
fn decisions(cx: Cx<'_>) -> Chapter {
    let deciding = |task: &&Entry<Task>| task.data.decision != Decision::None;
    let tasks: Vec<&Entry<Task>> = cx.book().tables.tasks.iter().filter(deciding).collect();
    let table = decisions::table(cx, &tasks).keep(&[0, 1, 2, 3, 4, 5]);
    let filled = !table.rows.is_empty();
    let chapter = chapter(cx, View::Decisions.as_str(), Full::Yes, Vec::new());
    Chapter { table: filled.then_some(table), ..chapter }
}

/// Entities that say what they are in a line or two.
fn plain<'a>(cx: Cx<'_>, list: List, entries: impl Iterator<Item = &'a dyn AnyEntry>) -> Chapter {
    let view = |own: &'a dyn AnyEntry| EntryView {
        facts: own_facts(cx, &own.key()),
        summary: definition(cx, &own.key()).or_else(|| cx.summary(own)),
        ..entry(cx, own, Full::Yes)
    };
    chapter(cx, list.as_str(), Full::Yes, entries.filter(|entry| shown(&cx, *entry)).map(view).collect())
}

fn own_facts(cx: Cx<'_>, key: &Key) -> Facts {
    let rule = cx.book().tables.rules.get(&key.id).filter(|_| key.kind == Kind::Rule);
    rule.and_then(|rule| cx.fact("law.law", cx.law(&rule.data.law))).into_iter().collect()
}

fn definition(cx: Cx<'_>, key: &Key) -> Option<Rich> {
    let term = cx.book().tables.terms.get(&key.id).filter(|_| key.kind == Kind::Term)?;
    let kind = At::root("term");
    cx.rich(&term.data.definition, &kind.entity(key.id.as_str()).field("definition"))
}

fn pages(cx: Cx<'_>) -> Chapter {
    let pages = super::super::list::pages_in_order(cx.book()).into_iter().filter(|page| shown(&cx, *page));
    let full = Full::of(cx, Kind::Page);
    let view = |page| EntryView { listed: true, ..entry(cx, page, full) };
    chapter(cx, List::Pages.as_str(), full, pages.map(|page| view(page as &dyn AnyEntry)).collect())
}
