//! An onboarding path: day by day what is read, tried and talked over. With a start date, which only the
//! browser knows, the days become dates.

use std::collections::BTreeMap;

use serde::Serialize;

use super::markup::Facts;
use super::prose::Piece;
use super::words::{Link, Rich, Words};
use super::{Cx, lay_out};
use crate::base::diag::Diagnostic;
use crate::model::kind::Kind;
use crate::model::onboarding::{Onboarding, OnboardingStep};
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::text::At;
use crate::route::List;

/// Working days of a week.
const WEEK: u32 = 5;

#[derive(Serialize)]
struct View {
    kind: String,
    name: Words,
    summary: Option<Rich>,
    /// What the ticks and the start date are kept under.
    ticks: String,
    roles: Facts,
    days: Vec<Day>,
    body: Option<Piece>,
    mentions: Facts,
}

/// What is done by a working day.
#[derive(Serialize)]
struct Day {
    number: u32,
    name: String,
    week: String,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    id: String,
    text: Rich,
    facts: Facts,
}

pub(super) fn render(cx: Cx<'_>, path: &Entry<Onboarding>) -> Result<String, Diagnostic> {
    let kind = At::root("onboarding");
    let at = kind.entity(path.id().as_str());
    let roles: Vec<Key> = path.data.role.iter().filter_map(|role| cx.book().target(role)).collect();
    let view = View {
        kind: cx.kind_word(Kind::Onboarding),
        name: cx.name(path),
        summary: cx.summary(path),
        ticks: path.key().to_string(),
        roles: cx.fact("onboarding.role", cx.links(&roles)).into_iter().collect(),
        days: days(cx, path, &at.field("step")),
        body: cx.body(path),
        mentions: super::list::mentioned_by(cx, &path.key(), &[]),
    };
    lay_out(cx, "page/onboarding.html", &view, super::role::head(cx, path, List::Onboardings))
}

/// Steps under their days, the first day first; those of a day as written.
fn days(cx: Cx<'_>, path: &Entry<Onboarding>, at: &At<'_>) -> Vec<Day> {
    let mut days: BTreeMap<u32, Vec<Step>> = BTreeMap::new();
    for (position, step) in path.data.step.iter().enumerate() {
        let name = step.id.name(position);
        let view = view(cx, step, &name, &at.field(&name), &path.key());
        days.entry(step.day.unwrap_or(1)).or_default().extend(view);
    }
    let word = |key: &str, n: u32| cx.strings().with(key, &[("n", &n.to_string())]);
    let day = |(number, steps): (u32, Vec<Step>)| Day {
        number,
        name: word("onboarding.day", number),
        week: word("onboarding.week", number.saturating_sub(1) / WEEK + 1),
        steps,
    };
    days.into_iter().map(day).collect()
}

fn view(cx: Cx<'_>, step: &OnboardingStep, name: &str, at: &At<'_>, own: &Key) -> Option<Step> {
    let keys = |key: Option<Key>| cx.links(key.iter());
    let practise = step.practise.as_ref().and_then(|guide| cx.book().target(guide));
    let with = step.discuss_with.as_ref().and_then(|actor| cx.book().target(actor));
    let facts = [
        cx.fact("onboarding.read", cx.mentioned(own, &step.read)),
        cx.fact("onboarding.practise", keys(practise)),
        cx.fact("onboarding.discuss_with", keys(with)),
    ];
    let text = cx.rich(&step.text, &at.field("text"))?;
    Some(Step { id: format!("_t-{name}"), text, facts: facts.into_iter().flatten().collect() })
}

/// The paths of a role.
pub(super) fn of_role(cx: Cx<'_>, role: &Key) -> Vec<Link> {
    let is_for = |path: &&Entry<Onboarding>| {
        path.data.role.iter().any(|own| cx.book().target(own).as_ref() == Some(role))
    };
    let paths: Vec<Key> = cx.book().tables.onboardings.iter().filter(is_for).map(AnyEntry::key).collect();
    cx.links(&paths)
}
