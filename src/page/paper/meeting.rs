//! What lies before a forum: open questions, empty cells, gaps, overlaps, late reviews and changes, with
//! room for what is decided.

use std::collections::BTreeSet;

use super::super::Cx;
use super::super::sheet::{Cell, Part, Sheet, Table};
use super::super::view::reviews;
use super::super::words::Link;
use super::form;
use crate::model::cell;
use crate::model::coverage::{End, Loose};
use crate::model::forum::Forum;
use crate::model::kind::Kind;
use crate::model::prose;
use crate::model::question::{Question, QuestionState};
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::route::Paper;
use crate::syntax::slug::Slug;

/// Changes of so many months are recent.
const RECENT: u16 = 6;

pub(super) fn sheet(cx: Cx<'_>, forum: &Entry<Forum>) -> Sheet {
    let roles = roles(cx, forum);
    let start = Sheet {
        summary: cx.summary(forum),
        ..super::begin(cx, Paper::Meeting, forum, "pk-paper pk-paper-meeting")
    };
    start
        .with(basics(cx, forum))
        .with(questions(cx, forum))
        .with(cases(cx))
        .with(cells(cx, &roles))
        .with(reviews::overdue(cx, &reviews::all(cx)))
        .with(changes(cx))
        .with(form::decisions(cx))
}

fn basics(cx: Cx<'_>, forum: &Entry<Forum>) -> Part {
    let Part { facts, texts, .. } = super::super::forum::own(cx, forum);
    Part { facts, texts, ..Part::new("_basics", cx.word("role.facts")) }
}

/// Those whose work the forum is about: its own people and those of its teams; everybody where it names
/// nobody.
fn roles(cx: Cx<'_>, forum: &Entry<Forum>) -> BTreeSet<Slug> {
    let data = &forum.data;
    let book = cx.book();
    let chair = data.chair.iter().filter_map(|chair| book.target(chair));
    let named = chair.chain(data.members.iter().filter_map(|member| book.target(member)));
    let mut roles: BTreeSet<Slug> =
        named.flat_map(|key| book.bearers(&key)).map(|role| role.id().clone()).collect();
    let teams = data.teams.iter().filter_map(Ref::id);
    roles.extend(teams.flat_map(|team| super::members(cx, team)).map(|role| role.id().clone()));
    if roles.is_empty() {
        roles.extend(book.tables.roles.iter().map(|role| role.id().clone()));
    }
    roles
}

/// What is not settled and comes here, or to no forum in particular.
fn questions(cx: Cx<'_>, forum: &Entry<Forum>) -> Part {
    let here = |question: &&Entry<Question>| {
        let open = matches!(question.data.state, QuestionState::Open | QuestionState::UnderWay);
        let to = question.data.forum.as_ref().and_then(Ref::id);
        open && to.is_none_or(|to| to == forum.id())
    };
    let row = |question: &Entry<Question>| {
        let team = question.data.raised_by.as_ref().and_then(|team| cx.book().target(team));
        let raised = question.data.raised.0.map(|date| cx.date(date)).unwrap_or_default();
        vec![
            Cell { text: cx.summary(question), ..Cell::link(cx.link(&question.key())) },
            Cell::plain(&raised),
            Cell::link(team.and_then(|team| cx.link(&team))),
            Cell::room(),
        ]
    };
    let rows = cx.book().tables.questions.iter().filter(here).map(row).collect();
    let columns = ["meeting.question", "meeting.raised", "meeting.raised_by", "meeting.decision"];
    Part {
        table: Some(Table::new(cx, &columns, rows)),
        ..Part::new("_questions", cx.word("meeting.questions"))
    }
}

/// Cases that nobody has, and cases that two have.
fn cases(cx: Cx<'_>) -> Part {
    let rows = cx.world.loose().iter().map(|loose| vec![what(cx, loose), place(cx, loose), Cell::room()]);
    let rows = rows.collect();
    let columns = ["meeting.what", "meeting.where", "meeting.decision"];
    Part { table: Some(Table::new(cx, &columns, rows)), ..Part::new("_cases", cx.word("meeting.cases")) }
}

fn what(cx: Cx<'_>, loose: &Loose) -> Cell {
    let key = |kind| move |id: &Slug| Key::new(kind, id.clone());
    let (word, keys): (_, Vec<Key>) = match &loose.end {
        End::Gap(situations) => ("meeting.gap", situations.iter().map(key(Kind::Situation)).collect()),
        End::Overlap(one, other) => ("meeting.overlap", [one, other].map(key(Kind::Task)).into()),
    };
    Cell::links(std::iter::once(Link::plain(cx.word(word))).chain(cx.links(&keys)).collect())
}

fn place(cx: Cx<'_>, loose: &Loose) -> Cell {
    let keys = [Key::new(Kind::Topic, loose.topic.clone()), Key::new(Kind::Phase, loose.phase.clone())];
    Cell::links(cx.links(&keys))
}

/// Cells in which something is not written yet.
fn cells(cx: Cx<'_>, roles: &BTreeSet<Slug>) -> Part {
    let own = cx.world.cells().iter().filter(|cell| roles.contains(&cell.role));
    let rows: Vec<Vec<Cell>> = own.filter_map(|cell| empty_cell(cx, cell)).collect();
    let columns = ["matrix.role", "matrix.phase", "meeting.lacks", "meeting.decision"];
    Part { table: Some(Table::new(cx, &columns, rows)), ..Part::new("_cells", cx.word("meeting.cells")) }
}

fn empty_cell(cx: Cx<'_>, cell: &cell::Cell) -> Option<Vec<Cell>> {
    let lacks = prose::Part::ALL.into_iter().filter(|part| !cell.written.contains(part));
    let lacks: Vec<&str> = lacks.map(|part| crate::model::words::part(part, cx.lang)).collect();
    let phase = cx.link(&Key::new(Kind::Phase, cell.phase.clone()));
    let role = Cell::link(cx.link(&Key::new(Kind::Role, cell.role.clone())));
    (!lacks.is_empty()).then(|| vec![role, Cell::link(phase), Cell::plain(&lacks.join(", ")), Cell::room()])
}

/// What has changed lately or is about to.
fn changes(cx: Cx<'_>) -> Part {
    let since = cx.world.today.minus_months(RECENT);
    let recent = cx.book().tables.changes.iter().filter(|change| change.data.date.0 >= since);
    let mut recent: Vec<_> = recent.collect();
    recent.sort_by_key(|change| std::cmp::Reverse(change.data.date.0));
    let row = |change: &&Entry<crate::model::change::Change>| {
        let roles: Vec<Key> = change.data.roles.iter().filter_map(|role| cx.book().target(role)).collect();
        let date = change.data.date.0.map(|date| cx.date(date)).unwrap_or_default();
        let what = Cell { text: cx.summary(*change), ..Cell::link(cx.link(&change.key())) };
        vec![what, Cell::plain(&date), Cell::links(cx.links(&roles))]
    };
    let columns = ["meeting.change", "meeting.from", "meeting.whom"];
    let rows = recent.iter().map(row).collect();
    Part { table: Some(Table::new(cx, &columns, rows)), ..Part::new("_changes", cx.word("meeting.changes")) }
}
