//! The changes between two handbooks as text to paste: Markdown, role by role, in one language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::compare::{Change, Comparison, Key, Part, Power, decider, parts};
use super::document::{Delegation, Document, Task, Texts};
use crate::base::date::Date;
use crate::base::diag::Words;
use crate::base::lang::Lang;
use crate::model::division::Share;
use crate::model::kind::Kind;
use crate::model::table::CLIENT;
use crate::model::words;

static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    toml::from_str(include_str!("words/compare.toml")).expect("a test reads the words of a comparison")
});

/// Everybody, where an actor stands.
const EVERYBODY: &str = "*";

/// Tells the changes in a language.
pub fn tell(comparison: &Comparison, lang: Lang) -> String {
    let teller = Teller::new(comparison, lang);
    let Comparison { old, new, changes } = comparison;
    let day = |of: &Document| Date::parse(&of.date).map_or_else(|| tame(&of.date), |day| day.display(lang));
    let title = teller.text(&new.site.title);
    let period = filled(teller.word("period"), &[("title", &title), ("old", &day(old)), ("new", &day(new))]);
    let mut out = format!("# {}\n\n{period}\n\n", teller.word("title"));
    out += &match changes.len() {
        0 => teller.word("none").to_owned(),
        1 => teller.word("one").to_owned(),
        n => filled(teller.word("many"), &[("n", &n.to_string())]),
    };
    out.push('\n');
    for (heading, lines) in teller.sections() {
        out += &format!("\n## {heading}\n\n");
        lines.iter().for_each(|line| out += &format!("- {line}\n"));
    }
    out
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    // One pass, so that nothing in a name is filled in.
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (name, behind))) =
        rest.split_once('{').and_then(|(before, part)| Some((before, part.split_once('}')?)))
    {
        out += before;
        out += values.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| value);
        rest = behind;
    }
    out + rest
}

/// Text of a document without what moves the cursor of a terminal or ends a line.
fn tame(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

struct Teller<'a> {
    comparison: &'a Comparison,
    lang: Lang,
    names: [BTreeMap<Key, &'a Texts>; 2],
    tasks: [BTreeMap<Key, &'a Task>; 2],
}

/// The older of two documents, or the newer.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

impl<'a> Teller<'a> {
    fn new(comparison: &'a Comparison, lang: Lang) -> Teller<'a> {
        let sides = [&comparison.old, &comparison.new];
        let tasks = |of: &'a Document| {
            of.entities.task.iter().map(|task| (format!("task/{}", task.id), task)).collect()
        };
        let names = sides.map(|of| of.named().into_iter().collect());
        Teller { comparison, lang, names, tasks: sides.map(tasks) }
    }

    fn word(&self, key: &str) -> &'static str {
        WORDS.get(key).map_or("", |words| words.get(self.lang))
    }

    fn task(&self, side: Side, key: &str) -> Option<&'a Task> {
        self.tasks[side as usize].get(key).copied()
    }

    /// A text in the language told in, else in the first that it has.
    fn text(&self, texts: &Texts) -> String {
        let own = texts.get(self.lang.as_str()).or_else(|| texts.values().next());
        own.map(|text| tame(text)).unwrap_or_default()
    }

    /// What something is called on one side; its id where it has no name there.
    fn name(&self, side: Side, key: &str) -> String {
        match key {
            CLIENT => self.word("client").to_owned(),
            EVERYBODY => self.word("everybody").to_owned(),
            _ => {
                let name = self.names[side as usize].get(key).map(|name| self.text(name));
                name.filter(|name| !name.is_empty())
                    .unwrap_or_else(|| tame(key.split_once('/').map_or(key, |(_, id)| id)))
            }
        }
    }

    /// The name it has now, or had.
    fn any_name(&self, key: &str) -> String {
        let now = self.names[Side::New as usize].contains_key(key);
        self.name(if now { Side::New } else { Side::Old }, key)
    }

    fn who(&self, side: Side, actor: Option<&Key>) -> String {
        actor.map_or_else(|| self.word("nobody").to_owned(), |actor| self.name(side, actor))
    }

    /// Situations or phases; a task of no situation is one of all.
    fn list(&self, side: Side, keys: &BTreeSet<Key>) -> String {
        let names: Vec<String> = keys.iter().map(|key| self.name(side, key)).collect();
        if names.is_empty() { self.word("always").to_owned() } else { names.join(", ") }
    }

    fn parts(&self, side: Side, parts: &BTreeSet<Part>) -> String {
        let part = |(share, when): &Part| {
            let share = self.word(&format!("share_{}", Share::as_str(*share)));
            match when {
                Some(when) => {
                    filled(self.word("when"), &[("share", share), ("situation", &self.name(side, when))])
                }
                None => share.to_owned(),
            }
        };
        parts.iter().map(part).collect::<Vec<_>>().join("; ")
    }

    fn kind(&self, key: &str) -> String {
        let kind = key.split_once('/').and_then(|(kind, _)| Kind::parse(kind));
        kind.and_then(|kind| words::kind(kind).get(self.lang).cloned()).unwrap_or_default()
    }

    /// Headings with what is told under them: the handbook as a whole, then everybody whom a change
    /// concerns, in the order of the documents.
    fn sections(&self) -> Vec<(String, Vec<String>)> {
        let general: Vec<String> =
            self.comparison.changes.iter().filter_map(|change| self.general(change)).collect();
        let mut sections = vec![(self.word("general").to_owned(), general)];
        for actor in self.actors() {
            let lines = self.comparison.changes.iter().filter_map(|change| self.line(change, &actor));
            sections.push((self.any_name(&actor), lines.collect()));
        }
        sections.retain(|(_, lines)| !lines.is_empty());
        sections
    }

    /// Everybody there is or was, in the order of the documents.
    fn actors(&self) -> Vec<Key> {
        let mut seen = BTreeSet::new();
        let kinds = ["role", "function", "partner", "forum"];
        let sides = [&self.comparison.new, &self.comparison.old];
        let named = kinds.iter().flat_map(|kind| {
            let of = sides.map(|side| side.kinds().into_iter().find(|(own, _)| own == kind));
            let lists = of.into_iter().flatten().flat_map(|(_, list)| list);
            lists.map(move |named| format!("{kind}/{}", named.id)).collect::<Vec<_>>()
        });
        let all = named.chain([EVERYBODY.to_owned(), CLIENT.to_owned()]);
        all.filter(|key| seen.insert(key.clone())).collect()
    }

    /// What is told of a change to everybody.
    fn general(&self, change: &Change) -> Option<String> {
        let (word, key) = match change {
            Change::Added(key) if !is_task(key) => ("added", key),
            Change::Removed(key) if !is_task(key) => ("removed", key),
            Change::Renamed(key) if !is_actor(key) && !is_task(key) => return Some(self.renamed(key)),
            // A task of nobody would not be told at all.
            Change::Renamed(key) if is_task(key) && self.bound(key).is_empty() => {
                return Some(self.renamed(key));
            }
            _ => return None,
        };
        Some(filled(self.word(word), &[("name", &self.any_name(key)), ("kind", &self.kind(key))]))
    }

    /// A text before and now; where it only changed in another language, with that language.
    fn pair(&self, old: &Texts, new: &Texts) -> [String; 2] {
        let own = [old, new].map(|texts| self.text(texts));
        let mut langs = new.keys().chain(old.keys());
        let other = langs.find(|lang| old.get(*lang) != new.get(*lang)).filter(|_| own[0] == own[1]);
        let Some(lang) = other else { return own };
        [old, new].map(|texts| {
            texts.get(lang).map_or_else(String::new, |text| format!("{} ({})", tame(text), tame(lang)))
        })
    }

    fn renamed(&self, key: &str) -> String {
        let [old, new] = [0, 1].map(|side| self.names[side].get(key).copied().cloned().unwrap_or_default());
        let [old, new] = self.pair(&old, &new);
        filled(self.word("renamed"), &[("old", &old), ("new", &new), ("kind", &self.kind(key))])
    }

    /// Whose work a task is, before or now: who answers for it, does it, or is half of the pair.
    fn bound(&self, task: &str) -> BTreeSet<Key> {
        let bound = |(share, _): &Part| *share <= Share::Paired;
        let of = |side| self.task(side, task).map(parts).unwrap_or_default();
        let all = of(Side::Old).into_iter().chain(of(Side::New));
        all.filter(|(_, parts)| parts.iter().any(bound)).map(|(actor, _)| actor).collect()
    }

    /// What is told of a change to somebody; nothing where it is no business of theirs.
    fn line(&self, change: &Change, actor: &Key) -> Option<String> {
        match change {
            Change::Added(task) => self.whole("task_added", Side::New, task, actor),
            Change::Removed(task) => self.whole("task_removed", Side::Old, task, actor),
            Change::Renamed(key) => {
                (key == actor || self.bound(key).contains(actor)).then(|| self.renamed(key))
            }
            Change::Handed { task, decides } => self.handed(task, *decides, actor),
            Change::Shared { task, actor: of, old, new } => {
                (of == actor).then(|| self.shared(task, old, new))
            }
            Change::Power { task, power } => self.power(task, *power, actor),
            Change::Situations(task) => self.sets("situations", task, actor, |task| &task.situations),
            Change::Phases(task) => self.sets("phases", task, actor, |task| &task.phase),
            Change::Carries { function, role } => (role == actor).then(|| self.carries(function, role)),
        }
    }

    fn about(&self, word: &str, task: &str) -> String {
        filled(self.word(word), &[("task", &self.any_name(task))])
    }

    fn changed(&self, old: &str, new: &str) -> String {
        filled(self.word("changed"), &[("old", old), ("new", new)])
    }

    /// A task that is new or gone, to whoever takes part in it.
    fn whole(&self, word: &str, side: Side, task: &str, actor: &Key) -> Option<String> {
        let shares = parts(self.task(side, task)?).remove(actor)?;
        let shares = self.parts(side, &shares);
        Some(filled(self.word(word), &[("task", &self.any_name(task)), ("share", &shares)]))
    }

    fn handed(&self, task: &str, decides: bool, actor: &Key) -> Option<String> {
        let (old, new) = (self.task(Side::Old, task)?, self.task(Side::New, task)?);
        let sides = [old.accountable.as_ref(), new.accountable.as_ref()];
        if !sides.contains(&Some(actor)) {
            return None;
        }
        let [from, to] = [self.who(Side::Old, sides[0]), self.who(Side::New, sides[1])];
        let values = [("task", self.any_name(task)), ("old", from.clone()), ("new", to)];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut line = filled(self.word("handed"), &values);
        if decides {
            line += self.word("handed_decides");
        }
        if let Some(left) = sides[0].and_then(|from| parts(new).remove(from)) {
            let left = self.parts(Side::New, &left);
            line += &filled(self.word("stays"), &[("actor", &from), ("share", &left)]);
        }
        Some(line)
    }

    fn shared(&self, task: &str, old: &BTreeSet<Part>, new: &BTreeSet<Part>) -> String {
        let (before, now) = (self.parts(Side::Old, old), self.parts(Side::New, new));
        let task_name = self.any_name(task);
        let alone =
            |word: &str, share: &str| filled(self.word(word), &[("task", &task_name), ("share", share)]);
        match (old.is_empty(), new.is_empty()) {
            (true, _) => alone("gained", &now),
            (_, true) => alone("lost", &before),
            _ => self.about("share", task) + &self.changed(&before, &now),
        }
    }

    fn power(&self, task: &str, power: Power, actor: &Key) -> Option<String> {
        let (old, new) = (self.task(Side::Old, task)?, self.task(Side::New, task)?);
        let both = |of: fn(&Task) -> Option<&Key>| [of(old), of(new)];
        let who =
            |of: fn(&Task) -> Option<&Key>| [self.who(Side::Old, of(old)), self.who(Side::New, of(new))];
        let (word, told, more) = match power {
            Power::Decision => ("decision", [old, new].map(|task| self.decision(task)), [None, None]),
            Power::Decides => ("decides", who(decider), [None, None]),
            Power::Limit => {
                ("limit", self.pair(&old.limit, &new.limit).map(|text| self.given(&text)), [None, None])
            }
            Power::Above => ("above", who(|task| task.above.as_ref()), both(|task| task.above.as_ref())),
            Power::Delegation => {
                ("delegation", [old, new].map(|task| self.delegation(task.delegation.as_ref())), [None, None])
            }
            Power::Substitute => {
                ("substitute", who(|task| task.substitute.as_ref()), both(|task| task.substitute.as_ref()))
            }
        };
        let accountable = both(|task| task.accountable.as_ref());
        let concerned = [accountable, both(decider), more].into_iter().flatten().flatten();
        concerned.into_iter().any(|own| own == actor).then(|| {
            let [old, new] = told;
            self.about(word, task) + &self.changed(&old, &new)
        })
    }

    fn decision(&self, task: &Task) -> String {
        let word = format!("decision_{}", task.decision.as_deref().unwrap_or("none"));
        match self.word(&word) {
            "" => tame(task.decision.as_deref().unwrap_or_default()),
            known => known.to_owned(),
        }
    }

    fn given(&self, text: &str) -> String {
        if text.is_empty() { self.word("nothing").to_owned() } else { text.to_owned() }
    }

    fn delegation(&self, delegation: Option<&Delegation>) -> String {
        let Some(Delegation { text, document, date, link }) = delegation else {
            return self.word("nothing").to_owned();
        };
        let day = date.as_deref().map(|day| Date::parse(day).map_or(tame(day), |day| day.display(self.lang)));
        let plain = |text: &Option<String>| text.as_deref().map(tame);
        let parts = [Some(self.text(text)), plain(document), day, plain(link)];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        self.given(&parts.join(", "))
    }

    /// Another set of situations or phases, to whom the task is work.
    fn sets(&self, word: &str, task: &str, actor: &Key, of: fn(&Task) -> &BTreeSet<Key>) -> Option<String> {
        let side = |side: Side| Some(self.list(side, of(self.task(side, task)?)));
        let changed = self.changed(&side(Side::Old)?, &side(Side::New)?);
        self.bound(task).contains(actor).then(|| self.about(word, task) + &changed)
    }

    fn carries(&self, function: &str, role: &Key) -> String {
        let can = |of: &Document| {
            let function =
                of.entities.function.iter().find(|own| function.ends_with(&format!("/{}", own.id)));
            function.is_some_and(|function| function.carrier.iter().any(|carrier| carrier.role == *role))
        };
        let word = match (can(&self.comparison.old), can(&self.comparison.new)) {
            (false, _) => "carries",
            (_, false) => "carries_no_more",
            _ => "carries_otherwise",
        };
        filled(self.word(word), &[("name", &self.any_name(function))])
    }
}

fn is_task(key: &str) -> bool {
    key.starts_with("task/")
}

fn is_actor(key: &str) -> bool {
    let kind = key.split_once('/').and_then(|(kind, _)| Kind::parse(kind));
    kind.is_some_and(|kind| Kind::ACTORS.contains(&kind))
}
