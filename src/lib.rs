//! polku publishes work-division handbooks: who does what in each phase of a client process, on what law.
//!
//! **The site is a function from a route to bytes.** Everything follows from that:
//!
//! ```text
//!             io::Disk          model::load                 check ──► Diagnostics ──┐
//!   folder ────────────► Sources ──────────► Handbook ──┬──────────────────────────┤
//!                                           + Links     └─► route::Routes           │
//!                                                              │                    ▼
//!                              site::Site::render(route, profile) ──► Artifact   reports
//!                                 ├─ cmd::build : all routes in parallel, minified, published as a whole
//!                                 └─ serve      : the one route a browser asks for
//! ```
//!
//! [`snapshot::Snapshot`] is that pipeline; `build`, `check` and `serve` only drive it.
//!
//! | module | layer | what it is |
//! |---|---|---|
//! | [`base`] | 0 | texts with places, languages, findings, safe markup |
//! | [`syntax`] | 1 | one file's text as values: TOML, Markdown, citations of law |
//! | [`theme`] | 1 | templates, styles, the words of the interface |
//! | [`io`] | 1 | the only place that touches the disk |
//! | [`model`] | 2 | what a handbook is: kinds, fields, references |
//! | [`chart`] | 3 | drawings: geometry first, markup last |
//! | [`check`] | 3 | what a handbook must keep to, a table of rules |
//! | [`edit`] | 3 | changes of a handbook's sources, asked for by an editor |
//! | [`route`] | 4 | addresses, one to one |
//! | [`page`] | 5 | pages as typed views |
//! | [`data`] | 5 | the handbook as data, its schema, and two of them compared |
//! | [`search`] | 5 | what is searched: an index a language |
//! | [`site`] | 6 | a handbook and a theme, ready to render |
//! | [`snapshot`] | 7 | from sources to a site and its findings |
//! | [`serve`] | 8 | the preview |
//! | [`cmd`], [`cli`] | 9 | commands and arguments |
//!
//! Imports go downwards only, and a test holds that. Where to start: [`snapshot`] for the whole way,
//! [`model::kind`] to add a kind, [`check`] to add a rule, [`page`] to change what a page shows.

pub mod base;
pub mod chart;
pub mod check;
pub mod cli;
pub mod cmd;
pub mod data;
pub mod edit;
pub mod io;
pub mod model;
pub mod page;
pub mod route;
pub mod search;
pub mod serve;
pub mod site;
pub mod snapshot;
pub mod syntax;
pub mod theme;
