//! The handbook as data: one JSON document of everything that is published, its schema, and what changed
//! between two of them.
//!
//! Layer 5. The document and the schema follow from the declarations of the kinds; no field is named here.

mod compare;
mod document;
mod pages;
mod schema;
mod tell;
mod write;

pub use compare::{Change, Comparison, Key, Part, Power, compare};
pub use document::{Document, Texts, Unread, read};
pub use pages::{ChangedPage, How, digest, pages};
pub use schema::schema;
pub use tell::tell;
pub use write::handbook;

/// The version of the document. It grows when a program that reads an older one could go wrong.
pub const FORMAT: u32 = 1;
