//! A team: where, with whom and when it works, how it is reached, and who is in it.

use super::Cx;
use super::markup::Facts;
use super::service::back;
use super::sheet::{Part, Sheet};
use super::words::{Fact, Link, Words};
use crate::base::lang::Lang;
use crate::base::output::mailto;
use crate::model::area::Area;
use crate::model::kind::Kind;
use crate::model::placed::is_mail;
use crate::model::places;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::team::{Contact, Team};
use crate::model::text::{At, Text};

pub(super) fn sheet(cx: Cx<'_>, team: &Entry<Team>) -> Sheet {
    let key = team.key();
    let own = Part { facts: facts(cx, team), ..Part::default() };
    let people =
        Part { links: cx.links(&back(cx, &key, Kind::Role)), ..Part::new("roolit", cx.word("team.roles")) };
    let forums = Part {
        links: cx.links(&back(cx, &key, Kind::Forum)),
        ..Part::new("kokoukset", cx.word("team.forums"))
    };
    let sheet = Sheet::of(cx, team, &[Kind::Role, Kind::Forum]).with(own).with_body(cx, team);
    sheet.with(contact(cx, team)).with(people).with(forums)
}

/// Where, with whom and when a team works.
pub(super) fn facts(cx: Cx<'_>, team: &Entry<Team>) -> Facts {
    let areas = team.data.area.iter().filter_map(|area| cx.book().tables.areas.shown(area.id()?));
    let shift = words(cx, team, &team.data.shift, &["shift"]).map(linked);
    let facts = [
        cx.fact("team.area", areas.filter_map(|area| with_codes(cx, area)).collect()),
        cx.fact("team.segment", clients(cx, &team.data)),
        cx.fact("team.shift", shift.into_iter().collect()),
        cx.fact("team.serves_in", languages(cx, &team.data)),
    ];
    facts.into_iter().flatten().collect()
}

/// What the list of teams says of one: where, with whom, and how it is reached.
pub(super) fn told(cx: Cx<'_>, team: &Entry<Team>) -> Facts {
    let areas = team.data.area.iter().filter_map(|area| cx.book().tables.areas.shown(area.id()?));
    let facts = [
        cx.fact("team.area", areas.filter_map(|area| cx.link(&area.key())).collect()),
        cx.fact("team.segment", clients(cx, &team.data)),
        cx.fact("team.contact", reached(cx, team)),
    ];
    facts.into_iter().flatten().collect()
}

/// An area with its postal codes behind it.
fn with_codes(cx: Cx<'_>, area: &Entry<Area>) -> Option<Link> {
    let codes = codes(&area.data);
    Some(cx.link(&area.key())?.noted((!codes.is_empty()).then_some(codes)))
}

/// Postal codes as they are read: "99000–99019, 99090".
pub(super) fn codes(area: &Area) -> String {
    places::spans(area).into_iter().map(places::written).collect::<Vec<_>>().join(", ")
}

/// The clients of a team, with their ages.
pub(super) fn clients(cx: Cx<'_>, team: &Team) -> Vec<Link> {
    let segments = team.segment.iter().filter_map(|segment| cx.book().tables.segments.shown(segment.id()?));
    let link = |segment: &Entry<crate::model::segment::Segment>| {
        let link = cx.link(&segment.key())?;
        let ages = segment.data.age.map(|age| super::segment::years(cx, age));
        // A name that tells the ages needs no remark.
        let told = segment.data.age.is_some_and(|age| link.words.text.contains(&age.from.to_string()));
        Some(link.noted(ages.filter(|_| !told)))
    };
    segments.filter_map(link).collect()
}

/// The languages in which a team serves, in one line.
pub(super) fn languages(cx: Cx<'_>, team: &Team) -> Vec<Link> {
    let langs = team.serves_in.iter().filter_map(|tag| tag.0);
    let names: Vec<String> = langs.map(|(lang, _)| language(cx, lang)).collect();
    if names.is_empty() { Vec::new() } else { vec![Link::plain(&names.join(", "))] }
}

/// What a language is called; its tag where the theme has no word for it.
pub(super) fn language(cx: Cx<'_>, lang: Lang) -> String {
    cx.language_phrase("name", lang)
}

/// How a team is reached.
pub(super) fn contact(cx: Cx<'_>, team: &Entry<Team>) -> Part {
    Part { facts: contact_facts(cx, team), ..Part::new("yhteys", cx.word("team.contact")) }
}

fn contact_facts(cx: Cx<'_>, team: &Entry<Team>) -> Facts {
    let Some(contact) = &team.data.contact else {
        return cx.fact("team.contact", vec![Link::plain(cx.word("team.no_contact"))]).into_iter().collect();
    };
    let text = |text: &Text, key: &'static str| -> Vec<Link> {
        words(cx, team, text, &["contact", key]).map(linked).into_iter().collect()
    };
    let facts = [
        cx.fact("team.phone", phone(contact).into_iter().collect()),
        cx.fact("team.hours", text(&contact.hours, "hours")),
        cx.fact("team.mail", mail(contact).into_iter().collect()),
        cx.fact("team.address", text(&contact.address, "address")),
    ];
    facts.into_iter().flatten().collect()
}

/// The ways to reach a team in one cell: the number with its hours, and the mail address.
pub(super) fn reached(cx: Cx<'_>, team: &Entry<Team>) -> Vec<Link> {
    let Some(contact) = &team.data.contact else { return vec![Link::plain(cx.word("team.no_contact"))] };
    let hours = words(cx, team, &contact.hours, &["contact", "hours"]).map(|words| words.text);
    let phone = phone(contact).map(|link| link.noted(hours));
    let links: Vec<Link> = phone.into_iter().chain(mail(contact)).collect();
    if links.is_empty() { vec![Link::plain(cx.word("team.no_contact"))] } else { links }
}

fn phone(contact: &Contact) -> Option<Link> {
    let phone = contact.phone.as_ref()?;
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if digits.is_empty() { Some(Link::plain(phone)) } else { Some(Link::to(format!("tel:{digits}"), phone)) }
}

/// A mail address is linked only where it is one.
fn mail(contact: &Contact) -> Option<Link> {
    let mail = contact.mail.as_ref()?;
    Some(if is_mail(mail) { Link::to(mailto(mail), mail) } else { Link::plain(mail) })
}

/// A text of a team below some keys.
pub(super) fn words(cx: Cx<'_>, team: &Entry<Team>, text: &Text, keys: &[&'static str]) -> Option<Words> {
    let kind = At::root("team");
    let entity = kind.entity(team.id().as_str());
    match keys {
        [one, two] => cx.words(text, &entity.field(one).field(two)),
        [one] => cx.words(text, &entity.field(one)),
        _ => None,
    }
}

fn linked(words: Words) -> Link {
    Link { words, ..Link::default() }
}

/// What an area says of itself in the list of areas: its codes, where it lies, and the teams that work in it.
pub(super) fn area_facts(cx: Cx<'_>, area: &Entry<Area>) -> Vec<Option<Fact>> {
    let codes = codes(&area.data);
    let codes = (!codes.is_empty()).then(|| Link::plain(&codes));
    let above = places::within(cx.book(), area).map(AnyEntry::key);
    let parts: Vec<Key> = places::parts(cx.book(), area.id()).map(AnyEntry::key).collect();
    let teams = places::teams(cx.book(), area).into_iter();
    let teams = teams.filter_map(|(team, of)| {
        let through = (of.id() != area.id()).then(|| cx.name(of).text);
        let note = through.map(|name| cx.strings().with("area.through", &[("name", &name)]));
        Some(cx.link(&team.key())?.noted(note))
    });
    vec![
        cx.fact("area.postal_codes", codes.into_iter().collect()),
        cx.fact("area.within", above.and_then(|above| cx.link(&above)).into_iter().collect()),
        cx.fact("area.parts", cx.links(&parts)),
        cx.fact("kinds.team", teams.collect()),
    ]
}
