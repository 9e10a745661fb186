//! What a swimlane must keep to, whatever the process: nothing overlaps, texts fit, lines run level and upright.

use super::*;
use crate::chart::width::text_width;

const LONG: &str = "Asiakkaan tilanne ja tuen tarve selvitetään yhdessä asiakkaan ja hänen läheistensä kanssa niin, että kaikki tarvittavat tahot saadaan mukaan ajoissa, ja samalla sovitaan siitä, kuka vastaa mistäkin, mihin mennessä ja miten asiakas saa tiedon, jos jokin muuttuu tai viivästyy sovitusta aikataulusta myöhemmin.";

/// A word that fits no line.
const WORD: &str = "pitkäaikaistyöttömyydenhoitosuunnitelmatyöskentelynkehittämisryhmäläistenkokous";

/// Steps in so many lanes and columns, with exits made up from a number.
fn flow(steps: usize, lanes: usize, columns: usize, seed: u64) -> Flow {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap_or_default()
    };
    let named = |word: &str, count: usize| {
        (0..count).map(|n| Named { label: format!("{word} {n}"), ..Named::default() }).collect()
    };
    let shapes = [
        Shape::Task,
        Shape::Decision,
        Shape::Task,
        Shape::Wait,
        Shape::Document,
        Shape::Subprocess,
        Shape::End,
    ];
    let step = |at: usize, next: &mut dyn FnMut(usize) -> usize| {
        let shape = if at == 0 { Shape::Start } else { shapes[next(shapes.len())] };
        let exit = |to: usize, label: &str| Exit { to, label: label.to_owned(), lang: None, src: None };
        let exits = match shape {
            Shape::End => Vec::new(),
            Shape::Decision => {
                vec![
                    exit(next(steps + 2), "Kyllä"),
                    exit(at + 1, "Ei, jotain puuttuu"),
                    exit(next(steps), "Ehkä"),
                ]
            }
            _ if next(8) == 0 => vec![exit(at + 1, ""), exit(next(steps), "")],
            _ => vec![exit(at + 1, "")],
        };
        let labels = ["Hakemus kirjataan", LONG, "Arviointi", WORD];
        let label = labels[if next(20) == 0 { next(4) } else { 0 }];
        Step {
            id: at.to_string(),
            shape,
            lane: next(lanes),
            column: at * columns / steps.max(1),
            name: Named { label: label.to_owned(), ..Named::default() },
            note: if shape == Shape::Wait { "7 päivää".to_owned() } else { String::new() },
            exits,
            ..Step::default()
        }
    };
    let steps = (0..steps).map(|at| step(at, &mut next)).collect();
    Flow {
        lanes: named("Tekijä", lanes),
        columns: named("Vaihe", columns),
        steps,
        id: "x".into(),
        ..Flow::default()
    }
}

fn meets(one: Rect, other: Rect) -> bool {
    // A touch is none, and neither is a rounding of a tenth.
    let (x, y) = (
        one.right().min(other.right()) - one.x.max(other.x),
        one.bottom().min(other.bottom()) - one.y.max(other.y),
    );
    let thin = |a: f64, b: f64| if a.min(b) == 0.0 { -0.05 } else { 0.15 };
    x > thin(one.w, other.w) && y > thin(one.h, other.h)
}

fn holds(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x + 0.2
        && outer.y <= inner.y + 0.2
        && inner.right() <= outer.right() + 0.2
        && inner.bottom() <= outer.bottom() + 0.2
}

/// The piece of a line between two corners, as a thin box.
fn piece(one: Point, two: Point) -> Rect {
    Rect::between(one.x.min(two.x), one.y.min(two.y), one.x.max(two.x), one.y.max(two.y))
}

fn check(flow: &Flow) -> Layout {
    let layout = layout(flow);
    let boxes: Vec<Rect> = layout.nodes.iter().map(|node| node.bounds).collect();
    for (at, node) in layout.nodes.iter().enumerate() {
        for (other, bounds) in boxes.iter().enumerate().skip(at + 1) {
            assert!(!meets(node.bounds, *bounds), "steps {at} and {other} overlap");
        }
        assert!(holds(layout.lanes[flow.lane(at)].bounds, node.bounds), "step {at} is outside its lane");
        if let Some(column) = layout.columns.get(flow.column(at)) {
            assert!(holds(column.bounds, node.bounds), "step {at} is outside its column");
        }
        text_fits(flow, at, node);
    }
    layout.edges.iter().for_each(|edge| line_runs_free(edge, &layout));
    layout
}

fn text_fits(flow: &Flow, at: usize, node: &Node) {
    let card = matches!(flow.steps[at].shape, Shape::Task | Shape::Document | Shape::Subprocess);
    let room = if card { node.body } else { node.bounds };
    assert!(holds(room, node.label.bounds), "the text of step {at} is wider than its box");
    for line in &node.label.lines {
        assert!(text_width(&line.text, node.label.size) <= room.w + 0.2, "{}", line.text);
    }
}

fn line_runs_free(edge: &Edge, layout: &Layout) {
    let (from, to) = (edge.from, edge.to);
    assert!(edge.points.len() >= 2, "{from} to {to} has no length");
    for pair in edge.points.windows(2) {
        assert!(pair[0].x == pair[1].x || pair[0].y == pair[1].y, "{from} to {to} is slanted: {edge:?}");
        let run = piece(pair[0], pair[1]);
        for (at, node) in layout.nodes.iter().enumerate() {
            assert!(!meets(run, node.body), "the line from {from} to {to} runs through step {at}");
            assert!(
                at == from || at == to || !meets(run, node.label.bounds),
                "{from} to {to} runs through text {at}"
            );
        }
        for other in &layout.edges {
            let Some(label) = &other.label else { continue };
            assert!(!meets(run, label.bounds), "{from} to {to} runs through the answer of {}", other.from);
        }
    }
}

#[test]
fn boxes_and_lines_keep_clear_of_one_another() {
    for seed in 1..60 {
        let seed_size = usize::try_from(seed).unwrap_or(1);
        check(&flow(3 + seed_size, 1 + seed_size % 6, seed_size % 5, seed));
    }
}

#[test]
fn lines_of_different_steps_do_not_lie_on_one_another_in_gutters() {
    let layout = check(&flow(40, 4, 3, 7));
    let upright = |edge: &Edge| -> Vec<Rect> {
        edge.points
            .windows(2)
            .filter(|pair| pair[0].x == pair[1].x)
            .map(|pair| piece(pair[0], pair[1]))
            .collect()
    };
    for (at, one) in layout.edges.iter().enumerate() {
        for other in
            layout.edges.iter().skip(at + 1).filter(|other| other.to != one.to && other.from != one.from)
        {
            for (run, beside) in
                upright(one).iter().flat_map(|run| upright(other).into_iter().map(move |b| (*run, b)))
            {
                let apart = run.x != beside.x || run.bottom() <= beside.y || beside.bottom() <= run.y;
                assert!(apart, "{} to {} and {} to {}", one.from, one.to, other.from, other.to);
            }
        }
    }
}

/// How often lines to different steps cross.
fn crossings(layout: &Layout) -> usize {
    let runs = |edge: &Edge| -> Vec<(bool, Rect)> {
        edge.points.windows(2).map(|pair| (pair[0].x == pair[1].x, piece(pair[0], pair[1]))).collect()
    };
    let mut found = 0;
    for (at, one) in layout.edges.iter().enumerate() {
        for other in layout.edges.iter().skip(at + 1).filter(|other| other.to != one.to) {
            for (upright, run) in runs(one) {
                let across = runs(other).into_iter().filter(|(own, _)| *own != upright);
                found += across
                    .filter(|(_, beside)| {
                        let (up, level) = if upright { (run, *beside) } else { (*beside, run) };
                        level.x < up.x && up.x < level.right() && up.y < level.y && level.y < up.bottom()
                    })
                    .count();
            }
        }
    }
    found
}

#[test]
fn a_process_without_jumps_has_no_crossings() {
    let mut straight = flow(30, 4, 3, 5);
    for (at, step) in straight.steps.iter_mut().enumerate() {
        step.shape = Shape::Task;
        step.exits = vec![Exit { to: at + 1, ..Exit::default() }];
    }
    assert_eq!(crossings(&check(&straight)), 0);
}

#[test]
fn crossings_stay_few() {
    let layout = check(&flow(20, 4, 3, 11));
    assert!(crossings(&layout) <= 2 * layout.edges.len(), "{} crossings", crossings(&layout));
}

#[test]
fn a_thousand_steps_a_circle_of_decisions_and_exits_to_nowhere_are_no_problem() {
    assert_eq!(layout(&flow(1000, 5, 4, 3)).nodes.len(), 1000);
    let mut circle = flow(6, 2, 0, 1);
    for (at, step) in circle.steps.iter_mut().enumerate() {
        step.shape = Shape::Decision;
        let exit = |to: usize| Exit { to, label: "Kyllä".into(), lang: None, src: None };
        step.exits = vec![exit((at + 1) % 6), exit((at + 3) % 6), exit(at), exit(99)];
    }
    check(&circle);
}

#[test]
fn long_texts_make_boxes_higher_and_never_wider() {
    let mut long = flow(8, 2, 2, 9);
    for step in &mut long.steps {
        step.name.label = LONG.to_owned();
        step.exits.iter_mut().for_each(|exit| exit.label = "ä".repeat(80));
    }
    long.lanes[0].label = "t".repeat(80);
    long.columns[0].label = "v".repeat(80);
    check(&long);
}

#[test]
fn nothing_to_draw_is_drawn() {
    let empty = layout(&Flow::default());
    assert!(empty.nodes.is_empty() && svg::draw(&Flow::default(), &empty).ends_with("</svg>"));
    let one = Flow { steps: vec![Step::default()], ..Flow::default() };
    assert_eq!(layout(&one).nodes.len(), 1);
}

#[test]
fn two_layouts_of_one_process_are_the_same() {
    let one = flow(60, 4, 3, 2);
    assert_eq!(layout(&one), layout(&one));
}

#[test]
fn a_hostile_text_stays_text() {
    let hostile = "</text><script>x</script>&'\"\0\u{202e}";
    let mut flow = flow(4, 1, 1, 1);
    flow.title = hostile.to_owned();
    flow.lanes[0].label = hostile.to_owned();
    flow.steps[1].name =
        Named { label: hostile.to_owned(), href: Some(hostile.to_owned()), ..Named::default() };
    let layout = layout(&flow);
    for text in [svg::draw(&flow, &layout), bpmn::write(&flow, &layout, "x")] {
        assert!(!text.contains("<script") && !text.contains(['\0', '\u{202e}']), "{text}");
        assert!(!text.contains("style="), "{text}");
    }
}

#[test]
fn a_bpmn_file_shows_every_step_and_line() {
    let flow = flow(20, 3, 2, 4);
    let layout = layout(&flow);
    let file = bpmn::write(&flow, &layout, "x");
    assert_eq!(file.matches("<bpmn:sequenceFlow").count(), file.matches("<bpmndi:BPMNEdge").count());
    assert_eq!(file.matches("<bpmn:flowNodeRef>").count() + 3 + 1, file.matches("<bpmndi:BPMNShape").count());
}
