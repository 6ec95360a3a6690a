//! Learns boosted decision trees (Friedman 2001) with histograms of binned features and trees grown
//! leaf by leaf, as LightGBM does (Ke et al. 2017).

use rayon::prelude::*;
use variorum_intake::page::forest::{Forest, Node};

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Growth {
    pub trees: usize,
    pub leaves: usize,
    /// What each tree's answer is multiplied with.
    pub rate: f64,
    /// Added to the curvature of each leaf.
    pub shrinkage: f64,
    /// Rows that a leaf has at least.
    pub least_rows: u32,
    /// Share of the features that a leaf may be split by.
    pub features: f64,
    pub seed: u64,
}

/// Most values that a feature is told apart by.
const BINS: usize = 64;

/// Rows with features, put into bins once for all forests that are learned from them.
pub(crate) struct Table {
    /// For each feature the greatest value of each bin but the last.
    edges: Vec<Vec<f32>>,
    /// For each feature the bin of each row.
    bins: Vec<Vec<u8>>,
}

impl Table {
    /// Puts rows into bins.
    pub(crate) fn new(rows: &[&[f32]]) -> Self {
        let count = rows.first().map_or(0, |row| row.len());
        let columns: Vec<(Vec<f32>, Vec<u8>)> = (0..count)
            .into_par_iter()
            .map(|feature| {
                let mut values: Vec<f32> = rows.iter().map(|row| row[feature]).collect();
                let edges = edges(&mut values);
                let bin = |row: &&[f32]| edges.partition_point(|&edge| edge < row[feature]) as u8;
                let bins = rows.iter().map(bin).collect();
                (edges, bins)
            })
            .collect();
        let (edges, bins) = columns.into_iter().unzip();
        Table { edges, bins }
    }
}

fn edges(values: &mut Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let all = values.len();
    let mut edges: Vec<f32> = (1..BINS).map(|bin| values[bin * all / BINS]).collect();
    // Values that are rare but distinct count as well.
    values.dedup();
    if values.len() <= BINS {
        edges.clone_from(values);
        edges.pop();
    }
    edges.dedup();
    edges
}

#[derive(Clone, Copy, Default)]
struct Cell {
    gradient: f64,
    curvature: f64,
    rows: u32,
}

impl Cell {
    fn minus(self, other: Cell) -> Cell {
        Cell {
            gradient: self.gradient - other.gradient,
            curvature: self.curvature - other.curvature,
            rows: self.rows - other.rows,
        }
    }
}

struct Leaf {
    rows: Vec<u32>,
    histograms: Vec<Vec<Cell>>,
    total: Cell,
    split: Option<Split>,
    node: usize,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    bin: usize,
}

/// Learns a forest from some rows of a table; `right`: whether a row is one to find; `weights`: how much it counts.
pub(crate) fn learn(
    table: &Table,
    rows: &[u32],
    right: &[bool],
    weights: &[f64],
    growth: Growth,
) -> Forest {
    let mut random = growth.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut sums = vec![0.0f64; right.len()];
    let mut steps = vec![(0.0f64, 0.0f64); right.len()];
    let mut forest = Forest::default();
    for _ in 0..growth.trees {
        for &row in rows {
            let row = row as usize;
            let likely = 1.0 / (1.0 + (-sums[row]).exp());
            let wanted = f64::from(u8::from(right[row]));
            steps[row] = (
                (likely - wanted) * weights[row],
                likely * (1.0 - likely) * weights[row],
            );
        }
        let (tree, leaves) = grow(table, rows, &steps, growth, &mut random);
        for leaf in leaves {
            let Node::Leaf(value) = tree[leaf.node] else {
                continue;
            };
            for row in leaf.rows {
                sums[row as usize] += f64::from(value);
            }
        }
        forest.trees.push(tree);
    }
    forest
}

fn grow(
    table: &Table,
    rows: &[u32],
    steps: &[(f64, f64)],
    growth: Growth,
    random: &mut u64,
) -> (Vec<Node>, Vec<Leaf>) {
    let mut tree = vec![Node::Leaf(0.0)];
    let histograms = histograms(table, rows, steps);
    let mut root = Leaf {
        rows: rows.to_vec(),
        total: total(&histograms),
        histograms,
        split: None,
        node: 0,
    };
    root.split = best(&root, growth, random);
    let mut leaves = vec![root];
    while leaves.len() < growth.leaves {
        let gain = |leaf: &Leaf| leaf.split.map_or(0.0, |split| split.gain);
        let Some(at) =
            (0..leaves.len()).max_by(|&a, &b| gain(&leaves[a]).total_cmp(&gain(&leaves[b])))
        else {
            break;
        };
        let Some(split) = leaves[at].split else { break };
        let leaf = leaves.swap_remove(at);
        let bins = &table.bins[split.feature];
        let (low, high): (Vec<u32>, Vec<u32>) = leaf
            .rows
            .iter()
            .partition(|&&row| usize::from(bins[row as usize]) <= split.bin);
        let (small, low_is_small) = if low.len() < high.len() {
            (&low, true)
        } else {
            (&high, false)
        };
        let of_small = self::histograms(table, small, steps);
        let mut of_large = leaf.histograms;
        for (large, small) in of_large.iter_mut().zip(&of_small) {
            for (large, small) in large.iter_mut().zip(small) {
                *large = large.minus(*small);
            }
        }
        let (of_low, of_high) = if low_is_small {
            (of_small, of_large)
        } else {
            (of_large, of_small)
        };
        let node = tree.len();
        tree[leaf.node] = Node::Split {
            feature: split.feature as u16,
            most: table.edges[split.feature][split.bin],
            low: node as u16,
            high: node as u16 + 1,
        };
        for (offset, (rows, histograms)) in [(low, of_low), (high, of_high)].into_iter().enumerate()
        {
            tree.push(Node::Leaf(0.0));
            let mut leaf = Leaf {
                rows,
                total: total(&histograms),
                histograms,
                split: None,
                node: node + offset,
            };
            leaf.split = best(&leaf, growth, random);
            leaves.push(leaf);
        }
    }
    for leaf in &leaves {
        let value = -leaf.total.gradient / (leaf.total.curvature + growth.shrinkage) * growth.rate;
        tree[leaf.node] = Node::Leaf(value as f32);
    }
    (tree, leaves)
}

fn histograms(table: &Table, rows: &[u32], steps: &[(f64, f64)]) -> Vec<Vec<Cell>> {
    let of = |bins: &Vec<u8>| {
        let mut cells = vec![Cell::default(); BINS];
        for &row in rows {
            let cell = &mut cells[usize::from(bins[row as usize])];
            let (gradient, curvature) = steps[row as usize];
            cell.gradient += gradient;
            cell.curvature += curvature;
            cell.rows += 1;
        }
        cells
    };
    table.bins.par_iter().map(of).collect()
}

fn total(histograms: &[Vec<Cell>]) -> Cell {
    let mut total = Cell::default();
    for cell in histograms.first().into_iter().flatten() {
        total.gradient += cell.gradient;
        total.curvature += cell.curvature;
        total.rows += cell.rows;
    }
    total
}

fn best(leaf: &Leaf, growth: Growth, random: &mut u64) -> Option<Split> {
    let worth = |cell: Cell| cell.gradient * cell.gradient / (cell.curvature + growth.shrinkage);
    let mut best: Option<Split> = None;
    for (feature, cells) in leaf.histograms.iter().enumerate() {
        // xorshift64
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        if (*random >> 11) as f64 / (1u64 << 53) as f64 > growth.features {
            continue;
        }
        let mut low = Cell::default();
        for (bin, cell) in cells.iter().enumerate().take(BINS - 1) {
            low.gradient += cell.gradient;
            low.curvature += cell.curvature;
            low.rows += cell.rows;
            let high = leaf.total.minus(Cell {
                rows: low.rows.min(leaf.total.rows),
                ..low
            });
            if low.rows < growth.least_rows || cell.rows == 0 {
                continue;
            }
            if high.rows < growth.least_rows {
                break;
            }
            let gain = worth(low) + worth(high) - worth(leaf.total);
            if gain > 1e-9 && best.is_none_or(|best| gain > best.gain) {
                best = Some(Split { gain, feature, bin });
            }
        }
    }
    best
}
