//! Labels for a row of tokens, chosen together: a linear chain (Lafferty et al. 2001) over hashed features.
//!
//! Each token has features of its own and features that count together with the label before it; the
//! labels that weigh most together are found by Viterbi's algorithm.

use crate::rows;

/// What a model looks at, token by token.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    features: Vec<u64>,
    /// For each token where its features end, and where those shared with the label before end.
    ends: Vec<(usize, usize)>,
}

impl Observed {
    /// Forgets all tokens.
    pub fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a token: its own features, and those that count with the label before it.
    pub fn push(&mut self, own: &[u64], shared: &[u64]) {
        self.features.extend(own);
        let middle = self.features.len();
        self.features.extend(shared);
        self.ends.push((middle, self.features.len()));
    }

    /// The features of a token.
    pub fn own(&self, at: usize) -> &[u64] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.features[start..self.ends[at].0]
    }

    /// The features that a token shares with the label before it.
    pub fn shared(&self, at: usize) -> &[u64] {
        let (start, end) = self.ends[at];
        &self.features[start..end]
    }
}

/// How the block of weights of a model with `N` labels is laid out: `2^own` rows of `N` bytes for the features
/// of a token, then `2^shared` rows of `N` times `N` bytes for those shared with the label before, which
/// is told first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Two to this power is the number of rows for features of a token.
    pub own: u32,
    /// The same for features shared with the label before.
    pub shared: u32,
}

/// The labels below `N` that weigh most together; each gets its `bias`. The label before the first
/// token is 0.
pub fn decode<const N: usize>(
    weights: &[u8],
    layout: Layout,
    observed: &Observed,
    bias: [i32; N],
) -> Vec<usize> {
    let (own, shared) = weights.split_at((N << layout.own).min(weights.len()));
    let mut best = [i32::MIN / 2; N];
    best[0] = 0;
    let mut from: Vec<[u8; N]> = Vec::with_capacity(observed.len());
    for at in 0..observed.len() {
        let sums = rows::sums::<N>(own, layout.own, observed.own(at));
        let steps = steps::<N>(shared, layout.shared, observed.shared(at));
        let mut next = [i32::MIN; N];
        let mut before = [0; N];
        for (label, (&so_far, steps)) in best.iter().zip(&steps).enumerate() {
            for to in 0..N {
                let sum = so_far + steps[to];
                if sum > next[to] {
                    next[to] = sum;
                    before[to] = label as u8;
                }
            }
        }
        for to in 0..N {
            best[to] = next[to] + sums[to] + bias[to];
        }
        from.push(before);
    }
    let mut label = rows::best(&best);
    let mut labels = vec![0; observed.len()];
    for at in (0..observed.len()).rev() {
        labels[at] = label;
        label = usize::from(from[at][label]);
    }
    labels
}

/// What each step from label to label weighs.
fn steps<const N: usize>(weights: &[u8], bits: u32, features: &[u64]) -> [[i32; N]; N] {
    let mut steps = [[0i16; N]; N];
    for &feature in features {
        let start = rows::row(feature, bits) * N * N;
        let row = weights.get(start..start + N * N).unwrap_or_default();
        rows::add(steps.as_flattened_mut(), row);
    }
    steps.map(|sums| sums.map(i32::from))
}
