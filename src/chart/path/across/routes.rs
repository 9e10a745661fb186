//! Ways back on the path across: along lanes above the rows, and up the left side from row to row.

use super::LANE;
use super::grid::{CLIMBS, Grid, heading};
use crate::chart::path::lanes::{self, Slots};
use crate::chart::path::{Path, Return, count};

/// A way back as runs along lanes: one in its row, or one in each of two rows that meet at the side.
pub(super) struct Route {
    pub(super) way: Return,
    pub(super) slots: Slots,
    pub(super) runs: Vec<Run>,
}

/// A level piece of a way back.
pub(super) struct Run {
    pub(super) row: usize,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) lane: usize,
}

impl Run {
    fn span(&self) -> (f64, f64) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// Finds a lane for every way back.
pub(super) fn routes(path: &Path, grid: &Grid) -> Vec<Route> {
    let ways = lanes::returns(path);
    let climbs = count(ways.iter().filter(|way| grid.climbs(way)).count());
    let step = LANE.min(CLIMBS / climbs.max(1.0));
    let mut side = grid.left + step / 2.0;
    let mut routes = Vec::new();
    for (&way, slots) in ways.iter().zip(lanes::slots(&ways, SPREAD)) {
        side -= if grid.climbs(&way) { step } else { 0.0 };
        routes.push(Route { way, slots, runs: runs(grid, way, slots, side) });
    }
    for row in 0..grid.rows.len() {
        take_lanes(&mut routes, row);
    }
    routes
}

/// How many lanes run above a row.
pub(super) fn lanes_in(routes: &[Route], row: usize) -> usize {
    let runs = routes.iter().flat_map(|route| &route.runs).filter(|run| run.row == row);
    runs.map(|run| run.lane + 1).max().unwrap_or(0)
}

/// Over how much of a station the ends of its returns spread.
const SPREAD: f64 = 28.0;

fn runs(grid: &Grid, way: Return, slots: Slots, side: f64) -> Vec<Run> {
    let (low, high) = (grid.row(way.from), grid.row(way.to));
    let from = grid.x(way.from) + heading(low) * slots.leave;
    let to = grid.x(way.to) + heading(high) * slots.arrive;
    let run = |row, from, to| Run { row, from, to, lane: 0 };
    if low == high { vec![run(low, from, to)] } else { vec![run(low, from, side), run(high, side, to)] }
}

fn take_lanes(routes: &mut [Route], row: usize) {
    let mut runs: Vec<&mut Run> = routes.iter_mut().flat_map(|route| &mut route.runs).collect();
    runs.retain(|run| run.row == row);
    runs.sort_by(|a, b| lanes::shorter(a.span(), b.span()));
    let spans: Vec<(f64, f64)> = runs.iter().map(|run| run.span()).collect();
    for (run, lane) in runs.into_iter().zip(lanes::stack(&spans, 10.0)) {
        run.lane = lane;
    }
}
