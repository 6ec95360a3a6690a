//! Learns how to weigh what two propositions share, from stories whose statements are labelled by hand.
//!
//! Logistic regression over the pairs of propositions that the program compares in these stories. A pair is one
//! statement when both its places are those of two labelled wordings of one; where a place is none of a labelled
//! wording the pair is taken for none.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use variorum_collate::joining::{self, FEATURES, NAMES, Place};
use variorum_model::{Analysis, Report};

use crate::logistic;
use crate::stories::{self, Gold, Variant};

/// Parts of the stories, each of which is held out once.
const FOLDS: usize = 10;
/// Weights: one for each feature and the bias.
const WEIGHTS: usize = FEATURES + 1;
/// A place is that of a labelled wording when they overlap by this share of both together.
const OVERLAP: f64 = 0.4;
/// The likelihood from which pairs are joined, for the figures that are printed.
const JOINED: f64 = 0.2;

type Pair = logistic::Pair<WEIGHTS>;

/// Learns and writes the weights, and prints how well pairs of held-out stories are told apart.
pub(crate) fn write(data: &Path, output: &Path) -> Result<()> {
    let paths = stories::paths(data)?;
    let of_stories: Vec<Vec<Pair>> = paths
        .par_iter()
        .enumerate()
        .map(|(number, path)| of_story(path, number % FOLDS))
        .collect::<Result<_>>()?;
    let pairs: Vec<Pair> = of_stories.into_iter().flatten().collect();
    let (mut right, mut joined) = (0, 0);
    for fold in 0..FOLDS {
        let weights = logistic::learn(&pairs, Some(fold));
        let held_out = pairs.iter().filter(|pair| pair.folds.contains(&fold));
        for pair in held_out.filter(|pair| pair.likelihood(&weights) >= JOINED) {
            joined += 1;
            right += usize::from(pair.is_same);
        }
    }
    let same = pairs.iter().filter(|pair| pair.is_same).count();
    println!(
        "{} pairs, {same} of one statement; held out: precision {:.3}, recall {:.3}",
        pairs.len(),
        f64::from(right as u32) / f64::from(joined.max(1) as u32),
        f64::from(right as u32) / f64::from(same.max(1) as u32)
    );
    let weights = logistic::learn(&pairs, None);
    let about = "# How much each of the features of `joining.rs` speaks for two propositions being wordings of one statement.\n\
         # Written by `cargo run --release -p variorum-train -- joining`.\n";
    logistic::write(output, about, &NAMES, &weights)
}

/// The pairs of one story.
fn of_story(path: &Path, fold: usize) -> Result<Vec<Pair>> {
    let (gold, reports) = stories::story(path)?;
    let analyses: Vec<Analysis> = reports.iter().map(variorum_analyze::analyze).collect();
    let entries: Vec<(&Report, &Analysis)> = reports.iter().zip(&analyses).collect();
    let pairs = joining::compared(&entries).into_iter();
    Ok(pairs
        .map(|(a, b, given)| {
            let is_same = !labels(&gold, &a).is_disjoint(&labels(&gold, &b));
            Pair {
                features: logistic::with_bias(given),
                is_same,
                counts: 1.0,
                folds: [fold, fold],
            }
        })
        .collect())
}

/// The labelled statements that a place is a wording of.
fn labels(gold: &Gold, place: &Place) -> BTreeSet<usize> {
    let (report, spans) = place;
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let is_of = |variant: &Variant| {
        let shared = variant
            .end
            .min(end)
            .saturating_sub(variant.start.max(start));
        let both = variant.end.max(end) - variant.start.min(start);
        variant.report == *report && shared as f64 >= OVERLAP * both as f64
    };
    let all = gold.statements.iter().enumerate();
    all.filter(|(_, one)| one.variants.iter().any(is_of))
        .map(|(i, _)| i)
        .collect()
}
