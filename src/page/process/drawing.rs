//! What the swimlane of a process shows: its steps in the lanes of those who take them.

use super::{Sign, anchor, decides, wait};
use crate::base::html::Html;
use crate::chart::curve::at;
use crate::chart::flow::{self, Exit, Flow, Mark, Named, Shape, Step, layout, svg};
use crate::model::measure::Places;
use crate::model::process::{Process, StepKind};
use crate::model::table::{Actor, CLIENT, Entry, Key, Ref};
use crate::model::text::{At, Text};
use crate::page::Cx;

/// The swimlane, and what the marks in it mean.
pub(super) fn drawing(cx: Cx<'_>, process: &Entry<Process>) -> (Option<Html>, Vec<Sign>) {
    if process.data.step.is_empty() {
        return (None, Vec::new());
    }
    let flow = flow(cx, process);
    let layout = layout(&flow);
    let drawing = svg::draw(&flow, &layout) + &svg::strips(&flow, &layout);
    (Some(Html::vouched(drawing)), legend(cx, &flow))
}

/// The marks that are in a drawing, each with its meaning.
fn legend(cx: Cx<'_>, flow: &Flow) -> Vec<Sign> {
    let all = [
        (Mark::Decides, "process.decides"),
        (Mark::Improve, "process.improves"),
        (Mark::Documents, "process.documents"),
    ];
    let used = all
        .into_iter()
        .filter(|(mark, _)| flow.steps.iter().any(|step| step.marks.iter().any(|(own, _)| own == mark)));
    let sign = |(mark, word): (Mark, &str)| {
        let svg = format!(
            r#"<svg class="pk-flow pk-flow-key" width="1.5rem" height="1.5rem" viewBox="0 0 24 24" aria-hidden="true">{}</svg>"#,
            svg::mark(mark, at(12.0, 12.0))
        );
        Sign { sign_html: Html::vouched(svg), text: cx.strings().get(word).to_owned() }
    };
    used.map(sign).collect()
}

/// The process as a BPMN file.
pub(crate) fn bpmn(cx: Cx<'_>, process: &Entry<Process>) -> String {
    let flow = flow(cx, process);
    flow::bpmn::write(&flow, &layout(&flow), process.id().as_str())
}

/// A process as a chart takes it; where it tells no start or end, they are put where it begins and stops.
fn flow(cx: Cx<'_>, process: &Entry<Process>) -> Flow {
    let (lanes, columns) = (Lanes::of(cx, process), Columns::of(cx, process));
    let title = cx.name(process).text;
    let names: Vec<&str> = lanes.named.iter().map(|lane| lane.label.as_str()).collect();
    let count = process.data.step.len().to_string();
    let told = [("title", title.as_str()), ("count", &count), ("actors", &names.join(", "))];
    let description = cx.strings().with("process.drawing", &told);
    let places = process.data.places();
    let exits = |place| exits(cx, process, place, &places);
    let place = |place| Step {
        exits: exits(place),
        ..step(cx, process, place, (lanes.of_step[place], columns.of_step[place]))
    };
    let mut steps: Vec<Step> = (0..process.data.step.len()).map(place).collect();
    implied(cx, &mut steps);
    let id = format!("_flow-{}", process.id());
    Flow { steps, lanes: lanes.named, columns: columns.named, title, description, id }
}

fn implied(cx: Cx<'_>, steps: &mut Vec<Step>) {
    let told = steps.len();
    let one = |beside: &Step, (id, shape, word): (String, Shape, &'static str)| {
        let name = Named { label: cx.strings().get(word).to_owned(), ..Named::default() };
        Step { id, shape, name, lane: beside.lane, column: beside.column, ..Step::default() }
    };
    for last in 0..told {
        if steps[last].exits.is_empty() && steps[last].shape != Shape::End {
            let end = one(&steps[last], (format!("end.{}", last + 1), Shape::End, "step.ends"));
            let to = steps.len();
            steps[last].exits.push(Exit { to, ..Exit::default() });
            steps.push(end);
        }
    }
    if let Some(first) = steps.first().filter(|_| steps.iter().all(|step| step.shape != Shape::Start)) {
        let exits = vec![Exit { to: 0, ..Exit::default() }];
        let start = one(first, ("start.0".to_owned(), Shape::Start, "step.begins"));
        steps.push(Step { exits, ..start });
    }
}

fn step(cx: Cx<'_>, process: &Entry<Process>, place: usize, (lane, column): (usize, usize)) -> Step {
    let own = &process.data.step[place];
    let mut marks = Vec::new();
    let mut mark = |holds: bool, mark: Mark, word: &'static str| {
        marks.extend(holds.then(|| (mark, cx.strings().get(word).to_owned())));
    };
    mark(!own.documents.is_empty() || !own.forms.is_empty(), Mark::Documents, "process.documents");
    mark(decides(own), Mark::Decides, "process.decides");
    mark(!own.improve.is_empty(), Mark::Improve, "process.improves");
    let forms = own.forms.iter().filter_map(|form| cx.book().target(form)).filter_map(|key| cx.link(&key));
    let papers = own.documents.iter().map(|row| named(cx, &row.text).label);
    let improve = (!own.improve.is_empty())
        .then(|| format!("{}: {}", cx.word("process.improves"), named(cx, &own.improve).label));
    Step {
        id: own.id.name(place).into_owned(),
        shape: shape(own.kind),
        lane,
        column,
        name: Named {
            href: Some(href(cx, process, place)),
            src: source(cx, process, place),
            ..named(cx, &own.text)
        },
        note: wait(cx, own).unwrap_or_default(),
        days: own.days,
        remarks: decides(own)
            .then(|| cx.word("process.decides").to_owned())
            .into_iter()
            .chain(improve)
            .collect(),
        papers: papers.chain(forms.map(|link| link.words.text)).collect(),
        calls: own.process.as_ref().and_then(|process| called(cx, process)),
        marks,
        exits: Vec::new(),
    }
}

/// The address of what a step says.
fn source(cx: Cx<'_>, process: &Entry<Process>, place: usize) -> Option<String> {
    let kind = At::root("process");
    let entity = kind.entity(process.id().as_str());
    let (rows, name) = (entity.field("step"), process.data.step[place].id.name(place));
    let row = rows.field(&name);
    Some(cx.source(&row.field("text"))?.to_string())
}

/// The process that a step stands for, where it is shown: there is a file of it.
fn called(cx: Cx<'_>, process: &Ref<Process>) -> Option<String> {
    Some(cx.book().tables.processes.shown(process.id()?)?.id().to_string())
}

fn shape(kind: StepKind) -> Shape {
    match kind {
        StepKind::Task => Shape::Task,
        StepKind::Decision => Shape::Decision,
        StepKind::Document => Shape::Document,
        StepKind::Wait => Shape::Wait,
        StepKind::Subprocess => Shape::Subprocess,
        StepKind::Start => Shape::Start,
        StepKind::End => Shape::End,
    }
}

/// Where a step leads: to the process it stands for, to its guide, to its task, else to the list below.
fn href(cx: Cx<'_>, process: &Entry<Process>, place: usize) -> String {
    let (own, book) = (&process.data.step[place], cx.book());
    let keys = [
        own.process.as_ref().and_then(|process| book.target(process)),
        own.guide.as_ref().and_then(|guide| book.target(guide)),
        own.task.as_ref().and_then(|task| book.target(task)),
    ];
    let shown = |key: Key| cx.href(&key).map(|(href, _)| href);
    let found = keys.into_iter().flatten().find_map(shown);
    found.unwrap_or_else(|| format!("#{}", anchor(&process.data, place)))
}

fn exits(cx: Cx<'_>, process: &Entry<Process>, place: usize, places: &Places<'_>) -> Vec<Exit> {
    let kind = At::root("process");
    let entity = kind.entity(process.id().as_str());
    let (rows, name) = (entity.field("step"), process.data.step[place].id.name(place));
    let row = rows.field(&name);
    let answers = row.field("branch");
    let exit = |way: &crate::model::process::Way<'_>| {
        let Some(branch) = way.branch else { return Exit { to: way.to, ..Exit::default() } };
        let own = process.data.step[place].branch.iter().position(|one| std::ptr::eq(one, branch));
        let name = branch.id.name(own.unwrap_or_default());
        let answer = answers.field(&name);
        let src = cx.source(&answer.field("text")).map(|src| src.to_string());
        let named = named(cx, &branch.text);
        Exit { to: way.to, label: named.label, lang: named.lang, src }
    };
    process.data.ways(place, places).iter().map(exit).collect()
}

/// A text in the page's language, else in the first other that has it.
fn named(cx: Cx<'_>, text: &Text) -> Named {
    let found = text.words.fallback(cx.lang, &cx.book().fallbacks);
    let (lang, label) =
        found.map_or((cx.lang, String::new()), |(lang, words)| (lang, words.words.to_string()));
    Named { label, lang: (lang != cx.lang).then(|| lang.to_string()), ..Named::default() }
}

/// An entity under its name, with a link where it is shown.
pub(super) fn entity(cx: Cx<'_>, key: &Key) -> Named {
    let name = cx.book().entry(key).map(|entry| named(cx, &entry.meta().name)).unwrap_or_default();
    let label = if name.label.is_empty() { key.id.to_string() } else { name.label };
    Named { label, href: cx.href(key).map(|(href, _)| href), src: cx.name_source(key), ..name }
}

/// The lanes in the order in which they are first taken, the client's above the others.
struct Lanes {
    named: Vec<Named>,
    of_step: Vec<usize>,
}

impl Lanes {
    fn of(cx: Cx<'_>, process: &Entry<Process>) -> Lanes {
        let actor = |place: usize| process.data.actor(place);
        let id = |actor: &Ref<Actor>| actor.id().map_or("*", |id| id.as_str()).to_owned();
        let ids: Vec<Option<String>> = (0..process.data.step.len()).map(|at| actor(at).map(id)).collect();
        let client = Some(CLIENT.to_owned());
        let mut own: Vec<Option<String>> = ids.contains(&client).then_some(client).into_iter().collect();
        for id in &ids {
            if !own.contains(id) {
                own.push(id.clone());
            }
        }
        let first = |id: &Option<String>| ids.iter().position(|other| other == id).and_then(actor);
        let named = own.iter().map(|id| lane(cx, first(id))).collect();
        let of_step = ids.iter().map(|id| own.iter().position(|other| other == id).unwrap_or_default());
        Lanes { named, of_step: of_step.collect() }
    }
}

fn lane(cx: Cx<'_>, actor: Option<&Ref<Actor>>) -> Named {
    let word = |word: &'static str| Named { label: cx.strings().get(word).to_owned(), ..Named::default() };
    let Some(actor) = actor else { return word("process.nobody") };
    if actor.is_everyone() {
        return word("process.everyone");
    }
    match actor.id() {
        Some(id) if id.as_str() == CLIENT => word("actor.client"),
        Some(id) => cx
            .book()
            .target(actor)
            .map_or_else(|| Named { label: id.to_string(), ..Named::default() }, |key| entity(cx, &key)),
        None => word("process.nobody"),
    }
}

/// The phases in the order in which they are first reached.
struct Columns {
    named: Vec<Named>,
    of_step: Vec<usize>,
}

impl Columns {
    fn of(cx: Cx<'_>, process: &Entry<Process>) -> Columns {
        let data = &process.data;
        let mut keys: Vec<Key> = Vec::new();
        let mut of_step = Vec::with_capacity(data.step.len());
        for place in 0..data.step.len() {
            let key = data.phase(place).and_then(|phase| cx.book().target(phase));
            if let Some(key) = &key
                && !keys.contains(key)
            {
                keys.push(key.clone());
            }
            let known = key.and_then(|key| keys.iter().position(|own| *own == key));
            of_step.push(known.unwrap_or_else(|| keys.len().saturating_sub(1)));
        }
        Columns { named: keys.iter().map(|key| entity(cx, key)).collect(), of_step }
    }
}
