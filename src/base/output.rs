//! What a site is made of: addresses and the bytes behind them.

use std::fmt;
use std::sync::Arc;

use crate::base::lang::Lang;

/// Where a page or file stands in the published site: relative, `/` between parts, ends in a file name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// Takes a path such as `fi/roolit/sosiaaliohjaaja.html`; `None` where a part is empty, `.` or `..`.
    pub fn new(path: &str) -> Option<UrlPath> {
        let part_fits = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
        path.split('/').all(part_fits).then(|| UrlPath(path.into()))
    }

    /// The path as text, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The reference from the root of the site, percent-encoded (RFC 3986).
    pub fn encoded(&self) -> String {
        let mut href = String::with_capacity(self.0.len());
        encode(&self.0, |byte| byte == b'/', &mut href);
        href
    }

    /// Takes a percent-encoded reference from the root of the site.
    pub fn decoded(href: &str) -> Option<UrlPath> {
        let mut bytes = Vec::with_capacity(href.len());
        let mut rest = href.bytes();
        while let Some(byte) = rest.next() {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.push(match byte {
                b'%' => digit(rest.next()?)? * 16 + digit(rest.next()?)?,
                byte => byte,
            });
        }
        UrlPath::new(&String::from_utf8(bytes).ok()?)
    }

    /// The language that the first folder names.
    pub fn lang(&self) -> Option<Lang> {
        Lang::parse(self.0.split_once('/')?.0)
    }

    /// The relative reference from this page to another, percent-encoded (RFC 3986), for an `href`.
    pub fn to(&self, other: &UrlPath) -> String {
        // The folders both have in common end at the last slash of what both begin with.
        let alike = self.0.bytes().zip(other.0.bytes()).take_while(|(own, there)| own == there).count();
        let shared = self.0.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/');
        let shared = shared.map_or(0, |at| at + 1);
        let up = self.0.as_bytes()[shared..].iter().filter(|byte| **byte == b'/').count();
        let rest = &other.0[shared..];
        let mut href = String::with_capacity(up * UP.len() + rest.len());
        (0..up).for_each(|_| href.push_str(UP));
        encode(rest, |byte| byte == b'/', &mut href);
        href
    }
}

/// The way to the folder above.
const UP: &str = "../";

/// Percent-encodes what may not stand in a part of an address (RFC 3986); letters, digits and `-._~` stay.
pub fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    encode(part, |_| false, &mut out);
    out
}

/// The same for a text in which more may stand.
fn encode(text: &str, stays: impl Fn(u8) -> bool, out: &mut String) {
    use fmt::Write;
    let fits = |byte: u8| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~');
    let mut rest = text.as_bytes();
    let mut done = 0;
    while let Some(at) = rest.iter().position(|byte| !fits(*byte) && !stays(*byte)) {
        out.push_str(text.get(done..done + at).unwrap_or_default());
        // Writing to a String cannot fail.
        let _ = write!(out, "%{:02X}", rest[at]);
        rest = &rest[at + 1..];
        done += at + 1;
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

/// The address that opens a mail to somebody (RFC 6068).
pub fn mailto(address: &str) -> String {
    format!("mailto:{}", address.split('@').map(encoded).collect::<Vec<_>>().join("@"))
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kinds of files a site holds, as told to a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// An HTML page.
    Html,
    /// A style sheet.
    Css,
    /// A classic script.
    Js,
    /// A vector drawing.
    Svg,
    /// Plain text.
    Text,
    /// Tables, separated by semicolons.
    Csv,
    /// XML.
    Xml,
    /// JSON data.
    Json,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A WebP picture.
    Webp,
    /// A PDF document.
    Pdf,
    /// Anything else, offered as a download.
    Other,
}

impl Media {
    /// The kind that a file name's ending tells.
    pub fn of(path: &str) -> Media {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("html") => Media::Html,
            Some("css") => Media::Css,
            Some("js") => Media::Js,
            Some("svg") => Media::Svg,
            Some("txt") => Media::Text,
            Some("csv") => Media::Csv,
            Some("bpmn" | "xml") => Media::Xml,
            Some("json") => Media::Json,
            Some("png") => Media::Png,
            Some("jpg" | "jpeg") => Media::Jpeg,
            Some("webp") => Media::Webp,
            Some("pdf") => Media::Pdf,
            _ => Media::Other,
        }
    }

    /// The value of `Content-Type` (RFC 9110, section 8.3).
    pub fn content_type(self) -> &'static str {
        match self {
            Media::Html => "text/html; charset=utf-8",
            Media::Css => "text/css; charset=utf-8",
            Media::Js => "text/javascript; charset=utf-8",
            Media::Svg => "image/svg+xml",
            Media::Text => "text/plain; charset=utf-8",
            Media::Csv => "text/csv; charset=utf-8",
            Media::Xml => "application/xml",
            Media::Json => "application/json",
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
            Media::Webp => "image/webp",
            Media::Pdf => "application/pdf",
            Media::Other => "application/octet-stream",
        }
    }
}

/// One rendered file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_relative_and_encoded() {
        let from = UrlPath::new("fi/roolit/ohjaaja.html").unwrap();
        let href = |to: &str| from.to(&UrlPath::new(to).unwrap());
        assert_eq!(href("fi/roolit/muu.html"), "muu.html");
        assert_eq!(href("fi/roolit/ohjaaja.html"), "ohjaaja.html");
        assert_eq!(href("sv/roller/x.html"), "../../sv/roller/x.html");
        assert_eq!(href("index.html"), "../../index.html");
        assert_eq!(href("fi/lait/shl/36.html"), "../lait/shl/36.html");
        assert_eq!(href("media/kuva ä.png"), "../../media/kuva%20%C3%A4.png");
        let url = UrlPath::new("media/kuva ä%.png").unwrap();
        assert_eq!(UrlPath::decoded(&url.encoded()), Some(url));
    }

    #[test]
    fn paths_that_leave_the_site_are_refused() {
        for bad in ["", "/x", "a//b", "../x", "a/../b", "a\\b"] {
            assert_eq!(UrlPath::new(bad), None, "{bad}");
        }
    }
}
