//! Writes a breakdown as SVG: presentation attributes and classes only. What comes from outside is escaped here.

use super::super::curve::{Point, Rect};
use super::super::path::Direction;
use super::super::svg::{attribute, escape};
use super::{Branch, Card, Layout, SIZE, Tree};

/// Draws a breakdown as laid out, ready to stand in a page.
pub fn draw(tree: &Tree, layout: &Layout) -> String {
    let mut branches = Vec::new();
    tree.roots.iter().for_each(|root| gather(root, &mut branches));
    let mut svg = opening(tree, layout);
    let ties: String = layout.ties.iter().map(|tie| tied(tie)).collect();
    svg.push_str(&format!(r#"<g aria-hidden="true">{ties}</g>"#));
    svg.extend(branches.into_iter().zip(&layout.cards).map(|(branch, card)| drawn(branch, card)));
    svg.push_str("</svg>");
    svg
}

/// Branches in the order of the cards.
fn gather<'t>(branch: &'t Branch, found: &mut Vec<&'t Branch>) {
    found.push(branch);
    branch.parts.iter().for_each(|part| gather(part, found));
}

/// The root is a group with a name, not an image: an image may hold no links.
fn opening(tree: &Tree, layout: &Layout) -> String {
    let (width, height) = (layout.width, layout.height);
    // Natural size in rem: the drawing grows with the reader's letters.
    let (wide, high) = (width / 16.0, height / 16.0);
    let way = match layout.direction {
        Direction::Across => "across",
        Direction::Down => "down",
    };
    let id = format!("{}-{way}", escape(&tree.id));
    let (title, description) = (escape(&tree.title), escape(&tree.description));
    let size = format!(r#"width="{wide}rem" height="{high}rem" viewBox="0 0 {width} {height}""#);
    let role = format!(r#"role="group" aria-labelledby="{id}-title" aria-describedby="{id}-desc""#);
    let words = format!(r#"<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>"#);
    format!(r#"<svg class="pk-tree pk-tree-{way}" id="{id}" {size} {role}>{words}"#)
}

fn tied(tie: &[Point]) -> String {
    let points: Vec<String> = tie.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
    format!(r#"<polyline class="pk-tree-tie" fill="none" points="{}"/>"#, points.join(" "))
}

fn drawn(branch: &Branch, card: &Card) -> String {
    let aside = if branch.aside { " pk-tree-aside" } else { "" };
    let lang = attribute("lang", branch.lang.as_deref()) + &attribute("data-src", branch.src.as_deref());
    let frame = rect("frame", card.frame, r#" rx="8""#);
    let bar = card.bar.map_or_else(String::new, |bar| rect("bar", bar, r#" rx="2""#));
    let (name, count) = (lines("name", &card.name), lines("count", &card.count));
    let content = [frame, bar, name, count].concat();
    match &branch.href {
        Some(href) => {
            let told = if branch.count.is_empty() { String::new() } else { format!(", {}", branch.count) };
            let title = escape(&format!("{}{told}", branch.label.replace('\u{ad}', "")));
            let href = escape(href);
            format!(
                r#"<a class="pk-tree-card{aside}" href="{href}"{lang}><title>{title}</title>{content}</a>"#
            )
        }
        None => format!(r#"<g class="pk-tree-card{aside}"{lang}>{content}</g>"#),
    }
}

fn rect(class: &str, area: Rect, more: &str) -> String {
    let Rect { x, y, w, h } = area;
    format!(r#"<rect class="pk-tree-{class}" x="{x}" y="{y}" width="{w}" height="{h}"{more}/>"#)
}

fn lines(class: &str, lines: &[(String, Point)]) -> String {
    let line = |(text, place): &(String, Point)| {
        let (Point { x, y }, words) = (*place, escape(text));
        // Keeps words apart for whoever reads the text without the drawing, but not the halves of a word.
        let gap = if words.ends_with('-') { "" } else { " " };
        format!(r#"<text class="pk-tree-{class}" x="{x}" y="{y}" font-size="{SIZE}">{words}</text>{gap}"#)
    };
    lines.iter().map(line).collect()
}
