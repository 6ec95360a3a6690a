//! Logistic regression over pairs, by Newton's method.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

/// Variance of a weight before anything is seen.
const PRIOR: f64 = 1.0;
/// Steps of Newton's method; the weights stand still long before.
const STEPS: usize = 25;

/// A labelled pair. The last of its features is the bias's and always one.
pub(crate) struct Pair<const N: usize> {
    pub features: [f64; N],
    pub is_same: bool,
    /// How much it counts.
    pub counts: f64,
    /// The parts of the data that its two belong to.
    pub folds: [usize; 2],
}

impl<const N: usize> Pair<N> {
    /// How likely it is the same, by some weights.
    pub(crate) fn likelihood(&self, weights: &[f64; N]) -> f64 {
        let sum: f64 = weights.iter().zip(&self.features).map(|(w, f)| w * f).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// What two share, as the features of a pair: the bias's comes last.
pub(crate) fn with_bias<const N: usize>(given: impl IntoIterator<Item = f32>) -> [f64; N] {
    let mut features = [1.0; N];
    for (feature, given) in features.iter_mut().zip(given) {
        *feature = f64::from(given);
    }
    features
}

/// Writes weights by the names of their features, behind what is said of them.
pub(crate) fn write(output: &Path, about: &str, names: &[&str], weights: &[f64]) -> Result<()> {
    let mut text = String::from(about);
    writeln!(text, "bias = {:.3}\n\n[weights]", weights[names.len()])?;
    for (name, weight) in names.iter().zip(weights) {
        writeln!(text, "{name} = {weight:.3}")?;
    }
    std::fs::write(output, text).with_context(|| output.display().to_string())
}

/// Learns from the pairs of which neither side belongs to the part that is held out.
pub(crate) fn learn<const N: usize>(pairs: &[Pair<N>], held_out: Option<usize>) -> [f64; N] {
    let mut weights = [0.0; N];
    for _ in 0..STEPS {
        let mut slope = [0.0; N];
        let mut curve = [[0.0; N]; N];
        for i in 0..N - 1 {
            slope[i] = -weights[i] / PRIOR;
            curve[i][i] = 1.0 / PRIOR;
        }
        let kept = |pair: &&Pair<N>| held_out.is_none_or(|fold| !pair.folds.contains(&fold));
        for pair in pairs.iter().filter(kept) {
            let likely = pair.likelihood(&weights);
            let error = f64::from(u8::from(pair.is_same)) - likely;
            let spread = likely * (1.0 - likely);
            for i in 0..N {
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
fn solve<const N: usize>(mut rows: [[f64; N]; N], mut sums: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let best = (i..N).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs()));
        let best = best.unwrap_or(i);
        rows.swap(i, best);
        sums.swap(i, best);
        for j in i + 1..N {
            let share = rows[j][i] / rows[i][i];
            let from = rows[i];
            for (cell, above) in rows[j].iter_mut().zip(from) {
                *cell -= share * above;
            }
            sums[j] -= share * sums[i];
        }
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|j| rows[i][j] * sums[j]).sum();
        sums[i] = (sums[i] - known) / rows[i][i];
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        const N: usize = 7;
        let mut rows = [[0.0; N]; N];
        let mut sums = [0.0; N];
        for i in 0..N {
            rows[i][(i + 1) % N] = 2.0;
            rows[i][i] = 1.0;
            sums[i] = 3.0;
        }
        assert!(solve(rows, sums).iter().all(|x| (x - 1.0).abs() < 1e-9));
    }
}
