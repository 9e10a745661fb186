//! A form: where it is found. What is written on it about clients never comes into the handbook.

use crate::base::source::{SourcePath, Span};
use crate::model::field::{Field, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::law::LawRef;
use crate::model::text::Text;
use crate::record;
use crate::syntax::toml::Value;

record! {
    /// A form.
    pub struct Form {
        /// The file, below `content/`.
        file: Option<Attachment>,
        /// Its address elsewhere.
        link: Option<String>,
        /// Where it is found, where neither a file nor an address can be given.
        place: Text,
        /// The law it rests on.
        law: Vec<LawRef>,
    }
}

/// A file below `content/` that is given out as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attachment {
    /// Its path below `content/`, as written.
    pub path: String,
    /// Where that stands.
    pub span: Span,
}

impl Attachment {
    /// The path from the root of the handbook.
    pub fn source(&self) -> Option<SourcePath> {
        SourcePath::new(&format!("content/{}", self.path))
    }
}

impl Field for Attachment {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        Attachment { path: String::read(value, cx), span: value.span }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.path)
    }
}
