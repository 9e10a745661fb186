//! Drawings of the site: pure geometry first, markup last, so that one layout can serve more than one format.

pub mod curve;
pub mod dates;
pub mod flow;
pub mod path;
pub mod series;
pub mod sketch;
pub mod svg;
pub mod timeline;
pub mod tree;
pub mod width;
