//! An entity under another id: its headers, its prose, all that refers to it, and what was confirmed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Refused;
use super::address::{Address, unknown};
use super::entity::new_key;
use super::layout::{Layout, Pair, Step};
use super::refer::{Reference, Where, parts_of, path_of, references};
use super::set::layout_refused;
use super::splice::{Splice, spliced};
use super::work::Work;
use crate::base::source::SourcePath;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::lock::LOCK;
use crate::model::prose::Part;
use crate::model::table::{AnyEntry, Key};
use crate::syntax::markdown::{Lead, Target, plain};

/// Gives an entity another id; the former id leads on.
pub(super) fn rename(work: &mut Work<'_>, at: &str, to: &str) -> Result<(), Refused> {
    let old = Address::entity(at).ok_or_else(|| unknown(at))?;
    if old.kind == Kind::Section {
        return Err(layout_refused());
    }
    let home = work.home(Some(&old))?;
    if old.id.as_str() == to {
        return Ok(());
    }
    let new = new_key(work, &format!("{}/{to}", old.kind.as_str()))?;
    let targets = parts_of(work.book(), &old);
    let found = references(work.book(), &targets);
    let count = found.len();
    let mut splices = Splices::default();
    splices.headers(work, &targets, (&home.place.path, &new));
    for reference in &found {
        splices.reference(work, reference, (&old, &new));
    }
    if old.kind == Kind::Phase {
        splices.cells(work.book(), (&old, &new));
    }
    splices.lock(work, (&old, &new));
    let prose: Vec<SourcePath> = work
        .book()
        .entry(&old)
        .into_iter()
        .flat_map(|own| own.prose().iter().map(|(_, prose)| prose.path.clone()))
        .collect();
    splices.put(work);
    move_prose(work, &prose, (&old, &new));
    former(work, (&old, &new))?;
    let book = work.book();
    let targets = parts_of(book, &new);
    let right =
        book.entry(&old).is_none() && book.entry(&new).is_some() && references(book, &targets).len() == count;
    if right { Ok(()) } else { Err(layout_refused()) }
}

/// What is to be replaced, file by file.
#[derive(Default)]
struct Splices(BTreeMap<SourcePath, Vec<Splice>>);

impl Splices {
    fn add(&mut self, file: &SourcePath, splice: Splice) {
        let own = self.0.entry(file.clone()).or_default();
        if !own.iter().any(|other| other.range == splice.range) {
            own.push(splice);
        }
    }

    fn put(self, work: &mut Work<'_>) {
        for (file, splices) in self.0 {
            let new = spliced(&work.text(&file), splices);
            work.put(&file, new, true);
        }
    }

    /// The id in the headers and dotted keys of an entity, in every file that has some of it.
    fn headers(&mut self, work: &mut Work<'_>, targets: &BTreeSet<Key>, (path, new): (&[Step], &Key)) {
        let mut files: BTreeSet<SourcePath> = BTreeSet::new();
        for key in targets {
            let span = work.book().entry(key).map(AnyEntry::span);
            files.extend(span.and_then(|span| path_of(work, span.file)));
        }
        for file in files {
            let text = work.text(&file);
            for span in key_spans(&Layout::of(&text), path) {
                self.add(&file, Splice::new(span, new.id.as_str()));
            }
        }
    }

    fn reference(&mut self, work: &mut Work<'_>, reference: &Reference, names: (&Key, &Key)) {
        match &reference.place {
            Where::Field { at, span, .. } => {
                let Some((file, range)) = field_place(work, at, *span) else { return };
                let written = work.text(&file)[range.clone()].to_owned();
                self.add(&file, Splice::new(range, renamed(&written, names)));
            }
            Where::Prose { file, span, target, .. } => {
                let written = work.text(file).get(span.range()).unwrap_or_default().to_owned();
                self.add(file, Splice::new(span.range(), relinked(&written, target, names)));
            }
        }
    }

    /// Headings that open the cell of a phase by its id, and links to the anchors of its cells.
    fn cells(&mut self, book: &Handbook, (old, new): (&Key, &Key)) {
        let (id, to) = (old.id.as_str(), new.id.as_str());
        for prose in book.tables.roles.every().flat_map(|role| role.prose.iter().map(|(_, prose)| prose)) {
            let named =
                prose.doc.headings().filter(|(_, head, _)| head.level == 2 && plain(&head.text).trim() == id);
            for (_, _, span) in named {
                let written = prose.doc.source.get(span.range()).unwrap_or_default();
                self.add(&prose.path, Splice::new(span.range(), written.replacen(id, to, 1)));
            }
        }
        for entry in Kind::ALL.iter().flat_map(|kind| book.tables.every(*kind)) {
            for (_, prose) in entry.prose().iter() {
                for lead in &prose.doc.leads {
                    let Lead::Link(link) = lead else { continue };
                    let (target, span) = (&link.target, link.span);
                    let (Target::Entity { anchor: Some(anchor), .. }
                    | Target::File { anchor: Some(anchor), .. }
                    | Target::Anchor(anchor)) = target
                    else {
                        continue;
                    };
                    let part = |part: &Part| **anchor == format!("{id}-{}", part.as_str());
                    if **anchor == *id || Part::ALL.iter().any(part) {
                        let written = prose.doc.source.get(span.range()).unwrap_or_default();
                        let linked = written.replacen(&format!("#{id}"), &format!("#{to}"), 1);
                        self.add(&prose.path, Splice::new(span.range(), linked));
                    }
                }
            }
        }
    }

    /// The addresses of texts in the list of what is confirmed.
    fn lock(&mut self, work: &Work<'_>, (old, new): (&Key, &Key)) {
        let Some(path) = SourcePath::new(LOCK) else { return };
        let (own, sections) = (old.to_string(), format!("section/{}:", old.id));
        let anchor = format!("#{}", old.id);
        let text = work.text(&path);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let id = line.split_whitespace().next().unwrap_or_default();
            let behind = |whose: &str| id.strip_prefix(whose).filter(|rest| rest.starts_with(['.', '#']));
            let named = if let Some(rest) = behind(&own) {
                Some(format!("{new}{rest}"))
            } else if let (Kind::Statute, Some(rest)) = (old.kind, id.strip_prefix(&sections)) {
                Some(format!("section/{}:{rest}", new.id))
            } else {
                let cell = id
                    .strip_suffix(&anchor)
                    .filter(|whose| old.kind == Kind::Phase && whose.starts_with("role/"));
                cell.map(|whose| format!("{whose}#{}", new.id))
            };
            let range = start..start + id.len();
            if let Some(named) = named {
                self.add(&path, Splice::new(range, named));
            }
            start += line.len();
        }
    }
}

/// Where a field has a reference that has no place of its own: the owner of an entity.
fn field_place(
    work: &mut Work<'_>,
    at: &str,
    span: Option<crate::base::source::Span>,
) -> Option<(SourcePath, Range<usize>)> {
    if let Some(span) = span {
        return Some((path_of(work, span.file)?, span.range()));
    }
    let address = Address::parse(at)?;
    let home = work.home(address.of.as_ref()).ok()?;
    let text = work.text(&home.file);
    let layout = Layout::of(&text);
    let place = home.place.walk(&layout, &address.parts).ok()?;
    let range = layout.spot(&place.path).value?.span.clone();
    Some((home.file, range))
}

/// A text with an id in it replaced: `"x"`, `"role:x"`, `"x, y"`, `"shl:36"`.
fn renamed(written: &str, (old, new): (&Key, &Key)) -> String {
    let id = old.id.as_str();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut out = String::new();
    let mut rest = written;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |end| start + end);
        let behind = rest[end..].starts_with(':');
        let is_id = rest[start..end] == *id && (!behind || old.kind == Kind::Statute);
        out += &rest[..start];
        out += if is_id { new.id.as_str() } else { &rest[start..end] };
        rest = &rest[end..];
    }
    out + rest
}

/// A link with another id in its address.
fn relinked(written: &str, target: &Target, names: (&Key, &Key)) -> String {
    let (old, new) = names;
    match target {
        Target::Entity { .. } => {
            let (address, rest) = match written.find(['#', '|']) {
                Some(end) => written.split_at(end),
                None => (written, ""),
            };
            renamed(address, names) + rest
        }
        Target::File { path, .. } => {
            let (own, to) = (format!("{}.", old.id), format!("{}.", new.id));
            let name = path.rsplit('/').next().unwrap_or(path);
            let renamed = name.replacen(&own, &to, 1);
            match written.rfind(name) {
                Some(at) => format!("{}{renamed}{}", &written[..at], &written[at + name.len()..]),
                None => written.to_owned(),
            }
        }
        _ => written.to_owned(),
    }
}

/// Where the last key of a way is written.
fn key_spans(layout: &Layout<'_>, path: &[Step]) -> Vec<Range<usize>> {
    let spot = layout.spot(path);
    let mut spans: Vec<Range<usize>> = Vec::new();
    let headers = spot.sections.iter().filter_map(|number| layout.section(*number));
    spans.extend(headers.filter_map(|section| Some(section.keys.get(path.len() - 1)?.span.clone())));
    for (body, at) in &spot.pairs {
        let pair: &Pair<'_> = &body.pairs[*at];
        spans.extend(pair.keys.get(path.len() - 1 - body.depth).map(|key| key.span.clone()));
    }
    spans
}

/// Gives the files of its prose the new name.
fn move_prose(work: &mut Work<'_>, files: &[SourcePath], (old, new): (&Key, &Key)) {
    for file in files {
        let folder = file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let rest = file.name().strip_prefix(old.id.as_str()).unwrap_or_default();
        let Some(to) = SourcePath::new(&format!("{folder}/{}{rest}", new.id)) else { continue };
        let text = work.text(file);
        work.drop_file(file);
        work.put(&to, text, true);
    }
}

/// Notes the former id, so that its addresses lead on.
fn former(work: &mut Work<'_>, (old, new): (&Key, &Key)) -> Result<(), Refused> {
    let Some(entry) = work.book().entry(new) else { return Err(layout_refused()) };
    let mut former: Vec<String> = entry.meta().former_ids.clone();
    former.retain(|id| id != new.id.as_str());
    former.push(old.id.to_string());
    work.set(&format!("{new}.former_ids"), &serde_json::json!(former), None)
}
