//! Entities by number, and for each number others: very many links in little room.

use foldhash::HashMap;

use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Key};

/// Every entity, shown or not, with its number.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub keys: Vec<Key>,
    numbers: HashMap<Key, u32>,
}

impl Numbers {
    pub(super) fn of(book: &Handbook) -> Numbers {
        let all = Kind::ALL.iter().flat_map(|kind| book.tables.every(*kind));
        let keys: Vec<Key> = all.map(AnyEntry::key).collect();
        Numbers { numbers: keys.iter().cloned().zip(0..).collect(), keys }
    }

    pub(super) fn get(&self, key: &Key) -> Option<u32> {
        self.numbers.get(key).copied()
    }
}

/// For each number a run of others.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// Where each run begins, and where the last one ends.
    starts: Vec<usize>,
    others: Vec<u32>,
}

impl Runs {
    /// Pairs as runs of seconds by firsts, each in the order of the pairs.
    pub(super) fn new(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Runs {
        let mut starts = vec![0; count + 1];
        pairs.clone().for_each(|(own, _)| starts[own as usize + 1] += 1);
        (0..count).for_each(|own| starts[own + 1] += starts[own]);
        let (mut free, mut others) = (starts.clone(), vec![0; starts[count]]);
        for (own, other) in pairs {
            let at = &mut free[own as usize];
            others[*at] = other;
            *at += 1;
        }
        Runs { starts, others }
    }

    pub(super) fn of(&self, own: u32) -> &[u32] {
        let own = own as usize;
        &self.others[self.starts[own]..self.starts[own + 1]]
    }
}
