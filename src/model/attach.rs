//! Files of prose given to the entities they are named after, and pictures taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::near::nearest;
use crate::base::source::{Content, SourceFile, Span};
use crate::model;
use crate::model::book::Handbook;
use crate::model::innokyla::find_headings;
use crate::model::kind::{Kind, Tables};
use crate::model::prose::{self, Prose};
use crate::model::table::{AnyEntry, Key};
use crate::syntax::markdown::Doc;
use crate::syntax::slug::Slug;

/// Gives a file of prose to the entity it is named after: `…/roles/sosiaaliohjaaja.fi.md`.
pub(super) fn attach_prose(book: &mut Handbook, file: &SourceFile, doc: Arc<Doc>, diags: &mut Diagnostics) {
    let Some((key, lang)) = prose_owner(book, file, diags) else {
        let folder = file.path.folders().next_back();
        book.strays.extend(Kind::ALL.iter().filter(|kind| Some(kind.plural()) == folder));
        return;
    };
    diags.extend(doc.mistakes.iter().cloned());
    book.prose_files.insert(file.path.clone(), (key.clone(), lang));
    let Some(entry) = book.tables.entry_mut(key.kind, &key.id) else { return };
    if let Some(first) = entry.prose().get(lang) {
        let finding = Diagnostic::at(model::PROSE_TWICE, Span::beginning(file.id));
        let first = Span::beginning(first.doc.file);
        return diags
            .push(finding.also(Some(first)).with("id", key.id.as_str()).with("language", lang.to_string()));
    }
    entry.prose_mut().insert(lang, Prose::new(file.path.clone(), doc));
}

fn prose_owner(book: &Handbook, file: &SourceFile, diags: &mut Diagnostics) -> Option<(Key, Lang)> {
    let start = Span::beginning(file.id);
    let mut report = |code: Code, near: Option<String>| {
        let finding = Diagnostic::at(code, start).with("file", file.path.name());
        diags.push(match near {
            Some(near) => finding.with("near", near),
            None => finding,
        });
    };
    let stem = file.path.name().strip_suffix(".md").unwrap_or_default();
    let Some((id, tag)) = stem.rsplit_once('.') else {
        report(model::PROSE_LANGUAGE, Some(format!("{stem}.{}.md", book.default_lang)));
        return None;
    };
    let Some(lang) = Lang::parse(tag).filter(|lang| book.langs.contains(lang)) else {
        report(model::PROSE_LANGUAGE, None);
        return None;
    };
    let folder = file.path.folders().next_back().unwrap_or_default();
    let Some(kind) = Kind::ALL.iter().copied().find(|kind| kind.plural() == folder) else {
        let near = nearest(folder, Kind::ALL.iter().map(|kind| kind.plural()));
        report(model::STRAY_PROSE, near.map(|near| format!("{near}/{}", file.path.name())));
        return None;
    };
    let found = Slug::new(id).filter(|id| book.tables.entry(kind, id).is_some());
    if found.is_none() {
        let ids: Vec<Key> = book.tables.of(kind).map(AnyEntry::key).collect();
        let near = nearest(id, ids.iter().map(|key| key.id.as_str()));
        report(model::STRAY_PROSE, near.map(|near| format!("{folder}/{near}.{lang}.md")));
    }
    found.map(|id| (Key::new(kind, id), lang))
}

/// Pictures and attachments are kept; anything else that is no text of the handbook is told.
pub(super) fn take_other(book: &mut Handbook, file: &SourceFile, diags: &mut Diagnostics) {
    match &file.content {
        Content::Bytes(_) if file.path.as_str().starts_with("content/media/") => {
            book.media.insert(file.path.clone(), file.id);
        }
        Content::Bytes(_) => {
            let finding = Diagnostic::at(model::STRAY_FILE, Span::beginning(file.id));
            diags.push(finding.with("file", file.path.as_str()));
        }
        Content::Text(_) | Content::Unreadable(_) => {}
    }
}

/// Finds the cells of roles, then the anchors of all prose.
pub(super) fn finish_prose(book: &mut Handbook, diags: &mut Diagnostics) {
    let langs = book.fallbacks.clone();
    let Tables { roles, phases, pilots, .. } = &mut book.tables;
    for role in roles.iter_mut() {
        for (lang, prose) in role.prose.iter_mut() {
            prose::find_cells(prose, phases, lang, diags);
        }
    }
    for (lang, prose) in pilots.iter_mut().flat_map(|pilot| pilot.prose.iter_mut()) {
        find_headings(prose, lang, diags);
    }
    let keys: BTreeSet<Key> = book.prose_files.values().map(|(key, _)| key.clone()).collect();
    for key in keys {
        if let Some(entry) = book.tables.entry_mut(key.kind, &key.id) {
            prose::set_anchors(entry.prose_mut(), &langs, diags);
        }
    }
}
