//! Learns the weights of a linear chain: conditional likelihood, by stochastic gradient with a rate for each
//! weight (AdaGrad, Duchi et al. 2011).

use variorum_text::rows;
use variorum_text::sequence::{Layout, Observed};

use crate::perceptron::{quantized, shuffled};

/// How far a weight goes at a step.
const RATE: f32 = 0.1;
/// What the sum of a weight's squared gradients begins with; the greater, the slower the first steps.
const FIRST_SQUARE: f32 = 0.3;

/// A row of tokens with their labels.
pub(crate) struct Example {
    pub(crate) observed: Observed,
    pub(crate) labels: Vec<usize>,
}

/// Reads all examples `rounds` times and gives the weights as `layout` has them.
pub(crate) fn learn<const N: usize>(examples: &[Example], layout: Layout, rounds: u64) -> Vec<u8> {
    let size = (N << layout.own) + ((N * N) << layout.shared);
    let mut chain = Chain::<N> {
        layout,
        weights: vec![0.0; size],
        squares: vec![FIRST_SQUARE; size],
    };
    let mut totals = vec![0.0f64; size];
    for round in 0..rounds {
        let mut loss = 0.0;
        for index in shuffled(examples.len(), round) {
            let seed = (round << 32) | index as u64;
            loss += chain.step(&thinned(&examples[index], seed));
        }
        // The mean over the second half of the rounds is steadier than the last state.
        if round >= rounds / 2 {
            for (total, weight) in totals.iter_mut().zip(&chain.weights) {
                *total += f64::from(*weight);
            }
        }
        eprint!(
            "\rround {} of {rounds}: loss {:.4}  ",
            round + 1,
            loss / examples.len() as f64
        );
    }
    eprintln!();
    quantized(&totals)
}

/// An example without the features that chance leaves out, so that no feature can rely on another one
/// ("dropout"). Without it the model learns its sample by heart.
fn thinned(example: &Example, seed: u64) -> Example {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut keep = |feature: &u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(feature | 1);
        state >> 63 == 0
    };
    let mut observed = Observed::default();
    for at in 0..example.observed.len() {
        let mut kept = |features: &[u64]| -> Vec<u64> {
            features.iter().copied().filter(|f| keep(f)).collect()
        };
        let own = kept(example.observed.own(at));
        let shared = kept(example.observed.shared(at));
        observed.push(&own, &shared);
    }
    Example {
        observed,
        labels: example.labels.clone(),
    }
}

struct Chain<const N: usize> {
    layout: Layout,
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl<const N: usize> Chain<N> {
    /// Where the weights of a feature of a token begin.
    fn own(&self, feature: u64) -> usize {
        rows::row(feature, self.layout.own) * N
    }

    /// Where the weights of a feature shared with the label before begin.
    fn shared(&self, feature: u64, label: usize) -> usize {
        (N << self.layout.own) + (rows::row(feature, self.layout.shared) * N + label) * N
    }

    fn sums(&self, starts: impl Iterator<Item = usize>) -> [f64; N] {
        let mut sums = [0.0; N];
        for start in starts {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[start..start + N]) {
                *sum += f64::from(*weight);
            }
        }
        sums
    }

    /// One step down the gradient of one example; gives its loss.
    fn step(&mut self, example: &Example) -> f64 {
        let observed = &example.observed;
        let count = observed.len();
        if count == 0 {
            return 0.0;
        }
        let own: Vec<[f64; N]> = (0..count)
            .map(|at| self.sums(observed.own(at).iter().map(|&f| self.own(f))))
            .collect();
        let steps: Vec<[[f64; N]; N]> = (0..count)
            .map(|at| {
                std::array::from_fn(|label| {
                    self.sums(observed.shared(at).iter().map(|&f| self.shared(f, label)))
                })
            })
            .collect();
        // Forward and backward sums, in logarithms.
        let mut forward = vec![[f64::NEG_INFINITY; N]; count];
        for to in 0..N {
            forward[0][to] = steps[0][0][to] + own[0][to];
        }
        for at in 1..count {
            for to in 0..N {
                let parts: [f64; N] =
                    std::array::from_fn(|from| forward[at - 1][from] + steps[at][from][to]);
                forward[at][to] = log_sum(&parts) + own[at][to];
            }
        }
        let mut backward = vec![[0.0; N]; count];
        for at in (0..count - 1).rev() {
            for from in 0..N {
                let parts: [f64; N] = std::array::from_fn(|to| {
                    steps[at + 1][from][to] + own[at + 1][to] + backward[at + 1][to]
                });
                backward[at][from] = log_sum(&parts);
            }
        }
        let whole = log_sum(&forward[count - 1]);
        let mut gold = 0.0;
        for at in 0..count {
            let label = example.labels[at];
            let before = at.checked_sub(1).map_or(0, |b| example.labels[b]);
            gold += own[at][label] + steps[at][before][label];
        }
        for at in 0..count {
            let right = example.labels[at];
            let expected: [f64; N] =
                std::array::from_fn(|l| (forward[at][l] + backward[at][l] - whole).exp());
            let change =
                std::array::from_fn(|l| (f64::from(u8::from(l == right)) - expected[l]) as f32);
            for &feature in observed.own(at) {
                self.change(self.own(feature), &change);
            }
            let before = at.checked_sub(1).map_or(0, |b| example.labels[b]);
            for from in 0..N {
                let reached = match at.checked_sub(1) {
                    Some(b) => forward[b][from],
                    None if from == 0 => 0.0,
                    None => continue,
                };
                let change = std::array::from_fn(|to| {
                    let chance = (reached + steps[at][from][to] + own[at][to] + backward[at][to]
                        - whole)
                        .exp();
                    let is_gold = from == before && to == right;
                    (f64::from(u8::from(is_gold)) - chance) as f32
                });
                for &feature in observed.shared(at) {
                    self.change(self.shared(feature, from), &change);
                }
            }
        }
        whole - gold
    }

    fn change(&mut self, start: usize, change: &[f32; N]) {
        for (at, &change) in (start..).zip(change) {
            if change.abs() > 1e-4 {
                self.squares[at] += change * change;
                self.weights[at] += RATE * change / self.squares[at].sqrt();
            }
        }
    }
}

fn log_sum(parts: &[f64]) -> f64 {
    let top = parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY {
        return top;
    }
    top + parts
        .iter()
        .map(|part| (part - top).exp())
        .sum::<f64>()
        .ln()
}
