//! Files of prose given to the entities they are named after, and pictures taken.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::base::source::{Content, SourceFile, SourcePath, Span};
use crate::model;
use crate::model::book::{Handbook, ProseFile};
use crate::model::innokyla::find_headings;
use crate::model::kind::Kind;
use crate::model::parses::Text;
use crate::model::prose::{self, Prose};
use crate::model::table::{AnyEntry, Key};
use crate::model::title::{Meant, PhaseNames};
use crate::syntax::markdown::Doc;
use crate::syntax::slug::Slug;

/// What a file of prose is named after, whether that is there or not: `…/roles/sosiaaliohjaaja.fi.md`.
#[derive(Debug)]
pub(super) struct Named {
    key: Key,
    lang: Lang,
}

impl Named {
    /// Reads the name of a file.
    pub(super) fn of(path: &SourcePath) -> Option<Named> {
        let (id, tag) = path.name().strip_suffix(".md")?.rsplit_once('.')?;
        let folder = path.folders().next_back()?;
        let kind = Kind::ALL.iter().copied().find(|kind| kind.plural() == folder)?;
        Some(Named { key: Key::new(kind, Slug::new(id)?), lang: Lang::parse(tag)? })
    }
}

/// A text and the entity it belongs to, by the place among those of its kind.
pub(super) struct Piece<'a> {
    kind: Kind,
    place: usize,
    lang: Lang,
    path: &'a SourcePath,
    doc: &'a Arc<Doc>,
}

/// Finds the entity that a file of prose is named after.
pub(super) fn attach_prose<'a>(
    book: &mut Handbook,
    (file, text): (&'a SourceFile, &'a Text),
    files: &mut Vec<ProseFile>,
    diags: &mut Diagnostics,
) -> Option<Piece<'a>> {
    let named = text.named.as_ref().filter(|named| book.langs.contains(&named.lang));
    let place = named.and_then(|named| Some((named, book.tables.place(named.key.kind, &named.key.id)?)));
    let Some((Named { key, lang }, place)) = place else {
        report_owner(book, file, diags);
        let folder = file.path.folders().next_back();
        book.strays.extend(Kind::ALL.iter().filter(|kind| Some(kind.plural()) == folder));
        return None;
    };
    diags.extend(text.doc.mistakes.iter().cloned());
    files.push(ProseFile { path: file.path.clone(), key: key.clone(), lang: *lang });
    Some(Piece { kind: key.kind, place, lang: *lang, path: &file.path, doc: &text.doc })
}

/// Tells why a file of prose belongs to nothing.
fn report_owner(book: &Handbook, file: &SourceFile, diags: &mut Diagnostics) {
    let mut report = |code: Code, near: Option<String>| {
        let finding = Diagnostic::at(code, Span::beginning(file.id)).with("file", file.path.name());
        diags.push(match near {
            Some(near) => finding.with("near", near),
            None => finding,
        });
    };
    let stem = file.path.name().strip_suffix(".md").unwrap_or_default();
    let Some((id, tag)) = stem.rsplit_once('.') else {
        return report(model::PROSE_LANGUAGE, Some(format!("{stem}.{}.md", book.default_lang)));
    };
    let Some(lang) = Lang::parse(tag).filter(|lang| book.langs.contains(lang)) else {
        return report(model::PROSE_LANGUAGE, None);
    };
    let folder = file.path.folders().next_back().unwrap_or_default();
    let Some(kind) = Kind::ALL.iter().copied().find(|kind| kind.plural() == folder) else {
        let near = nearest(folder, Kind::ALL.iter().map(|kind| kind.plural()));
        return report(model::STRAY_PROSE, near.map(|near| format!("{near}/{}", file.path.name())));
    };
    let ids: Vec<Key> = book.tables.of(kind).map(AnyEntry::key).collect();
    let near = nearest(id, ids.iter().map(|key| key.id.as_str()));
    report(model::STRAY_PROSE, near.map(|near| format!("{folder}/{near}.{lang}.md")));
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

/// Gives entities their prose: cells of roles and anchors are found where the texts, or what they are read by,
/// differ from those of the handbook before.
pub(super) fn finish_prose(
    book: &mut Handbook,
    mut pieces: Vec<Piece<'_>>,
    before: Option<&Handbook>,
    diags: &mut Diagnostics,
) {
    book.phase_names = PhaseNames::of(&book.tables.phases, before.map(|before| &before.phase_names));
    // Stable: of several texts in one language the first in the order of paths counts.
    pieces.sort_by_key(|piece| (piece.kind, piece.place));
    let read = Read { book, before: Before::of(book, before), meant: Meant::of(&book.phase_names) };
    let groups: Vec<&[Piece<'_>]> = pieces.chunk_by(|a, b| (a.kind, a.place) == (b.kind, b.place)).collect();
    let found: Vec<(Arc<PerLang<Prose>>, Vec<Diagnostic>)> =
        groups.par_iter().map(|group| read.prose(group)).collect();
    for (group, (prose, twice)) in groups.into_iter().zip(found) {
        diags.extend(twice);
        diags.extend(prose.iter().flat_map(|(_, prose)| prose.told.iter()).cloned());
        if let Some(first) = group.first() {
            book.tables.set_prose(first.kind, first.place, prose);
        }
    }
}

/// The handbook before, as far as its prose is read by the same.
struct Before<'a> {
    book: Option<&'a Handbook>,
    /// Whether phases are called the same.
    same_phases: bool,
}

impl<'a> Before<'a> {
    fn of(book: &Handbook, before: Option<&'a Handbook>) -> Before<'a> {
        let before = before.filter(|before| before.fallbacks == book.fallbacks);
        let same_phases = before.is_some_and(|before| Arc::ptr_eq(&before.phase_names, &book.phase_names));
        Before { book: before, same_phases }
    }
}

/// What prose is read by.
struct Read<'a> {
    book: &'a Handbook,
    before: Before<'a>,
    meant: Meant<'a>,
}

impl Read<'_> {
    /// The prose of an entity, and texts that are there twice.
    fn prose(&self, group: &[Piece<'_>]) -> (Arc<PerLang<Prose>>, Vec<Diagnostic>) {
        let first = |piece: &Piece<'_>| group.iter().find(|first| first.lang == piece.lang);
        let is_first = |piece: &&Piece<'_>| first(piece).is_some_and(|first| std::ptr::eq(first, *piece));
        let pieces: Vec<&Piece<'_>> = group.iter().filter(is_first).collect();
        let others = group.iter().filter(|piece| !is_first(piece));
        let twice = others.filter_map(|piece| Some(self.twice(piece, first(piece)?))).collect();
        (self.kept(&pieces).unwrap_or_else(|| Arc::new(self.afresh(&pieces))), twice)
    }

    fn twice(&self, piece: &Piece<'_>, first: &Piece<'_>) -> Diagnostic {
        let [own, first] = [piece, first].map(|piece| Span::beginning(piece.doc.file));
        let id = self.book.prose_owner(piece.path).map_or("", |(key, _)| key.id.as_str());
        let finding = Diagnostic::at(model::PROSE_TWICE, own).also(Some(first));
        finding.with("id", id).with("language", piece.lang.to_string())
    }

    /// The prose that the entity had before, where it is of the same texts.
    fn kept(&self, pieces: &[&Piece<'_>]) -> Option<Arc<PerLang<Prose>>> {
        let path = pieces.first()?.path;
        let before = self.before.book?;
        let (key, _) = before.prose_owner(path)?;
        let prose = before.entry(key)?.shared_prose();
        let same = |((lang, prose), piece): ((Lang, &Prose), &&Piece<'_>)| {
            lang == piece.lang && Arc::ptr_eq(&prose.doc, piece.doc) && prose.path == *piece.path
        };
        let readable = key.kind != Kind::Role || self.before.same_phases;
        let same = readable && prose.len() == pieces.len() && prose.iter().zip(pieces).all(same);
        same.then(|| Arc::clone(prose))
    }

    fn afresh(&self, pieces: &[&Piece<'_>]) -> PerLang<Prose> {
        let kind = pieces.first().map_or(Kind::Page, |piece| piece.kind);
        let texts = pieces.iter().map(|piece| (piece.lang, (piece.path.clone(), Arc::clone(piece.doc))));
        read_texts(kind, texts, (&self.meant, &self.book.fallbacks))
    }
}

/// The prose of an entity of a handbook, were it of these texts.
pub(crate) fn prose_of(
    book: &Handbook,
    kind: Kind,
    texts: impl IntoIterator<Item = (Lang, (SourcePath, Arc<Doc>))>,
) -> PerLang<Prose> {
    read_texts(kind, texts, (&Meant::of(&book.phase_names), &book.fallbacks))
}

fn read_texts(
    kind: Kind,
    texts: impl IntoIterator<Item = (Lang, (SourcePath, Arc<Doc>))>,
    (meant, fallbacks): (&Meant<'_>, &[Lang]),
) -> PerLang<Prose> {
    let new = |(lang, (path, doc)): (Lang, (SourcePath, Arc<Doc>))| {
        let mut prose = Prose::new(path, doc);
        match kind {
            Kind::Role => prose::find_cells(&mut prose, meant, lang),
            Kind::Pilot => find_headings(&mut prose, lang),
            _ => {}
        }
        (lang, prose)
    };
    let mut all: PerLang<Prose> = texts.into_iter().map(new).collect();
    prose::set_anchors(&mut all, fallbacks);
    all
}
