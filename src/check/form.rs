//! Forms: each can be found, and a file that one names is there.

use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::near::nearest;
use crate::check::Facts;
use crate::check::names::called;
use crate::model::form::Form;
use crate::model::table::Entry;

crate::codes! { "form.toml":
    FORM_WITHOUT_PLACE = "form-without-place",
    MISSING_FILE = "missing-file",
    UNSAFE_ADDRESS = "unsafe-address",
}

/// A form says where it is, and the file it names exists.
pub(super) fn forms(facts: &Facts<'_>, diags: &mut Diagnostics) {
    let sound = facts.book.tables.forms.iter().filter(|form| facts.book.damaged.is_empty() && !form.faulty);
    for form in sound {
        let data = &form.data;
        let nowhere = data.file.is_none() && data.link.is_none() && data.place.is_empty();
        let finding = |code, span| Diagnostic::at(code, span).with("form", called(facts.book, form));
        if nowhere {
            diags.push(finding(FORM_WITHOUT_PLACE, form.span));
        }
        diags.extend(missing(facts, form));
        if let Some(link) = data.link.as_ref().filter(|link| !link.starts_with("https://")) {
            diags.push(finding(UNSAFE_ADDRESS, form.span).with("link", link.as_str()));
        }
    }
}

/// A file that does not lie below `content/`, with the nearest that does.
fn missing(facts: &Facts<'_>, form: &Entry<Form>) -> Option<Diagnostic> {
    let file = form.data.file.as_ref()?;
    let known = file.source().is_some_and(|path| facts.book.media.contains_key(&path));
    if known {
        return None;
    }
    let files = facts.book.media.keys().map(|path| path.as_str().trim_start_matches("content/"));
    let finding = Diagnostic::at(MISSING_FILE, file.span).with("file", file.path.as_str());
    Some(finding.with("form", called(facts.book, form)).near_value(nearest(&file.path, files)))
}
