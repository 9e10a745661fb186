//! References lead somewhere: in fields, in prose, in citations of law.

use std::collections::BTreeMap;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::base::source::Span;
use crate::check::{Facts, law};
use crate::model::book::{Handbook, Resolved};
use crate::model::field::Visitor;
use crate::model::kind::Kind;
use crate::model::law::{Cited, LawRef};
use crate::model::links::{Linked, each_link};
use crate::model::table::{AnyEntry, AnyRef, Entry};
use crate::model::text::At;
use crate::model::words;
use crate::syntax::markdown::Target;
use crate::syntax::slug::Slug;

crate::codes! { "references.toml":
    DANGLING_REFERENCE = "dangling-reference",
    WRONG_KIND = "wrong-kind",
    UNKNOWN_STATUTE = "unknown-statute",
    UNKNOWN_SECTION = "unknown-section",
    BROKEN_LINK = "broken-link",
    AMBIGUOUS_LINK = "ambiguous-link",
    UNKNOWN_LINK_KIND = "unknown-link-kind",
    BROKEN_FILE_LINK = "broken-file-link",
    BROKEN_ANCHOR = "broken-anchor",
    MISSING_PICTURE = "missing-picture",
    SAME_BUT_FOR_CASE = "same-but-for-case",
    MENTIONED_STATUTE = "mentioned-statute",
    MENTIONED_SECTION = "mentioned-section",
}

pub(super) const FIELD_CODES: &[Code] =
    &[DANGLING_REFERENCE, WRONG_KIND, UNKNOWN_STATUTE, UNKNOWN_SECTION, MENTIONED_STATUTE, MENTIONED_SECTION];
pub(super) const PROSE_CODES: &[Code] =
    &[BROKEN_LINK, AMBIGUOUS_LINK, UNKNOWN_LINK_KIND, BROKEN_FILE_LINK, BROKEN_ANCHOR, MISSING_PICTURE];
pub(super) const CITATION_CODES: &[Code] = &[MENTIONED_STATUTE, MENTIONED_SECTION];

/// Ids in fields exist and are of the right kind. Where a file is damaged, what seems missing may only
/// be unread, and nothing is said.
pub(super) fn fields(facts: &Facts<'_>, diags: &mut Diagnostics) {
    if !facts.book.damaged.is_empty() {
        return;
    }
    let mut look = Look { book: facts.book, diags };
    facts.book.tables.entries().for_each(|entry| entry.visit(&mut look));
    orphans(facts.book, diags);
}

/// Sections belong to a statute of the handbook.
fn orphans(book: &Handbook, diags: &mut Diagnostics) {
    let statutes: Vec<&Slug> = book.tables.statutes.iter().map(Entry::id).collect();
    for section in book.tables.sections.iter() {
        let Some(statute) = section.data.statute.as_ref() else { continue };
        if book.tables.statutes.get(statute).is_none() {
            let near = nearest(statute.as_str(), statutes.iter().map(|id| id.as_str()));
            let finding = Diagnostic::at(UNKNOWN_STATUTE, section.data.statute_span);
            diags.push(finding.with("statute", statute.as_str()).near(near));
        }
    }
}

/// Pictures and attachments keep the names of their files: no two are one on a machine that knows no capital
/// letters.
pub(super) fn media(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (path, file) in &facts.book.media {
        if let Some((first, beside)) = seen.insert(path.as_str().to_lowercase(), (path, *file)) {
            let finding = Diagnostic::at(SAME_BUT_FOR_CASE, Span::beginning(*file));
            let finding = finding.with("first", first.as_str()).with("second", path.as_str());
            diags.push(finding.also(Some(Span::beginning(beside))));
        }
    }
}

struct Look<'b> {
    book: &'b Handbook,
    diags: &'b mut Diagnostics,
}

impl<'a> Visitor<'a> for Look<'_> {
    fn reference(&mut self, at: &At<'_>, reference: AnyRef<'a>) {
        let tables = &self.book.tables;
        let exists = |kind: &Kind| tables.entry(*kind, reference.id).is_some();
        if reference.built_in.contains(&reference.id.as_str()) || reference.kinds.iter().any(exists) {
            return;
        }
        let finding = |code| {
            Diagnostic::at(code, reference.span)
                .with("id", reference.id.as_str())
                .with("key", at.key())
                .with("kinds", words::kinds(reference.kinds))
        };
        if let Some(other) = Kind::ALL.iter().find(|kind| exists(kind)) {
            return self.diags.push(finding(WRONG_KIND).with("kind", words::kind(*other)));
        }
        let ids: Vec<Slug> =
            reference.kinds.iter().flat_map(|kind| tables.of(*kind)).map(|entry| entry.key().id).collect();
        let ids = ids.iter().map(Slug::as_str).chain(reference.built_in.iter().copied());
        let near = nearest(reference.id.as_str(), ids);
        self.diags.push(finding(DANGLING_REFERENCE).near_value(near));
    }

    fn law(&mut self, _at: &At<'_>, law: &'a LawRef) {
        let finding = |code| Diagnostic::at(code, law.span).with("statute", &*law.statute);
        match self.book.statutes.find(&law.statute, law.section.as_ref()) {
            Cited::Section(_) | Cited::Statute(_) => {}
            Cited::UnknownStatute => {
                let near = nearest(&law.statute, self.book.statutes.spellings());
                let near = near.map(|near| law.text.replacen(&*law.statute, near, 1));
                self.diags.push(finding(UNKNOWN_STATUTE).near_value(near.as_deref()));
            }
            Cited::UnknownSection(_) => {
                let section = law.section.as_ref().map_or(String::new(), ToString::to_string);
                self.diags.push(finding(UNKNOWN_SECTION).with("section", section));
            }
        }
    }
}

/// Links and pictures in prose lead somewhere.
pub(super) fn prose(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for entry in facts.book.tables.entries() {
        each_link(facts.book, entry, &mut |span, link| match link {
            Linked::Link(target, resolved) => {
                diags.extend(link_finding(facts.book, entry, (target, span), resolved));
            }
            // An address with a scheme has been told by itself.
            Linked::Picture(path, Resolved::Missing) if !path.contains(':') => {
                diags.push(Diagnostic::at(MISSING_PICTURE, span).with("picture", path));
            }
            Linked::Picture(..) => {}
        });
    }
}

/// Citations in prose and short texts lead somewhere.
pub(super) fn citations(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for citing in facts.links.citings().filter(|_| facts.book.damaged.is_empty()) {
        let code = match citing.cited {
            Cited::UnknownStatute => MENTIONED_STATUTE,
            Cited::UnknownSection(_) if law::is_told_as_repealed(facts, citing) => continue,
            Cited::UnknownSection(_) => MENTIONED_SECTION,
            Cited::Section(_) | Cited::Statute(_) => continue,
        };
        diags.push(Diagnostic::at(code, citing.span).with("citation", citing.citation.to_string()));
    }
}

fn link_finding(
    book: &Handbook,
    entry: &dyn AnyEntry,
    (target, span): (&Target, Span),
    resolved: Resolved,
) -> Option<Diagnostic> {
    let at = |code| Diagnostic::at(code, span);
    match resolved {
        Resolved::External(_) | Resolved::Media(_) | Resolved::Unsafe => None,
        Resolved::Anchor(anchor) => {
            broken_anchor(entry, &anchor).then(|| at(BROKEN_ANCHOR).with("anchor", anchor))
        }
        Resolved::Entity(key, Some(anchor)) => {
            let broken = book.entry(&key).is_some_and(|entry| broken_anchor(entry, &anchor));
            broken.then(|| at(BROKEN_ANCHOR).with("anchor", anchor))
        }
        Resolved::Entity(_, None) => None,
        Resolved::UnknownKind(kind) => {
            let near = nearest(&kind, Kind::ALL.iter().map(|kind| kind.as_str()));
            let mended = near.map(|near| format!("{near}:"));
            let finding = at(UNKNOWN_LINK_KIND).with("kind", kind);
            Some(match mended {
                Some(near) => finding.with("near", near),
                None => finding,
            })
        }
        Resolved::Ambiguous(kinds) => {
            let ids: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            Some(at(AMBIGUOUS_LINK).with("target", told(target)).with("kinds", ids.join(", ")))
        }
        Resolved::Missing => book.damaged.is_empty().then(|| missing(book, target, span)),
    }
}

fn missing(book: &Handbook, target: &Target, span: Span) -> Diagnostic {
    let told = told(target);
    if let Target::File { .. } = target {
        return Diagnostic::at(BROKEN_FILE_LINK, span).with("path", told);
    }
    let finding = Diagnostic::at(BROKEN_LINK, span).with("target", told.as_str());
    match near_link(book, target) {
        Some(near) => finding.with("near", near),
        None => finding,
    }
}

/// The link that was probably meant: of the same kind, where one is given.
fn near_link(book: &Handbook, target: &Target) -> Option<String> {
    let Target::Entity { kind, id, .. } = target else { return None };
    let of_kind = kind.as_deref().and_then(Kind::parse);
    let keys =
        book.tables.entries().map(AnyEntry::key).filter(|key| of_kind.is_none_or(|kind| key.kind == kind));
    let ids: Vec<Slug> = keys.map(|key| key.id).collect();
    let near = nearest(id, ids.iter().map(Slug::as_str))?;
    Some(kind.as_ref().map_or(format!("[[{near}]]"), |kind| format!("[[{kind}:{near}]]")))
}

fn told(target: &Target) -> String {
    match target {
        Target::Entity { kind: Some(kind), id, .. } => format!("{kind}:{id}"),
        Target::Entity { kind: None, id, .. } => id.to_string(),
        Target::File { path, .. } => path.to_string(),
        Target::Anchor(anchor) => anchor.to_string(),
        Target::External(address) => address.clone(),
        Target::Unsafe => String::new(),
    }
}

/// Whether no heading of an entity has this anchor. Anchors of the page itself begin with `_`.
fn broken_anchor(entry: &dyn AnyEntry, anchor: &str) -> bool {
    let has = |prose: &crate::model::prose::Prose| prose.anchors.iter().any(|own| own.as_str() == anchor);
    !anchor.is_empty() && !anchor.starts_with('_') && !entry.prose().iter().any(|(_, prose)| has(prose))
}
