//! The law as it stands today: what is repealed, what changes, what nobody has compared for long, and what
//! the law asks of the organisation.

use std::collections::BTreeSet;
use std::fmt;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::lang::PerLang;
use crate::base::source::Span;
use crate::check::Facts;
use crate::check::names::{called, joined};
use crate::model::book::Handbook;
use crate::model::field::{Visitor, same_everywhere};
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::links::Citing;
use crate::model::obligation::Obligation;
use crate::model::statute::{Change, Statute};
use crate::model::table::{AnyEntry, Entry, Key, Ref};
use crate::model::task::Task;
use crate::model::text::At;
use crate::model::values::Since;
use crate::model::words;

crate::codes! { "law.toml":
    REPEALED_LAW = "repealed-law",
    UNCHECKED_LAW = "unchecked-law",
    COMING_CHANGE = "coming-change",
    PASSED_CHANGE = "passed-change",
    OBLIGATION_WITHOUT_TASK = "obligation-without-task",
}

pub(super) const CHANGES: &[Code] = &[COMING_CHANGE, PASSED_CHANGE];

/// How many months before it comes into force a change is near.
const NEAR_MONTHS: u16 = 6;

/// After how many months a summary has to be compared with the law again, unless `site.toml` says
/// otherwise.
const CHECK_MONTHS: u16 = 12;

/// What is cited is in force.
pub(super) fn repealed(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let mut look = Look { facts, diags };
    facts.book.tables.entries().for_each(|entry| entry.visit(&mut look));
    for citing in facts.links.citings().filter(|citing| !tells_of_itself(facts.book, citing)) {
        if let Some(key) = known(&citing.cited) {
            look.cited(&citing.citation, citing.span, key);
        }
    }
}

/// Whether a text is told as citing what is repealed: then it matters no more that the section is not in
/// the handbook.
pub(super) fn is_told_as_repealed(facts: &Facts<'_>, citing: &Citing) -> bool {
    let repealed = known(&citing.cited).is_some_and(|key| repeal(facts, key).is_some());
    repealed && !tells_of_itself(facts.book, citing)
}

/// What is cited; of a section that is not in the handbook, its statute.
fn known(cited: &Cited) -> Option<&Key> {
    match cited {
        Cited::Section(key) | Cited::Statute(key) | Cited::UnknownSection(key) => Some(key),
        Cited::UnknownStatute => None,
    }
}

/// Whether a statute or section speaks of its own statute.
fn tells_of_itself(book: &Handbook, citing: &Citing) -> bool {
    let statute = |key: &Key| match key.kind {
        Kind::Section => book.tables.sections.get(&key.id)?.data.statute.clone(),
        Kind::Statute => Some(key.id.clone()),
        _ => None,
    };
    let cited = known(&citing.cited).and_then(statute);
    cited.is_some() && statute(&citing.by) == cited
}

struct Look<'a, 'd> {
    facts: &'a Facts<'a>,
    diags: &'d mut Diagnostics,
}

impl Look<'_, '_> {
    fn cited(&mut self, text: &dyn fmt::Display, span: Span, key: &Key) {
        let Some((since, instead)) = repeal(self.facts, key) else { return };
        let day = since.day().map_or_else(|| words::phrase("no_longer"), Date::everywhere);
        let finding =
            Diagnostic::at(REPEALED_LAW, span).with("citation", text.to_string()).with("since", day);
        let instead: Vec<&str> = instead.iter().map(|law| &*law.text).collect();
        let told = match instead.is_empty() {
            true => words::phrase("look_it_up"),
            false => same_everywhere(&instead.join(", ")),
        };
        self.diags.push(finding.with("instead", told));
    }
}

/// Since when a statute or section is repealed, and what to cite instead; a section is with its
/// statute.
fn repeal<'a>(facts: &Facts<'a>, key: &Key) -> Option<(Since, &'a [LawRef])> {
    let tables = &facts.book.tables;
    let section = tables.sections.get(&key.id).filter(|_| key.kind == Kind::Section);
    let statute = match section {
        Some(section) => tables.statutes.get(section.data.statute.as_ref()?),
        None => tables.statutes.get(&key.id),
    };
    let own = section.map(|section| (section.data.notes.repealed, section.data.notes.instead.as_slice()));
    let whole = statute.map(|statute| (statute.data.repealed, statute.data.instead.as_slice()));
    own.into_iter().chain(whole).find(|(since, _)| since.holds(facts.today))
}

impl<'a> Visitor<'a> for Look<'_, '_> {
    fn law(&mut self, _at: &At<'_>, law: &'a LawRef) {
        let cited = self.facts.book.statutes.find(&law.statute, law.section.as_ref());
        // A section that is not in the handbook is told by itself.
        if let Cited::Section(key) | Cited::Statute(key) = &cited {
            self.cited(&law.text, law.span, key);
        }
    }
}

/// The summaries on which something rests were not compared with the law too long ago. Where nobody has
/// said when, their pages tell readers so.
pub(super) fn unchecked(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let months = facts.book.config.law_months.and_then(|months| u16::try_from(months).ok());
    for statute in facts.book.tables.statutes.iter().filter(|s| !s.data.repealed.holds(facts.today)) {
        let Some(checked) = statute.data.checked.0 else { continue };
        let due = checked.plus_months(months.unwrap_or(CHECK_MONTHS));
        let late = due.is_some_and(|due| due < facts.today);
        // A change that came into force since is told instead.
        let changed = has_changed(facts, statute, checked);
        if late && !changed && !facts.links.resting_on(facts.book, &statute.key()).is_empty() {
            let finding =
                Diagnostic::at(UNCHECKED_LAW, statute.span).with("statute", called(facts.book, statute));
            diags.push(finding.with("when", checked.everywhere()));
        }
    }
}

/// Whether a change of a statute or one of its sections came into force since it was compared.
fn has_changed(facts: &Facts<'_>, statute: &Entry<Statute>, checked: Date) -> bool {
    let sections = facts.book.tables.sections.iter();
    let own = sections.filter(|section| section.data.statute.as_ref() == Some(statute.id()));
    let mut changes = statute.data.change.iter().chain(own.flat_map(|section| &section.data.notes.change));
    changes.any(|change| change.date.0.is_some_and(|date| checked < date && date <= facts.today))
}

/// Announced changes that are near, or have come into force since somebody compared the summaries.
pub(super) fn changes(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let tables = &facts.book.tables;
    for statute in tables.statutes.iter() {
        change(facts, statute, &statute.data.change, statute.data.checked.0, diags);
    }
    for section in tables.sections.iter() {
        let statute = section.data.statute.as_ref().and_then(|id| tables.statutes.get(id));
        let checked = statute.and_then(|statute| statute.data.checked.0);
        change(facts, section, &section.data.notes.change, checked, diags);
    }
}

fn change(
    facts: &Facts<'_>,
    entry: &dyn AnyEntry,
    changes: &[Change],
    checked: Option<Date>,
    diags: &mut Diagnostics,
) {
    let touched = facts.links.resting_on(facts.book, &entry.key());
    for (date, span) in changes.iter().filter_map(|change| Some((change.date.0?, change.id.span))) {
        let near = facts.today.plus_months(NEAR_MONTHS).is_some_and(|until| date <= until);
        let code = match (date <= facts.today, checked.is_some_and(|checked| checked >= date)) {
            (true, false) => PASSED_CHANGE,
            (false, _) if near => COMING_CHANGE,
            _ => continue,
        };
        let finding =
            Diagnostic::at(code, span).with("law", called(facts.book, entry)).with("date", date.everywhere());
        diags.push(finding.with("touches", touched_names(facts.book, &touched)));
    }
}

/// How many of what a change touches are named.
const MOST_NAMED: usize = 5;

fn touched_names(book: &Handbook, touched: &BTreeSet<Key>) -> PerLang<String> {
    if touched.is_empty() {
        return words::phrase("nothing");
    }
    let named = touched.iter().take(MOST_NAMED).filter_map(|key| Some(called(book, book.entry(key)?)));
    let more = touched.len().saturating_sub(MOST_NAMED);
    let more = (more > 0).then(|| same_everywhere(&format!("+ {more}")));
    joined(book, named.chain(more), ", ")
}

/// What the law asks of the organisation is somebody's task, and that task is shown. A task that does not
/// exist is told by itself.
pub(super) fn obligations(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let tasks = &facts.book.tables.tasks;
    let hidden = |task: &Ref<Task>| tasks.at(task).is_some_and(|task| tasks.shown(task.id()).is_none());
    let alone = |o: &&Entry<Obligation>| {
        o.data.fulfilled_by.iter().all(hidden) && !o.faulty && facts.book.damaged.is_empty()
    };
    for obligation in facts.book.tables.obligations.iter().filter(alone) {
        let finding = Diagnostic::at(OBLIGATION_WITHOUT_TASK, obligation.span);
        diags.push(finding.with("obligation", called(facts.book, obligation)));
    }
}
