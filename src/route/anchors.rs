//! The anchors that a page has of its entities: headings of prose, and what stands in a list. They are what
//! links lead to; anchors that the program makes for itself begin with a low line.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::ledger::Line;
use super::{List, Page, Routes};
use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Key};
use crate::syntax::slug::Slug;

/// The anchors of a page, in its order.
pub(super) fn of(book: &Handbook, lang: Lang, page: &Page) -> Vec<String> {
    match page {
        Page::Entity(key) => book.shown(key).map(|entry| headings(book, lang, entry)).unwrap_or_default(),
        Page::List(list) if list.is_inline() => {
            let kinds = Kind::ALL.iter().filter(|kind| List::of(**kind) == *list);
            let entries = kinds.flat_map(|kind| book.tables.of(*kind));
            let anchors = entries.flat_map(|entry| {
                let own = Routes::page_of(&entry.key()).1;
                own.into_iter().chain(headings(book, lang, entry))
            });
            anchors.collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an entity's own page has just these anchors: told without making a list of them.
pub(super) fn are(book: &Handbook, lang: Lang, page: &Page, anchors: &[String]) -> bool {
    let Page::Entity(key) = page else { return false };
    let prose = book.shown(key).and_then(|entry| entry.prose().fallback(lang, &book.fallbacks));
    let own = prose.map_or(&[] as &[Slug], |(_, prose)| &prose.anchors);
    own.iter().map(Slug::as_str).eq(anchors.iter().map(String::as_str))
}

fn headings(book: &Handbook, lang: Lang, entry: &dyn AnyEntry) -> Vec<String> {
    let prose = entry.prose().fallback(lang, &book.fallbacks);
    prose.map(|(_, prose)| prose.anchors.iter().map(Slug::to_string).collect()).unwrap_or_default()
}

/// The entity that an anchor of a list names.
pub(super) fn entity(page: &Page, anchor: &str) -> Option<Key> {
    let Page::List(list) = page else { return None };
    let (kind, id) = anchor.split_once('-')?;
    let kind = Kind::parse(kind).filter(|kind| List::of(*kind) == *list)?;
    Some(Key::new(kind, Slug::compound(id)?))
}

/// What became of the anchors of a page.
pub(super) struct Followed {
    /// Every anchor that is no more, with the one it leads to; none leads to the beginning of the page.
    pub moved: BTreeMap<String, Option<String>>,
    /// Those of which nobody has been told yet that they lead nowhere better.
    pub lost: Vec<String>,
}

/// Follows the anchors of a page to those it has now. `known` says where the anchors of entities lead.
/// A heading is found again by its neighbours: between two that stayed, as many new ones as are gone are
/// the same ones under other names.
pub(super) fn follow(line: &Line, now: &[String], known: &BTreeMap<String, Option<String>>) -> Followed {
    let renamed = renamed(&line.anchors, now);
    let mut followed = Followed { moved: BTreeMap::new(), lost: Vec::new() };
    let here: BTreeSet<&String> = now.iter().collect();
    for anchor in line.anchors.iter().filter(|anchor| !here.contains(anchor)) {
        let to = known.get(anchor).cloned();
        if to.is_none() && !renamed.contains_key(anchor) {
            followed.lost.push(anchor.clone());
        }
        let to = to.unwrap_or_else(|| renamed.get(anchor).cloned());
        followed.moved.insert(anchor.clone(), to);
    }
    for (anchor, to) in line.moved.iter().filter(|(anchor, _)| !here.contains(anchor)) {
        let later = |to: &String| {
            if here.contains(to) { Some(to.clone()) } else { followed.moved.get(to).cloned().flatten() }
        };
        let to = known.get(anchor).cloned().unwrap_or_else(|| to.as_ref().and_then(later));
        followed.moved.insert(anchor.clone(), to);
    }
    followed
}

/// So many pairs of changed anchors are weighed against each other at most; of more, none is found again.
const MOST_PAIRS: usize = 1_000_000;

/// Anchors that have another name now.
fn renamed(old: &[String], now: &[String]) -> BTreeMap<String, String> {
    let (old, now) = changed(old, now);
    if old.len().saturating_mul(now.len()) > MOST_PAIRS {
        return BTreeMap::new();
    }
    let [before, after] = [old, now].map(|anchors| anchors.iter().collect::<BTreeSet<&String>>());
    let mut renamed = BTreeMap::new();
    for op in capture_diff_slices(Algorithm::Myers, old, now) {
        let DiffOp::Replace { old_index, old_len, new_index, new_len } = op else { continue };
        // What only changed its place is no other heading's name.
        let gone: Vec<&String> =
            old[old_index..old_index + old_len].iter().filter(|own| !after.contains(own)).collect();
        let new: Vec<&String> =
            now[new_index..new_index + new_len].iter().filter(|own| !before.contains(own)).collect();
        if gone.len() == new.len() {
            renamed.extend(gone.into_iter().cloned().zip(new.into_iter().cloned()));
        }
    }
    renamed
}

/// Two lists without what both begin and end with.
fn changed<'a>(old: &'a [String], now: &'a [String]) -> (&'a [String], &'a [String]) {
    let begin = old.iter().zip(now).take_while(|(old, now)| old == now).count();
    let (old, now) = (&old[begin..], &now[begin..]);
    let end = old.iter().rev().zip(now.iter().rev()).take_while(|(old, now)| old == now).count();
    (&old[..old.len() - end], &now[..now.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &[&str], moved: &[(&str, &str)], now: &[&str]) -> (String, Vec<String>) {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let moved = moved.iter().map(|(from, to)| ((*from).to_owned(), Some((*to).to_owned()))).collect();
        let line = Line { anchors: list(old), moved, ..Line::default() };
        let followed = follow(&line, &list(now), &BTreeMap::new());
        let word = |(from, to): (String, Option<String>)| format!("{from}>{}", to.unwrap_or_default());
        (followed.moved.into_iter().map(word).collect::<Vec<_>>().join(" "), followed.lost)
    }

    #[test]
    fn a_renamed_heading_is_found_by_its_neighbours() {
        assert_eq!(told(&["a", "b", "c"], &[], &["a", "x", "c"]), ("b>x".into(), vec![]));
        assert_eq!(told(&["a"], &[], &["x"]), ("a>x".into(), vec![]));
        assert_eq!(told(&["a", "b", "c", "d"], &[], &["a", "x", "y", "d"]), ("b>x c>y".into(), vec![]));
        assert_eq!(told(&["a", "b"], &[], &["x", "a", "y"]), ("b>y".into(), vec![]));
    }

    #[test]
    fn headings_that_changed_places_keep_their_anchors() {
        assert_eq!(told(&["a", "b", "c"], &[], &["c", "a", "b"]), (String::new(), vec![]));
    }

    #[test]
    fn what_cannot_be_matched_leads_to_the_beginning_and_is_told_once() {
        assert_eq!(told(&["a", "b", "c"], &[], &["a", "c"]), ("b>".into(), vec!["b".to_owned()]));
        assert_eq!(told(&["a", "b", "c"], &[], &["a", "x"]).1, ["b", "c"]);
    }

    #[test]
    fn very_many_headings_take_no_time() {
        let many = |from: usize| (from..from + 20_000).map(|at| format!("h{at}")).collect::<Vec<_>>();
        let mut now = many(0);
        now[10_000] = "x".to_owned();
        assert_eq!(renamed(&many(0), &now), BTreeMap::from([("h10000".to_owned(), "x".to_owned())]));
        assert_eq!(renamed(&many(0), &many(20_000)), BTreeMap::new());
    }

    #[test]
    fn an_anchor_follows_through_several_names() {
        assert_eq!(told(&["b"], &[("a", "b")], &["c"]), ("a>c b>c".into(), vec![]));
        assert_eq!(told(&["b"], &[("a", "b")], &["a"]), ("b>a".into(), vec![]));
    }
}
