//! One program for every target; `POLKU_FUZZ` says which.
#![no_main]

#[path = "targets.rs"]
mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("POLKU_FUZZ").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(own, _)| *own == name);
    found.unwrap_or_else(|| panic!("POLKU_FUZZ is none of {:?}", targets::TARGETS.map(|(name, _)| name))).1
});

fuzz_target!(|data: &[u8]| TARGET(data));
