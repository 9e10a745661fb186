//! The cells of the role × phase matrix that a handbook can be expected to fill, and what stands in them.

use std::collections::BTreeSet;

use crate::model::book::Handbook;
use crate::model::division::{Division, Share, Who, functions_in};
use crate::model::prose::Part;
use crate::model::role::Role;
use crate::model::table::{AnyEntry, Entry};
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
    let of = |role| division.phases().iter().map(move |phase| (role, phase));
    let cells = book.tables.roles.iter().flat_map(of);
    cells.filter_map(|(role, phase)| cell(book, division, role, phase)).collect()
}

fn cell(book: &Handbook, division: &Division, role: &Entry<Role>, phase: &Slug) -> Option<Cell> {
    let cells: Vec<_> = role.prose.iter().filter_map(|(_, prose)| prose.cells.get(phase)).collect();
    let written = cells.iter().flat_map(|cell| cell.parts.keys().copied()).collect();
    let expected = !cells.is_empty() || works(book, division, role, phase);
    expected.then(|| Cell { role: role.id().clone(), phase: phase.clone(), written })
}

/// Whether a role, also as a function it can carry, does a task of a phase.
pub fn works(book: &Handbook, division: &Division, role: &Entry<Role>, phase: &Slug) -> bool {
    division.of_phase(phase).iter().any(|id| {
        let Some(task) = book.tables.tasks.get(id) else { return false };
        let functions = functions_in(book, role.id(), &task.data);
        let own: Vec<Who> = functions.chain([role.key()]).map(Who::Actor).collect();
        let mut takings = division.of_task(id).iter();
        takings.any(|taking| WORK.contains(&taking.share) && own.contains(&taking.who))
    })
}
