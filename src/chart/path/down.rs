//! The path in one column for phones and upright paper: the trail winds down on the left, labels stand to its
//! right, and a band hangs beside the labels like a flag from its name.

use super::lanes;
use super::{
    Anchor, Arc, Direction, Label, Layout, Path, Piece, Return, Ribbon, Station, arc, count, lines_height,
    number,
};
use crate::chart::curve::{Axis, Curve, Point, Rect, at, outline, reversed, trail_off, wave};
use crate::chart::width::wrap_loosely;

/// Lays the path out in one column.
pub(super) fn layout(path: &Path) -> Layout {
    if path.stops.is_empty() {
        return Layout::empty(Direction::Down);
    }
    let columns = Columns::new(path);
    let rows = rows(path, &columns);
    let plan = Plan { path, columns, rows };
    Layout {
        direction: Direction::Down,
        width: WIDTH,
        height: plan.bottom().ceil(),
        trail: plan.trail(),
        breadth: 2.0 * TRAIL,
        stations: (0..path.stops.len()).map(|stop| plan.station(stop)).collect(),
        ribbons: (0..path.bands.len()).map(|band| plan.ribbon(band)).collect(),
        arcs: plan.arcs(),
    }
}

/// Width of the drawing: that of the narrowest phone.
const WIDTH: f64 = 320.0;
/// Clear edge around everything.
const EDGE: f64 = 6.0;
/// Letter height.
const SIZE: f64 = 17.0;
/// Radius of a station.
const RADIUS: f64 = 20.0;
/// Radius of the ring around the station where the reader is.
const RING: f64 = 27.0;
/// How far the stations swing left and right, in turn.
const SWING: f64 = 8.0;
/// Half of the widest stroke of the trail.
const TRAIL: f64 = 25.0;
/// How far the trail goes on above the first and below the last station.
const LEAD: f64 = 40.0;
/// Clear space between two stops.
const GAP: f64 = 26.0;
/// From the nearest lane of returns to the ring of a station, with room for an arrow head.
const CLEAR: f64 = 12.0;
/// Between two lanes of returns.
const LANE: f64 = 11.0;
/// Most room for the lanes of returns, and for the poles of bands.
const CROWD: f64 = 66.0;
/// Width of the pole that runs along the stops of a band.
const POLE: f64 = 10.0;
/// Clear space around the name of a band.
const PADDING: f64 = 9.0;

/// Where the columns lie: lanes of returns, trail, labels, poles of bands.
struct Columns {
    trail: f64,
    labels: f64,
    /// Right edge of the labels.
    right: f64,
    lane_step: f64,
    ways: Vec<(Return, usize)>,
    /// Lane of each band, counted from the right edge.
    poles: Vec<usize>,
    pole_step: f64,
}

impl Columns {
    fn new(path: &Path) -> Self {
        let ways = ways(path);
        let lanes = count(ways.iter().map(|way| way.1 + 1).max().unwrap_or(0));
        let poles = poles(path);
        let bands = count(poles.iter().map(|pole| pole + 1).max().unwrap_or(0));
        let (lane_step, pole_step) =
            (LANE.min(CROWD / lanes.max(1.0)), (POLE + 6.0).min(CROWD / bands.max(1.0)));
        let left = if lanes > 0.0 { CLEAR + lane_step * lanes } else { 0.0 };
        let trail = EDGE + left + RING + SWING;
        let right = WIDTH - EDGE - pole_step * bands;
        Self { trail, labels: trail + SWING + RING + 10.0, right, lane_step, ways, poles, pole_step }
    }

    /// Right edge of the pole of a band.
    fn pole(&self, band: usize) -> f64 {
        WIDTH - EDGE - self.pole_step * count(self.poles[band])
    }
}

/// The ways back with their lanes, counted from the trail outwards.
fn ways(path: &Path) -> Vec<(Return, usize)> {
    let mut ways = lanes::returns(path);
    ways.sort_by_key(|way| way.from - way.to);
    let spans: Vec<(f64, f64)> = ways.iter().map(|way| (count(way.to), count(way.from))).collect();
    ways.into_iter().zip(lanes::stack(&spans, 0.1)).collect()
}

/// A band gets the lane inside all bands that run where it begins, so that its name crosses no other pole.
fn poles(path: &Path) -> Vec<usize> {
    let mut poles = vec![0; path.bands.len()];
    let mut order: Vec<(usize, (usize, usize))> = spans(path).collect();
    order.sort_by_key(|&(_, (from, _))| from);
    for (i, &(band, (from, _))) in order.iter().enumerate() {
        let running = order[..i].iter().filter(|(_, (_, to))| *to >= from);
        poles[band] = running.map(|&(other, _)| poles[other] + 1).max().unwrap_or(0);
    }
    poles
}

fn spans(path: &Path) -> impl Iterator<Item = (usize, (usize, usize))> {
    let span = |(i, band): (usize, &super::Band)| Some((i, band.span(path.stops.len())?));
    path.bands.iter().enumerate().filter_map(span)
}

/// Heights of one stop and of the names of the bands that begin at it.
struct Row {
    flags: Vec<Flag>,
    /// The middle of the station.
    y: f64,
    name: Vec<String>,
    /// Upper edge of the name.
    top: f64,
    bottom: f64,
}

/// The name of a band at the head of its pole.
struct Flag {
    band: usize,
    top: f64,
    bottom: f64,
    name: Vec<String>,
}

fn rows(path: &Path, columns: &Columns) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut top = EDGE + 4.0;
    for stop in 0..path.stops.len() {
        let flags = flags(path, columns, stop, top);
        let under = flags.last().map_or(top, |flag| flag.bottom + 14.0);
        // The trail begins above the first station.
        let start = if stop == 0 { under.max(top + LEAD + TRAIL - RING) } else { under };
        let row =
            row(flags, start, wrap_loosely(&path.stops[stop].label, SIZE, columns.right - columns.labels));
        top = row.bottom + GAP;
        rows.push(row);
    }
    rows
}

fn row(flags: Vec<Flag>, start: f64, name: Vec<String>) -> Row {
    let y = start + RING;
    let height = lines_height(name.len(), SIZE);
    let top = (y - height / 2.0).max(start);
    Row { flags, y, name, top, bottom: (top + height).max(y + RING) }
}

fn flags(path: &Path, columns: &Columns, stop: usize, top: f64) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for (band, _) in spans(path).filter(|(_, (from, _))| *from == stop) {
        let top = flags.last().map_or(top, |flag| flag.bottom + 8.0);
        let name =
            wrap_loosely(&path.bands[band].label, SIZE, columns.pole(band) - columns.labels - 2.0 * PADDING);
        let bottom = top + lines_height(name.len().max(1), SIZE) + 2.0 * PADDING;
        flags.push(Flag { band, top, bottom, name });
    }
    flags
}

/// Everything that is needed to place a part.
struct Plan<'p> {
    path: &'p Path,
    columns: Columns,
    rows: Vec<Row>,
}

impl Plan<'_> {
    fn bottom(&self) -> f64 {
        self.rows.last().map_or(0.0, |row| row.bottom.max(row.y + LEAD + TRAIL) + EDGE)
    }

    fn centre(&self, stop: usize) -> Point {
        at(self.columns.trail + swing(stop), self.rows[stop].y)
    }

    fn station(&self, stop: usize) -> Station {
        let (centre, row) = (self.centre(stop), &self.rows[stop]);
        let label = Label::set(row.name.clone(), SIZE, Anchor::Start, at(self.columns.labels, row.top));
        let left = self.columns.trail - SWING - RING;
        let hit =
            Rect::between(left, row.y.min(row.top + RING) - RING - 4.0, self.columns.right, row.bottom + 4.0);
        Station { centre, radius: RADIUS, ring: RING, number: number(stop, centre, RADIUS), label, hit }
    }

    fn trail(&self) -> Curve {
        let centres: Vec<Point> = (0..self.rows.len()).map(|stop| self.centre(stop)).collect();
        let (first, last) = (centres[0], centres[centres.len() - 1]);
        let start = at(self.columns.trail, first.y - LEAD);
        let mut steps = vec![reversed(first, trail_off(first, start, Axis::Upright))];
        steps.extend(wave(&centres, Axis::Upright));
        steps.push(trail_off(last, at(self.columns.trail, last.y + LEAD), Axis::Upright));
        Curve { start, steps }
    }

    fn ribbon(&self, band: usize) -> Ribbon {
        let span = self.path.bands[band].span(self.rows.len());
        Ribbon { pieces: span.and_then(|(from, to)| self.piece(band, from, to)).into_iter().collect() }
    }

    fn piece(&self, band: usize, from: usize, to: usize) -> Option<Piece> {
        let flag = self.rows[from].flags.iter().find(|flag| flag.band == band)?;
        let (left, right) = (self.columns.labels, self.columns.pole(band));
        let (inner, bottom) = (right - POLE.min(self.columns.pole_step * 0.7), self.rows[to].bottom);
        let head = Rect::between(left, flag.top, right, flag.bottom);
        let pole = Rect::between(inner, flag.bottom, right, bottom);
        let edge = [(left, flag.top), (right, flag.top), (right, bottom), (inner, bottom)];
        let below = [(inner, flag.bottom), (left, flag.bottom)];
        let corners: Vec<Point> = edge.into_iter().chain(below).map(|(x, y)| at(x, y)).collect();
        let label =
            Label::set(flag.name.clone(), SIZE, Anchor::Start, at(left + PADDING, flag.top + PADDING));
        Some(Piece { outline: outline(&corners, 10.0), current: Vec::new(), label, boxes: vec![head, pole] })
    }

    fn arcs(&self) -> Vec<Arc> {
        let ways: Vec<Return> = self.columns.ways.iter().map(|way| way.0).collect();
        let slots = lanes::slots(&ways, SPREAD);
        let arc = |(&(way, lane), slots): (&(Return, usize), lanes::Slots)| {
            let x = self.columns.trail - SWING - RING - CLEAR - self.columns.lane_step * count(lane);
            let (from, to) = (self.rim(way.from, slots.leave), self.rim(way.to, slots.arrive));
            arc(vec![from, at(x, from.y), at(x, to.y), to], 18.0)
        };
        self.columns.ways.iter().zip(slots).filter_map(arc).collect()
    }

    /// Where a return touches the left side of a station.
    fn rim(&self, stop: usize, slot: f64) -> Point {
        let reach = 4.0 + if self.path.stops[stop].here { RING } else { RADIUS };
        let centre = self.centre(stop);
        at(centre.x - (reach * reach - slot * slot).max(0.0).sqrt(), centre.y + slot)
    }
}

/// Over how much of a station the ends of its returns spread.
const SPREAD: f64 = 24.0;

fn swing(stop: usize) -> f64 {
    if stop.is_multiple_of(2) { -SWING } else { SWING }
}
