//! The sources while changes are made to them, one after the other.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::address::{Address, Place, unknown};
use super::base::{digest, plain};
use super::hold;
use super::layout::{Layout, Step};
use super::{CHANGED, Edited, LAYOUT, Refused, rename_row, rows, set};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::source::{Content, SourcePath, Sources};
use crate::model::book::Handbook;
use crate::model::config::SITE;
use crate::model::kind::Kind;
use crate::model::load::load_parsed;
use crate::model::parses::Parses;
use crate::model::table::Key;
use crate::syntax::cite::SectionNumber;
use crate::syntax::slug::Slug;

/// The sources while changes are made to them.
pub(super) struct Work<'a> {
    /// As they are by now.
    pub(super) sources: Sources,
    book: &'a Handbook,
    /// The handbook read again, where entities or prose stand elsewhere by now.
    own: Option<Handbook>,
    /// The files that were put or dropped.
    touched: BTreeSet<SourcePath>,
    parses: Parses,
    /// Whether the handbook no longer says where entities and prose stand.
    stale: bool,
}

/// A file in which something stands, as it is by now.
pub(super) struct Sheet {
    /// The file.
    pub(super) file: SourcePath,
    /// Its text.
    pub(super) text: Arc<str>,
}

/// The file of an entity and the way to it there.
pub(super) struct Home {
    /// The file.
    pub(super) file: SourcePath,
    /// The entity, or the settings, in it.
    pub(super) place: Place,
}

impl<'a> Work<'a> {
    /// Begins with sources and the handbook they make.
    pub(super) fn new(sources: &Sources, book: &'a Handbook) -> Work<'a> {
        let (touched, parses) = (BTreeSet::new(), Parses::default());
        Work { sources: sources.clone(), book, own: None, touched, parses, stale: false }
    }

    /// The sources, and which files differ from those before.
    pub(super) fn finish(self, before: &Sources) -> Edited {
        let digest =
            |sources: &Sources, path: &SourcePath| sources.find(path.as_str()).map(|file| file.digest);
        let differs = |path: &SourcePath| digest(before, path) != digest(&self.sources, path);
        let files = self.touched.iter().filter(|path| differs(path)).cloned().collect();
        Edited { sources: self.sources, files }
    }

    /// The handbook as it is by now.
    pub(super) fn book(&mut self) -> &Handbook {
        if self.stale {
            self.parses = Parses::of(&self.sources, &self.parses);
            let before = self.own.as_ref().unwrap_or(self.book);
            self.own =
                Some(load_parsed(&self.sources, &self.parses, Some(before), &mut Diagnostics::default()));
            self.stale = false;
        }
        self.own.as_ref().unwrap_or(self.book)
    }

    /// The languages of the handbook, its own first.
    pub(super) fn langs(&self) -> Vec<Lang> {
        self.book.langs.clone()
    }

    /// The text of a file; empty where there is none.
    pub(super) fn text(&self, file: &SourcePath) -> String {
        self.sources.find(file.as_str()).map_or("", |file| file.text()).to_owned()
    }

    /// Puts a text into a file. `moved` tells that entities or prose may stand elsewhere now.
    pub(super) fn put(&mut self, file: &SourcePath, text: String, moved: bool) {
        if self.sources.find(file.as_str()).is_some_and(|own| own.text() == text) {
            return;
        }
        self.touched.insert(file.clone());
        self.sources = self.sources.with(file.clone(), Content::Text(text.into()));
        self.stale |= moved;
    }

    /// Takes a file away.
    pub(super) fn drop_file(&mut self, file: &SourcePath) {
        self.touched.insert(file.clone());
        self.sources = self.sources.without(file);
        self.stale = true;
    }

    /// The file in which an entity stands; that of the settings where there is none.
    pub(super) fn sheet(&mut self, of: Option<&Key>) -> Result<Sheet, Refused> {
        let missing = || unknown(&of.map_or_else(|| SITE.to_owned(), Key::to_string));
        let file = match of {
            Some(key) => {
                let span = self.book().entry(key).ok_or_else(missing)?.span();
                self.sources.get(span.file)
            }
            None => self.sources.find(SITE),
        };
        let file = file.ok_or_else(missing)?;
        match &file.content {
            Content::Text(text) => Ok(Sheet { file: file.path.clone(), text: Arc::clone(text) }),
            Content::Bytes(_) | Content::Unreadable(_) => Err(set::layout_refused()),
        }
    }

    /// Where an entity stands; the settings where there is none.
    pub(super) fn home(&mut self, of: Option<&Key>) -> Result<Home, Refused> {
        let sheet = self.sheet(of)?;
        let place = entity_in(&Layout::of(&sheet.text), of)?;
        Ok(Home { file: sheet.file, place })
    }

    /// The place that an address names, in its file.
    fn place(&self, layout: &Layout<'_>, at: &str, address: &Address) -> Result<Place, Refused> {
        let entity = entity_in(layout, address.of.as_ref())?;
        let place = entity.walk(layout, &address.parts).map_err(|_| unknown(at))?;
        self.speaks(&place, at)?;
        Ok(place)
    }

    /// Whether the handbook has the language that a place is in.
    fn speaks(&self, place: &Place, at: &str) -> Result<(), Refused> {
        let Some(Step::Key(lang)) = place.path.last().filter(|_| place.is_lang) else { return Ok(()) };
        let known = self.book.langs.iter().any(|own| own.as_str() == lang);
        if known { Ok(()) } else { Err(unknown(at)) }
    }

    /// Sets a field.
    pub(super) fn set(&mut self, at: &str, value: &Json, was: Option<&str>) -> Result<(), Refused> {
        let address = field_address(at)?;
        let Sheet { file, text } = self.sheet(address.of.as_ref())?;
        let layout = Layout::of(&text);
        let place = self.place(&layout, at, &address)?;
        if place.path.len() == place.root {
            return Err(unknown(at));
        }
        compare(&layout, &place, was)?;
        let new = set::set(&layout, &place, value, &self.langs())?;
        self.keep(&layout, (&file, new), &place.path, |new| hold::holds(new, &place, value))?;
        rename_row::follow(self, &address, (&layout.json(&place.path), value))
    }

    /// Puts a row into a list.
    pub(super) fn insert(
        &mut self,
        at: &str,
        before: Option<usize>,
        row: &Map<String, Json>,
    ) -> Result<(), Refused> {
        let address = field_address(at)?;
        let Sheet { file, text } = self.sheet(address.of.as_ref())?;
        let layout = Layout::of(&text);
        let list =
            self.place(&layout, at, &address).ok().filter(Place::is_rows).ok_or_else(|| unknown(at))?;
        let count = list.count(&layout);
        let before = before.map(|at| at.saturating_sub(1)).filter(|at| *at < count);
        let new = rows::insert(&layout, &list, before, row, &self.langs())?;
        let at = before.unwrap_or(count);
        self.keep(&layout, (&file, new), &list.path, |new| hold::inserted(&layout, new, &list, at))
    }

    /// Moves a row within its list.
    pub(super) fn shift(&mut self, at: &str, to: usize, was: Option<&str>) -> Result<(), Refused> {
        let (address, name) = row_address(at)?;
        let Sheet { file, text } = self.sheet(address.of.as_ref())?;
        let layout = Layout::of(&text);
        let (list, row) = self.row(&layout, at, (&address, &name))?;
        compare(&layout, &row, was)?;
        let ways = (number(&list, &row), to.saturating_sub(1));
        let new = rows::shift(&layout, &list, ways.0, ways.1)?;
        self.keep(&layout, (&file, new), &list.path, |new| hold::shifted(&layout, new, &list, ways))
    }

    /// Takes a row out.
    pub(super) fn take_out(&mut self, at: &str, was: Option<&str>) -> Result<(), Refused> {
        let (address, name) = row_address(at)?;
        let Sheet { file, text } = self.sheet(address.of.as_ref())?;
        let layout = Layout::of(&text);
        let (list, row) = self.row(&layout, at, (&address, &name))?;
        compare(&layout, &row, was)?;
        let new = rows::remove(&layout, &row)?;
        let at = number(&list, &row);
        self.keep(&layout, (&file, new), &list.path, |new| hold::removed(&layout, new, &list, at))
    }

    /// The list of a row and the row.
    fn row(
        &self,
        layout: &Layout<'_>,
        at: &str,
        (address, name): (&Address, &str),
    ) -> Result<(Place, Place), Refused> {
        let list = self.place(layout, at, address)?;
        let row = list.find_row(layout, name).filter(|_| list.is_rows());
        row.map(|row| (list, row)).ok_or_else(|| unknown(at))
    }

    /// Keeps a new text of a file, if nothing in it reads otherwise but what stands at a path, and that as
    /// it was meant.
    fn keep(
        &mut self,
        before: &Layout<'_>,
        (file, new): (&SourcePath, String),
        path: &[Step],
        is_meant: impl Fn(&Layout<'_>) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        if *before.text != *new {
            let after = Layout::of(&new);
            hold::only(before, &after, &[path])?;
            is_meant(&after)?;
            self.put(file, new, false);
        }
        Ok(())
    }

    /// Replaces a part of a file.
    pub(super) fn splice(
        &mut self,
        file: &str,
        range: Range<usize>,
        with: &str,
        was: Option<&str>,
    ) -> Result<(), Refused> {
        let own = self.sources.find(file).ok_or_else(|| unknown(file))?;
        let (path, text, digest) = (own.path.clone(), own.text(), own.digest);
        if was.is_some_and(|was| was != digest.to_string() && was != digest.short()) {
            return Err(Refused { theirs: text.get(range).map(str::to_owned), ..changed() });
        }
        if text.get(range.clone()).is_none() {
            return Err(Refused::of(Diagnostic::of(LAYOUT)));
        }
        let mut new = text.to_owned();
        new.replace_range(range, with);
        self.put(&path, new, true);
        Ok(())
    }
}

/// What has changed since an editor read it.
pub(super) fn changed() -> Refused {
    Refused::of(Diagnostic::of(CHANGED))
}

/// Refuses a change of what is no longer as it was read.
fn compare(layout: &Layout<'_>, place: &Place, was: Option<&str>) -> Result<(), Refused> {
    match was.filter(|was| *was != digest(&layout.source(&place.path))) {
        Some(_) => Err(Refused { theirs: Some(plain(&layout.json(&place.path))), ..changed() }),
        None => Ok(()),
    }
}

/// The address of a field.
fn field_address(at: &str) -> Result<Address, Refused> {
    Address::parse(at).filter(|at| at.section.is_none()).ok_or_else(|| unknown(at))
}

/// The address of the list that a row stands in, and the name of the row.
fn row_address(at: &str) -> Result<(Address, String), Refused> {
    let (list, name) = at.rsplit_once('.').ok_or_else(|| unknown(at))?;
    Ok((field_address(list)?, name.to_owned()))
}

/// An entity in its file, or the settings in theirs.
pub(super) fn entity_in(layout: &Layout<'_>, of: Option<&Key>) -> Result<Place, Refused> {
    let path = match of {
        Some(key) => path_of(layout, key).ok_or_else(set::layout_refused)?,
        None => Vec::new(),
    };
    Ok(Place::entity(of.map(|key| key.kind), path))
}

fn number(list: &Place, row: &Place) -> usize {
    match row.path.get(list.path.len()) {
        Some(Step::Row(row)) => *row,
        _ => 0,
    }
}

/// The way to an entity in a file, by the keys as they are written there.
pub(super) fn path_of(layout: &Layout<'_>, key: &Key) -> Option<Vec<Step>> {
    let named = |path: &[Step], fits: &dyn Fn(&str) -> bool| {
        let found = layout.keys_below(path).into_iter().find(|name| fits(name))?;
        Some(path.iter().cloned().chain([Step::Key(found)]).collect::<Vec<Step>>())
    };
    let is =
        |name: &str, id: &str| name == id || Slug::from_words(name).is_some_and(|slug| slug.as_str() == id);
    let id = key.id.as_str();
    let top = |kind: Kind| vec![Step::Key(kind.as_str().to_owned())];
    if key.kind != Kind::Section {
        return named(&top(key.kind), &|name| is(name, id));
    }
    let (statute, number) = id.split_once(':')?;
    let mut path = named(&top(Kind::Statute), &|name| is(name, statute))?;
    path.push(Step::Key(Kind::Section.as_str().to_owned()));
    named(&path, &|name| SectionNumber::parse(name).is_some_and(|own| own.slug() == number))
}
