//! Gives each step a place in the grid: its lane, a row of the lane, and a slot of its column. Steps move to
//! the right as they follow one another; a hand-over to a free place in another lane stays in its slot, which
//! keeps a drawing short enough for paper.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flow, Shape};

/// So many rows may stand above one another in a lane before a step moves on to the next slot.
const ROWS: usize = 4;

/// Where the steps stand.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// One per step.
    pub spots: Vec<Spot>,
    /// How many slots there are.
    pub slots: usize,
    /// How many rows each lane has, at least one.
    pub rows: Vec<usize>,
    /// The first slot of each column, and behind the last one the number of slots.
    pub starts: Vec<usize>,
    /// Lines that run straight up or down, from and to.
    pub upright: BTreeSet<(usize, usize)>,
    /// Lines that lead back, from and to.
    pub back: BTreeSet<(usize, usize)>,
    /// Which places are taken, by lane, row and slot.
    pub taken: BTreeMap<(usize, usize, usize), usize>,
}

/// The place of a step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub lane: usize,
    pub row: usize,
    pub slot: usize,
}

/// Places every step.
pub(super) fn grid(flow: &Flow) -> Grid {
    let back = ways_back(flow);
    let mut before = vec![Vec::new(); flow.steps.len()];
    for (from, _, to) in flow.ways().filter(|(from, _, to)| !back.contains(&(*from, *to))) {
        before[to].push(from);
    }
    let order = order(flow, &back, &before);
    let lanes = flow.lanes.len().max(1);
    let spots = vec![Spot::default(); flow.steps.len()];
    let grid = Grid { spots, rows: vec![1; lanes], starts: vec![0], back, ..Grid::default() };
    let mut placer = Placer { flow, before, grid, closed: BTreeSet::new() };
    for column in 0..flow.columns.len().max(1) {
        for step in order.iter().copied().filter(|step| flow.column(*step) == column) {
            placer.place(step);
        }
        placer.grid.starts.push(placer.grid.slots);
    }
    placer.grid
}

/// The lines that lead back to a step on the way to where they come from.
fn ways_back(flow: &Flow) -> BTreeSet<(usize, usize)> {
    let mut led_to = vec![false; flow.steps.len()];
    flow.ways().filter(|(from, _, to)| from != to).for_each(|(_, _, to)| led_to[to] = true);
    let first = (0..flow.steps.len()).filter(|step| !led_to[*step]);
    let (mut seen, mut back) = (vec![Seen::Not; flow.steps.len()], BTreeSet::new());
    for root in first.chain(0..flow.steps.len()) {
        walk(flow, root, &mut seen, &mut back);
    }
    back
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    OnTheWay,
    Done,
}

/// Goes through everything behind a step, depth first; by hand, because a process may be longer than the
/// stack is deep.
fn walk(flow: &Flow, root: usize, seen: &mut [Seen], back: &mut BTreeSet<(usize, usize)>) {
    if seen[root] != Seen::Not {
        return;
    }
    seen[root] = Seen::OnTheWay;
    let mut way = vec![(root, 0)];
    while let Some((step, exit)) = way.last_mut() {
        let (from, next) = (*step, flow.steps[*step].exits.get(*exit));
        *exit += 1;
        match next.map(|exit| (exit.to, seen.get(exit.to).copied())) {
            None => {
                seen[from] = Seen::Done;
                way.pop();
            }
            Some((to, Some(Seen::Not))) => {
                seen[to] = Seen::OnTheWay;
                way.push((to, 0));
            }
            Some((to, Some(Seen::OnTheWay))) => {
                back.insert((from, to));
            }
            Some((_, Some(Seen::Done) | None)) => {}
        }
    }
}

/// The steps so that each stands behind those that lead to it, and else as they are told.
fn order(flow: &Flow, back: &BTreeSet<(usize, usize)>, before: &[Vec<usize>]) -> Vec<usize> {
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut ready: BTreeSet<usize> = (0..waits.len()).filter(|step| waits[*step] == 0).collect();
    let mut order = Vec::with_capacity(waits.len());
    while let Some(step) = ready.pop_first() {
        order.push(step);
        let next = flow.steps[step].exits.iter().map(|exit| exit.to);
        for to in next.filter(|to| *to < flow.steps.len() && !back.contains(&(step, *to))) {
            waits[to] = waits[to].saturating_sub(1);
            if waits[to] == 0 {
                ready.insert(to);
            }
        }
    }
    order
}

struct Placer<'f> {
    flow: &'f Flow,
    /// The steps that lead to each, without ways back.
    before: Vec<Vec<usize>>,
    grid: Grid,
    /// Lanes and slots through which an upright line runs.
    closed: BTreeSet<(usize, usize)>,
}

impl Placer<'_> {
    fn place(&mut self, step: usize) {
        let spot = self.below_or_above(step).unwrap_or_else(|| self.free(step));
        self.grid.spots[step] = spot;
        self.grid.taken.insert((spot.lane, spot.row, spot.slot), step);
        self.grid.rows[spot.lane] = self.grid.rows[spot.lane].max(spot.row + 1);
        self.grid.slots = self.grid.slots.max(spot.slot + 1);
    }

    /// The first free place behind everything that leads here, in the row of what leads here if it is free.
    fn free(&self, step: usize) -> Spot {
        let (lane, column) = (self.flow.lane(step), self.flow.column(step));
        let spots = self.before[step].iter().filter(|from| self.flow.column(**from) == column);
        let behind = spots.map(|from| self.grid.spots[*from].slot + 1);
        let begin = self.grid.starts.last().copied().unwrap_or_default();
        let beside = self.before[step].iter().map(|from| self.grid.spots[*from]);
        let beside = beside.filter(|spot| spot.lane == lane).map(|spot| spot.row).next();
        let rows = || beside.into_iter().chain(0..ROWS);
        let open = |slot: &usize| !self.closed.contains(&(lane, *slot));
        let row_in = |slot| rows().find(|row| !self.grid.taken.contains_key(&(lane, *row, slot)));
        let places = (behind.fold(begin, usize::max)..).filter(open);
        let found = places.map(|slot| (slot, row_in(slot))).find_map(|(slot, row)| Some((slot, row?)));
        let (slot, row) = found.unwrap_or_default();
        Spot { lane, row, slot }
    }

    /// The place in the same slot as the one step that leads here, where nothing lies between the two.
    fn below_or_above(&mut self, step: usize) -> Option<Spot> {
        let [from] = self.before[step][..] else { return None };
        let (lane, spot) = (self.flow.lane(step), self.grid.spots[from]);
        let goes_down = lane > spot.lane;
        let alone = self.is_only_way(from) && self.flow.column(from) == self.flow.column(step);
        let leaves = leaves(self.flow, from, goes_down) && enters(self.flow.steps[step].shape, goes_down);
        if !alone || !leaves || lane == spot.lane || self.crowd(spot.lane, spot.slot) != 1 {
            return None;
        }
        let (first, last) = (lane.min(spot.lane), lane.max(spot.lane));
        let between = (first..=last).filter(|between| *between != spot.lane);
        let open =
            |lane: usize| !self.closed.contains(&(lane, spot.slot)) && self.crowd(lane, spot.slot) == 0;
        if !between.clone().all(open) {
            return None;
        }
        self.closed.extend((first..=last).map(|lane| (lane, spot.slot)));
        self.grid.upright.insert((from, step));
        Some(Spot { lane, row: 0, slot: spot.slot })
    }

    /// Whether a line may run straight up or down from a step: it is the only one, or the first of a decision.
    fn is_only_way(&self, from: usize) -> bool {
        let step = &self.flow.steps[from];
        let taken = self.grid.upright.range((from, 0)..(from + 1, 0)).next().is_some();
        if step.shape == Shape::Decision { !taken && step.exits.len() > 1 } else { step.exits.len() == 1 }
    }

    /// How many steps stand above one another.
    fn crowd(&self, lane: usize, slot: usize) -> usize {
        (0..ROWS).filter(|row| self.grid.taken.contains_key(&(lane, *row, slot))).count()
    }
}

/// Whether a line may leave a step straight down or up: not through its text.
fn leaves(flow: &Flow, step: usize, down: bool) -> bool {
    match flow.steps[step].shape {
        Shape::Task | Shape::Document | Shape::Subprocess | Shape::Process => true,
        Shape::Start | Shape::Decision => down,
        Shape::Wait => down && flow.steps[step].note.is_empty(),
        Shape::End => false,
    }
}

/// Whether a line may reach a step from above or from below: not through its text.
fn enters(shape: Shape, down: bool) -> bool {
    match shape {
        Shape::Task | Shape::Document | Shape::Subprocess | Shape::Process => true,
        Shape::End => !down,
        Shape::Start | Shape::Wait | Shape::Decision => false,
    }
}
