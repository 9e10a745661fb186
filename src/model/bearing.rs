//! Whom a competence rule binds in a task, and what they lack to fulfil it.

use std::collections::BTreeSet;

use crate::base::source::Span;
use crate::model::book::Handbook;
use crate::model::cases::Scope;
use crate::model::function::Carrier;
use crate::model::kind::Kind;
use crate::model::role::{Employment, Role};
use crate::model::rule::{Binds, Rule};
use crate::model::table::{Actor, AnyEntry, Entry, Key, Ref};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

/// Somebody whom a rule binds in a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Who.
    pub key: Key,
    /// Where the task names them.
    pub span: Span,
    /// The one situation in which they take part.
    pub when: Option<Slug>,
}

impl Bearer {
    /// Those of some cases in which they take part.
    pub fn cases<'a>(&self, book: &Handbook, cases: &Scope<'a>) -> Scope<'a> {
        let axis = |id: &Slug| book.tables.situations.get(id)?.data.axis.as_ref()?.id();
        let when = self.when.as_ref().and_then(|when| Some((axis(when)?, when)));
        let joins =
            |on: &Slug, situation: &Slug| when.is_none_or(|(axis, when)| on != axis || situation == when);
        cases.clone().retain(joins)
    }
}

/// Those whom a rule binds in a task.
pub fn bearers(book: &Handbook, task: &Task, binds: &[Binds]) -> Vec<Bearer> {
    let mut found: Vec<Bearer> = Vec::new();
    for bearer in binds.iter().flat_map(|binds| bound(book, task, *binds)) {
        if !found.contains(&bearer) {
            found.push(bearer);
        }
    }
    found
}

fn bound(book: &Handbook, task: &Task, binds: Binds) -> Vec<Bearer> {
    let bearer = |key: Key, span: Span| Bearer { key, span, when: None };
    let one = |who: Option<&Ref<_>>| who.and_then(|who| Some(bearer(book.target(who)?, who.span)));
    let (accountable, substitute) = (one(task.accountable.as_ref()), one(task.substitute.as_ref()));
    let (decides, above) = (one(task.decides.as_ref()), one(task.above.as_ref()));
    let named = match binds {
        Binds::Accountable => [accountable, substitute, None, None],
        Binds::Decides => {
            // Whoever stands in for the accountable decides only where the accountable does.
            let substitute = substitute.filter(|_| decides.is_none());
            [decides.or(accountable), substitute, above, None]
        }
        Binds::Everyone => [accountable, substitute, decides, above],
    };
    let others = if binds == Binds::Everyone { doers(book, task) } else { Vec::new() };
    named.into_iter().flatten().chain(others).collect()
}

/// Those who do the work or take part in it beside the accountable.
fn doers(book: &Handbook, task: &Task) -> Vec<Bearer> {
    let bearer = |(key, span): (Key, Span)| Bearer { key, span, when: None };
    let pair = task.pair.as_ref().and_then(|role| Some((book.target(role)?, role.span)));
    let listed = task.responsible.iter().chain(&task.supports).flat_map(|actor| actors(book, actor));
    let joining = task.joins_if.iter().flat_map(|joins| {
        let when = joins.situation.id().cloned();
        actors(book, &joins.actor).into_iter().map(move |(key, span)| Bearer {
            key,
            span,
            when: when.clone(),
        })
    });
    pair.into_iter().chain(listed).map(bearer).chain(joining).collect()
}

fn actors(book: &Handbook, actor: &Ref<Actor>) -> Vec<(Key, Span)> {
    if actor.is_everyone() {
        return book.tables.roles.iter().map(|role| (role.key(), actor.span)).collect();
    }
    book.target(actor).map(|key| (key, actor.span)).into_iter().collect()
}

/// The roles behind somebody in a task that may have to do it in one of these cases.
pub fn roles<'a>(book: &'a Handbook, task: &Task, key: &Key, held: &Scope<'_>) -> Vec<&'a Entry<Role>> {
    let Some(function) = book.tables.functions.get(&key.id).filter(|_| key.kind == Kind::Function) else {
        return book.bearers(key);
    };
    let able = |carrier: &&Carrier| {
        let some = |own: &BTreeSet<&Slug>| own.iter().any(|situation| carrier.can_carry(task, [*situation]));
        held.axes().values().all(some)
    };
    function
        .data
        .carrier
        .iter()
        .filter(able)
        .filter_map(|carrier| book.tables.roles.at(&carrier.role))
        .collect()
}

/// What somebody lacks to fulfil a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A qualification that the rule allows.
    Qualification,
    /// The form of employment.
    Employment,
    /// The competence.
    Competence,
}

/// What a role lacks to fulfil a rule. Of several alternative qualifications every one must be allowed,
/// because a holder may have any of them.
pub fn lack(rule: &Rule, role: &Role) -> Option<Lack> {
    let allowed = |own: &Ref<_>| rule.allows.iter().any(|allowed| allowed.id() == own.id());
    let any_of = !role.qualifications.is_empty() && role.qualifications.iter().all(allowed);
    let qualified = rule.allows.is_empty() || any_of || role.qualifications_all.iter().any(allowed);
    let employed = match rule.employment {
        None => true,
        Some(Employment::Either) => role.employment.is_some_and(|own| own != Employment::External),
        asked => asked == role.employment,
    };
    let asked = rule.competence.as_ref().and_then(Ref::id);
    let competent = asked.is_none_or(|asked| role.competences.iter().any(|own| own.id() == Some(asked)));
    match (qualified, employed, competent) {
        (false, _, _) => Some(Lack::Qualification),
        (_, false, _) => Some(Lack::Employment),
        (_, _, false) => Some(Lack::Competence),
        (true, true, true) => None,
    }
}

/// What a role lacks for a task under a rule, where one of a pair may be enough: of whoever is accountable
/// and whoever works in a pair with them.
pub fn lack_in(book: &Handbook, task: &Task, rule: &Rule, role: &Entry<Role>) -> Option<Lack> {
    let pair = task.pair.as_ref().and_then(|pair| book.tables.roles.at(pair));
    let accountable = task.accountable.as_ref().and_then(|actor| book.target(actor));
    let accountable = accountable.map_or_else(Vec::new, |key| book.bearers(&key));
    let is = |other: &Entry<Role>| other.id() == role.id();
    let fulfils = |other: &Entry<Role>| lack(rule, &other.data).is_none();
    let helped = match pair {
        Some(pair) if is(pair) => accountable.iter().any(|other| fulfils(other)),
        Some(pair) if accountable.iter().any(|other| is(other)) => fulfils(pair),
        Some(_) | None => false,
    };
    lack(rule, &role.data).filter(|_| !(rule.one_of_pair && helped))
}

/// The roles that bear a task, told apart by whether they have learnt something.
#[derive(Debug, Default)]
pub struct Knowing<'a> {
    /// Those who have.
    pub have: Vec<&'a Entry<Role>>,
    /// Those who have not.
    pub lack: Vec<&'a Entry<Role>>,
    /// Whether a partner bears it too, whose people are not in the handbook.
    pub beside: bool,
}

/// Who of those who bear a task has learnt something.
pub fn knowing<'a>(book: &'a Handbook, task: &Task, competence: Option<&Slug>) -> Knowing<'a> {
    let bearers = bearers(book, task, &[Binds::Everyone]);
    let mut knowing = Knowing {
        beside: bearers.iter().any(|bearer| bearer.key.kind == Kind::Partner),
        ..Knowing::default()
    };
    let mut seen = BTreeSet::new();
    for role in bearers.iter().flat_map(|bearer| book.bearers(&bearer.key)) {
        if seen.insert(role.id()) {
            let has = role.data.competences.iter().any(|own| own.id() == competence);
            if has { knowing.have.push(role) } else { knowing.lack.push(role) }
        }
    }
    knowing
}
