//! The site as a function from a route to bytes.
//!
//! Layer 6. Immutable once assembled; rendering neither reads nor writes anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media, UrlPath};
use crate::base::source::{Content, SourcePath, Sources};
use crate::data;
use crate::model::book::Handbook;
use crate::model::reading::Reading;
use crate::model::translation::Translations;
use crate::page::{self, Navigation, Profile, Progress, Tally, World};
use crate::route::ledger::Ledger;
use crate::route::{Former, Route, Routes, Shown};
use crate::search::{self, Searched};
use crate::theme::Theme;

/// A site, ready to render. Cheap to clone: its parts are shared.
#[derive(Clone)]
pub struct Site {
    world: World,
    media: Arc<BTreeMap<SourcePath, Arc<[u8]>>>,
    published: Arc<Ledger>,
}

/// What a site is put together from.
pub struct Parts {
    /// The handbook.
    pub reading: Arc<Reading>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What has been published.
    pub published: Arc<Ledger>,
}

impl Site {
    /// Puts a handbook and a theme together, with what the site before can be asked for. Two things with one
    /// address are reported.
    pub fn assemble(
        Parts { reading, theme, published }: Parts,
        sources: &Sources,
        shown: Shown,
        before: Option<&Site>,
        diags: &mut Diagnostics,
    ) -> Site {
        let book = &reading.book;
        let kept = before.filter(|before| Arc::ptr_eq(&before.world.theme, &theme));
        let kept = kept.map(|before| &*before.world.routes);
        let routes = Routes::new(book, (&theme, shown.drafts), kept, diags);
        let routes = routes.remember(book, &published, diags);
        let bytes = |path: &SourcePath| match &sources.get(*book.media.get(path)?)?.content {
            Content::Bytes(bytes) => Some((path.clone(), Arc::clone(bytes))),
            Content::Text(_) | Content::Unreadable(_) => None,
        };
        let media = Arc::new(book.media.keys().filter_map(bytes).collect());
        let navigation = Arc::new(Navigation::new(&routes, &theme, &book.langs));
        let tally = before.map(|before| Arc::clone(before.tally())).unwrap_or_default();
        let gathered = Arc::default();
        let (routes, today, drafts) = (Arc::new(routes), shown.today, shown.drafts);
        let world = World { reading, routes, navigation, theme, tally, today, drafts, gathered };
        Site { world, media, published }
    }

    /// The same site, told what the checks found: only when it has been put together all of that is known. Until
    /// then it shows what they found in the site before.
    #[must_use]
    pub fn told(&self, tally: Arc<Tally>) -> Site {
        Site { world: World { tally, ..self.world.clone() }, ..self.clone() }
    }

    /// What the checks found, as far as the site has been told.
    pub fn tally(&self) -> &Arc<Tally> {
        &self.world.tally
    }

    /// The handbook.
    pub fn book(&self) -> &Handbook {
        &self.world.reading.book
    }

    /// Everything that its pages are made from.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Which texts match their twins.
    pub fn translations(&self) -> &Translations {
        self.world.reading.translations()
    }

    /// The addresses.
    pub fn routes(&self) -> &Routes {
        &self.world.routes
    }

    /// What will have been published with this site: everything that ever was.
    pub fn ledger(&self) -> Ledger {
        self.world.routes.ledger(self.book(), &self.published)
    }

    /// The addresses of the style sheet, the script, the search and the icon.
    pub fn assets(&self) -> [&UrlPath; 4] {
        self.world.theme.assets().map(|asset| &asset.path)
    }

    /// How far the steps of the method have come, and where that is told.
    pub fn progress(&self, lang: Lang) -> (Vec<Progress>, Option<&UrlPath>) {
        page::progress(&self.world, lang)
    }

    /// The script that searches.
    pub fn search_route(&self) -> Route {
        Route::Asset(self.world.theme.search.path.clone())
    }

    fn searched(&self, lang: Lang) -> Searched<'_> {
        let World { reading, routes, theme, .. } = &self.world;
        Searched::new(&reading.book, routes, theme.strings(lang), lang)
    }

    /// The handbook as data, in parts.
    pub fn data(&self) -> impl Iterator<Item = String> {
        let World { reading, routes, today, .. } = &self.world;
        data::handbook(&reading.book, routes, *today)
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
            Route::Data => Ok(json(self.data().collect())),
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
