//! `site.toml`: what the handbook as a whole is.

use std::collections::BTreeMap;

use crate::base::diag::Severity;
use crate::base::source::Span;
use crate::model::field::{Field, Item, ReadCx, Shape, choice};
use crate::model::held::Held;
use crate::model::logo::Logo;
use crate::model::placed::{Placed, Tint};
use crate::model::redirect::Redirect;
use crate::model::rule::Weight;
use crate::model::statement::Accessibility;
use crate::model::text::Text;
use crate::model::values::Tag;
use crate::syntax::toml::{Data, Value};
use crate::{record, row};

/// The file's path.
pub const SITE: &str = "site.toml";

record! {
    /// The settings of a handbook.
    pub struct Config {
        /// What the handbook is called.
        title: Text = required,
        /// Its languages, in the order of the language switch.
        languages: Vec<Tag> = required,
        /// The language in which missing parts are shown, and of messages; the first where not given.
        default_language: Option<Tag>,
        /// What it is for, in a sentence or two: shown on the front page.
        summary: Text,
        /// Whose handbook it is.
        organisation: Text,
        /// Who keeps it up.
        owner: Text,
        /// The mail address for feedback.
        feedback: Option<Placed>,
        /// The address of a form for feedback, where there is one.
        feedback_form: Option<Placed>,
        /// Where to turn when it is urgent: shown on every page.
        urgent: Option<Urgent>,
        /// After how many months a page has to be read again.
        review_months: Option<u32>,
        /// After how many months summaries have to be compared with the law again; twelve where not given.
        law_months: Option<u32>,
        /// After how many months an open question has waited too long; twelve where not given.
        question_months: Option<u32>,
        /// What it says of its accessibility.
        accessibility: Option<Accessibility>,
        /// The theme.
        theme: Option<String>,
        /// The colour of links and marks on light pages.
        accent: Option<Tint>,
        /// The same on dark pages; made from the other where not given.
        accent_dark: Option<Tint>,
        /// The sign of the organisation.
        logo: Option<Logo>,
        /// Where it is published, such as `https://kasikirja.example.fi/`: for what needs whole addresses.
        base_url: Option<BaseUrl>,
        /// Where readers of addresses are led that are no more.
        redirect: Vec<Redirect>,
        /// Other weights of checks: `gap = "error"`.
        severity: Severities,
    }
}

row! {
    /// Where to turn when it is urgent.
    pub struct Urgent {
        /// What it is called.
        name: Text = required,
        /// The telephone number.
        phone: Option<String>,
        /// A sentence more.
        text: Text,
    }
}

/// The address of the published site, with a slash at its end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BaseUrl {
    /// The address; empty where it could not be read.
    pub address: String,
    /// Where it stands.
    pub span: Span,
}

impl BaseUrl {
    /// Whether it is `http` or `https` with a host and a path, and nothing behind.
    pub fn is_whole(&self) -> bool {
        let rest = self.address.strip_prefix("https://").or_else(|| self.address.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
        let plain = |c: char| c.is_ascii_graphic() && !"?#@\\\"<>".contains(c);
        host.is_some_and(|host| !host.is_empty()) && self.address.chars().all(plain)
    }
}

impl Field for BaseUrl {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let address = String::read(value, cx).trim_end_matches('/').to_owned() + "/";
        BaseUrl { address, span: value.span }
    }

    fn held(&self) -> Held<'_> {
        Held::plain(&self.address)
    }
}

impl Item for BaseUrl {
    fn is_nothing(&self) -> bool {
        self.address == "/"
    }
}

/// Weights of checks that differ from the default, with the place of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Severities(pub BTreeMap<String, (Severity, Span)>);

impl Field for Severities {
    fn shape() -> Shape {
        Shape::Plain
    }

    fn read(value: &Value, cx: &mut ReadCx<'_>) -> Self {
        let Data::Table(table) = &value.data else {
            cx.wrong_type(value, "rows");
            return Severities::default();
        };
        let mut severities = BTreeMap::new();
        for (key, value) in table.iter() {
            if let Some(at) = choice(value, Weight::WORDS, &mut cx.at(&key.name)) {
                severities.insert(key.name.to_string(), (Weight::ALL[at].severity(), key.span));
            }
        }
        Severities(severities)
    }

    /// What readers of a handbook have no use for.
    fn held(&self) -> Held<'_> {
        Held::Nothing
    }
}
