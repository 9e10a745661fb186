//! Words of the settings that are the same in every language, with their place.

use crate::base::colour::Colour;
use crate::base::diag::Diagnostic;
use crate::base::source::Span;
use crate::model;
use crate::model::field::{Field, ReadCx, Shape};
use crate::model::held::Held;
use crate::model::words;
use crate::syntax::toml::Value;

/// Words and where they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placed {
    /// The words.
    pub words: String,
    /// Where they stand.
    pub span: Span,
}

impl Field for Placed {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        Placed { words: String::read(value, cx), span: value.span }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.words)
    }
}

/// A colour and where it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tint {
    /// The colour; none where it cannot be read, which has been told.
    pub colour: Option<Colour>,
    /// Where it stands.
    pub span: Span,
    words: String,
}

impl Field for Tint {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let words = String::read(value, cx).to_lowercase();
        let colour = Colour::parse(&words);
        if colour.is_none() && !words.is_empty() {
            let meant = Colour::meant(&words).map(|meant| meant.to_string());
            let finding = Diagnostic::at(model::WRONG_TYPE, value.span);
            cx.push(finding.with("expected", words::noun("colour")).near_value(meant.as_deref()));
        }
        Tint { colour, span: value.span, words }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.words)
    }
}

/// Whether words are a mail address: one `@` between parts that need no encoding (RFC 5322, without quoting).
pub fn is_mail(words: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "!#$&'*+-/=^_`{|}~.".contains(c);
    let part = |part: &str| part.split('.').all(|part| !part.is_empty());
    match words.split_once('@') {
        Some((name, host)) => {
            part(name) && part(host) && host.contains('.') && (name.chars().chain(host.chars())).all(fits)
        }
        None => false,
    }
}

/// Whether words are the address of a page that a reader can safely be led to.
pub fn is_web(words: &str) -> bool {
    let host =
        words.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| !host.is_empty())
        && !words.contains(|c: char| c.is_whitespace() || "\"<>\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_are_told_from_others() {
        assert!(["a@b.fi", "matti.meikäläinen+x@alue.example"].into_iter().all(is_mail));
        let bad = [
            "",
            "a@b",
            "@b.fi",
            "a@",
            "a b@c.fi",
            "a@b@c.fi",
            "a@b.fi?cc=x@y.fi",
            "<a@b.fi>",
            "a.@b.fi",
            "a@b..fi",
        ];
        assert!(!bad.into_iter().any(is_mail));
    }

    #[test]
    fn only_whole_and_safe_addresses_are_led_to() {
        assert!(["https://a.example", "https://a.example/x?y=ä"].into_iter().all(is_web));
        let bad = ["http://a.example", "https://", "https:///x", "a.example", "javascript:x", "https://a b"];
        assert!(!bad.into_iter().any(is_web));
    }
}
