//! Pages made small, at the edge: the only file that knows the minifier.
//!
//! Minifying costs time by the byte, more than rendering does, so only what can get smaller goes through
//! it: the part of `<main>` that comes from templates. The frame around `<main>` is trimmed when
//! templates are read; prose, drawings and lines of facts are written without a superfluous byte, and are
//! set aside while their page is minified. On a page of 500 words that is a sixth of the cost of
//! minifying it all.

/// A page with its main part minified. A page without one stays as it is.
pub(super) fn page(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(bytes) else { return Vec::new() };
    let Some((start, end)) = main_part(&text) else { return text.into_bytes() };
    let (templates, lean) = set_aside(&text[start..end]);
    let templates = smaller(&templates);
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..start]);
    put_back(&templates, ASIDE, &lean, &mut out);
    out.push_str(&text[end..]);
    out.into_bytes()
}

/// Where the content of `<main …>` begins and ends.
fn main_part(text: &str) -> Option<(usize, usize)> {
    let open = text.find("<main")?;
    let start = open + text[open..].find('>')? + 1;
    let end = text.rfind("</main>")?;
    (start <= end).then_some((start, end))
}

/// What stands in for running text that stays as it is.
const SAID: &str = "\u{e000}";

/// So many bytes of running text are worth to be set aside.
const WORTH: usize = 40;

/// Minifies markup. Long running text in which there is nothing to be made smaller is set aside while it is done.
fn smaller(markup: &str) -> String {
    if memchr::memmem::find(markup.as_bytes(), SAID.as_bytes()).is_some() {
        return fragment(markup);
    }
    let (mut out, mut said, mut done) = (String::with_capacity(markup.len()), Vec::new(), 0);
    for at in memchr::memchr_iter(b'>', markup.as_bytes()) {
        let text = &markup[at + 1..];
        let end = memchr::memchr(b'<', text.as_bytes()).unwrap_or(text.len());
        let text = &text[..end];
        if text.len() >= WORTH && is_lean(text.as_bytes()) {
            out.push_str(&markup[done..=at]);
            out.push_str(SAID);
            said.push(text);
            done = at + 1 + end;
        }
    }
    out.push_str(&markup[done..]);
    if said.is_empty() {
        return fragment(markup);
    }
    let small = fragment(&out);
    out.clear();
    put_back(&small, SAID, &said, &mut out);
    out
}

/// Whether running text is as small as it can be: one space between words and none around, nothing escaped.
fn is_lean(text: &[u8]) -> bool {
    let plain = |byte: u8| byte > b' ' && byte != b'&' && byte != b'>';
    let ends = text.first().zip(text.last()).is_some_and(|(first, last)| plain(*first) && plain(*last));
    ends && text.iter().zip(&text[1..]).all(|(a, b)| plain(*a) || (*a == b' ' && plain(*b)))
}

/// What stands in for something set aside. No author's text can look like it: `<` is always escaped.
const ASIDE: &str = "<pk-aside></pk-aside>";

/// Elements whose content is lean already: how each begins behind its `<`, and the tag that ends it.
const LEAN: [(&str, &str); 7] = [
    ("svg ", "svg"),
    ("div class=\"pk-prose\"", "div"),
    ("dl class=\"pk-facts\"", "dl"),
    ("div class=\"pk-scroll", "div"),
    ("div class=\"pk-guide\"", "div"),
    ("section class=\"pk-flow-list\"", "section"),
    ("ul class=\"pk-entries pk-quoted\"", "ul"),
];

/// Takes lean content out and leaves a mark in its place.
fn set_aside(markup: &str) -> (String, Vec<&str>) {
    let (mut done, mut out, mut lean) = (0, String::with_capacity(markup.len()), Vec::new());
    while let Some((at, tag)) =
        tags(&markup[done..]).find_map(|at| Some((done + at, begun(&markup[done + at..])?)))
    {
        let Some(inside) = markup[at..].find('>').map(|close| at + close + 1) else { break };
        let Some(end) = end_of(&markup[inside..], tag).map(|end| inside + end) else { break };
        // A drawing goes as a whole, because its attributes are as they must be.
        let from = if tag == "svg" { at - 1 } else { inside };
        let to = if tag == "svg" { end + "</svg>".len() } else { end };
        out.push_str(&markup[done..from]);
        out.push_str(ASIDE);
        lean.push(&markup[from..to]);
        done = to;
    }
    out.push_str(&markup[done..]);
    (out, lean)
}

/// What stands behind each `<`, by its place.
fn tags(markup: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'<', markup.as_bytes()).map(|at| at + 1)
}

/// The tag of the lean element that begins here.
fn begun(markup: &str) -> Option<&'static str> {
    if !markup.starts_with(['s', 'd', 'u']) {
        return None;
    }
    LEAN.iter().find(|(begins, _)| markup.starts_with(begins)).map(|(_, tag)| *tag)
}

/// Where the element ends in whose content we are, elements of the same name inside it left out.
fn end_of(content: &str, tag: &str) -> Option<usize> {
    let mut depth = 0;
    for at in tags(content) {
        let rest = &content[at..];
        if rest.starts_with(tag) {
            depth += 1;
        } else if rest.starts_with('/') && rest[1..].starts_with(tag) {
            if depth == 0 {
                return Some(at - 1);
            }
            depth -= 1;
        }
    }
    None
}

/// Puts what was set aside where something stands in for it.
fn put_back(markup: &str, instead: &str, lean: &[&str], out: &mut String) {
    let mut done = 0;
    let found = memchr::memmem::find_iter(markup.as_bytes(), instead.as_bytes());
    for (at, lean) in found.zip(lean) {
        out.push_str(&markup[done..at]);
        out.push_str(lean);
        done = at + instead.len();
    }
    out.push_str(&markup[done..]);
}

/// Every option that would need an HTML parser's leniency to be read back stays off: output must pass
/// the Nu checker as it stands.
#[cfg(feature = "minify")]
fn fragment(markup: &str) -> String {
    use minify_html::{Cfg, minify};
    let mut cfg = Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    cfg.keep_input_type_text_attr = true;
    String::from_utf8(minify(markup.as_bytes(), &cfg)).unwrap_or_else(|_| markup.to_owned())
}

#[cfg(not(feature = "minify"))]
fn fragment(markup: &str) -> String {
    markup.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(markup: &str) -> String {
        String::from_utf8(page(markup.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn prose_and_drawings_come_back_where_they_were() {
        let page = "<main id=\"m\">\n<h1 class=\"a\">A</h1>\n\
             <div class=\"pk-prose\"><p>x  <b>y</b></p><div class=\"t\">t</div>\n</div> \
             <svg viewBox=\"0 0 1 1\"><g id=\"b\"></g></svg><div class=\"pk-prose\">2</div></main>";
        let small = small(page);
        for kept in [
            "<p>x  <b>y</b></p><div class=\"t\">t</div>\n</div>",
            "<svg viewBox=\"0 0 1 1\"><g id=\"b\"></g></svg>",
            ">2</div></main>",
        ] {
            assert!(small.contains(kept), "{kept} in {small}");
        }
        assert!(!small.contains("pk-aside"));
    }

    #[test]
    fn running_text_that_is_set_aside_is_as_if_it_had_been_minified() {
        let long = "asiakas kuulee ja työpari tukee arjessa, SHL 36 § 5 mom.";
        for text in [
            format!("<p>{long}</p><p>{long}</p>"),
            format!("<ul>\n<li> {long} </li>\n<li>{long} <b>{long}</b> {long}</li></ul>"),
            format!("<p>{long}  {long}</p>{long}<p title=\"a > {long}\">{long} &amp; {long}</p>"),
            format!("<pre>{long}\n{long}</pre><p>\u{e000}{long}</p><p>{long}</p>"),
        ] {
            assert_eq!(smaller(&text), fragment(&text));
        }
    }

    #[test]
    fn pages_without_a_main_part_stay() {
        assert_eq!(small("<p>x</p>"), "<p>x</p>");
    }
}
