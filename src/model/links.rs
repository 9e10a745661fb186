//! References in both directions: what an entity mentions, and what mentions it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::base::source::Span;
use crate::model::book::{Handbook, Resolved};
use crate::model::field::Visitor;
use crate::model::law::{Cited, LawRef};
use crate::model::table::{AnyEntry, AnyRef, Key};
use crate::model::text::At;
use crate::syntax::cite::{self, Citation};
use crate::syntax::markdown::{Lead, Target};

/// Who mentions whom.
#[derive(Debug, Clone, Default)]
pub struct Links {
    to: BTreeMap<Key, BTreeSet<Key>>,
    from: BTreeMap<Key, BTreeSet<Key>>,
}

impl Links {
    /// Gathers every reference, link and citation of a handbook.
    pub fn new(book: &Handbook) -> Links {
        let mut links = Links::default();
        for entry in book.tables.entries() {
            let mut gather = Gather { book, found: Vec::new() };
            entry.visit(&mut gather);
            let mut found = gather.found;
            prose_keys(book, entry, &mut found);
            let own = entry.key();
            for target in found.into_iter().filter(|target| *target != own) {
                links.from.entry(target.clone()).or_default().insert(own.clone());
                links.to.entry(own.clone()).or_default().insert(target);
            }
        }
        links
    }

    /// What an entity mentions.
    pub fn of(&self, key: &Key) -> impl Iterator<Item = &Key> {
        self.to.get(key).into_iter().flatten()
    }

    /// What mentions an entity.
    pub fn back(&self, key: &Key) -> impl Iterator<Item = &Key> {
        self.from.get(key).into_iter().flatten()
    }
}

struct Gather<'b> {
    book: &'b Handbook,
    found: Vec<Key>,
}

impl<'a> Visitor<'a> for Gather<'_> {
    fn reference(&mut self, _at: &At<'_>, reference: AnyRef<'a>) {
        let tables = &self.book.tables;
        let kind = reference.kinds.iter().find(|kind| tables.entry(**kind, reference.id).is_some());
        self.found.extend(kind.map(|kind| Key::new(*kind, reference.id.clone())));
    }

    fn law(&mut self, _at: &At<'_>, law: &'a LawRef) {
        let cited = self.book.statutes.find(&law.statute, law.section.as_ref());
        self.found.extend(cited_key(cited));
    }
}

/// The entity a citation leads to: the statute where its section is not known.
pub fn cited_key(cited: Cited) -> Option<Key> {
    match cited {
        Cited::Section(key) | Cited::Statute(key) | Cited::UnknownSection(key) => Some(key),
        Cited::UnknownStatute => None,
    }
}

fn prose_keys(book: &Handbook, entry: &dyn AnyEntry, found: &mut Vec<Key>) {
    each_mention(book, entry, &mut |_, mention| match mention {
        Mention::Link(_, Resolved::Entity(key, _)) => found.push(key),
        Mention::Citation(_, cited) => found.extend(cited_key(cited)),
        Mention::Link(..) | Mention::Picture(..) => {}
    });
}

/// Something in prose that leads elsewhere, and where.
pub enum Mention<'a> {
    /// A link.
    Link(&'a Target, Resolved),
    /// A citation of law.
    Citation(Citation, Cited),
    /// A picture, by its path.
    Picture(&'a str, Resolved),
}

/// Visits everything in an entity's prose that leads elsewhere, in every language, with its place.
pub fn each_mention<'a>(book: &Handbook, entry: &'a dyn AnyEntry, visit: &mut dyn FnMut(Span, Mention<'a>)) {
    for (_, prose) in entry.prose().iter() {
        for lead in &prose.doc.leads {
            match lead {
                Lead::Link(target, span) => {
                    visit(*span, Mention::Link(target, book.resolve(target, &prose.path)));
                }
                Lead::Picture(path, span) => {
                    visit(*span, Mention::Picture(path, book.picture(path, &prose.path)));
                }
                Lead::Law(text, span) => {
                    for (range, citation) in citations(book, text) {
                        let cited = book.statutes.find(&citation.statute, Some(&citation.section));
                        visit(within(*span, text, &range), Mention::Citation(citation, cited));
                    }
                }
            }
        }
    }
}

/// The citations in a text of this handbook.
pub fn citations(book: &Handbook, text: &str) -> Vec<(Range<usize>, Citation)> {
    if !text.contains('§') {
        return Vec::new();
    }
    cite::find(text, &|word| book.statutes.knows(word))
}

/// The place of a part of a text; the whole where the text was put together from pieces.
fn within(span: Span, text: &str, range: &Range<usize>) -> Span {
    if span.range().len() != text.len() {
        return span;
    }
    let start = span.range().start;
    Span::new(span.file, &(start + range.start..start + range.end))
}
