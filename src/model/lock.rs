//! What has been confirmed: `translations.lock`, a set of lines `TextId fi:DIGEST sv:DIGEST`.
//!
//! Lines are never edited by hand, and git merges the file as a union: a text may have several.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::lang::Lang;
use crate::base::source::{FileId, Span};
use crate::model;
use crate::model::book::Handbook;
use crate::model::kind::Kind;
use crate::model::table::Key;
use crate::model::translation::{Side, Unit};
use crate::syntax::slug::Slug;

/// The file's path.
pub const LOCK: &str = "translations.lock";

/// What has been confirmed, text by text.
#[derive(Debug, Clone, Default)]
pub struct Lock(BTreeMap<String, BTreeSet<BTreeMap<Lang, String>>>);

impl Lock {
    /// Reads the file. A line that cannot be read is told and counts for nothing.
    pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Lock {
        let mut lock = Lock::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(file, &(start..start + line.trim_end().len()));
            start += line.len();
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match confirmed(line) {
                Some((id, digests)) => drop(lock.0.entry(id).or_default().insert(digests)),
                None => diags.push(Diagnostic::at(model::LOCK_LINE, span)),
            }
        }
        lock
    }

    /// Whether nobody has confirmed anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes that the sides of a text match, in place of what was confirmed of it before.
    pub fn confirm(&mut self, unit: &Unit) {
        let digests = unit.sides.iter().map(|(lang, side)| (lang, side.digest().to_owned())).collect();
        self.0.insert(unit.id.as_str().to_owned(), BTreeSet::from([digests]));
    }

    /// Notes that two sides of a text match, and leaves what is known of its other languages.
    pub fn confirm_pair(&mut self, unit: &Unit, pair: [Lang; 2]) {
        let digest = |lang: Lang| Some((lang, unit.sides.get(lang)?.digest().to_owned()));
        let Some(line) = pair.into_iter().map(digest).collect::<Option<BTreeMap<_, _>>>() else { return };
        let lines = self.0.entry(unit.id.as_str().to_owned()).or_default();
        lines.retain(|line| line.iter().any(|(lang, own)| digest(*lang).is_some_and(|(_, now)| now == *own)));
        lines.insert(line);
    }

    /// Forgets texts that there are no more. What is only out of sight for now (an entity that is hidden, a
    /// language left out) is remembered.
    pub fn keep(&mut self, units: &[Unit], book: &Handbook) {
        let known: BTreeSet<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
        let seen: BTreeSet<&str> = known.iter().map(|id| whose(id)).collect();
        let unseen = |id: &str| !seen.contains(whose(id)) && (whose(id) == "site" || exists(book, whose(id)));
        self.0.retain(|id, _| known.contains(id.as_str()) || unseen(id));
    }

    /// The file: one line a confirmation, in the order of addresses.
    pub fn write(&self) -> String {
        let digests = |digests: &BTreeMap<Lang, String>| {
            digests.iter().map(|(lang, digest)| format!(" {lang}:{digest}")).collect::<String>()
        };
        let lines =
            self.0.iter().flat_map(|(id, all)| all.iter().map(move |one| format!("{id}{}\n", digests(one))));
        lines.collect()
    }

    /// What a text was known by in a language when its present text in another was confirmed.
    pub fn confirmed_with(&self, unit: &Unit, other: Lang, lang: Lang) -> BTreeSet<&str> {
        let digest = unit.sides.get(other).map(Side::digest);
        let with = self.of(unit.id.as_str()).filter(|line| line.get(&other).map(String::as_str) == digest);
        with.filter_map(|line| line.get(&lang)).map(String::as_str).collect()
    }

    /// The lines of a text: what its languages were known by each time.
    pub fn of(&self, id: &str) -> impl Iterator<Item = &BTreeMap<Lang, String>> {
        self.0.get(id).into_iter().flatten()
    }
}

/// The entity of a text: `role/x` of `role/x.name` and `role/x#part`.
fn whose(id: &str) -> &str {
    id.split(['.', '#']).next().unwrap_or(id)
}

fn exists(book: &Handbook, whose: &str) -> bool {
    let key =
        whose.split_once('/').and_then(|(kind, id)| Some(Key::new(Kind::parse(kind)?, Slug::compound(id)?)));
    key.is_some_and(|key| book.entry(&key).is_some())
}

/// `role/x.name fi:0123456789 sv:abcdef0123`
fn confirmed(line: &str) -> Option<(String, BTreeMap<Lang, String>)> {
    let mut words = line.split_whitespace();
    let id = words.next().filter(|id| id.contains('/') || id.starts_with("site"))?;
    let digest = |word: &str| {
        let (lang, digest) = word.split_once(':')?;
        let hex = digest.len() == 10 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        Some((Lang::parse(lang)?, hex.then(|| digest.to_owned())?))
    };
    let digests: Option<BTreeMap<Lang, String>> = words.map(digest).collect();
    digests.filter(|digests| digests.len() > 1).map(|digests| (id.to_owned(), digests))
}
