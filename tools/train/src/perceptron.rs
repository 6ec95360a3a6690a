//! The averaged perceptron that all linear models here are learned with (Collins 2002).

use variorum_text::rows;

/// Weights while they are learned: rows of `N`, one for each answer.
pub(crate) struct Perceptron<const N: usize> {
    bits: u32,
    weights: Vec<f32>,
    /// Sums over time, and the step at which each was last brought up to date.
    totals: Vec<f64>,
    stamps: Vec<u32>,
    step: u32,
}

impl<const N: usize> Perceptron<N> {
    /// All weights nought, in a table of `2^bits` rows.
    pub(crate) fn new(bits: u32) -> Self {
        let size = N << bits;
        Perceptron {
            bits,
            weights: vec![0.0; size],
            totals: vec![0.0; size],
            stamps: vec![0; size],
            step: 0,
        }
    }

    /// What each answer weighs, given some features.
    pub(crate) fn sums(&self, features: &[u64]) -> [f32; N] {
        let mut sums = [0.0; N];
        for &feature in features {
            let start = rows::row(feature, self.bits) * N;
            for (sum, weight) in sums.iter_mut().zip(&self.weights[start..start + N]) {
                *sum += weight;
            }
        }
        sums
    }

    /// Counts one decision, and learns from it when the guess was wrong.
    pub(crate) fn learn(&mut self, features: &[u64], right: usize, guess: usize) {
        self.step += 1;
        if right == guess {
            return;
        }
        for &feature in features {
            let start = rows::row(feature, self.bits) * N;
            self.change(start + right, 1.0);
            self.change(start + guess, -1.0);
        }
    }

    fn change(&mut self, at: usize, change: f32) {
        let waited = self.step - self.stamps[at];
        self.totals[at] += f64::from(waited) * f64::from(self.weights[at]);
        self.stamps[at] = self.step;
        self.weights[at] += change;
    }

    /// The averaged weights as whole numbers from -127 to 127, one byte each.
    pub(crate) fn quantized(&mut self) -> Vec<u8> {
        for at in 0..self.weights.len() {
            self.change(at, 0.0);
        }
        let steps = f64::from(self.step);
        let average: Vec<f64> = self.totals.iter().map(|total| total / steps).collect();
        quantized(&average)
    }
}

/// The place of the greatest sum, the first of equals.
pub(crate) fn best(sums: &[f32]) -> usize {
    (0..sums.len()).fold(0, |best, at| if sums[at] > sums[best] { at } else { best })
}

/// Weights as whole numbers from -127 to 127, one byte each; the greatest hundred-thousandth is cut.
pub(crate) fn quantized(weights: &[f64]) -> Vec<u8> {
    let mut sizes: Vec<f64> = weights
        .iter()
        .map(|weight| weight.abs())
        .filter(|size| *size > 0.0)
        .collect();
    sizes.sort_by(f64::total_cmp);
    let top = sizes
        .get(sizes.len() * 99_999 / 100_000)
        .copied()
        .unwrap_or(1.0);
    weights
        .iter()
        .map(|weight| (weight / top * 127.0).round().clamp(-127.0, 127.0) as i8)
        .map(|weight| weight.to_ne_bytes()[0])
        .collect()
}

/// The numbers below `count` in an order that depends on the seed alone.
pub(crate) fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for i in (1..count).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    order
}
