//! When an entity has to be read again.

use crate::base::date::Date;
use crate::model::book::Handbook;
use crate::model::config::Config;
use crate::model::kind::Kind;
use crate::model::meta::Meta;
use crate::model::table::AnyEntry;

/// The kinds that somebody has to read again from time to time. Statutes have a day of their own on which
/// they were compared with the law; what only names things apart needs none.
pub const KINDS: &[Kind] = &[
    Kind::Role,
    Kind::Function,
    Kind::Partner,
    Kind::Phase,
    Kind::Task,
    Kind::Process,
    Kind::Guide,
    Kind::Service,
    Kind::Form,
    Kind::Team,
    Kind::Forum,
    Kind::Obligation,
    Kind::Checklist,
    Kind::Onboarding,
    Kind::Page,
];

/// The last day by which an entity has to be read again: its own, else after the handbook's cycle.
pub fn due(meta: &Meta, config: &Config) -> Option<Date> {
    let cycle = config.review_months.and_then(|months| u16::try_from(months).ok());
    meta.review_due.0.or_else(|| meta.reviewed.0?.plus_months(cycle?))
}

/// Whether the day has passed by which an entity had to be read again.
pub fn is_overdue(meta: &Meta, config: &Config, today: Date) -> bool {
    due(meta, config).is_some_and(|due| due < today)
}

/// What had to be read again before a day, in the order of files and places.
pub fn overdue(book: &Handbook, today: Date) -> impl Iterator<Item = &dyn AnyEntry> {
    book.tables.entries().filter(move |entry| is_overdue(entry.meta(), &book.config, today))
}
