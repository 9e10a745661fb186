//! Findings as data: what is wrong, where, with which words filled in, and how to mend it.
//!
//! A [`Code`] carries the way to its words, so a finding can be told anywhere in any language without a
//! catalogue being passed along. The words stand in a TOML file beside the code that finds the mistake.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::base::lang::{Lang, PerLang};
pub use crate::base::said::Words;
use crate::base::source::{Sources, Span};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The handbook may not be published like this.
    Error,
    /// Something a reader will stumble over.
    Warning,
    /// Something to know.
    Info,
}

impl Severity {
    /// The word in `site.toml`, in JSON and in the short format.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// The words of one kind of finding, in every language polku speaks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleInfo {
    /// How much it weighs unless `site.toml` says otherwise.
    pub severity: Severity,
    /// What is wrong, with `{name}` where a value goes.
    pub message: Words,
    /// How to mend it in the files.
    pub help: Words,
    /// How to mend it in the preview, where that is another way: no keys and no commands.
    #[serde(default)]
    pub panel: Option<Words>,
    /// Why it matters: a paragraph for `polku explain` and the reference.
    pub why: Words,
    /// A handbook file in which it is found. Empty where no file can show it.
    #[serde(default)]
    pub bad: String,
    /// The same, mended.
    #[serde(default)]
    pub good: String,
}

/// The words of a family of findings: one TOML file.
pub type Family = BTreeMap<String, RuleInfo>;

/// A stable name for a kind of finding, such as `unknown-key`.
#[derive(Clone, Copy)]
pub struct Code {
    id: &'static str,
    family: fn() -> &'static Family,
}

impl Code {
    /// Names a finding whose words stand in a family. Use [`codes!`](crate::codes).
    pub const fn new(id: &'static str, family: fn() -> &'static Family) -> Code {
        Code { id, family }
    }

    /// The name.
    pub fn id(self) -> &'static str {
        self.id
    }

    /// The words; `None` only if the family's file lacks them, which a test forbids.
    pub fn info(self) -> Option<&'static RuleInfo> {
        (self.family)().get(self.id)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Declares the codes of a family and where their words stand:
/// `codes! { "reading.toml": UNKNOWN_KEY = "unknown-key", … }`.
#[macro_export]
macro_rules! codes {
    ($file:literal: $($name:ident = $id:literal),* $(,)?) => {
        fn family() -> &'static $crate::base::diag::Family {
            static FAMILY: std::sync::LazyLock<$crate::base::diag::Family> = std::sync::LazyLock::new(|| {
                ::toml::from_str(include_str!($file)).expect("a test reads the words of every family")
            });
            &FAMILY
        }
        $(
            #[doc = concat!("The finding `", $id, "`: see `polku explain ", $id, "`.")]
            pub const $name: $crate::base::diag::Code = $crate::base::diag::Code::new($id, family);
        )*
        /// Every code of this family.
        pub const CODES: &[$crate::base::diag::Code] = &[$($name),*];
    };
}

/// A value in a message: the same in every language, or one per language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// An id, a key, a number.
    Plain(String),
    /// A name or a word.
    Each(PerLang<String>),
}

impl Arg {
    /// The value in a language, or in the first there is.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Arg::Plain(text) => text,
            Arg::Each(texts) => {
                let any = || texts.iter().next().map(|(_, text)| text);
                texts.get(lang).or_else(any).map_or("", String::as_str)
            }
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Plain(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Plain(text)
    }
}

impl From<PerLang<String>> for Arg {
    fn from(texts: PerLang<String>) -> Arg {
        Arg::Each(texts)
    }
}

/// A change of text that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind.
    pub code: Code,
    /// How much it weighs in this handbook.
    pub severity: Severity,
    /// Whether the handbook has weighed this very finding, and not all of its kind.
    pub weighed: bool,
    /// Where; `None` where it concerns no file.
    pub span: Option<Span>,
    /// The values of its message.
    pub args: BTreeMap<&'static str, Arg>,
    /// A second place that belongs to it.
    pub also: Option<Span>,
    /// The change that mends it, where there is exactly one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn at(code: Code, span: Span) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::of(code) }
    }

    /// A finding without a place in a file.
    pub fn of(code: Code) -> Diagnostic {
        let severity = code.info().map_or(Severity::Error, |info| info.severity);
        Diagnostic {
            code,
            severity,
            weighed: false,
            span: None,
            args: BTreeMap::new(),
            also: None,
            fix: None,
        }
    }

    /// Fills in a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Diagnostic {
        self.args.insert(name, value.into());
        self
    }

    /// Adds the second place.
    #[must_use]
    pub fn also(mut self, span: Option<Span>) -> Diagnostic {
        self.also = span;
        self
    }

    /// Offers the word that was probably meant, as a value and as a change of the finding's own place.
    #[must_use]
    pub fn near(mut self, near: Option<&str>) -> Diagnostic {
        let Some(near) = near else { return self };
        self.fix = self.span.map(|span| Fix { span, text: near.to_owned() });
        self.with("near", near)
    }

    /// The same for a value, which stands in quotation marks in the file but not in the message.
    #[must_use]
    pub fn near_value(self, near: Option<&str>) -> Diagnostic {
        let mut finding = self.near(near);
        if let Some(fix) = &mut finding.fix {
            fix.text = format!("\"{}\"", fix.text);
        }
        finding
    }

    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        self.code
            .info()
            .map_or_else(|| self.code.id.to_owned(), |info| self.fill(info.message.get(lang), lang))
    }

    /// How to mend it, in words.
    pub fn help(&self, lang: Lang) -> String {
        if let Some(near) = self.args.get("near") {
            return DID_YOU_MEAN
                .get(lang)
                .map_or(String::new(), |text| text.replace("{near}", near.get(lang)));
        }
        self.code.info().map_or_else(String::new, |info| self.fill(info.help.get(lang), lang))
    }

    /// How to mend it in the preview, in words.
    pub fn panel(&self, lang: Lang) -> String {
        let words = self.code.info().and_then(|info| info.panel.as_ref());
        match words.filter(|_| !self.args.contains_key("near")) {
            Some(words) => self.fill(words.get(lang), lang),
            None => self.help(lang),
        }
    }

    /// Puts the values into a text; a value is never read as a place for another.
    fn fill(&self, text: &str, lang: Lang) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            out.push_str(self.args.get(name).map_or("?", |value| value.get(lang)));
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// Words of a finding with three dots where its values go, to be read without one.
pub fn gaps(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else { break };
        out += before;
        out.push('…');
        rest = after;
    }
    out + rest
}

static DID_YOU_MEAN: std::sync::LazyLock<PerLang<&str>> = std::sync::LazyLock::new(|| {
    [
        (Lang::FI, "Tarkoititko ”{near}”?"),
        (Lang::SV, "Menade du ”{near}”?"),
        (Lang::EN, "Did you mean “{near}”?"),
    ]
    .into_iter()
    .collect()
});

/// Findings being gathered.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds findings.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// What has been found so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Takes back what does not pass the test.
    pub fn retain(&mut self, keep: impl Fn(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The findings, the heaviest first and then in the order of files and places, each once, with the
    /// handbook's own severities; those without a place come first among their like.
    pub fn finish(self, sources: &Sources, severities: &BTreeMap<String, Severity>) -> Vec<Diagnostic> {
        let mut found = self.0;
        for diagnostic in found.iter_mut().filter(|diagnostic| !diagnostic.weighed) {
            if let Some(severity) = severities.get(diagnostic.code.id) {
                diagnostic.severity = *severity;
            }
        }
        let path = |span: Span| sources.get(span.file).map(|file| &file.path);
        found.sort_by_key(|d| (d.severity, d.span.and_then(path), d.span.map(|s| s.start), d.code.id));
        found.dedup();
        found
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
pub mod tests {
    //! A family of one, to test filling in.
    use super::*;

    crate::codes! { "diag_sample.toml": SAMPLE = "sample" }

    #[test]
    fn values_are_filled_in_once_and_per_language() {
        let names: PerLang<String> =
            [(Lang::FI, "rooli {x}".to_owned()), (Lang::SV, "roll".to_owned())].into_iter().collect();
        assert_eq!(CODES, [SAMPLE]);
        let finding = Diagnostic::of(SAMPLE).with("kind", names).with("x", "ei näin");
        assert_eq!(finding.message(Lang::FI), "Tuntematon rooli {x}.");
        assert_eq!(finding.message(Lang::SV), "Okänd roll.");
        assert_eq!(finding.near(Some("a")).help(Lang::EN), "Did you mean “a”?");
    }
}
