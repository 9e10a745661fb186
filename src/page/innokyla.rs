//! A pilot as plain text in the order of Innokylä: every heading with the fields that belong to it and with what
//! the prose says under it, to be copied field by field.

use super::Cx;
use super::sheet::{Cell, Table};
use super::words::{Fact, Rich};
use crate::base::lang::Lang;
use crate::model::innokyla::Heading;
use crate::model::pilot::Pilot;
use crate::model::prose::Prose;
use crate::model::table::{AnyEntry, Entry};
use crate::syntax::markdown::BlockRange;

/// The whole text; what nothing stands under is left out.
pub(super) fn write(cx: Cx<'_>, pilot: &Entry<Pilot>) -> String {
    let name = vec![cx.name(pilot).text];
    let summary: Vec<String> = cx.summary(pilot).into_iter().map(|summary| summary.plain).collect();
    let facts = lines(&super::pilot::facts(cx, pilot));
    let head = [
        (cx.word("innokyla.name").to_owned(), name),
        (cx.word("innokyla.summary").to_owned(), summary),
        (cx.word("innokyla.facts").to_owned(), facts),
    ];
    let prose = pilot.prose().fallback(cx.lang, &cx.book().fallbacks);
    let headed = Heading::ALL.into_iter().map(|heading| {
        let own = of_fields(cx, pilot, heading).into_iter();
        let told = own.chain(prose.and_then(|(lang, prose)| told(cx, prose, lang, heading)));
        (heading.words(cx.lang).to_owned(), told.collect::<Vec<String>>())
    });
    let rest = prose.and_then(|(lang, prose)| rest(cx, prose, lang));
    let rest = (cx.word("innokyla.more").to_owned(), rest.into_iter().collect());
    let parts = head.into_iter().chain(headed).chain([rest]).filter(|(_, texts)| !texts.is_empty());
    let parts: Vec<String> =
        parts.map(|(heading, texts)| format!("{heading}\n\n{}", texts.join("\n\n"))).collect();
    parts.join("\n\n\n") + "\n"
}

/// What the prose says under a heading.
fn told(cx: Cx<'_>, prose: &Prose, lang: Lang, heading: Heading) -> Option<String> {
    let ranges = prose.innokyla.get(&heading)?;
    let texts = ranges.iter().map(|range| super::plain::blocks(cx, prose, lang, range));
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    (!text.is_empty()).then_some(text)
}

/// What the prose says under other headings than Innokylä's, and before the first: nothing is left out.
fn rest(cx: Cx<'_>, prose: &Prose, lang: Lang) -> Option<String> {
    let headed: Vec<&BlockRange> = prose.innokyla.values().flatten().collect();
    // The heading stands before what it is about.
    let own = |at: &usize| !headed.iter().any(|range| range.contains(at) || range.start == at + 1);
    let blocks = (0..prose.doc.blocks.len()).filter(own);
    let texts = blocks.map(|at| super::plain::blocks(cx, prose, lang, &(at..at + 1)));
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    (!text.is_empty()).then_some(text)
}

/// What the fields say under a heading, each as a list.
fn of_fields(cx: Cx<'_>, pilot: &Entry<Pilot>, heading: Heading) -> Vec<String> {
    let data = &pilot.data;
    let texts = match heading {
        Heading::Needs => vec![needs(cx, pilot)],
        Heading::Developers => vec![heard(cx, pilot)],
        Heading::Measuring => vec![indicators(cx, data)],
        Heading::Plan => vec![
            of_rows(cx.word("pilot.actions"), cells(&super::pilot::actions(cx, pilot))),
            of_rows(cx.word("pilot.timeline"), cells(&super::pilot::stages(cx, pilot))),
        ],
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

fn of_rows(head: &str, rows: Vec<String>) -> String {
    if rows.is_empty() { String::new() } else { format!("{head}:\n{}", bullets(rows)) }
}

fn bullets(rows: Vec<String>) -> String {
    rows.into_iter().map(|row| format!("• {row}")).collect::<Vec<_>>().join("\n")
}

/// The rows of a table; what stands behind the second cell says what it is.
fn cells(table: &Table) -> Vec<String> {
    let cell = |(at, (head, cell)): (usize, (&String, &Cell))| {
        let said = cell.said().replace('\n', ", ");
        let labelled = at > 1 && !said.is_empty() && !said.contains(": ");
        if labelled { format!("{head}: {said}") } else { said }
    };
    let row = |row: &Vec<Cell>| {
        let said = table.columns.iter().zip(row).enumerate().map(cell);
        said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" – ")
    };
    table.rows.iter().map(row).collect()
}

fn needs(cx: Cx<'_>, pilot: &Entry<Pilot>) -> String {
    let row = |(party, text): (&str, Rich)| format!("{}: {}", cx.word_of("party", party), text.plain);
    bullets(super::pilot::needed(cx, pilot).into_iter().map(row).collect())
}

fn heard(cx: Cx<'_>, pilot: &Entry<Pilot>) -> String {
    of_rows(cx.word("pilot.heard"), cells(&super::pilot::heard(cx, pilot)))
}

fn indicators(cx: Cx<'_>, pilot: &Pilot) -> String {
    of_rows(cx.word("pilot.evaluation"), cells(&super::pilot::evaluation(cx, pilot)))
}

fn lines(facts: &[Fact]) -> Vec<String> {
    let line = |fact: &Fact| {
        let values = fact.values.iter().map(|link| match &link.note {
            Some(note) => format!("{} ({note})", link.words.text),
            None => link.words.text.clone(),
        });
        format!("{}: {}", fact.label, values.collect::<Vec<_>>().join(", "))
    };
    let lines: Vec<String> = facts.iter().map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![lines.join("\n")] }
}
