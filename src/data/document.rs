//! A published document read again, as far as two of them are compared: who does what, and what things are
//! called. What it has beside that is passed over.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::FORMAT;

/// Texts per language tag.
pub type Texts = BTreeMap<String, String>;

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is no JSON; what the parser says.
    NotJson(String),
    /// It is JSON, but no handbook.
    NotOurs,
    /// It is a handbook of another version.
    Version(String),
    /// It says that it is a handbook, and something in it is not as it should be; what the parser says.
    Damaged(String),
}

/// A published handbook.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Document {
    /// The day on which it was published.
    pub date: String,
    /// The handbook itself.
    pub site: Site,
    /// What stands in it.
    pub entities: Entities,
}

/// What is told of the handbook itself.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Site {
    /// What it is called.
    #[serde(default)]
    pub title: Texts,
    /// Its languages.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// The kinds that are compared.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Entities {
    /// Roles.
    pub role: Vec<Named>,
    /// Functions.
    pub function: Vec<Named>,
    /// Partners.
    pub partner: Vec<Named>,
    /// Forums.
    pub forum: Vec<Named>,
    /// Frameworks.
    pub framework: Vec<Named>,
    /// Phases.
    pub phase: Vec<Named>,
    /// Situations.
    pub situation: Vec<Named>,
    /// Tasks.
    pub task: Vec<Task>,
}

/// Something with a name, and for a function who can carry it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub name: Texts,
    /// Ids it had before.
    #[serde(default)]
    pub former_ids: Vec<String>,
    /// Who can carry a function.
    #[serde(default)]
    pub carrier: Vec<Carrier>,
}

/// A role that can carry a function.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Carrier {
    /// The role.
    pub role: String,
    /// Situations in which it cannot.
    #[serde(default)]
    pub not_in: BTreeSet<String>,
    /// The role beside which it can even then.
    #[serde(default)]
    pub unless_paired_with: Option<String>,
}

/// A task.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Texts,
    /// Ids it had before.
    pub former_ids: Vec<String>,
    /// Its phases.
    pub phase: BTreeSet<String>,
    /// The situations it is for.
    pub situations: BTreeSet<String>,
    /// Who answers for it.
    pub accountable: Option<String>,
    /// Who does it.
    pub responsible: Vec<String>,
    /// Who takes part.
    pub supports: Vec<String>,
    /// Who is heard.
    pub consulted: Vec<String>,
    /// Who is told.
    pub informed: Vec<String>,
    /// With whom it is done.
    pub pair: Option<String>,
    /// Who takes part when a situation arises.
    pub joins_if: Vec<Joins>,
    /// Who stands in.
    pub substitute: Option<String>,
    /// What sort of decision it contains.
    pub decision: Option<String>,
    /// Who decides.
    pub decides: Option<String>,
    /// Up to what limit.
    pub limit: Texts,
    /// Who decides above it.
    pub above: Option<String>,
    /// By what the power to decide was given.
    pub delegation: Option<Delegation>,
}

/// Somebody who takes part when a situation arises.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Joins {
    /// Who.
    pub actor: String,
    /// When.
    pub situation: String,
}

/// The grounds of a power to decide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Delegation {
    /// What was given to whom.
    pub text: Texts,
    /// The document.
    pub document: Option<String>,
    /// Its day.
    pub date: Option<String>,
    /// Its address.
    pub link: Option<String>,
}

/// What tells a document of ours from others.
#[derive(Deserialize)]
struct Head {
    format: Option<serde_json::Value>,
    entities: Option<IgnoredAny>,
}

/// Reads a document.
///
/// # Errors
/// Where it is no published handbook of this version, with the reason.
pub fn read(text: &str) -> Result<Document, Unread> {
    let text = text.trim_start_matches('\u{feff}');
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(Unread::NotJson(error.to_string()));
    }
    let head: Head = serde_json::from_str(text).map_err(|_| Unread::NotOurs)?;
    let (Some(format), Some(_)) = (head.format, head.entities) else { return Err(Unread::NotOurs) };
    if format.as_u64() != Some(u64::from(FORMAT)) {
        return Err(Unread::Version(format.to_string()));
    }
    serde_json::from_str(text).map_err(|error| Unread::Damaged(error.to_string()))
}

impl Document {
    /// Everything with a name by its key, such as `role/x`, in the order of the document.
    pub fn named(&self) -> Vec<(String, &Texts)> {
        let task = self.entities.task.iter().map(|task| (format!("task/{}", task.id), &task.name));
        let others = self.kinds().into_iter().flat_map(|(kind, list)| {
            list.iter().map(move |named| (format!("{kind}/{}", named.id), &named.name))
        });
        others.chain(task).collect()
    }

    /// The kinds other than tasks, each under its word.
    pub fn kinds(&self) -> [(&'static str, &Vec<Named>); 7] {
        let Entities { role, function, partner, forum, framework, phase, situation, .. } = &self.entities;
        [
            ("role", role),
            ("function", function),
            ("partner", partner),
            ("forum", forum),
            ("framework", framework),
            ("phase", phase),
            ("situation", situation),
        ]
    }

    /// Keys that things had in an older document, with the keys they have now. Two things that became one are
    /// not the same thing: what was there under its key already stays what it was, and of several others the
    /// first goes on.
    pub fn former(&self, older: &Document) -> BTreeMap<String, String> {
        let keys = |of: &Document| of.named().into_iter().map(|(key, _)| key).collect::<BTreeSet<_>>();
        let (before, now) = (keys(older), keys(self));
        let mut former = BTreeMap::new();
        let mut add = |kind: &str, ids: &[String], id: &str| {
            let key = format!("{kind}/{id}");
            let gone = |old: &String| before.contains(old) && !now.contains(old) && !former.contains_key(old);
            let old = ids.iter().map(|old| format!("{kind}/{old}")).find(gone);
            if let Some(old) = old.filter(|_| !before.contains(&key)) {
                former.insert(old, key);
            }
        };
        for (kind, list) in self.kinds() {
            list.iter().for_each(|named| add(kind, &named.former_ids, &named.id));
        }
        self.entities.task.iter().for_each(|task| add("task", &task.former_ids, &task.id));
        former
    }
}
