//! What is told of addresses: those that nothing stands for, anchors that lead to the beginning of a page,
//! and rows that nobody needs.

use std::collections::BTreeSet;

use super::{Keeper, about};
use crate::base::diag::Diagnostic;
use crate::base::lang::{Lang, PerLang};
use crate::base::near::nearest;
use crate::base::output::UrlPath;
use crate::base::source::Span;
use crate::model::table::{AnyEntry, Key};
use crate::model::words;
use crate::route::ledger::Line;
use crate::route::{
    ADDRESS_GONE, ADDRESS_RENAMED, ADDRESS_TAKEN, ANCHOR_GONE, ATTACHMENT_GONE, REDIRECT_IDLE, owner,
};

/// So many addresses are named in a finding.
const SHOWN: usize = 3;

impl Keeper<'_, '_> {
    /// Tells everything that has been found.
    pub(super) fn tell(&mut self) {
        if !self.missing.is_empty() {
            self.fresh = self.fresh();
        }
        let missing: Vec<Diagnostic> =
            self.missing.iter().map(|(owner, urls)| self.missing_told(owner, urls)).collect();
        self.diags.extend(missing);
        for (url, span, anchors) in self.lost.values() {
            let names = anchors.iter().map(|anchor| format!("#{anchor}")).collect::<Vec<_>>().join(", ");
            let finding = Diagnostic { span: *span, ..Diagnostic::of(ANCHOR_GONE) };
            let first = anchors.first().map_or("", String::as_str);
            let finding = finding.with("url", url.as_str()).with("anchors", names);
            self.diags.push(finding.with("own", format!("{{#{first}}}")));
        }
        for (at, row) in self.rows.iter().enumerate() {
            if !self.used.contains(&at) && !row.aimless {
                let finding = Diagnostic::at(REDIRECT_IDLE, row.row.from.span);
                self.diags.push(finding.with("from", row.row.from.text.as_str()));
            }
        }
    }

    /// Entities that are new in this handbook.
    fn fresh(&self) -> Vec<Key> {
        let published: BTreeSet<&str> = self.ledger.iter().map(|(_, line)| line.owner.as_str()).collect();
        let keys = self.book.tables.entries().map(AnyEntry::key);
        keys.filter(|key| !published.contains(key.to_string().as_str())).collect()
    }

    /// Something else stands at the address of a page: its readers are led astray.
    pub(super) fn taken_told(
        &self,
        url: &UrlPath,
        line: &Line,
        (was, now): (Option<&Key>, Option<&Key>),
    ) -> Diagnostic {
        let place = now.and_then(|key| self.book.entry(key)).map(AnyEntry::span);
        let finding = Diagnostic { span: place.or(line.span), ..Diagnostic::of(ADDRESS_TAKEN) };
        let finding = finding.also(line.span.filter(|_| place.is_some())).with("url", url.as_str());
        let lang = self.lang_of(url);
        let called = |key: Option<&Key>| key.map_or_else(nameless, called);
        finding.with("was", called(was)).with("now", called(now)).with("key", format!("slug.{lang}"))
    }

    fn missing_told(&self, owner: &str, urls: &[(&UrlPath, Option<Span>)]) -> Diagnostic {
        let key = owner::page(owner).as_ref().and_then(about);
        let instead = key.as_ref().and_then(|key| self.candidate(key));
        let is_file = key.is_none() && urls.iter().all(|(url, _)| !owner::is_page(url));
        let code = match instead {
            Some(_) => ADDRESS_RENAMED,
            None if is_file => ATTACHMENT_GONE,
            None => ADDRESS_GONE,
        };
        let listed: Vec<&str> = urls.iter().map(|(url, _)| url.as_str()).take(SHOWN).collect();
        let more = urls.len().saturating_sub(SHOWN);
        let listed = listed.join(", ") + &if more > 0 { format!(" + {more}") } else { String::new() };
        let from = key.as_ref().map_or_else(
            || urls.first().map(|(url, _)| url.encoded()).unwrap_or_default(),
            |key| format!("{}:{}", key.kind.as_str(), key.id),
        );
        let what = key.as_ref().map_or_else(nameless, called);
        let span = urls.first().and_then(|(_, span)| *span);
        let finding = Diagnostic { span, ..Diagnostic::of(code) };
        let finding = finding.with("what", what).with("urls", listed).with("from", from);
        let Some((key, instead)) = key.zip(instead) else { return finding };
        finding.with("instead", called(&instead)).with("id", key.id.as_str())
    }

    /// What probably stands for an entity now: the only new one of its kind, or the one with the nearest id.
    fn candidate(&self, key: &Key) -> Option<Key> {
        let new: Vec<&Key> = self.fresh.iter().filter(|own| own.kind == key.kind).collect();
        if let [one] = new.as_slice() {
            return Some((*one).clone());
        }
        let near = nearest(key.id.as_str(), new.iter().map(|own| own.id.as_str()))?;
        new.into_iter().find(|own| own.id.as_str() == near).cloned()
    }
}

/// The kind and the id: a name is no longer known.
fn called(key: &Key) -> PerLang<String> {
    words::kind(key.kind).map(|lang, kind| match lang {
        Lang::FI | Lang::SV => format!("{kind} ”{}”", key.id),
        _ => format!("{kind} “{}”", key.id),
    })
}

/// What is no entity goes by its address alone: an attachment, or a page of an older program.
fn nameless() -> PerLang<String> {
    let word = |lang| match lang {
        Lang::FI => "tiedosto",
        Lang::SV => "fil",
        _ => "file",
    };
    words::each_spoken(|lang| word(lang).to_owned())
}
