//! The shingles of a report, and the runs of words that it has in common with another.

use super::print::{TextPrint, Word};

/// Words in a shingle.
const SHINGLE: usize = 7;
/// How many places of one shingle are tried; more are repetitions inside one text.
const PLACES: usize = 8;

/// The words of a report in text order, with an index of its shingles.
pub(super) struct Wording<'a> {
    pub words: &'a [Word],
    /// Hash of the shingle that begins at each word.
    shingle_at: Vec<u64>,
    /// The same with the word, sorted.
    shingles: Vec<(u64, usize)>,
    /// How many words do not stand in quotation marks.
    pub own: usize,
}

impl<'a> Wording<'a> {
    /// Indexes a report's words.
    pub(super) fn of(print: &'a TextPrint) -> Self {
        let shingle_at: Vec<u64> = print
            .words
            .windows(SHINGLE)
            .map(|window| window.iter().fold(0, |sum, word| mix(sum, word.hash())))
            .collect();
        let mut shingles: Vec<(u64, usize)> = shingle_at.iter().copied().zip(0..).collect();
        shingles.sort_unstable();
        Wording {
            words: &print.words,
            shingle_at,
            shingles,
            own: print.own(),
        }
    }

    /// Every shingle once.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u64> {
        self.shingles
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| same[0].0)
    }

    /// The longest runs of words that `other` has too, as (place here, place there, words): from
    /// the left, each as long as it goes.
    pub(super) fn runs(&self, other: &Wording<'_>) -> Vec<Run> {
        let mut found = Vec::new();
        let mut here = 0;
        while let Some(&shingle) = self.shingle_at.get(here) {
            let first = other.shingles.partition_point(|s| s.0 < shingle);
            let places = other.shingles[first..].iter().take(PLACES);
            let best = places
                .take_while(|place| place.0 == shingle)
                .map(|&(_, there)| Run {
                    here,
                    there,
                    words: self.alike(here, other, there),
                })
                .max_by_key(|run| (run.words, std::cmp::Reverse(run.there)));
            match best.filter(|run| run.words >= SHINGLE) {
                Some(run) => {
                    here += run.words;
                    found.push(run);
                }
                None => here += 1,
            }
        }
        found
    }

    fn alike(&self, here: usize, other: &Wording<'_>, there: usize) -> usize {
        let pairs = self.words[here..].iter().zip(&other.words[there..]);
        pairs.take_while(|(a, b)| a.hash() == b.hash()).count()
    }
}

/// Words that two reports have in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// First word in the one.
    pub here: usize,
    /// First word in the other.
    pub there: usize,
    /// How many.
    pub words: usize,
}

fn mix(sum: u64, word: u32) -> u64 {
    (sum.rotate_left(5) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
