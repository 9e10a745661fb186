//! Dated packages of what was published: `2026-11-21-01-0123456789.zip`, the day, the how-manieth of the day
//! and the digest of the handbook. In force on a day is the last one of that day or before.

use std::path::{Path, PathBuf};

use crate::base::date::Date;
use crate::data;
use crate::io;

/// Their folder, below the handbook.
pub(super) const FOLDER: &str = ".polku/archive";

/// So much of a digest tells the versions of a handbook apart.
const DIGITS: usize = 10;

/// Where the package of a handbook goes; none where the last one holds the very same.
pub(super) fn place(folder: &Path, handbook: &str, today: Date) -> Option<PathBuf> {
    let digest: String = data::digest(handbook)?.chars().take(DIGITS).collect();
    let names = io::names_in(folder);
    let packages: Vec<&str> = names.iter().filter_map(|name| stem(name)).collect();
    if packages.last().is_some_and(|last| last.ends_with(&digest)) {
        return None;
    }
    let day = format!("{today}-");
    let of_today =
        packages.iter().filter_map(|name| name.strip_prefix(&day)?.split('-').next()?.parse().ok());
    let number = of_today.max().unwrap_or(0_u32) + 1;
    Some(folder.join(format!("{day}{number:02}-{digest}.zip")))
}

fn stem(name: &str) -> Option<&str> {
    name.strip_suffix(".zip").filter(|stem| !stem.starts_with('.'))
}
