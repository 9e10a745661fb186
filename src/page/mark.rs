//! Somebody's shares in a task as the reader sees them: a letter, a word, and as what they come.

use serde::Serialize;

use super::Cx;
use super::role::as_function;
use crate::model::division::{self, Share, Taking, Who};
use crate::model::kind::Kind;
use crate::model::table::{Entry, Key};
use crate::model::task::Task;

/// A share in a task.
#[derive(Serialize)]
pub(super) struct Mark {
    letter: String,
    word: String,
    share: &'static str,
    when: Option<String>,
    /// The function with which the share comes.
    as_function: Option<String>,
}

/// Somebody's shares in a task among some: their own, and those that come with a function they can carry
/// there.
pub(super) fn marks(cx: Cx<'_>, task: &Entry<Task>, who: &Who, among: &[Share]) -> Vec<Mark> {
    let takings = cx.world.reading.division().of_task(task.id()).iter();
    let takings: Vec<&Taking> = takings.filter(|taking| among.contains(&taking.share)).collect();
    let own = takings.iter().filter(|taking| taking.who == *who).map(|taking| mark(cx, taking));
    let Who::Actor(key) = who else { return own.collect() };
    let functions: Vec<Key> = match key.kind {
        Kind::Role => division::functions_in(cx.book(), &key.id, &task.data).collect(),
        _ => Vec::new(),
    };
    let carried = functions.iter().flat_map(|function| {
        let of = Who::Actor(function.clone());
        let takings = takings.iter().filter(move |taking| taking.who == of);
        takings.map(|taking| Mark { as_function: as_function(cx, function, key), ..mark(cx, taking) })
    });
    own.chain(carried).collect()
}

fn mark(cx: Cx<'_>, taking: &Taking) -> Mark {
    Mark {
        as_function: None,
        letter: cx.word_of("letter", taking.share.as_str()),
        word: cx.word_of("share", taking.share.as_str()),
        share: taking.share.as_str(),
        when: super::task::when(cx, taking),
    }
}

impl Mark {
    /// The function with which the share comes.
    pub(super) fn as_what(&self) -> Option<String> {
        self.as_function.clone()
    }

    /// The share in words, with what it comes with and when.
    pub(super) fn said(&self) -> String {
        self.with_remarks(&self.word)
    }

    /// The same by its letter.
    pub(super) fn lettered(&self) -> String {
        self.with_remarks(&self.letter)
    }

    fn with_remarks(&self, share: &str) -> String {
        let remarks = [&self.as_function, &self.when].into_iter().filter_map(|said| said.as_deref());
        let remarks: Vec<&str> = remarks.collect();
        if remarks.is_empty() { share.to_owned() } else { format!("{share} ({})", remarks.join(", ")) }
    }
}
