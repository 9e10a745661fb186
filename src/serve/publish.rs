//! What would be published, and publishing it.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::api::{answer, told};
use super::http::{Asked, Shared};
use crate::base::lang::Lang;
use crate::data::{self, ChangedPage, How};
use crate::io::bytes_of;
use crate::page::Profile;
use crate::route::{DATA, Drafts, Route};
use crate::snapshot::{Settings, Snapshot};

/// The folder to which the preview publishes, below the handbook.
const PUBLIC: &str = "public";

/// The pages that differ from what was published last; nothing where nothing was published yet.
pub(super) fn changed(shared: &Shared) -> Option<Vec<ChangedPage>> {
    let root = shared.live.look(super::desk::Desk::root);
    let before = bytes_of(&root.join(PUBLIC).join(DATA)).ok()?;
    let settings = Settings { drafts: Drafts::Hidden, ..shared.live.options.settings };
    let plain = shared.live.now().plain;
    let now = Snapshot::take(&plain.sources, settings, Some(&plain));
    let now = now.site.as_ref()?.render(&Route::Data, Profile::Publish).ok()?;
    let [before, now] = [before, now.bytes].map(|bytes| String::from_utf8(bytes).unwrap_or_default());
    Some(data::pages(&before, &now))
}

/// The pages that would be published otherwise than they are.
pub(super) fn changes(shared: &Shared, _: &Asked, _: Lang) -> Response {
    let changed = changed(shared);
    let one = |page: &ChangedPage| {
        let how = match page.how {
            How::Added => "added",
            How::Changed => "changed",
            How::Gone => "gone",
        };
        json!({ "lang": page.lang, "how": how, "url": page.url, "title": page.title })
    };
    let pages: Option<Vec<Value>> = changed.map(|pages| pages.iter().map(one).collect());
    answer(&json!({ "first": pages.is_none(), "pages": pages.unwrap_or_default() }))
}

/// Publishes what is saved.
pub(super) fn publish(shared: &Shared, lang: Lang, _: &Bytes) -> Result<Response, Response> {
    let root = shared.live.look(super::desk::Desk::root);
    let options = &shared.live.options;
    let said = (options.publish)(&root, options.settings, lang);
    let said = said.map_err(|why| told(StatusCode::CONFLICT, &json!({ "message": why })))?;
    let unsaved = shared.live.look(super::desk::Desk::unsaved);
    Ok(answer(&json!({ "message": said, "unsaved": unsaved })))
}
