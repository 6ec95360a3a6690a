//! Average linkage over a sparse graph: the two groups whose members are most alike on average join
//! first, until no two are alike enough. Pairs without an edge count as unlike.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// How alike two items are; `a` comes before `b`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub a: usize,
    pub b: usize,
    pub alike: f64,
}

/// A join that may happen: the likeness of two groups when it was noted.
#[derive(PartialEq)]
struct Join {
    alike: f64,
    a: usize,
    b: usize,
}

impl Eq for Join {}

/// The most alike first; of equals the earliest.
impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.alike
            .total_cmp(&other.alike)
            .then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Groups of `0..count`, each in ascending order, in the order of their first items. Groups join
/// while they are at least `enough` alike on average; items at least `same` alike are joined
/// beforehand and count as one, so that many copies of one text do not outweigh the others.
pub(super) fn average(count: usize, edges: &[Edge], enough: f64, same: f64) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..count).collect();
    for edge in edges.iter().filter(|edge| edge.alike >= same) {
        let (a, b) = (root(&mut parent, edge.a), root(&mut parent, edge.b));
        parent[a.max(b)] = a.min(b);
    }
    // Between two groups the sum of the likenesses of their texts; between copies of one text
    // and another text the greatest.
    let mut sums: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    for edge in edges {
        let (a, b) = (root(&mut parent, edge.a), root(&mut parent, edge.b));
        if a != b {
            for (from, to) in [(a, b), (b, a)] {
                let sum = sums[from].entry(to).or_insert(0.0);
                *sum = sum.max(edge.alike);
            }
        }
    }
    let mut size = vec![1usize; count];
    let mut heap: BinaryHeap<Join> = sums
        .iter()
        .enumerate()
        .flat_map(|(a, near)| {
            near.range(a + 1..)
                .map(move |(&b, &alike)| Join { alike, a, b })
        })
        .filter(|join| join.alike >= enough)
        .collect();
    while let Some(Join { alike, a, b }) = heap.pop() {
        let stands = parent[a] == a && parent[b] == b;
        let Some(&sum) = sums[a].get(&b) else {
            continue;
        };
        let now = sum / (size[a] * size[b]) as f64;
        if !stands || now < alike {
            continue;
        }
        // The group with more neighbours takes in the other, so that the work stays small.
        let (keep, lose) = if sums[a].len() >= sums[b].len() {
            (a, b)
        } else {
            (b, a)
        };
        parent[lose] = keep;
        size[keep] += size[lose];
        for (other, sum) in std::mem::take(&mut sums[lose]) {
            sums[other].remove(&lose);
            if other != keep {
                *sums[keep].entry(other).or_insert(0.0) += sum;
                *sums[other].entry(keep).or_insert(0.0) += sum;
            }
        }
        for (&other, &sum) in &sums[keep] {
            let alike = sum / (size[keep] * size[other]) as f64;
            if alike >= enough {
                heap.push(Join {
                    alike,
                    a: keep.min(other),
                    b: keep.max(other),
                });
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for item in 0..count {
        groups
            .entry(root(&mut parent, item))
            .or_default()
            .push(item);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}

fn root(parent: &mut [usize], mut item: usize) -> usize {
    while parent[item] != item {
        parent[item] = parent[parent[item]];
        item = parent[item];
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, edges: &[(usize, usize, f64)], expected: &[&[usize]]) {
        let edges: Vec<_> = edges
            .iter()
            .map(|&(a, b, alike)| Edge { a, b, alike })
            .collect();
        assert_eq!(average(count, &edges, 0.3, 0.9), expected, "{edges:?}");
    }

    #[test]
    fn groups_join_while_alike_on_average() {
        check(0, &[], &[]);
        check(3, &[(0, 1, 0.5)], &[&[0, 1], &[2]]);
        // 2 is like 1 but not like 0: (0.4 + 0) / 2 is too little.
        check(3, &[(0, 1, 0.5), (1, 2, 0.4)], &[&[0, 1], &[2]]);
        check(3, &[(0, 1, 0.5), (1, 2, 0.4), (0, 2, 0.3)], &[&[0, 1, 2]]);
        // Of two equal joins the earlier wins.
        check(3, &[(1, 2, 0.5), (0, 1, 0.5)], &[&[0, 1], &[2]]);
    }

    #[test]
    fn copies_count_once() {
        // 0, 1 and 2 are one text; as three they would outvote the likeness of 2 and 3.
        check(
            4,
            &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 0.35)],
            &[&[0, 1, 2, 3]],
        );
    }
}
