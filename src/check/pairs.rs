//! Pairs of things that overlap, told as few: where one overlaps many it is the one to look at, and a finding of
//! it names the others.

use std::collections::{BTreeMap, BTreeSet};

/// Things by their places, each with those that it is paired with; every pair is told once. Of things in as many
/// pairs the last one is told.
pub(super) fn gathered(pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<(usize, Vec<usize>)> {
    let mut open: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (one, other) in pairs {
        open.entry(one).or_default().insert(other);
        open.entry(other).or_default().insert(one);
    }
    let mut found = Vec::new();
    while let Some((&most, _)) = open.iter().max_by_key(|(_, others)| others.len()) {
        let others = open.remove(&most).unwrap_or_default();
        for other in &others {
            let left = open.get_mut(other).map(|of_other| {
                of_other.remove(&most);
                of_other.len()
            });
            if left == Some(0) {
                open.remove(other);
            }
        }
        found.push((most, others.into_iter().collect()));
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_in_many_pairs_is_told_once() {
        assert_eq!(gathered([(0, 1)]), [(1, vec![0])]);
        assert_eq!(gathered([(0, 1), (0, 2), (0, 3)]), [(0, vec![1, 2, 3])]);
        assert_eq!(gathered([(0, 1), (2, 3)]), [(1, vec![0]), (3, vec![2])]);
        assert_eq!(gathered([(0, 1), (0, 2), (1, 2)]), [(1, vec![0]), (2, vec![0, 1])]);
        assert_eq!(gathered([]), []);
    }
}
