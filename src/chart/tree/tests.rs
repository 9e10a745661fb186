//! Properties that every breakdown keeps, whatever the names, numbers and levels.

use super::*;
use crate::chart::width::text_width;

const NAMES: [&str; 6] = [
    "Työvoimahallinnon asiakkaat",
    "",
    "a",
    "Personer som länge har fått arbetsmarknadsstöd och som kommunen bjuder in till ett samtal om service",
    "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilaslentokonesuihkuturb",
    "<b>&\"'</b>\u{202e}\0",
];

const COUNTS: [&str; 4] = ["noin 60", "", "270–300", "mellan tolvtusen och tretton tusen personer"];

const DIRECTIONS: [Direction; 2] = [Direction::Across, Direction::Down];

/// A branch of so many levels, with so many parts on each.
fn branch(levels: usize, wide: usize, seed: usize) -> Branch {
    let parts = if levels > 1 { wide } else { 0 };
    Branch {
        label: NAMES[seed % NAMES.len()].to_owned(),
        lang: None,
        src: None,
        href: (!seed.is_multiple_of(3)).then(|| NAMES[(seed + 5) % NAMES.len()].to_owned()),
        count: COUNTS[seed % COUNTS.len()].to_owned(),
        share: [Some(0.0), None, Some(0.4), Some(7.0)][seed % 4],
        aside: seed.is_multiple_of(5),
        // The first part has most below it, so that trees are lopsided.
        parts: (0..parts)
            .map(|part| branch(levels - 1 - part.min(levels - 2), wide, seed + part * 7 + 1))
            .collect(),
    }
}

fn tree(roots: Vec<Branch>) -> Tree {
    Tree { id: "tree".to_owned(), title: NAMES[5].to_owned(), description: String::new(), roots }
}

fn trees() -> Vec<Tree> {
    let mut trees = vec![tree(Vec::new())];
    for (levels, wide) in [(1, 0), (2, 1), (2, 5), (3, 3), (4, 2), (5, 2), (12, 1), (50, 1)] {
        trees.extend((0..4).map(|seed| tree(vec![branch(levels, wide, seed), branch(1, 0, seed + 3)])));
    }
    trees
}

fn everywhere(check: impl Fn(&Tree, &Layout, &str)) {
    for (number, tree) in trees().iter().enumerate() {
        for direction in DIRECTIONS {
            check(tree, &layout(tree, direction), &format!("tree {number}, {direction:?}"));
        }
    }
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
    (a.x - b.right()).max(b.x - a.right()).max((a.y - b.bottom()).max(b.y - a.bottom()))
}

#[test]
fn cards_lie_apart_and_in_the_drawing() {
    everywhere(|_, layout, case| {
        let page = Rect::between(0.0, 0.0, layout.width, layout.height);
        for (place, card) in layout.cards.iter().enumerate() {
            assert!(inside(card.frame, page), "{case}: {:?} outside {page:?}", card.frame);
            for other in &layout.cards[place + 1..] {
                let gap = gap(card.frame, other.frame);
                assert!(gap >= GAP - 0.3, "{case}: {:?} meets {:?}", card.frame, other.frame);
            }
        }
    });
}

#[test]
fn words_and_bars_stay_in_their_card() {
    everywhere(|_, layout, case| {
        for card in &layout.cards {
            let sizes = card
                .name
                .iter()
                .map(|line| (line, SIZE * BOLD))
                .chain(card.count.iter().map(|line| (line, SIZE)));
            for ((text, place), size) in sizes {
                let line =
                    Rect::between(place.x, place.y - SIZE, place.x + text_width(text, size), place.y + 5.0);
                // A word that fits no line is broken; a single wide letter may still be wider than a deep card.
                assert!(inside(line, card.frame), "{case}: {text} outside {:?}", card.frame);
                assert!(card.bar.is_none_or(|bar| bar.y >= place.y + 4.0), "{case}: {text} on its bar");
            }
            assert!(card.bar.is_none_or(|bar| inside(bar, card.frame)), "{case}: {card:?}");
        }
    });
}

#[test]
fn ties_run_clear_of_cards() {
    everywhere(|_, layout, case| {
        let ends: Vec<[Point; 2]> =
            layout.ties.iter().flat_map(|tie| tie.windows(2).map(|line| [line[0], line[1]])).collect();
        for [from, to] in ends {
            let line = Rect::between(from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y));
            let met = layout.cards.iter().find(|card| gap(line, card.frame) < -0.3);
            assert!(met.is_none(), "{case}: {line:?} runs through {met:?}");
        }
    });
}

#[test]
fn every_branch_has_a_card_and_every_part_a_tie() {
    everywhere(|tree, layout, case| {
        fn count(branches: &[Branch]) -> usize {
            branches.iter().map(|branch| 1 + count(&branch.parts)).sum()
        }
        assert_eq!(layout.cards.len(), count(&tree.roots), "{case}");
        assert_eq!(layout.ties.len(), count(&tree.roots) - tree.roots.len(), "{case}");
        let svg = draw(tree, layout);
        assert_eq!(svg.matches(r#"class="pk-tree-frame""#).count(), layout.cards.len(), "{case}");
    });
}

#[test]
fn no_letter_of_a_name_is_lost() {
    let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '-', "");
    for seed in 0..6 {
        let one = branch(1, 0, seed);
        for direction in DIRECTIONS {
            let layout = layout(&tree(vec![one.clone()]), direction);
            let drawn: String = layout.cards[0].name.iter().map(|(text, _)| text.as_str()).collect();
            assert_eq!(bare(&drawn), bare(&one.label));
        }
    }
}

#[test]
fn a_narrow_screen_holds_it() {
    everywhere(|_, layout, case| {
        if layout.direction == Direction::Down {
            assert!(layout.width <= COLUMN + 2.0, "{case}: {}", layout.width);
        }
    });
}

#[test]
fn nothing_from_outside_becomes_markup() {
    let own = ["svg", "title", "desc", "g", "polyline", "a", "rect", "text"];
    everywhere(|tree, layout, case| {
        let svg = draw(tree, layout);
        assert!(!svg.contains("style"), "{case}");
        for tag in svg.split('<').skip(1) {
            let (inside, behind) = tag.split_once('>').unwrap();
            let name = inside.trim_matches('/').split(' ').next().unwrap();
            assert!(own.contains(&name), "{case}: {tag}");
            assert!(!behind.contains(['"', '\'', '>', '\0', '\u{202e}']), "{case}: {tag}");
            assert!(inside.matches('"').count().is_multiple_of(2) && !inside.contains('\''), "{case}: {tag}");
        }
    });
}

#[test]
fn the_same_tree_is_drawn_the_same() {
    everywhere(|tree, laid, _| assert_eq!(layout(tree, laid.direction), *laid));
}
