//! Leads each line through the gutters between slots and the channels between rows. What runs side by side
//! gets tracks of its own; lines to the same step may share one.

use std::collections::BTreeMap;

use super::rank::{Grid, Spot};
use super::{Flow, Shape};

/// The lines, and how many tracks they need.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// One per exit that leads somewhere.
    pub routes: Vec<Route>,
    /// Tracks of each gutter, from the left: leaving, passing, arriving.
    pub gutters: Vec<[usize; 3]>,
    /// Tracks of each channel, by lane and by number from its top.
    pub channels: BTreeMap<(usize, usize), usize>,
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Route {
    pub from: usize,
    pub to: usize,
    pub exit: usize,
    /// Which opening of the step it leaves by: the first lies straight ahead.
    pub port: usize,
    pub way: Way,
}

/// How a line runs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// Along the row.
    Straight,
    /// Straight up or down.
    Upright,
    /// Through one gutter.
    Bend(Track),
    /// Through a gutter, a channel and another gutter.
    Around(Track, Channel, Track),
}

/// A track in a gutter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Track {
    pub gutter: usize,
    pub zone: usize,
    pub track: usize,
}

/// A track in a channel.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Channel {
    pub lane: usize,
    pub number: usize,
    pub track: usize,
}

const LEAVING: usize = 0;
const PASSING: usize = 1;
const ARRIVING: usize = 2;

/// Leads every line.
pub(super) fn routes(flow: &Flow, grid: &Grid) -> Routes {
    let ports = ports(flow, grid);
    let mut router = Router::new(grid);
    let ways: Vec<(usize, usize, usize)> = flow.ways().collect();
    let draft = |(from, exit, to): (usize, usize, usize)| {
        let port = ports[from][exit];
        (Route { from, to, exit, port, way: Way::Straight }, router.course(from, to, port))
    };
    let drafts: Vec<(Route, Course)> = ways.into_iter().map(draft).collect();
    settle(grid, drafts)
}

/// Which opening each exit takes: the one that goes straight on takes the first, then from above to below,
/// so that they do not cross; at last what leads back, and what runs straight down.
fn ports(flow: &Flow, grid: &Grid) -> Vec<Vec<usize>> {
    let of = |(at, step): (usize, &super::Step)| {
        let mut ports = vec![0; step.exits.len()];
        if step.shape == Shape::Decision {
            let mut order: Vec<usize> = (0..step.exits.len()).collect();
            order.sort_by_key(|exit| (turn(grid, at, step.exits[*exit].to), *exit));
            order.iter().enumerate().for_each(|(port, exit)| ports[*exit] = port);
        }
        ports
    };
    flow.steps.iter().enumerate().map(of).collect()
}

fn turn(grid: &Grid, from: usize, to: usize) -> (usize, usize, usize) {
    let own = grid.spots[from];
    let Some(spot) = grid.spots.get(to) else { return (4, 0, 0) };
    let sort = match () {
        () if grid.upright.contains(&(from, to)) => 3,
        () if spot.slot <= own.slot => 2,
        () if (spot.lane, spot.row) == (own.lane, own.row) => 0,
        () => 1,
    };
    (sort, spot.lane, spot.row)
}

/// How a line runs before its tracks are known.
#[derive(Debug, Clone, Copy)]
enum Course {
    Straight,
    Upright,
    Bend(Run),
    Around(Run, Level, Run),
}

/// A run through a gutter: where it begins and ends, and on which side it goes on there.
#[derive(Debug, Clone, Copy)]
struct Run {
    gutter: usize,
    zone: usize,
    ends: [(usize, Side); 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// A run along a channel, between two gutters.
#[derive(Debug, Clone, Copy)]
struct Level {
    lane: usize,
    number: usize,
    span: (usize, usize),
}

/// A run along a row: its first and last gutter, and the step it leads to.
type Along = (usize, usize, usize);

struct Router<'g> {
    grid: &'g Grid,
    /// The height of the first channel of each lane, in steps of channels and rows.
    tops: Vec<usize>,
    /// Runs along rows, by lane and row.
    runs: BTreeMap<(usize, usize), Vec<Along>>,
}

impl<'g> Router<'g> {
    fn new(grid: &'g Grid) -> Self {
        let mut top = 0;
        let tops = grid.rows.iter().map(|rows| {
            top += 2 * rows + 1;
            top - 2 * rows - 1
        });
        Router { grid, tops: tops.collect(), runs: BTreeMap::new() }
    }

    fn course(&mut self, from: usize, to: usize, port: usize) -> Course {
        let (a, b) = (self.grid.spots[from], self.grid.spots[to]);
        let level = (a.lane, a.row) == (b.lane, b.row) && port == 0;
        if self.grid.upright.contains(&(from, to)) {
            return Course::Upright;
        }
        if b.slot > a.slot && self.run(b, (a.slot + 1, b.slot), to) {
            return if level { Course::Straight } else { self.bend(a.slot + 1, a, b, port) };
        }
        if b.slot > a.slot && port == 0 && self.run(a, (a.slot + 1, b.slot), to) {
            return self.bend(b.slot, a, b, port);
        }
        self.around(a, b, port)
    }

    /// Takes the row of a spot between two gutters for a line, where nothing stands or runs in it.
    fn run(&mut self, spot: Spot, (first, last): (usize, usize), to: usize) -> bool {
        let between = (spot.lane, spot.row, first)..(spot.lane, spot.row, last);
        if self.grid.taken.range(between).next().is_some() {
            return false;
        }
        let runs = self.runs.entry((spot.lane, spot.row)).or_default();
        let crosses = |run: &Along| run.0 < last && first < run.1 && run.2 != to;
        if runs.iter().any(crosses) {
            return false;
        }
        runs.push((first, last, to));
        true
    }

    fn height(&self, spot: Spot) -> usize {
        PORTS * (self.tops[spot.lane] + 2 * spot.row + 1)
    }

    fn bend(&self, gutter: usize, a: Spot, b: Spot, port: usize) -> Course {
        let (from, to) = (self.height(a) + port.min(PORTS - 1), self.height(b));
        Course::Bend(Run { gutter, zone: PASSING, ends: [(from, Side::Left), (to, Side::Right)] })
    }

    /// Around what lies between: along the channel above or below the row it leads to.
    fn around(&self, a: Spot, b: Spot, port: usize) -> Course {
        let from_above = (a.lane, a.row) <= (b.lane, b.row);
        let number = if from_above { b.row } else { b.row + 1 };
        let height = PORTS * (self.tops[b.lane] + 2 * number);
        let from = self.height(a) + port.min(PORTS - 1);
        let (leads, comes) =
            if b.slot > a.slot { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) };
        let level = Level { lane: b.lane, number, span: ordered((a.slot + 1, b.slot)) };
        Course::Around(
            Run { gutter: a.slot + 1, zone: LEAVING, ends: [(from, Side::Left), (height, leads)] },
            level,
            Run { gutter: b.slot, zone: ARRIVING, ends: [(height, comes), (self.height(b), Side::Right)] },
        )
    }
}

/// So many heights are told apart between a row and the channel below it.
const PORTS: usize = 64;

fn ordered((one, other): (usize, usize)) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// Gives every run a track on which nothing else runs beside it.
fn settle(grid: &Grid, drafts: Vec<(Route, Course)>) -> Routes {
    let mut gutters: Vec<[Lot; 3]> = (0..=grid.slots).map(|_| Default::default()).collect();
    let mut channels: BTreeMap<(usize, usize), Lot> = BTreeMap::new();
    let mut routes = Vec::with_capacity(drafts.len());
    for (route, course) in drafts {
        let mut upright = |run: Run| {
            let track = gutters[run.gutter][run.zone].take(run.ends, route.to);
            Track { gutter: run.gutter, zone: run.zone, track }
        };
        let way = match course {
            Course::Straight => Way::Straight,
            Course::Upright => Way::Upright,
            Course::Bend(run) => Way::Bend(upright(run)),
            Course::Around(out, level, into) => {
                let lot = channels.entry((level.lane, level.number)).or_default();
                let track = lot.take([(level.span.0, Side::Left), (level.span.1, Side::Right)], route.to);
                let channel = Channel { lane: level.lane, number: level.number, track };
                Way::Around(upright(out), channel, upright(into))
            }
        };
        routes.push(Route { way, ..route });
    }
    let places: Vec<[Vec<usize>; 3]> =
        gutters.iter().map(|zones| [0, 1, 2].map(|zone| zones[zone].places())).collect();
    let placed = |track: Track| Track { track: places[track.gutter][track.zone][track.track], ..track };
    for route in &mut routes {
        route.way = match route.way {
            Way::Bend(track) => Way::Bend(placed(track)),
            Way::Around(out, channel, into) => Way::Around(placed(out), channel, placed(into)),
            way => way,
        };
    }
    let gutters = gutters.iter().map(|zones| [0, 1, 2].map(|zone| zones[zone].0.len())).collect();
    Routes { routes, gutters, channels: channels.into_iter().map(|(at, lot)| (at, lot.0.len())).collect() }
}

/// Where a run begins and ends, and where it leads.
type Ends = ([(usize, Side); 2], usize);

/// Tracks side by side, each with what runs on it.
#[derive(Debug, Default)]
struct Lot(Vec<Vec<Ends>>);

/// More tracks than these are left in the order in which they were taken.
const SORTED: usize = 32;

impl Lot {
    /// The first track with room.
    fn take(&mut self, ends: [(usize, Side); 2], to: usize) -> usize {
        let (first, last) = span(&ends);
        let meets = |(run, other): &Ends| {
            let own = span(run);
            own.0 <= last && first <= own.1 && *other != to
        };
        let free = self.0.iter().position(|track| !track.iter().any(meets));
        let track = free.unwrap_or_else(|| {
            self.0.push(Vec::new());
            self.0.len() - 1
        });
        self.0[track].push((ends, to));
        track
    }

    /// Where each track goes, from the left, so that lines cross as little as neighbours can help it.
    fn places(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        if order.len() <= SORTED {
            for _ in 0..order.len() {
                for at in 1..order.len() {
                    let (left, right) = (&self.0[order[at - 1]], &self.0[order[at]]);
                    if crossings(right, left) < crossings(left, right) {
                        order.swap(at - 1, at);
                    }
                }
            }
        }
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, track)| places[*track] = place);
        places
    }
}

fn span(ends: &[(usize, Side); 2]) -> (usize, usize) {
    ordered((ends[0].0, ends[1].0))
}

/// How often lines cross when one track lies to the left of the other. Two lines on top of one another are
/// worse than any crossing.
fn crossings(left: &[Ends], right: &[Ends]) -> usize {
    let pair = |(one, own): &Ends, (two, other): &Ends| {
        let within = |height: usize, span: (usize, usize)| usize::from(span.0 < height && height < span.1);
        let mut found = 0;
        for (height, _) in one.iter().filter(|(_, side)| *side == Side::Right) {
            found += within(*height, span(two));
            let onto = two.iter().any(|(other, side)| other == height && *side == Side::Left);
            found += if onto && own != other { 8 } else { 0 };
        }
        for (height, _) in two.iter().filter(|(_, side)| *side == Side::Left) {
            found += within(*height, span(one));
        }
        found
    };
    left.iter().map(|one| right.iter().map(|two| pair(one, two)).sum::<usize>()).sum()
}
