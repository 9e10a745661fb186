//! Columns and rows of the path across, before anything is known about heights.

use super::{EDGE, LANE, TRAIL, WIDEST, WIDTH};
use crate::chart::path::{Path, Return, count, lanes};
use std::ops::Range;

/// Which stop stands in which row and column.
pub(super) struct Grid {
    pub(super) rows: Vec<Range<usize>>,
    columns: usize,
    pub(super) cell: f64,
    pub(super) left: f64,
    pub(super) width: f64,
}

impl Grid {
    pub(super) fn new(path: &Path) -> Self {
        let rows = split(path.stops.len());
        let columns = rows.first().map_or(1, Range::len);
        let turn = if rows.len() > 1 { 2.0 * TRAIL + 12.0 } else { 0.0 };
        let (left, right) = (EDGE + turn, EDGE + turn);
        let mut grid = Self { rows, columns, cell: 0.0, left, width: 0.0 };
        let climbs = lanes::returns(path).iter().filter(|way| grid.climbs(way)).count();
        grid.left += if climbs > 0 { 6.0 + CLIMBS.min(LANE * count(climbs)) } else { 0.0 };
        grid.cell = ((WIDTH - grid.left - right) / count(columns)).min(WIDEST);
        grid.width = grid.left + grid.cell * count(columns) + right;
        grid
    }

    pub(super) fn row(&self, stop: usize) -> usize {
        self.rows.iter().position(|row| row.contains(&stop)).unwrap_or(0)
    }

    pub(super) fn climbs(&self, way: &Return) -> bool {
        self.row(way.from) != self.row(way.to)
    }

    pub(super) fn x(&self, stop: usize) -> f64 {
        let row = self.row(stop);
        let step = stop - self.rows[row].start;
        let column = if heading(row) > 0.0 { step } else { self.columns - 1 - step };
        self.left + self.cell * (count(column) + 0.5)
    }

    /// Where the trail runs down from this row to the next.
    pub(super) fn turn(&self, row: usize) -> f64 {
        if heading(row) > 0.0 { self.width - EDGE - TRAIL } else { EDGE + TRAIL }
    }
}

/// Most stops where one row holds them all.
const ONE_ROW: usize = 6;
/// Most stops in each of several rows, which need room to turn.
const MANY_ROWS: usize = 5;
/// Most room beside the rows for returns that climb from one to another.
pub(super) const CLIMBS: f64 = 120.0;

/// Which way a row runs: 1 to the right, −1 to the left.
pub(super) fn heading(row: usize) -> f64 {
    if row.is_multiple_of(2) { 1.0 } else { -1.0 }
}

/// Splits the stops into rows of nearly the same length, longer ones first.
fn split(stops: usize) -> Vec<Range<usize>> {
    let rows = if stops <= ONE_ROW { 1 } else { stops.div_ceil(MANY_ROWS) };
    let (short, longer) = (stops / rows, stops % rows);
    let start = |row: usize| row * short + row.min(longer);
    (0..rows).map(|row| start(row)..start(row + 1)).collect()
}
