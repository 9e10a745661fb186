//! A statute: what it is called and when somebody last compared the handbook with it.

use crate::model::text::WordLists;
use crate::model::values::Day;
use crate::record;

record! {
    /// A statute. Its text is never copied: the handbook summarises and links.
    pub struct Statute {
        /// Its number in the statute book: `1301/2014`.
        number: String = required,
        /// Short names by which it is cited.
        short: WordLists,
        /// Whether it has been repealed.
        repealed: bool,
        /// When the summaries were last compared with the law.
        checked: Day,
    }
}
