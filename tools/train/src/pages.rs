//! Learns which blocks of a web page belong to its article, from pages with the article's text.
//!
//! A block is one to find when most of its words are lined up with words of the article. Each page
//! counts the same, whatever its length.

use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use variorum_intake::page::{Blocks, forest::Forest};
use variorum_measure::shingles::{Agreement, agreement, f1, words};

use crate::boosting::{Growth, Table, learn};

/// Parts of the sites, each of which is held out once.
const FOLDS: usize = 5;
/// How the forest grows; more or larger trees read held-out pages no better.
const GROWTH: Growth = Growth {
    trees: 300,
    leaves: 12,
    rate: 0.06,
    shrinkage: 5.0,
    least_rows: 30,
    features: 0.2,
    seed: 1,
};
/// A block counts by its words, but no more than this.
const MOST_WORDS: usize = 60;

#[derive(Deserialize)]
struct Row {
    url: String,
    html: String,
    #[serde(rename = "articleBody")]
    article: String,
}

struct Page {
    set: &'static str,
    url: String,
    article: String,
    html: String,
    features: Vec<Vec<f32>>,
    right: Vec<bool>,
    weights: Vec<f64>,
    fold: usize,
}

const SETS: [&str; 2] = ["scrapinghub-181", "wcxb-articles"];

/// Learns and writes the forest, and prints how well pages of held-out sites are read.
pub(crate) fn write(data: &Path, output: &Path) -> Result<()> {
    let mut pages = Vec::new();
    for set in SETS {
        let text = crate::read_gzip(&data.join(format!("pages/{set}.jsonl.gz")))?;
        let lines: Vec<&str> = text.lines().collect();
        let read: Result<Vec<Page>> = lines
            .par_iter()
            .map(|line| Ok(of_row(set, serde_json::from_str(line)?)))
            .collect();
        pages.extend(read?);
    }
    let features: Vec<&[f32]> = pages
        .iter()
        .flat_map(|page| page.features.iter().map(Vec::as_slice))
        .collect();
    println!(
        "{} pages, {} blocks, {} features",
        pages.len(),
        features.len(),
        features[0].len()
    );
    let table = Table::new(&features);
    let right: Vec<bool> = pages
        .iter()
        .flat_map(|page| page.right.iter().copied())
        .collect();
    let mut weights: Vec<f64> = pages
        .iter()
        .flat_map(|page| page.weights.iter().copied())
        .collect();
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    for weight in &mut weights {
        *weight /= mean;
    }
    let rows = |wanted: &dyn Fn(&Page) -> bool| -> Vec<u32> {
        let mut at = 0;
        let mut rows = Vec::new();
        for page in &pages {
            let next = at + page.features.len() as u32;
            if wanted(page) {
                rows.extend(at..next);
            }
            at = next;
        }
        rows
    };
    let mut held: Vec<Option<Vec<f32>>> = pages.iter().map(|_| None).collect();
    for fold in 0..FOLDS {
        let forest = learn(
            &table,
            &rows(&|page| page.fold != fold),
            &right,
            &weights,
            GROWTH,
        );
        for (page, held) in pages
            .iter()
            .zip(&mut held)
            .filter(|(page, _)| page.fold == fold)
        {
            *held = Some(probabilities(&forest, page));
        }
    }
    let held: Vec<Vec<f32>> = held.into_iter().flatten().collect();
    for set in SETS {
        let of_set = |(page, likely): (&Page, &Vec<f32>)| {
            let text = || Blocks::of(&page.html, Some(&page.url)).body(likely);
            (page.set == set).then(|| agreement(&page.article, &text()))
        };
        let found: Vec<Agreement> = pages.iter().zip(&held).filter_map(of_set).collect();
        let (precision, recall, f1) = f1(&found);
        println!("{set}, held-out sites: P {precision:.4}  R {recall:.4}  F1 {f1:.4}");
    }
    let forest = learn(&table, &rows(&|_| true), &right, &weights, GROWTH);
    let bytes = postcard::to_allocvec(&forest)?;
    std::fs::write(output, bytes).with_context(|| output.display().to_string())
}

fn probabilities(forest: &Forest, page: &Page) -> Vec<f32> {
    page.features
        .iter()
        .map(|features| forest.probability(features))
        .collect()
}

fn of_row(set: &'static str, row: Row) -> Page {
    let blocks = Blocks::of(&row.html, Some(&row.url));
    let texts: Vec<String> = blocks.texts().map(str::to_owned).collect();
    let features = blocks.features;
    let mut owners = Vec::new();
    let mut found = Vec::new();
    let mut counts = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let words = words(text);
        counts.push(words.len());
        for word in words {
            found.push(word.to_owned());
            owners.push(at);
        }
    }
    let gold: Vec<String> = words(&row.article).into_iter().map(str::to_owned).collect();
    let mut lined_up = vec![0; texts.len()];
    for op in capture_diff_slices(Algorithm::Patience, &found, &gold) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            for &owner in &owners[old_index..old_index + len] {
                lined_up[owner] += 1;
            }
        }
    }
    let right: Vec<bool> = lined_up
        .iter()
        .zip(&counts)
        .map(|(&both, &all)| 2 * both > all)
        .collect();
    let article: usize = right
        .iter()
        .zip(&counts)
        .filter(|(right, _)| **right)
        .map(|(_, count)| count)
        .sum();
    let weight = |count: &usize| {
        if article > 0 {
            (*count).min(MOST_WORDS) as f64 / article as f64
        } else {
            0.0
        }
    };
    let weights = counts.iter().map(weight).collect();
    Page {
        set,
        fold: fold(&row.url),
        url: row.url,
        article: row.article,
        html: row.html,
        features,
        right,
        weights,
    }
}

/// The part of a site: all pages of one site are in one part.
fn fold(url: &str) -> usize {
    let host = url.split('/').nth(2).unwrap_or(url);
    let parts: Vec<&str> = host.split('.').collect();
    let site = parts[parts.len().saturating_sub(2)..].join(".");
    site.bytes().fold(7usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(byte))
    }) % FOLDS
}
