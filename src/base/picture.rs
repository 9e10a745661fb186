//! Pictures by their bytes: of which sort one is, how large it is drawn, and whether a drawing holds more than a
//! drawing should.

/// The sorts of pictures that every browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A vector drawing.
    Svg,
    /// Points without loss.
    Png,
    /// A photograph.
    Jpeg,
    /// Either, smaller.
    Webp,
}

/// How large a picture is drawn, in points of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Sort {
    /// The sort that the bytes tell; none where they are no picture.
    pub fn of(bytes: &[u8]) -> Option<Sort> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Sort::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Sort::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Sort::Webp),
            _ => tags(std::str::from_utf8(bytes).ok()?)?.any(|tag| tag.is("svg")).then_some(Sort::Svg),
        }
    }

    /// Whether a file of this sort may be called so.
    pub fn fits(self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match self {
            Sort::Svg => ending.as_deref() == Some("svg"),
            Sort::Png => ending.as_deref() == Some("png"),
            Sort::Jpeg => matches!(ending.as_deref(), Some("jpg" | "jpeg")),
            Sort::Webp => ending.as_deref() == Some("webp"),
        }
    }

    /// How the name of a file of this sort ends, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Sort::Svg => "svg",
            Sort::Png => "png",
            Sort::Jpeg => "jpg",
            Sort::Webp => "webp",
        }
    }

    /// How large a picture of this sort is drawn, where it says so.
    pub fn size(self, bytes: &[u8]) -> Option<Size> {
        match self {
            Sort::Svg => drawn(std::str::from_utf8(bytes).ok()?),
            Sort::Png => Some(Size { width: big(bytes, 16, 4)?, height: big(bytes, 20, 4)? }),
            Sort::Jpeg => photographed(bytes),
            Sort::Webp => webp(bytes),
        }
    }
}

fn big(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    Some(bytes.get(at..at + count)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    Some(bytes.get(at..at + count)?.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// From the first frame header (ITU-T T.81, B.2.2).
fn photographed(bytes: &[u8]) -> Option<Size> {
    let mut at = 2;
    loop {
        let marker = big(bytes, at, 2)?;
        let is_frame = (0xffc0..=0xffcf).contains(&marker) && ![0xffc4, 0xffc8, 0xffcc].contains(&marker);
        if is_frame {
            return Some(Size { width: big(bytes, at + 7, 2)?, height: big(bytes, at + 5, 2)? });
        }
        at += 2 + usize::try_from(big(bytes, at + 2, 2)?).ok()?;
    }
}

/// From the first chunk (RFC 9649).
fn webp(bytes: &[u8]) -> Option<Size> {
    match bytes.get(12..16)? {
        b"VP8X" => Some(Size { width: little(bytes, 24, 3)? + 1, height: little(bytes, 27, 3)? + 1 }),
        b"VP8L" => {
            let both = little(bytes, 21, 4)?;
            Some(Size { width: (both & 0x3fff) + 1, height: (both >> 14 & 0x3fff) + 1 })
        }
        b"VP8 " => {
            Some(Size { width: little(bytes, 26, 2)? & 0x3fff, height: little(bytes, 28, 2)? & 0x3fff })
        }
        _ => None,
    }
}

/// From its width and height where they are in points, else from what it shows.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 1 and 10,000")]
fn drawn(text: &str) -> Option<Size> {
    let svg = tags(text)?.find(|tag| tag.is("svg"))?;
    let points = |name: &str| svg.value(name)?.trim().trim_end_matches("px").parse::<f64>().ok();
    let view = || {
        let numbers = svg.value("viewbox")?.split([' ', ',']).filter(|part| !part.is_empty());
        let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
        Some((*numbers.get(2)?, *numbers.get(3)?))
    };
    let (width, height) = points("width").zip(points("height")).or_else(view)?;
    let whole = |length: f64| length.is_finite().then(|| length.round().clamp(1.0, 10_000.0) as u32);
    Some(Size { width: whole(width)?, height: whole(height)? })
}

/// What a drawing holds that reaches out of it or runs: the name of the first such thing.
pub fn beyond_drawing(text: &str) -> Option<String> {
    let small = text.to_ascii_lowercase();
    if let Some(word) =
        ["<!entity", "<!attlist", "<?xml-stylesheet", "@import"].into_iter().find(|word| small.contains(word))
    {
        return Some(word.to_owned());
    }
    let mut addresses = small.split("url(").skip(1).map(|rest| rest.trim_start_matches([' ', '"', '\'']));
    if addresses.any(|address| !address.starts_with('#')) {
        return Some("url(…)".to_owned());
    }
    // In styles an address may be written in signs that only the browser reads as letters.
    let styles = ["<style", ":style"].into_iter().filter_map(|tag| small.find(tag)).min();
    if let Some(veil) = styles.and_then(|at| veil(&small[at..])) {
        return Some(format!("<style>…{veil}…"));
    }
    tags(text)?.find_map(|tag| tag.beyond())
}

/// What stands for other signs in a style (CSS Syntax 3, 4.3.7) or in XML.
fn veil(style: &str) -> Option<&'static str> {
    ["\\", "&#"].into_iter().find(|veil| style.contains(veil))
}

/// An opening tag: its name and what is written in it, both without the prefixes of namespaces.
struct Tag<'t> {
    name: &'t str,
    values: Vec<(String, &'t str)>,
}

/// Elements that run, hold other documents or change what others are.
const ACTIVE: [&str; 12] = [
    "script",
    "foreignobject",
    "iframe",
    "embed",
    "object",
    "audio",
    "video",
    "handler",
    "listener",
    "set",
    "animate",
    "a",
];

/// What is written in a tag and can hold an address of a style.
const STYLES: [&str; 11] = [
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
];

impl Tag<'_> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(own, _)| own == name).map(|(_, value)| *value)
    }

    fn beyond(&self) -> Option<String> {
        if ACTIVE.iter().any(|name| self.is(name)) {
            return Some(format!("<{}>", self.name));
        }
        let mut styles = self.values.iter().filter(|(name, _)| STYLES.contains(&name.as_str()));
        if let Some((name, veil)) = styles.find_map(|(name, value)| Some((name, veil(value)?))) {
            return Some(format!("{name}=\"…{veil}…\""));
        }
        let within = |value: &str| {
            let value = value.trim_start();
            value.starts_with('#')
                || value.starts_with("data:image/png")
                || value.starts_with("data:image/jpeg")
        };
        let (name, _) = self.values.iter().find(|(name, value)| {
            name.starts_with("on") || (matches!(name.as_str(), "href" | "src") && !within(value))
        })?;
        Some(format!("{name}=\"…\""))
    }
}

/// The opening tags of a text; none where its quotation marks or brackets do not close.
fn tags(text: &str) -> Option<impl Iterator<Item = Tag<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let skip = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>"), ("!", ">"), ("/", ">")];
        if let Some((_, end)) = skip.into_iter().find(|(start, _)| rest.starts_with(start)) {
            rest = &rest[rest.find(end)? + end.len()..];
            continue;
        }
        let (tag, after) = tag(rest)?;
        found.push(tag);
        rest = after;
    }
    Some(found.into_iter())
}

/// A tag behind its `<`, and what follows its `>`.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let mut tag = Tag { name: local(&text[..end]), values: Vec::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((tag, after));
        }
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        tag.values.push((local(name.trim()).to_ascii_lowercase(), value));
        rest = after;
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "<?xml version=\"1.0\"?><!-- <script> --><svg xmlns=\"http://www.w3.org/2000/svg\" file='C:\\\\x' \
         viewBox=\"0 0 120 40\"><defs><path id='a' d=\"M0 0\"/></defs><use href=\"#a\" fill='url(#a)'/></svg>";

    #[test]
    fn a_plain_drawing_is_let_through() {
        assert_eq!(Sort::of(GOOD.as_bytes()), Some(Sort::Svg));
        assert_eq!(Sort::Svg.size(GOOD.as_bytes()), Some(Size { width: 120, height: 40 }));
        assert_eq!(beyond_drawing(GOOD), None);
    }

    #[test]
    fn what_runs_or_reaches_out_is_found() {
        for (inside, told) in [
            ("<script>x()</script>", "<script>"),
            ("<x:ScRiPt xmlns:x='http://www.w3.org/2000/svg'/>", "<ScRiPt>"),
            ("<foreignObject/>", "<foreignObject>"),
            ("<g onload = 'x()'/>", "onload=\"…\""),
            ("<g\tonclick='x()'/>", "onclick=\"…\""),
            ("<image xlink:href='https://a.example/x.png'/>", "href=\"…\""),
            ("<use href='other.svg#a'/>", "href=\"…\""),
            ("<image href='data:image/svg+xml;base64,x'/>", "href=\"…\""),
            ("<a href='#a'/>", "<a>"),
            ("<g fill='url(https://a.example/x)'/>", "url(…)"),
            ("<style>@import 'x.css';</style>", "@import"),
            ("<style>g { fill: \\75rl(//x.example/y) }</style>", "<style>…\\…"),
            ("<x:style>g { fill: &#117;rl(//x.example/y) }</x:style>", "<style>…&#…"),
            ("<g style='fill: \\75rl(//x.example/y)'/>", "style=\"…\\…\""),
            ("<g fill='&#x75;rl(//x.example/y)'/>", "fill=\"…&#…\""),
            ("<!ATTLIST g onload CDATA 'x()'>", "<!attlist"),
        ] {
            let drawing = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
            assert_eq!(beyond_drawing(&drawing).as_deref(), Some(told), "{inside}");
        }
    }

    #[test]
    fn pictures_are_told_by_their_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x40";
        assert_eq!(Sort::of(png), Some(Sort::Png));
        assert_eq!(Sort::Png.size(png), Some(Size { width: 258, height: 64 }));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x40\x01\x02\x03";
        assert_eq!(Sort::Jpeg.size(jpeg), Some(Size { width: 258, height: 64 }));
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x01\x01\0\x3f\0\0";
        assert_eq!(Sort::of(webp), Some(Sort::Webp));
        assert_eq!(Sort::Webp.size(webp), Some(Size { width: 258, height: 64 }));
        for none in [b"GIF89a".as_slice(), b"", b"<svg", b"<html></html>", b"\xff\xd8", b"<svg a='>"] {
            assert_eq!(Sort::of(none), None);
        }
        assert_eq!((Sort::Png.size(&png[..20]), Sort::Jpeg.size(&jpeg[..9])), (None, None));
    }
}
