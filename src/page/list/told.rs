//! What an entry of a list says of its entity: the main facts where it has a page of its own, everything
//! where it stands in the list itself.

use super::super::sheet::Labelled;
use super::super::words::{Fact, Link};
use super::super::{
    Cx, change, indicator, partner, pilot, process, question, rule, segment, service, task, team, trust,
};
use crate::model::division::Share;
use crate::model::form::Form;
use crate::model::kind::Kind;
use crate::model::law::LawRef;
use crate::model::obligation::Obligation;
use crate::model::table::{Entry, Key};
use crate::model::text::At;
use crate::page::markup::Facts;
use crate::route::Route;

/// The main facts of an entity that has a page of its own.
pub(super) fn brief(cx: Cx<'_>, key: &Key) -> Facts {
    main_facts(cx, key).unwrap_or_default()
}

fn main_facts(cx: Cx<'_>, key: &Key) -> Option<Facts> {
    let tables = &cx.book().tables;
    Some(match key.kind {
        Kind::Task => {
            let takings = cx.world.reading.division().of_task(&key.id).iter();
            let accountable = takings.filter(|taking| taking.share == Share::Accountable);
            let links = accountable.filter_map(|taking| task::who_link(cx, taking)).collect();
            cx.fact("share.accountable", links).into_iter().collect()
        }
        Kind::Statute => {
            let number = Link::plain(&tables.statutes.get(&key.id)?.data.number);
            cx.fact("statute.number", vec![number]).into_iter().collect()
        }
        Kind::Onboarding => {
            let roles = &tables.onboardings.get(&key.id)?.data.role;
            let roles: Vec<Key> = roles.iter().filter_map(|role| cx.book().target(role)).collect();
            cx.fact("onboarding.role", cx.links(&roles)).into_iter().collect()
        }
        Kind::Process => process::map_facts(cx, tables.processes.get(&key.id)?),
        Kind::Service => service::told(cx, &tables.services.get(&key.id)?.data),
        Kind::Segment => segment::told(cx, tables.segments.get(&key.id)?),
        Kind::Team => team::told(cx, tables.teams.get(&key.id)?),
        Kind::Partner => partner::told(cx, tables.partners.get(&key.id)?),
        Kind::Indicator => indicator::brief(cx, tables.indicators.get(&key.id)?),
        Kind::Pilot => pilot::brief(cx, tables.pilots.get(&key.id)?),
        _ => return None,
    })
}

/// The longer texts of an entity that stands in a list.
pub(super) fn texts(cx: Cx<'_>, key: &Key) -> Vec<Labelled> {
    let tables = &cx.book().tables;
    let texts = match key.kind {
        Kind::Question => tables.questions.get(&key.id).map(|entry| question::texts(cx, entry)),
        Kind::Change => tables.changes.get(&key.id).map(|entry| change::texts(cx, entry)),
        _ => None,
    };
    texts.unwrap_or_default()
}

/// What an entity that stands in a list says of itself, and what mentions it.
pub(super) fn whole(cx: Cx<'_>, key: &Key) -> Facts {
    // What an entity tells of its mentions itself is not told once more.
    let told: &[Kind] = match key.kind {
        Kind::Rule | Kind::Question | Kind::Change => Kind::ALL,
        Kind::Area => &[Kind::Team, Kind::Area],
        _ => &[],
    };
    let own = own_facts(cx, key).unwrap_or_default();
    let trust = cx.book().entry(key).map(|entry| trust::facts(cx, entry)).unwrap_or_default();
    own.into_iter().chain(trust).chain(mentioned_by(cx, key, told)).collect()
}

fn own_facts(cx: Cx<'_>, key: &Key) -> Option<Facts> {
    let tables = &cx.book().tables;
    let law = |law: &[LawRef]| cx.fact("law.law", cx.law(law));
    let facts: Vec<Option<Fact>> = match key.kind {
        Kind::Rule => return tables.rules.get(&key.id).map(|rule| rule::facts(cx, rule)),
        Kind::Question => return tables.questions.get(&key.id).map(|own| question::facts(cx, own)),
        Kind::Change => return tables.changes.get(&key.id).map(|own| change::facts(cx, own)),
        Kind::Qualification => {
            let own = &tables.qualifications.get(&key.id)?.data;
            let grade = cx.word_of("grade", own.grade.as_str());
            vec![cx.fact("role.grade", vec![Link::plain(&grade)]), law(&own.law)]
        }
        Kind::Topic => vec![law(&tables.topics.get(&key.id)?.data.law)],
        Kind::Competence => vec![law(&tables.competences.get(&key.id)?.data.law)],
        Kind::Area => team::area_facts(cx, tables.areas.get(&key.id)?),
        Kind::Obligation => obligation_facts(cx, &tables.obligations.get(&key.id)?.data),
        Kind::Form => form_facts(cx, tables.forms.get(&key.id)?),
        _ => return None,
    };
    Some(facts.into_iter().flatten().collect())
}

/// What the law asks of the organisation, and by which tasks it is met.
fn obligation_facts(cx: Cx<'_>, obligation: &Obligation) -> Vec<Option<Fact>> {
    let tasks = obligation.fulfilled_by.iter().filter_map(|task| cx.book().target(task));
    let tasks: Vec<Key> = tasks.collect();
    let state = match tasks.len() {
        0 => cx.word("obligation.unmet").to_owned(),
        n => cx.strings().with("obligation.met", &[("n", &n.to_string())]),
    };
    vec![
        cx.fact("obligation.state", vec![Link::plain(&state)]),
        cx.fact("law.law", cx.law(&obligation.law)),
        cx.fact("obligation.fulfilled_by", cx.links(&tasks)),
    ]
}

/// Where a form is found.
fn form_facts(cx: Cx<'_>, form: &Entry<Form>) -> Vec<Option<Fact>> {
    let data = &form.data;
    let kind = At::root("form");
    let file = data.file.as_ref().and_then(|file| {
        let source = file.source()?;
        let url = cx.world.routes.url(&Route::Media(source.clone()))?;
        Some(Link::to(cx.url.to(url), source.name()))
    });
    let link = data.link.as_ref().filter(|link| link.starts_with("https://"));
    let link =
        link.map(|link| Link::to(link.clone(), link.trim_start_matches("https://").trim_end_matches('/')));
    let place = cx.words(&data.place, &kind.entity(form.id().as_str()).field("place"));
    let place = place.map(|words| Link { words, ..Link::default() });
    vec![
        cx.fact("form.file", file.into_iter().collect()),
        cx.fact("form.link", link.into_iter().collect()),
        cx.fact("form.place", place.into_iter().collect()),
        cx.fact("law.law", cx.law(&data.law)),
    ]
}

/// What mentions an entity, a line a kind; without the kinds of which its page tells already.
pub(in crate::page) fn mentioned_by(cx: Cx<'_>, key: &Key, told: &[Kind]) -> Facts {
    let fact = |kind: &Kind| {
        let keys = cx.world.reading.links().back(key).filter(|back| back.kind == *kind).cloned();
        cx.fact_of("kinds", kind.as_str(), cx.links(&cx.in_order(keys)))
    };
    Kind::ALL.iter().filter(|kind| !told.contains(kind)).filter_map(fact).collect()
}
