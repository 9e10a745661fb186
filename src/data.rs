//! The handbook as data: one JSON document of everything that is published, its schema, what changed between two
//! of them, and the schemas of the files it is written in.
//!
//! Layer 5. The document and the schema follow from the declarations of the kinds; no field is named here.

mod compare;
mod document;
mod editor;
mod pages;
mod schema;
mod tell;
mod write;

pub use compare::{Change, Comparison, Key, Part, Power, compare};
pub use document::{Document, Texts, Unread, read};
pub use editor::{File, Wording, editor};
pub use pages::{ChangedPage, How, digest, pages};
pub use schema::schema;
pub use tell::tell;
pub use write::handbook;

/// The version of the document. It grows when a program that reads an older one could go wrong.
pub const FORMAT: u32 = 1;
