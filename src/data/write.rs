//! The published handbook as one JSON document: an entity a line, fields under the keys of the files,
//! texts per language, references as `kind/id`, prose as Markdown.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::FORMAT;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::lang::Lang;
use crate::model::book::Handbook;
use crate::model::held::{Fields, Held, given_out};
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::measure::Range;
use crate::model::prose::{Part, Prose};
use crate::model::record::Record;
use crate::model::table::{AnyEntry, AnyRef};
use crate::route::{Routes, SCHEMA};
use crate::syntax::markdown::{BlockRange, plain};
use crate::syntax::slug::Slug;

/// The document of everything that is shown, part by part: it is larger than anything else of a site, and nobody
/// needs to hold it whole. Its digest is that of the content: the day does not change it.
pub fn handbook(book: &Handbook, routes: &Routes, today: Date) -> impl Iterator<Item = String> {
    let head = format!("{{\n\"$schema\":\"{SCHEMA}\",\n\"format\":{FORMAT},\n\"date\":\"{today}\",\n");
    let tail = |digest| format!(",\n\"digest\":\"{digest}\"}}\n");
    std::iter::once(head).chain(Digest::behind(body(book, routes), tail))
}

fn body(book: &Handbook, routes: &Routes) -> impl Iterator<Item = String> {
    let head = format!("\"site\":{},\n\"entities\":{{\n", json(&Site(book)));
    let kinds = Kind::ALL.iter().enumerate().flat_map(move |(at, kind)| {
        let name = format!("{}\"{}\":[", if at == 0 { "" } else { "],\n" }, kind.as_str());
        let entities = book.tables.of(*kind).enumerate().map(move |(at, entry)| {
            let before = if at == 0 { "\n" } else { ",\n" };
            before.to_owned() + &json(&Entity { book, routes, entry })
        });
        std::iter::once(name).chain(entities)
    });
    std::iter::once(head).chain(kinds).chain(std::iter::once("]}".to_owned()))
}

fn json(value: &impl Serialize) -> String {
    // Fails for keys that are no texts only, and there are none.
    serde_json::to_string(value).unwrap_or_default()
}

/// The settings that readers have a use for.
struct Site<'a>(&'a Handbook);

impl Serialize for Site<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let book = self.0;
        let mut map = serializer.serialize_map(None)?;
        let mut fields = book.config.held_fields();
        fields.retain(|(key, _)| !["languages", "default_language"].contains(key));
        map.serialize_entry("languages", &book.langs.iter().map(Lang::as_str).collect::<Vec<_>>())?;
        map.serialize_entry("default_language", book.default_lang.as_str())?;
        entries(book, &fields, &mut map)?;
        map.end()
    }
}

/// The fields that hold something.
fn entries<M: SerializeMap>(book: &Handbook, fields: &Fields<'_>, map: &mut M) -> Result<(), M::Error> {
    let given = fields.iter().filter(|(_, held)| !held.is_nothing());
    given.clone().try_for_each(|(key, held)| map.serialize_entry(key, &Value { book, held }))
}

/// What a field holds.
struct Value<'a> {
    book: &'a Handbook,
    held: &'a Held<'a>,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let book = self.book;
        match self.held {
            Held::Nothing => serializer.serialize_none(),
            Held::Text(text) => {
                serializer.collect_map(text.words.iter().map(|(lang, phrase)| (tag(lang), &*phrase.words)))
            }
            Held::Words(words) => {
                let list = |lang: Lang| words.get(lang).collect::<Vec<_>>();
                serializer.collect_map(words.0.iter().map(|(lang, _)| (tag(lang), list(lang))))
            }
            Held::Plain(text) => serializer.serialize_str(text),
            Held::Integer(number) => serializer.serialize_u32(*number),
            Held::Number(number) => number_of(*number, serializer),
            Held::Range(range) => range_of(*range, serializer),
            Held::Bool(truth) => serializer.serialize_bool(*truth),
            Held::Date(date) => serializer.collect_str(date),
            Held::Choice(word) => serializer.serialize_str(word),
            Held::Law(law) => cited(book, law, serializer),
            Held::Reference(reference) => serializer.serialize_str(&reference_of(book, *reference)),
            Held::Everyone => serializer.serialize_str("*"),
            Held::Record(fields) => {
                let mut map = serializer.serialize_map(None)?;
                entries(book, fields, &mut map)?;
                map.end()
            }
            Held::List(values) => serializer.collect_seq(values.iter().map(|held| Value { book, held })),
        }
    }
}

fn tag(lang: Lang) -> String {
    lang.to_string()
}

/// A whole number without a decimal point.
fn number_of<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "only where nothing is cut off")]
    let whole = number as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "the very question is whether it is lost"
    )]
    let is_whole = whole as f64 == number;
    if is_whole { serializer.serialize_i64(whole) } else { serializer.serialize_f64(number) }
}

fn range_of<S: Serializer>(range: Range, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(None)?;
    seq.serialize_element(&range.from)?;
    if let Some(to) = range.to {
        seq.serialize_element(&to)?;
    }
    seq.end()
}

/// `kind/id`; the built-in actor by its name alone. What leads nowhere keeps the first kind it may mean.
fn reference_of(book: &Handbook, reference: AnyRef<'_>) -> String {
    if reference.built_in.contains(&reference.id.as_str()) {
        return reference.id.to_string();
    }
    match (book.found(reference), reference.kinds.first()) {
        (Some(key), _) => key.to_string(),
        (None, Some(kind)) => format!("{}/{}", kind.as_str(), reference.id),
        (None, None) => reference.id.to_string(),
    }
}

/// A citation: as written, and the place that it means in this handbook.
fn cited<S: Serializer>(book: &Handbook, law: &LawRef, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("text", &*law.text)?;
    if let Some(statute) = book.statute_of(law) {
        map.serialize_entry("number", &statute.data.number)?;
        map.serialize_entry("statute", &statute.key().to_string())?;
    }
    if let Some(section) = &law.section {
        map.serialize_entry("place", &section.to_string())?;
    }
    if let Cited::Section(key) = book.statutes.find(&law.statute, law.section.as_ref()) {
        map.serialize_entry("section", &key.to_string())?;
    }
    if let Some(subsection) = law.subsection {
        map.serialize_entry("subsection", &subsection)?;
    }
    map.end()
}

/// An entity: its id, its addresses, what every kind has, what its kind has, and its prose.
struct Entity<'a> {
    book: &'a Handbook,
    routes: &'a Routes,
    entry: &'a dyn AnyEntry,
}

impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Entity { book, entry, .. } = *self;
        let key = entry.key();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", key.id.as_str())?;
        map.serialize_entry("url", &Urls(self))?;
        if let Some((statute, number)) = book.place_of(&key) {
            map.serialize_entry("statute", &statute.key().to_string())?;
            map.serialize_entry("number", &number.to_string())?;
        }
        entries(book, &entry.meta().held_fields(), &mut map)?;
        entries(book, &given_out(book, entry), &mut map)?;
        if !entry.prose().is_empty() {
            map.serialize_entry("prose", &Proses(entry))?;
        }
        map.end()
    }
}

/// The addresses of an entity from the root of the site, in its languages.
struct Urls<'a>(&'a Entity<'a>);

impl Serialize for Urls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Entity { book, routes, entry } = *self.0;
        let (page, anchor) = Routes::page_of(&entry.key());
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        let langs = book.langs_of(entry.meta());
        let url = |lang: &Lang| Some((tag(*lang), routes.page(*lang, &page)?.encoded() + &anchor));
        serializer.collect_map(langs.iter().filter_map(url))
    }
}

/// The prose of an entity in its languages.
struct Proses<'a>(&'a dyn AnyEntry);

impl Serialize for Proses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.prose().iter().map(|(lang, prose)| (tag(lang), pieces(prose))))
    }
}

/// A piece of prose: a section under its heading, or what a role's cell says.
#[derive(serde::Serialize)]
struct Piece<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
    text: String,
}

/// The pieces of a prose in the order of the file: outermost sections without their headings, cells part
/// by part.
fn pieces(prose: &Prose) -> Vec<Piece<'_>> {
    let mut found: Vec<(usize, Piece<'_>)> = Vec::new();
    for range in prose.body.iter().flat_map(|range| sections(prose, range.clone())) {
        found.push((range.start, section(prose, range)));
    }
    for (phase, cell) in &prose.cells {
        let phase = format!("{}/{phase}", Kind::Phase.as_str());
        let parts = cell.parts.iter().map(|(part, range)| (Some(part), range));
        for (part, range) in cell.notes.iter().map(|range| (None, range)).chain(parts) {
            let text = prose.doc.text_of(range.clone());
            let part = part.copied().map(Part::as_str);
            let phase = Some(phase.clone());
            found.push((range.start, Piece { anchor: None, heading: None, phase, part, text }));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
        .into_iter()
        .map(|(_, piece)| piece)
        .filter(|p| !p.text.trim().is_empty() || p.heading.is_some())
        .collect()
}

/// A run of blocks cut at its outermost headings.
fn sections(prose: &Prose, range: BlockRange) -> Vec<BlockRange> {
    let tops = prose.doc.headings().filter(|(at, heading, _)| heading.level == 2 && range.contains(at));
    let mut cuts: Vec<usize> = tops.map(|(at, _, _)| at).collect();
    cuts.extend([range.start, range.end]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

fn section(prose: &Prose, range: BlockRange) -> Piece<'_> {
    let top = prose.doc.headings().find(|(at, heading, _)| *at == range.start && heading.level == 2);
    let body = if top.is_some() { range.start + 1..range.end } else { range.clone() };
    Piece {
        anchor: top.and_then(|_| prose.anchor_at(range.start)).map(Slug::as_str),
        heading: top.map(|(_, heading, _)| plain(&heading.text)),
        phase: None,
        part: None,
        text: prose.doc.text_of(body),
    }
}
