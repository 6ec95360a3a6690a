//! Which stories follow from one another.
//!
//! A story that is closed is boiled down to its heaviest words. A later one that shares much of them, names
//! among them, follows from it: next month's talks, the trial after the arrest. Undated stories are not
//! linked, since nothing tells which of two look-alikes came first, or whether they belong together.

use std::cmp::Ordering;
use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::likeness::Entry;
use super::profile::{Weight, keep_heaviest};

/// Stories further apart than this, in days, are not linked.
const MEMORY: i32 = 60;
/// How many of its heaviest words stand for a story.
const KEPT: usize = 40;
/// How many of them a story is looked up by.
const PROBES: usize = 8;
/// Stories whose words have a lesser cosine are not linked.
const ENOUGH: f32 = 0.4;
/// Nor are those that share fewer words with capital letters.
const NAMES: usize = 4;
/// The most stories that one is linked to, the likest first.
const MOST: usize = 3;
/// The most stories that are read under one word, the newest first.
const MOST_READ: usize = 500;

/// The stories that later ones may follow from.
#[derive(Debug, Default)]
pub(super) struct Links {
    stories: VecDeque<Summary>,
    /// Number of the first of them.
    first: usize,
    /// The stories under their heaviest words, by their numbers.
    index: FxHashMap<u32, VecDeque<usize>>,
}

/// What is kept of a closed story.
#[derive(Debug)]
struct Summary {
    id: String,
    from: i32,
    to: i32,
    /// Sorted by their hashes; the squares of the values sum to 1.
    words: Vec<Weight>,
}

impl Links {
    /// The ids of the stories that a story follows from, which is told by its reports; remembers it.
    pub(super) fn link(&mut self, id: &str, reports: &[&Entry]) -> Vec<String> {
        let days = || reports.iter().filter_map(|entry| entry.profile.day);
        let (Some(from), Some(to)) = (days().min(), days().max()) else {
            return Vec::new();
        };
        let (words, probes) = heaviest(reports);
        let story = Summary {
            id: id.to_owned(),
            from,
            to,
            words,
        };
        let mut met: Vec<usize> = Vec::new();
        for probe in &probes {
            let list = self.index.entry(*probe).or_default();
            met.extend(
                list.iter()
                    .rev()
                    .take(MOST_READ)
                    .filter(|&&number| number >= self.first),
            );
            list.push_back(self.first + self.stories.len());
        }
        met.sort_unstable();
        met.dedup();
        let mut found: Vec<(f32, &str)> = met
            .into_iter()
            .filter_map(|number| self.stories.get(number - self.first))
            .filter(|earlier| (earlier.from, &earlier.id) < (from, &story.id))
            .filter(|earlier| from - earlier.to <= MEMORY)
            .filter_map(|earlier| Some((likeness(&story, earlier)?, earlier.id.as_str())))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let found = found
            .into_iter()
            .take(MOST)
            .map(|(_, id)| id.to_owned())
            .collect();
        self.stories.push_back(story);
        found
    }

    /// Forgets the stories that nothing can follow from any more.
    pub(super) fn forget(&mut self, clock: i32) {
        while self
            .stories
            .front()
            .is_some_and(|story| story.to < clock - 2 * MEMORY)
        {
            self.stories.pop_front();
            self.first += 1;
        }
        let first = self.first;
        self.index.retain(|_, list| {
            while list.front().is_some_and(|&number| number < first) {
                list.pop_front();
            }
            !list.is_empty()
        });
    }
}

/// The heaviest words of a story, and the hashes of the very heaviest.
fn heaviest(reports: &[&Entry]) -> (Vec<Weight>, Vec<u32>) {
    let mut terms: Vec<Weight> = reports
        .iter()
        .flat_map(|entry| &entry.vector.terms)
        .copied()
        .collect();
    terms.sort_unstable_by(|a, b| {
        (a.hash, a.value)
            .partial_cmp(&(b.hash, b.value))
            .unwrap_or(Ordering::Equal)
    });
    let mut words: Vec<Weight> = terms
        .chunk_by(|a, b| a.hash == b.hash)
        .map(|same| Weight {
            hash: same[0].hash,
            value: same.iter().map(|term| term.value).sum(),
            is_name: same.iter().any(|term| term.is_name),
        })
        .collect();
    keep_heaviest(&mut words, KEPT);
    let length = words.iter().map(|w| w.value * w.value).sum::<f32>().sqrt();
    for word in &mut words {
        word.value /= length;
    }
    let probes = words.iter().take(PROBES).map(|word| word.hash).collect();
    words.sort_unstable_by_key(|word| word.hash);
    (words, probes)
}

/// The cosine of two stories' words; `None` where it is too little to link them.
fn likeness(a: &Summary, b: &Summary) -> Option<f32> {
    let (mut dot, mut names) = (0.0, 0);
    for word in &a.words {
        if let Ok(at) = b.words.binary_search_by_key(&word.hash, |other| other.hash) {
            dot += word.value * b.words[at].value;
            names += usize::from(word.is_name && b.words[at].is_name);
        }
    }
    (dot >= ENOUGH && names >= NAMES).then_some(dot)
}
