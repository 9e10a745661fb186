//! The path of a framework as a drawing, with the reader's place on it.

use std::sync::{Mutex, PoisonError};

use foldhash::HashMap;

use super::{Cx, Profile};
use crate::base::html::Html;
use crate::base::lang::Lang;
use crate::chart::path::{Band, Direction, Path, Return, Stop, layout};
use crate::chart::svg::draw;
use crate::model::framework::{Framework, Order};
use crate::model::kind::Kind;
use crate::model::phase::Phase;
use crate::model::table::{Entry, Key, Ref};
use crate::route::Page;
use crate::syntax::slug::Slug;

/// For which screens a path is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Screens {
    /// Wide and narrow ones: the page is about the path.
    All,
    /// Wide ones only: on a phone it would push what the page is about off the screen.
    Wide,
}

/// What the drawing of a path depends on, on pages for readers.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    framework: Slug,
    here: Vec<Slug>,
    on: Screens,
    lang: Lang,
    /// The folder of the page, from which its links lead.
    folder: String,
}

/// Drawings that several pages show: the tasks of a phase stand at one place of the path.
#[derive(Default)]
pub(super) struct Drawn(Mutex<HashMap<Asked, Html>>);

/// So many drawings are kept: those of large handbooks would fill the memory.
const MOST_KEPT: usize = 1000;

impl Drawn {
    fn get(&self, asked: Asked, draw: impl FnOnce() -> Html) -> Html {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = kept().get(&asked) {
            return drawn.clone();
        }
        // Nobody waits for a drawing of another page; one that is made twice is the same.
        let drawn = draw();
        let mut kept = kept();
        if kept.len() < MOST_KEPT {
            kept.insert(asked, drawn.clone());
        }
        drawn
    }
}

impl Cx<'_> {
    /// A path drawn across, and down for narrow screens; the style shows the one that fits. `None`
    /// where the framework's phases do not follow one another.
    pub(super) fn path(&self, framework: &Entry<Framework>, here: &[Slug], on: Screens) -> Option<Html> {
        if framework.data.order == Order::Areas {
            return None;
        }
        let drawn = match self.asked(framework, here, on) {
            Some(asked) => self.world.gathered.paths.get(asked, || self.draw(framework, here, on)),
            None => self.draw(framework, here, on),
        };
        (!drawn.as_str().is_empty()).then_some(drawn)
    }

    /// None where the drawing holds what only this page has: the addresses of texts, or links that stay on it.
    fn asked(&self, framework: &Entry<Framework>, here: &[Slug], on: Screens) -> Option<Asked> {
        let Page::Entity(_) = self.page else { return None };
        let url = self.url.as_str();
        let folder = url[..url.rfind('/').map_or(0, |at| at + 1)].to_owned();
        let (framework, here, lang) = (framework.id().clone(), here.to_vec(), self.lang);
        (self.profile == Profile::Publish).then_some(Asked { framework, here, on, lang, folder })
    }

    /// Nothing where the path has no stops.
    fn draw(&self, framework: &Entry<Framework>, here: &[Slug], on: Screens) -> Html {
        let path = self.path_of(framework, here);
        if path.stops.is_empty() {
            return Html::default();
        }
        let drawing = |direction| draw(&path, &layout(&path, direction));
        let narrow = if on == Screens::All { drawing(Direction::Down) } else { String::new() };
        Html::vouched(drawing(Direction::Across) + &narrow)
    }

    /// The paths on which a phase stands.
    pub(super) fn paths_with(&self, here: &[Slug], on: Screens) -> Vec<Html> {
        let stands = |framework: &&Entry<Framework>| {
            let bands = framework.data.band.iter().map(|band| &band.phase);
            framework.data.phases.iter().chain(bands).filter_map(Ref::id).any(|id| here.contains(id))
        };
        let frameworks = self.book().tables.frameworks.iter().filter(stands);
        frameworks.filter_map(|framework| self.path(framework, here, on)).collect()
    }

    fn path_of(&self, framework: &Entry<Framework>, here: &[Slug]) -> Path {
        let phases: Vec<&Entry<Phase>> = framework
            .data
            .phases
            .iter()
            .filter_map(|phase| self.book().tables.phases.shown(phase.id()?))
            .collect();
        let place = |id: &Slug| phases.iter().position(|phase| phase.id() == id);
        let returns = phases.iter().enumerate().flat_map(|(from, phase)| {
            let back = phase.data.returns_to.iter().filter_map(Ref::id).filter_map(place);
            back.map(move |to| Return { from, to })
        });
        let last = phases.len().saturating_sub(1);
        let bands = framework.data.band.iter().filter_map(|band| {
            let phase = self.book().tables.phases.shown(band.phase.id()?)?;
            let spanned: Vec<usize> = band.spans.iter().filter_map(Ref::id).filter_map(place).collect();
            let (from, to) = (spanned.iter().min().copied(), spanned.iter().max().copied());
            let stop = self.stop(phase, here);
            let (from, to) = (from.unwrap_or(0), to.unwrap_or(last));
            let Stop { label, href, lang, src, here } = stop;
            Some(Band { label, href, lang, src, here, from, to })
        });
        let title = self.name(framework).text;
        Path {
            returns: returns.collect(),
            bands: bands.collect(),
            description: self.description(&phases, &title),
            stops: phases.iter().map(|phase| self.stop(phase, here)).collect(),
            title,
            id: format!("_path-{}", framework.id()),
        }
    }

    fn stop(&self, phase: &Entry<Phase>, here: &[Slug]) -> Stop {
        let name = phase.meta.name.words.fallback(self.lang, &self.book().fallbacks);
        let (lang, label) =
            name.map_or((self.lang, phase.id().to_string()), |(l, p)| (l, p.words.to_string()));
        let href = self.href(&Key::new(Kind::Phase, phase.id().clone()));
        Stop {
            label,
            href: href.map(|(href, _)| href).unwrap_or_default(),
            lang: (lang != self.lang).then(|| lang.to_string()),
            src: self.name_source(&Key::new(Kind::Phase, phase.id().clone())),
            here: here.contains(phase.id()),
        }
    }

    /// The drawing in words, returns included.
    fn description(&self, phases: &[&Entry<Phase>], title: &str) -> String {
        let names: Vec<String> = phases.iter().map(|phase| self.name(phase).text).collect();
        let mut words =
            self.strings().with("drawing.path", &[("title", title), ("phases", &names.join(", "))]);
        for phase in phases {
            let back = |back: &Ref<Phase>| self.book().tables.phases.shown(back.id()?);
            for back in phase.data.returns_to.iter().filter_map(back) {
                let (from, to) = (self.name(phase).text, self.name(back).text);
                words += " ";
                words += &self.strings().with("drawing.return", &[("from", &from), ("to", &to)]);
            }
        }
        words
    }
}
