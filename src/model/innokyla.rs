//! The headings under which Innokylä, the national library of working models in social and health care,
//! describes a pilot. Prose of a pilot is sorted under them, so that it can be copied there as it is.

use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::near::nearest;
use crate::model;
use crate::model::prose::Prose;
use crate::model::words;
use crate::syntax::markdown::plain;
use crate::syntax::slug::Slug;

/// A heading of Innokylä.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Where the work is done.
    Environment,
    /// How things were, and what they are part of.
    StartingPoint,
    /// The strategy it belongs to.
    Strategy,
    /// What clients, employees, the organisation and society needed.
    Needs,
    /// Who developed it together.
    Developers,
    /// The change that is aimed at.
    Aim,
    /// How the change is measured.
    Measuring,
    /// How it is carried out.
    Plan,
    /// What others had already made.
    Reuse,
    /// How ideas were found.
    Ideas,
    /// Which idea was chosen.
    Choice,
    /// How the idea was made concrete.
    Shaping,
    /// How clients tried the idea.
    ClientTest,
    /// How the solution was tried.
    Testing,
    /// What the trial was to show.
    Goals,
    /// What it taught.
    Learnt,
    /// The idea of the solution.
    Solution,
    /// What it takes to work and to be taken into use.
    Conditions,
    /// Advice for those who take it over.
    Tips,
}

impl Heading {
    /// All headings in the order of Innokylä.
    pub const ALL: [Heading; 19] = [
        Heading::Environment,
        Heading::StartingPoint,
        Heading::Strategy,
        Heading::Needs,
        Heading::Developers,
        Heading::Aim,
        Heading::Measuring,
        Heading::Plan,
        Heading::Reuse,
        Heading::Ideas,
        Heading::Choice,
        Heading::Shaping,
        Heading::ClientTest,
        Heading::Testing,
        Heading::Goals,
        Heading::Learnt,
        Heading::Solution,
        Heading::Conditions,
        Heading::Tips,
    ];

    /// The word in files, and the anchor.
    pub fn as_str(self) -> &'static str {
        match self {
            Heading::Environment => "environment",
            Heading::StartingPoint => "starting-point",
            Heading::Strategy => "strategy",
            Heading::Needs => "needs",
            Heading::Developers => "developers",
            Heading::Aim => "aim",
            Heading::Measuring => "measuring",
            Heading::Plan => "plan",
            Heading::Reuse => "reuse",
            Heading::Ideas => "ideas",
            Heading::Choice => "choice",
            Heading::Shaping => "shaping",
            Heading::ClientTest => "client-test",
            Heading::Testing => "testing",
            Heading::Goals => "goals",
            Heading::Learnt => "learnt",
            Heading::Solution => "solution",
            Heading::Conditions => "conditions",
            Heading::Tips => "tips",
        }
    }

    /// What it is called in a language.
    pub fn words(self, lang: Lang) -> &'static str {
        words::innokyla(self, lang)
    }
}

/// Finds the headings of Innokylä in the prose of a pilot. One that is almost such a heading is told, and read
/// as what was meant; any other is a heading of the author's own.
pub(super) fn find_headings(prose: &mut Prose, lang: Lang) {
    let doc = Arc::clone(&prose.doc);
    for (at, heading, span) in doc.headings().filter(|(_, heading, _)| heading.level == 2) {
        let words = plain(&heading.text);
        let words = words.trim();
        let same = |own: &Heading| own.words(lang).to_lowercase() == words.to_lowercase();
        let found = Heading::ALL.into_iter().find(same).or_else(|| {
            let near = nearest(words, Heading::ALL.map(|own| own.words(lang)))?;
            let finding = Diagnostic::at(model::NEAR_HEADING, span).with("heading", words);
            prose.told.push(finding.with("meant", near));
            Heading::ALL.into_iter().find(|own| own.words(lang) == near)
        });
        let Some(found) = found else { continue };
        prose.innokyla.entry(found).or_default().push(at + 1..doc.section_end(at, 2));
        if let Some(anchor) = Slug::new(found.as_str()) {
            prose.named.insert(at, anchor);
        }
    }
}
