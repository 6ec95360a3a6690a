//! Which reports are worth comparing: those with the same words throughout, and those that share a
//! few runs of five words, found through one index of a quarter of all such runs.
//!
//! The cost grows with the reports and with what they share, not with the number of pairs: what many
//! reports carry ties each of them to its next neighbours only, and reports with the same words are
//! tied to the first of them.

use rayon::prelude::*;

use super::blocks;
use super::print::TextPrint;

/// One run in so many is indexed, chosen by its hash, so the same ones everywhere.
const SAMPLE: u32 = 4;
/// Fewest runs in the index that two reports share when they are compared.
const LEAST: usize = 2;
/// How many neighbours in the list of one run's reports a report is compared with.
const NEIGHBOURS: usize = 16;
/// The same for runs that more reports carry than can be copies of each other by chance: they are
/// idioms, or so many copies that their neighbours tell enough.
const COMMON: usize = 64;
const NEIGHBOURS_OF_COMMON: usize = 2;

/// Pairs of reports that are worth comparing, each once and in order, the first with the lower index.
pub(super) fn candidates(prints: &[&TextPrint]) -> Vec<(usize, usize)> {
    let first = firsts(prints);
    let mut runs: Vec<u64> = first
        .par_iter()
        .enumerate()
        .filter(|&(report, &first)| report == first)
        .flat_map_iter(|(report, _)| {
            let hashes = sample(prints[report]).into_iter();
            hashes.map(move |hash| u64::from(hash) << 32 | report as u64)
        })
        .collect();
    runs.par_sort_unstable();
    let mut pairs: Vec<u64> = runs
        .chunk_by(|a, b| a >> 32 == b >> 32)
        .flat_map(|same| {
            let neighbours = if same.len() > COMMON {
                NEIGHBOURS_OF_COMMON
            } else {
                NEIGHBOURS
            };
            same.iter().enumerate().flat_map(move |(at, a)| {
                let next = same[at + 1..].iter().take(neighbours);
                next.map(move |b| a << 32 | (b & u64::from(u32::MAX)))
            })
        })
        .collect();
    pairs.par_sort_unstable();
    let pair = |pair: u64| ((pair >> 32) as usize, (pair & u64::from(u32::MAX)) as usize);
    let mut found: Vec<(usize, usize)> = pairs
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= LEAST)
        .map(|same| pair(same[0]))
        .collect();
    let same = first.iter().enumerate();
    found.extend(
        same.filter(|&(report, &first)| report != first)
            .map(|(report, &first)| (first, report)),
    );
    found.sort_unstable();
    found
}

/// Whether a run is indexed.
pub(super) fn is_sampled(hash: u32) -> bool {
    hash.is_multiple_of(SAMPLE)
}

/// For each report the first one with the same words.
pub(super) fn firsts(prints: &[&TextPrint]) -> Vec<usize> {
    let words = |report: usize| prints[report].words.iter().map(|word| word.hash());
    let mut order: Vec<(u64, usize)> = (0..prints.len())
        .into_par_iter()
        .map(|report| {
            let mix = |sum: u64, word: u32| {
                (sum.rotate_left(5) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            };
            (words(report).fold(0, mix), report)
        })
        .collect();
    order.par_sort_unstable();
    let mut first: Vec<usize> = (0..prints.len()).collect();
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let head = same[0].1;
        for &(_, report) in &same[1..] {
            if !prints[head].words.is_empty() && words(head).eq(words(report)) {
                first[report] = head;
            }
        }
    }
    first
}

/// The runs of a report that are indexed, each once.
fn sample(print: &TextPrint) -> Vec<u32> {
    let mut hashes: Vec<u32> = blocks::hashes(&print.words)
        .filter(|&hash| is_sampled(hash))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
