//! Of whom findings speak: counted by entity and by who keeps it.

use std::collections::BTreeMap;

use super::Board;
use crate::base::diag::{Diagnostic, Severity};
use crate::model::table::{AnyEntry, Key};
use crate::syntax::slug::Slug;

/// Findings of one entity or one owner.
pub(super) struct Row {
    pub name: String,
    pub href: Option<String>,
    pub owner: Option<String>,
    /// Errors, warnings, notes.
    pub counts: [usize; 3],
}

type Counts = [usize; 3];

fn place(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// Entities with findings, those with the gravest first.
pub(super) fn by_entity(board: &Board<'_>) -> Vec<Row> {
    let row = |(key, counts): (Option<Key>, Counts)| {
        let entry = key.as_ref().and_then(|key| board.book()?.entry(key));
        Row {
            name: entry.map_or_else(|| board.word("settings").to_owned(), |entry| board.name(entry)),
            href: key.as_ref().map_or_else(|| Some(board.field(None, "site")), |key| board.href(key)),
            owner: entry.map(|entry| owner(board, entry)),
            counts,
        }
    };
    let key = |entry: Option<&dyn AnyEntry>| entry.map(AnyEntry::key);
    sorted(counted(board, key).into_iter().map(row))
}

/// Those who keep entities with findings.
pub(super) fn by_owner(board: &Board<'_>) -> Vec<Row> {
    let name = |entry: Option<&dyn AnyEntry>| {
        entry.map_or_else(|| board.word("settings").to_owned(), |entry| owner(board, entry))
    };
    let row = |(name, counts): (String, Counts)| Row { name, href: None, owner: None, counts };
    sorted(counted(board, name).into_iter().map(row))
}

fn sorted(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by(|one, other| other.counts.cmp(&one.counts).then_with(|| one.name.cmp(&other.name)));
    rows
}

/// Who keeps an entity: a role under its name, else in the words given.
pub(super) fn owner(board: &Board<'_>, entry: &dyn AnyEntry) -> String {
    let Some(owner) = &entry.meta().owner else { return board.word("nobody").to_owned() };
    let known = Slug::new(owner).and_then(|id| {
        let kinds = crate::model::kind::Kind::ACTORS.iter();
        kinds.filter_map(|kind| board.book()?.entry(&Key::new(*kind, id.clone()))).next()
    });
    known.map_or_else(|| owner.clone(), |entry| board.name(entry))
}

fn counted<K: Ord>(board: &Board<'_>, of: impl Fn(Option<&dyn AnyEntry>) -> K) -> BTreeMap<K, Counts> {
    let addresses = board.snapshot.addresses();
    let entries = board.book().into_iter().flat_map(|book| book.tables.entries());
    let entries: BTreeMap<String, &dyn AnyEntry> =
        entries.map(|entry| (entry.key().to_string(), entry)).collect();
    // The entity in whose lines a finding stands.
    let entry = |finding: &Diagnostic| {
        let at = addresses.as_ref()?.of(finding.span?)?;
        entries.get(at.split(['.', '#']).next()?).copied()
    };
    let mut counts: BTreeMap<K, Counts> = BTreeMap::new();
    for finding in &board.snapshot.findings {
        counts.entry(of(entry(finding))).or_default()[place(finding.severity)] += 1;
    }
    counts
}
