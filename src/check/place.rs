//! Areas, teams and partners: every postal code leads to one area, and every team and partner can be reached.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::check::Facts;
use crate::check::names::{called, few, first_called};
use crate::check::pairs::gathered;
use crate::model::area::{Area, PostalCodes};
use crate::model::book::Handbook;
use crate::model::partner::{Partner, Sort};
use crate::model::placed::is_mail;
use crate::model::places::{
    Codes, around, left_over, meet, merged, parts, shared, teams as teams_of, within, without, written,
};
use crate::model::table::{AnyEntry, Entry};
use crate::model::team::Team;
use crate::syntax::slug::Slug;

crate::codes! { "place.toml":
    BAD_POSTAL_CODE = "bad-postal-code",
    AREA_IN_CIRCLE = "area-in-circle",
    POSTAL_CODE_TWICE = "postal-code-twice",
    POSTAL_CODE_OUTSIDE = "postal-code-outside",
    POSTAL_CODE_LEFT_OVER = "postal-code-left-over",
    TEAM_WITHOUT_CONTACT = "team-without-contact",
    PARTNER_WITHOUT_CONTACT = "partner-without-contact",
    AREA_WITHOUT_TEAM = "area-without-team",
    BAD_CONTACT = "bad-contact",
}

/// A postal code has five digits, and a span of them runs upwards.
pub(super) fn codes(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for area in facts.book.tables.areas.iter() {
        for codes in area.data.postal_codes.iter().filter(|codes| codes.ends().is_none()) {
            let finding = Diagnostic::at(BAD_POSTAL_CODE, codes.span).with("code", &*codes.text);
            diags.push(finding.with("area", called(facts.book, area)));
        }
    }
}

/// No area lies within itself, also not by way of others. Told once for each circle.
pub(super) fn circles(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let mut told: BTreeSet<&Slug> = BTreeSet::new();
    for area in facts.book.tables.areas.iter().filter(|area| is_in_circle(facts.book, area)) {
        let circle = around(facts.book, area);
        if circle.iter().all(|other| told.insert(other.id())) {
            let place = area.data.within.as_ref().map_or(area.span, |within| within.span);
            diags.push(Diagnostic::at(AREA_IN_CIRCLE, place).with("area", called(facts.book, area)));
        }
    }
}

/// Whether one comes back to an area by going outwards from it.
fn is_in_circle(book: &Handbook, area: &Entry<Area>) -> bool {
    let last = around(book, area).into_iter().next_back();
    last.and_then(|last| within(book, last)).is_some_and(|next| next.id() == area.id())
}

/// A code stands in two areas only where one lies within the other.
pub(super) fn twice(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let areas: Vec<(&Entry<Area>, Vec<Codes>)> =
        facts.book.tables.areas.iter().map(|area| (area, merged(&area.data))).collect();
    let inner = inner(facts.book);
    let mut pairs = Vec::new();
    for (at, (second, own)) in areas.iter().enumerate() {
        let nested = nested(facts.book, &inner, second);
        let others = areas[..at].iter().enumerate().filter(|(_, (first, _))| !nested.contains(first.id()));
        pairs.extend(others.filter(|(_, (_, codes))| meet(own, codes)).map(|(first, _)| (first, at)));
    }
    for (at, others) in gathered(pairs) {
        let others: Vec<&Entry<Area>> = others.into_iter().map(|other| areas[other].0).collect();
        diags.extend(in_several(facts.book, areas[at].0, &others));
    }
}

/// The first codes of an area that another has too, with both as they are written.
fn first_met<'b>(
    area: &'b Entry<Area>,
    other: &'b Entry<Area>,
) -> Option<(Codes, &'b PostalCodes, &'b PostalCodes)> {
    let read = |area: &'b Entry<Area>| area.data.postal_codes.iter().map(|code| (code.ends(), code));
    let theirs: Vec<_> = read(other).filter_map(|(ends, code)| Some((ends?, code))).collect();
    let spans = merged(&other.data);
    let (own, code) = read(area).filter_map(|(ends, code)| Some((ends?, code))).find(|(own, _)| {
        let first = spans.partition_point(|span| span.1 < own.0);
        spans.get(first).is_some_and(|span| span.0 <= own.1)
    })?;
    theirs.iter().find_map(|(theirs, other)| Some((shared(own, *theirs)?, code, *other)))
}

/// The first code that an area shares with each of some others, at the first of them.
fn in_several(book: &Handbook, area: &Entry<Area>, others: &[&Entry<Area>]) -> Option<Diagnostic> {
    let met: Vec<_> = others.iter().filter_map(|other| first_met(area, other)).collect();
    let (_, own, other) = met.first()?;
    let codes: BTreeSet<String> = met.iter().map(|(codes, _, _)| written(*codes)).collect();
    let finding = Diagnostic::at(POSTAL_CODE_TWICE, own.span).also(Some(other.span));
    let finding = finding.with("code", few(codes.into_iter())).with("area", called(book, area));
    Some(finding.with("others", first_called(book, others.iter().map(|other| *other as &dyn AnyEntry))))
}

/// The areas directly within each.
fn inner(book: &Handbook) -> BTreeMap<&Slug, Vec<&Slug>> {
    let mut inner: BTreeMap<&Slug, Vec<&Slug>> = BTreeMap::new();
    for area in book.tables.areas.iter() {
        within(book, area).into_iter().for_each(|outer| inner.entry(outer.id()).or_default().push(area.id()));
    }
    inner
}

/// The areas that lie within an area or around it, however far, and itself.
fn nested<'b>(
    book: &'b Handbook,
    inner: &BTreeMap<&'b Slug, Vec<&'b Slug>>,
    area: &'b Entry<Area>,
) -> BTreeSet<&'b Slug> {
    let (mut inside, mut open) = (BTreeSet::new(), vec![area.id()]);
    while let Some(id) = open.pop() {
        if inside.insert(id) {
            open.extend(inner.get(id).into_iter().flatten());
        }
    }
    inside.extend(around(book, area).into_iter().map(Entry::id));
    inside
}

/// The parts of an area have its codes between them: all of them, and no others.
pub(super) fn parts_cover(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let readable = |area: &&Entry<Area>| {
        !area.is_faulty() && area.data.postal_codes.iter().all(|codes| codes.ends().is_some())
    };
    for area in facts.book.tables.areas.iter().filter(readable) {
        let own = merged(&area.data);
        let parts: Vec<&Entry<Area>> = parts(facts.book, area.id()).collect();
        let told = parts.iter().all(|part| readable(part) && !part.data.postal_codes.is_empty());
        if own.is_empty() || is_in_circle(facts.book, area) {
            continue;
        }
        for part in parts.iter().filter(|part| readable(part)) {
            diags.extend(outside(facts.book, part, area, &own));
        }
        let left = left_over(facts.book, area);
        if !parts.is_empty() && told && !left.is_empty() {
            let finding = Diagnostic::at(POSTAL_CODE_LEFT_OVER, area.span).with("codes", joined(&left));
            diags.push(finding.with("area", called(facts.book, area)));
        }
    }
}

/// The codes of a part that the whole does not have.
fn outside(book: &Handbook, part: &Entry<Area>, whole: &Entry<Area>, own: &[Codes]) -> Option<Diagnostic> {
    let beyond = without(&merged(&part.data), own);
    if beyond.is_empty() {
        return None;
    }
    let place = part.data.postal_codes.first().map_or(part.span, |codes| codes.span);
    let finding = Diagnostic::at(POSTAL_CODE_OUTSIDE, place).also(Some(whole.span));
    let finding = finding.with("codes", joined(&beyond)).with("part", called(book, part));
    Some(finding.with("area", called(book, whole)))
}

fn joined(codes: &[Codes]) -> String {
    few(codes.iter().map(|codes| written(*codes)))
}

/// A team that the look-up of postal codes leads to can be reached.
pub(super) fn teams(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let reached = |team: &Team| {
        team.contact.as_ref().is_some_and(|contact| contact.phone.is_some() || contact.mail.is_some())
    };
    let silent = |team: &Team| !team.area.is_empty() && !reached(team);
    for team in facts.book.tables.teams.iter().filter(|team| silent(&team.data) && !team.is_faulty()) {
        diags.push(Diagnostic::at(TEAM_WITHOUT_CONTACT, team.span).with("team", called(facts.book, team)));
    }
}

/// A partner can be reached; people close to the client are reached through the client. A handbook that gives no
/// contacts at all keeps them elsewhere.
pub(super) fn partners(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if facts.book.tables.partners.iter().all(|partner| partner.data.contact.is_empty()) {
        return;
    }
    let silent = |partner: &Partner| partner.contact.is_empty() && partner.sort != Sort::ClosePeople;
    for partner in facts.book.tables.partners.iter().filter(|one| silent(&one.data) && !one.is_faulty()) {
        let finding = Diagnostic::at(PARTNER_WITHOUT_CONTACT, partner.span);
        diags.push(finding.with("partner", called(facts.book, partner)));
    }
}

/// Postal codes lead to a team, told once for all areas without one. A handbook in which no team names an area
/// does not sort its clients by where they live.
pub(super) fn deserted(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    let sorted = book.tables.teams.iter().any(|team| !team.data.area.is_empty());
    let readable = book.damaged.is_empty() && !book.tables.teams.iter().any(AnyEntry::is_faulty);
    let alone = |area: &&Entry<Area>| !left_over(book, area).is_empty() && teams_of(book, area).is_empty();
    let alone: Vec<&Entry<Area>> = book.tables.areas.iter().filter(alone).collect();
    let Some(first) = alone.first().filter(|_| sorted && readable) else { return };
    let finding = Diagnostic::at(AREA_WITHOUT_TEAM, first.span);
    diags.push(finding.with("areas", first_called(book, alone.iter().map(|area| *area as &dyn AnyEntry))));
}

/// Numbers can be called and addresses written to.
pub(super) fn contacts(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let contacts =
        facts.book.tables.teams.iter().filter_map(|team| Some((team, team.data.contact.as_ref()?)));
    for (team, contact) in contacts {
        let phone = contact.phone.as_ref().filter(|phone| !is_phone(phone));
        let mail = contact.mail.as_ref().filter(|mail| !is_mail(mail));
        for written in phone.into_iter().chain(mail) {
            let finding = Diagnostic::at(BAD_CONTACT, contact.id.span).with("team", called(facts.book, team));
            diags.push(finding.with("written", written.as_str()));
        }
    }
}

/// Whether something can be called: figures, however they are set apart.
fn is_phone(written: &str) -> bool {
    let figures = written.chars().filter(char::is_ascii_digit).count();
    figures >= 3 && written.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-–()/".contains(c))
}
