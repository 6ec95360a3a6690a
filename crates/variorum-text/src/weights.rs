//! Weights of a logistic model by the names of its features, as the training writes them to a data file.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The file: a bias, and a weight for each feature.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights<T> {
    /// What is added to the weighed features.
    pub bias: T,
    /// By the names of the features.
    pub weights: BTreeMap<String, T>,
}

/// The same in the order of the features.
#[derive(Debug)]
pub struct Model<T, const N: usize> {
    /// What is added to the weighed features.
    pub bias: T,
    /// One for each feature.
    pub weights: [T; N],
}

impl<T: Copy + Default> Weights<T> {
    /// The weights in the order of some names; nothing for a name that the file lacks, which a test of each file forbids.
    pub fn in_order<const N: usize>(&self, names: [&str; N]) -> Model<T, N> {
        Model {
            bias: self.bias,
            weights: names.map(|name| self.weights.get(name).copied().unwrap_or_default()),
        }
    }
}
