//! Which live reports share their heaviest words with a new one: an inverted index.
//!
//! Each report is entered under its heaviest stems only, and a list is read from its newest end up
//! to a limit, so that the cost of a search does not grow with the stream.

use rustc_hash::FxHashMap;

use super::profile::Vector;

/// How many of a report's heaviest stems it is entered and searched under.
const PROBES: usize = 24;
/// The most reports that are read under one stem, the newest first.
const MOST_READ: usize = 2000;
/// The most reports that a search gives.
const MOST_FOUND: usize = 64;

/// Numbers of reports under the hashes of their heaviest stems.
#[derive(Debug, Default)]
pub(super) struct Index {
    lists: FxHashMap<u32, Vec<(u32, f32)>>,
    /// For each live report, what it shares with the one that is searched; all 0 between searches.
    shared: Vec<f32>,
}

impl Index {
    /// The reports that share the most weight with a vector, and enters it under `number`. Reports
    /// before `first` are not live; `number` is the greatest so far.
    pub(super) fn search_and_enter(
        &mut self,
        vector: &Vector,
        number: u32,
        first: u32,
    ) -> Vec<u32> {
        self.shared.resize((number - first) as usize + 1, 0.0);
        let mut met: Vec<u32> = Vec::new();
        for probe in vector.heaviest(PROBES) {
            let list = self.lists.entry(probe.hash).or_default();
            for &(report, weight) in list.iter().rev().take(MOST_READ) {
                if report < first {
                    break;
                }
                let shared = &mut self.shared[(report - first) as usize];
                if *shared == 0.0 {
                    met.push(report);
                }
                *shared += weight * probe.value;
            }
            list.push((number, probe.value));
        }
        let mut found: Vec<(f32, u32)> = met
            .into_iter()
            .map(|report| {
                let shared = std::mem::take(&mut self.shared[(report - first) as usize]);
                (shared, report)
            })
            .collect();
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > MOST_FOUND {
            found.select_nth_unstable_by(MOST_FOUND - 1, order);
            found.truncate(MOST_FOUND);
        }
        found.sort_unstable_by(order);
        found.into_iter().map(|(_, report)| report).collect()
    }

    /// Forgets all reports before `first`, and what `is_live` denies.
    pub(super) fn forget(&mut self, first: u32, is_live: impl Fn(u32) -> bool) {
        self.lists.retain(|_, list| {
            list.retain(|&(report, _)| report >= first && is_live(report));
            list.shrink_to(2 * list.len());
            !list.is_empty()
        });
    }
}
