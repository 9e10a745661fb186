//! A forum: who meets, how often, what is brought to it and what comes out of it.

use super::Cx;
use super::markup::Facts;
use super::service::{actors, back};
use super::sheet::{Part, Sheet, texts};
use super::words::Link;
use crate::model::forum::Forum;
use crate::model::kind::Kind;
use crate::model::question::QuestionState;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::syntax::slug::Slug;

pub(super) fn sheet(cx: Cx<'_>, forum: &Entry<Forum>) -> Sheet {
    let key = forum.key();
    let data = &forum.data;
    let done: Vec<Key> = data.tasks.iter().filter_map(|task| cx.book().target(task)).collect();
    let links = done.iter().filter_map(|task| super::service::with_accountable(cx, task)).collect();
    let tasks = Part { links, facts: shares(cx, &key), ..Part::new("tehtavat", cx.word("forum.tasks")) };
    let waiting = Part { links: waiting(cx, &key), ..Part::new("kysymykset", cx.word("forum.questions")) };
    let sheet = Sheet::of(cx, forum, &[Kind::Question, Kind::Task]).with(own(cx, forum)).with_body(cx, forum);
    sheet.with(tasks).with(waiting)
}

/// Who meets, how often, what is brought and what comes out.
pub(super) fn own(cx: Cx<'_>, forum: &Entry<Forum>) -> Part {
    let data = &forum.data;
    let told = [("rhythm", &data.rhythm), ("takes", &data.takes), ("produces", &data.produces)];
    Part { facts: facts(cx, data), texts: texts(cx, &forum.key(), &told), ..Part::default() }
}

fn facts(cx: Cx<'_>, forum: &Forum) -> Facts {
    let chair = forum.chair.as_ref().and_then(|chair| cx.book().target(chair));
    let teams: Vec<Key> = forum.teams.iter().filter_map(|team| cx.book().target(team)).collect();
    let facts = [
        cx.fact("forum.chair", chair.and_then(|chair| cx.link(&chair)).into_iter().collect()),
        cx.fact("forum.members", actors(cx, &forum.members)),
        cx.fact("kinds.team", cx.links(&teams)),
    ];
    facts.into_iter().flatten().collect()
}

/// The tasks that name the forum among those who take part.
fn shares(cx: Cx<'_>, key: &Key) -> Facts {
    let tasks: Vec<(Slug, Key)> = super::role::tasks_of(cx, key);
    super::role::shares(cx, &tasks.iter().collect::<Vec<_>>(), key)
}

/// The questions that are to be settled here and are not yet.
fn waiting(cx: Cx<'_>, key: &Key) -> Vec<Link> {
    let open = |question: &Key| {
        let question = cx.book().tables.questions.shown(&question.id);
        question.is_some_and(|question| {
            matches!(question.data.state, QuestionState::Open | QuestionState::UnderWay)
        })
    };
    cx.links(&back(cx, key, Kind::Question).into_iter().filter(open).collect::<Vec<_>>())
}
