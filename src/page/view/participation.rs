//! The overview `participation`: who was heard when the division of work was made, what it changed, and who
//! was not heard.

use super::super::Cx;
use super::super::sheet::{Part, Sheet};
use super::super::words::Link;
use crate::model::pilot::Pilot;
use crate::model::table::{AnyEntry, Entry};

pub(super) fn sheet(cx: Cx<'_>) -> Sheet {
    let pilots = cx.book().tables.pilots.iter().filter(|pilot| !pilot.data.heard.is_empty());
    pilots.fold(Sheet::view(cx, "participation"), |sheet, pilot| sheet.with(part(cx, pilot)))
}

fn part(cx: Cx<'_>, pilot: &Entry<Pilot>) -> Part {
    let heard = &pilot.data.heard;
    let silent = heard.iter().filter(|heard| !heard.not_because.is_empty()).count();
    let counted = [
        Some(cx.strings().count("participation.heard", heard.len() - silent))
            .filter(|_| silent < heard.len()),
        Some(cx.strings().count("participation.silent", silent)).filter(|_| silent > 0),
    ];
    Part {
        id: format!("pilot-{}", pilot.id()),
        heading: Some(cx.link(&pilot.key()).unwrap_or_else(|| Link::plain(pilot.id().as_str()))),
        lead: Some(counted.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        table: Some(super::super::pilot::heard(cx, pilot)),
        ..Part::default()
    }
}
