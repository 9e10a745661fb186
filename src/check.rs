//! What a handbook must keep to. Reads the model and nothing else; every rule is a row of a table.
//!
//! Layer 3. Words, reasons and examples of a rule stand in the TOML file beside its code.

pub mod accessibility;
pub mod checklist;
pub mod competence;
pub mod form;
pub mod guide;
pub mod language;
pub mod law;
pub mod look;
pub mod measure;
mod names;
pub mod onboarding;
mod pairs;
pub mod pilot;
pub mod place;
pub mod process;
pub mod references;
pub mod responsibility;
pub mod role;
pub mod segment;
pub mod service;
pub mod settings;
pub mod terms;
pub mod translation;
pub mod upkeep;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::base::date::Date;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::model::book::Handbook;
use crate::model::glossary::Glossary;
use crate::model::links::Links;
use crate::model::ruling::Rulings;
use crate::model::translation::Translations;

/// What rules look at.
pub struct Facts<'a> {
    /// The handbook.
    pub book: &'a Handbook,
    /// Who mentions whom.
    pub links: &'a Links,
    /// Which rules bind which tasks.
    pub rulings: &'a Rulings,
    /// The words of the glossary.
    pub glossary: &'a Glossary,
    /// Which texts match their twins.
    pub translations: &'a Translations,
    /// The day of the check.
    pub today: Date,
    /// The codes of layers above that a handbook may weigh too.
    pub more_codes: &'a [Code],
}

/// A rule: what it may find, and how it looks.
pub struct Rule {
    /// The findings it may give.
    pub codes: &'static [Code],
    /// Looks at the facts.
    pub run: fn(&Facts<'_>, &mut Diagnostics),
}

/// Every rule, in the order of the reference.
pub static RULES: &[Rule] = &[
    Rule { codes: &[settings::UNKNOWN_SEVERITY], run: settings::severities },
    Rule { codes: &[settings::BAD_BASE_URL], run: settings::base_url },
    Rule { codes: &[look::UNREADABLE_ACCENT], run: look::accent },
    Rule { codes: look::LOGO, run: look::logo },
    Rule { codes: look::ADDRESSES, run: look::addresses },
    Rule { codes: accessibility::CODES, run: accessibility::statement },
    Rule { codes: references::FIELD_CODES, run: references::fields },
    Rule { codes: references::PROSE_CODES, run: references::prose },
    Rule { codes: &[references::SAME_BUT_FOR_CASE], run: references::media },
    Rule { codes: references::CITATION_CODES, run: references::citations },
    Rule { codes: &[language::MISSING_NAME, language::MISSING_TEXT], run: language::texts },
    Rule { codes: &[language::MISSING_PROSE], run: language::prose },
    Rule { codes: &[language::MISSING_SECTION], run: language::sections },
    Rule { codes: &[language::MISSING_CELL], run: language::cells },
    Rule { codes: translation::STATES, run: translation::states },
    Rule { codes: translation::SHAPES, run: translation::shapes },
    Rule { codes: &[responsibility::ACCOUNTABLE_INFORMED], run: responsibility::accountable_informed },
    Rule { codes: &[responsibility::OVERLAP], run: responsibility::overlap },
    Rule { codes: &[responsibility::GAP], run: responsibility::gap },
    Rule {
        codes: &[responsibility::PHASE_WITHOUT_TASK, responsibility::PHASE_WITHOUT_ROLE],
        run: responsibility::phases,
    },
    Rule { codes: &[responsibility::ROLE_WITHOUT_TASK], run: responsibility::roles },
    Rule { codes: &[role::ACCESS_MISSING], run: role::access },
    Rule { codes: &[role::TIME_OVER], run: role::time },
    Rule { codes: &[responsibility::DECISION_WITHOUT_OFFICE], run: responsibility::office },
    Rule { codes: &[responsibility::DECISION_WITHOUT_DELEGATION], run: responsibility::delegation },
    Rule { codes: &[responsibility::FUNCTION_WITHOUT_CARRIER], run: responsibility::carriers },
    Rule { codes: process::WAYS, run: process::ways },
    Rule { codes: process::STEPS, run: process::steps },
    Rule { codes: process::ACTORS, run: process::actors },
    Rule { codes: &[process::STEP_IN_OTHER_PHASE], run: process::phases },
    Rule { codes: &[process::DECISION_POINT_MISSING], run: process::decision_points },
    Rule { codes: competence::BREACHES, run: competence::rules },
    Rule { codes: &[competence::RULE_WITHOUT_TASK], run: competence::unused },
    Rule { codes: &[competence::IDLE_RULE], run: competence::idle },
    Rule { codes: &[competence::COMPETENCE_GAP], run: competence::gap },
    Rule { codes: terms::CODES, run: terms::words },
    Rule { codes: &[law::REPEALED_LAW], run: law::repealed },
    Rule { codes: &[law::UNCHECKED_LAW], run: law::unchecked },
    Rule { codes: law::CHANGES, run: law::changes },
    Rule { codes: &[law::OBLIGATION_WITHOUT_TASK], run: law::obligations },
    Rule { codes: guide::SHAPES, run: guide::shapes },
    Rule { codes: &[guide::UNLAWFUL_OUTCOME], run: guide::lawful },
    Rule { codes: &[guide::SCORED_SPECIAL_SUPPORT], run: guide::scored },
    Rule { codes: checklist::CODES, run: checklist::checks },
    Rule { codes: form::CODES, run: form::forms },
    Rule { codes: &[place::BAD_POSTAL_CODE], run: place::codes },
    Rule { codes: &[place::AREA_IN_CIRCLE], run: place::circles },
    Rule { codes: &[place::POSTAL_CODE_TWICE], run: place::twice },
    Rule { codes: &[place::POSTAL_CODE_OUTSIDE, place::POSTAL_CODE_LEFT_OVER], run: place::parts_cover },
    Rule { codes: &[place::AREA_WITHOUT_TEAM], run: place::deserted },
    Rule { codes: &[place::TEAM_WITHOUT_CONTACT], run: place::teams },
    Rule { codes: &[place::BAD_CONTACT], run: place::contacts },
    Rule { codes: &[place::PARTNER_WITHOUT_CONTACT], run: place::partners },
    Rule { codes: &[segment::AGES_OVERLAP, segment::AGES_GAP, segment::AGES_OUTSIDE], run: segment::ages },
    Rule { codes: &[segment::PARTS_SUM], run: segment::sums },
    Rule { codes: &[segment::UNCLEAR_SIZE], run: segment::sizes },
    Rule { codes: &[segment::SEGMENT_IN_CIRCLE, segment::PART_ELSEWHERE], run: segment::parents },
    Rule { codes: &[service::SERVICE_WITHOUT_PEOPLE], run: service::people },
    Rule { codes: &[service::SERVICE_WITHOUT_OFFICE], run: service::office },
    Rule { codes: &[service::FORUM_INCOMPLETE], run: service::forums },
    Rule {
        codes: &[
            measure::VALUE_OUTSIDE_SCALE,
            measure::VALUE_ORDER,
            measure::VALUE_TWICE,
            measure::VALUE_IN_FUTURE,
        ],
        run: measure::values,
    },
    Rule { codes: &[measure::UNAIMED_INDICATOR], run: measure::aims },
    Rule { codes: &[measure::ADOPTION_WITHOUT_TEAMS], run: measure::adoption },
    Rule { codes: pilot::DATES, run: pilot::dates },
    Rule { codes: &[pilot::GRANT_OVER_BUDGET], run: pilot::money },
    Rule { codes: &[pilot::NEEDS_MISSING], run: pilot::needs },
    Rule { codes: upkeep::QUESTIONS, run: upkeep::questions },
    Rule { codes: upkeep::DAYS, run: upkeep::days },
    Rule { codes: &[upkeep::REVIEW_OVERDUE], run: upkeep::reviews },
    Rule { codes: &[upkeep::OWNER_MISSING], run: upkeep::owners },
    Rule { codes: onboarding::CODES, run: onboarding::days },
];

/// What a handbook lacks that may be shown and tried out, but not be given to its readers by
/// `polku publish`.
pub fn unfit_for_publication(book: &Handbook) -> Vec<Diagnostic> {
    accessibility::demanded(book)
}

/// Runs every rule: side by side, because none knows of another, and told in the order of the table.
pub fn check(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let run = |rule: &Rule| {
        let mut found = Diagnostics::default();
        (rule.run)(facts, &mut found);
        found
    };
    let found: Vec<Diagnostics> = RULES.par_iter().map(run).collect();
    diags.extend(found.into_iter().flatten());
}

/// Every code that polku can give, layer by layer.
pub fn all_codes() -> Vec<Code> {
    let before = [crate::syntax::CODES, crate::model::CODES, crate::theme::CODES].into_iter().flatten();
    let all = before.chain(RULES.iter().flat_map(|rule| rule.codes)).copied();
    // Two rules may give one finding.
    let mut seen = BTreeSet::new();
    all.filter(|code| seen.insert(code.id())).collect()
}
