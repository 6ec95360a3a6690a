//! Paragraphs that a site puts under every page: footers, menus, "about us".
//!
//! A paragraph that one outlet has under several different titles is taken for furniture. It says
//! nothing about what a report tells, and left in it would make all reports of the site alike.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::digest::{Digest, Paragraph};

/// A paragraph under so many different titles of one outlet is furniture.
const TITLES: usize = 4;
/// Titles that share this much of the shorter one are those of one text and its updates.
const SAME_TITLE: f64 = 0.34;
/// The most paragraphs that are remembered at once; those that were met but once are forgotten first.
const MOST: usize = 400_000;

/// What is known about the paragraphs of each outlet.
#[derive(Debug, Default)]
pub struct Furniture {
    /// The titles under which each paragraph was met, up to [`TITLES`].
    met: FxHashMap<(u32, u32), Vec<Vec<u32>>>,
}

impl Furniture {
    /// Learns from one report.
    pub fn learn(&mut self, digest: &Digest) {
        if digest.outlet == 0 {
            return;
        }
        if self.met.len() > MOST {
            self.met.retain(|_, titles| titles.len() > 1);
        }
        let body: BTreeSet<u32> = digest.body().map(|p| p.hash).collect();
        for hash in body {
            let titles = self.met.entry((digest.outlet, hash)).or_default();
            if titles.len() < TITLES && !titles.iter().any(|t| same_title(t, &digest.title)) {
                titles.push(digest.title.clone());
            }
        }
    }

    /// Whether a paragraph of a report is furniture.
    pub(super) fn holds(&self, digest: &Digest, paragraph: &Paragraph) -> bool {
        let titles = self.met.get(&(digest.outlet, paragraph.hash));
        titles.is_some_and(|titles| titles.len() >= TITLES)
    }
}

fn same_title(a: &[u32], b: &[u32]) -> bool {
    let shared = a
        .iter()
        .filter(|stem| b.binary_search(stem).is_ok())
        .count();
    shared as f64 >= SAME_TITLE * a.len().min(b.len()).max(1) as f64
}
