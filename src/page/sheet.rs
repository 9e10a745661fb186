//! A sheet: what pages are made of that need no layout of their own. Parts under headings, each with
//! facts, texts, a table, a drawing or prose; the same tables go out as CSV.

use serde::Serialize;

use super::frame::Head;
use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::base::html::Html;
use crate::model::kind::Kind;
use crate::model::table::{AnyEntry, Key};
use crate::model::text::{At, Text};
use crate::route::{List, Page};

/// A page as a stack of parts.
#[derive(Default, Serialize)]
pub(super) struct Sheet {
    /// What sort of thing it is about.
    pub kind: Option<String>,
    pub name: Words,
    pub summary: Option<Rich>,
    /// What the page is for, where it is no entity.
    pub lead: Option<String>,
    /// What has to be said before anything else: that it is guidance, an example, a suggestion.
    pub notice: Option<String>,
    pub parts: Vec<Part>,
    /// What mentions the entity.
    pub mentions: Facts,
    /// Papers made of it, and files beside it.
    pub papers: Vec<Link>,
    /// A class of the page, for what is laid out or printed differently.
    pub class: &'static str,
    /// What is shown where there are no parts.
    pub empty: Option<String>,
}

/// A part of a sheet; what is empty is left out.
#[derive(Default, Serialize)]
pub(super) struct Part {
    /// The anchor, without which a part has no heading of its own.
    pub id: String,
    pub heading: Option<Link>,
    /// Whether it stands below the part before it.
    pub below: bool,
    pub lead: Option<String>,
    /// A drawing or something to be used.
    pub figure_html: Option<Html>,
    pub facts: Facts,
    pub texts: Vec<Labelled>,
    pub items: Vec<Rich>,
    /// Whether the items come in an order.
    pub ordered: bool,
    pub links: Vec<Link>,
    pub table: Option<Table>,
    pub body: Option<Piece>,
    /// What a role does in a phase, under the headings of a cell.
    pub cells: Vec<super::role::PartView>,
}

/// A text under a label.
#[derive(Serialize)]
pub(super) struct Labelled {
    pub label: String,
    pub text: Rich,
}

/// A table: the first cell of a row is its head. A page leaves out columns that say nothing, see
/// [`Table::shown`]; a file has every column, so that it can be read by its columns.
#[derive(Default)]
pub(super) struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: links, or a text, or a number.
#[derive(Default)]
pub(super) struct Cell {
    pub links: Vec<Link>,
    pub text: Option<Rich>,
    /// Whether it is set as a number.
    pub number: bool,
    /// What a script reads of the row that it heads: postal codes.
    pub codes: Option<String>,
    /// Whether it is to be filled in by hand.
    pub room: bool,
}

impl Cell {
    /// A cell of links.
    pub(super) fn links(links: Vec<Link>) -> Cell {
        Cell { links, ..Cell::default() }
    }

    /// A cell of one link, or an empty one.
    pub(super) fn link(link: Option<Link>) -> Cell {
        Cell::links(link.into_iter().collect())
    }

    /// A cell of plain words.
    pub(super) fn plain(text: &str) -> Cell {
        if text.is_empty() { Cell::default() } else { Cell::links(vec![Link::plain(text)]) }
    }

    /// A number.
    pub(super) fn number(text: &str) -> Cell {
        Cell { number: true, ..Cell::plain(text) }
    }

    /// Room to write in by hand.
    pub(super) fn room() -> Cell {
        Cell { room: true, ..Cell::default() }
    }

    /// A text.
    pub(super) fn text(text: Option<Rich>) -> Cell {
        Cell { text, ..Cell::default() }
    }

    /// Whether there is nothing in it and nothing is to come.
    fn is_empty(&self) -> bool {
        self.links.is_empty() && self.text.is_none() && !self.room
    }

    /// What it says, without markup: lines for links, each with its remark.
    pub(super) fn said(&self) -> String {
        let link = |link: &Link| match &link.note {
            Some(note) => format!("{} ({note})", link.words.text),
            None => link.words.text.clone(),
        };
        let links = self.links.iter().map(link);
        links.chain(self.text.iter().map(|text| text.plain.clone())).collect::<Vec<_>>().join("\n")
    }
}

impl Table {
    /// A table under words of the interface.
    pub(super) fn new(cx: Cx<'_>, columns: &[&'static str], rows: Vec<Vec<Cell>>) -> Table {
        let columns = columns.iter().map(|key| cx.strings().get(key).to_owned()).collect();
        Table { columns, rows }
    }

    /// Only these columns, in this order.
    pub(super) fn keep(self, columns: &[usize]) -> Table {
        let rows = self.rows.into_iter().map(|row| kept(row, columns));
        Table { rows: rows.collect(), columns: kept(self.columns, columns) }
    }

    /// The columns that a page shows: the first, and those in which a row says something.
    pub(super) fn shown(&self) -> Vec<usize> {
        let said = |at: &usize| self.column(*at).any(|cell| !cell.is_empty());
        (0..self.columns.len()).filter(|at| *at == 0 || said(at)).collect()
    }

    /// Whether a column holds numbers alone.
    pub(super) fn is_of_numbers(&self, at: usize) -> bool {
        self.column(at).all(|cell| cell.number || cell.is_empty())
    }

    fn column(&self, at: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(at))
    }
}

fn kept<T: Default>(mut all: Vec<T>, which: &[usize]) -> Vec<T> {
    which.iter().filter_map(|at| all.get_mut(*at).map(std::mem::take)).collect()
}

impl Part {
    /// A part under a heading of the interface.
    pub(super) fn new(id: &str, heading: &str) -> Part {
        Part { id: id.to_owned(), heading: Some(Link::plain(heading)), ..Part::default() }
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.figure_html.is_none()
            && self.facts.is_empty()
            && self.texts.is_empty()
            && self.items.is_empty()
            && self.links.is_empty()
            && self.table.as_ref().is_none_or(|table| table.rows.is_empty())
            && self.body.is_none()
            && self.cells.is_empty()
            && self.lead.is_none()
    }
}

impl Sheet {
    /// The sheet of an entity: its name, what it is, its prose, what mentions it.
    pub(super) fn of(cx: Cx<'_>, entry: &dyn AnyEntry, told: &[Kind]) -> Sheet {
        let key = entry.key();
        Sheet {
            kind: Some(cx.kind_word(key.kind)),
            name: cx.name_of(entry),
            summary: cx.summary(entry),
            mentions: super::list::mentioned_by(cx, &key, told),
            papers: super::paper::links(cx, &key).into_iter().chain(files(cx)).collect(),
            ..Sheet::default()
        }
    }

    /// The sheet of an overview.
    pub(super) fn view(cx: Cx<'_>, word: &str) -> Sheet {
        Sheet {
            name: Words { text: cx.word_of("nav", word), ..Words::default() },
            lead: Some(cx.word_of("lead", word)),
            empty: Some(cx.word("list.empty").to_owned()),
            papers: files(cx),
            ..Sheet::default()
        }
    }

    /// Adds a part unless it is empty.
    pub(super) fn with(mut self, part: Part) -> Sheet {
        if !part.is_empty() {
            self.parts.push(part);
        }
        self
    }

    /// Adds the prose of an entity.
    pub(super) fn with_body(self, cx: Cx<'_>, entry: &dyn AnyEntry) -> Sheet {
        self.with(Part { body: cx.body(entry), ..Part::default() })
    }
}

/// The files in which the page is also given out.
pub(super) fn files(cx: Cx<'_>) -> Vec<Link> {
    let formats = crate::route::Format::of(cx.page).iter();
    let link = |format: &crate::route::Format| {
        let route = crate::route::Route::File(cx.lang, cx.page.clone(), *format);
        let url = cx.world.routes.url(&route)?;
        Some(Link::to(cx.url.to(url), &cx.word_of("file", format.ending())))
    };
    formats.filter_map(link).collect()
}

/// The facts of one entity that has a key for each of its texts: label and text, where there is one.
pub(super) fn texts(cx: Cx<'_>, key: &Key, texts: &[(&'static str, &Text)]) -> Vec<Labelled> {
    let kind = At::root(key.kind.as_str());
    let at = kind.entity(key.id.as_str());
    let view = |(field, text): &(&'static str, &Text)| {
        let label = crate::model::words::label(key.kind, field, cx.lang)?;
        Some(Labelled { text: cx.rich(text, &at.field(field))?, label: label.label.clone() })
    };
    texts.iter().filter_map(view).collect()
}

/// Lays a sheet out as the page of an entity.
pub(super) fn entity(cx: Cx<'_>, sheet: &Sheet, entry: &dyn AnyEntry) -> Result<String, Diagnostic> {
    let head = super::role::head(cx, entry, List::of(entry.key().kind));
    lay_out(cx, "page/sheet.html", sheet, head)
}

/// Lays a sheet out as a paper of an entity.
pub(super) fn paper(cx: Cx<'_>, sheet: &Sheet, entry: &dyn AnyEntry) -> Result<String, Diagnostic> {
    let head = super::role::head(cx, entry, List::of(entry.key().kind));
    let above = cx.page_href(&Page::Entity(entry.key())).map(|href| Link::to(href, &head.title));
    let title = sheet.name.text.clone();
    let above = head.above.into_iter().chain(above).collect();
    lay_out(cx, "page/sheet.html", sheet, Head { title, above, ..head })
}

/// Lays a sheet out as an overview.
pub(super) fn view(cx: Cx<'_>, sheet: &Sheet) -> Result<String, Diagnostic> {
    let head = Head { title: sheet.name.text.clone(), description: sheet.lead.clone(), ..Head::default() };
    lay_out(cx, "page/sheet.html", sheet, head)
}
