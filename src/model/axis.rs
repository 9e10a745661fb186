//! An axis: a question by which situations are told apart, such as the need for support.

use crate::record;

record! {
    /// An axis. Its situations exclude one another.
    pub struct Axis {}
}
