//! What in a document leads elsewhere: links, pictures, and texts that may cite the law.

use std::ops::Range;

use super::address::target;
use super::{Doc, Image, Inline, Law, Lead, Link, Target};
use crate::base::source::Span;

/// Everything in a document that leads elsewhere, in the order of the file.
pub(super) fn of(doc: &Doc) -> Vec<Lead> {
    let mut leads = Vec::new();
    doc.each_run(&mut |inlines| {
        let mut run = Run::default();
        run.read(inlines);
        leads.extend(run.finish());
    });
    leads
}

/// A run of running text while what leads elsewhere is gathered from it.
#[derive(Default)]
struct Run {
    plain: String,
    leads: Vec<Lead>,
    /// Where the text of a law stands among the plain words.
    laws: Vec<(usize, Range<usize>)>,
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
            self.laws.push((self.leads.len(), start..self.plain.len()));
            let law = Law { text: text.to_owned(), before: String::new(), behind: String::new() };
            self.leads.push(Lead::Law(law, span));
        }
    }

    fn link(&mut self, link: &Link) {
        self.leads.push(Lead::Link(link.target.clone(), link.span));
        match &link.target {
            Target::Entity { id, .. } if link.text.is_empty() => {
                self.plain.push_str(&format!("[[{id}]]"));
            }
            _ => self.read(&link.text),
        }
    }

    /// A picture whose address is refused has been told and leads nowhere.
    fn image(&mut self, image: &Image) {
        if target(&image.path) != Target::Unsafe {
            self.leads.push(Lead::Picture(image.path.clone(), image.span));
        }
    }

    fn finish(mut self) -> Vec<Lead> {
        for (at, range) in &self.laws {
            if let Some(Lead::Law(law, _)) = self.leads.get_mut(*at) {
                law.before = self.plain[..range.start].to_owned();
                law.behind = self.plain[range.end..].to_owned();
            }
        }
        self.leads
    }
}
