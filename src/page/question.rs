//! Questions in their list: what is open first, sorted by what sort of question it is, then what is settled.

use super::Cx;
use super::markup::Facts;
use super::sheet::Labelled;
use super::words::{Link, Rich};
use crate::base::html::Writer;
use crate::model::question::{Question, QuestionSort, QuestionState};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::At;

/// Questions under their headings, each heading with its anchor: of every sort those that wait, the oldest
/// first, and behind them all that are answered, the newest first.
pub(super) fn sorted(cx: Cx<'_>) -> Vec<(&'static str, &'static str, Vec<Key>)> {
    let questions = || cx.book().tables.questions.iter();
    let waits = |question: &Entry<Question>| {
        matches!(question.data.state, QuestionState::Open | QuestionState::UnderWay)
    };
    let of = |sort: QuestionSort| {
        let mut own: Vec<_> = questions().filter(|q| waits(q) && q.data.sort == sort).collect();
        own.sort_by_key(|question| (question.data.raised.0.is_none(), question.data.raised.0));
        own.into_iter().map(AnyEntry::key).collect::<Vec<Key>>()
    };
    let mut answered: Vec<_> = questions().filter(|question| !waits(question)).collect();
    answered.sort_by_key(|question| std::cmp::Reverse(question.data.decided.0));
    vec![
        ("questions.open", "open", of(QuestionSort::OpenQuestion)),
        ("questions.proposals", "proposals", of(QuestionSort::Proposal)),
        ("questions.border_cases", "border-cases", of(QuestionSort::BorderCase)),
        ("questions.answered", "answered", answered.into_iter().map(AnyEntry::key).collect()),
    ]
}

/// What is told of a question beside its name.
pub(super) fn facts(cx: Cx<'_>, question: &Entry<Question>) -> Facts {
    let data = &question.data;
    let plain = |text: String| vec![Link::plain(&text)];
    let answered = !matches!(data.state, QuestionState::Open | QuestionState::UnderWay);
    let sort = answered.then(|| plain(cx.word_of("question_sort", data.sort.as_str())));
    let team = data.raised_by.as_ref().and_then(|team| cx.link(&cx.book().target(team)?));
    let bearer = data.decided_by.as_ref().and_then(|who| cx.link(&cx.book().target(who)?));
    let forum = data.forum.as_ref().and_then(|forum| cx.link(&cx.book().target(forum)?));
    let facts = [
        cx.fact("questions.state", plain(cx.word_of("question_state", data.state.as_str()))),
        cx.fact("questions.sort", sort.unwrap_or_default()),
        cx.fact("questions.raised", day_and(cx, data.raised.0, team)),
        cx.fact("questions.about", cx.mentioned(&question.key(), &data.about)),
        cx.fact("questions.forum", forum.into_iter().collect()),
        cx.fact("questions.decided", day_and(cx, data.decided.0, bearer)),
    ];
    facts.into_iter().flatten().collect()
}

/// Whose it was, with the day behind; else the day alone.
fn day_and(cx: Cx<'_>, date: Option<crate::base::date::Date>, who: Option<Link>) -> Vec<Link> {
    let date = date.map(|date| cx.date(date));
    match who {
        Some(who) => vec![who.noted(date)],
        None => date.map(|date| Link::plain(&date)).into_iter().collect(),
    }
}

/// The answer.
pub(super) fn texts(cx: Cx<'_>, question: &Entry<Question>) -> Vec<Labelled> {
    let kind = At::root("question");
    let at = kind.entity(question.id().as_str());
    let answer = cx.rich(&question.data.answer, &at.field("answer"));
    answer.into_iter().map(|text| Labelled { label: cx.word("questions.answer").to_owned(), text }).collect()
}

/// A text with a word of the interface before it: "Not heard: …".
pub(super) fn labelled(cx: Cx<'_>, word: &'static str, text: Rich) -> Rich {
    let word = cx.strings().get(word);
    let mut out = Writer::default();
    out.text(word).raw(" ").html(&text.text_html);
    Rich { text_html: out.finish(), plain: format!("{word} {}", text.plain), ..text }
}
