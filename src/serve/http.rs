//! Which address is answered by what. Reading answers come from a snapshot; writing ones go to the desk.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use serde::Deserialize;
use tokio::sync::Notify;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::guard::{Keys, guard};
use super::live::{Live, Now, Told};
use super::{MISTAKE, Notice, TOO_LARGE, api, dashboard, media, own, paste, publish, read};
use crate::base::diag::Diagnostic;
use crate::base::html::Writer;
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media, UrlPath};
use crate::base::report::{Format, report};
use crate::io::Alone;
use crate::page::Profile;
use crate::route::Route;

/// The largest request, in bytes: a picture of 16 MiB as text, and what is around it.
const MAX_BODY: usize = 23 * 1024 * 1024;

/// What every answer may need.
pub(super) struct Server {
    pub live: Arc<Live>,
    pub port: u16,
    /// The secrets of those who may write; none where nobody may.
    pub keys: Option<Keys>,
    /// Where a second preview of the handbook learns of this one.
    pub alone: Alone,
    /// Told when somebody stops the preview in the browser.
    pub stop: Notify,
}

/// What every answer may need, shared by all of them.
pub(super) type Shared = Arc<Server>;

/// A question that only reads: path and query, the language of the answer.
type Reads = fn(&Shared, &Asked, Lang) -> Response;
/// A request that writes.
type Writes = fn(&Shared, Lang, &Bytes) -> Result<Response, Response>;

/// Everything the preview answers, behind its guard.
pub(super) fn router(shared: &Shared) -> Router {
    let routes = Router::new()
        .route("/", get(start))
        .route("/_polku/events", get(events))
        .route("/_polku/dashboard", get(board))
        .route("/_polku/words", get(own::words))
        .route("/_polku/findings", reads(read::findings))
        .route("/_polku/state", reads(read::state))
        .route("/_polku/history", reads(read::history))
        .route("/_polku/drafts", reads(read::drafts))
        .route("/_polku/find", reads(read::find))
        .route("/_polku/form", reads(read::form))
        .route("/_polku/new", reads(read::fresh))
        .route("/_polku/changes", reads(publish::changes))
        .route("/_polku/try", writes(api::tried))
        .route("/_polku/save", writes(api::save))
        .route("/_polku/drop", writes(api::dropped))
        .route("/_polku/undo", writes(api::undo))
        .route("/_polku/redo", writes(api::redo))
        .route("/_polku/fix", writes(api::fix))
        .route("/_polku/confirm", writes(api::confirm))
        .route("/_polku/paste", writes(paste::paste))
        .route("/_polku/media", writes(media::put))
        .route("/_polku/publish", writes(publish::publish))
        .route("/_polku/stop", writes(api::stop))
        .route("/_polku/{file}", get(own::file))
        .fallback(get(page));
    routes
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(Arc::clone(shared), guard))
        .with_state(Arc::clone(shared))
}

/// What may stand behind the `?` of a question.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    pub lang: Option<String>,
    pub at: Option<String>,
    pub kind: Option<String>,
    pub kinds: Option<String>,
    pub q: Option<String>,
    pub tab: Option<String>,
}

fn reads(answer: Reads) -> MethodRouter<Shared> {
    get(async move |State(shared): State<Shared>, Query(asked): Query<Asked>, headers: HeaderMap| {
        let lang = language(&shared, asked.lang.as_deref(), &headers);
        apart(lang, move || answer(&shared, &asked, lang)).await
    })
}

fn writes(act: Writes) -> MethodRouter<Shared> {
    post(
        async move |State(shared): State<Shared>, headers: HeaderMap, body: Result<Bytes, BytesRejection>| {
            let lang = language(&shared, None, &headers);
            let Ok(body) = body else {
                return api::failed(StatusCode::PAYLOAD_TOO_LARGE, &Diagnostic::of(TOO_LARGE), lang);
            };
            apart(lang, move || act(&shared, lang, &body).unwrap_or_else(|refused| refused)).await
        },
    )
}

/// The language of an answer: the one the command line asks for, else the page's, else the handbook's.
fn language(shared: &Shared, asked: Option<&str>, headers: &HeaderMap) -> Lang {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|langs| langs.to_str().ok());
    let first = header.and_then(|langs| langs.split([',', ';']).next());
    let page = asked.or(first).and_then(Lang::parse);
    shared.live.options.lang.or(page).unwrap_or_else(|| shared.live.now().latest.lang)
}

/// Works apart from the threads that listen. A panic ends this request only.
async fn apart(lang: Lang, work: impl FnOnce() -> Response + Send + 'static) -> Response {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| api::failed(StatusCode::INTERNAL_SERVER_ERROR, &Diagnostic::of(MISTAKE), lang))
}

#[derive(Deserialize)]
struct Started {
    token: Option<String>,
}

/// The front page in the handbook's first language; whoever comes with the start address may write from then
/// on.
async fn start(State(shared): State<Shared>, Query(started): Query<Started>) -> Response {
    let front = Redirect::temporary(&format!("/{}/index.html", shared.live.now().latest.lang));
    let keys = shared.keys.as_ref().zip(started.token);
    let cookie = keys.and_then(|(keys, token)| Some((keys, keys.open(&token)?)));
    match cookie {
        Some((keys, cookie)) => {
            let next = keys.address();
            shared.alone.tell(&next);
            (shared.live.options.notice)(Notice::Next(&next));
            ([(header::SET_COOKIE, cookie)], front).into_response()
        }
        None => front.into_response(),
    }
}

/// Revisions as they come, the present one first, and when it is known what is wrong in them.
async fn events(State(shared): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = BroadcastStream::new(shared.live.changes()).filter_map(Result::ok);
    let present = tokio_stream::once(Told::Revision(shared.live.now().revision));
    let event = |told: Told| {
        let (name, revision) = match told {
            Told::Revision(revision) => ("revision", revision),
            Told::Findings(revision) => ("findings", revision),
        };
        Ok(Event::default().event(name).data(revision.to_string()))
    };
    Sse::new(present.chain(changes).map(event)).keep_alive(KeepAlive::default())
}

/// What is to be done in the handbook.
async fn board(State(shared): State<Shared>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let lang = language(&shared, asked.lang.as_deref(), &headers);
    apart(lang, move || {
        let token = shared.keys.as_ref().and_then(|keys| keys.token(&headers));
        let page =
            Artifact { media: Media::Html, bytes: dashboard::answer(&shared, token, lang).into_bytes() };
        answer(StatusCode::OK, page)
    })
    .await
}

/// A page or file of the site, rendered now.
async fn page(State(shared): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    let lang = language(&shared, None, &headers);
    apart(lang, move || {
        let token = shared.keys.as_ref().and_then(|keys| keys.token(&headers));
        render(&shared.live.now(), uri.path(), token)
    })
    .await
}

fn render(now: &Now, path: &str, token: Option<&str>) -> Response {
    let Some(snapshot) = &now.good else { return broken(now, token) };
    let site = snapshot.site.as_ref();
    let asked = UrlPath::decoded(path.trim_start_matches('/'));
    let route = site.zip(asked).and_then(|(site, url)| site.routes().find(&url));
    let (status, route) =
        route.map_or((StatusCode::NOT_FOUND, &Route::NotFound), |route| (StatusCode::OK, route));
    let Some(site) = site else { return broken(now, token) };
    match site.render(route, Profile::Preview) {
        Ok(artifact) => answer(status, with_panel(artifact, now.revision, token)),
        Err(finding) => {
            let words = report(&[finding], &snapshot.sources, Format::Short, snapshot.lang);
            plain_page(&words, now, token)
        }
    }
}

fn answer(status: StatusCode, artifact: Artifact) -> Response {
    (status, [(header::CONTENT_TYPE, artifact.media.content_type())], artifact.bytes).into_response()
}

/// A page with the preview's script and style in its head. The page itself stays as it is published.
fn with_panel(artifact: Artifact, revision: u64, token: Option<&str>) -> Artifact {
    let Artifact { media: Media::Html, bytes } = artifact else { return artifact };
    let page = own::with_head(&String::from_utf8_lossy(&bytes), revision, token);
    Artifact { media: Media::Html, bytes: page.into_bytes() }
}

/// Where nothing could be rendered yet: the findings alone, until they are mended.
fn broken(now: &Now, token: Option<&str>) -> Response {
    let words = report(&now.checked.1.findings, &now.checked.1.sources, Format::Short, now.latest.lang);
    plain_page(&words, now, token)
}

fn plain_page(words: &str, now: &Now, token: Option<&str>) -> Response {
    let mut out = Writer::default();
    out.raw("<!doctype html><html").attr("lang", now.latest.lang.as_str());
    out.raw("><head><meta charset=\"utf-8\"><title>polku</title></head><body><main><pre>");
    out.text(words).raw("</pre></main></body></html>");
    let page = Artifact { media: Media::Html, bytes: out.finish().as_str().as_bytes().to_vec() };
    answer(StatusCode::INTERNAL_SERVER_ERROR, with_panel(page, now.revision, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_its_request_only() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let fine = || StatusCode::OK.into_response();
        let answers = runtime
            .block_on(async { [apart(Lang::FI, || panic!("a mistake")).await, apart(Lang::FI, fine).await] });
        assert_eq!(answers.map(|answer| answer.status().as_u16()), [500, 200]);
    }
}
