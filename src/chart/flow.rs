//! A process as a swimlane: a lane for each of those who take its steps, a column for each phase, and lines
//! that run level and upright between the boxes and never through them. Pure geometry; the same coordinates
//! are drawn in a page and written into a BPMN file.

pub mod bpmn;
mod place;
mod rank;
mod route;
mod size;
pub mod svg;
#[cfg(test)]
mod tests;

use super::curve::{Point, Rect};
use super::path::Label;

/// Works out where everything lies; never fails, whatever the steps and exits are.
pub fn layout(flow: &Flow) -> Layout {
    let grid = rank::grid(flow);
    let routes = route::routes(flow, &grid);
    place::place(flow, &grid, &routes)
}

/// What a swimlane shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Those who take the steps, from the top.
    pub lanes: Vec<Named>,
    /// The phases, from the left; none where the steps name none.
    pub columns: Vec<Named>,
    /// The steps, in the order in which they are told.
    pub steps: Vec<Step>,
    /// Name of the drawing.
    pub title: String,
    /// The same in words: what the drawing shows.
    pub description: String,
    /// Unique on the page.
    pub id: String,
}

/// A lane or a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// What it is called.
    pub label: String,
    /// Where its link leads.
    pub href: Option<String>,
    /// Language of the label, when it differs from the page's.
    pub lang: Option<String>,
    /// The address of the text it shows, where the page tells it.
    pub src: Option<String>,
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Unique in the drawing.
    pub id: String,
    /// What it is drawn as.
    pub shape: Shape,
    /// Index of its lane.
    pub lane: usize,
    /// Index of its column.
    pub column: usize,
    /// What happens.
    pub name: Named,
    /// A few words below: how long is waited.
    pub note: String,
    /// How many days are waited.
    pub days: Option<u32>,
    /// What else is known of it, a paragraph each.
    pub remarks: Vec<String>,
    /// Documents made or used.
    pub papers: Vec<String>,
    /// The id of the process it stands for.
    pub calls: Option<String>,
    /// Marks on it, each with its meaning in words.
    pub marks: Vec<(Mark, String)>,
    /// The ways out.
    pub exits: Vec<Exit>,
}

/// What a step is drawn as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// A card.
    #[default]
    Task,
    /// A diamond below its question.
    Decision,
    /// A card with a folded corner.
    Document,
    /// A clock.
    Wait,
    /// A card with a double edge.
    Subprocess,
    /// A circle.
    Start,
    /// A heavy circle.
    End,
    /// A process on a map of processes: what leads away from it need not begin at once.
    Process,
}

/// A mark on a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Something is always decided here.
    Decides,
    /// Something is to be made better here.
    Improve,
    /// Documents are made or used.
    Documents,
}

/// A way out of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exit {
    /// Index of the step it leads to; any other is not drawn.
    pub to: usize,
    /// The answer that leads here.
    pub label: String,
    /// Language of the label, when it differs from the page's.
    pub lang: Option<String>,
    /// The address of the answer, where the page tells it.
    pub src: Option<String>,
}

/// Where everything lies, in one coordinate system from 0, 0 to width, height.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// Width of the names of lanes.
    pub head: f64,
    /// One per lane, in their order.
    pub lanes: Vec<Area>,
    /// One per column, in their order.
    pub columns: Vec<Area>,
    /// One per step, in their order.
    pub nodes: Vec<Node>,
    /// The lines, step by step.
    pub edges: Vec<Edge>,
    /// Where the drawing can be cut for paper: before each slot, and at its end.
    pub cuts: Vec<f64>,
}

/// A lane or a column as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// All of it, its head included.
    pub bounds: Rect,
    /// Where its name stands.
    pub head: Rect,
    /// Its name.
    pub label: Label,
}

/// A step as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The shape: a card, or the box around a diamond or circle.
    pub body: Rect,
    /// The shape with its texts.
    pub bounds: Rect,
    /// What happens.
    pub label: Label,
    /// What stands below.
    pub note: Option<Label>,
    /// Where several steps begin at once: a diamond behind the shape.
    pub fork: Option<Rect>,
}

/// A line from a step to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Index of the step it leaves.
    pub from: usize,
    /// Index of the step it leads to.
    pub to: usize,
    /// Which of the exits it is.
    pub exit: usize,
    /// Its corners, from edge to edge.
    pub points: Vec<Point>,
    /// The answer that leads along it.
    pub label: Option<Label>,
    /// Whether it leads back to a step gone through before.
    pub back: bool,
}

impl Flow {
    /// The exits that lead somewhere, by step and exit.
    fn ways(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let exits = self.steps.iter().enumerate();
        let all = exits.flat_map(|(from, step)| {
            step.exits.iter().enumerate().map(move |(exit, way)| (from, exit, way.to))
        });
        all.filter(|(_, _, to)| *to < self.steps.len())
    }

    /// The lane of a step, one of those there are.
    fn lane(&self, step: usize) -> usize {
        self.steps[step].lane.min(self.lanes.len().saturating_sub(1))
    }

    /// The column of a step, one of those there are.
    fn column(&self, step: usize) -> usize {
        self.steps[step].column.min(self.columns.len().saturating_sub(1))
    }

    /// Whether several steps begin at once behind a step.
    fn forks(&self, step: usize) -> bool {
        let single = matches!(self.steps[step].shape, Shape::Decision | Shape::Process);
        !single && self.steps[step].exits.len() > 1
    }
}
