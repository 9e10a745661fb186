//! The matrix of a framework: who does what, and below it what each role's work is like phase by phase.

use super::super::framework::{actors, columns, who_name};
use super::super::mark::{Mark, marks};
use super::super::{Cx, task};
use super::{Named, below};
use crate::model::book::Resolved;
use crate::model::division::{Share, Who};
use crate::model::framework::Framework;
use crate::model::kind::Kind;
use crate::model::prose::{Cell, Part, Prose};
use crate::model::role::Role;
use crate::model::table::{Entry, Key};
use crate::model::words;
use crate::syntax::markdown::{BlockRange, Inline, runs};
use crate::syntax::slug::Slug;

/// The matrix, the meaning of its letters, and the contents.
pub(in super::super) fn write(cx: Cx<'_>, framework: &Entry<Framework>) -> String {
    let phases: Vec<Slug> = columns(cx, framework).into_iter().map(|(phase, _)| phase).collect();
    let actors = actors(cx, &columns(cx, framework));
    let heading = |key: &str| Some(cx.strings().get(key).to_owned());
    let mut tables = vec![
        Named { heading: heading("matrix.tasks"), rows: tasks(cx, &phases, &actors) },
        Named { heading: heading("matrix.legend"), rows: legend(cx) },
        Named { heading: heading("matrix.contents"), rows: contents(cx, &phases) },
    ];
    tables.retain(|table| table.rows.len() > 1);
    below(tables)
}

fn name(cx: Cx<'_>, kind: Kind, id: &Slug) -> String {
    cx.book().entry(&Key::new(kind, id.clone())).map(|entry| cx.name_of(entry).text).unwrap_or_default()
}

/// A row a task and phase, a column for everybody who takes part.
fn tasks(cx: Cx<'_>, phases: &[Slug], actors: &[Who]) -> Vec<Vec<String>> {
    let fixed =
        ["matrix.phase", "matrix.task", "task.situations"].map(|key| cx.strings().get(key).to_owned());
    let head = fixed.into_iter().chain(actors.iter().map(|who| who_name(cx, who))).collect();
    let mut rows = vec![head];
    for phase in phases {
        let tasks = cx.world.reading.division().of_phase(phase).iter();
        for entry in tasks.filter_map(|task| cx.book().tables.tasks.get(task)) {
            let situations = task::situations(cx, entry).into_iter().map(|link| link.words.text);
            let situations = situations.collect::<Vec<_>>().join("\n");
            let cell =
                |who: &Who| marks(cx, entry, who, &Share::ALL).iter().map(Mark::lettered).collect::<Vec<_>>();
            let cells = actors.iter().map(|who| cell(who).join("\n"));
            let first = [name(cx, Kind::Phase, phase), cx.name(entry).text, situations];
            rows.push(first.into_iter().chain(cells).collect());
        }
    }
    rows
}

fn legend(cx: Cx<'_>) -> Vec<Vec<String>> {
    let row = |share: &Share| ["letter", "share", "meaning"].map(|group| cx.word_of(group, share.as_str()));
    Share::ALL.iter().map(|share| row(share).to_vec()).collect()
}

/// A row a role, a column a phase.
fn contents(cx: Cx<'_>, phases: &[Slug]) -> Vec<Vec<String>> {
    let head = std::iter::once(cx.word("matrix.role").to_owned());
    let head = head.chain(phases.iter().map(|phase| name(cx, Kind::Phase, phase))).collect();
    let row = |role: &Entry<Role>| {
        let cells: Vec<String> = phases.iter().map(|phase| content(cx, role, phase)).collect();
        let any = cells.iter().any(|cell| !cell.is_empty());
        any.then(|| std::iter::once(cx.name(role).text).chain(cells).collect())
    };
    std::iter::once(head).chain(cx.book().tables.roles.iter().filter_map(row)).collect()
}

/// What a role's cell says, part by part under its heading, each in the page's language or in another.
fn content(cx: Cx<'_>, role: &Entry<Role>, phase: &Slug) -> String {
    let langs = || std::iter::once(cx.lang).chain(cx.book().fallbacks.iter().copied());
    let lines = |ranges: &dyn Fn(&Cell) -> Vec<BlockRange>| {
        let found = langs().find_map(|lang| {
            let prose = role.prose.get(lang)?;
            let ranges = ranges(prose.cells.get(phase)?);
            (!ranges.is_empty()).then_some((prose, ranges))
        });
        found.map_or_else(Vec::new, |(prose, ranges)| lines(cx, prose, &ranges))
    };
    let mut all = lines(&|cell| cell.notes.clone());
    for part in Part::ALL {
        let own = lines(&|cell| cell.parts.get(&part).cloned().into_iter().collect());
        if !own.is_empty() {
            all.push(format!("{}:", words::part(part, cx.lang)));
            all.extend(own);
        }
    }
    all.join("\n")
}

/// The running text of blocks, a line a paragraph or item.
fn lines(cx: Cx<'_>, prose: &Prose, ranges: &[BlockRange]) -> Vec<String> {
    let mut lines = Vec::new();
    for range in ranges {
        runs(&prose.doc.blocks[range.clone()], &mut |run| {
            let mut line = String::new();
            shown(cx, prose, run, &mut line);
            lines.push(line.trim().to_owned());
        });
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Running text as a reader sees it: a link without words of its own shows a name.
fn shown(cx: Cx<'_>, prose: &Prose, run: &[Inline], out: &mut String) {
    for inline in run {
        match inline {
            Inline::Text(text, _) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(text) | Inline::Strong(text) | Inline::Strike(text) => {
                shown(cx, prose, text, out);
            }
            Inline::Link(link) if !link.text.is_empty() => shown(cx, prose, &link.text, out),
            Inline::Link(link) => {
                if let Resolved::Entity(key, _) = cx.book().resolve(&link.target, &prose.path) {
                    out.push_str(&name(cx, key.kind, &key.id));
                }
            }
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::HardBreak => out.push(' '),
            Inline::FootnoteRef(..) => {}
        }
    }
}
