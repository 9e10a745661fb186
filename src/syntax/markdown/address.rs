//! Where a link leads, read from its address.

use std::sync::Arc;

use super::Target;
use crate::base::piece::Piece;

/// What `[[…]]` names, in this text.
pub(super) fn entity(text: &Arc<str>, address: &str) -> Target {
    let piece = |words: &str| Piece::within(text, words);
    let (id, anchor) = split_anchor(address);
    let (kind, id) = id.split_once(':').map_or((None, id), |(kind, id)| (Some(kind), id));
    Target::Entity {
        kind: kind.map(|kind| piece(kind.trim())),
        id: piece(id.trim()),
        anchor: anchor.map(piece),
    }
}

fn split_anchor(address: &str) -> (&str, Option<&str>) {
    address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor)))
}

/// Schemes that a link may have; everything else with a scheme is refused.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What `(…)` names, in this text.
pub(super) fn target(text: &Arc<str>, address: &str) -> Target {
    let piece = |words: &str| Piece::within(text, words);
    let seen = seen(address);
    match scheme(&seen) {
        Some(scheme) if is_let_through(scheme) => return external("", &seen),
        Some(_) => return Target::Unsafe,
        None if seen.starts_with("//") => return external("https:", &seen),
        None => {}
    }
    match split_anchor(address) {
        ("", anchor) => Target::Anchor(piece(anchor.unwrap_or_default())),
        (path, anchor) => Target::File { path: piece(path), anchor: anchor.map(piece) },
    }
}

/// Whether an address has a scheme that is not let through.
pub(super) fn is_unsafe(address: &str) -> bool {
    scheme(&seen(address)).is_some_and(|scheme| !is_let_through(scheme))
}

fn is_let_through(scheme: &str) -> bool {
    SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
}

/// An address as browsers take it: they drop controls and spaces around it before they look for a scheme.
fn seen(address: &str) -> String {
    let seen: String = address.chars().filter(|c| !c.is_control()).collect();
    seen.trim().to_owned()
}

fn scheme(seen: &str) -> Option<&str> {
    let at = seen.find([':', '/', '?', '#']).filter(|at| seen[*at..].starts_with(':'))?;
    Some(&seen[..at])
}

/// An address as written; a space, which no address can have, as what stands for it.
fn external(scheme: &str, address: &str) -> Target {
    Target::External(scheme.to_owned() + &address.replace(' ', "%20"))
}
