//! The site map: every page with its twins, by whole addresses (sitemaps.org 0.9, `xhtml:link`).

use super::World;
use crate::base::html::Writer;
use crate::base::output::UrlPath;
use crate::route::{Page, Route};

/// The site map; empty where the site's own address is not known.
pub fn sitemap(world: &World) -> String {
    let Some(base) = &world.reading.book.config.base_url else { return String::new() };
    let mut out = Writer::default();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for (url, route) in world.routes.iter() {
        if let Route::Page(_, page) = route
            && !matches!(page, Page::Translations | Page::Style)
        {
            entry(world, &base.address, (url, page), &mut out);
        }
    }
    out.raw("</urlset>\n");
    out.finish().as_str().to_owned()
}

fn entry(world: &World, base: &str, (url, page): (&UrlPath, &Page), out: &mut Writer) {
    out.raw("<url><loc>").text(base).text(&url.encoded()).raw("</loc>");
    let twins =
        world.reading.book.langs.iter().filter_map(|lang| Some((lang, world.routes.page(*lang, page)?)));
    let twins: Vec<_> = twins.collect();
    for (lang, twin) in twins.iter().filter(|_| twins.len() > 1) {
        let href = format!("{base}{}", twin.encoded());
        out.raw("<xhtml:link rel=\"alternate\"")
            .attr("hreflang", lang.as_str())
            .attr("href", &href)
            .raw("/>");
    }
    out.raw("</url>\n");
}
