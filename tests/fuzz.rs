//! What fuzzing has kept, as ordinary tests: the corpus and simple mutations of it, the same ones each time.
//! `tests/fuzz/run` looks for more, led by coverage.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads its files")]

#[path = "fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// So long one input may take, and so many mutations each input of the corpus has.
const LONGEST: Duration = Duration::from_secs(10);
const MUTATIONS: usize = 20;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Xorshift: the same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap()
    }

    /// Takes a piece out, doubles one, or puts one of another input in.
    fn mutated(&mut self, input: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
        let (from, to) = (self.below(input.len() + 1), self.below(input.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        let between = match self.below(4) {
            0 => Vec::new(),
            1 => input[from..to].repeat(2),
            2 => {
                let other = &others[self.below(others.len())];
                let at = self.below(other.len());
                other[at..].iter().take(40).copied().collect()
            }
            _ => ["\"", "[", "}", "=", "\n", "\u{feff}", "ä", "\u{308}", "§", "\0"][self.below(10)].into(),
        };
        [&input[..from], &between, &input[to..]].concat()
    }
}

fn holds(target: &str) {
    let (_, run) = targets::TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let corpus = corpus(target);
    assert!(!corpus.is_empty(), "nothing is kept for {target}");
    let mut random = Random(88_172_645_463_325_252);
    for input in &corpus {
        let mutated = (0..MUTATIONS).map(|_| random.mutated(input, &corpus)).collect::<Vec<_>>();
        for input in std::iter::once(input).chain(&mutated) {
            let start = Instant::now();
            run(input);
            assert!(start.elapsed() < LONGEST, "{target} takes too long: {}", String::from_utf8_lossy(input));
        }
    }
}

macro_rules! targets {
    ($($name:ident),+) => {
        $(#[test]
        fn $name() {
            holds(stringify!($name));
        })+

        #[test]
        fn every_target_is_tried() {
            assert_eq!([$(stringify!($name)),+], targets::TARGETS.map(|(name, _)| name));
        }
    };
}

targets!(toml, settings, markdown, cite, package, site, edit, search, picture);
