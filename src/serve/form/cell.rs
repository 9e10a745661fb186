//! A cell of the matrix: what somebody does in the tasks of a phase, and what the work is like there.

use serde_json::{Map, Value, json};

use super::control::{id, option, value};
use super::{Cx, Made, head, prose};
use crate::base::html::{Html, Writer};
use crate::model::division::{Share, Who};
use crate::model::field::Shape;
use crate::model::held::Held;
use crate::model::kind::Kind;
use crate::model::prose::Part;
use crate::model::record::FieldDef;
use crate::model::table::{AnyEntry, CLIENT, Entry, Key};
use crate::model::task::Task;
use crate::model::words;
use crate::syntax::slug::Slug;

/// Somebody in a phase.
struct Cell {
    who: Who,
    phase: Key,
}

impl Cell {
    /// `ROLE/PHASE`, with a task behind it where one of them is meant.
    fn found(made: Made<'_>, rest: &str) -> Option<(Cell, Option<String>)> {
        let mut parts = rest.split('/');
        let (actor, phase) = (Slug::new(parts.next()?)?, Slug::new(parts.next()?)?);
        let book = &made.world.reading.book;
        let kind = Kind::ACTORS.iter().find(|kind| book.tables.entry(**kind, &actor).is_some());
        let who = match kind {
            Some(kind) => Who::Actor(Key::new(*kind, actor)),
            None => Some(Who::Client).filter(|_| actor.as_str() == CLIENT)?,
        };
        book.tables.phases.get(&phase)?;
        let task = parts.next().map(|task| format!("task/{task}"));
        Some((Cell { who, phase: Key::new(Kind::Phase, phase) }, task))
    }

    fn id(&self) -> &str {
        match &self.who {
            Who::Actor(key) => key.id.as_str(),
            Who::Client => CLIENT,
        }
    }

    /// What somebody of this kind can take: a meeting answers for nothing, and only roles work in pairs.
    fn can_take(&self, share: Share) -> bool {
        let kind = if let Who::Actor(key) = &self.who { Some(key.kind) } else { None };
        match share {
            Share::Accountable => kind.is_some_and(|kind| Kind::BEARERS.contains(&kind)),
            Share::Paired => kind == Some(Kind::Role),
            _ => true,
        }
    }
}

/// The field of a task in which a share stands.
fn key(share: Share) -> &'static str {
    if share == Share::Paired { "pair" } else { share.as_str() }
}

/// The form of a cell.
pub(super) fn form(made: Made<'_>, rest: &str) -> Option<Html> {
    let (cell, task) = Cell::found(made, rest)?;
    let (langs, states) = match &cell.who {
        Who::Actor(key) => (
            made.world.reading.book.entry(key).map(|entry| made.world.reading.book.langs_of(entry.meta())),
            made.states(Some(key)),
        ),
        Who::Client => (None, super::States::new()),
    };
    let langs = langs.unwrap_or_default();
    let cx = made.of(Some(Kind::Role), &langs, &states);
    let at = format!("cell/{}/{}", cell.id(), cell.phase.id);
    let mut out = Writer::default();
    cx.open(&mut out, &at, task.as_deref().unwrap_or(&at));
    let name = who_name(cx, &cell.who);
    head::open(&mut out, cx.word("cell"), &format!("{name} – {}", cx.name(&cell.phase)));
    links(cx, &mut out, &cell);
    head::close(&mut out);
    tasks(cx, &mut out, &cell);
    if let Who::Actor(key) = &cell.who
        && let Some(entry) = made.world.reading.book.entry(key).filter(|_| key.kind == Kind::Role)
    {
        for part in Part::ALL {
            let anchor = format!("{}.{}", cell.phase.id, part.as_str());
            prose::editor(cx, &mut out, entry, (&anchor, words::part(part, cx.lang)));
        }
    }
    out.raw("</form>");
    Some(out.finish())
}

fn who_name(cx: Cx<'_>, who: &Who) -> String {
    match who {
        Who::Actor(key) => cx.name(key),
        Who::Client => cx.world.theme.strings(cx.lang).get("actor.client").to_owned(),
    }
}

fn links(cx: Cx<'_>, out: &mut Writer, cell: &Cell) {
    let actor = if let Who::Actor(key) = &cell.who { Some(key) } else { None };
    out.raw("<p class=\"pke-f-small\">");
    for key in actor.into_iter().chain([&cell.phase]) {
        out.raw("<button type=\"button\" class=\"pke-f-link\"").attr("data-open", &key.to_string()).raw(">");
        out.text(&cx.kind_word(key.kind)).raw(": ").text(&cx.name(key)).raw("</button> ");
    }
    out.raw("</p>");
}

/// The tasks of the phase, each with a choice of shares.
fn tasks(cx: Cx<'_>, out: &mut Writer, cell: &Cell) {
    let tasks = cx.world.reading.division().of_phase(&cell.phase.id).iter();
    let tasks: Vec<&Entry<Task>> = tasks.filter_map(|task| cx.book().tables.tasks.get(task)).collect();
    out.raw("<fieldset class=\"pke-f-field pke-f-shares\"><legend class=\"pke-f-label\">")
        .text(cx.word("shares"));
    out.raw("</legend><p class=\"pke-f-help\">").text(cx.word("shares_help")).raw("</p>");
    if tasks.is_empty() {
        out.raw("<p>").text(cx.word("no_tasks")).raw("</p>");
    }
    out.raw("<ul class=\"pke-f-sharelist\">");
    let defs = Kind::Task.fields();
    tasks.iter().for_each(|task| row(cx, out, cell, (task, &defs)));
    out.raw("</ul><p><button type=\"button\" class=\"pke-secondary\"");
    let bearer = if cell.can_take(Share::Accountable) { cell.id() } else { "" };
    out.attr("data-open", format!("new/task/{}/{bearer}", cell.phase.id).trim_end_matches('/')).raw(">");
    out.text(cx.word("new_task")).raw("</button></p></fieldset>");
}

fn row(cx: Cx<'_>, out: &mut Writer, cell: &Cell, (task, defs): (&Entry<Task>, &[FieldDef])) {
    let at = task.key().to_string();
    let control = id(&format!("share:{at}"));
    let own = own_share(cx, cell, task);
    let answers = answers(cx, task);
    out.raw("<li class=\"pke-f-share\"").attr("data-task", &at).attr("data-actor", cell.id());
    out.attr("data-answers", &answers)
        .attr("data-lists", &lists(task, defs).to_string())
        .attr("data-was", &known(cx, &at).to_string());
    out.raw("><span class=\"pke-f-share-task\"><label")
        .attr("for", &control)
        .raw(">")
        .text(&cx.name(&task.key()));
    out.raw("</label> <button type=\"button\" class=\"pke-f-link pke-f-small\"").attr("data-open", &at);
    out.attr("aria-label", &format!("{}: {}", cx.word("open"), cx.name(&task.key()))).raw(">");
    out.text(cx.word("open")).raw("</button></span><select").attr("id", &control);
    out.attr("aria-describedby", &format!("pke-f-help:{at} pke-f-told:{at}")).raw(">");
    option(out, "", "–", own.is_none());
    for share in Share::ALL.into_iter().filter(|share| cell.can_take(*share) || own == Some(*share)) {
        let word = format!("share.{}", share.as_str());
        option(out, key(share), cx.world.theme.strings(cx.lang).get(&word), own == Some(share));
    }
    out.raw("</select><p class=\"pke-f-help\"").attr("id", &format!("pke-f-help:{at}")).raw(">");
    let nobody = cx.word("nobody");
    out.text(cx.word("answers_now"))
        .raw(": ")
        .text(if answers.is_empty() { nobody } else { &answers })
        .raw("</p><ul class=\"pke-f-told\" hidden")
        .attr("id", &format!("pke-f-told:{at}"));
    out.raw("></ul></li>");
}

/// The share that somebody takes in a task itself, the weightiest.
fn own_share(cx: Cx<'_>, cell: &Cell, task: &Entry<Task>) -> Option<Share> {
    let takings = cx.world.reading.division().of_task(task.id()).iter();
    let mut own = takings.filter(|taking| taking.who == cell.who && taking.when.is_none());
    own.find(|taking| is_listed(task, key(taking.share), cell.id())).map(|taking| taking.share)
}

/// Whether somebody stands in a field of a task by name, and not among everybody.
fn is_listed(task: &Entry<Task>, key: &str, id: &str) -> bool {
    let fields = task.held();
    let held = fields.iter().find(|(own, _)| *own == key).map(|(_, held)| held);
    let is = |held: &Held<'_>| match held {
        Held::Reference(reference) => reference.id.as_str() == id,
        _ => false,
    };
    held.is_some_and(|held| if let Held::List(all) = held { all.iter().any(is) } else { is(held) })
}

/// Who answers for a task now.
fn answers(cx: Cx<'_>, task: &Entry<Task>) -> String {
    let takings = cx.world.reading.division().of_task(task.id()).iter();
    let of = takings.filter(|taking| taking.share == Share::Accountable);
    of.map(|taking| who_name(cx, &taking.who)).collect::<Vec<_>>().join(", ")
}

/// Whom the task names under each share.
fn lists(task: &Entry<Task>, defs: &[FieldDef]) -> Value {
    let fields = task.held();
    let shape = |key: &str| defs.iter().find(|def| def.key == key).map_or(&Shape::Plain, |def| &def.shape);
    let listed = Share::ALL.into_iter().filter_map(|share| {
        let held = fields.iter().find(|(own, _)| *own == key(share)).map(|(_, held)| held)?;
        let value = value(shape(key(share)), held);
        let is_list = matches!(shape(key(share)), Shape::List(_));
        Some((key(share).to_owned(), if is_list && value.is_null() { json!([]) } else { value }))
    });
    Value::Object(listed.collect::<Map<_, _>>())
}

/// What the fields of the shares are known by.
fn known(cx: Cx<'_>, at: &str) -> Value {
    let each = Share::ALL.into_iter().map(|share| {
        let key = key(share);
        (key.to_owned(), json!(cx.was(&format!("{at}.{key}"), None)))
    });
    Value::Object(each.collect::<Map<_, _>>())
}
