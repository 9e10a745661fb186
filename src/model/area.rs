//! An area: the postal codes in which somebody works.

use crate::base::source::Span;
use crate::model::field::{Field, Item, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::table::Ref;
use crate::record;
use crate::syntax::toml::{Data, Value};

record! {
    /// An area.
    pub struct Area {
        /// Its postal codes.
        postal_codes: Vec<PostalCodes>,
        /// The larger area it is a part of.
        within: Option<Ref<Area>>,
    }
}

/// A postal code, or a span of them as written: `"70200"`, `"70100-70150"`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostalCodes {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl PostalCodes {
    /// The first and the last code; `None` where these are no Finnish postal codes (five digits).
    pub fn ends(&self) -> Option<(u32, u32)> {
        let (first, last) = self.text.split_once(['-', '–']).unwrap_or((&self.text, &self.text));
        let (first, last) = (code(first)?, code(last)?);
        (first <= last).then_some((first, last))
    }
}

fn code(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl Field for PostalCodes {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        match &value.data {
            Data::Text(text) => PostalCodes { text: text.trim().to_owned(), span: value.span },
            _ => {
                cx.wrong_type(value, "plain");
                PostalCodes::default()
            }
        }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.text)
    }
}

impl Item for PostalCodes {
    fn is_nothing(&self) -> bool {
        self.text.is_empty()
    }
}
