//! Pages made small, at the edge: the only file that knows the minifier.
//!
//! Templates are trimmed when they are read, so the frame of a page has nothing left to take out; what
//! varies from page to page stands in `<main>`, and only that is minified. Minifying whole pages costs
//! four times as much and saves hardly more.

/// A page with its main part minified. A page without one stays as it is.
pub(super) fn page(bytes: Vec<u8>) -> Vec<u8> {
    match main_part(&bytes) {
        Some((start, end)) => {
            let small = fragment(&bytes[start..end]);
            [&bytes[..start], &small, &bytes[end..]].concat()
        }
        None => bytes,
    }
}

/// Where the content of `<main …>` begins and ends.
fn main_part(bytes: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let open = text.find("<main")?;
    let start = open + text[open..].find('>')? + 1;
    let end = text.rfind("</main>")?;
    (start <= end).then_some((start, end))
}

/// Every option that would need an HTML parser's leniency to be read back stays off (the defaults are
/// aggressive): output must pass the Nu checker as it stands.
#[cfg(feature = "minify")]
fn fragment(markup: &[u8]) -> Vec<u8> {
    use minify_html::{Cfg, minify};
    let mut cfg = Cfg::new();
    cfg.keep_closing_tags = true;
    cfg.keep_html_and_head_opening_tags = true;
    cfg.keep_input_type_text_attr = true;
    minify(markup, &cfg)
}

#[cfg(not(feature = "minify"))]
fn fragment(markup: &[u8]) -> Vec<u8> {
    markup.to_vec()
}
