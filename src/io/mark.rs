//! The file by which polku knows a folder as its own, with the names of the style sheets and scripts in it:
//! those of the release and those kept from the one before; and how many addresses have been published with
//! it, so that a list of them that was lost is missed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::read::names_in;

/// The file's name.
pub(super) const MARK: &str = ".polku-site";

/// Where the theme's files stand, each with a digest in its name.
const ASSETS: &str = "assets/";

/// What a mark says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The files that the pages of the release ask for.
    pub now: BTreeSet<String>,
    /// Those of the release before.
    pub before: BTreeSet<String>,
    /// How many addresses the list of them had; none before the first publication.
    pub addresses: usize,
}

/// Whether a file is one of the theme's.
pub(super) fn is_asset(url: &str) -> bool {
    url.starts_with(ASSETS)
}

impl Mark {
    /// The mark of a site; where it is of an older program, what stands in the folder is of the release.
    #[expect(clippy::disallowed_methods, reason = "this is the place that touches the disk")]
    pub(super) fn read(site: &Path) -> Mark {
        let Ok(text) = fs::read_to_string(site.join(MARK)) else { return Mark::default() };
        let of = |word: &str| {
            let names = text.lines().filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
            // A name that somebody wrote by hand must not lead out of the site.
            let names = names.filter(|name| is_asset(name) && !name.contains(".."));
            names.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        let addresses = text.lines().find_map(|line| line.strip_prefix("addresses ")?.parse().ok());
        let mut mark =
            Mark { now: of("now"), before: of("before"), addresses: addresses.unwrap_or_default() };
        if mark.now.is_empty() {
            mark.now = names_in(&site.join(ASSETS)).iter().map(|name| format!("{ASSETS}{name}")).collect();
        }
        mark
    }

    /// The mark of the release after this one. As long as the files are the same, it is the same release.
    pub(super) fn followed_by(self, now: BTreeSet<String>) -> Mark {
        let before = if self.now == now { self.before } else { self.now };
        Mark { before: before.difference(&now).cloned().collect(), now, addresses: self.addresses }
    }

    /// The file.
    pub(super) fn write(&self) -> String {
        let of = |word: &str, names: &BTreeSet<String>| {
            names.iter().map(|name| format!("{word} {name}\n")).collect::<String>()
        };
        let addresses = Some(self.addresses).filter(|addresses| *addresses > 0);
        let addresses = addresses.map(|addresses| format!("addresses {addresses}\n")).unwrap_or_default();
        format!("polku\n{addresses}{}{}", of("now", &self.now), of("before", &self.before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn files_are_kept_until_the_release_after_the_next() {
        let first = Mark { now: set(&["a", "icon"]), ..Mark::default() };
        let second = first.followed_by(set(&["b", "icon"]));
        assert_eq!((&second.now, &second.before), (&set(&["b", "icon"]), &set(&["a"])));
        let same = second.followed_by(set(&["b", "icon"]));
        assert_eq!(same.before, set(&["a"]), "publishing the same again is no release");
        assert_eq!(same.followed_by(set(&["c", "icon"])).before, set(&["b"]));
    }
}
