//! A drawing that is read and not used: shapes and texts in a frame, put out as one image with a name. Texts
//! are measured when they are placed, so that a layout can keep them apart.

use super::curve::{Point, Rect, at};
use super::svg::{escape, pair};
use super::width::{SPACED, text_width};

/// A drawing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What carries no text, from back to front.
    pub shapes: Vec<Shape>,
    /// The texts, in front of all shapes.
    pub labels: Vec<Label>,
}

/// Something drawn; every class stands in the style sheet under `pk-chart-`.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line through points.
    Line(&'static str, Vec<Point>),
    /// A box.
    Box(&'static str, Rect),
    /// A mark of one of the [`MARKS`] around a point.
    Mark(usize, Point, f64),
}

/// How many marks can be told apart by their shape alone.
pub const MARKS: usize = 10;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its class.
    pub class: &'static str,
    /// The words.
    pub text: String,
    /// Where its base line begins, or ends.
    pub place: Point,
    /// Which end of it stays where it is when its letters are set wider.
    pub held: Held,
    /// The size of its letters.
    pub size: f64,
}

/// An end of a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

impl Label {
    /// Sets a line of text so that it begins at a place.
    pub fn starting(class: &'static str, text: &str, place: Point, size: f64) -> Label {
        Label { class, text: text.to_owned(), place, held: Held::Start, size }
    }

    /// Sets a line of text around the middle of a place.
    pub fn centred(class: &'static str, text: &str, place: Point, size: f64) -> Label {
        let x = place.x - text_width(text, size) / 2.0;
        Label::starting(class, text, at(x, place.y), size)
    }

    /// Sets a line of text so that it ends at a place.
    pub fn ending(class: &'static str, text: &str, place: Point, size: f64) -> Label {
        Label { held: Held::End, ..Label::starting(class, text, place, size) }
    }

    /// Moves it sideways so that it lies between two edges, also when its letters are set wider; where it is
    /// too wide it keeps to the left one.
    pub fn kept(mut self, left: f64, right: f64) -> Label {
        let wide = text_width(&self.text, self.size) * SPACED;
        let x = match self.held {
            Held::Start => self.place.x.min(right - wide).max(left),
            // What is too wide begins at the left edge, and is set from there.
            Held::End if wide > right - left => {
                self.held = Held::Start;
                left
            }
            Held::End => self.place.x.max(left + wide).min(right),
        };
        self.place = at(x, self.place.y);
        self
    }

    /// The room it takes.
    pub fn area(&self) -> Rect {
        let Point { x, y } = self.place;
        let wide = text_width(&self.text, self.size);
        let x = if self.held == Held::End { x - wide } else { x };
        Rect::between(x, y - self.size * 0.8, x + wide, y + self.size * 0.25)
    }

    /// Whether it comes nearer to another than a gap.
    pub fn meets(&self, other: &Label, gap: f64) -> bool {
        // Most lie in other lines, and the width of a text is dear.
        if (self.place.y - other.place.y).abs() > 2.0 * self.size.max(other.size) {
            return false;
        }
        let (a, b) = (self.area(), other.area());
        let apart = a.right() + gap <= b.x || b.right() + gap <= a.x;
        !apart && a.y < b.y + b.h && b.y < a.y + a.h
    }
}

/// What a drawing is called.
#[derive(Debug, Clone, Default)]
pub struct Name<'a> {
    /// An id that no other drawing of the page has.
    pub id: &'a str,
    /// The class of the drawing.
    pub class: &'a str,
    /// What it shows, in a line.
    pub title: &'a str,
    /// What it says, for those who do not see it.
    pub description: &'a str,
}

/// Puts a drawing out as an image with a name.
pub fn draw(sketch: &Sketch, name: &Name<'_>) -> String {
    let (width, height) = (sketch.width, sketch.height);
    // Natural size in rem: the drawing grows with the reader's letters.
    let (wide, high) = (width / 16.0, height / 16.0);
    let (id, class) = (escape(name.id), escape(name.class));
    let (title, description) = (escape(name.title), escape(name.description));
    let shapes: String = sketch.shapes.iter().map(shape).collect();
    let labels: Vec<String> = sketch.labels.iter().map(label).collect();
    let size = format!(r#"width="{wide}rem" height="{high}rem" viewBox="0 0 {width} {height}""#);
    let role = format!(r#"role="img" aria-labelledby="{id}-title" aria-describedby="{id}-desc""#);
    let words = format!(r#"<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>"#);
    let open = format!(r#"<svg class="pk-chart {class}" id="{id}" {size} {role}>{words}"#);
    format!("{open}{shapes}{}</svg>", labels.join(" "))
}

fn label(label: &Label) -> String {
    let ([x, y], class, size) = (label.place.written(), label.class, label.size);
    let anchor = if label.held == Held::End { r#" text-anchor="end""# } else { "" };
    format!(
        r#"<text class="pk-chart-{class}" x="{x}" y="{y}" font-size="{size}"{anchor}>{}</text>"#,
        escape(&label.text)
    )
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Line(class, points) => {
            let points: Vec<String> = points.iter().map(|point| pair(*point).to_string()).collect();
            format!(r#"<path class="pk-chart-{class}" fill="none" d="M{}"/>"#, points.join("L"))
        }
        Shape::Box(class, Rect { x, y, w, h }) => {
            format!(r#"<rect class="pk-chart-{class}" x="{x}" y="{y}" width="{w}" height="{h}" rx="3"/>"#)
        }
        Shape::Mark(kind, centre, radius) => mark(*kind, *centre, *radius),
    }
}

/// The marks: five shapes, each full and hollow.
fn mark(kind: usize, centre: Point, radius: f64) -> String {
    let hollow = kind % MARKS >= MARKS / 2;
    let class = if hollow { "hollow" } else { "mark" };
    let Point { x, y } = centre;
    let corners: &[(f64, f64)] = match kind % (MARKS / 2) {
        0 => return format!(r#"<circle class="pk-chart-{class}" cx="{x}" cy="{y}" r="{radius}"/>"#),
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        3 => &[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
        _ => &[(0.0, 1.2), (1.15, -0.9), (-1.15, -0.9)],
    };
    let point = |(dx, dy): &(f64, f64)| {
        let corner = at(x + dx * radius, y + dy * radius);
        format!("{},{}", corner.x, corner.y)
    };
    let points: Vec<String> = corners.iter().map(point).collect();
    format!(r#"<path class="pk-chart-{class}" d="M{}Z"/>"#, points.join("L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        let hostile = "</text><script>'\"&\u{202e}";
        let sketch = Sketch {
            labels: vec![Label::starting("label", hostile, at(0.0, 9.0), 10.0)],
            ..Sketch::default()
        };
        let svg = draw(&sketch, &Name { id: hostile, class: hostile, title: hostile, description: hostile });
        assert!(!svg.contains("<script") && !svg.contains('\'') && !svg.contains('\u{202e}'), "{svg}");
    }

    #[test]
    fn a_label_stays_between_its_edges() {
        let label = Label::centred("label", "31.12.2026", at(0.0, 0.0), 10.0).kept(0.0, 100.0);
        assert!(label.area().x >= 0.0);
        let label = Label::centred("label", "31.12.2026", at(100.0, 0.0), 10.0).kept(0.0, 100.0);
        assert!(label.area().right() <= 100.0);
    }
}
