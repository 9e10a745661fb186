//! Templates: read together, so that a broken one is found before a page is rendered.

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Kwargs, State, StringInput, Tera, Value};

use super::assets::lean;
use super::{Files, THEME_RENDER, THEME_TEMPLATE};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::html::{Html, escape};
use crate::base::lang::Lang;
use crate::base::source::{FileId, Span};

pub(super) struct Templates {
    tera: Tera,
    own: Own,
}

impl Templates {
    pub(super) fn load(files: &Files, diags: &mut Diagnostics) -> Option<Templates> {
        let mut tera = Tera::default();
        tera.register_filter("soft", soft);
        let all: Vec<(&str, String)> =
            files.below("templates/", ".html").map(|(name, text, _)| (name, lean(text))).collect();
        let own = files
            .below("templates/", ".html")
            .filter_map(|(name, text, id)| Some((name.to_owned(), (id?, text.to_owned()))));
        let own = Own { files: own.collect() };
        match tera.add_raw_templates(all.iter().map(|(name, text)| (*name, text.as_str()))) {
            Ok(()) => Some(Templates { tera, own }),
            Err(error) => {
                diags.push(told(&error, THEME_TEMPLATE, &own));
                None
            }
        }
    }

    pub(super) fn render(&self, template: &str, view: &Context) -> Result<String, Diagnostic> {
        self.tera.render(template, view).map_err(|error| told(&error, THEME_RENDER, &self.own))
    }
}

/// The engine's mistake as a finding, at its line where the template is the handbook's own.
fn told(error: &tera::Error, code: Code, own: &Own) -> Diagnostic {
    let (words, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let line = report.span().start_line;
            (format!("{}: {}", report.filename(), report.message()), own.place(report.filename(), line))
        }
        kind => (kind.to_string(), None),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let culprit = || own.files.iter().find(|(name, _)| words.contains(name.as_str())).map(|(_, (id, _))| *id);
    let span = place.or_else(|| culprit().map(Span::beginning));
    Diagnostic { span, ..Diagnostic::of(code) }.with("parser", words)
}

/// A heading with places where its long words may be broken: `{{ name | soft(lang=frame.lang) }}`.
#[allow(clippy::needless_pass_by_value, reason = "the shape of a filter")]
fn soft(text: StringInput<'_>, named: Kwargs, _: &State<'_>) -> tera::TeraResult<Value> {
    let Some(lang) = Lang::parse(named.must_get("lang")?) else { return Ok(text.into_value()) };
    // What says itself that it is safe came from there.
    let words = if text.is_safe() { Html::vouched(text.as_str().to_owned()) } else { escape(text.as_str()) };
    Ok(Value::safe_string(words.soft(lang).as_str()))
}

/// The templates that are the handbook's own, with their texts.
pub(super) struct Own {
    files: BTreeMap<String, (FileId, String)>,
}

impl Own {
    /// The beginning of a line, from 1, of a template of the handbook's own. The engine has read it
    /// without its empty lines.
    fn place(&self, template: &str, line: usize) -> Option<Span> {
        let (id, text) = self.files.get(template)?;
        let mut start = 0;
        let starts = text.split_inclusive('\n').filter_map(|line| {
            start += line.len();
            (!line.trim().is_empty()).then_some(start - line.len())
        });
        let start = starts.take(line.max(1)).last()?;
        Some(Span::new(*id, &(start..start)))
    }
}
