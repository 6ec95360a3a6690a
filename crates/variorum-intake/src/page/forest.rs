//! Boosted decision trees: how likely a block with some features belongs to the article.

use serde::{Deserialize, Serialize};

/// So many rows are judged at a time; their features stay in the nearest cache.
const TOGETHER: usize = 16;

/// Trees whose answers are added up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Forest {
    /// What the answers are added to.
    pub base: f32,
    /// The trees, each as its nodes, the root first.
    pub trees: Vec<Vec<Node>>,
}

/// A node of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Goes on at `low` when the feature is at most `least`, else at `high`.
    Split {
        /// Which feature.
        feature: u16,
        /// The greatest value of the lower side.
        most: f32,
        /// Where the lower side goes on; always behind this node.
        low: u16,
        /// Where the higher side goes on; always behind this node.
        high: u16,
    },
    /// The answer.
    Leaf(f32),
}

impl Forest {
    /// The probability, 0 to 1.
    pub fn probability(&self, features: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| answer(tree, features)).sum();
        self.squashed(sum)
    }

    /// The probability of each of many, the same as one by one but sooner: a tree that was just
    /// walked is at hand, and neighbours take much the same way through it.
    pub(super) fn probabilities(&self, rows: &[Vec<f32>]) -> Vec<f32> {
        let mut sums = vec![0.0; rows.len()];
        for (rows, sums) in rows.chunks(TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
            for tree in &self.trees {
                for (row, sum) in rows.iter().zip(&mut *sums) {
                    *sum += answer(tree, row);
                }
            }
        }
        sums.into_iter().map(|sum| self.squashed(sum)).collect()
    }

    fn squashed(&self, sum: f32) -> f32 {
        1.0 / (1.0 + (-(self.base + sum)).exp())
    }
}

fn answer(tree: &[Node], features: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        match tree.get(at) {
            Some(&Node::Split {
                feature,
                most,
                low,
                high,
            }) => {
                let value = features.get(usize::from(feature)).copied().unwrap_or(0.0);
                let next = usize::from(if value <= most { low } else { high });
                if next <= at {
                    return 0.0;
                }
                at = next;
            }
            Some(&Node::Leaf(value)) => return value,
            None => return 0.0,
        }
    }
}
