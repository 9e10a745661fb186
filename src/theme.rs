//! The theme: templates, styles, scripts and the words of the interface.
//!
//! Layer 1: knows nothing of handbooks. The default theme is built into the program; a handbook may lay
//! single files over it under `themes/<name>/`.

mod assets;
pub mod brand;
mod strings;
mod templates;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

pub use assets::Asset;
use brand::Brand;
pub use strings::Strings;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::source::{FileId, Sources};
use templates::Templates;

/// The default theme's name.
pub const DEFAULT: &str = "polku";

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/polku");

crate::codes! { "theme/theme.toml":
    THEME_TEMPLATE = "theme-template",
    THEME_RENDER = "theme-render",
    THEME_STRINGS = "theme-strings",
    THEME_MISSING_WORDS = "theme-missing-words",
    THEME_NO_LANGUAGE = "theme-no-language",
}

/// A theme, read and checked as a whole.
pub struct Theme {
    templates: Templates,
    strings: BTreeMap<Lang, Strings>,
    /// The style sheet of every page.
    pub style: Asset,
    /// The script of every page.
    pub script: Asset,
    /// The search, loaded when somebody searches.
    pub search: Asset,
    /// The icon of the browser tab.
    pub icon: Asset,
}

/// The files of a theme, the handbook's own over the built-in ones.
pub(crate) struct Files {
    /// The folder in which a handbook lays files over.
    folder: String,
    files: BTreeMap<String, (String, Option<FileId>)>,
}

impl Files {
    fn gather(sources: &Sources, name: &str) -> Files {
        let mut files = BTreeMap::new();
        built_in(&BUILT_IN, &mut files);
        let folder = format!("themes/{name}/");
        for file in sources.iter() {
            if let Some(path) = file.path.as_str().strip_prefix(&folder) {
                files.insert(path.to_owned(), (file.text().to_owned(), Some(file.id)));
            }
        }
        Files { folder, files }
    }

    /// Files below a folder with an ending: the rest of the path, the text, the file if it is the
    /// handbook's own.
    fn below<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str, Option<FileId>)> {
        let inside = move |path: &'a String| path.strip_prefix(folder).filter(|rest| rest.ends_with(ending));
        self.files.iter().filter_map(move |(path, (text, id))| Some((inside(path)?, text.as_str(), *id)))
    }

    fn get(&self, path: &str) -> &str {
        self.files.get(path).map_or("", |(text, _)| text)
    }
}

fn built_in(dir: &Dir<'_>, files: &mut BTreeMap<String, (String, Option<FileId>)>) {
    for file in dir.files() {
        let text = file.contents_utf8().unwrap_or_default();
        files.insert(file.path().to_string_lossy().replace('\\', "/"), (text.to_owned(), None));
    }
    dir.dirs().for_each(|dir| built_in(dir, files));
}

impl Theme {
    /// Reads a theme. `None` where a template or the words of a language are broken: then there is
    /// nothing to render with, and the findings say why.
    pub fn load(sources: &Sources, name: &str, langs: &[Lang], diags: &mut Diagnostics) -> Option<Theme> {
        let files = Files::gather(sources, name);
        let strings = strings::load(&files, langs, diags);
        let templates = Templates::load(&files, diags);
        Some(Theme {
            templates: templates?,
            strings: strings?,
            style: assets::style(&files),
            script: assets::script(&files),
            search: assets::search(&files),
            icon: assets::icon(&files),
        })
    }

    /// The same theme in the colour of an organisation.
    #[must_use]
    pub fn branded(self, brand: Brand) -> Theme {
        let style = self.style.changed(|css| format!("{css}{}", brand.rules()));
        let icon = self.icon.changed(|icon| brand.icon(icon));
        Theme { style, icon, ..self }
    }

    /// The words of the interface in a language of the handbook.
    pub fn strings(&self, lang: Lang) -> &Strings {
        static NONE: std::sync::LazyLock<Strings> = std::sync::LazyLock::new(Strings::default);
        self.strings.get(&lang).unwrap_or(&NONE)
    }

    /// Renders a view with a template.
    pub fn render(&self, template: &str, view: &tera::Context) -> Result<String, Diagnostic> {
        self.templates.render(template, view)
    }

    /// The files that every page uses.
    pub fn assets(&self) -> [&Asset; 4] {
        [&self.style, &self.script, &self.search, &self.icon]
    }
}

/// The script and style that the preview adds to pages, which no published page has.
pub fn preview_file(name: &str) -> Option<&'static str> {
    BUILT_IN.get_file(format!("preview/{name}"))?.contents_utf8()
}

/// The names of those files with an ending, in order.
pub fn preview_files(ending: &str) -> impl Iterator<Item = &'static str> {
    let dir = BUILT_IN.get_dir("preview");
    let names = dir.into_iter().flat_map(Dir::files).filter_map(|file| file.path().file_name()?.to_str());
    let mut names: Vec<&str> = names.filter(|name| name.ends_with(ending)).collect();
    names.sort_unstable();
    names.into_iter()
}
