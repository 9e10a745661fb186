//! A topic: what several tasks and a rule are about, such as the decision on income support.

use crate::record;

record! {
    /// A topic.
    pub struct Topic {}
}
