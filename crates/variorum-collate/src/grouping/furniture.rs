//! Paragraphs that a site puts under every page: footers, menus, "about us".
//!
//! A paragraph that one outlet has under several different titles is taken for furniture. It says
//! nothing about what a report tells, and left in it would make all reports of the site alike.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::digest::{Digest, Paragraph};

/// A paragraph under so many different titles of one outlet is furniture.
const TITLES: usize = 4;
/// Or, whoever published it, under so many.
const TITLES_OF_ALL: usize = 12;
/// Titles that share this much of the shorter one are those of one text and its updates.
const SAME_TITLE: f64 = 0.34;
/// The most paragraphs that are remembered at once; those that were met but once are forgotten first.
const MOST: usize = 400_000;

/// What is known about the paragraphs of each outlet.
#[derive(Debug, Default)]
pub struct Furniture {
    /// The titles under which each paragraph of an outlet was met, and for outlet 0 of any, up to what is
    /// enough.
    met: FxHashMap<(u32, u32), Vec<Vec<u32>>>,
}

impl Furniture {
    /// Learns from one report.
    pub fn learn(&mut self, digest: &Digest) {
        if self.met.len() > MOST {
            self.met.retain(|_, titles| titles.len() > 1);
            if self.met.len() > MOST / 2 {
                self.met.clear();
            }
        }
        let body: BTreeSet<u32> = digest.body().map(|p| p.hash).collect();
        for hash in body {
            for (outlet, enough) in [(0, TITLES_OF_ALL), (digest.outlet, TITLES)] {
                let titles = self.met.entry((outlet, hash)).or_default();
                let is_new = || !titles.iter().any(|t| same_title(t, &digest.title));
                if titles.len() < enough && is_new() {
                    titles.push(digest.title.clone());
                }
                if digest.outlet == 0 {
                    break;
                }
            }
        }
    }

    /// Whether a paragraph of a report is furniture.
    pub(super) fn holds(&self, digest: &Digest, paragraph: &Paragraph) -> bool {
        let reaches = |outlet: u32, enough: usize| {
            let titles = self.met.get(&(outlet, paragraph.hash));
            titles.is_some_and(|titles| titles.len() >= enough)
        };
        (digest.outlet != 0 && reaches(digest.outlet, TITLES)) || reaches(0, TITLES_OF_ALL)
    }
}

fn same_title(a: &[u32], b: &[u32]) -> bool {
    let shared = a
        .iter()
        .filter(|stem| b.binary_search(stem).is_ok())
        .count();
    shared as f64 >= SAME_TITLE * a.len().min(b.len()).max(1) as f64
}
