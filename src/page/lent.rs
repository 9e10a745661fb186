//! What one language of a text lends another: sections that are not written there yet, so that no reader goes
//! without them.

use super::Cx;
use super::prose::{BEGINNING, Excerpt, Piece};
use crate::base::lang::Lang;
use crate::model::prose::Prose;
use crate::model::table::{AnyEntry, Key};
use crate::syntax::markdown::BlockRange;

/// A section lent, and the block of the text before which it stands.
pub(super) struct Lent {
    pub before: usize,
    pub piece: Piece,
}

/// The sections that a text has in other languages only, in order. A section stands behind the one that it
/// stands behind in its own language.
pub(super) fn sections(cx: Cx<'_>, entry: &dyn AnyEntry, (lang, own): (Lang, &Prose)) -> Vec<Lent> {
    let mut lent: Vec<Lent> = Vec::new();
    let mut had: Vec<&str> = Vec::new();
    let others = cx.book().fallbacks.iter().filter(|other| **other != lang);
    for (other, prose) in others.filter_map(|other| Some((*other, entry.prose().get(*other)?))) {
        lent.extend(beginning(cx, &entry.key(), (other, prose), own));
        for alone in prose.alone(own) {
            let is_body = prose.body.iter().any(|range| range.contains(&alone.blocks.start));
            if !is_body || had.contains(&alone.anchor.as_str()) {
                continue;
            }
            had.push(alone.anchor.as_str());
            let piece = piece(cx, &entry.key(), (other, prose), &alone.blocks, alone.anchor.as_str());
            lent.push(Lent { before: alone.before, piece });
        }
    }
    lent.sort_by_key(|lent| lent.before);
    lent
}

/// What stands before the first heading, where this language has nothing there.
fn beginning(cx: Cx<'_>, key: &Key, (lang, prose): (Lang, &Prose), own: &Prose) -> Option<Lent> {
    let (theirs, ours) = (first_heading(prose), first_heading(own));
    let lent = || Lent { before: 0, piece: piece(cx, key, (lang, prose), &(0..theirs), BEGINNING) };
    (theirs > 0 && ours == 0).then(lent)
}

fn first_heading(prose: &Prose) -> usize {
    prose.doc.headings().next().map_or(prose.doc.blocks.len(), |(at, _, _)| at)
}

fn piece(cx: Cx<'_>, key: &Key, (lang, prose): (Lang, &Prose), range: &BlockRange, part: &str) -> Piece {
    let ranges = std::slice::from_ref(range);
    cx.excerpt(&Excerpt { prose, lang, ranges, shift: 0 }, key, part)
}
