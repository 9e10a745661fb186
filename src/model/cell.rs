//! The cells of the role × phase matrix that a handbook can be expected to fill, and what stands in them.

use std::collections::BTreeSet;

use crate::model::book::Handbook;
use crate::model::division::{Division, Share, functions_in, functions_of};
use crate::model::kind::Kind;
use crate::model::prose::Part;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry, Key};
use crate::model::task::Task;
use crate::syntax::slug::Slug;

/// A role's part in a phase.
pub struct Cell {
    /// The role.
    pub role: Slug,
    /// The phase.
    pub phase: Slug,
    /// What is written, in whichever language.
    pub written: BTreeSet<Part>,
}

/// Whoever only supports others, is heard or is told does no work that would have to be described.
const WORK: [Share; 3] = [Share::Accountable, Share::Responsible, Share::Paired];

/// The cells of which the role does a task of the phase, or that are written.
pub fn expected(book: &Handbook, division: &Division) -> Vec<Cell> {
    let of = |role| {
        let worked = worked(book, division, role);
        division.phases().iter().filter_map(move |phase| cell(role, phase, worked.contains(phase)))
    };
    book.tables.roles.iter().flat_map(of).collect()
}

fn cell(role: &Entry<Role>, phase: &Slug, works: bool) -> Option<Cell> {
    let cells: Vec<_> = role.prose.iter().filter_map(|(_, prose)| prose.cells.get(phase)).collect();
    let written = cells.iter().flat_map(|cell| cell.parts.keys().copied()).collect();
    let expected = !cells.is_empty() || works;
    expected.then(|| Cell { role: role.id().clone(), phase: phase.clone(), written })
}

/// The phases in which a role, also as a function it can carry, does a task.
pub fn worked<'b>(book: &'b Handbook, division: &Division, role: &'b Entry<Role>) -> BTreeSet<&'b Slug> {
    let actors = functions_of(book, role.id()).chain([role.key()]);
    actors.flat_map(|actor| phases_of(book, division, role, &actor)).collect()
}

/// Those in which it does one as this actor.
fn phases_of<'b>(
    book: &'b Handbook,
    division: &Division,
    role: &Entry<Role>,
    actor: &Key,
) -> BTreeSet<&'b Slug> {
    let can_be = |task: &Task| {
        actor.kind == Kind::Role || functions_in(book, role.id(), task).any(|function| function == *actor)
    };
    let does = |id: &Slug| division.shares(id, actor).any(|taking| WORK.contains(&taking.share));
    let tasks = division.of_actor(actor).iter().filter(|id| does(id));
    let tasks = tasks.filter_map(|id| book.tables.tasks.get(id)).filter(|task| can_be(&task.data));
    tasks.flat_map(|task| task.data.phases()).collect()
}
