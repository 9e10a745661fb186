//! A picture from the clipboard or a file, put into the handbook under a name of its own.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

use super::api::{answer, failed, read};
use super::http::Shared;
use super::{BAD_REQUEST, NO_PICTURE, TOO_LARGE};
use crate::base::diag::Diagnostic;
use crate::base::lang::Lang;
use crate::base::picture::Sort;
use crate::base::source::{MAX_MEDIA, SourcePath, Sources};
use crate::syntax::slug::Slug;

/// The folder of pictures.
const FOLDER: &str = "content/media";

#[derive(Deserialize)]
struct Picture {
    name: String,
    data: String,
}

/// Puts a picture into the handbook; answers with its path.
pub(super) fn put(shared: &Shared, lang: Lang, body: &Bytes) -> Result<Response, Response> {
    let picture: Picture = read(body, lang)?;
    let told = |status, code| failed(status, &Diagnostic::of(code).with("detail", "data"), lang);
    let bytes = STANDARD.decode(&picture.data).map_err(|_| told(StatusCode::BAD_REQUEST, BAD_REQUEST))?;
    if bytes.len() as u64 > MAX_MEDIA {
        return Err(told(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE));
    }
    let sort = Sort::of(&bytes).ok_or_else(|| told(StatusCode::UNPROCESSABLE_ENTITY, NO_PICTURE))?;
    let (done, revision) = shared.live.work(|desk| {
        let path = free(&desk.plain().sources, &picture.name, sort);
        desk.put_bytes(&path, &bytes).map(|()| path)
    });
    let path = done.map_err(|finding| failed(StatusCode::CONFLICT, &finding, lang))?;
    Ok(answer(&json!({ "revision": revision, "path": path.as_str() })))
}

/// A path that no file has: the picture's own name, with a number where it is taken.
fn free(sources: &Sources, name: &str, sort: Sort) -> SourcePath {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let slug = Slug::from_words(stem);
    let stem = slug.as_ref().map_or("kuva", Slug::as_str);
    let named = |n: usize| match n {
        1 => format!("{FOLDER}/{stem}.{}", sort.ending()),
        n => format!("{FOLDER}/{stem}-{n}.{}", sort.ending()),
    };
    let mut paths = (1..).filter_map(|n| SourcePath::new(&named(n)));
    paths.find(|path| sources.find(path.as_str()).is_none()).expect("numbers do not run out")
}
