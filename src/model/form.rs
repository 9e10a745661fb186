//! A form: where it is found. What is written on it about clients never comes into the handbook.

use crate::model::law::LawRef;
use crate::model::text::Text;
use crate::record;

record! {
    /// A form.
    pub struct Form {
        /// The file, below `content/`.
        file: Option<String>,
        /// Its address elsewhere.
        link: Option<String>,
        /// Where it is found, where neither a file nor an address can be given.
        place: Text,
        /// The law it rests on.
        law: Vec<LawRef>,
    }
}
