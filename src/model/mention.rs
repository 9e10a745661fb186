//! A reference to anything: `"vireilletulo"`, or `"phase:vireilletulo"` where several kinds have the id.

use crate::base::diag::Diagnostic;
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::model;
use crate::model::book::Handbook;
use crate::model::field::{Field, Item, ReadCx, Shape, Visitor};
use crate::model::kind::Kind;
use crate::model::table::{AnyRef, Key};
use crate::model::text::At;
use crate::syntax::slug::Slug;
use crate::syntax::toml::{Data, Value};

/// A reference to an entity of any kind, that may lead nowhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mention {
    /// The kind, where it is given.
    pub kind: Option<Kind>,
    /// The id, where it could be read.
    pub id: Option<Slug>,
    /// Where it stands.
    pub span: Span,
}

impl Mention {
    /// What it points at, the first of the kinds that has the id.
    pub fn target(&self, book: &Handbook) -> Option<Key> {
        book.found(self.any()?)
    }

    /// The reference as any other.
    pub fn any(&self) -> Option<AnyRef<'_>> {
        let id = self.id.as_ref()?;
        Some(AnyRef { kinds: self.kinds(), built_in: &[], id, span: self.span })
    }

    /// The kinds that may be meant.
    pub fn kinds(&self) -> &'static [Kind] {
        let one = |kind: Kind| Kind::ALL.iter().position(|own| *own == kind).map(|at| &Kind::ALL[at..=at]);
        self.kind.and_then(one).unwrap_or(Kind::ALL)
    }
}

impl Field for Mention {
    fn shape() -> Shape {
        Shape::Ref(Kind::ALL)
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Text(text) = &value.data else {
            cx.wrong_type(value, "id");
            return Mention::default();
        };
        let (kind, id) = match text.split_once(':') {
            Some((word, id)) => (kind(word, id, value, cx), id),
            None => (None, &**text),
        };
        let read = Slug::compound(id);
        if read.is_none() {
            let near = Slug::from_words(id);
            let near = near.as_ref().map(Slug::as_str);
            cx.push(Diagnostic::at(model::BAD_ID, value.span).with("id", &**text).near_value(near));
        }
        Mention { kind, id: read, span: value.span }
    }

    fn visit<'a>(&'a self, at: &At<'_>, visitor: &mut dyn Visitor<'a>) {
        if let Some(reference) = self.any() {
            visitor.reference(at, reference);
        }
    }

    fn held(&self) -> crate::model::held::Held<'_> {
        use crate::model::held::Held;
        self.any().map_or(Held::Nothing, Held::Reference)
    }
}

/// The kind before the colon; one that does not exist is told with the nearest that does.
fn kind(word: &str, id: &str, value: &Value, cx: &mut ReadCx<'_>) -> Option<Kind> {
    let kind = Kind::parse(word);
    if kind.is_none() {
        let near = nearest(word, Kind::ALL.iter().map(|kind| kind.as_str()));
        let near = near.map(|near| format!("{near}:{id}"));
        let finding = Diagnostic::at(model::MENTIONED_KIND, value.span).with("kind", word).with("id", id);
        cx.push(finding.near_value(near.as_deref()));
    }
    kind
}

impl Item for Mention {
    fn is_nothing(&self) -> bool {
        self.id.is_none()
    }
}
