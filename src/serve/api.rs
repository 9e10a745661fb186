//! What the panel asks the server to do: try, save, take back, mend, confirm. JSON in, JSON out.
//!
//! Nothing here holds a rule of its own about handbooks; it translates between the browser and the desk.

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::desk::{Desk, Draft, Failure};
use super::http::Shared;
use super::told;
use super::{BAD_REQUEST, NO_MEND};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::output::Media;
use crate::base::source::SourcePath;
use crate::edit::{Change, Refusal};

/// A body that is one of these requests, or an answer that says what is wrong with it.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes, lang: Lang) -> Result<T, Response> {
    serde_json::from_slice(body).map_err(|error| {
        let finding = Diagnostic::of(BAD_REQUEST).with("detail", error.to_string());
        failed(StatusCode::BAD_REQUEST, &finding, lang)
    })
}

/// A tab of the browser: names of our own making only, because they become names of files.
fn is_tab(tab: &str) -> bool {
    (1..=40).contains(&tab.len()) && tab.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[derive(Deserialize)]
struct Tried {
    tab: String,
    changes: Vec<Value>,
    #[serde(default)]
    what: String,
}

impl Tried {
    fn read(body: &Bytes, lang: Lang) -> Result<(Tried, Vec<Change>), Response> {
        let tried: Tried = read(body, lang)?;
        if !is_tab(&tried.tab) {
            let finding = Diagnostic::of(BAD_REQUEST).with("detail", "tab");
            return Err(failed(StatusCode::BAD_REQUEST, &finding, lang));
        }
        let changes = tried.changes.iter().cloned().map(serde_json::from_value).collect::<Result<_, _>>();
        let changes = changes.map_err(|error| {
            let finding = Diagnostic::of(BAD_REQUEST).with("detail", error.to_string());
            failed(StatusCode::BAD_REQUEST, &finding, lang)
        })?;
        Ok((tried, changes))
    }
}

/// Lays a tab's unsaved changes over the handbook.
pub(super) fn tried(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let (tried, changes) = Tried::read(body, lang)?;
    let draft = Draft { what: tried.what, changes: tried.changes, ..Draft::default() };
    let (refused, revision) = shared.live.work(|desk| {
        desk.lay(&tried.tab, &draft, changes);
        refusals(desk.refused(&tried.tab), lang)
    });
    Ok(answer(&json!({ "revision": revision, "refused": refused })))
}

/// Saves a tab's changes.
pub(super) fn save(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let (tried, changes) = Tried::read(body, lang)?;
    let (saved, revision) = shared.live.work(|desk| desk.save(&tried.tab, &tried.what, &changes));
    let files = saved.map_err(|failure| refused(&failure, lang))?;
    let files: Vec<&str> = files.iter().map(SourcePath::as_str).collect();
    Ok(answer(&json!({ "revision": revision, "files": files })))
}

#[derive(Deserialize)]
struct Dropped {
    tab: String,
}

/// Forgets what a tab has not saved.
pub(super) fn dropped(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let dropped: Dropped = read(body, lang)?;
    let ((), revision) = shared.live.work(|desk| {
        if is_tab(&dropped.tab) {
            desk.drop(&dropped.tab);
        }
    });
    Ok(answer(&json!({ "revision": revision })))
}

/// Takes the last save back.
pub(super) fn undo(shared: &Shared, lang: Lang, _: &Bytes) -> Result<Response, Response> {
    let (what, revision) = shared.live.work(Desk::undo);
    let what = what.map_err(|failure| refused(&failure, lang))?;
    Ok(answer(&json!({ "revision": revision, "what": what })))
}

/// Makes again what was taken back.
pub(super) fn redo(shared: &Shared, lang: Lang, _: &Bytes) -> Result<Response, Response> {
    let (what, revision) = shared.live.work(Desk::redo);
    let what = what.map_err(|failure| refused(&failure, lang))?;
    Ok(answer(&json!({ "revision": revision, "what": what })))
}

#[derive(Deserialize)]
struct Fixed {
    key: String,
}

/// Mends a finding where there is exactly one way.
pub(super) fn fix(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let fixed: Fixed = read(body, lang)?;
    let now = shared.live.now();
    let Some((change, what)) = told::mend(&now.checked.1, &fixed.key) else {
        return Err(failed(StatusCode::CONFLICT, &Diagnostic::of(NO_MEND), lang));
    };
    let (saved, revision) = shared.live.work(|desk| desk.save("", &what, &[change]));
    saved.map_err(|failure| refused(&failure, lang))?;
    Ok(answer(&json!({ "revision": revision, "what": what })))
}

#[derive(Deserialize)]
struct Confirmed {
    ids: Vec<String>,
    #[serde(default)]
    what: String,
}

/// Notes that texts say the same in every language.
pub(super) fn confirm(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let confirmed: Confirmed = read(body, lang)?;
    let (done, revision) = shared.live.work(|desk| desk.confirm(&confirmed.ids, &confirmed.what));
    let left = done.map_err(|failure| refused(&failure, lang))?;
    Ok(answer(&json!({ "revision": revision, "left": left })))
}

/// Ends the preview, once the answer is out.
pub(super) fn stop(shared: &Shared, _: Lang, _: &Bytes) -> Result<Response, Response> {
    shared.stop.notify_one();
    Ok(answer(&json!({ "stopped": true })))
}

/// An answer that went well.
pub(super) fn answer(value: &Value) -> Response {
    told(StatusCode::OK, value)
}

/// An answer with its status.
pub(super) fn told(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, Media::Json.content_type())], value.to_string()).into_response()
}

/// An answer that says what went wrong.
pub(super) fn failed(status: StatusCode, finding: &Diagnostic, lang: Lang) -> Response {
    let body = json!({ "message": finding.message(lang), "help": finding.help(lang) });
    told(status, &body)
}

fn refused(failure: &Failure, lang: Lang) -> Response {
    match failure {
        Failure::Told(finding) => failed(StatusCode::CONFLICT, finding, lang),
        Failure::Refused(all) if all.iter().any(|one| one.theirs.is_some()) => {
            told(StatusCode::CONFLICT, &json!({ "conflicts": refusals(all, lang) }))
        }
        Failure::Refused(all) => {
            told(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "refused": refusals(all, lang) }))
        }
    }
}

/// Refusals as the panel reads them.
pub(super) fn refusals(all: &[Refusal], lang: Lang) -> Value {
    let one = |refusal: &Refusal| {
        json!({
            "change": refusal.change,
            "message": refusal.why.message(lang),
            "help": refusal.why.help(lang),
            "theirs": refusal.theirs,
        })
    };
    all.iter().map(one).collect()
}
