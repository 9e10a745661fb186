//! Who may ask, and who may write: only this machine's own browser, for this server.
//!
//! A page from elsewhere can make a browser send requests here, under a name of its own that points to
//! loopback (DNS rebinding). Such a request carries a foreign `Host` and is refused. Whoever writes shows
//! two more things: a cookie that only the browser has which opened the start address, and a token that
//! stands only in pages given to that browser. What another page makes it send also says so itself
//! (`Origin`, `Sec-Fetch-Site`; W3C Fetch Metadata).

use std::sync::{Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::http::Shared;
use crate::io::secret;

/// The policy of every answer: nothing from outside, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The header in which pages show their token.
const TOKEN: &str = "x-polku-token";

/// The secrets of one start of the preview.
pub(super) struct Keys {
    port: u16,
    /// What the start address shows; another once it was used.
    start: Mutex<String>,
    session: String,
    token: String,
}

impl Keys {
    /// New secrets; none where the operating system has none to give, and then nobody may write.
    pub(super) fn new(port: u16) -> Option<Keys> {
        let secret = || secret().ok();
        Some(Keys { port, start: Mutex::new(secret()?), session: secret()?, token: secret()? })
    }

    /// The address at which a browser gets its cookie, once.
    pub(super) fn address(&self) -> String {
        let start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        format!("http://127.0.0.1:{}/?token={start}", self.port)
    }

    /// Takes the token of a start address: the cookie, if it is the right one. It is used up by that.
    pub(super) fn open(&self, token: &str) -> Option<String> {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        let next = secret().ok().filter(|_| is_same(token, &start))?;
        *start = next;
        let name = self.cookie_name();
        Some(format!("{name}={}; HttpOnly; SameSite=Strict; Path=/", self.session))
    }

    /// The token for a page, where the browser has the cookie.
    pub(super) fn token(&self, headers: &HeaderMap) -> Option<&str> {
        self.is_known(headers).then_some(self.token.as_str())
    }

    /// Cookies are shared by all ports of a machine, so each server has a name of its own.
    fn cookie_name(&self) -> String {
        format!("polku-{}", self.port)
    }

    fn is_known(&self, headers: &HeaderMap) -> bool {
        let own = format!("{}={}", self.cookie_name(), self.session);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        cookies.flat_map(|cookies| cookies.split(';')).any(|cookie| is_same(cookie.trim(), &own))
    }

    fn may_write(&self, headers: &HeaderMap) -> bool {
        self.is_known(headers) && text(headers, TOKEN).is_some_and(|token| is_same(token, &self.token))
    }
}

/// Compares secrets in a time that tells nothing about them.
fn is_same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}

/// Refuses what does not come from this machine's own browser, and sets the headers of every answer.
pub(super) async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match refused(&shared, &request) {
        Some((status, why)) => (status, format!("{why}\n")).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused(shared: &Shared, request: &Request) -> Option<(StatusCode, &'static str)> {
    let (headers, method) = (request.headers(), request.method());
    let Some(host) = own_host(headers, shared.port) else {
        return Some((StatusCode::FORBIDDEN, "foreign Host"));
    };
    if [Method::GET, Method::HEAD].contains(method) {
        let api = request.uri().path().starts_with("/_polku/");
        return (api && is_cross_site(headers)).then_some((StatusCode::FORBIDDEN, "another site"));
    }
    let Some(keys) = shared.keys.as_ref().filter(|_| *method == Method::POST) else {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD"));
    };
    let origin = text(headers, header::ORIGIN.as_str());
    if origin.is_none_or(|origin| origin.strip_prefix("http://") != Some(host)) || is_cross_site(headers) {
        return Some((StatusCode::FORBIDDEN, "foreign Origin"));
    }
    if !keys.may_write(headers) {
        return Some((StatusCode::FORBIDDEN, "no token"));
    }
    let media = text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let json = media.split(';').next().is_some_and(|media| media.trim() == "application/json");
    (!json).then_some((StatusCode::UNSUPPORTED_MEDIA_TYPE, "only JSON"))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the browser says that another site's page asks.
fn is_cross_site(headers: &HeaderMap) -> bool {
    text(headers, "sec-fetch-site").is_some_and(|site| !["same-origin", "none"].contains(&site))
}

fn own_host(headers: &HeaderMap, port: u16) -> Option<&str> {
    let host = text(headers, header::HOST.as_str())?;
    let own = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    own.iter().any(|own| own == host).then_some(host)
}
