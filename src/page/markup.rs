//! What templates get as finished markup: links, texts with citations, lines of facts, cells of tables.
//!
//! Pages have thousands of these. Written here they cost a string each; as values of the template
//! language, laid out by templates of their own, they were half of the cost of a page.

use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};

use super::sheet::{Cell, Table};
use super::words::{Fact, Link, Rich, Words};
use crate::base::html::{Html, Writer};

impl Words {
    /// The text in an element of its own, with its language and what must be said about it.
    pub(super) fn said(&self) -> Html {
        let mut out = Writer::default();
        out.raw("<span").html(&self.at_html).raw(">").text(&self.text).raw("</span>");
        mark(&mut out, self.mark.as_deref());
        out.finish()
    }
}

impl Rich {
    /// As [`Words::said`], with citations linked.
    fn write(&self, out: &mut Writer) {
        out.raw("<span").html(&self.at_html).raw(">").html(&self.text_html).raw("</span>");
        mark(out, self.mark.as_deref());
    }
}

impl Link {
    pub(super) fn write(&self, out: &mut Writer) {
        let (words, tag) = (&self.words, if self.href.is_some() { "a" } else { "span" });
        out.raw("<").raw(tag);
        if let Some(href) = &self.href {
            out.attr("href", href);
        }
        let elsewhere = self.hreflang.as_deref().filter(|_| self.href.is_some());
        if let Some(lang) = elsewhere {
            out.attr("hreflang", lang);
        }
        out.html(&words.at_html).raw(">").text(&words.text).raw("</").raw(tag).raw(">");
        mark(out, elsewhere.or(words.mark.as_deref()));
        if let Some(note) = &self.note {
            out.raw(" <span class=\"pk-remark\">").text(note).raw("</span>");
        }
    }
}

/// Which language it is in, where not the page's.
pub(super) fn mark(out: &mut Writer, mark: Option<&str>) {
    if let Some(mark) = mark {
        out.raw(" <small class=\"pk-mark\">(").text(mark).raw(")</small>");
    }
}

/// A link by itself, several as a list.
fn links(links: &[Link], out: &mut Writer) {
    match links {
        [] => {}
        [link] => link.write(out),
        links => {
            out.raw("<ul class=\"pk-plain\">");
            for link in links {
                out.raw("<li>");
                link.write(out);
                out.raw("</li>");
            }
            out.raw("</ul>");
        }
    }
}

/// Gives templates links as a page shows them: one by itself, several as a list.
pub(super) fn listed<S: Serializer>(own: &[Link], serializer: S) -> Result<S::Ok, S::Error> {
    finished(|out| links(own, out), serializer)
}

/// Gives templates a text in an element of its own, where there is one.
#[allow(clippy::ref_option, reason = "the shape that serde asks for")]
pub(super) fn said<S: Serializer>(words: &Option<Words>, serializer: S) -> Result<S::Ok, S::Error> {
    words.as_ref().map(Words::said).serialize(serializer)
}

/// Lines of facts, one below the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    fn write(&self, out: &mut Writer) {
        if self.is_empty() {
            return;
        }
        out.raw("<dl class=\"pk-facts\">");
        for fact in &self.0 {
            out.raw("<div><dt>").text(&fact.label).raw("</dt><dd>");
            links(&fact.values, out);
            out.raw("</dd></div>");
        }
        out.raw("</dl>");
    }
}

impl Deref for Facts {
    type Target = Vec<Fact>;

    fn deref(&self) -> &Vec<Fact> {
        &self.0
    }
}

impl DerefMut for Facts {
    fn deref_mut(&mut self) -> &mut Vec<Fact> {
        &mut self.0
    }
}

impl From<Vec<Fact>> for Facts {
    fn from(facts: Vec<Fact>) -> Facts {
        Facts(facts)
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Facts {
        Facts(facts.into_iter().collect())
    }
}

impl IntoIterator for Facts {
    type Item = Fact;
    type IntoIter = std::vec::IntoIter<Fact>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Cell {
    fn write_in(&self, tag: &'static str, number: bool, out: &mut Writer) {
        out.raw("<").raw(tag).raw(if tag == "th" { " scope=\"row\"" } else { "" });
        if let Some(codes) = &self.codes {
            out.attr("data-pk-codes", codes);
        }
        out.raw(figure(number)).raw(">");
        self.write(out);
        out.raw("</").raw(tag).raw(">");
    }

    fn write(&self, out: &mut Writer) {
        links(&self.links, out);
        match &self.text {
            Some(text) if self.links.is_empty() => text.write(out),
            Some(text) => {
                out.raw("<p>");
                text.write(out);
                out.raw("</p>");
            }
            None => {}
        }
    }
}

impl Table {
    fn write(&self, out: &mut Writer) {
        let columns: Vec<(usize, bool)> =
            self.shown().into_iter().map(|at| (at, at > 0 && self.is_of_numbers(at))).collect();
        out.raw("<table class=\"pk-table\"><thead><tr>");
        for &(at, number) in &columns {
            out.raw("<th scope=\"col\"").raw(figure(number)).raw(">").text(&self.columns[at]).raw("</th>");
        }
        out.raw("</tr></thead><tbody>");
        for row in &self.rows {
            out.raw("<tr>");
            for &(at, number) in &columns {
                if let Some(cell) = row.get(at) {
                    cell.write_in(if at == 0 { "th" } else { "td" }, number, out);
                }
            }
            out.raw("</tr>");
        }
        out.raw("</tbody></table>");
    }
}

/// What sets a column of numbers so that they stand under each other.
fn figure(number: bool) -> &'static str {
    if number { " class=\"pk-figure\"" } else { "" }
}

/// Gives templates what `write` writes.
fn finished<S: Serializer>(write: impl FnOnce(&mut Writer), serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = Writer::default();
    write(&mut out);
    out.finish().serialize(serializer)
}

/// Declares what reaches templates as finished markup.
macro_rules! finished {
    ($($sort:ty),+) => {
        $(impl Serialize for $sort {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                finished(|out| self.write(out), serializer)
            }
        })+
    };
}

finished!(Rich, Link, Facts, Table);
