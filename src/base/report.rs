//! Findings told: with the place drawn for people, one a line for editors, as JSON for machines.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use serde::Serialize;

use crate::base::diag::{Diagnostic, Severity};
use crate::base::lang::Lang;
use crate::base::source::{SourceFile, Sources, Span};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the line and a caret; colours where the receiver shows them.
    Human(Colour),
    /// `file:line:column: error[code]: message (help)`, one a line.
    Short,
    /// A JSON array of [`Finding`].
    Json,
}

/// Whether the receiver shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// A terminal.
    Yes,
    /// A file or pipe.
    No,
}

/// Drawn findings beyond this number are only counted: more cannot be read.
const DRAWN: usize = 100;

/// Tells findings in a format and a language.
pub fn report(found: &[Diagnostic], sources: &Sources, format: Format, lang: Lang) -> String {
    match format {
        Format::Human(colour) => human(found, sources, colour, lang),
        Format::Short => found.iter().map(|d| short(d, sources, lang) + "\n").collect(),
        Format::Json => json(found, sources, lang),
    }
}

fn human(found: &[Diagnostic], sources: &Sources, colour: Colour, lang: Lang) -> String {
    let renderer = match colour {
        Colour::Yes => Renderer::styled(),
        Colour::No => Renderer::plain(),
    };
    let mut out = String::new();
    for diagnostic in found.iter().take(DRAWN) {
        out.push_str(&draw(diagnostic, sources, &renderer, lang));
        out.push_str("\n\n");
    }
    if found.len() > DRAWN {
        out.push_str(&words(lang).more.replace("{n}", &(found.len() - DRAWN).to_string()));
        out.push_str("\n\n");
    }
    out + &summary(found, lang) + "\n"
}

fn draw(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer, lang: Lang) -> String {
    let words = words(lang);
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, words.error),
        Severity::Warning => (Level::WARNING, words.warning),
        Severity::Info => (Level::INFO, words.info),
    };
    let (message, help) = (diagnostic.message(lang), diagnostic.help(lang));
    let title = level.with_name(name).primary_title(&message).id(diagnostic.code.id());
    let mut group = Group::with_title(title);
    let file_of = |span: Span| sources.get(span.file);
    if let Some((span, file)) = diagnostic.span.and_then(|span| Some((span, file_of(span)?))) {
        let mut snippet = snippet(file).annotation(AnnotationKind::Primary.span(inside(span, file)));
        let also = diagnostic.also.and_then(|also| Some((also, file_of(also)?)));
        if let Some((also, _)) = also.filter(|(_, other)| other.id == file.id) {
            snippet = snippet.annotation(AnnotationKind::Context.span(inside(also, file)).label(words.also));
        }
        group = group.element(snippet);
        if let Some((also, other)) = also.filter(|(_, other)| other.id != file.id) {
            let second = AnnotationKind::Context.span(inside(also, other)).label(words.also);
            group = group.element(self::snippet(other).annotation(second));
        }
    }
    let mut report = vec![group];
    let fix = diagnostic.fix.as_ref().and_then(|fix| Some((fix, file_of(fix.span)?)));
    if let Some((fix, file)) = fix {
        let patch = Patch::new(inside(fix.span, file), fix.text.clone());
        let patched = Snippet::source(file.text()).path(file.path.as_str()).patch(patch);
        report.push(Level::HELP.with_name(words.help).secondary_title(&help).element(patched));
    } else if !help.is_empty() {
        report.push(Group::with_title(Level::HELP.with_name(words.help).secondary_title(&help)));
    }
    renderer.render(&report)
}

fn snippet(file: &SourceFile) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(file.text()).path(file.path.as_str())
}

/// The span on character boundaries of the file as it is now.
fn inside(span: Span, file: &SourceFile) -> std::ops::Range<usize> {
    let text = file.text();
    let start = text.floor_char_boundary(span.start as usize);
    start..text.ceil_char_boundary(span.end as usize).max(start)
}

fn short(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let place = diagnostic.span.and_then(|span| sources.place(span));
    let place = place.map_or(String::new(), |p| format!("{}:{}:{}: ", p.path, p.line, p.column));
    let (severity, code) = (diagnostic.severity.as_str(), diagnostic.code.id());
    let help = diagnostic.help(lang);
    let help = if help.is_empty() { String::new() } else { format!(" ({help})") };
    format!("{place}{severity}[{code}]: {}{help}", diagnostic.message(lang))
}

/// A finding as other programs read it.
#[derive(Debug, Serialize)]
pub struct Finding<'a> {
    /// The stable name of the check.
    pub code: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// The file, relative to the handbook; absent where the finding concerns none.
    pub file: Option<&'a str>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// The text that would mend it in this place.
    pub fix: Option<&'a str>,
}

/// Findings in the form that programs and the preview's panel read.
pub fn findings<'a>(found: &'a [Diagnostic], sources: &'a Sources, lang: Lang) -> Vec<Finding<'a>> {
    let one = |d: &'a Diagnostic| {
        let place = d.span.and_then(|span| sources.place(span));
        Finding {
            code: d.code.id(),
            severity: d.severity.as_str(),
            file: place.map(|p| p.path.as_str()),
            line: place.map(|p| p.line),
            column: place.map(|p| p.column),
            message: d.message(lang),
            help: d.help(lang),
            fix: d.fix.as_ref().map(|fix| fix.text.as_str()),
        }
    };
    found.iter().map(one).collect()
}

fn json(found: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    // Strings and numbers only: this cannot fail.
    serde_json::to_string_pretty(&findings(found, sources, lang)).unwrap_or_default() + "\n"
}

/// How many findings of each weight there are, in a sentence.
pub fn summary(found: &[Diagnostic], lang: Lang) -> String {
    let words = words(lang);
    let count = |severity: Severity| found.iter().filter(|d| d.severity == severity).count();
    let counted = [
        (count(Severity::Error), words.errors),
        (count(Severity::Warning), words.warnings),
        (count(Severity::Info), words.infos),
    ];
    let parts: Vec<String> = counted
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, [one, many])| format!("{n} {}", if *n == 1 { one } else { many }))
        .collect();
    if parts.is_empty() { words.clean.to_owned() } else { parts.join(", ") }
}

struct ReportWords {
    error: &'static str,
    warning: &'static str,
    info: &'static str,
    help: &'static str,
    also: &'static str,
    more: &'static str,
    clean: &'static str,
    errors: [&'static str; 2],
    warnings: [&'static str; 2],
    infos: [&'static str; 2],
}

fn words(lang: Lang) -> &'static ReportWords {
    match lang {
        Lang::FI => &FI,
        Lang::SV => &SV,
        _ => &EN,
    }
}

const FI: ReportWords = ReportWords {
    error: "virhe",
    warning: "varoitus",
    info: "huomio",
    help: "ohje",
    also: "liittyy tähän",
    more: "… ja {n} muuta: --format short näyttää kaikki",
    clean: "Ei huomautettavaa",
    errors: ["virhe", "virhettä"],
    warnings: ["varoitus", "varoitusta"],
    infos: ["huomio", "huomiota"],
};

const SV: ReportWords = ReportWords {
    error: "fel",
    warning: "varning",
    info: "notering",
    help: "råd",
    also: "hör ihop med detta",
    more: "… och {n} till: --format short visar alla",
    clean: "Inga anmärkningar",
    errors: ["fel", "fel"],
    warnings: ["varning", "varningar"],
    infos: ["notering", "noteringar"],
};

const EN: ReportWords = ReportWords {
    error: "error",
    warning: "warning",
    info: "note",
    help: "help",
    also: "belongs to this",
    more: "… and {n} more: --format short shows all",
    clean: "Nothing to remark on",
    errors: ["error", "errors"],
    warnings: ["warning", "warnings"],
    infos: ["note", "notes"],
};
