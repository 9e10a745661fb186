//! Addresses as an editor sends them: whose field it is, the way to it, and what it may hold.

use super::layout::{Layout, Step};
use super::spot::Rows;
use super::{Refused, UNKNOWN_PLACE};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::near::nearest;
use crate::model::config::Config;
use crate::model::field::Shape;
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::record::{FieldDef, Record};
use crate::model::rule::Weight;
use crate::model::table::Key;
use crate::syntax::slug::Slug;

/// An address in its parts: `task/t.recorded.2.text.sv`, `role/x#phase.content`, `site.title.fi`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The entity; `None` for the settings.
    pub(super) of: Option<Key>,
    /// The parts behind it, one for each point.
    pub(super) parts: Vec<String>,
    /// What stands behind `#`: a section of the prose.
    pub(super) section: Option<String>,
}

impl Address {
    /// Reads an address. A language may stand beside it instead of behind it.
    pub(super) fn parse(at: &str) -> Option<Address> {
        let (place, section) = at.split_once('#').map_or((at, None), |(place, part)| (place, Some(part)));
        let (of, rest) = match place.split_once('/') {
            Some((kind, rest)) => {
                let (id, rest) = rest.split_once('.').map_or((rest, None), |(id, rest)| (id, Some(rest)));
                (Some(Key::new(Kind::parse(kind)?, Slug::compound(id)?)), rest)
            }
            None => (None, place.strip_prefix("site").filter(|rest| !rest.is_empty())?.strip_prefix('.')),
        };
        let parts: Vec<String> =
            rest.into_iter().flat_map(|rest| rest.split('.')).map(str::to_owned).collect();
        let sound = !parts.iter().any(String::is_empty) && (section.is_none() || parts.is_empty());
        sound.then(|| Address { of, parts, section: section.map(str::to_owned) })
    }

    /// The address of a whole entity.
    pub(super) fn entity(at: &str) -> Option<Key> {
        Address::parse(at).filter(|at| at.parts.is_empty() && at.section.is_none())?.of
    }
}

/// The fields that an entity, or the settings, may have.
pub(super) fn fields_of(kind: Option<Kind>) -> Vec<FieldDef> {
    match kind {
        Some(kind) => Meta::fields().into_iter().chain(kind.fields()).collect(),
        None => Config::fields(),
    }
}

/// A place that can be edited.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Whose it is.
    pub(super) kind: Option<Kind>,
    /// How many steps lead to the entity.
    pub(super) root: usize,
    /// The way from the top of the file.
    pub(super) path: Vec<Step>,
    /// What it may hold.
    pub(super) shape: Shape,
    /// Whether it is one language of something.
    pub(super) is_lang: bool,
}

impl Place {
    /// The place of an entity, or of the settings.
    pub(super) fn entity(kind: Option<Kind>, path: Vec<Step>) -> Place {
        Place { kind, root: path.len(), path, shape: Shape::Record(fields_of(kind)), is_lang: false }
    }

    /// Goes to what stands behind a key.
    pub(super) fn field(&self, key: &str) -> Option<Place> {
        let shape = key_of(&self.shape, key, self.path.get(self.root))?;
        let path = self.path.iter().cloned().chain([Step::Key(key.to_owned())]).collect();
        let is_lang = matches!(self.shape, Shape::Text | Shape::Words);
        Some(Place { kind: self.kind, root: self.root, path, shape, is_lang })
    }

    /// Goes to a row, from 0. A row that stands without brackets is the list itself.
    pub(super) fn row(&self, row: usize, rows: Rows) -> Option<Place> {
        let Shape::List(inner) = &self.shape else { return None };
        let step = (rows != Rows::Single).then_some(Step::Row(row));
        let path = self.path.iter().cloned().chain(step).collect();
        Some(Place { kind: self.kind, root: self.root, path, shape: (**inner).clone(), is_lang: false })
    }

    /// Whether it is a list of rows.
    pub(super) fn is_rows(&self) -> bool {
        matches!(&self.shape, Shape::List(inner) if matches!(**inner, Shape::Record(_)))
    }

    /// Goes where the parts of an address lead.
    pub(super) fn walk(&self, layout: &Layout<'_>, parts: &[String]) -> Result<Place, Refused> {
        let mut place = self.clone();
        for part in parts {
            let next = match place.is_rows() {
                true => place.find_row(layout, part),
                false => place.field(part),
            };
            place = next.ok_or_else(|| unknown(part))?;
        }
        Ok(self.misspelt(layout, &place).unwrap_or(place))
    }

    /// A place as it stands in the file, where one key on the way to it is misspelt there: it is read as what
    /// was meant, so it is also edited as that.
    fn misspelt(&self, layout: &Layout<'_>, place: &Place) -> Option<Place> {
        if !layout.spot(&place.path).is_empty() {
            return None;
        }
        let mut at = self.clone();
        for (depth, step) in place.path.iter().enumerate().skip(self.path.len()) {
            let Step::Key(meant) = step else { return None };
            for key in at.meant(layout, meant) {
                let mut path = place.path.clone();
                path[depth] = Step::Key(key);
                if !layout.spot(&path).is_empty() {
                    return Some(Place { path, ..place.clone() });
                }
            }
            at = at.field(meant)?;
        }
        None
    }

    /// The keys of a table that are no fields of it, but near to this one.
    fn meant(&self, layout: &Layout<'_>, meant: &str) -> Vec<String> {
        let Shape::Record(fields) = &self.shape else { return Vec::new() };
        let known = || fields.iter().map(|field| field.key);
        let mut keys = layout.keys_below(&self.path);
        keys.retain(|key| known().all(|own| own != key) && nearest(key, known()) == Some(meant));
        keys
    }

    /// The row with an id, or with a number from 1.
    pub(super) fn find_row(&self, layout: &Layout<'_>, name: &str) -> Option<Place> {
        let rows = layout.rows(&self.path);
        let count = self.count(layout);
        let named = (0..count).find(|row| {
            let id = self.row(*row, rows).and_then(|row| row.field("id"));
            id.is_some_and(|id| layout.json(&id.path).as_str() == Some(name))
        });
        let numbered = || name.parse::<usize>().ok()?.checked_sub(1).filter(|row| *row < count);
        self.row(named.or_else(numbered)?, rows)
    }

    /// How many rows a list has.
    pub(super) fn count(&self, layout: &Layout<'_>) -> usize {
        match layout.rows(&self.path) {
            Rows::None => 0,
            Rows::Single => 1,
            Rows::Headers(count) | Rows::Items(count) => count,
        }
    }

    /// The place of each key on the way behind some steps, in the order of declaration: what a new key is
    /// put in order by.
    pub(super) fn ranks(&self, depth: usize, keys: &[String]) -> Option<Vec<usize>> {
        let mut at = Place::entity(self.kind, self.path.get(..self.root)?.to_vec());
        for step in self.path.get(self.root..depth)? {
            at = match step {
                Step::Key(key) => at.field(key)?,
                Step::Row(row) => at.row(*row, Rows::Headers(0))?,
            };
            let next = self.path.get(at.path.len());
            at = at.unlisted(next);
        }
        keys.iter().map(|key| at.rank_and_go(key)).collect()
    }

    /// The row itself where a list is written without brackets and the way goes on with a key.
    fn unlisted(self, next: Option<&Step>) -> Place {
        match (&self.shape, next) {
            (Shape::List(inner), Some(Step::Key(_)) | None) if matches!(**inner, Shape::Record(_)) => {
                Place { shape: (**inner).clone(), ..self }
            }
            _ => self,
        }
    }

    fn rank_and_go(&mut self, key: &str) -> Option<usize> {
        let rank = match &self.shape {
            Shape::Record(fields) => fields.iter().position(|field| field.key == key)?,
            _ => 0,
        };
        *self = self.field(key)?.unlisted(None);
        Some(rank)
    }
}

/// What a field may hold. The id of a row is an id, though it is read as any text.
pub(super) fn shape_of(field: &FieldDef) -> Shape {
    if field.key == "id" { Shape::Row } else { field.shape.clone() }
}

/// What stands behind a key of something; `under` is the first step below the entity.
fn key_of(shape: &Shape, key: &str, under: Option<&Step>) -> Option<Shape> {
    match shape {
        Shape::Record(fields) => fields.iter().find(|field| field.key == key).map(shape_of),
        Shape::Text => Lang::parse(key).map(|_| Shape::Plain),
        Shape::Words => Lang::parse(key).map(|_| Shape::List(Box::new(Shape::Plain))),
        // Weights of checks: the one field whose keys are not declared.
        Shape::Plain if under == Some(&Step::Key("severity".to_owned())) => {
            Some(Shape::Choice(Weight::WORDS))
        }
        _ => None,
    }
}

/// There is no such place.
pub(super) fn unknown(at: &str) -> Refused {
    Refused::of(Diagnostic::of(UNKNOWN_PLACE).with("at", at))
}
