//! Turns a layout into SVG: presentation attributes and classes only, since a strict content security policy
//! refuses styles in markup. Everything that comes from outside is escaped here.

use std::fmt::{self, Write as _};

use super::curve::{Curve, Point, Rect, Step};
use super::path::{Anchor, Arc, Band, Direction, Label, Layout, Path, Piece, Ribbon, Station, Stop};

/// Draws a path as laid out, ready to stand in a page.
pub fn draw(path: &Path, layout: &Layout) -> String {
    let stops = path.stops.iter().zip(&layout.stations);
    let bands = path.bands.iter().zip(&layout.ribbons);
    let mut svg = opening(path, layout);
    svg.push_str(&scenery(layout));
    svg.extend(stops.enumerate().map(|(i, (stop, station))| stop_link(i, stop, station)));
    svg.extend(bands.map(|(band, ribbon)| band_link(band, ribbon)));
    svg.push_str("</svg>");
    svg
}

/// The root is a group with a name, not an image: an image may hold no links.
fn opening(path: &Path, layout: &Layout) -> String {
    let (width, height) = (layout.width, layout.height);
    // Natural size in rem: the drawing grows with the reader's letters.
    let (wide, high) = (width / 16.0, height / 16.0);
    let way = match layout.direction {
        Direction::Across => "across",
        Direction::Down => "down",
    };
    let id = format!("{}-{way}", escape(&path.id));
    let (title, description) = (escape(&path.title), escape(&path.description));
    let size = format!(r#"width="{wide}rem" height="{high}rem" viewBox="0 0 {width} {height}""#);
    let role = format!(r#"role="group" aria-labelledby="{id}-title" aria-describedby="{id}-desc""#);
    let words = format!(r#"<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>"#);
    format!(r#"<svg class="pk-path pk-path-{way}" id="{id}" {size} {role}>{words}"#)
}

/// What carries no text: the trail and the ways back, told in the description.
fn scenery(layout: &Layout) -> String {
    if layout.stations.is_empty() {
        return String::new();
    }
    let trail = data(&layout.trail);
    let strokes = TRAIL.map(|(class, part)| stroke(class, &trail, (layout.breadth * part).round()));
    let arcs: String = layout.arcs.iter().map(arc).collect();
    format!(r#"<g aria-hidden="true">{}{arcs}</g>"#, strokes.concat())
}

/// The strokes of the trail, widest first, as parts of its breadth: land, path, dotted middle.
const TRAIL: [(&str, f64); 4] = [("land", 1.0), ("verge", 0.58), ("trail", 0.19), ("centre", 0.05)];

fn stroke(class: &str, data: &str, width: f64) -> String {
    format!(r#"<path class="pk-path-{class}" fill="none" stroke-width="{width}" d="{data}"/>"#)
}

fn line(class: &str, data: &str) -> String {
    if data.is_empty() {
        return String::new();
    }
    format!(r#"<path class="pk-path-{class}" fill="none" d="{data}"/>"#)
}

fn arc(arc: &Arc) -> String {
    let [tip, one, other] = arc.head.map(pair);
    let line = line("return", &data(&arc.line));
    format!(r#"{line}<path class="pk-path-head" d="M{tip}L{one}L{other}Z"/>"#)
}

fn stop_link(index: usize, stop: &Stop, station: &Station) -> String {
    let link = Link {
        class: "stop",
        href: &stop.href,
        lang: stop.lang.as_deref(),
        src: stop.src.as_deref(),
        current: stop.here.then_some("step"),
        name: &format!("{}. {}", index + 1, stop.label),
    };
    let ring = if stop.here { circle("ring", station.centre, station.ring) } else { String::new() };
    let disc = circle("disc", station.centre, station.radius);
    let (number, label) = (text("number", &station.number), text("label", &station.label));
    link.around(&[hit(station.hit), ring, disc, number, label].concat())
}

/// What the pointer meets, larger than what is seen.
fn hit(area: Rect) -> String {
    let Rect { x, y, w, h } = area;
    let area = format!(r#"x="{x}" y="{y}" width="{w}" height="{h}" rx="12""#);
    format!(r#"<rect class="pk-path-hit" {area} fill="none" pointer-events="all"/>"#)
}

fn circle(class: &str, centre: Point, radius: f64) -> String {
    let Point { x, y } = centre;
    format!(r#"<circle class="pk-path-{class}" cx="{x}" cy="{y}" r="{radius}"/>"#)
}

fn band_link(band: &Band, ribbon: &Ribbon) -> String {
    if ribbon.pieces.is_empty() {
        return String::new();
    }
    let link = Link {
        class: "band",
        href: &band.href,
        lang: band.lang.as_deref(),
        src: band.src.as_deref(),
        current: band.here.then_some("true"),
        name: &band.label,
    };
    let piece = |piece: &Piece| {
        let edge = data(&piece.outline);
        let current = line("current", &piece.current.iter().map(data).collect::<String>());
        format!(r#"<path class="pk-path-ribbon" d="{edge}Z"/>{current}{}"#, text("label", &piece.label))
    };
    link.around(&ribbon.pieces.iter().map(piece).collect::<String>())
}

/// A link named by its own title, since the lines of the drawing may break a word. Not by `aria-label`: a name
/// that differs from the visible text by such a hyphen counts as an error (WCAG 2.5.3).
struct Link<'l> {
    class: &'l str,
    href: &'l str,
    lang: Option<&'l str>,
    src: Option<&'l str>,
    /// What `aria-current` says where the reader is.
    current: Option<&'l str>,
    name: &'l str,
}

impl Link<'_> {
    fn around(&self, content: &str) -> String {
        let (class, href, name) = (self.class, escape(self.href), escape(&self.name.replace('\u{ad}', "")));
        let here = if self.current.is_some() { " pk-path-here" } else { "" };
        let current = attribute("aria-current", self.current);
        let lang = attribute("lang", self.lang) + &attribute("data-src", self.src);
        format!(
            r#"<a class="pk-path-{class}{here}" href="{href}"{current}{lang}><title>{name}</title>{content}</a>"#
        )
    }
}

pub(super) fn attribute(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| format!(r#" {name}="{}""#, escape(value)))
}

fn text(class: &str, label: &Label) -> String {
    let anchor = match label.anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
    };
    let mut marks = String::new();
    for line in &label.lines {
        let (Point { x, y }, words, size) = (line.place, escape(&line.text), label.size);
        let mark = format!(
            r#"<text class="pk-path-{class}" x="{x}" y="{y}" font-size="{size}"{anchor}>{words}</text>"#
        );
        marks.push_str(&mark);
        // Keeps words apart for whoever reads the text without the drawing, but not the halves of a word.
        marks.push_str(if words.ends_with('-') { "" } else { " " });
    }
    marks
}

pub(super) fn data(curve: &Curve) -> String {
    let mut data = format!("M{}", pair(curve.start));
    for step in &curve.steps {
        // Writing to a String cannot fail.
        let _ = match *step {
            Step::Line(to) => write!(data, "L{}", pair(to)),
            Step::Bend(one, two, to) => write!(data, "C{} {} {}", pair(one), pair(two), pair(to)),
        };
    }
    data
}

pub(super) fn pair(point: Point) -> impl fmt::Display {
    let [x, y] = point.written();
    fmt::from_fn(move |f| write!(f, "{x},{y}"))
}

/// Escapes text for markup and attributes. Drops control characters, which no document may hold, and marks of
/// writing direction, whose pairs a line break tears apart.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::path::layout;
    use super::*;

    const HOSTILE: &str = "</text><script>x</script>&'\"\0\u{202e}";

    fn path(label: &str) -> Path {
        let stop =
            |here| Stop { label: label.into(), href: label.into(), lang: Some("sv".into()), src: None, here };
        let band = Band {
            label: label.into(),
            href: label.into(),
            lang: Some(label.into()),
            src: None,
            here: true,
            from: 0,
            to: 1,
        };
        Path {
            stops: vec![stop(true), stop(false)],
            bands: vec![band],
            returns: Vec::new(),
            title: label.into(),
            description: label.into(),
            id: "process".into(),
        }
    }

    fn drawn(path: &Path, direction: Direction) -> String {
        draw(path, &layout(path, direction))
    }

    #[test]
    fn nothing_from_outside_becomes_markup() {
        let own = ["svg", "title", "desc", "g", "path", "a", "rect", "circle", "text"];
        let hostile = Path { id: HOSTILE.into(), ..path(HOSTILE) };
        for direction in [Direction::Across, Direction::Down] {
            for tag in drawn(&hostile, direction).split('<').skip(1) {
                let (inside, behind) = tag.split_once('>').unwrap();
                let name = inside.trim_matches('/').split(' ').next().unwrap();
                assert!(own.contains(&name), "{tag}");
                assert!(!behind.contains(['"', '\'', '>', '\0', '\u{202e}']), "{tag}");
                assert!(inside.matches('"').count() % 2 == 0 && !inside.contains('\''), "{tag}");
            }
        }
    }

    #[test]
    fn a_stop_is_one_link_with_its_number_name_language_and_state() {
        let svg = drawn(&path("Start"), Direction::Across);
        let here = r#"<a class="pk-path-stop pk-path-here" href="Start" aria-current="step" lang="sv"><title>1. Start</title>"#;
        assert!(svg.contains(here), "{svg}");
        assert_eq!(svg.matches("<a ").count(), 3);
        assert_eq!(svg.matches("pk-path-ring").count(), 1);
    }

    #[test]
    fn a_strict_content_security_policy_finds_nothing_to_refuse() {
        let svg = drawn(&path("x"), Direction::Down);
        assert!(!svg.contains("style"));
        assert!(svg.contains(r#"role="group""#));
    }

    #[test]
    fn both_directions_can_stand_on_one_page() {
        let ids = |direction| {
            let svg = drawn(&path("x"), direction);
            svg.split(r#" id=""#)
                .skip(1)
                .filter_map(|rest| rest.split('"').next().map(str::to_owned))
                .collect()
        };
        let (across, down): (Vec<String>, Vec<String>) = (ids(Direction::Across), ids(Direction::Down));
        assert_eq!(across, ["process-across", "process-across-title", "process-across-desc"]);
        assert!(down.iter().all(|id| !across.contains(id)));
    }

    #[test]
    fn an_empty_path_draws_nothing() {
        let empty = Path { stops: Vec::new(), ..path("x") };
        assert!(drawn(&empty, Direction::Across).contains("</desc></svg>"));
    }
}
