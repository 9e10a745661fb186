//! Properties that every layout keeps, whatever the path: nothing overlaps, nothing leaves the drawing, nothing
//! is lost.

use super::*;
use crate::chart::curve::Step;

#[test]
fn label_boxes_do_not_overlap() {
    everywhere(|layout, case| {
        let labels: Vec<Rect> = labels(layout).map(|label| label.bounds).collect();
        apart(&labels, 2.0, case);
    });
}

#[test]
fn lines_stay_in_their_label_box() {
    everywhere(|layout, case| {
        for label in labels(layout) {
            for line in &label.lines {
                let width = text_width(&line.text, label.size);
                assert!(width <= label.bounds.w + 0.2, "{case}: {}", line.text);
                assert!(line.place.y > label.bounds.y && line.place.y < label.bounds.bottom(), "{case}");
            }
        }
    });
}

#[test]
fn everything_lies_in_the_drawing() {
    everywhere(|layout, case| {
        let page = Rect::between(0.0, 0.0, layout.width, layout.height);
        let labels = labels(layout).map(|label| label.bounds);
        let boxes =
            labels.chain(layout.stations.iter().map(|station| station.hit)).chain(ribbon_boxes(layout));
        for inner in boxes.chain(layout.stations.iter().map(ring)) {
            assert!(inside(inner, page), "{case}: {inner:?} outside {page:?}");
        }
        let half = layout.breadth / 2.0;
        let trail = samples(&layout.trail).into_iter().map(|point| around(point, half));
        let arcs = layout.arcs.iter().flat_map(arc_points).map(|point| around(point, 1.0));
        for inner in trail.chain(arcs) {
            assert!(inside(inner, page), "{case}: {inner:?} outside {page:?}");
        }
    });
}

#[test]
fn labels_stay_clear_of_stations_and_bands() {
    everywhere(|layout, case| {
        let bands: Vec<Rect> = ribbon_boxes(layout).collect();
        let rings: Vec<Rect> = layout.stations.iter().map(ring).collect();
        let names: Vec<Rect> = layout.stations.iter().map(|station| station.label.bounds).collect();
        for name in names {
            assert!(bands.iter().chain(&rings).all(|other| gap(name, *other) >= 4.0), "{case}: {name:?}");
        }
        apart(&bands, 0.0, case);
        assert!(bands.iter().all(|band| rings.iter().all(|ring| gap(*band, *ring) >= 4.0)), "{case}");
    });
}

#[test]
fn the_trail_runs_clear_of_labels_and_bands() {
    everywhere(|layout, case| {
        let texts = labels(layout).filter(|label| !is_number(label)).map(|label| label.bounds);
        let boxes: Vec<Rect> = texts.chain(ribbon_boxes(layout)).collect();
        for point in samples(&layout.trail) {
            let near = boxes.iter().find(|other| away(point, **other) < layout.breadth / 2.0);
            assert!(near.is_none(), "{case}: {point:?} touches {near:?}");
        }
    });
}

#[test]
fn returns_run_clear_of_labels_and_bands() {
    everywhere(|layout, case| {
        let texts = labels(layout).filter(|label| !is_number(label)).map(|label| label.bounds);
        let boxes: Vec<Rect> = texts.chain(ribbon_boxes(layout)).collect();
        for point in layout.arcs.iter().flat_map(arc_points) {
            assert!(boxes.iter().all(|other| away(point, *other) >= 3.0), "{case}: {point:?}");
        }
    });
}

#[test]
fn stations_and_what_the_pointer_meets_are_apart_and_large() {
    everywhere(|layout, case| {
        let hits: Vec<Rect> = layout.stations.iter().map(|station| station.hit).collect();
        apart(&hits, 1.0, case);
        for station in &layout.stations {
            assert!(station.hit.w >= 44.0 && station.hit.h >= 44.0, "{case}");
            assert!(inside(ring(station), station.hit), "{case}: {station:?}");
            assert!(inside(station.label.bounds, station.hit), "{case}: {station:?}");
        }
    });
}

#[test]
fn no_letter_of_a_label_is_lost() {
    let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '-', "");
    for path in paths() {
        for direction in DIRECTIONS {
            for (stop, station) in path.stops.iter().zip(layout(&path, direction).stations) {
                let drawn: String = station.label.lines.into_iter().map(|line| line.text).collect();
                assert_eq!(bare(&drawn), bare(&stop.label));
            }
        }
    }
}

#[test]
fn every_stop_and_band_is_drawn_and_returns_only_lead_back() {
    let mut path = path(9, TALK, &[(0, 99), (7, 3)], &[(8, 0), (8, 0), (1, 4), (3, 3), (99, 1)]);
    path.returns.push(Return { from: usize::MAX, to: 0 });
    for direction in DIRECTIONS {
        let layout = layout(&path, direction);
        assert_eq!((layout.stations.len(), layout.arcs.len()), (9, 1));
        assert!(layout.ribbons.iter().all(|ribbon| !ribbon.pieces.is_empty()));
    }
}

#[test]
fn rows_are_short_and_nearly_even() {
    let rows = |stops| {
        let layout = layout(&path(stops, TALK, &[(0, 99)], &[]), Direction::Across);
        layout.ribbons[0].pieces.len()
    };
    assert_eq!([1, 6, 7, 10, 12, 16].map(rows), [1, 1, 2, 2, 3, 4]);
}

#[test]
fn the_same_path_is_laid_out_the_same() {
    for (one, other) in paths().into_iter().zip(paths()) {
        for direction in DIRECTIONS {
            assert_eq!(layout(&one, direction), layout(&other, direction));
        }
    }
}

#[test]
fn an_empty_path_is_an_empty_drawing() {
    for direction in DIRECTIONS {
        assert_eq!(layout(&path(0, TALK, &[(0, 3)], &[(1, 0)]), direction).height, 0.0);
    }
}

const DIRECTIONS: [Direction; 2] = [Direction::Across, Direction::Down];

const TALK: &[&str] = &["Vireilletulo", "Palvelutarpeen arviointi", "Palvelujen järjestäminen"];
const WORD: &[&str] =
    &["lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilaslentokonesuihkuturb", "a"];
const LONG: &[&str] = &[
    "",
    "Sosiaalihuollon asiakkuuden aikana tehtävä arviointi ja moniammatillisesti laadittu \
    suunnitelma, jota tarkistetaan vähintään kerran vuodessa ja aina silloin, kun asiakkaan tilanne olennaisesti \
    muuttuu, sekä siitä seuraavat päätökset, ilmoitukset, lausunnot ja tehtävät, joita kukaan ei muuten muistaisi",
];
const ODD: &[&str] = &[
    "<b>&\"'</b>",
    "\u{202e}\0\u{301}e\u{301}",
    "漢字漢字漢字漢字漢字漢字漢字",
    "- - -",
    "😀😀😀😀😀😀😀😀",
];

fn path(stops: usize, words: &[&str], bands: &[(usize, usize)], returns: &[(usize, usize)]) -> Path {
    let label = |i: usize| words[i % words.len()].to_owned();
    let stop = |i| Stop { label: label(i), href: String::new(), lang: None, src: None, here: i % 5 == 1 };
    let band = |(i, &(from, to)): (usize, &(usize, usize))| Band {
        label: label(i + 1),
        href: String::new(),
        lang: None,
        src: None,
        here: false,
        from,
        to,
    };
    Path {
        stops: (0..stops).map(stop).collect(),
        bands: bands.iter().enumerate().map(band).collect(),
        returns: returns.iter().map(|&(from, to)| Return { from, to }).collect(),
        title: String::new(),
        description: String::new(),
        id: String::new(),
    }
}

/// Paths of every length, kind of label, bands and returns.
fn paths() -> Vec<Path> {
    let bands: [&[(usize, usize)]; 4] =
        [&[], &[(0, 99)], &[(1, 2), (0, 0), (2, 8)], &[(3, 6), (0, 9), (5, 7), (1, 4)]];
    let returns: [&[(usize, usize)]; 3] =
        [&[], &[(4, 0), (4, 1)], &[(5, 2), (6, 0), (3, 2), (9, 3), (11, 1), (11, 10)]];
    let mut paths = Vec::new();
    for stops in (1..=13).chain([20, 100]) {
        paths.extend(bands.iter().flat_map(|bands| returns.map(|returns| path(stops, TALK, bands, returns))));
        paths.extend([WORD, LONG, ODD].map(|words| path(stops, words, bands[3], returns[2])));
    }
    paths
}

fn everywhere(check: impl Fn(&Layout, &str)) {
    for (i, path) in paths().iter().enumerate() {
        for direction in DIRECTIONS {
            let case = format!("path {i}, {} stops, {direction:?}", path.stops.len());
            check(&layout(path, direction), &case);
        }
    }
}

fn labels(layout: &Layout) -> impl Iterator<Item = &Label> {
    let pieces = layout.ribbons.iter().flat_map(|ribbon| &ribbon.pieces).map(|piece| &piece.label);
    let stations = layout.stations.iter().flat_map(|station| [&station.number, &station.label]);
    stations.chain(pieces).filter(|label| !label.lines.is_empty())
}

fn is_number(label: &Label) -> bool {
    label.lines.iter().all(|line| line.text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn ribbon_boxes(layout: &Layout) -> impl Iterator<Item = Rect> {
    layout.ribbons.iter().flat_map(|ribbon| &ribbon.pieces).flat_map(|piece| piece.boxes.clone())
}

fn ring(station: &Station) -> Rect {
    around(station.centre, station.ring)
}

fn around(point: Point, reach: f64) -> Rect {
    Rect::between(point.x - reach, point.y - reach, point.x + reach, point.y + reach)
}

fn inside(inner: Rect, outer: Rect) -> bool {
    let slack = 0.2;
    inner.x >= outer.x - slack
        && inner.y >= outer.y - slack
        && inner.right() <= outer.right() + slack
        && inner.bottom() <= outer.bottom() + slack
}

/// Clear space between two boxes, negative where they overlap.
fn gap(a: Rect, b: Rect) -> f64 {
    let across = (a.x - b.right()).max(b.x - a.right());
    let down = (a.y - b.bottom()).max(b.y - a.bottom());
    across.max(down)
}

fn away(point: Point, from: Rect) -> f64 {
    let dx = (from.x - point.x).max(point.x - from.right()).max(0.0);
    let dy = (from.y - point.y).max(point.y - from.bottom()).max(0.0);
    dx.hypot(dy)
}

fn apart(boxes: &[Rect], least: f64, case: &str) {
    for (i, one) in boxes.iter().enumerate() {
        for other in &boxes[i + 1..] {
            assert!(gap(*one, *other) >= least - 0.2, "{case}: {one:?} meets {other:?}");
        }
    }
}

fn arc_points(arc: &Arc) -> Vec<Point> {
    samples(&arc.line).into_iter().chain(arc.head).collect()
}

/// Points close together along a curve.
fn samples(curve: &Curve) -> Vec<Point> {
    let mut points = vec![curve.start];
    for step in &curve.steps {
        let from = points[points.len() - 1];
        points.extend((1..=24).map(|part| along(from, step, f64::from(part) / 24.0)));
    }
    points
}

/// The point of a piece at `part` of its way, by de Casteljau's construction.
fn along(from: Point, step: &Step, part: f64) -> Point {
    match *step {
        Step::Line(to) => from.toward(to, part),
        Step::Bend(one, two, to) => {
            let middle = one.toward(two, part);
            let first = from.toward(one, part).toward(middle, part);
            let second = middle.toward(two.toward(to, part), part);
            first.toward(second, part)
        }
    }
}
