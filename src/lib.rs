//! polku: handbooks of divided work.
pub mod base;
pub mod chart;
pub mod check;
pub mod cli;
pub mod cmd;
pub mod io;
pub mod model;
pub mod page;
pub mod route;
pub mod serve;
pub mod site;
pub mod snapshot;
pub mod syntax;
pub mod theme;
