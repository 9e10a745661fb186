//! A checklist: what has to be seen to, to be ticked off on paper or on the screen.

use crate::base::source::Span;
use crate::model::field::{Field, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::mention::Mention;
use crate::model::meta::TextRow;
use crate::model::text::Text;
use crate::syntax::toml::Value;
use crate::{record, row};

record! {
    /// A checklist.
    pub struct Checklist {
        /// What has to be seen to.
        item: Vec<CheckItem>,
    }
}

row! {
    /// Something that has to be seen to.
    pub struct CheckItem {
        /// What.
        text: Text = required,
        /// What is meant by it.
        note: Text,
        /// The heading it stands under, where not that of the item before.
        group: Text,
        /// The check of polku whose state it shows.
        check: Option<CheckId>,
        /// What says more about it.
        see: Vec<Mention>,
        /// What it is made of.
        sub: Vec<TextRow>,
    }
}

/// The name of a check of polku. Which there are is known to the checks alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckId {
    /// The name.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}

impl Field for CheckId {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        CheckId { id: String::read(value, cx), span: value.span }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.id)
    }
}
