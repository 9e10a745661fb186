//! Numbers, spans of numbers, and references to rows of the same entity.

use std::collections::BTreeMap;

use crate::base::diag::Diagnostic;
use crate::base::source::Span;
use crate::model::field::{Field, Item, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::record::Row;
use crate::model::{self, words};
use crate::syntax::slug::Slug;
use crate::syntax::toml::{Data, Value};

/// A number, whole or not.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Number {
    /// The number; never infinite.
    pub value: f64,
    /// Where it stands.
    pub span: Span,
}

impl Field for Number {
    fn shape() -> Shape {
        Shape::Number
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        Self::read_any(value, cx).unwrap_or_default()
    }

    fn read_any(value: &Value, cx: &mut ReadCx<'_>) -> Option<Self> {
        let number = match value.data {
            Data::Integer(number) => exact(number),
            Data::Float(number) => Some(number).filter(|number| number.is_finite()),
            _ => None,
        };
        if number.is_none() {
            cx.wrong_type(value, "number");
        }
        number.map(|number| Number { value: number, span: value.span })
    }

    fn held(&self) -> Held<'_> {
        Held::Number(self.value)
    }
}

/// A whole number as one that may have decimals, where every whole number up to it can be told from the next.
fn exact(number: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "nothing is lost up to 2^53")]
    let exact = number as f64;
    (number.unsigned_abs() <= 1 << 53).then_some(exact)
}

/// Whole numbers from one to another, both included: `[18, 29]`, or `[65]` for 65 and above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub from: u32,
    /// The last; none where there is no end.
    pub to: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

impl Range {
    /// Whether a number lies in it.
    pub fn holds(&self, number: u32) -> bool {
        self.from <= number && self.to.is_none_or(|to| number <= to)
    }

    /// Whether two share a number.
    pub fn overlaps(&self, other: &Range) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

impl Field for Range {
    fn shape() -> Shape {
        Shape::Range
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        Self::read_any(value, cx).unwrap_or_default()
    }

    fn read_any(value: &Value, cx: &mut ReadCx<'_>) -> Option<Self> {
        let numbers: Vec<Option<u32>> = match &value.data {
            Data::Array(values) => values.iter().map(whole).collect(),
            _ => vec![whole(value)],
        };
        let range = match numbers[..] {
            [Some(from)] => Some(Range { from, to: None, span: value.span }),
            [Some(from), Some(to)] if from <= to => Some(Range { from, to: Some(to), span: value.span }),
            _ => None,
        };
        if range.is_none() {
            let finding = Diagnostic::at(model::WRONG_TYPE, value.span);
            cx.push(finding.with("expected", words::noun("range")));
        }
        range
    }

    fn held(&self) -> Held<'_> {
        Held::Range(*self)
    }
}

fn whole(value: &Value) -> Option<u32> {
    match value.data {
        Data::Integer(number) => u32::try_from(number).ok(),
        _ => None,
    }
}

/// The id of another row of the same entity: a step, a question, an outcome. Whether there is one is told
/// by the checks of the kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowId {
    /// The id, where it could be read.
    pub id: Option<Slug>,
    /// Where it stands.
    pub span: Span,
}

impl Field for RowId {
    fn shape() -> Shape {
        Shape::Row
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Text(text) = &value.data else {
            cx.wrong_type(value, "id");
            return RowId::default();
        };
        let id = Slug::new(text);
        if id.is_none() {
            let near = Slug::from_words(text);
            let near = near.as_ref().map(Slug::as_str);
            cx.push(Diagnostic::at(model::BAD_ID, value.span).with("id", &**text).near_value(near));
        }
        RowId { id, span: value.span }
    }

    fn held(&self) -> Held<'_> {
        self.id.as_ref().map_or(Held::Nothing, |id| Held::plain(id.as_str()))
    }
}

/// The places of rows by their ids, of rows with one id that of the first.
pub struct Places<'r>(BTreeMap<&'r Slug, usize>);

impl<'r> Places<'r> {
    /// The places of rows in their order.
    pub fn of(rows: impl Iterator<Item = &'r Row>) -> Self {
        let mut places = BTreeMap::new();
        for (at, row) in rows.enumerate() {
            row.id.iter().for_each(|id| {
                places.entry(id).or_insert(at);
            });
        }
        Places(places)
    }

    /// The place of the row that is named.
    pub fn at(&self, row: &RowId) -> Option<usize> {
        row.id.as_ref().and_then(|id| self.0.get(id)).copied()
    }
}

impl Item for RowId {
    fn is_nothing(&self) -> bool {
        self.id.is_none()
    }
}
