//! Files read into a handbook. Never fails; what is wrong becomes a finding.

use std::collections::BTreeMap;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::near::nearest;
use crate::base::source::{Content, FileId, MAX_MEDIA, SourceFile, Sources, Span, Unreadable};
use crate::model;
use crate::model::attach::{attach_prose, finish_prose, take_other};
use crate::model::book::Handbook;
use crate::model::config::{Config, SITE};
use crate::model::field::{NOTHING, ReadCx};
use crate::model::kind::Kind;
use crate::model::law::Statutes;
use crate::model::lock::{LOCK, Lock};
use crate::model::logo;
use crate::model::meta::Meta;
use crate::model::parses::{Parses, in_content, is_aside, is_text};
use crate::model::record::{Keys, Record};
use crate::model::section::Section;
use crate::model::table::{AnyEntry, CLIENT, Entity, Entry, Table};
use crate::model::values::Tag;
use crate::model::wordlist::{SEARCH, SearchWords};
use crate::model::words;
use crate::syntax::cite::SectionNumber;
use crate::syntax::slug::Slug;
use crate::syntax::toml::{self, Data, TomlFile, Value};

/// Reads a handbook.
pub fn load(sources: &Sources, diags: &mut Diagnostics) -> Handbook {
    load_parsed(sources, &Parses::of(sources, &Parses::default()), diags)
}

/// The language of a handbook's messages, from its settings alone.
pub fn language(sources: &Sources) -> Lang {
    let site = sources.find(SITE).map(|file| (file.path.clone(), file.content.clone()));
    let sources = Sources::new(site);
    let (mut book, mut unheard) = (Handbook::default(), Diagnostics::default());
    read_site(&mut book, &sources, &Parses::of(&sources, &Parses::default()), &mut unheard);
    book.default_lang
}

/// Reads a handbook from kept parses.
pub fn load_parsed(sources: &Sources, parses: &Parses, diags: &mut Diagnostics) -> Handbook {
    let mut book = Handbook::default();
    let files: Vec<&SourceFile> = sources.iter().filter(|file| !is_aside(&file.path)).collect();
    report_unreadable(&mut book, &files, diags);
    read_site(&mut book, sources, parses, diags);
    read_search(&mut book, sources, parses, diags);
    let content: Vec<&SourceFile> = files.into_iter().filter(|file| in_content(&file.path)).collect();
    for file in &content {
        if let Some(toml) = parses.toml(file.id) {
            read_toml(&mut book, file.id, &toml, diags);
        }
    }
    report_shared_ids(&book, diags);
    for key in book.tables.entries().map(AnyEntry::key) {
        book.ids.entry(key.id).or_default().push(key.kind);
    }
    book.statutes = Statutes::new(&book.tables.statutes, &book.tables.sections);
    for file in &content {
        match parses.prose(file.id) {
            Some(doc) => attach_prose(&mut book, file, doc, diags),
            None => take_other(&mut book, file, diags),
        }
    }
    finish_prose(&mut book, diags);
    book.logo = logo::look(&book, sources);
    if let Some(file) = sources.find(LOCK) {
        book.lock = Lock::parse(file.id, file.text(), diags);
    }
    book
}

fn report_unreadable(book: &mut Handbook, files: &[&SourceFile], diags: &mut Diagnostics) {
    for file in files {
        let Content::Unreadable(why) = &file.content else { continue };
        book.damaged.insert(file.id);
        let code = match why {
            Unreadable::NotUtf8(_) => model::NOT_UTF8,
            Unreadable::TooLarge(_) => model::FILE_TOO_LARGE,
            Unreadable::Refused(_) => model::FILE_REFUSED,
            Unreadable::LinkOutside => model::LINK_OUTSIDE,
            Unreadable::LinkBroken => model::LINK_BROKEN,
            Unreadable::BadName => model::BAD_FILE_NAME,
        };
        let detail = match why {
            Unreadable::NotUtf8(byte) => byte.to_string(),
            Unreadable::TooLarge(size) => megabytes(*size),
            Unreadable::Refused(reason) => reason.clone(),
            Unreadable::LinkOutside | Unreadable::LinkBroken | Unreadable::BadName => String::new(),
        };
        let limit = megabytes(if is_text(&file.path) { file.path.largest_text() } else { MAX_MEDIA });
        let finding = Diagnostic::at(code, Span::beginning(file.id)).with("detail", detail);
        diags.push(finding.with("limit", limit).with("file", file.path.as_str()));
    }
}

/// Megabytes, rounded up to a tenth, so that what is over the limit also reads so.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{},{}", tenths / 10, tenths % 10)
    }
}

fn read_site(book: &mut Handbook, sources: &Sources, parses: &Parses, diags: &mut Diagnostics) {
    let file = sources.find(SITE);
    let parsed = file.and_then(|file| Some((file.id, parses.toml(file.id)?)));
    if let Some((id, toml)) = parsed {
        note_mistakes(book, id, &toml, diags);
        let mut cx = ReadCx { langs: &[], diags, key: "" };
        // Languages first: they tell which languages the texts may have.
        let mut quiet = Diagnostics::default();
        let mut unheard = ReadCx { langs: &[], diags: &mut quiet, key: "" };
        let start = Span::beginning(id);
        let keys = Keys::new(&toml.root, start, Config::KEYS, &mut unheard);
        let langs: Vec<Lang> = langs(&Config::read_keys(&keys, &mut unheard));
        cx.langs = &langs;
        let keys = Keys::new(&toml.root, start, Config::KEYS, &mut cx);
        book.config = Config::read_keys(&keys, &mut cx);
    } else {
        diags.push(Diagnostic::of(model::NO_SITE));
    }
    book.langs = langs(&book.config);
    book.languages_told = !book.langs.is_empty();
    if !book.languages_told {
        // Shown in the languages of the title until they are told.
        book.langs = book.config.title.words.iter().map(|(lang, _)| lang).collect();
    }
    if book.langs.is_empty() {
        book.langs = vec![Lang::FI, Lang::SV];
    }
    book.default_lang = default_lang(book, diags);
    let others = book.langs.iter().copied().filter(|lang| *lang != book.default_lang);
    book.fallbacks = std::iter::once(book.default_lang).chain(others).collect();
}

fn read_search(book: &mut Handbook, sources: &Sources, parses: &Parses, diags: &mut Diagnostics) {
    let file = sources.find(SEARCH);
    let Some((id, toml)) = file.and_then(|file| Some((file.id, parses.toml(file.id)?))) else { return };
    note_mistakes(book, id, &toml, diags);
    let langs = book.langs.clone();
    let mut cx = ReadCx { langs: &langs, diags, key: "" };
    let keys = Keys::new(&toml.root, Span::beginning(id), SearchWords::KEYS, &mut cx);
    book.search = SearchWords::read_keys(&keys, &mut cx);
}

fn langs(config: &Config) -> Vec<Lang> {
    let mut langs: Vec<Lang> = Vec::new();
    for lang in config.languages.iter().filter_map(|tag| Some(tag.0?.0)) {
        if !langs.contains(&lang) {
            langs.push(lang);
        }
    }
    langs
}

fn default_lang(book: &Handbook, diags: &mut Diagnostics) -> Lang {
    match book.config.default_language {
        Some(Tag(Some((lang, span)))) if !book.langs.contains(&lang) => {
            diags.push(Diagnostic::at(model::DEFAULT_LANGUAGE, span).with("language", lang.to_string()));
            book.langs[0]
        }
        Some(Tag(Some((lang, _)))) => lang,
        Some(Tag(None)) | None => book.langs[0],
    }
}

fn note_mistakes(book: &mut Handbook, id: FileId, toml: &TomlFile, diags: &mut Diagnostics) {
    if !toml.mistakes.is_empty() {
        book.damaged.insert(id);
        diags.extend(toml.mistakes.iter().cloned());
    }
}

fn read_toml(book: &mut Handbook, id: FileId, toml: &TomlFile, diags: &mut Diagnostics) {
    note_mistakes(book, id, toml, diags);
    let langs = if book.languages_told { book.langs.clone() } else { Vec::new() };
    for (word, value) in toml.root.iter() {
        let mut cx = ReadCx { langs: &langs, diags, key: &word.name };
        let Some(kind) = kind_named(word, &mut cx) else { continue };
        let Data::Table(entities) = &value.data else {
            cx.wrong_type(value, "rows");
            continue;
        };
        if lacks_id(entities) {
            cx.push(Diagnostic::at(model::MISSING_ID, word.span).with("kind", kind.as_str()));
            continue;
        }
        for (id, value) in entities.iter() {
            read_declaration(book, kind, (id, value), &mut cx);
        }
    }
}

/// Whether the keys of an entity stand where ids should: `[role]` with `name.fi = …` below it.
fn lacks_id(entities: &toml::Table) -> bool {
    let is_name = |value: &Value| match &value.data {
        Data::Table(table) => {
            table.iter().all(|(key, _)| Lang::parse(&key.name).is_some()) && !table.is_empty()
        }
        _ => true,
    };
    entities.get("name").is_some_and(is_name)
}

fn kind_named(word: &toml::Key, cx: &mut ReadCx<'_>) -> Option<Kind> {
    let known = Kind::parse(&word.name).filter(|kind| *kind != Kind::Section);
    if known.is_some() {
        return known;
    }
    let words = || Kind::ALL.iter().filter(|kind| **kind != Kind::Section).map(|kind| kind.as_str());
    let near = nearest(&word.name, words());
    let kinds = words().collect::<Vec<_>>().join(", ");
    let finding = Diagnostic::at(model::UNKNOWN_KIND, word.span).with("kind", &*word.name);
    cx.push(finding.with("kinds", kinds).near(near));
    near.and_then(Kind::parse)
}

/// An entity as it stands in a file.
pub struct Declared<'a> {
    /// Its id.
    pub id: Slug,
    /// Where the id stands.
    pub span: Span,
    /// Its keys.
    pub table: &'a toml::Table,
}

fn read_declaration(
    book: &mut Handbook,
    kind: Kind,
    (key, value): (&toml::Key, &Value),
    cx: &mut ReadCx<'_>,
) {
    let Some(id) = read_id(kind, key, cx) else { return };
    let Data::Table(table) = &value.data else {
        return cx.at(&key.name).wrong_type(value, "rows");
    };
    if kind == Kind::Statute {
        return read_statute(book, id, (key, table), cx);
    }
    book.tables.read(kind, &Declared { id, span: key.span, table }, cx);
}

/// An id, put right where it has characters it may not have, so that one mistake stays one.
fn read_id(kind: Kind, key: &toml::Key, cx: &mut ReadCx<'_>) -> Option<Slug> {
    if Kind::ACTORS.contains(&kind) && &*key.name == CLIENT {
        cx.push(Diagnostic::at(model::RESERVED_ID, key.span).with("id", CLIENT));
        return None;
    }
    if let Some(id) = Slug::new(&key.name) {
        return Some(id);
    }
    let meant = Slug::from_words(&key.name);
    let near = meant.as_ref().map(Slug::as_str);
    cx.push(Diagnostic::at(model::BAD_ID, key.span).with("id", &*key.name).near(near));
    meant
}

/// Reads an entity into the table of its kind.
pub(crate) fn read_entity<T: Entity>(table: &mut Table<T>, source: &Declared<'_>, cx: &mut ReadCx<'_>) {
    let entry = entry::<T>(source, cx);
    add(table, entry, cx);
}

fn entry<T: Entity>(source: &Declared<'_>, cx: &mut ReadCx<'_>) -> Entry<T> {
    // The sections of a statute have been taken out of its table before.
    let sections: &[&str] = if T::KIND == Kind::Statute { &["section"] } else { &[] };
    let known: Vec<&'static str> = Meta::KEYS.iter().chain(T::KEYS).chain(sections).copied().collect();
    let before = cx.diags.len();
    let keys = Keys::new(source.table, source.span, &known, cx);
    let (meta, data) = (Meta::read_keys(&keys, cx), T::read_keys(&keys, cx));
    Entry {
        id: Some(source.id.clone()),
        span: source.span,
        meta,
        data,
        prose: crate::base::lang::PerLang::default(),
        faulty: cx.diags.len() > before,
    }
}

fn add<T: Entity>(table: &mut Table<T>, entry: Entry<T>, cx: &mut ReadCx<'_>) {
    let (id, span) = (entry.id().clone(), entry.span);
    if let Err(first) = table.add(entry) {
        let finding = Diagnostic::at(model::DUPLICATE_ID, span).also(Some(first)).with("id", id.as_str());
        cx.push(finding.with("kind", words::kind(T::KIND)));
    }
}

/// A statute and its sections. A table that holds sections only adds them to a statute that stands
/// elsewhere.
fn read_statute(
    book: &mut Handbook,
    id: Slug,
    (key, table): (&toml::Key, &toml::Table),
    cx: &mut ReadCx<'_>,
) {
    if let Some((word, value)) = table.entry("section") {
        match &value.data {
            Data::Table(sections) => sections.iter().for_each(|(number, value)| {
                read_section(book, (&id, key.span), (number, value), cx);
            }),
            _ => cx.at(&word.name).wrong_type(value, "rows"),
        }
    }
    let rest = table.without("section");
    if !rest.is_empty() || table.is_empty() {
        book.tables.read(Kind::Statute, &Declared { id, span: key.span, table: &rest }, cx);
    }
}

fn read_section(
    book: &mut Handbook,
    (statute, statute_span): (&Slug, Span),
    (key, value): (&toml::Key, &Value),
    cx: &mut ReadCx<'_>,
) {
    let number = SectionNumber::parse(&key.name);
    let part = number.as_ref().and_then(|number| Slug::new(&number.slug()));
    let (Some(number), Some(part)) = (number, part) else {
        return cx.push(Diagnostic::at(model::BAD_SECTION, key.span).with("section", &*key.name));
    };
    let table = match &value.data {
        Data::Table(table) => table,
        _ => {
            cx.at(&key.name).wrong_type(value, "rows");
            &NOTHING
        }
    };
    let mut entry: Entry<Section> =
        entry(&Declared { id: statute.join(&part), span: key.span, table }, &mut cx.at("section"));
    entry.data.statute = Some(statute.clone());
    entry.data.statute_span = statute_span;
    entry.data.number = Some(number);
    add(&mut book.tables.sections, entry, cx);
}

/// Kinds that share one space of ids.
fn report_shared_ids(book: &Handbook, diags: &mut Diagnostics) {
    let actors = Kind::ACTORS.iter().flat_map(|kind| book.tables.of(*kind));
    let mut owners: BTreeMap<Slug, &dyn AnyEntry> = BTreeMap::new();
    for actor in actors {
        let id = actor.key().id;
        if let Some(first) = owners.get(&id) {
            let finding = Diagnostic::at(model::DUPLICATE_ACTOR, actor.span()).also(Some(first.span()));
            let [first, second] = [*first, actor].map(|owner| words::kind(owner.key().kind));
            diags.push(finding.with("id", id.as_str()).with("first", first).with("second", second));
        }
        owners.entry(id).or_insert(actor);
    }
}
