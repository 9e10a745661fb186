//! Turns the grid and the lines into coordinates: gutters as wide as their tracks and answers, rows as high
//! as their texts.

use std::collections::BTreeMap;

use super::rank::{Grid, Spot};
use super::route::{Channel, Route, Routes, Track, Way};
use super::size::{Answer, CARD, CARD_LOW, DIAMOND, FORK, FORK_GAP, NOTE, PAD, SIZE, SMALL, Size, sizes};
use super::{Area, Edge, Flow, Layout, Node};
use crate::chart::curve::{Point, Rect, at};
use crate::chart::path::{Anchor, Label, lines_height};
use crate::chart::width::{SPACED, text_width, wrap_loosely};

/// Width of the names of lanes: as wide as their longest word, within limits.
const HEAD: (f64, f64) = (116.0, 200.0);
/// Distance of tracks, and of the outer ones from what lies beside.
const TRACK: f64 = 10.0;
const MARGIN: f64 = 12.0;
/// The narrowest gutter and the lowest channel.
const GUTTER: f64 = 34.0;
const CHANNEL: f64 = 16.0;

/// Places everything.
pub(super) fn place(flow: &Flow, grid: &Grid, routes: &Routes) -> Layout {
    let sizes = sizes(flow, routes);
    let across = Across::new(flow, grid, routes, &sizes);
    let down = Down::new(flow, grid, routes, &sizes, &across);
    let nodes: Vec<Node> = (0..sizes.len())
        .map(|step| {
            let centre = at(across.centre(grid.spots[step].slot), down.middle(grid.spots[step]));
            node(flow, step, centre, &sizes[step])
        })
        .collect();
    let plan = Plan { grid, across: &across, down: &down, nodes: &nodes, sizes: &sizes };
    let edges = routes.routes.iter().map(|route| plan.edge(route)).collect();
    let (lanes, columns) = (lanes(flow, &across, &down), columns(flow, &across, &down));
    let cuts = across.slots.iter().map(|left| at(left - 6.0, 0.0).x).collect();
    Layout { width: across.width, height: down.height, head: across.head, lanes, columns, nodes, edges, cuts }
}

fn node(flow: &Flow, step: usize, centre: Point, size: &Size) -> Node {
    let (wide, high) = size.half;
    let body = Rect::between(centre.x - wide, centre.y - high, centre.x + wide, centre.y + high);
    let text = lines_height(size.lines.len(), SIZE);
    let top = if size.raised > 0.0 { centre.y - size.raised - text } else { centre.y - text / 2.0 };
    let label = Label::set(size.lines.clone(), SIZE, Anchor::Middle, at(centre.x, top));
    let below = at(centre.x, body.bottom() + NOTE);
    let note = (!size.note.is_empty()).then(|| Label::set(size.note.clone(), SMALL, Anchor::Middle, below));
    let fork = flow.forks(step).then(|| {
        let left = centre.x + CARD / 2.0 + FORK_GAP;
        Rect::between(left, centre.y - FORK / 2.0, left + FORK, centre.y + FORK / 2.0)
    });
    let bounds = around(body, label.bounds);
    let bounds = note.as_ref().map_or(bounds, |note| around(bounds, note.bounds));
    Node { body, bounds, label, note, fork }
}

fn around(one: Rect, other: Rect) -> Rect {
    if other.w == 0.0 {
        return one;
    }
    let (left, top) = (one.x.min(other.x), one.y.min(other.y));
    Rect::between(left, top, one.right().max(other.right()), one.bottom().max(other.bottom()))
}

/// Where slots and gutters lie.
struct Across {
    /// Width of the names of lanes.
    head: f64,
    /// The left edge of each slot.
    slots: Vec<f64>,
    /// Where the first track of each gutter runs, and how many tracks are before those that pass and arrive.
    tracks: Vec<(f64, [usize; 3])>,
    /// The edges of the columns.
    columns: Vec<f64>,
    width: f64,
}

impl Across {
    fn new(flow: &Flow, grid: &Grid, routes: &Routes, sizes: &[Size]) -> Across {
        let mut reach = vec![0.0_f64; grid.slots + 1];
        for (spot, size) in grid.spots.iter().zip(sizes) {
            reach[spot.slot + 1] = reach[spot.slot + 1].max(size.reach);
        }
        let head = head(flow);
        let (mut x, mut slots, mut tracks, mut columns) = (head, Vec::new(), Vec::new(), vec![head]);
        for (gutter, zones) in routes.gutters.iter().enumerate() {
            let runs = TRACK * count(zones.iter().sum());
            let wide = (reach[gutter] + 2.0 * MARGIN + runs).max(if gutter == 0 { 24.0 } else { GUTTER });
            let spare = wide - reach[gutter] - runs;
            let before = [0, zones[0], zones[0] + zones[1]];
            tracks.push((x + reach[gutter] + spare / 2.0 + TRACK / 2.0, before));
            x += wide;
            let ends = grid.starts.iter().skip(1).filter(|start| **start == gutter && gutter > 0).count();
            if ends > 0 {
                columns.extend(std::iter::repeat_n(x, ends));
                x += if gutter < grid.slots { MARGIN + 3.0 } else { 0.0 };
            }
            slots.push(x);
            x += if gutter < grid.slots { CARD } else { 0.0 };
        }
        let named = flow.columns.iter().map(|column| text_width(&column.label, SIZE)).fold(0.0, f64::max);
        let width = if grid.slots == 0 { head + named.min(CARD) + MARGIN } else { x };
        columns.resize(flow.columns.len() + 1, width);
        Across { head, slots, tracks, columns, width: at(width, 0.0).x }
    }

    fn centre(&self, slot: usize) -> f64 {
        self.slots[slot] + CARD / 2.0
    }

    fn track(&self, track: Track) -> f64 {
        let (first, before) = &self.tracks[track.gutter];
        first + TRACK * count(before[track.zone] + track.track)
    }
}

/// Where rows and channels lie.
struct Down {
    head: f64,
    /// Top and bottom of each lane.
    lanes: Vec<(f64, f64)>,
    /// The middle of each row, by lane.
    rows: Vec<Vec<f64>>,
    /// Where the first track of each channel runs, by lane.
    channels: Vec<Vec<f64>>,
    height: f64,
}

impl Down {
    fn new(flow: &Flow, grid: &Grid, routes: &Routes, sizes: &[Size], across: &Across) -> Down {
        let head = column_lines(flow, across).iter().map(Vec::len).max().unwrap_or_default();
        let head = if head == 0 { 0.0 } else { lines_height(head, SIZE) + 16.0 };
        let mut bands: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
        for (spot, size) in grid.spots.iter().zip(sizes) {
            let band = bands.entry((spot.lane, spot.row)).or_insert((CARD_LOW / 2.0, CARD_LOW / 2.0));
            *band = (band.0.max(size.above), band.1.max(size.below));
        }
        let mut down = Down { head, lanes: Vec::new(), rows: Vec::new(), channels: Vec::new(), height: head };
        for (lane, rows) in grid.rows.iter().enumerate() {
            let band =
                |row: usize| bands.get(&(lane, row)).copied().unwrap_or((CARD_LOW / 2.0, CARD_LOW / 2.0));
            let tracks = |channel: usize| routes.channels.get(&(lane, channel)).copied().unwrap_or_default();
            let named = lines_height(lane_lines(flow, lane).len(), SIZE) + 2.0 * PAD;
            let bands: Vec<(f64, f64)> = (0..*rows).map(band).collect();
            let tracks: Vec<usize> = (0..=*rows).map(tracks).collect();
            down.lane(&bands, &tracks, named);
        }
        down
    }

    fn lane(&mut self, bands: &[(f64, f64)], tracks: &[usize], named: f64) {
        let high = |tracks: usize| (TRACK * count(tracks) + 8.0).max(CHANNEL);
        let own: f64 = bands.iter().map(|band| band.0 + band.1).sum::<f64>()
            + tracks.iter().map(|tracks| high(*tracks)).sum::<f64>();
        let top = self.height;
        let mut y = top + ((named - own) / 2.0).max(0.0);
        let (mut rows, mut channels) = (Vec::new(), Vec::new());
        for (number, runs) in tracks.iter().enumerate() {
            channels.push(y + (high(*runs) - TRACK * count(*runs)) / 2.0 + TRACK / 2.0);
            y += high(*runs);
            if let Some((above, below)) = bands.get(number) {
                rows.push(y + above);
                y += above + below;
            }
        }
        self.height = at(0.0, y.max(top + named)).y;
        self.lanes.push((top, self.height));
        self.rows.push(rows);
        self.channels.push(channels);
    }

    fn middle(&self, spot: Spot) -> f64 {
        self.rows[spot.lane][spot.row]
    }

    fn channel(&self, channel: Channel) -> f64 {
        self.channels[channel.lane][channel.number] + TRACK * count(channel.track)
    }
}

fn lane_lines(flow: &Flow, lane: usize) -> Vec<String> {
    let wide = head(flow) - 2.0 * PAD - 8.0;
    flow.lanes.get(lane).map_or_else(Vec::new, |lane| wrap_loosely(&lane.label, SIZE, wide))
}

/// Width of the names of lanes.
fn head(flow: &Flow) -> f64 {
    let words = flow.lanes.iter().flat_map(|lane| lane.label.split([' ', '-']));
    let longest = words.map(|word| text_width(word, SIZE)).fold(0.0, f64::max);
    at((longest * SPACED + 2.0 * PAD + 8.0).clamp(HEAD.0, HEAD.1), 0.0).x
}

fn column_lines(flow: &Flow, across: &Across) -> Vec<Vec<String>> {
    let wide = across.columns.windows(2).map(|edges| edges[1] - edges[0] - 2.0 * PAD - 8.0);
    let columns = flow.columns.iter().zip(wide);
    columns.map(|(column, wide)| wrap_loosely(&column.label, SIZE, wide.max(CARD / 2.0))).collect()
}

fn lanes(flow: &Flow, across: &Across, down: &Down) -> Vec<Area> {
    let area = |(lane, (top, bottom)): (usize, &(f64, f64))| {
        let lines = lane_lines(flow, lane);
        let high = lines_height(lines.len(), SIZE);
        let label = Label::set(lines, SIZE, Anchor::Start, at(PAD + 4.0, (top + bottom - high) / 2.0));
        let bounds = Rect::between(0.0, *top, across.width, *bottom);
        Area { bounds, head: Rect::between(0.0, *top, across.head, *bottom), label }
    };
    down.lanes.iter().enumerate().map(area).take(flow.lanes.len()).collect()
}

fn columns(flow: &Flow, across: &Across, down: &Down) -> Vec<Area> {
    let edges = across.columns.windows(2).zip(column_lines(flow, across));
    let area = |(edges, lines): (&[f64], Vec<String>)| {
        let label = Label::set(lines, SIZE, Anchor::Start, at(edges[0] + PAD + 4.0, 8.0));
        let bounds = Rect::between(edges[0], 0.0, edges[1], down.height);
        Area { bounds, head: Rect::between(edges[0], 0.0, edges[1], down.head), label }
    };
    edges.map(area).collect()
}

struct Plan<'p> {
    grid: &'p Grid,
    across: &'p Across,
    down: &'p Down,
    nodes: &'p [Node],
    sizes: &'p [Size],
}

impl Plan<'_> {
    fn edge(&self, route: &Route) -> Edge {
        let mut points = self.start(route);
        let from = points.last().copied().unwrap_or_else(|| at(0.0, 0.0));
        let target = self.nodes[route.to].body;
        let end = at(target.x, target.centre().y);
        match route.way {
            Way::Upright => points = self.upright(route),
            Way::Straight => points.push(end),
            Way::Bend(track) => {
                let x = self.across.track(track);
                points.extend([at(x, from.y), at(x, end.y), end]);
            }
            Way::Around(out, channel, into) => {
                let (out, into) = (self.across.track(out), self.across.track(into));
                let y = self.down.channel(channel);
                points.extend([at(out, from.y), at(out, y), at(into, y), at(into, end.y), end]);
            }
        }
        points.dedup();
        let back = self.grid.back.contains(&(route.from, route.to));
        let Route { from, to, exit, .. } = *route;
        Edge { from, to, exit, points: corners(points), label: self.label(route), back }
    }

    /// Where a line leaves its step.
    fn start(&self, route: &Route) -> Vec<Point> {
        let node = &self.nodes[route.from];
        let (right, centre) = (node.fork.unwrap_or(node.body).right(), node.body.centre());
        let drop = self.answer(route).map_or(0.0, |answer| answer.drop);
        if drop > 0.0 {
            return vec![at(centre.x, node.body.bottom()), at(centre.x, centre.y + drop)];
        }
        vec![at(right, centre.y)]
    }

    fn upright(&self, route: &Route) -> Vec<Point> {
        let (from, to) = (self.nodes[route.from].body, self.nodes[route.to].body);
        let x = from.centre().x;
        if from.y < to.y {
            return vec![at(x, from.bottom()), at(x, to.y)];
        }
        vec![at(x, from.y), at(x, to.bottom())]
    }

    fn answer(&self, route: &Route) -> Option<&Answer> {
        self.sizes[route.from].answers.iter().find(|answer| answer.exit == route.exit)
    }

    fn label(&self, route: &Route) -> Option<Label> {
        let answer = self.answer(route).filter(|answer| !answer.lines.is_empty())?;
        let centre = self.nodes[route.from].body.centre();
        let left = if answer.drop > 0.0 { 8.0 } else { DIAMOND + 6.0 };
        let high = lines_height(answer.lines.len(), SMALL);
        let above = if answer.down { 0.0 } else { 2.0 };
        let top = at(centre.x + left, centre.y + answer.drop - above - high);
        Some(Label::set(answer.lines.clone(), SMALL, Anchor::Start, top))
    }
}

/// Leaves out points that lie on the way between their neighbours.
fn corners(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if let [.., one, two] = kept[..] {
            let level = one.y == two.y && two.y == point.y;
            let upright = one.x == two.x && two.x == point.x;
            if level || upright {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

fn count(things: usize) -> f64 {
    things as f64
}
