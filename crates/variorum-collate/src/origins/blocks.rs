//! The passages that two reports have in common, also where a word was replaced, added or dropped.
//!
//! A passage begins where five words are the same. It is followed word by word, and across gaps of
//! one to three words on either side when two words behind the gap are the same again. What counts
//! are the words that are the same, never the gaps.

use std::ops::Range;

use super::print::Word;

/// Words that must be the same where a passage begins.
pub(super) const SEED: usize = 5;
/// How many places of one seed are tried; more are repetitions inside one text.
const PLACES: usize = 8;
/// Longest gap in a passage, in words.
const GAP: usize = 3;
/// Words that must be the same behind a gap.
const RESUME: usize = 2;
/// Fewest words of a passage without gaps.
const LEAST: usize = 7;
/// Fewest words of a passage with gaps, and the share of all its words that are the same.
const LEAST_GAPPED: (usize, f64) = (10, 0.7);

/// A passage that two reports have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Words in the report that is indexed.
    pub here: Range<usize>,
    /// Words in the other.
    pub there: Range<usize>,
    /// The words that are the same: first word here, first word there, how many.
    pub runs: Vec<(usize, usize, usize)>,
}

impl Block {
    /// How many words are the same.
    pub(super) fn words(&self) -> usize {
        self.runs.iter().map(|run| run.2).sum()
    }

    fn counts(&self) -> bool {
        let words = self.words();
        let whole = self.here.len().max(self.there.len());
        let (least, share) = LEAST_GAPPED;
        (self.runs.len() == 1 && words >= LEAST)
            || (words >= least && words as f64 >= share * whole as f64)
    }
}

/// Where the seeds of a report stand.
pub(super) struct Seeds<'a> {
    words: &'a [Word],
    /// Hash and place, sorted.
    places: Vec<(u32, u32)>,
    /// One bit for each hash, as far as they can be told apart: most words begin no passage.
    bits: Vec<u64>,
}

impl<'a> Seeds<'a> {
    /// Indexes the words of a report.
    pub(super) fn of(words: &'a [Word]) -> Self {
        let mut places: Vec<(u32, u32)> = hashes(words).zip(0..).collect();
        places.sort_unstable();
        let mut bits = vec![0; (places.len() / 4).next_power_of_two().max(1)];
        let size = bits.len();
        for &(hash, _) in &places {
            bits[hash as usize / 64 % size] |= 1 << (hash % 64);
        }
        Seeds {
            words,
            places,
            bits,
        }
    }

    /// The passages that another report has in common with this one, in its order.
    pub(super) fn blocks(&self, other: &[Word]) -> Vec<Block> {
        let mut found = Vec::new();
        let mut next = 0;
        for (there, hash) in hashes(other).enumerate() {
            let bits = self.bits[hash as usize / 64 % self.bits.len()];
            if there < next || bits & (1 << (hash % 64)) == 0 {
                continue;
            }
            let first = self.places.partition_point(|place| place.0 < hash);
            let best = self.places[first..]
                .iter()
                .take(PLACES)
                .take_while(|place| place.0 == hash)
                .map(|place| self.follow(place.1 as usize, other, there))
                .filter(Block::counts)
                .max_by_key(|block| (block.words(), std::cmp::Reverse(block.here.start)));
            if let Some(block) = best {
                next = block.there.end;
                found.push(block);
            }
        }
        found
    }

    /// The passage that begins at a word here and there.
    fn follow(&self, here: usize, other: &[Word], there: usize) -> Block {
        let same = |i: usize, j: usize| match (self.words.get(i), other.get(j)) {
            (Some(a), Some(b)) => a.hash() == b.hash(),
            _ => false,
        };
        let mut runs = Vec::new();
        let mut found = 0;
        let (mut i, mut j) = (here, there);
        loop {
            let words = (0..self.words.len())
                .take_while(|&k| same(i + k, j + k))
                .count();
            runs.push((i, j, words));
            (i, j) = (i + words, j + words);
            found += words;
            // Only as long as most words are the same, so that what is followed in vain is short.
            let dense = |gap: usize| {
                let whole = (i - here).max(j - there) + gap + RESUME;
                (found + RESUME) as f64 >= LEAST_GAPPED.1 * whole as f64
            };
            let gap = GAPS.iter().find(|&&(a, b)| {
                dense(a.max(b)) && (0..RESUME).all(|k| same(i + a + k, j + b + k))
            });
            let Some((a, b)) = gap else { break };
            (i, j) = (i + a, j + b);
        }
        Block {
            here: here..i,
            there: there..j,
            runs,
        }
    }
}

/// Gaps on both sides, the shortest first: a word replaced, dropped, added, and so on.
const GAPS: [(usize, usize); (GAP + 1) * (GAP + 1) - 1] = [
    (1, 1),
    (1, 0),
    (0, 1),
    (2, 2),
    (2, 1),
    (1, 2),
    (2, 0),
    (0, 2),
    (3, 3),
    (3, 2),
    (2, 3),
    (3, 1),
    (1, 3),
    (3, 0),
    (0, 3),
];

/// Of the words that begin at each word.
pub(super) fn hashes(words: &[Word]) -> impl Iterator<Item = u32> {
    words.windows(SEED).map(|window| {
        let mix = |sum: u64, word: &Word| {
            (sum.rotate_left(5) ^ u64::from(word.hash())).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        (window.iter().fold(0, mix) >> 32) as u32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: &[(&str, &str)]) {
        let words = |text: &str| -> Vec<Word> { text.split(' ').map(Word::of).collect() };
        let cut = |text: &str, range: &Range<usize>| {
            let words: Vec<&str> = text.split(' ').collect();
            words[range.clone()].join(" ")
        };
        let (of_a, of_b) = (words(a), words(b));
        let found: Vec<(String, String)> = Seeds::of(&of_a)
            .blocks(&of_b)
            .iter()
            .map(|block| (cut(a, &block.here), cut(b, &block.there)))
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_passage_goes_on_across_small_changes() {
        check(
            "x the ferry struck the stern of the carrier late on Tuesday in thick fog y",
            "z the ferry struck the stern of a carrier late on in thick fog w",
            &[(
                "the ferry struck the stern of the carrier late on Tuesday in thick fog",
                "the ferry struck the stern of a carrier late on in thick fog",
            )],
        );
    }

    #[test]
    fn changed_order_gives_several_passages() {
        let (one, two) = ("a b c d e f g", "h i j k l m n");
        check(
            &format!("{one} {two}"),
            &format!("{two} {one}"),
            &[(two, two), (one, one)],
        );
    }

    #[test]
    fn few_words_are_no_passage() {
        check("a b c d e f x", "a b c d e f y", &[]);
        check("", "", &[]);
        check("a b", "a b", &[]);
    }

    #[test]
    fn a_word_said_a_thousand_times_costs_little() {
        let text = "no ".repeat(20_000);
        let words: Vec<Word> = text.split(' ').map(Word::of).collect();
        let found = Seeds::of(&words).blocks(&words);
        assert_eq!(found.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn passages_lie_in_both_texts(a in "([a-c] ){0,40}", b in "([a-c] ){0,40}") {
            let words = |text: &str| -> Vec<Word> { text.split(' ').map(Word::of).collect() };
            let (a, b) = (words(&a), words(&b));
            let mut next = 0;
            for block in Seeds::of(&a).blocks(&b) {
                assert!(block.there.start >= next && block.there.end <= b.len());
                assert!(block.here.end <= a.len());
                next = block.there.end;
                for (i, j, words) in block.runs {
                    assert!((0..words).all(|k| a[i + k].hash() == b[j + k].hash()));
                }
            }
        }
    }
}
