//! Which pages of two published handbooks differ in what was written, language by language.
//!
//! The data is compared and not the pages: a new name in a list, another style sheet or a new day changes
//! many pages on which nobody wrote anything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// What happened to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is new.
    Added,
    /// Something in it reads otherwise.
    Changed,
    /// It is gone.
    Gone,
}

/// A page that differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangedPage {
    /// Its language.
    pub lang: String,
    /// What happened to it.
    pub how: How,
    /// Its address, or that of its place in a list, from the root of the site.
    pub url: String,
    /// What it is called.
    pub title: String,
}

/// The pages that differ, by language, what happened and address; none where either is no document of ours.
pub fn pages(old: &str, new: &str) -> Vec<ChangedPage> {
    let [old, new] = [old, new].map(|text| serde_json::from_str::<Value>(text).unwrap_or_default());
    // A language that only one of them has changes no page of another.
    let langs: BTreeSet<String> = [&old, &new].into_iter().flat_map(langs).collect();
    let langs: Vec<String> = langs.into_iter().collect();
    let [before, now] = [&old, &new].map(entities);
    let renamed = renamed(&before, &now);
    let followed: BTreeSet<_> = renamed.values().collect();
    let fresh = now.keys().filter(|key| !before.contains_key(*key) && !followed.contains(key));
    let mut found = Vec::new();
    for key in before.keys().chain(fresh) {
        let here = renamed.get(key).unwrap_or(key);
        let sides = [before.get(key), now.get(here)].map(Option::<&&Value>::copied);
        found.extend(langs.iter().filter_map(|lang| page(sides, lang, &langs)));
    }
    found.sort();
    found
}

/// An entity's kind and id.
type Id<'a> = (&'a str, &'a str);

/// Entities that are gone, each with the one that says it once had that id.
fn renamed<'a>(
    before: &BTreeMap<Id<'a>, &'a Value>,
    now: &BTreeMap<Id<'a>, &'a Value>,
) -> BTreeMap<Id<'a>, Id<'a>> {
    let mut renamed = BTreeMap::new();
    for (key, entity) in now.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let former = entity.get("former_ids").and_then(Value::as_array).into_iter().flatten();
        let former = former.filter_map(Value::as_str).map(|id| (key.0, id));
        renamed.extend(
            former.filter(|id| before.contains_key(id) && !now.contains_key(id)).map(|id| (id, *key)),
        );
    }
    renamed
}

/// The digest of a document: that of its content, whatever the day.
pub fn digest(text: &str) -> Option<String> {
    let document: Value = serde_json::from_str(text).ok()?;
    Some(document.get("digest")?.as_str()?.to_owned())
}

fn langs(document: &Value) -> Vec<String> {
    let tags = document.pointer("/site/languages").and_then(Value::as_array);
    tags.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Every entity by its kind and id.
fn entities(document: &Value) -> BTreeMap<Id<'_>, &Value> {
    let kinds = document.get("entities").and_then(Value::as_object);
    let lists =
        kinds.into_iter().flatten().filter_map(|(kind, list)| Some((kind.as_str(), list.as_array()?)));
    let keyed = lists.flat_map(|(kind, list)| {
        list.iter().filter_map(move |entity| Some(((kind, entity.get("id")?.as_str()?), entity)))
    });
    keyed.collect()
}

fn page([old, new]: [Option<&Value>; 2], lang: &str, langs: &[String]) -> Option<ChangedPage> {
    // An entity that is not written in a language has no page in it.
    let [old, new] = [old, new].map(|side| side.filter(|side| url(side, lang).is_some()));
    let how = match (old, new) {
        (None, Some(_)) => How::Added,
        (Some(_), None) => How::Gone,
        (Some(old), Some(new)) if only(old, lang, langs) != only(new, lang, langs) => How::Changed,
        _ => return None,
    };
    let shown = new.or(old)?;
    let name = shown.get("name");
    let own = name.and_then(|name| name.get(lang)).and_then(Value::as_str);
    let any = || name?.as_object()?.values().next()?.as_str();
    let title = own.or_else(any).unwrap_or_default().to_owned();
    Some(ChangedPage { lang: lang.to_owned(), how, url: url(shown, lang)?.to_owned(), title })
}

fn url<'a>(entity: &'a Value, lang: &str) -> Option<&'a str> {
    entity.get("url")?.get(lang)?.as_str()
}

/// What readers of a language see: texts of that language where there are several.
fn only(value: &Value, lang: &str, langs: &[String]) -> Value {
    match value {
        Value::Object(map) if !map.is_empty() && map.keys().all(|key| langs.contains(key)) => {
            // A text that a language lacks is shown in another.
            map.get(lang).cloned().unwrap_or_else(|| value.clone())
        }
        Value::Object(map) => {
            let own = map.iter().map(|(key, value)| (key.clone(), only(value, lang, langs)));
            Value::Object(own.collect::<Map<_, _>>())
        }
        Value::Array(list) => Value::Array(list.iter().map(|value| only(value, lang, langs)).collect()),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(entities: &str) -> String {
        format!("{{\"site\":{{\"languages\":[\"fi\",\"sv\"]}},\"entities\":{{\"role\":[{entities}]}}}}")
    }

    fn role(id: &str, fi: &str, sv: &str) -> String {
        format!(
            "{{\"id\":\"{id}\",\"url\":{{\"fi\":\"fi/{id}.html\",\"sv\":\"sv/{id}.html\"}},\
             \"name\":{{\"fi\":\"{fi}\",\"sv\":\"{sv}\"}}}}"
        )
    }

    fn told(old: &str, new: &str) -> Vec<String> {
        let pages = pages(&document(old), &document(new));
        pages.into_iter().map(|page| format!("{:?} {} {}", page.how, page.url, page.title)).collect()
    }

    #[test]
    fn a_text_of_one_language_changes_the_page_of_that_language() {
        assert_eq!(told(&role("x", "A", "B"), &role("x", "A", "C")), ["Changed sv/x.html C"]);
        assert!(told(&role("x", "A", "B"), &role("x", "A", "B")).is_empty());
    }

    #[test]
    fn new_pages_and_gone_ones_are_told_in_every_language() {
        assert_eq!(
            told(&role("x", "A", "B"), &role("y", "C", "D")),
            ["Added fi/y.html C", "Gone fi/x.html A", "Added sv/y.html D", "Gone sv/x.html B"]
        );
    }

    #[test]
    fn a_new_id_is_a_change_and_no_new_page() {
        let new = role("y", "A", "B").replace("{\"id\"", "{\"former_ids\":[\"x\"],\"id\"");
        assert_eq!(told(&role("x", "A", "B"), &new), ["Changed fi/y.html A", "Changed sv/y.html B"]);
    }

    #[test]
    fn a_language_that_goes_changes_no_page_of_another() {
        let old = document(&role("x", "A", "B"));
        let new = "{\"site\":{\"languages\":[\"fi\"]},\"entities\":{\"role\":[{\"id\":\"x\",\
                   \"url\":{\"fi\":\"fi/x.html\"},\"name\":{\"fi\":\"A\"}}]}}";
        let told: Vec<_> = pages(&old, new).into_iter().map(|page| (page.how, page.url)).collect();
        assert_eq!(told, [(How::Gone, "sv/x.html".to_owned())]);
    }
}
