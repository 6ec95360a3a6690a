//! Learns how to weigh what two reports share, from reports that are labelled with their stories.
//!
//! Logistic regression by Newton's method over pairs of labelled reports; both sets count alike, however
//! many pairs they give.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use variorum_collate::grouping::{self, FEATURES, NAMES};
use variorum_model::{Analysis, PublishedFrom, Report};

/// What all pairs of one set count for together.
const OF_A_SET: f64 = 30_000.0;
/// Variance of a weight before anything is seen.
const PRIOR: f64 = 1.0;
/// Steps of Newton's method; the weights stand still long before.
const STEPS: usize = 25;
/// Parts of the stories, each of which is held out once.
const FOLDS: usize = 5;
/// Weights: one for each feature and the bias.
const WEIGHTS: usize = FEATURES + 1;

type Vector = [f64; WEIGHTS];

/// A pair of labelled reports.
struct Pair {
    features: Vector,
    is_same: bool,
    counts: f64,
    /// The parts of the stories that its reports belong to.
    folds: [usize; 2],
}

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
        let weights = learn(&pairs, Some(fold));
        let held_out = || pairs.iter().filter(|pair| pair.folds.contains(&fold));
        right += held_out()
            .filter(|p| (likelihood(&weights, p) > 0.5) == p.is_same)
            .count();
        all += held_out().count();
    }
    println!(
        "held-out pairs told apart: {:.4}",
        right as f64 / all as f64
    );
    let weights = learn(&pairs, None);
    let mut text = String::from(
        "# How much each of the features of `grouping/likeness.rs` speaks for two reports telling one story.\n\
         # Written by `cargo run --release -p variorum-train -- likeness`.\n",
    );
    writeln!(text, "bias = {:.3}\n\n[weights]", weights[FEATURES])?;
    for (name, weight) in NAMES.iter().zip(weights) {
        writeln!(text, "{name} = {weight:.3}")?;
    }
    std::fs::write(output, text).with_context(|| output.display().to_string())
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
        .map(|(a, b, given)| {
            let mut features = [1.0; WEIGHTS];
            for (feature, given) in features.iter_mut().zip(given) {
                *feature = f64::from(given);
            }
            Pair {
                features,
                is_same: story(a) == story(b),
                counts,
                folds: [fold(a), fold(b)],
            }
        })
        .collect())
}

fn kind(story: &str) -> String {
    story
        .trim_end_matches("plus")
        .trim_end_matches("ecb")
        .to_owned()
}

fn likelihood(weights: &Vector, pair: &Pair) -> f64 {
    let sum: f64 = weights.iter().zip(&pair.features).map(|(w, f)| w * f).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Learns from the pairs of which neither report belongs to the part that is held out.
fn learn(pairs: &[Pair], held_out: Option<usize>) -> Vector {
    let mut weights = [0.0; WEIGHTS];
    for _ in 0..STEPS {
        let mut slope = [0.0; WEIGHTS];
        let mut curve = [[0.0; WEIGHTS]; WEIGHTS];
        for i in 0..FEATURES {
            slope[i] = -weights[i] / PRIOR;
            curve[i][i] = 1.0 / PRIOR;
        }
        let kept = |pair: &&Pair| held_out.is_none_or(|fold| !pair.folds.contains(&fold));
        for pair in pairs.iter().filter(kept) {
            let likely = likelihood(&weights, pair);
            let error = f64::from(u8::from(pair.is_same)) - likely;
            let spread = likely * (1.0 - likely);
            for i in 0..WEIGHTS {
                slope[i] += pair.counts * error * pair.features[i];
                for (cell, feature) in curve[i].iter_mut().zip(pair.features) {
                    *cell += pair.counts * spread * pair.features[i] * feature;
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(curve, slope)) {
            *weight += step;
        }
    }
    weights
}

/// Solves a system of linear equations by elimination.
fn solve(mut rows: [Vector; WEIGHTS], mut sums: Vector) -> Vector {
    for i in 0..WEIGHTS {
        let best = (i..WEIGHTS).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs()));
        let best = best.unwrap_or(i);
        rows.swap(i, best);
        sums.swap(i, best);
        for j in i + 1..WEIGHTS {
            let share = rows[j][i] / rows[i][i];
            let from = rows[i];
            for (cell, above) in rows[j].iter_mut().zip(from) {
                *cell -= share * above;
            }
            sums[j] -= share * sums[i];
        }
    }
    for i in (0..WEIGHTS).rev() {
        let known: f64 = (i + 1..WEIGHTS).map(|j| rows[i][j] * sums[j]).sum();
        sums[i] = (sums[i] - known) / rows[i][i];
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let mut rows = [[0.0; WEIGHTS]; WEIGHTS];
        let mut sums = [0.0; WEIGHTS];
        for i in 0..WEIGHTS {
            rows[i][(i + 1) % WEIGHTS] = 2.0;
            rows[i][i] = 1.0;
            sums[i] = 3.0;
        }
        assert!(solve(rows, sums).iter().all(|x| (x - 1.0).abs() < 1e-9));
    }
}
