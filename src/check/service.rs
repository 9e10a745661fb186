//! Services and forums: somebody decides and carries out, and a meeting has a chair, a rhythm and a purpose.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::check::Facts;
use crate::check::names::{called, joined};
use crate::model::kind::Kind;
use crate::model::partner::Sort;
use crate::model::role::{Employment, Role};
use crate::model::service::Service;
use crate::model::table::{AnyEntry, Entry, Ref};
use crate::model::words;

crate::codes! { "service.toml":
    SERVICE_WITHOUT_PEOPLE = "service-without-people",
    SERVICE_WITHOUT_OFFICE = "service-without-office",
    FORUM_INCOMPLETE = "forum-incomplete",
}

/// Somebody decides on a service or carries it out.
pub(super) fn people(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let idle = |service: &Service| service.decides.is_empty() && service.carries_out.is_empty();
    for service in facts.book.tables.services.iter().filter(|one| idle(&one.data) && !one.is_faulty()) {
        let finding = Diagnostic::at(SERVICE_WITHOUT_PEOPLE, service.span);
        diags.push(finding.with("service", called(facts.book, service)));
    }
}

/// Whoever decides on a service uses public power, and does so in a public office (611/2021 92 §): no role in
/// another employment, and no private partner (612/2021 12 §).
pub(super) fn office(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let book = facts.book;
    for service in book.tables.services.iter() {
        for decider in &service.data.decides {
            let Some(key) = book.target(decider) else { continue };
            let outside = |role: &&Entry<Role>| role.data.employment != Some(Employment::PublicOffice);
            let roles = book.bearers(&key).into_iter().filter(outside).map(|role| role as &dyn AnyEntry);
            let partner = book.tables.partners.get(&key.id).filter(|_| key.kind == Kind::Partner);
            let private = |sort| matches!(sort, Sort::Private | Sort::Ngo | Sort::ClosePeople);
            let partner = partner.filter(|partner| private(partner.data.sort));
            for who in roles.chain(partner.map(|partner| partner as &dyn AnyEntry)) {
                let finding = Diagnostic::at(SERVICE_WITHOUT_OFFICE, decider.span).also(Some(who.span()));
                let finding = finding.with("service", called(book, service));
                diags.push(finding.with("who", called(book, who)));
            }
        }
    }
}

/// A forum has a chair, a rhythm and something that comes out of it.
pub(super) fn forums(facts: &Facts<'_>, diags: &mut Diagnostics) {
    for forum in facts.book.tables.forums.iter().filter(|forum| !forum.is_faulty()) {
        let data = &forum.data;
        let chaired = data.chair.as_ref().and_then(Ref::id).is_some();
        let told = [
            ("chair", chaired),
            ("rhythm", !data.rhythm.is_empty()),
            ("produces", !data.produces.is_empty()),
        ];
        let missing: Vec<_> = told.iter().filter(|(_, given)| !given).map(|(key, _)| *key).collect();
        if missing.is_empty() {
            continue;
        }
        let names = missing.iter().map(|key| words::field(Kind::Forum, key));
        let finding = Diagnostic::at(FORUM_INCOMPLETE, forum.span).with("forum", called(facts.book, forum));
        let finding = finding.with("keys", missing.join(", "));
        diags.push(finding.with("missing", joined(facts.book, names, ", ")));
    }
}
