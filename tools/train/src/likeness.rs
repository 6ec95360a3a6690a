//! Learns how to weigh what two reports share, from reports that are labelled with their stories.
//!
//! Logistic regression over pairs of labelled reports; both sets count alike, however
//! many pairs they give.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use variorum_collate::grouping::{self, FEATURES, NAMES};
use variorum_model::{Analysis, PublishedFrom, Report};

use crate::logistic;

/// What all pairs of one set count for together.
const OF_A_SET: f64 = 30_000.0;
/// Parts of the stories, each of which is held out once.
const FOLDS: usize = 5;
/// Weights: one for each feature and the bias.
const WEIGHTS: usize = FEATURES + 1;

type Pair = logistic::Pair<WEIGHTS>;

/// Learns and writes the weights, and prints how well held-out pairs are told apart.
pub(crate) fn write(data: &Path, output: &Path) -> Result<()> {
    let mut pairs = Vec::new();
    for name in ["allsides-2012-2017", "ecbplus-even-topics"] {
        let found = of_set(&data.join(format!("stories/{name}.jsonl.gz")))?;
        println!("{name}: {} pairs", found.len());
        pairs.extend(found);
    }
    let (mut right, mut all) = (0, 0);
    for fold in 0..FOLDS {
        let weights = logistic::learn(&pairs, Some(fold));
        let held_out = || pairs.iter().filter(|pair| pair.folds.contains(&fold));
        right += held_out()
            .filter(|p| (p.likelihood(&weights) > 0.5) == p.is_same)
            .count();
        all += held_out().count();
    }
    println!(
        "held-out pairs told apart: {:.4}",
        right as f64 / all as f64
    );
    let weights = logistic::learn(&pairs, None);
    let about = "# How much each of the features of `grouping/likeness.rs` speaks for two reports telling one story.\n\
         # Written by `cargo run --release -p variorum-train -- likeness`.\n";
    logistic::write(output, about, &NAMES, &weights)
}

/// The pairs of one set.
fn of_set(path: &Path) -> Result<Vec<Pair>> {
    let text = crate::read_gzip(path)?;
    let mut reports = variorum_intake::read(&["-".into()], &mut text.as_bytes()).reports;
    // A date that was read from a text is no date of a stream.
    for report in reports
        .iter_mut()
        .filter(|r| r.published_from == PublishedFrom::Text)
    {
        report.published = None;
    }
    reports.sort_by(|a, b| {
        let order = |r: &Report| (r.published.is_none(), r.published);
        order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id))
    });
    let mut stories: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        if let (Some(id), Some(story)) = (row["id"].as_str(), row["story"].as_str()) {
            stories.insert(id.to_owned(), story.to_owned());
        }
    }
    let story = |report: usize| stories.get(&reports[report].id);
    // Look-alikes ("12ecb", "12ecbplus") are held out together.
    let kinds: BTreeMap<String, usize> = stories.values().map(|s| (kind(s), 0)).collect();
    let kinds: BTreeMap<String, usize> = kinds.into_keys().zip((0..FOLDS).cycle()).collect();
    let fold = |report: usize| story(report).map_or(FOLDS, |story| kinds[&kind(story)]);
    let analyses: Vec<Analysis> = reports.par_iter().map(variorum_analyze::analyze).collect();
    let entries: Vec<_> = reports.iter().zip(&analyses).collect();
    let wanted = |a: usize, b: usize| story(a).is_some() && story(b).is_some();
    let found = grouping::compared(&grouping::digests(&entries), wanted);
    let counts = OF_A_SET / found.len().max(1) as f64;
    Ok(found
        .into_iter()
        .map(|(a, b, given)| Pair {
            features: logistic::with_bias(given),
            is_same: story(a) == story(b),
            counts,
            folds: [fold(a), fold(b)],
        })
        .collect())
}

fn kind(story: &str) -> String {
    story
        .trim_end_matches("plus")
        .trim_end_matches("ecb")
        .to_owned()
}
