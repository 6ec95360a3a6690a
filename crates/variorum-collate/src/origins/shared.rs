//! How much of its reporting one report shares with another.

use super::wording::{Run, Wording};

/// Fewest words that a share is measured against, so that a two-line text is not all copy.
const LEAST_OWN: usize = 30;
/// A copy shares this much of the shorter report's own words, and at least so many words.
const COPY: (f64, usize) = (0.5, 15);
/// A partial copy shares this much, and at least so many words.
const PARTIAL: (f64, usize) = (0.15, 40);
/// Both share this much, speech and all: a text in the first person, printed twice.
const WHOLE: f64 = 0.8;
/// Shared words that show a common wire or house where a credit names it already.
const TRACE: usize = 15;

/// What two reports share.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shared {
    /// From the side of the first report.
    pub a: Side,
    /// From the side of the second.
    pub b: Side,
}

/// One side of what two reports share.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Side {
    /// Share of this report's own words that are reporting and stand in the other.
    pub share: f64,
    /// How many words that is.
    pub words: usize,
    /// Share of all its words, speech and all, that stand in the other.
    pub all: f64,
    /// The runs of words that both have, in text order, with how many words of each are reporting.
    pub runs: Vec<(Run, usize)>,
}

impl Shared {
    /// Compares two reports.
    pub(super) fn of(a: &Wording<'_>, b: &Wording<'_>) -> Self {
        Shared {
            a: side(a, b),
            b: side(b, a),
        }
    }

    /// The greater share.
    pub(super) fn share(&self) -> f64 {
        self.a.share.max(self.b.share)
    }

    /// Whether one is a copy of the other, whole or shortened.
    pub(super) fn is_copy(&self) -> bool {
        self.reaches(COPY) || self.a.all.min(self.b.all) >= WHOLE
    }

    /// Whether one has taken reporting from the other.
    pub(super) fn is_taken(&self) -> bool {
        self.is_copy() || self.reaches(PARTIAL)
    }

    /// Whether there is enough to believe a credit.
    pub(super) fn is_trace(&self) -> bool {
        self.a.words.max(self.b.words) >= TRACE
    }

    fn reaches(&self, (share, words): (f64, usize)) -> bool {
        [&self.a, &self.b]
            .iter()
            .any(|side| side.share >= share && side.words >= words)
    }
}

fn side(here: &Wording<'_>, there: &Wording<'_>) -> Side {
    let reporting = |run: &Run| {
        let ours = &here.words[run.here..run.here + run.words];
        let theirs = &there.words[run.there..run.there + run.words];
        ours.iter()
            .zip(theirs)
            .filter(|(a, b)| !a.is_foreign() && !b.is_foreign())
            .count()
    };
    let runs: Vec<(Run, usize)> = here
        .runs(there)
        .into_iter()
        .map(|run| (run, reporting(&run)))
        .collect();
    let words = runs.iter().map(|(_, words)| words).sum();
    let all: usize = runs.iter().map(|(run, _)| run.words).sum();
    Side {
        share: words as f64 / here.own.max(LEAST_OWN) as f64,
        words,
        all: all as f64 / here.words.len().max(LEAST_OWN) as f64,
        runs,
    }
}
