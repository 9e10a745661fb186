//! What time does to a handbook: questions that wait, reviews that are late, pages that nobody keeps.

use std::collections::BTreeMap;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::{called, first_called};
use crate::model::kind::Kind;
use crate::model::question::QuestionState;
use crate::model::review;
use crate::model::table::AnyEntry;
use crate::model::values::Day;
use crate::model::words;

crate::codes! { "upkeep.toml":
    OLD_QUESTION = "old-question",
    SETTLED_WITHOUT_ANSWER = "settled-without-answer",
    REVIEW_OVERDUE = "review-overdue",
    OWNER_MISSING = "owner-missing",
    DAY_IN_FUTURE = "day-in-future",
    DECIDED_BEFORE_RAISED = "decided-before-raised",
}

pub(super) const QUESTIONS: &[Code] = &[OLD_QUESTION, SETTLED_WITHOUT_ANSWER];

/// After how many months a question has waited too long, unless `site.toml` says otherwise.
const QUESTION_MONTHS: u16 = 12;

/// Open questions are not forgotten, and what is settled says how.
pub(super) fn questions(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let months = facts.book.config.question_months.and_then(|months| u16::try_from(months).ok());
    for question in facts.book.tables.questions.iter() {
        let data = &question.data;
        let answered = matches!(data.state, QuestionState::Settled | QuestionState::Rejected);
        let due = data.raised.0.and_then(|raised| raised.plus_months(months.unwrap_or(QUESTION_MONTHS)));
        let late = !answered && due.is_some_and(|due| due < facts.today);
        let silent = answered && data.answer.is_empty() && !data.answer.faulty && !question.faulty;
        let code = match (late, silent) {
            (true, _) => OLD_QUESTION,
            (_, true) => SETTLED_WITHOUT_ANSWER,
            _ => continue,
        };
        let finding = Diagnostic::at(code, question.span).with("question", called(facts.book, question));
        let raised = data.raised.0.map(Date::everywhere).unwrap_or_default();
        diags.push(if late { finding.with("raised", raised) } else { finding });
    }
}

pub(super) const DAYS: &[Code] = &[DAY_IN_FUTURE, DECIDED_BEFORE_RAISED];

/// What has happened has a day that has been: a question that was raised and settled, somebody who was heard, a
/// page that was reviewed. The first such day of each is told.
pub(super) fn days(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let tables = &facts.book.tables;
    for entry in tables.entries() {
        diags.extend(in_future(facts, entry, entry.span(), "reviewed", entry.meta().reviewed));
    }
    for question in tables.questions.iter() {
        let (raised, decided) = (question.data.raised, question.data.decided);
        let days = [("raised", raised), ("decided", decided)].into_iter();
        let future = days.filter_map(|(key, day)| in_future(facts, question, question.span, key, day)).next();
        let turned = raised.0.zip(decided.0).filter(|(raised, decided)| decided < raised);
        let turned = turned.map(|(raised, decided)| {
            let finding = Diagnostic::at(DECIDED_BEFORE_RAISED, question.span);
            let finding = finding.with("question", called(facts.book, question));
            finding.with("raised", raised.everywhere()).with("decided", decided.everywhere())
        });
        diags.extend(future.or(turned));
    }
    for pilot in tables.pilots.iter() {
        for heard in &pilot.data.heard {
            diags.extend(in_future(facts, pilot, heard.id.span, "date", heard.date));
        }
    }
}

fn in_future(
    facts: &Facts<'_>,
    entry: &dyn AnyEntry,
    span: Span,
    key: &'static str,
    day: Day,
) -> Option<Diagnostic> {
    let day = day.0.filter(|day| *day > facts.today)?;
    let finding = Diagnostic::at(DAY_IN_FUTURE, span).with("key", key).with("date", day.everywhere());
    Some(finding.with("kind", words::kind(entry.key().kind)).with("name", called(facts.book, entry)))
}

/// What should have been read again, told once for all of it.
pub(super) fn reviews(facts: &Facts<'_>, diags: &mut Diagnostics) {
    summed(facts, REVIEW_OVERDUE, &review::overdue(facts.book, facts.today).collect::<Vec<_>>(), diags);
}

/// What nobody keeps up to date, told once for all of it: only of kinds of which most entities have an owner.
pub(super) fn owners(facts: &Facts<'_>, diags: &mut Diagnostics) {
    // What only names things apart needs nobody to keep it up.
    let kept = |entry: &&dyn AnyEntry| review::KINDS.contains(&entry.key().kind);
    let entries = || facts.book.tables.entries().filter(kept);
    let mut counts: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    for entry in entries() {
        let (owned, all) = counts.entry(entry.key().kind).or_default();
        *owned += usize::from(entry.meta().owner.is_some());
        *all += 1;
    }
    let most = |kind: Kind| counts.get(&kind).is_some_and(|(owned, all)| owned * 2 > *all);
    let alone =
        |entry: &&dyn AnyEntry| most(entry.key().kind) && entry.meta().owner.is_none() && !entry.is_faulty();
    summed(facts, OWNER_MISSING, &entries().filter(alone).collect::<Vec<_>>(), diags);
}

fn summed(facts: &Facts<'_>, code: Code, found: &[&dyn AnyEntry], diags: &mut Diagnostics) {
    if found.is_empty() {
        return;
    }
    let names = first_called(facts.book, found.iter().copied());
    diags.push(Diagnostic::of(code).with("number", found.len().to_string()).with("names", names));
}
