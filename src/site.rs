//! The site as a function from a route to bytes.
//!
//! Layer 6. Immutable once assembled; rendering neither reads nor writes anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media};
use crate::base::source::{Content, SourcePath, Sources};
use crate::data;
use crate::model::book::Handbook;
use crate::model::division::Division;
use crate::model::glossary::Glossary;
use crate::model::links::Links;
use crate::model::ruling::Rulings;
use crate::model::translation::Translations;
use crate::page::{self, Gathered, Navigation, Profile, Tally, World};
use crate::route::ledger::{LEDGER, Ledger};
use crate::route::{Former, Route, Routes, Shown};
use crate::search::{self, Searched};
use crate::theme::Theme;

/// A handbook with what has been read out of it.
pub struct Reading {
    /// The handbook.
    pub book: Handbook,
    /// Who mentions whom.
    pub links: Links,
    /// Which rules bind which tasks.
    pub rulings: Rulings,
    /// The words of the glossary.
    pub glossary: Glossary,
    /// Which texts match their twins.
    pub translations: Translations,
}

/// A site, ready to render.
pub struct Site {
    world: World,
    media: BTreeMap<SourcePath, Arc<[u8]>>,
}

impl Site {
    /// Puts a handbook and a theme together. Two things with one address are reported.
    pub fn assemble(
        Reading { book, links, rulings, glossary, translations }: Reading,
        theme: Arc<Theme>,
        sources: &Sources,
        shown: Shown,
        diags: &mut Diagnostics,
    ) -> Site {
        let ledger = sources.find(LEDGER).map(|file| Ledger::parse(file.id, file.text(), diags));
        let routes = Routes::new(&book, &theme, shown.drafts, diags);
        let routes = routes.remember(&book, &ledger.unwrap_or_default(), diags);
        let bytes = |path: &SourcePath| match &sources.get(*book.media.get(path)?)?.content {
            Content::Bytes(bytes) => Some((path.clone(), Arc::clone(bytes))),
            Content::Text(_) | Content::Unreadable(_) => None,
        };
        let media = book.media.keys().filter_map(bytes).collect();
        let (division, today) = (Division::new(&book), shown.today);
        let tally = Tally::default();
        let navigation = Navigation::new(&routes, &theme, &book.langs);
        let world = World {
            book,
            links,
            division,
            rulings,
            glossary,
            translations,
            routes,
            navigation,
            theme,
            tally,
            today,
            drafts: shown.drafts,
            gathered: Gathered::default(),
        };
        Site { world, media }
    }

    /// The same site, told what the checks found: only when it has been put together all of that is known.
    #[must_use]
    pub fn told(self, tally: Tally) -> Site {
        Site { world: World { tally, ..self.world }, media: self.media }
    }

    /// The handbook.
    pub fn book(&self) -> &Handbook {
        &self.world.book
    }

    /// Everything that its pages are made from.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Which texts match their twins.
    pub fn translations(&self) -> &Translations {
        &self.world.translations
    }

    /// The addresses.
    pub fn routes(&self) -> &Routes {
        &self.world.routes
    }

    /// The script that searches.
    pub fn search_route(&self) -> Route {
        Route::Asset(self.world.theme.search.path.clone())
    }

    fn searched(&self, lang: Lang) -> Searched<'_> {
        let World { book, routes, theme, .. } = &self.world;
        Searched::new(book, routes, theme.strings(lang), lang)
    }

    /// Renders what stands at a route.
    ///
    /// # Errors
    /// Where a template fails, with its words.
    pub fn render(&self, route: &Route, profile: Profile) -> Result<Artifact, Diagnostic> {
        match route {
            Route::Asset(path) => {
                let asset = self.world.theme.assets().into_iter().find(|asset| asset.path == *path);
                Ok(asset.map_or_else(nothing, |asset| asset.artifact.clone()))
            }
            Route::Media(path) => Ok(self.media.get(path).map_or_else(nothing, |bytes| Artifact {
                media: Media::of(path.name()),
                bytes: bytes.to_vec(),
            })),
            Route::Index(lang) => Ok(script(search::index(&self.searched(*lang)))),
            Route::Passages(lang, first) => Ok(script(search::passages(&self.searched(*lang), *first))),
            Route::Data => {
                let World { book, routes, today, .. } = &self.world;
                Ok(json(data::handbook(book, routes, *today)))
            }
            Route::Schema => Ok(json(data::schema())),
            Route::File(lang, page, format) => {
                let text = page::file(&self.world, *lang, page, *format).unwrap_or_default();
                Ok(Artifact { media: Media::of(&format!("x.{}", format.ending())), bytes: text.into_bytes() })
            }
            Route::Sitemap => {
                Ok(Artifact { media: Media::Xml, bytes: page::sitemap(&self.world).into_bytes() })
            }
            Route::Former(url) => match self.world.routes.former(url) {
                Some(Former::Copy(file)) => self.render(file, profile),
                Some(former) => {
                    let html = page::former(&self.world, url, former, profile)?;
                    Ok(Artifact { media: Media::Html, bytes: html.into_bytes() })
                }
                None => Ok(nothing()),
            },
            Route::Chooser | Route::NotFound | Route::Page(..) => {
                let html = page::render(&self.world, route, profile).unwrap_or(Ok(String::new()))?;
                Ok(Artifact { media: Media::Html, bytes: html.into_bytes() })
            }
        }
    }
}

fn script(text: String) -> Artifact {
    Artifact { media: Media::Js, bytes: text.into_bytes() }
}

fn json(text: String) -> Artifact {
    Artifact { media: Media::Json, bytes: text.into_bytes() }
}

/// What a route gives that is not there; routes come from the site, so this is never published.
fn nothing() -> Artifact {
    Artifact { media: Media::Other, bytes: Vec::new() }
}
