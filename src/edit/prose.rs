//! Prose set: all of it, a section, or a part of a cell of a role. Only the bytes of the section change.

use std::ops::Range;
use std::sync::Arc;

use super::Refused;
use super::address::{Address, unknown};
use super::base::digest;
use super::outline::{Slot, kept, slot};
use super::splice::{MARK, Splice, end_of_line, spliced, with_ends};
use super::work::{Work, changed};
use crate::base::lang::{Lang, PerLang};
use crate::base::source::SourcePath;
use crate::model::attach::prose_of;
use crate::model::kind::Kind;
use crate::model::parses::CONTENT;
use crate::model::prose::Prose;
use crate::model::table::Key;
use crate::syntax::markdown::{self, Doc};

/// Sets prose in a language; an empty text takes it out.
pub(super) fn set(
    work: &mut Work<'_>,
    (at, lang): (&str, &str),
    text: &str,
    was: Option<&str>,
) -> Result<(), Refused> {
    let address = Address::parse(at).filter(|at| at.parts.is_empty()).ok_or_else(|| unknown(at))?;
    let key = address.of.ok_or_else(|| unknown(at))?;
    let lang = Lang::parse(lang).filter(|lang| work.langs().contains(lang)).ok_or_else(|| unknown(at))?;
    let all = own_prose(work, &key).ok_or_else(|| unknown(at))?;
    let file = match all.get(lang) {
        Some(prose) => prose.path.clone(),
        None => new_file(work, &key, lang, &all).ok_or_else(|| unknown(at))?,
    };
    let old = work.text(&file);
    let slot = match &address.section {
        Some(section) => {
            slot(work.book(), all.get(lang), &old, (section, lang)).ok_or_else(|| unknown(at))?
        }
        None => Slot::whole(&old),
    };
    let now = slot.text(&old);
    if was.is_some_and(|was| was != digest(&now)) {
        return Err(Refused { theirs: Some(now), ..changed() });
    }
    let wanted = lines(text);
    if wanted == now {
        return Ok(());
    }
    let (new, range) = replaced(&old, &slot, &wanted);
    if address.section.is_some() && !wanted.is_empty() {
        kept(&old, &new, &slot, &range)?;
    }
    if new.trim_matches(|c: char| c.is_whitespace() || c == MARK).is_empty() {
        work.drop_file(&file);
    } else {
        work.put(&file, new, all.get(lang).is_none());
    }
    Ok(())
}

/// The text of prose as an editor shows it.
pub(super) fn source(work: &mut Work<'_>, key: &Key, section: Option<&str>, lang: &str) -> Option<String> {
    let all = own_prose(work, key)?;
    let lang = Lang::parse(lang)?;
    let Some(prose) = all.get(lang) else { return Some(String::new()) };
    let text = work.text(&prose.path);
    let slot = match section {
        Some(section) => slot(work.book(), Some(prose), &text, (section, lang))?,
        None => Slot::whole(&text),
    };
    Some(slot.text(&text))
}

/// The prose of an entity as it is by now.
fn own_prose(work: &mut Work<'_>, key: &Key) -> Option<PerLang<Prose>> {
    let all = work.book().entry(key)?.prose().clone();
    let mut texts: Vec<(Lang, (SourcePath, Arc<Doc>))> = Vec::new();
    let mut is_new = false;
    for (lang, prose) in all.iter() {
        let file = work.sources.find(prose.path.as_str());
        let other = file.filter(|file| file.text() != &*prose.doc.source);
        is_new |= other.is_some();
        let doc = other.map_or_else(
            || Arc::clone(&prose.doc),
            |file| Arc::new(markdown::parse(file.id, &file.text().into()).with_shapes()),
        );
        texts.push((lang, (prose.path.clone(), doc)));
    }
    Some(if is_new { prose_of(work.book(), key.kind, texts) } else { all })
}

/// Lines without empty ones before and behind.
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let start = text.len() - text.trim_start().len();
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].trim_end().to_owned()
}

/// The text of a file with a slot filled, and the bytes that are new in it.
fn replaced(old: &str, slot: &Slot, wanted: &str) -> (String, Range<usize>) {
    let end = end_of_line(old, slot.range.end);
    let (range, text) = if wanted.is_empty() {
        (slot.whole.clone(), String::new())
    } else if slot.is_made() {
        let before = &old[..slot.range.start];
        let parted = before.is_empty()
            || before.ends_with(MARK)
            || before.ends_with("\n\n")
            || before.ends_with("\n\r\n");
        let open = !before.is_empty() && !before.ends_with('\n') && !before.ends_with(MARK);
        let gap = if parted {
            ""
        } else if open {
            "\n\n"
        } else {
            "\n"
        };
        let behind = if slot.range.end == old.len() { "\n" } else { "\n\n" };
        (slot.range.clone(), format!("{gap}{}{wanted}{behind}", slot.head))
    } else {
        (slot.range.clone(), wanted.to_owned())
    };
    let text = with_ends(&text, end);
    let new = range.start..range.start + text.len();
    let mut all = spliced(old, vec![Splice::new(range.clone(), text)]);
    if wanted.is_empty() && range.end == old.len() {
        // The blank lines that parted it from what stands before.
        all.truncate(all.trim_end().len());
        all += end;
    }
    (all, new)
}

/// Where a new file of prose goes: beside the other language, else where the prose of its like stands,
/// else below the folder of the entity.
fn new_file(work: &mut Work<'_>, key: &Key, lang: Lang, all: &PerLang<Prose>) -> Option<SourcePath> {
    if key.kind == Kind::Section {
        return None;
    }
    let folder_of = |path: &SourcePath| path.as_str().rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let own = all.iter().next().and_then(|(_, prose)| folder_of(&prose.path));
    let home = work.book().entry(key)?.span().file;
    let home = work.sources.get(home)?.path.clone();
    let book = work.book();
    let entries = || book.tables.every(key.kind);
    let folders = |near: bool| {
        let like = entries().filter(|entry| !near || entry.span().file == entry_file(book, key));
        let mut paths =
            like.filter_map(|entry| entry.prose().iter().next().map(|(_, prose)| prose.path.clone()));
        paths.find_map(|path| folder_of(&path))
    };
    let below = || {
        let folder = folder_of(&home).unwrap_or_else(|| CONTENT.trim_end_matches('/').to_owned());
        Some(format!("{folder}/{}", key.kind.plural()))
    };
    let folder = own.or_else(|| folders(true)).or_else(below)?;
    let path = SourcePath::new(&format!("{folder}/{}.{lang}.md", key.id))?;
    work.sources.find(path.as_str()).is_none().then_some(path)
}

fn entry_file(book: &crate::model::book::Handbook, key: &Key) -> crate::base::source::FileId {
    book.entry(key).map(|entry| entry.span().file).unwrap_or_default()
}
