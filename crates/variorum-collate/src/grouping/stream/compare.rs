//! Which stories a new report is like: it is compared with some reports of a few of them.

use super::{Stream, WINDOW, days_apart};
use crate::grouping::likeness::{Entry, Query};

/// The most stories that a report is compared with.
const CANDIDATES: usize = 6;
/// The most reports of one story that a report is compared with; of larger ones a sample is.
const SAMPLE: usize = 24;
/// A story is looked at more closely when the report of it that shares the heaviest words is this
/// much like the new one.
const PROMISING: f32 = 0.06;
/// Reports less alike than this count as not alike.
const UNLIKE: f32 = 0.04;
/// A story is taken apart for a report that is this much like its reports on average.
const TOUCHED: f32 = 0.15;

impl Stream {
    /// Compares a report with those of the stories that were found, and gives the stories that it
    /// is like.
    pub(super) fn compare(&mut self, number: u32, entry: &Entry, found: &[u32]) -> Vec<u32> {
        // The stories that were found, each with the report that was found first.
        let mut candidates: Vec<(u32, u32)> = Vec::with_capacity(CANDIDATES);
        for &report in found {
            let Some(node) = self.node(report) else {
                continue;
            };
            if candidates.iter().all(|(story, _)| *story != node.story) {
                candidates.push((node.story, report));
                if candidates.len() == CANDIDATES {
                    break;
                }
            }
        }
        let query = Query::of(entry);
        let mut edges: Vec<(u32, f32)> = Vec::new();
        let mut touched = Vec::new();
        for (story, first) in candidates {
            let Some(open) = self.stories.get(&story) else {
                continue;
            };
            let nearest = self.node(first).and_then(|node| node.entry.as_ref());
            if nearest.is_none_or(|nearest| query.likeness(nearest) < PROMISING) {
                continue;
            }
            let sample = sample(&open.members);
            // Each report of a sample stands for as many as it was drawn from.
            let stands_for = open.members.len() as f32 / sample.len() as f32;
            let mut sum = 0.0;
            for report in sample {
                let Some(other) = self.node(report).and_then(|node| node.entry.as_ref()) else {
                    continue;
                };
                let alike = if days_apart(entry, other) > WINDOW {
                    0.0
                } else {
                    query.likeness(other)
                };
                if alike >= UNLIKE {
                    edges.push((report, alike * stands_for));
                    sum += alike * stands_for;
                }
            }
            if sum >= TOUCHED * open.members.len() as f32 {
                touched.push(story);
            }
        }
        for &(other, alike) in &edges {
            if let Some(node) = self.node_mut(other) {
                node.edges.push((number, alike));
            }
        }
        if let Some(node) = self.node_mut(number) {
            node.edges = edges;
        }
        touched
    }
}

/// Some reports of a story, evenly spread, the last among them.
fn sample(members: &[u32]) -> Vec<u32> {
    let count = members.len().min(SAMPLE);
    (1..=count)
        .map(|i| members[i * members.len() / count - 1])
        .collect()
}
