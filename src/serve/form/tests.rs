//! Forms of the example handbook: every kind in every language polku speaks, and changes that change nothing.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the example from the disk")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use html5gum::{Token, Tokenizer};
use serde_json::Value;

use super::*;
use crate::base::date::Date;
use crate::edit::{Change, apply};
use crate::io::Disk;
use crate::route::Drafts;
use crate::snapshot::Settings;

static EXAMPLE: LazyLock<Snapshot> = LazyLock::new(|| {
    let disk = Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let settings = Settings { drafts: Drafts::Shown, today: Date::parse("2026-11-21").unwrap() };
    Snapshot::take(disk.sources(), settings, None)
});

/// The first entities of every kind.
fn some(most: usize) -> Vec<Key> {
    let tables = &EXAMPLE.site.as_ref().unwrap().book().tables;
    Kind::ALL.iter().flat_map(|kind| tables.every(*kind).take(most)).map(AnyEntry::key).collect()
}

/// The elements of a form: each with its name and its attributes.
type Elements = Vec<(String, BTreeMap<String, String>)>;

fn elements(html: &Html) -> Elements {
    let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let start = |token| match token {
        Ok(Token::StartTag(tag)) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (said(name), said(value)));
            Some((said(&tag.name), attributes.collect()))
        }
        _ => None,
    };
    Tokenizer::new(html.as_str()).filter_map(start).collect()
}

fn made(at: &str, lang: Lang) -> Html {
    form(&EXAMPLE, at, lang).unwrap_or_else(|| panic!("no form for {at}"))
}

#[test]
fn every_declared_field_stands_in_a_form_with_its_label() {
    for key in some(1) {
        let all: Vec<FieldDef> = Meta::fields().into_iter().chain(key.kind.fields()).collect();
        for lang in Lang::SPOKEN {
            let html = made(&key.to_string(), lang);
            let found: BTreeSet<String> =
                elements(&html).into_iter().flat_map(|(_, own)| own.into_values()).collect();
            for def in all.iter().filter(|def| def.key != "id") {
                assert!(found.contains(&format!("{key}.{}", def.key)), "{key}.{} in {lang}", def.key);
                let label = words::label(key.kind, def.key, lang).unwrap();
                assert!(
                    html.as_str().contains(crate::base::html::escape(&label.label).as_str()),
                    "{key}.{}",
                    def.key
                );
            }
        }
    }
}

/// Whether something can be typed into or chosen from an element.
fn is_control(name: &str) -> bool {
    ["input", "textarea", "select"].contains(&name)
}

fn judge(at: &str, html: &Html) {
    let all = elements(html);
    let mut ids = BTreeSet::new();
    let twice = all.iter().filter_map(|(_, own)| own.get("id")).find(|id| !ids.insert((*id).clone()));
    assert_eq!(twice, None, "an id stands twice in {at}");
    let labelled: BTreeSet<&String> = all.iter().filter_map(|(_, own)| own.get("for")).collect();
    for (name, own) in all.iter().filter(|(name, _)| is_control(name)) {
        let label = own.get("id").is_some_and(|id| labelled.contains(id)) || own.contains_key("aria-label");
        assert!(label, "a {name} without a label in {at}: {own:?}");
    }
    let told = all.iter().filter_map(|(_, own)| own.get("aria-describedby"));
    for id in told.flat_map(|ids| ids.split(' ')) {
        assert!(ids.contains(id), "{id} describes something in {at} and is not there");
    }
}

#[test]
fn every_control_has_a_label_and_what_describes_it() {
    some(2).iter().for_each(|key| judge(&key.to_string(), &made(&key.to_string(), Lang::SV)));
    judge("site", &made("site", Lang::FI));
    for kind in Kind::ALL {
        let at = format!("new/{}", kind.as_str());
        judge(&at, &made(&at, Lang::FI));
    }
    judge("cell", &made("cell/sosiaaliohjaaja/vireilletulo", Lang::FI));
    judge("prose", &made("role/sosiaaliohjaaja#vireilletulo.content", Lang::EN));
}

/// The changes of a form in which everything is set to what it holds already.
fn unchanged(html: &Html) -> Vec<Change> {
    let change = |(_, own): (String, BTreeMap<String, String>)| {
        let value: Value = serde_json::from_str(own.get("data-value")?).unwrap();
        let at = own.get("data-at")?.clone();
        let was = own.get("data-was").cloned();
        if at.contains(".+") || value.is_null() || value == Value::Bool(false) {
            return None;
        }
        match (own.get("data-shape").map(String::as_str), value.as_str()) {
            (Some("prose"), Some("")) => None,
            (Some("prose"), Some(text)) => {
                Some(Change::Prose { at, lang: own.get("data-side")?.clone(), text: text.to_owned(), was })
            }
            // What holds by itself and is not written.
            (Some("choice"), _) if was.as_ref().is_some_and(String::is_empty) => None,
            _ => Some(Change::Set { at, value, was }),
        }
    };
    elements(html).into_iter().filter_map(change).collect()
}

#[test]
fn what_a_form_holds_is_what_the_files_hold() {
    let book = EXAMPLE.site.as_ref().unwrap().book();
    let places = some(2).into_iter().map(|key| key.to_string());
    let prose = ["role/sosiaaliohjaaja#vireilletulo.content", "page/menetelmat#", "site"].map(str::to_owned);
    let mut set = 0;
    for at in places.chain(prose) {
        let changes = unchanged(&made(&at, Lang::FI));
        set += changes.len();
        let edited = apply(&EXAMPLE.sources, book, &changes);
        let edited = edited.unwrap_or_else(|refused| panic!("{at}: {refused:?} of {changes:#?}"));
        assert!(edited.files.is_empty(), "{at} changes {:?}", edited.files);
    }
    assert!(set > 500, "only {set} places were set");
}

#[test]
fn places_that_are_not_there_have_no_form() {
    for at in ["", "role", "role/nobody", "cell/x", "cell/x/y", "new/", "new/nothing", "role/nobody#x", "x/y"]
    {
        assert!(form(&EXAMPLE, at, Lang::FI).is_none(), "{at}");
    }
}
