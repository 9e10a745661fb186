//! A swimlane as SVG: presentation attributes and classes only. Everything that comes from outside is escaped.

use super::{Area, Edge, Flow, Layout, Mark, Named, Node, Shape, Step};
use crate::chart::curve::{Point, Rect, at, rounded};
use crate::chart::path::{Anchor, Label};
use crate::chart::svg::{attribute, data, escape, pair};

/// Draws a process as laid out, ready to stand in a page.
pub fn draw(flow: &Flow, layout: &Layout) -> String {
    let mut svg = opening(flow, layout);
    svg.push_str(&format!(r#"<g id="{}-all">"#, escape(&flow.id)));
    svg.push_str(&ground(layout));
    svg.extend(flow.lanes.iter().zip(&layout.lanes).map(|(lane, area)| head("lane", lane, area)));
    svg.extend(flow.columns.iter().zip(&layout.columns).map(|(column, area)| head("column", column, area)));
    svg.push_str(r#"<g aria-hidden="true">"#);
    svg.extend(layout.edges.iter().map(line));
    svg.extend(layout.edges.iter().map(|edge| answer(flow, edge)));
    svg.push_str("</g>");
    svg.extend(flow.steps.iter().zip(&layout.nodes).map(|(step, node)| link(step, node)));
    svg.push_str("</g></svg>");
    svg
}

/// The same for paper: cut into strips that can be read, each with the names of the lanes; nothing where it
/// is narrow enough as it is. What is drawn stands in the page once.
pub fn strips(flow: &Flow, layout: &Layout) -> String {
    if layout.width <= STRIP {
        return String::new();
    }
    let strip = |(from, to): (f64, f64)| {
        let (id, head, height, wide) = (escape(&flow.id), layout.head, layout.height, to - from);
        let all = at(head + wide, 0.0).x;
        let part = |x: f64, left: f64, wide: f64| {
            let wide = at(wide, 0.0).x;
            format!(
                r##"<svg x="{x}" width="{wide}" height="{height}" viewBox="{left} 0 {wide} {height}"><use href="#{id}-all"/></svg>"##
            )
        };
        let parts = part(0.0, 0.0, head) + &part(head, from, wide);
        format!(
            r#"<svg class="pk-flow pk-flow-strip" viewBox="0 0 {all} {height}" aria-hidden="true">{parts}</svg>"#
        )
    };
    cut(layout).into_iter().map(strip).collect()
}

/// As wide as a sheet of paper laid across with letters that can be read.
const STRIP: f64 = 1500.0;

/// Strips of about the same width, cut before a slot.
fn cut(layout: &Layout) -> Vec<(f64, f64)> {
    let all = layout.width - layout.head;
    let count = (all / (STRIP - layout.head)).ceil().max(1.0);
    let (mut strips, mut from, mut number) = (Vec::new(), layout.head, 1.0);
    for pair in layout.cuts.windows(2) {
        let ideal = layout.head + all * number / count;
        if number < count && pair[0] > from && pair[1] - ideal > ideal - pair[0] {
            strips.push((from, pair[0]));
            (from, number) = (pair[0], number + 1.0);
        }
    }
    strips.push((from, layout.width));
    strips
}

/// The root is a group with a name, not an image: an image may hold no links.
fn opening(flow: &Flow, layout: &Layout) -> String {
    let (width, height) = (layout.width, layout.height);
    // Natural size in rem: the drawing grows with the reader's letters.
    let (wide, high) = (width / 16.0, height / 16.0);
    let (id, title, description) = (escape(&flow.id), escape(&flow.title), escape(&flow.description));
    let size = format!(r#"width="{wide}rem" height="{high}rem" viewBox="0 0 {width} {height}""#);
    let role = format!(r#"role="group" aria-labelledby="{id}-title" aria-describedby="{id}-desc""#);
    let words = format!(r#"<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>"#);
    format!(r#"<svg class="pk-flow" id="{id}" {size} {role}>{words}"#)
}

/// Lanes and the edges of columns.
fn ground(layout: &Layout) -> String {
    let lane = |(at, area): (usize, &Area)| {
        let band = if at % 2 == 0 { "even" } else { "odd" };
        rect(&format!("pk-flow-band pk-flow-{band}"), area.bounds, 0.0)
            + &rect("pk-flow-head", area.head, 0.0)
    };
    let edge = |area: &Area| {
        let (x, top, bottom) = (area.bounds.x, area.bounds.y, area.bounds.bottom());
        format!(r#"<path class="pk-flow-edge" fill="none" d="M{x},{top}V{bottom}"/>"#)
    };
    let lanes: String = layout.lanes.iter().enumerate().map(lane).collect();
    let columns: String = layout.columns.iter().map(edge).collect();
    let rim = Rect { x: 0.0, y: 0.0, w: layout.width, h: layout.height };
    format!(r#"<g aria-hidden="true">{lanes}{columns}{}</g>"#, rect("pk-flow-rim", rim, 0.0))
}

fn head(class: &str, named: &Named, area: &Area) -> String {
    let words = text("head", &area.label);
    let lang = attribute("lang", named.lang.as_deref()) + &attribute("data-src", named.src.as_deref());
    let hit = rect("pk-flow-hit", inset(area.head, 3.0), 4.0);
    match &named.href {
        Some(href) => {
            let (href, name) = (escape(href), escape(&plain(&named.label)));
            format!(r#"<a class="pk-flow-{class}" href="{href}"{lang}><title>{name}</title>{hit}{words}</a>"#)
        }
        None => format!(r#"<g class="pk-flow-{class}"{lang}>{words}</g>"#),
    }
}

fn line(edge: &Edge) -> String {
    let [.., before, tip] = edge.points[..] else { return String::new() };
    let length = before.distance(tip).max(0.1);
    let (x, y) = ((tip.x - before.x) / length, (tip.y - before.y) / length);
    let barb = |side: f64| at(tip.x - 9.0 * x - 4.5 * side * y, tip.y - 9.0 * y + 4.5 * side * x);
    let mut points = edge.points.clone();
    if let Some(last) = points.last_mut() {
        *last = at(tip.x - 6.0 * x, tip.y - 6.0 * y);
    }
    let back = if edge.back { " pk-flow-back" } else { "" };
    let way = data(&rounded(&points, 7.0));
    let [tip, one, other] = [tip, barb(1.0), barb(-1.0)].map(pair);
    format!(
        r#"<path class="pk-flow-line{back}" fill="none" d="{way}"/><path class="pk-flow-tip{back}" d="M{tip}L{one}L{other}Z"/>"#
    )
}

fn answer(flow: &Flow, edge: &Edge) -> String {
    let exit = flow.steps[edge.from].exits.get(edge.exit);
    let (lang, src) = exit.map_or((None, None), |exit| (exit.lang.as_deref(), exit.src.as_deref()));
    let words = edge.label.as_ref().map_or_else(String::new, |label| text_of("answer", label, src));
    match lang {
        Some(_) => format!("<g{}>{words}</g>", attribute("lang", lang)),
        None => words,
    }
}

/// A step: one link with everything on it.
fn link(step: &Step, node: &Node) -> String {
    let lang =
        attribute("lang", step.name.lang.as_deref()) + &attribute("data-src", step.name.src.as_deref());
    let class = format!("pk-flow-step pk-flow-{}", class(step.shape));
    let marks: String = step.marks.iter().map(|(_, words)| format!(" – {words}")).collect();
    let note = if step.note.is_empty() { String::new() } else { format!(", {}", step.note) };
    let name = escape(&plain(&format!("{}{note}{marks}", step.name.label)));
    let fork = node.fork.map_or_else(String::new, fork);
    // Between a shape and its words the pointer meets the step too.
    let reach = if node.bounds == node.body || step.name.href.is_none() {
        String::new()
    } else {
        rect("pk-flow-reach", node.bounds, 0.0)
    };
    let content = [reach, shape(step.shape, node.body), fork, text("label", &node.label)].concat();
    let note = node.note.as_ref().map_or_else(String::new, |note| text("note", note));
    let content = content + &note + &badges(step, node.body);
    match &step.name.href {
        Some(href) => {
            let href = escape(href);
            format!(r#"<a class="{class}" href="{href}"{lang}><title>{name}</title>{content}</a>"#)
        }
        None => format!(r#"<g class="{class}"{lang}><title>{name}</title>{content}</g>"#),
    }
}

fn class(shape: Shape) -> &'static str {
    match shape {
        Shape::Task => "task",
        Shape::Decision => "decision",
        Shape::Document => "document",
        Shape::Wait => "wait",
        Shape::Subprocess | Shape::Process => "subprocess",
        Shape::Start => "start",
        Shape::End => "end",
    }
}

fn shape(shape: Shape, body: Rect) -> String {
    let Point { x, y } = body.centre();
    match shape {
        Shape::Task => rect("pk-flow-body", body, 9.0),
        Shape::Subprocess | Shape::Process => {
            let inner = rect("pk-flow-inner", inset(body, 3.5), 6.0);
            rect("pk-flow-body", body, 9.0) + &inner
        }
        Shape::Document => document(body),
        Shape::Decision => diamond("pk-flow-body", body),
        Shape::Start => circle("pk-flow-body", body, 0.0),
        Shape::End => circle("pk-flow-body", body, 0.0) + &circle("pk-flow-core", body, 6.0),
        Shape::Wait => {
            let hands = format!("M{x},{}V{y}L{},{}", y - 9.0, x + 6.0, y + 4.0);
            circle("pk-flow-body", body, 0.0)
                + &circle("pk-flow-inner", body, 3.5)
                + &format!(r#"<path class="pk-flow-hands" fill="none" d="{hands}"/>"#)
        }
    }
}

fn document(body: Rect) -> String {
    let (left, top, right, bottom) = (body.x, body.y, body.right(), body.bottom());
    let (fold, low) = (right - 14.0, top + 14.0);
    format!(
        r#"<path class="pk-flow-body" d="M{left},{top}H{fold}L{right},{low}V{bottom}H{left}Z"/><path class="pk-flow-inner" fill="none" d="M{fold},{top}V{low}H{right}"/>"#
    )
}

fn fork(body: Rect) -> String {
    let Point { x, y } = body.centre();
    let (left, card) = (body.x, body.x - 8.0);
    let plus = format!("M{},{y}H{}M{x},{}V{}", x - 5.0, x + 5.0, y - 5.0, y + 5.0);
    format!(r#"<path class="pk-flow-line" fill="none" d="M{card},{y}H{left}"/>"#)
        + &diamond("pk-flow-fork", body)
        + &format!(r#"<path class="pk-flow-hands" fill="none" d="{plus}"/>"#)
}

fn diamond(class: &str, body: Rect) -> String {
    let Point { x, y } = body.centre();
    let (left, top, right, bottom) = (body.x, body.y, body.right(), body.bottom());
    format!(r#"<path class="{class}" d="M{x},{top}L{right},{y}L{x},{bottom}L{left},{y}Z"/>"#)
}

fn circle(class: &str, body: Rect, smaller: f64) -> String {
    let (Point { x, y }, radius) = (body.centre(), body.h / 2.0 - smaller);
    format!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#)
}

fn rect(class: &str, area: Rect, round: f64) -> String {
    let [x, y, w, h] = area.written();
    format!(r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}" rx="{round}"/>"#)
}

fn inset(body: Rect, by: f64) -> Rect {
    Rect::between(body.x + by, body.y + by, body.right() - by, body.bottom() - by)
}

/// The marks of a step: along the upper edge of a card, and below at the left of another shape, where no
/// text stands and no line runs.
fn badges(step: &Step, body: Rect) -> String {
    let is_card = matches!(step.shape, Shape::Task | Shape::Document | Shape::Subprocess | Shape::Process);
    let round = if step.shape == Shape::Document { 28.0 } else { 12.0 };
    let first =
        if is_card { at(body.right() - round, body.y) } else { at(body.x - 1.0, body.bottom() - 4.0) };
    let place = |number: usize| at(first.x - 22.0 * number as f64, first.y);
    step.marks.iter().rev().enumerate().map(|(number, (sort, _))| mark(*sort, place(number))).collect()
}

/// A mark with its middle at a point; the same in drawings and in their legends.
pub fn mark(mark: Mark, Point { x, y }: Point) -> String {
    let disc = |class: &str| format!(r#"<circle class="pk-flow-mark {class}" cx="{x}" cy="{y}" r="9.5"/>"#);
    let sign = |d: String| format!(r#"<path class="pk-flow-sign" fill="none" d="{d}"/>"#);
    match mark {
        Mark::Decides => {
            disc("pk-flow-decides")
                + &sign(format!("M{},{}L{},{}L{},{}", x - 4.5, y + 0.5, x - 1.5, y + 3.5, x + 4.5, y - 3.5))
        }
        Mark::Improve => {
            disc("pk-flow-improve")
                + &sign(format!("M{x},{}V{}M{x},{}V{}", y - 5.0, y + 1.0, y + 4.0, y + 4.6))
        }
        Mark::Documents => {
            disc("pk-flow-papers")
                + &sign(format!(
                    "M{},{}H{}M{},{y}H{}M{},{}H{}",
                    x - 4.0,
                    y - 3.0,
                    x + 4.0,
                    x - 4.0,
                    x + 4.0,
                    x - 4.0,
                    y + 3.0,
                    x + 1.5
                ))
        }
    }
}

/// A text without what is seen only where a line breaks.
fn plain(text: &str) -> String {
    text.replace('\u{ad}', "")
}

fn text(class: &str, label: &Label) -> String {
    text_of(class, label, None)
}

/// A label that is a text of its own, with its address where the page tells it.
fn text_of(class: &str, label: &Label, src: Option<&str>) -> String {
    let src = attribute("data-src", src);
    let anchor = match label.anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
    };
    let mut svg = String::new();
    for line in &label.lines {
        let ([x, y], words, size) = (line.place.written(), escape(&line.text), label.size);
        svg.push_str(&format!(
            r#"<text class="pk-flow-{class}" x="{x}" y="{y}" font-size="{size}"{anchor}{src}>{words}</text>"#
        ));
        svg.push_str(if words.ends_with('-') { "" } else { " " });
    }
    svg
}
