//! What in a document leads elsewhere: links, pictures, and texts that may cite the law.

use std::ops::Range;
use std::sync::Arc;

use super::address::is_unsafe;
use super::{Doc, Image, Inline, Law, Lead, Link, Target};
use crate::base::piece::Piece;
use crate::base::source::Span;

/// Everything in a document that leads elsewhere, in the order of the file.
pub(super) fn of(doc: &Doc) -> Vec<Lead> {
    let mut leads = Vec::new();
    doc.each_run(&mut |inlines| {
        let mut run = Run::default();
        run.read(inlines);
        leads.extend(run.finish(inlines));
    });
    leads
}

/// A run of running text while what leads elsewhere is gathered from it.
#[derive(Default)]
struct Run {
    plain: String,
    found: Vec<Found>,
}

/// What was found in a run.
enum Found {
    Lead(Lead),
    /// A text with a section sign, by where it stands among the plain words.
    Law(Range<usize>, Span),
}

impl Run {
    fn read(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text, span) => self.text(text, *span),
                Inline::Code(text) => self.plain.push_str(text),
                Inline::Emphasis(text) | Inline::Strong(text) | Inline::Strike(text) => self.read(text),
                Inline::Link(link) => self.link(link),
                Inline::Image(image) => self.image(image),
                Inline::HardBreak => self.plain.push(' '),
                Inline::FootnoteRef(..) => {}
            }
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let start = self.plain.len();
        self.plain.push_str(text);
        if text.contains('§') {
            self.found.push(Found::Law(start..self.plain.len(), span));
        }
    }

    fn link(&mut self, link: &Arc<Link>) {
        self.found.push(Found::Lead(Lead::Link(Arc::clone(link))));
        match &link.target {
            Target::Entity { id, .. } if link.text.is_empty() => {
                self.plain.push_str(&format!("[[{id}]]"));
            }
            _ => self.read(&link.text),
        }
    }

    /// A picture whose address is refused has been told and leads nowhere.
    fn image(&mut self, image: &Image) {
        if !is_unsafe(&image.path) {
            self.found.push(Found::Lead(Lead::Picture(image.path.clone(), image.span)));
        }
    }

    /// Keeps the plain words once, and only where a text asks for them.
    fn finish(self, inlines: &[Inline]) -> impl Iterator<Item = Lead> {
        let mut run = match inlines {
            [Inline::Text(only, _)] => Some(only.clone()),
            _ => None,
        };
        let plain = self.plain;
        self.found.into_iter().map(move |found| match found {
            Found::Lead(lead) => lead,
            Found::Law(range, span) => {
                let run: &Piece = run.get_or_insert_with(|| plain.as_str().into());
                Lead::Law(Law { run: run.clone(), range }, span)
            }
        })
    }
}
