//! Answers: pages of the snapshot, events, findings, and the preview's own files.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::from_fn;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::guard::guard;
use super::live::{Live, Now};
use super::own;
use crate::base::html::Writer;
use crate::base::lang::Lang;
use crate::base::output::{Artifact, Media, UrlPath};
use crate::base::report::{Format, findings, report, summary};
use crate::page::Profile;
use crate::route::Route;

type Shared = Arc<Live>;

/// Everything the preview answers, behind its guard.
pub(super) fn router(live: Shared, port: u16) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/_polku/events", get(events))
        .route("/_polku/findings", get(told))
        .route("/_polku/form", get(asked_form))
        .route("/_polku/words", get(own::words))
        .route("/_polku/{file}", get(own::file))
        .fallback(get(page))
        .with_state(live)
        .layer(from_fn(move |request, next| guard(port, request, next)))
}

/// The front page in the handbook's first language: whoever writes needs no choice of language.
async fn start(State(live): State<Shared>) -> Redirect {
    Redirect::temporary(&format!("/{}/index.html", live.now().latest.lang))
}

/// Revisions as they come, the present one first: a page that is older reloads.
async fn events(State(live): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = BroadcastStream::new(live.changes()).filter_map(Result::ok);
    let present = tokio_stream::once(live.now().revision);
    let event = |revision: u64| Ok(Event::default().event("revision").data(revision.to_string()));
    Sse::new(present.chain(changes).map(event)).keep_alive(KeepAlive::default())
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

/// The findings for the panel, in the language of the page.
async fn told(State(live): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let now = live.now();
    let lang = live.options.lang.or(asked.lang.as_deref().and_then(Lang::parse)).unwrap_or(now.latest.lang);
    let found = &now.latest.findings;
    let body = serde_json::json!({
        "revision": now.revision,
        "stale": now.latest.site.is_none(),
        "summary": summary(found, lang),
        "findings": findings(found, &now.latest.sources, lang),
    });
    ([(header::CONTENT_TYPE, Media::Json.content_type())], body.to_string()).into_response()
}

#[derive(Deserialize)]
struct AskedForm {
    at: String,
    lang: Option<String>,
}

/// The form of a place.
async fn asked_form(State(live): State<Shared>, Query(asked): Query<AskedForm>) -> Response {
    let now = live.now();
    let lang = asked.lang.as_deref().and_then(Lang::parse).unwrap_or(now.latest.lang);
    match super::form::form(&now.latest, &asked.at, lang) {
        Some(html) => {
            ([(header::CONTENT_TYPE, Media::Html.content_type())], html.to_string()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A page or file of the site, rendered now. A panic while rendering ends this request only.
async fn page(State(live): State<Shared>, uri: Uri) -> Response {
    let now = live.now();
    let rendered = tokio::task::spawn_blocking(move || render(&now, uri.path())).await;
    rendered.unwrap_or_else(|_| {
        (StatusCode::INTERNAL_SERVER_ERROR, "polku made a mistake on this page; the others still work\n")
            .into_response()
    })
}

fn render(now: &Now, path: &str) -> Response {
    let Some(snapshot) = &now.good else { return broken(now) };
    let site = snapshot.site.as_ref();
    let asked = UrlPath::decoded(path.trim_start_matches('/'));
    let route = site.zip(asked).and_then(|(site, url)| site.routes().find(&url));
    let (status, route) =
        route.map_or((StatusCode::NOT_FOUND, &Route::NotFound), |route| (StatusCode::OK, route));
    let Some(site) = site else { return broken(now) };
    match site.render(route, Profile::Preview) {
        Ok(artifact) => answer(status, with_panel(artifact, now.revision)),
        Err(finding) => {
            let words = report(&[finding], &snapshot.sources, Format::Short, snapshot.lang);
            plain_page(&words, now)
        }
    }
}

fn answer(status: StatusCode, artifact: Artifact) -> Response {
    (status, [(header::CONTENT_TYPE, artifact.media.content_type())], artifact.bytes).into_response()
}

/// A page with the preview's script and style in its head. The page itself stays as it is published.
fn with_panel(artifact: Artifact, revision: u64) -> Artifact {
    let Artifact { media: Media::Html, bytes } = artifact else { return artifact };
    let text = own::with_head(&String::from_utf8_lossy(&bytes), revision, None);
    Artifact { media: Media::Html, bytes: text.into_bytes() }
}

/// Where nothing could be rendered yet: the findings alone, until they are mended.
fn broken(now: &Now) -> Response {
    let words = report(&now.latest.findings, &now.latest.sources, Format::Short, now.latest.lang);
    plain_page(&words, now)
}

fn plain_page(words: &str, now: &Now) -> Response {
    let mut out = Writer::default();
    out.raw("<!doctype html><html").attr("lang", now.latest.lang.as_str());
    out.raw("><head><meta charset=\"utf-8\"><title>polku</title></head><body><main><pre>");
    out.text(words).raw("</pre></main></body></html>");
    let page = Artifact { media: Media::Html, bytes: out.finish().as_str().as_bytes().to_vec() };
    answer(StatusCode::INTERNAL_SERVER_ERROR, with_panel(page, now.revision))
}
