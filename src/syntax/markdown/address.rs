//! Where a link leads, read from its address.

use super::Target;

/// What `[[…]]` names.
pub(super) fn entity(address: &str) -> Target {
    let (id, anchor) = split_anchor(address);
    let (kind, id) = match id.split_once(':') {
        Some((kind, id)) => (Some(kind.trim().to_owned()), id),
        None => (None, id),
    };
    Target::Entity { kind, id: id.trim().to_owned(), anchor }
}

fn split_anchor(address: &str) -> (&str, Option<String>) {
    address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor.to_owned())))
}

/// Schemes that a link may have; everything else with a scheme is refused.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What `(…)` names.
pub(super) fn target(address: &str) -> Target {
    // Browsers drop controls and leading spaces before they look for a scheme.
    let seen: String = address.chars().filter(|c| !c.is_control()).collect();
    let seen = seen.trim();
    let scheme = seen.find([':', '/', '?', '#']).filter(|at| seen[*at..].starts_with(':'));
    if let Some(at) = scheme {
        let allowed = SCHEMES.contains(&seen[..at].to_ascii_lowercase().as_str());
        return if allowed { external("", seen) } else { Target::Unsafe };
    }
    if seen.starts_with("//") {
        return external("https:", seen);
    }
    match split_anchor(address) {
        ("", anchor) => Target::Anchor(anchor.unwrap_or_default()),
        (path, anchor) => Target::File { path: path.to_owned(), anchor },
    }
}

/// An address as written; a space, which no address can have, as what stands for it.
fn external(scheme: &str, address: &str) -> Target {
    Target::External(scheme.to_owned() + &address.replace(' ', "%20"))
}
