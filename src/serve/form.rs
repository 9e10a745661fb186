//! Forms in which a handbook is edited, made from the declarations of its kinds alone: what a field holds,
//! what it is called and what goes into it is declared once, and no list of fields stands here.
//!
//! A form is a fragment of markup. The browser sends back changes ([`crate::edit::Change`]); every place that
//! can be changed carries its address (`data-at`), its sort of value (`data-shape`), what it holds
//! (`data-value`) and what it was known by when the form was made (`data-was`).

mod act;
mod cell;
mod choice;
mod control;
mod fresh;
mod head;
mod pick;
mod prose;
mod row;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(super) use choice::by_help as choice_word;

use super::own;
use crate::base::html::{Html, Writer};
use crate::base::lang::Lang;
use crate::base::source::Sources;
use crate::edit::Bases;
use crate::model::book::Handbook;
use crate::model::config::Config;
use crate::model::field::Shape;
use crate::model::held::{Fields, Held};
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::record::{FieldDef, Need, Record};
use crate::model::table::{AnyEntry, Key};
use crate::model::translation::State;
use crate::model::words::{self, Label};
use crate::page::World;
use crate::snapshot::Snapshot;
use crate::syntax::slug::Slug;

/// The states of the texts of an entity, by the address of each.
type States = BTreeMap<String, BTreeMap<Lang, State>>;

/// Says what a place is known by, in a language where it has several.
type Known<'a> = &'a dyn Fn(&str, Option<&str>) -> String;

/// A form being made.
#[derive(Clone, Copy)]
struct Cx<'a> {
    world: &'a World,
    sources: &'a Sources,
    known: Known<'a>,
    /// The language of labels and messages.
    lang: Lang,
    /// What is edited; `None` for the settings.
    kind: Option<Kind>,
    /// The languages it is written in.
    langs: &'a [Lang],
    /// How far its texts are confirmed.
    states: &'a States,
    /// The rows of the entity that others of its rows may name: id and words.
    rows: &'a [(String, String)],
}

/// The form for a place: an entity (`role/x`), one of its fields or rows, a section of its prose
/// (`role/x#anchor`), the settings (`site`), a cell of the matrix (`cell/ROLE/PHASE`) or something new
/// (`new/task`). `None` where there is no such place.
pub(super) fn form(snapshot: &Snapshot, at: &str, lang: Lang) -> Option<Html> {
    let world = snapshot.site.as_ref()?.world();
    let sources = &snapshot.sources;
    let bases = Bases::new(sources, &world.reading.book);
    let made = Made { world, sources, known: &|at, lang| bases.of(at, lang), lang };
    match at.split_once('/') {
        None if at == "site" || at.starts_with("site.") => Some(site(made, at)),
        Some(("cell", rest)) => cell::form(made, rest),
        Some(("new", rest)) => fresh::form(made, rest),
        _ if at.contains('#') => prose::form(made, at),
        _ => entity(made, at),
    }
}

/// How a field of a kind, or of the settings, is called and what goes into it.
pub(super) fn label_of(kind: Option<Kind>, key: &str, lang: Lang) -> Option<&'static Label> {
    match kind {
        Some(kind) => words::label(kind, key, lang),
        None => words::setting(key, lang),
    }
}

/// What every form is made from.
#[derive(Clone, Copy)]
struct Made<'a> {
    world: &'a World,
    sources: &'a Sources,
    known: Known<'a>,
    lang: Lang,
}

impl<'a> Made<'a> {
    /// A form for a kind, or for the settings.
    fn of(self, kind: Option<Kind>, langs: &'a [Lang], states: &'a States) -> Cx<'a> {
        let Made { world, sources, known, lang } = self;
        Cx { world, sources, known, lang, kind, langs, states, rows: &[] }
    }

    /// The states of the texts below an address.
    fn states(self, of: Option<&Key>) -> States {
        let units = self.world.reading.translations().states().filter(|(unit, _)| unit.of.as_ref() == of);
        units.map(|(unit, states)| (unit.id.to_string(), states.clone())).collect()
    }

    /// The entity at the head of an address, and the address of that alone.
    fn found(self, at: &str) -> Option<(&'a dyn AnyEntry, String)> {
        let (kind, rest) = at.split_once('/')?;
        let id = rest.split(['.', '#']).next()?;
        let key = Key::new(Kind::parse(kind)?, Slug::compound(id)?);
        Some((self.world.reading.book.entry(&key)?, key.to_string()))
    }
}

/// The form of an entity.
fn entity(made: Made<'_>, asked: &str) -> Option<Html> {
    let (entry, at) = made.found(asked)?;
    let key = entry.key();
    let (langs, states, held) =
        (made.world.reading.book.langs_of(entry.meta()), made.states(Some(&key)), entry.held());
    let rows = row::named(&held, made.lang, &made.world.reading.book);
    let cx = Cx { rows: &rows, ..made.of(Some(key.kind), &langs, &states) };
    let mut out = Writer::default();
    cx.open(&mut out, &at, asked);
    head::entity(cx, &mut out, entry);
    let (meta, meta_held) = (Meta::fields(), entry.meta().held_fields());
    let first = |(def, _): &(&FieldDef, &Held<'_>)| FIRST.contains(&def.key);
    let (front, rest): (Vec<_>, Vec<_>) = pairs(&meta, &meta_held).into_iter().partition(first);
    front.iter().for_each(|(def, held)| field(cx, &mut out, def, held, &at));
    let own = kind_fields(key.kind);
    fields(cx, &mut out, &pairs(&own, &held), &at, Order::Filled);
    act::task(cx, &mut out, &key);
    prose::outline(cx, &mut out, entry);
    fold(cx, &mut out, "upkeep", &rest, &at);
    act::entity(cx, &mut out, entry);
    out.raw("</form>");
    Some(out.finish())
}

/// The common fields with which every form begins.
const FIRST: [&str; 2] = ["name", "summary"];

/// The fields of a kind that can be edited.
fn kind_fields(kind: Kind) -> Vec<FieldDef> {
    kind.fields()
}

/// The form of the settings.
fn site(made: Made<'_>, asked: &str) -> Html {
    let (langs, states) = (made.world.reading.book.langs.clone(), made.states(None));
    let cx = made.of(None, &langs, &states);
    let mut out = Writer::default();
    cx.open(&mut out, "site", asked);
    head::site(cx, &mut out);
    let mut own = Config::fields();
    // Weights of checks are a table of their own sort, edited in the file.
    own.retain(|def| def.key != "severity");
    fields(cx, &mut out, &pairs(&own, &made.world.reading.book.config.held_fields()), "site", Order::Filled);
    out.raw("</form>");
    out.finish()
}

/// Which fields stand open: all that are given, or those alone that must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Required ones first, then those that hold something; the rest is folded.
    Filled,
    /// All of them: there are few.
    All,
}

/// Declarations with what their fields hold.
fn pairs<'d, 'a>(defs: &'d [FieldDef], held: &'d Fields<'a>) -> Vec<(&'d FieldDef, &'d Held<'a>)> {
    let of = |def: &'d FieldDef| held.iter().find(|(key, _)| *key == def.key).map(|(_, held)| (def, held));
    defs.iter().filter(|def| def.key != "id").filter_map(of).collect()
}

/// Fields below an address: what is required first, then what is given, and what is empty folded away.
fn fields(cx: Cx<'_>, out: &mut Writer, all: &[(&FieldDef, &Held<'_>)], at: &str, order: Order) {
    let (open, empty): (Vec<_>, Vec<_>) = all
        .iter()
        .copied()
        .partition(|(def, held)| order == Order::All || def.need == Need::Required || !is_default(def, held));
    let (needed, given): (Vec<_>, Vec<_>) = open.into_iter().partition(|(def, _)| def.need == Need::Required);
    needed.iter().chain(&given).for_each(|(def, held)| field(cx, out, def, held, at));
    fold(cx, out, "more", &empty, at);
}

/// Whether a field holds nothing, or what it also holds where nothing is written.
fn is_default(def: &FieldDef, held: &Held<'_>) -> bool {
    match (held, &def.shape) {
        (Held::Bool(truth), _) => !truth,
        (Held::Choice(word), Shape::Choice(words)) => def.filled && words.first() == Some(word),
        _ => held.is_nothing(),
    }
}

/// Fields folded away under a word.
fn fold(cx: Cx<'_>, out: &mut Writer, word: &'static str, all: &[(&FieldDef, &Held<'_>)], at: &str) {
    if all.is_empty() {
        return;
    }
    out.raw("<details class=\"pke-f-more\"><summary>")
        .text(cx.word(word))
        .raw(" <span class=\"pke-f-small\">");
    let names: Vec<&str> =
        all.iter().map(|(def, _)| cx.label(def.key).map_or(def.key, |l| &*l.label)).collect();
    out.text(&names.join(", ")).raw("</span></summary><div class=\"pke-f-folded\">");
    all.iter().for_each(|(def, held)| field(cx, out, def, held, at));
    out.raw("</div></details>");
}

/// A field of whatever shape.
fn field(cx: Cx<'_>, out: &mut Writer, def: &FieldDef, held: &Held<'_>, at: &str) {
    let place = Place::new(cx, def, format!("{at}.{}", def.key));
    match &def.shape {
        Shape::Text => text::text(cx, out, &place, held),
        Shape::Words => text::words(cx, out, &place, held),
        Shape::Record(fields) => row::record(cx, out, &place, fields, held),
        Shape::List(inner) => match &**inner {
            Shape::Record(fields) => row::rows(cx, out, &place, fields, held),
            Shape::Ref(_) | Shape::Law | Shape::Row => pick::several(cx, out, &place, inner, held),
            Shape::Choice(words) => control::choices(cx, out, &place, words, held),
            _ => control::lines(cx, out, &place, inner, held),
        },
        Shape::Ref(_) | Shape::Law | Shape::Row => pick::one(cx, out, &place, held),
        _ => control::single(cx, out, &place, held),
    }
}

/// A field at its place in the handbook.
struct Place<'d> {
    def: &'d FieldDef,
    /// Its address.
    at: String,
    label: &'static str,
    help: String,
}

impl<'d> Place<'d> {
    fn new(cx: Cx<'_>, def: &'d FieldDef, at: String) -> Place<'d> {
        let label = cx.label(def.key);
        let help = label.map_or_else(String::new, |label| choice::help(cx, &def.shape, &label.help));
        Place { def, at, label: label.map_or(def.key, |label| &label.label), help }
    }

    fn is_required(&self) -> bool {
        self.def.need == Need::Required
    }
}

impl<'a> Cx<'a> {
    fn book(&self) -> &'a Handbook {
        &self.world.reading.book
    }

    /// A word of the forms.
    fn word<'k>(&self, key: &'k str) -> &'k str {
        own::word(self.lang, "form", key)
    }

    /// How a field is called and what goes into it.
    fn label(&self, key: &str) -> Option<&'static Label> {
        label_of(self.kind, key, self.lang)
    }

    /// What a place is known by.
    fn was(&self, at: &str, lang: Option<Lang>) -> String {
        (self.known)(at, lang.as_ref().map(Lang::as_str))
    }

    /// What an entity is called in the language of the form.
    fn name(&self, key: &Key) -> String {
        let entry = self.book().entry(key);
        let name =
            entry.and_then(|entry| entry.meta().name.words.fallback(self.lang, &self.book().fallbacks));
        name.map_or_else(|| key.id.to_string(), |(_, phrase)| phrase.words.to_string())
    }

    /// What a kind is called.
    fn kind_word(&self, kind: Kind) -> String {
        words::kind(kind).get(self.lang).cloned().unwrap_or_else(|| kind.as_str().to_owned())
    }

    /// What a language is called.
    fn language(&self, lang: Lang) -> String {
        words::language(lang).get(self.lang).cloned().unwrap_or_else(|| lang.to_string())
    }

    /// Opens a form, up to what it is called; `asked` is the place in it that was asked for.
    fn open(&self, out: &mut Writer, at: &str, asked: &str) {
        out.raw("<form class=\"pke-f-form\" autocomplete=\"off\" novalidate").attr("data-at", at);
        if asked != at {
            out.attr("data-focus", asked);
        }
        out.attr("lang", self.lang.as_str());
    }
}
