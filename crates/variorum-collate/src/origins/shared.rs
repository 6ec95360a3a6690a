//! How much of its reporting one report shares with another.

use super::blocks::{Block, Seeds};
use super::print::TextPrint;

/// Fewest words that a share is measured against, so that a two-line text is not all copy.
const LEAST_OWN: usize = 30;
/// A copy shares this much of the shorter report's own words, and at least so many words.
const COPY: (f64, usize) = (0.5, 15);
/// A partial copy shares this much, and at least so many words.
const PARTIAL: (f64, usize) = (0.18, 45);
/// Both share this much, speech and all: a text in the first person, printed twice.
const WHOLE: f64 = 0.8;
/// Shared words that show a common wire or house where a credit names it already; and so many words
/// of speech are a common quotation.
const TRACE: usize = 15;

/// What two reports share.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shared {
    /// From the side of the first report.
    pub a: Side,
    /// From the side of the second.
    pub b: Side,
    /// The passages that both have.
    pub passages: Vec<Passage>,
}

/// One side of what two reports share.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Side {
    /// Share of this report's own words that are reporting and stand in the other.
    pub share: f64,
    /// How many words that is.
    pub words: usize,
    /// How many of its words stand in the other, speech and all.
    pub all_words: usize,
    /// Share of all its words, speech and all, that stand in the other.
    pub all: f64,
}

/// A passage that two reports share: words of each, and how many of them are the same and reporting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Passage {
    pub a: std::ops::Range<usize>,
    pub b: std::ops::Range<usize>,
    pub reporting: usize,
    pub words: usize,
}

impl Shared {
    /// Compares the first report, whose seeds are given, with a second.
    pub(super) fn of(seeds: &Seeds<'_>, a: &TextPrint, b: &TextPrint) -> Self {
        let is_reporting =
            |i: usize, j: usize| !a.words[i].is_foreign() && !b.words[j].is_foreign();
        let blocks = seeds.blocks(&b.words);
        // Each word here and there, and whether it is reporting; a word of the first report may
        // stand in the other twice.
        let mut in_a: Vec<(usize, bool)> = Vec::new();
        let mut in_b: Vec<(usize, bool)> = Vec::new();
        let passage = |block: Block| {
            let first = in_b.len();
            for &(i, j, words) in &block.runs {
                in_a.extend((0..words).map(|k| (i + k, is_reporting(i + k, j + k))));
                in_b.extend((0..words).map(|k| (j + k, is_reporting(i + k, j + k))));
            }
            Passage {
                words: block.words(),
                reporting: in_b[first..].iter().filter(|(_, is)| *is).count(),
                a: block.here,
                b: block.there,
            }
        };
        let passages = blocks.into_iter().map(passage).collect();
        Shared {
            a: side(in_a, a),
            b: side(in_b, b),
            passages,
        }
    }

    /// The same with the reports in the other order.
    pub(crate) fn turned(self) -> Self {
        let passages = self.passages.into_iter().map(|passage| Passage {
            a: passage.b,
            b: passage.a,
            ..passage
        });
        Shared {
            a: self.b,
            b: self.a,
            passages: passages.collect(),
        }
    }

    /// The greater share.
    pub(crate) fn share(&self) -> f64 {
        self.a.share.max(self.b.share)
    }

    /// Whether one is a copy of the other, whole or shortened.
    pub(crate) fn is_copy(&self) -> bool {
        self.reaches(COPY) || self.a.all.min(self.b.all) >= WHOLE
    }

    /// Whether one has taken reporting from the other.
    pub(crate) fn is_taken(&self) -> bool {
        self.is_copy() || self.reaches(PARTIAL)
    }

    /// Whether there is enough to believe a credit.
    pub(crate) fn is_trace(&self) -> bool {
        self.a.words.max(self.b.words) >= TRACE
    }

    /// Whether both quote the same words.
    pub(crate) fn is_quoting(&self) -> bool {
        self.a.all_words.max(self.b.all_words) - self.a.words.max(self.b.words) >= TRACE
    }

    fn reaches(&self, (share, words): (f64, usize)) -> bool {
        [&self.a, &self.b]
            .iter()
            .any(|side| side.share >= share && side.words >= words)
    }
}

fn side(mut words: Vec<(usize, bool)>, print: &TextPrint) -> Side {
    // Reporting before the same word as speech.
    words.sort_unstable_by_key(|&(at, reporting)| (at, !reporting));
    words.dedup_by_key(|word| word.0);
    let reporting = words.iter().filter(|(_, reporting)| *reporting).count();
    Side {
        share: reporting as f64 / print.own().max(LEAST_OWN) as f64,
        words: reporting,
        all_words: words.len(),
        all: words.len() as f64 / print.words.len().max(LEAST_OWN) as f64,
    }
}
