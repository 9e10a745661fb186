//! Files read into a handbook. Never fails; what is wrong becomes a finding.

use std::sync::Arc;

use foldhash::HashMap;

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::source::{Content, FileId, MAX_MEDIA, SourceFile, Sources, Span, Unreadable};
use crate::model;
use crate::model::attach::{attach_prose, finish_prose, take_other};
use crate::model::book::Handbook;
use crate::model::config::{Config, SITE};
use crate::model::declared::Declared;
use crate::model::field::ReadCx;
use crate::model::kind::{Kind, Kinds};
use crate::model::law::Statutes;
use crate::model::lock::LOCK;
use crate::model::logo;
use crate::model::parses::{Parses, in_content, is_aside, is_text};
use crate::model::record::{Keys, Record};
use crate::model::table::AnyEntry;
use crate::model::values::Tag;
use crate::model::wordlist::{SEARCH, SearchWords};
use crate::model::words;
use crate::syntax::slug::Slug;
use crate::syntax::toml::TomlFile;

/// Reads a handbook.
pub fn load(sources: &Sources, diags: &mut Diagnostics) -> Handbook {
    load_parsed(sources, &Parses::of(sources, &Parses::default()), None, diags)
}

/// The language of a handbook's messages, from its settings alone.
pub fn language(sources: &Sources) -> Lang {
    let site = sources.find(SITE).map(|file| (file.path.clone(), file.content.clone()));
    let sources = Sources::new(site);
    let (mut book, mut unheard) = (Handbook::default(), Diagnostics::default());
    read_site(&mut book, &sources, &Parses::of(&sources, &Parses::default()), &mut unheard);
    book.default_lang
}

/// Reads a handbook from kept parses. Entities and prose that are written and read as in the handbook before are
/// taken from there.
pub fn load_parsed(
    sources: &Sources,
    parses: &Parses,
    before: Option<&Handbook>,
    diags: &mut Diagnostics,
) -> Handbook {
    let mut book = Handbook::default();
    let files: Vec<&SourceFile> = sources.iter().filter(|file| !is_aside(&file.path)).collect();
    report_unreadable(&mut book, &files, diags);
    read_site(&mut book, sources, parses, diags);
    read_search(&mut book, sources, parses, diags);
    let content: Vec<&SourceFile> = files.into_iter().filter(|file| in_content(&file.path)).collect();
    for file in &content {
        if let Some(toml) = parses.toml(file.id) {
            read_toml(&mut book, file.id, (toml, before), diags);
        }
    }
    report_shared_ids(&book, diags);
    book.ids = ids(&book);
    let statutes = Statutes::new(&book.tables.statutes, &book.tables.sections);
    let kept = before.map(|before| &before.statutes).filter(|before| ***before == statutes);
    book.statutes = kept.map_or_else(|| statutes.into(), Arc::clone);
    let (mut pieces, mut owned) = (Vec::with_capacity(content.len()), Vec::with_capacity(content.len()));
    for file in &content {
        match parses.prose(file.id) {
            Some(text) => pieces.extend(attach_prose(&mut book, (file, text), &mut owned, diags)),
            None => take_other(&mut book, file, diags),
        }
    }
    let kept = before.map(|before| &before.prose_files).filter(|before| ***before == owned);
    book.prose_files = kept.map_or_else(|| owned.into(), Arc::clone);
    finish_prose(&mut book, pieces, before, diags);
    book.logo = logo::look(&book, sources);
    if let Some(confirmed) = sources.find(LOCK).and_then(|file| parses.lock(file.id)) {
        book.lock = Arc::clone(&confirmed.lock);
        diags.extend(confirmed.told.iter().cloned());
    }
    book
}

/// The kinds that have each id.
fn ids(book: &Handbook) -> HashMap<Slug, Kinds> {
    let mut ids: HashMap<Slug, Kinds> = HashMap::default();
    for key in book.tables.entries().map(AnyEntry::key) {
        let kinds = ids.entry(key.id).or_default();
        *kinds = kinds.with(key.kind);
    }
    ids
}

/// Takes what a file declares: as it was read for the handbook before, where file and languages are the same.
fn read_toml(
    book: &mut Handbook,
    id: FileId,
    (toml, before): (&Arc<TomlFile>, Option<&Handbook>),
    diags: &mut Diagnostics,
) {
    note_mistakes(book, id, toml, diags);
    let same =
        |before: &&Handbook| before.languages_told == book.languages_told && before.langs == book.langs;
    let kept = before.filter(same).and_then(|before| before.declared.get(&id));
    let kept = kept.filter(|(own, _)| Arc::ptr_eq(own, toml)).map(|(_, declared)| Arc::clone(declared));
    let langs: &[Lang] = if book.languages_told { &book.langs } else { &[] };
    let declared = kept.unwrap_or_else(|| Arc::new(Declared::read(toml, langs)));
    diags.extend(declared.told.iter().cloned());
    for (kind, id, [first, second]) in book.tables.add(&declared.entities) {
        let finding = Diagnostic::at(model::DUPLICATE_ID, second).also(Some(first));
        diags.push(finding.with("id", id.as_str()).with("kind", words::kind(kind)));
    }
    book.declared.insert(id, (Arc::clone(toml), declared));
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
        note_mistakes(book, id, toml, diags);
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
    note_mistakes(book, id, toml, diags);
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

/// Kinds that share one space of ids.
fn report_shared_ids(book: &Handbook, diags: &mut Diagnostics) {
    let actors = Kind::ACTORS.iter().flat_map(|kind| book.tables.of(*kind));
    let mut owners: HashMap<Slug, &dyn AnyEntry> = HashMap::default();
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
