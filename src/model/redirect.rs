//! What readers find where something was published that is no more: `[[redirect]]` in `site.toml`.

use crate::base::source::Span;
use crate::model::field::{Field, Item, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::mention::Mention;
use crate::model::text::Text;
use crate::row;
use crate::syntax::toml::{Data, Value};

row! {
    /// Where readers of an old address are led, or what they are told.
    pub struct Redirect {
        /// What was there: an entity (`"role:x"`), or an address (`"fi/roolit/x.html"`).
        from: Origin = required,
        /// What stands for it now.
        to: Option<Mention>,
        /// Where nothing stands for it: why it is gone, told on its page.
        gone: Text,
    }
}

/// What was published once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origin {
    /// As written.
    pub text: String,
    /// The entity, where it is one.
    pub entity: Option<Mention>,
    /// Where it stands.
    pub span: Span,
}

impl Field for Origin {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Text(text) = &value.data else {
            cx.wrong_type(value, "text");
            return Origin::default();
        };
        // An address has folders or an ending; an id has neither.
        let entity = (!text.contains(['/', '.'])).then(|| Mention::read(value, cx));
        Origin { text: text.trim_matches('/').to_owned(), entity, span: value.span }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.text)
    }
}

impl Item for Origin {
    fn is_nothing(&self) -> bool {
        self.text.is_empty()
    }
}
