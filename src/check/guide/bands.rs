//! The bands of a scored guide: every sum that answers can give lies in exactly one.

use crate::check::guide::{BAND_GAP, BAND_OVERLAP, Look, TOO_MANY_SUMS};
use crate::check::names::few;
use crate::check::pairs::gathered;
use crate::model::guide::Guide;
use crate::model::measure::Range;

/// Sums from one to another, both included.
type Run = (u64, u64);

/// More runs than this are not looked through: no reader could follow such points either.
const MOST_RUNS: usize = 1_000;

/// So many sums are put together at most for one question.
const MOST_TRIED: usize = 100_000;

impl Look<'_> {
    pub(super) fn bands(&mut self) {
        let data = self.data();
        let Some(sums) = sums(data) else {
            return self.tell(self.finding(TOO_MANY_SUMS, self.guide.span));
        };
        let bands: Vec<(usize, Range)> =
            data.outcome.iter().enumerate().filter_map(|(at, outcome)| Some((at, outcome.band?))).collect();
        let reached = |band: &Range| met(&sums, span(band)).is_some();
        for (at, added) in data.added().into_iter().enumerate() {
            let band = bands.iter().find(|(own, _)| *own == at);
            let idle = band.map_or(!added, |(_, band)| !reached(band));
            if idle {
                self.unreachable(at);
            }
        }
        self.gaps(&sums, &bands);
        self.overlaps(&sums, &bands);
    }

    fn gaps(&mut self, sums: &[Run], bands: &[(usize, Range)]) {
        let mut open = sums.to_vec();
        for (_, band) in bands {
            open = open.into_iter().flat_map(|run| without(run, span(band))).collect();
        }
        if !open.is_empty() {
            let told = few(open.iter().map(|run| said(*run)));
            let finding = self.finding(BAND_GAP, self.guide.span).with("sums", told);
            self.tell(finding);
        }
    }

    fn overlaps(&mut self, sums: &[Run], bands: &[(usize, Range)]) {
        let both = |one: usize, other: usize| {
            shared(span(&bands[one].1), span(&bands[other].1)).and_then(|both| met(sums, both))
        };
        let places = 0..bands.len();
        let pairs = places.flat_map(|later| (0..later).map(move |first| (first, later)));
        for (one, others) in gathered(pairs.filter(|(first, later)| both(*first, *later).is_some())) {
            let (at, band) = &bands[one];
            let name = |at: usize| self.data().outcome[at].id.name(at).into_owned();
            let names = few(others.iter().map(|other| name(bands[*other].0)));
            let shared: Vec<Run> = others.iter().filter_map(|other| both(one, *other)).collect();
            let first = others.first().map(|other| bands[*other].1.span);
            let finding = self.finding(BAND_OVERLAP, band.span).also(first);
            let finding = finding.with("outcome", name(*at)).with("others", names);
            self.tell(finding.with("sums", few(joined(shared).into_iter().map(said))));
        }
    }
}

/// Every sum that one answer to each question gives, as runs in order; `None` where there are too many.
fn sums(guide: &Guide) -> Option<Vec<Run>> {
    let mut sums: Vec<Run> = vec![(0, 0)];
    for question in &guide.question {
        let points = question.answer.iter().map(|answer| u64::from(answer.points.unwrap_or_default()));
        let points = joined(points.map(|own| (own, own)).collect());
        if sums.len().saturating_mul(points.len()) > MOST_TRIED {
            return None;
        }
        let add = |run: &Run| points.iter().map(|own| (run.0 + own.0, run.1 + own.1)).collect::<Vec<_>>();
        sums = joined(sums.iter().flat_map(add).collect());
        if sums.len() > MOST_RUNS {
            return None;
        }
    }
    Some(sums)
}

/// What the first run that meets a span shares with it; the runs stand in order.
fn met(sums: &[Run], with: Run) -> Option<Run> {
    let first = sums.partition_point(|run| run.1 < with.0);
    sums.get(first).and_then(|run| shared(*run, with))
}

/// Runs in order, those that touch put together.
fn joined(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    let mut joined: Vec<Run> = Vec::new();
    for (from, to) in runs {
        match joined.last_mut() {
            Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn span(band: &Range) -> Run {
    (u64::from(band.from), band.to.map_or(u64::MAX, u64::from))
}

fn shared(a: Run, b: Run) -> Option<Run> {
    let both = (a.0.max(b.0), a.1.min(b.1));
    (both.0 <= both.1).then_some(both)
}

/// What is left of a run before and behind another.
fn without(run: Run, other: Run) -> Vec<Run> {
    let Some((from, to)) = shared(run, other) else { return vec![run] };
    let before = (run.0 < from).then(|| (run.0, from - 1));
    let behind = (to < run.1).then(|| (to + 1, run.1));
    before.into_iter().chain(behind).collect()
}

fn said((from, to): Run) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_shared_and_cut() {
        assert_eq!(joined(vec![(4, 5), (0, 1), (2, 2)]), [(0, 2), (4, 5)]);
        assert_eq!(shared((0, 4), (3, 9)), Some((3, 4)));
        assert_eq!(without((0, 9), (3, 4)), [(0, 2), (5, 9)]);
        assert_eq!(without((0, 9), (0, u64::MAX)), []);
        assert_eq!(met(&[(0, 1), (4, 6)], (2, 9)), Some((4, 6)));
        assert_eq!(met(&[(0, 1), (4, 6)], (2, 3)), None);
        assert_eq!(said((3, 3)) + &said((1, 2)), "31–2");
    }
}
