//! When an entity has to be read again, and which have waited too long.

use crate::base::date::Date;
use crate::model::book::Handbook;
use crate::model::meta::Meta;
use crate::model::table::AnyEntry;

/// When an entity has to be read again: the day it names itself, else a cycle after it was last read.
pub fn due(book: &Handbook, meta: &Meta) -> Option<Date> {
    let cycle = book.config.review_months.and_then(|months| u16::try_from(months).ok());
    meta.review_due.0.or_else(|| meta.reviewed.0?.plus_months(cycle?))
}

/// What should have been read again before a day, in the order of files and places.
pub fn overdue(book: &Handbook, today: Date) -> impl Iterator<Item = &dyn AnyEntry> {
    book.tables.entries().filter(move |entry| due(book, entry.meta()).is_some_and(|due| due < today))
}
