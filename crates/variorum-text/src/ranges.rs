//! Which of many ranges share a part with another.
//!
//! Who asks this of each statement of a report about all others takes as long for each, however many there are. The
//! ranges are sorted by where they begin, with a tree over them that knows how far those under each node reach; whole
//! branches that end before the place asked for are passed over.

use std::ops::Range;

/// The ranges of many owners.
#[derive(Debug, Clone)]
pub struct Ranges {
    /// Begin, end and owner, sorted.
    ranges: Vec<(usize, usize, usize)>,
    /// A binary heap of the greatest ends: the leaves are the ranges, padded to a power of two.
    reach: Vec<usize>,
}

impl Ranges {
    /// The ranges of each of some owners, which are numbered in their order.
    pub fn of<'r, R>(owners: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = &'r Range<usize>>,
    {
        let mut ranges: Vec<(usize, usize, usize)> = owners
            .into_iter()
            .enumerate()
            .flat_map(|(at, ranges)| {
                ranges
                    .into_iter()
                    .map(move |range| (range.start, range.end, at))
            })
            .collect();
        ranges.sort_unstable();
        let leaves = ranges.len().next_power_of_two();
        let mut reach = vec![0; 2 * leaves];
        for (leaf, range) in ranges.iter().enumerate() {
            reach[leaves + leaf] = range.1;
        }
        for node in (1..leaves).rev() {
            reach[node] = reach[2 * node].max(reach[2 * node + 1]);
        }
        Ranges { ranges, reach }
    }

    /// The owners of those that share a part with a range, in the order of where these begin; an owner of several
    /// more than once.
    pub fn meeting(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let (start, end) = (range.start, range.end);
        let behind = self.ranges.partition_point(|one| one.0 < end);
        let mut next = 0;
        std::iter::from_fn(move || {
            let at = self.reaching(next, start).filter(|&at| at < behind)?;
            next = at + 1;
            Some(self.ranges[at].2)
        })
    }

    /// The owner with the least number that fits, of those that share a part with one of some ranges.
    pub fn first<'r>(
        &self,
        ranges: impl IntoIterator<Item = &'r Range<usize>>,
        fits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let met = ranges
            .into_iter()
            .flat_map(|range| self.meeting(range.clone()));
        met.filter(|&at| fits(at)).min()
    }

    /// The first range from an index on that ends behind a place.
    fn reaching(&self, from: usize, place: usize) -> Option<usize> {
        let leaves = self.reach.len() / 2;
        let mut node = leaves + from;
        if from >= leaves {
            return None;
        }
        // Up to the first branch on the right that reaches so far, and down to its first leaf that does.
        while self.reach[node] <= place {
            while node % 2 == 1 {
                node /= 2;
            }
            if node == 0 {
                return None;
            }
            node += 1;
        }
        while node < leaves {
            node *= 2;
            if self.reach[node] <= place {
                node += 1;
            }
        }
        Some(node - leaves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_meets_a_range_is_found(
            given in proptest::collection::vec((0usize..30, 0usize..30), 0..20),
            start in 0usize..30,
            length in 0usize..30,
        ) {
            let ranges: Vec<Range<usize>> = given.iter().map(|&(at, long)| at..at + long).collect();
            let asked = start..start + length;
            let meets = |one: &Range<usize>| one.start < asked.end && asked.start < one.end;
            let all = Ranges::of(ranges.iter().map(std::iter::once));
            let mut found: Vec<usize> = all.meeting(asked.clone()).collect();
            found.sort_unstable();
            let expected: Vec<usize> = (0..ranges.len()).filter(|&at| meets(&ranges[at])).collect();
            proptest::prop_assert_eq!(all.first([&asked], |_| true), expected.first().copied());
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
