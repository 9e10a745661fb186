//! Templates: read together, so that a broken one is found before a page is rendered.

use std::collections::BTreeMap;

use tera::{Context, Tera};

use super::assets::lean;
use super::{Files, THEME_RENDER, THEME_TEMPLATE};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::source::{FileId, Span};

pub(super) struct Templates {
    tera: Tera,
    files: BTreeMap<String, FileId>,
}

impl Templates {
    pub(super) fn load(files: &Files, diags: &mut Diagnostics) -> Option<Templates> {
        let mut tera = Tera::default();
        let all: Vec<(&str, String)> =
            files.below("templates/", ".html").map(|(name, text, _)| (name, lean(text))).collect();
        let own = files.below("templates/", ".html").filter_map(|(name, _, id)| Some((name.to_owned(), id?)));
        let own = own.collect();
        match tera.add_raw_templates(all.iter().map(|(name, text)| (*name, text.as_str()))) {
            Ok(()) => Some(Templates { tera, files: own }),
            Err(error) => {
                diags.push(told(&error, THEME_TEMPLATE, &own));
                None
            }
        }
    }

    pub(super) fn render(&self, template: &str, view: &Context) -> Result<String, Diagnostic> {
        self.tera.render(template, view).map_err(|error| told(&error, THEME_RENDER, &self.files))
    }
}

/// The engine's mistake as a finding: its words name the template, the line and the cause.
fn told(error: &tera::Error, code: Code, own: &BTreeMap<String, FileId>) -> Diagnostic {
    let words = error.to_string();
    let culprit =
        own.iter().find(|(name, _)| words.contains(name.as_str())).map(|(_, id)| Span::beginning(*id));
    Diagnostic { span: culprit, ..Diagnostic::of(code) }.with("parser", words.trim())
}
