//! What everything else is told in: texts with places, languages, findings, safe markup.
//!
//! Layer 0: imports nothing of ours. It knows neither handbooks nor pages.

pub mod colour;
pub mod csv;
pub mod date;
pub mod diag;
pub mod digest;
pub mod html;
pub mod hyphen;
pub mod lang;
pub mod near;
pub mod number;
pub mod output;
pub mod parts;
pub mod picture;
pub mod piece;
pub mod report;
mod said;
pub mod source;
