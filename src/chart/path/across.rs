//! The path in rows for wide screens: it winds from left to right, and where one row is not enough it turns
//! back beneath itself like a mountain road.

mod grid;
mod river;
mod routes;

use super::{
    Anchor, Arc, Direction, Label, Layout, Path, Piece, Ribbon, Station, arc, count, lanes, lines_height,
    number,
};
use crate::chart::curve::{Axis, Curve, Point, Rect, Step, at, reversed, rounded, trail_off, wave};
use crate::chart::width::wrap_loosely;
use grid::{Grid, heading};
use routes::{Route, routes};

/// Lays the path out in rows.
pub(super) fn layout(path: &Path) -> Layout {
    if path.stops.is_empty() {
        return Layout::empty(Direction::Across);
    }
    let grid = Grid::new(path);
    let names: Vec<Vec<String>> =
        path.stops.iter().map(|stop| wrap_loosely(&stop.label, SIZE, grid.cell - GUTTER)).collect();
    let stretches = stretches(path, &grid);
    let routes = routes(path, &grid);
    let rows = rows(&grid, &names, &stretches, &routes);
    let height = rows.last().map_or(0.0, |row| row.bottom);
    let plan = Plan { path, grid, rows };
    Layout {
        direction: Direction::Across,
        width: plan.grid.width.ceil(),
        height: height.ceil(),
        trail: plan.trail(),
        breadth: 2.0 * TRAIL,
        stations: names.into_iter().enumerate().map(|(stop, name)| plan.station(stop, name)).collect(),
        ribbons: (0..path.bands.len()).map(|band| plan.ribbon(band, &stretches)).collect(),
        arcs: routes.iter().filter_map(|route| plan.arc(route)).collect(),
    }
}

/// Width of a drawing with full rows.
const WIDTH: f64 = 1040.0;
/// Widest column: fewer stops make a narrower drawing, not longer legs.
const WIDEST: f64 = 260.0;
/// Clear edge around everything.
const EDGE: f64 = 6.0;
/// Letter height: still 14 px where a container of 48rem shrinks the drawing to three quarters.
const SIZE: f64 = 19.0;
/// Clear space between the columns of labels.
const GUTTER: f64 = 14.0;
/// From the edge of a column to the ribbons and the ends of the trail.
const INSET: f64 = 4.0;
/// Clear space between two rows.
const ROW_GAP: f64 = 34.0;
/// Radius of a station.
const RADIUS: f64 = 23.0;
/// Radius of the ring around the station where the reader is.
const RING: f64 = 31.0;
/// How far the stations swing above and below the middle of their row, in turn.
const SWING: f64 = 17.0;
/// Half of the widest stroke of the trail.
const TRAIL: f64 = 29.0;
/// Radius of the bend between two rows.
const BEND: f64 = 60.0;
/// From the middle of a station down to its label.
const DROP: f64 = 49.0;
/// From the highest ring of a row up to its lowest lane of returns.
const CLEAR: f64 = 20.0;
/// Between two lanes of returns.
const LANE: f64 = 15.0;
/// Clear space around the text of a ribbon.
const PADDING: f64 = 9.0;

/// The part of a band that lies in one row.
struct Stretch {
    band: usize,
    row: usize,
    left: f64,
    right: f64,
    /// Radius at the left and at the right end: small where the band goes on in another row.
    ends: [f64; 2],
    lane: usize,
    lines: Vec<String>,
}

fn stretches(path: &Path, grid: &Grid) -> Vec<Stretch> {
    let mut all = Vec::new();
    for row in 0..grid.rows.len() {
        let mut here: Vec<Stretch> =
            (0..path.bands.len()).filter_map(|band| stretch(path, grid, band, row)).collect();
        let spans: Vec<(f64, f64)> = here.iter().map(|part| (part.left, part.right)).collect();
        for (part, lane) in here.iter_mut().zip(lanes::stack(&spans, 0.0)) {
            part.lane = lane;
        }
        all.append(&mut here);
    }
    all
}

fn stretch(path: &Path, grid: &Grid, band: usize, row: usize) -> Option<Stretch> {
    let (from, to) = path.bands[band].span(path.stops.len())?;
    let stops = &grid.rows[row];
    let (first, last) = (from.max(stops.start), to.min(stops.end.checked_sub(1)?));
    if first > last {
        return None;
    }
    let mut ends = [(first, from), (last, to)].map(|(end, own)| if end == own { 22.0 } else { 4.0 });
    let mut xs = [grid.x(first), grid.x(last)];
    if heading(row) < 0.0 {
        ends.reverse();
        xs.reverse();
    }
    let (left, right) = (xs[0] - grid.cell / 2.0 + INSET, xs[1] + grid.cell / 2.0 - INSET);
    let lines = wrap_loosely(&path.bands[band].label, SIZE, right - left - 2.0 * PADDING - 6.0);
    Some(Stretch { band, row, left, right, ends, lane: 0, lines })
}

impl Stretch {
    fn height(&self) -> f64 {
        lines_height(self.lines.len().max(1), SIZE) + 2.0 * PADDING + river::SWELL
    }
}

/// Heights of one row.
struct Row {
    /// The middle of the winding trail.
    y: f64,
    /// Upper edges of the ribbons, from the uppermost lane down.
    ribbons: Vec<f64>,
    bottom: f64,
}

fn rows(grid: &Grid, names: &[Vec<String>], stretches: &[Stretch], routes: &[Route]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, stops) in grid.rows.iter().enumerate() {
        let top = rows.last().map_or(EDGE, |row| row.bottom + ROW_GAP);
        let y = top + returns_height(routes::lanes_in(routes, index)) + RING + SWING;
        let label_bottom = |stop: usize| y + swing(stop) + DROP + lines_height(names[stop].len(), SIZE);
        let labels = stops.clone().map(label_bottom).fold(y + SWING + RING, f64::max);
        rows.push(row(y, labels, stretches.iter().filter(|part| part.row == index)));
    }
    rows
}

fn row<'s>(y: f64, labels: f64, stretches: impl Iterator<Item = &'s Stretch>) -> Row {
    let mut heights: Vec<f64> = Vec::new();
    for part in stretches {
        heights.resize(heights.len().max(part.lane + 1), 0.0);
        heights[part.lane] = part.height().max(heights[part.lane]);
    }
    let mut bottom = labels + EDGE;
    let mut ribbons = Vec::new();
    for height in heights {
        ribbons.push(bottom + 14.0);
        bottom += 14.0 + height;
    }
    Row { y, ribbons, bottom: bottom + EDGE }
}

fn returns_height(lanes: usize) -> f64 {
    if lanes == 0 { 0.0 } else { CLEAR + LANE * count(lanes - 1) }
}

fn swing(stop: usize) -> f64 {
    if stop.is_multiple_of(2) { -SWING } else { SWING }
}

/// Everything that is needed to place a part.
struct Plan<'p> {
    path: &'p Path,
    grid: Grid,
    rows: Vec<Row>,
}

impl Plan<'_> {
    fn centre(&self, stop: usize) -> Point {
        at(self.grid.x(stop), self.rows[self.grid.row(stop)].y + swing(stop))
    }

    fn station(&self, stop: usize, name: Vec<String>) -> Station {
        let centre = self.centre(stop);
        let label = Label::set(name, SIZE, Anchor::Middle, at(centre.x, centre.y + DROP));
        let reach = self.grid.cell / 2.0 - 3.0;
        let bottom = label.bounds.bottom().max(centre.y + RING) + EDGE;
        let hit = Rect::between(centre.x - reach, centre.y - RING - 2.0, centre.x + reach, bottom);
        Station { centre, radius: RADIUS, ring: RING, number: number(stop, centre, RADIUS), label, hit }
    }

    fn trail(&self) -> Curve {
        let (first, last) = (self.centre(0), self.path.stops.len() - 1);
        let (start, end) = (self.lead(0, -1.0), self.lead(last, 1.0));
        let mut steps = vec![reversed(first, trail_off(first, start, Axis::Level))];
        for (row, stops) in self.grid.rows.iter().enumerate() {
            let centres: Vec<Point> = stops.clone().map(|stop| self.centre(stop)).collect();
            steps.extend(wave(&centres, Axis::Level));
            steps.extend(self.bend(row));
        }
        steps.push(trail_off(self.centre(last), end, Axis::Level));
        Curve { start, steps }
    }

    /// From the last station of a row to the first of the next.
    fn bend(&self, row: usize) -> Vec<Step> {
        let next = self.grid.rows[row].end;
        if next >= self.path.stops.len() {
            return Vec::new();
        }
        let (side, from, to) = (self.grid.turn(row), self.centre(next - 1), self.centre(next));
        rounded(&[from, at(side, from.y), at(side, to.y), to], BEND).steps
    }

    /// Where the trail begins before the first station (−1) or ends behind the last one (1).
    fn lead(&self, stop: usize, side: f64) -> Point {
        let centre = self.centre(stop);
        let length = self.grid.cell / 2.0 - INSET - TRAIL;
        at(centre.x + side * heading(self.grid.row(stop)) * length, centre.y - swing(stop))
    }

    fn ribbon(&self, band: usize, stretches: &[Stretch]) -> Ribbon {
        Ribbon {
            pieces: stretches.iter().filter(|part| part.band == band).map(|part| self.piece(part)).collect(),
        }
    }

    fn piece(&self, part: &Stretch) -> Piece {
        let top = self.rows[part.row].ribbons[part.lane];
        let bounds = Rect::between(part.left, top, part.right, top + part.height());
        let text = at(bounds.centre().x, bounds.centre().y - lines_height(part.lines.len(), SIZE) / 2.0);
        let label = Label::set(part.lines.clone(), SIZE, Anchor::Middle, text);
        let current = river::current(bounds, &label);
        Piece { outline: river::edge(bounds, part.ends), current, label, boxes: vec![bounds] }
    }

    fn arc(&self, route: &Route) -> Option<Arc> {
        let mut corners = vec![self.rim(route.way.from, route.slots.leave)];
        for run in &route.runs {
            let y = self.rows[run.row].y - SWING - RING - CLEAR - LANE * count(run.lane);
            corners.extend([at(run.from, y), at(run.to, y)]);
        }
        corners.push(self.rim(route.way.to, route.slots.arrive));
        arc(corners, 20.0)
    }

    /// Where a return touches the top of a station.
    fn rim(&self, stop: usize, slot: f64) -> Point {
        let reach = 4.0 + if self.path.stops[stop].here { RING } else { RADIUS };
        let centre = self.centre(stop);
        let dx = heading(self.grid.row(stop)) * slot;
        at(centre.x + dx, centre.y - (reach * reach - dx * dx).max(0.0).sqrt())
    }
}
