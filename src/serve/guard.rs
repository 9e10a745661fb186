//! Who may ask: only this machine's own browser, for this server, and only to read.
//!
//! A page from elsewhere can make a browser send requests here, under a name of its own that points to
//! loopback (DNS rebinding). Such a request carries a foreign `Host` and is refused.

use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The policy of every answer: nothing from outside, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Refuses what does not come from this machine's own browser, and sets the headers of every answer.
pub(super) async fn guard(port: u16, request: Request, next: Next) -> Response {
    let mut response = if !is_own_host(&request, port) {
        (StatusCode::FORBIDDEN, "foreign Host\n").into_response()
    } else if ![Method::GET, Method::HEAD].contains(request.method()) {
        (StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n").into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn is_own_host(request: &Request, port: u16) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let own = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    host.is_some_and(|host| own.iter().any(|own| own == host))
}
