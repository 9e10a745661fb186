//! Markup that is known to be safe. The only place that turns text into markup.

use std::fmt::{self, Write};

use serde::{Serialize, Serializer};

use super::hyphen::soften_markup;
use super::lang::Lang;

/// Markup in which everything that came from an author has been escaped.
///
/// Made only by [`escape`] and by [`Writer`], so that holding one is the proof. Templates get it as a
/// value that says so itself: what they put out is escaped unless it comes from here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no markup at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with places where its long words may be broken.
    pub fn soft(&self, lang: Lang) -> Html {
        Html(soften_markup(&self.0, lang).into_owned())
    }

    /// Takes markup that this crate generated, such as a drawing: its maker vouches for the escaping.
    pub fn vouched(markup: String) -> Html {
        Html(markup)
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// Escapes text for element content and for quoted attribute values.
pub fn escape(text: &str) -> Html {
    let mut out = Writer::default();
    out.text(text);
    out.finish()
}

/// Which bytes are written in another way.
static ESCAPED: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0);
    while byte < table.len() {
        table[byte] = escaped(byte as u8).is_some();
        byte += 1;
    }
    table
};

const fn escaped(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        // C0 controls are not allowed in HTML documents.
        0..=8 | 0xb | 0xc | 0xe..=0x1f => Some("\u{fffd}"),
        _ => None,
    }
}

/// Builds markup: tags are literals of the code, everything else goes through escaping.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// One with room for so many bytes.
    pub fn with_room(bytes: usize) -> Writer {
        Writer(String::with_capacity(bytes))
    }

    /// Writes markup that stands literally in the code.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Writes finished markup.
    pub fn html(&mut self, html: &Html) -> &mut Self {
        self.0.push_str(&html.0);
        self
    }

    /// Writes text, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        // All of these are single bytes, so a slice never cuts a character.
        while let Some(at) = rest.bytes().position(|byte| ESCAPED[usize::from(byte)]) {
            self.0.push_str(&rest[..at]);
            self.0.push_str(escaped(rest.as_bytes()[at]).unwrap_or_default());
            rest = &rest[at + 1..];
        }
        self.0.push_str(rest);
        self
    }

    /// Writes ` name="value"`.
    pub fn attr(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// Writes a number.
    pub fn number(&mut self, value: impl Into<u64>) -> &mut Self {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{}", value.into());
        self
    }

    /// The finished markup.
    pub fn finish(self) -> Html {
        Html(self.0)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("<b a='\"'>&\u{0}").as_str(), "&lt;b a=&#39;&quot;&#39;&gt;&amp;\u{fffd}");
        let mut out = Writer::default();
        out.raw("<a").attr("href", "x\" onclick=\"y").raw(">");
        assert_eq!(out.finish().as_str(), "<a href=\"x&quot; onclick=&quot;y\">");
    }
}
