//! The paths of a tree: none goes round, and every question and outcome lies on one.

use crate::check::guide::{GUIDE_CYCLE, Look, UNREACHABLE_OUTCOME, UNREACHABLE_QUESTION};
use crate::model::guide::Answer;

/// How far a question has been followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    Above,
    Done,
}

impl Look<'_> {
    pub(super) fn paths(&mut self) {
        let mut seen = vec![Seen::Not; self.data().question.len()];
        for at in 0..seen.len() {
            self.follow(at, &mut seen);
        }
        self.questions();
        self.outcomes();
    }

    /// Follows every answer of a question with a stack of its own: a chain of questions may be long.
    fn follow(&mut self, first: usize, seen: &mut [Seen]) {
        let data = self.data();
        let mut stack = vec![(first, 0)];
        while let Some((at, done)) = stack.pop() {
            if done == 0 && seen[at] != Seen::Not {
                continue;
            }
            seen[at] = Seen::Above;
            let Some(answer) = data.question[at].answer.get(done) else {
                seen[at] = Seen::Done;
                continue;
            };
            stack.push((at, done + 1));
            match self.next(answer) {
                Some(to) if seen[to] == Seen::Above => self.cycle(answer, to),
                Some(to) if seen[to] == Seen::Not => stack.push((to, 0)),
                Some(_) | None => {}
            }
        }
    }

    fn cycle(&mut self, answer: &Answer, to: usize) {
        let question = &self.data().question[to];
        let Some(row) = &answer.next else { return };
        let finding = self.finding(GUIDE_CYCLE, row.span).also(Some(question.id.span));
        self.tell(finding.with("question", question.id.name(to).into_owned()));
    }

    /// Each question but the first follows from some answer. Those that only follow from such a question
    /// are not told as well.
    fn questions(&mut self) {
        let data = self.data();
        let mut led = vec![false; data.question.len()];
        data.answers().filter_map(|answer| self.next(answer)).for_each(|at| led[at] = true);
        for (at, question) in data.question.iter().enumerate().skip(1) {
            if !led[at] {
                let finding = self.finding(UNREACHABLE_QUESTION, question.id.span);
                self.tell(finding.with("question", question.id.name(at).into_owned()));
            }
        }
    }

    fn outcomes(&mut self) {
        let data = self.data();
        let mut led = data.added();
        let ends = data.answers().filter_map(|answer| self.outcomes.at(answer.outcome.as_ref()?));
        ends.for_each(|at| led[at] = true);
        (0..led.len()).filter(|at| !led[*at]).for_each(|at| self.unreachable(at));
    }

    pub(super) fn unreachable(&mut self, at: usize) {
        let outcome = &self.data().outcome[at];
        let finding = self.finding(UNREACHABLE_OUTCOME, outcome.id.span);
        self.tell(finding.with("outcome", outcome.id.name(at).into_owned()));
    }

    fn next(&self, answer: &Answer) -> Option<usize> {
        self.questions.at(answer.next.as_ref()?)
    }
}
