//! Declaring what is written: one table of fields gives the struct, the reader, the visitor and the
//! description from which schema, form and reference come.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::base::diag::Diagnostic;
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::model;
use crate::model::field::{Field, ReadCx, Shape, Visitor};
use crate::model::held::{Fields, Held};
use crate::model::text::At;
use crate::syntax::slug::Slug;
use crate::syntax::toml::{Data, Table, Value};

/// A field as declared.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDef {
    /// The key in the file.
    pub key: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be given.
    pub need: Need,
    /// Whether it holds something also where nothing is given: a choice with a default, yes or no.
    pub filled: bool,
}

/// Whether a field must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A handbook without it is not complete.
    Required,
    /// It may be left out.
    Optional,
}

/// A table of fields.
pub trait Record: Default {
    /// The keys, for "unknown key" and its suggestion.
    const KEYS: &'static [&'static str];
    /// The fields as declared.
    fn fields() -> Vec<FieldDef>;
    /// Reads the fields.
    fn read_keys(keys: &Keys<'_>, cx: &mut ReadCx<'_>) -> Self;
    /// Shows what the fields hold to a visitor.
    fn visit_fields<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>);
    /// What the fields hold, as declared.
    fn held_fields(&self) -> Fields<'_>;
}

/// The keys of a table as they are to be read: misspelt ones are reported once and then read as what
/// was meant, so that one mistake gives one finding.
pub struct Keys<'t> {
    table: &'t Table,
    /// Where a missing key is told.
    pub span: Span,
    meant: BTreeMap<&'static str, Cow<'t, Value>>,
}

impl<'t> Keys<'t> {
    /// Takes a table, reports its unknown keys and remembers what they were meant to be.
    pub fn new(table: &'t Table, span: Span, known: &[&'static str], cx: &mut ReadCx<'_>) -> Keys<'t> {
        let mut meant = BTreeMap::new();
        for (key, value) in table.iter().filter(|(key, _)| !known.contains(&&*key.name)) {
            let near = nearest(&key.name, known.iter().copied());
            let near = near.and_then(|near| known.iter().find(|key| **key == near).copied());
            if let Some(near) = near {
                let read = table.get(near).map_or(Cow::Borrowed(value), |own| joined(own, value));
                meant.entry(near).or_insert(read);
            }
            let finding = Diagnostic::at(model::UNKNOWN_KEY, key.span).with("keys", known.join(", "));
            cx.at(&key.name).push(finding.near(near));
        }
        Keys { table, span, meant }
    }

    /// Reads one field.
    pub fn field<F: Field>(&self, key: &'static str, need: Need, cx: &mut ReadCx<'_>) -> F {
        match self.meant.get(key).map(Cow::as_ref).or_else(|| self.table.get(key)) {
            Some(value) => F::read(value, &mut cx.at(key)),
            None => {
                if need == Need::Required {
                    cx.at(key).push(Diagnostic::at(model::MISSING_KEY, self.span));
                }
                F::default()
            }
        }
    }
}

/// A text of which one language stands under the right key and another under a misspelt one, put
/// together again; anything else as it stands under the right key.
fn joined<'t>(own: &'t Value, misspelt: &Value) -> Cow<'t, Value> {
    match (&own.data, &misspelt.data) {
        (Data::Table(table), Data::Table(other)) => {
            Cow::Owned(Value { data: Data::Table(table.with(other)), span: own.span })
        }
        _ => Cow::Borrowed(own),
    }
}

/// What every row of a list has: its id and its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The id; without one the row goes by its number.
    pub id: Option<Slug>,
    /// Where the row stands.
    pub span: Span,
}

impl Row {
    /// Reads the id of a row.
    pub fn read(value: &Value, cx: &mut ReadCx<'_>) -> Row {
        let none = Row { id: None, span: value.span };
        let Data::Table(table) = &value.data else { return none };
        let Some((key, id)) = table.entry("id") else { return none };
        let Data::Text(text) = &id.data else {
            cx.at(&key.name).wrong_type(id, "id");
            return none;
        };
        let slug = Slug::new(text);
        if slug.is_none() {
            let near = Slug::from_words(text);
            let near = near.as_ref().map(Slug::as_str);
            cx.at(&key.name)
                .push(Diagnostic::at(model::BAD_ID, id.span).with("id", &**text).near_value(near));
        }
        Row { id: slug, span: value.span }
    }

    /// The part of a text's address that names this row.
    pub fn name(&self, position: usize) -> Cow<'_, str> {
        match &self.id {
            Some(id) => Cow::Borrowed(id.as_str()),
            None => Cow::Owned((position + 1).to_string()),
        }
    }
}

/// Declares a table of fields:
/// `record! { /// What it is. pub struct Role { /// … qualifications: Vec<Ref<Qualification>>, } }`.
/// A field is optional unless `= required` stands behind its type.
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty $(= $need:ident)?,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::model::record::Record for $name {
            const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn fields() -> Vec<$crate::model::record::FieldDef> {
                vec![$($crate::model::record::FieldDef {
                    key: stringify!($field),
                    shape: <$type as $crate::model::field::Field>::shape(),
                    need: $crate::record!(@need $($need)?),
                    filled: !$crate::model::field::Field::held(&<$type as Default>::default()).is_nothing(),
                }),*]
            }

            fn read_keys(
                keys: &$crate::model::record::Keys<'_>,
                cx: &mut $crate::model::field::ReadCx<'_>,
            ) -> Self {
                let _ = (keys, &cx);
                Self { $($field: keys.field(stringify!($field), $crate::record!(@need $($need)?), cx)),* }
            }

            fn visit_fields<'a>(
                &'a self,
                at: &$crate::model::text::At<'_>,
                visitor: &mut dyn $crate::model::field::Visitor<'a>,
            ) {
                let _ = (at, &visitor);
                $($crate::model::field::Field::visit(&self.$field, &at.field(stringify!($field)), visitor);)*
            }

            fn held_fields(&self) -> $crate::model::held::Fields<'_> {
                vec![$((stringify!($field), $crate::model::field::Field::held(&self.$field))),*]
            }
        }
    };
    (@need required) => { $crate::model::record::Need::Required };
    (@need) => { $crate::model::record::Need::Optional };
}

/// Declares a table that stands inside an entity: as `[kind.id.key]`, or as rows `[[kind.id.key]]`.
#[macro_export]
macro_rules! row {
    ($(#[$doc:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        $crate::record! {
            $(#[$doc])*
            pub struct $name {
                /// The id of the row and its place.
                id: $crate::model::record::Row,
                $($fields)*
            }
        }

        impl $crate::model::field::Field for $name {
            fn shape() -> $crate::model::field::Shape {
                $crate::model::field::Shape::Record(<$name as $crate::model::record::Record>::fields())
            }

            fn read(
                value: &$crate::syntax::toml::Value,
                cx: &mut $crate::model::field::ReadCx<'_>,
            ) -> Self {
                use $crate::model::record::Record;
                let Some(keys) = $crate::model::field::table::<Self>(value, cx) else {
                    return Self::default();
                };
                let row = $crate::model::record::Row::read(value, cx);
                Self { id: row, ..Self::read_keys(&keys, cx) }
            }

            fn visit<'a>(
                &'a self,
                at: &$crate::model::text::At<'_>,
                visitor: &mut dyn $crate::model::field::Visitor<'a>,
            ) {
                $crate::model::record::Record::visit_fields(self, at, visitor);
            }

            fn held(&self) -> $crate::model::held::Held<'_> {
                $crate::model::held::Held::Record($crate::model::record::Record::held_fields(self))
            }
        }

        impl $crate::model::field::Item for $name {
            fn is_nothing(&self) -> bool {
                *self == Self::default()
            }

            fn row(&self) -> Option<&$crate::model::record::Row> {
                Some(&self.id)
            }
        }
    };
}

impl Field for Row {
    fn shape() -> Shape {
        Shape::Plain
    }

    /// The row's own reader takes the id, because it needs the place of the whole row.
    fn read(_value: &Value, _cx: &mut ReadCx<'_>) -> Self {
        Row::default()
    }

    fn held(&self) -> Held<'_> {
        self.id.as_ref().map_or(Held::Nothing, |id| Held::plain(id.as_str()))
    }
}
