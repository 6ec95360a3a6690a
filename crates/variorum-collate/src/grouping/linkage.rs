//! Which of some reports belong together: average linkage, held against the cohesion of the groups.
//!
//! The two groups whose reports are most likely of one story on average join first, until no two are
//! likely enough. How likely is enough depends on how close the reports inside the groups lie: two
//! tight groups that are merely alike are two happenings of one kind (two earthquakes, two rulings), while
//! two loose reports may be as alike and tell the same.

/// Groups join when their average likeness is at least this share of their cohesion.
const ENOUGH: f32 = 0.5;
/// The cohesion of a single report: of groups that nothing is known about yet.
const COHESION: f32 = 0.4;
/// How many pairs of reports that counts for.
const PRIOR: f32 = 3.0;

/// A group of reports that may join others.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// How many reports it has.
    pub size: f32,
    /// The sum of the likenesses of its reports with each other.
    pub within: f32,
}

impl Group {
    /// The average likeness of its reports with each other.
    fn cohesion(&self) -> f32 {
        let pairs = self.size * (self.size - 1.0) / 2.0;
        (self.within + PRIOR * COHESION) / (pairs + PRIOR)
    }
}

/// How alike two groups are for their cohesion, given the sum of the likenesses between their
/// reports.
pub(super) fn strength(a: &Group, b: &Group, between: f32) -> f32 {
    between / (a.size * b.size) / a.cohesion().max(b.cohesion())
}

/// Joins groups. `between` holds the sums of the likenesses between the reports of two groups, the
/// lesser index first. Returns lists of indexes into `groups`, each in ascending order, in the order
/// of their first members.
pub(super) fn link(groups: &[Group], between: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    let count = groups.len();
    let mut groups = groups.to_vec();
    let mut members: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
    let mut sums = vec![0.0f32; count * count];
    for &(a, b, sum) in between {
        sums[a * count + b] += sum;
        sums[b * count + a] += sum;
    }
    let partner = |groups: &[Group], members: &[Vec<usize>], sums: &[f32], a: usize| {
        let mut best = (0.0f32, usize::MAX);
        for b in 0..count {
            if b == a || members[b].is_empty() || sums[a * count + b] <= 0.0 {
                continue;
            }
            let now = strength(&groups[a], &groups[b], sums[a * count + b]);
            if now > best.0 {
                best = (now, b);
            }
        }
        best
    };
    let mut best: Vec<(f32, usize)> = (0..count)
        .map(|a| partner(&groups, &members, &sums, a))
        .collect();
    loop {
        let strongest = (0..count)
            .filter(|&a| !members[a].is_empty())
            .max_by(|&a, &b| best[a].0.total_cmp(&best[b].0).then(b.cmp(&a)));
        let Some(a) = strongest.filter(|&a| best[a].0 >= ENOUGH) else {
            break;
        };
        let b = best[a].1;
        groups[a].within += groups[b].within + sums[a * count + b];
        groups[a].size += groups[b].size;
        let joined = std::mem::take(&mut members[b]);
        members[a].extend(joined);
        for other in 0..count {
            let sum = sums[b * count + other];
            if other != a {
                sums[a * count + other] += sum;
                sums[other * count + a] += sum;
            }
        }
        best[a] = partner(&groups, &members, &sums, a);
        for other in 0..count {
            if other == a || members[other].is_empty() {
                continue;
            }
            if best[other].1 == a || best[other].1 == b {
                best[other] = partner(&groups, &members, &sums, other);
            } else if sums[other * count + a] > 0.0 {
                let now = strength(&groups[other], &groups[a], sums[other * count + a]);
                if now > best[other].0 {
                    best[other] = (now, a);
                }
            }
        }
    }
    let mut found: Vec<Vec<usize>> = members.into_iter().filter(|m| !m.is_empty()).collect();
    for group in &mut found {
        group.sort_unstable();
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, between: &[(usize, usize, f32)], expected: &[&[usize]]) {
        let groups = vec![
            Group {
                size: 1.0,
                within: 0.0
            };
            count
        ];
        assert_eq!(link(&groups, between), expected, "{between:?}");
    }

    #[test]
    fn groups_join_while_they_are_alike_for_their_cohesion() {
        check(0, &[], &[]);
        check(3, &[(0, 1, 0.5)], &[&[0, 1], &[2]]);
        check(2, &[(0, 1, 0.1)], &[&[0], &[1]]);
        // 2 is like 1 but not like 0.
        check(3, &[(0, 1, 0.5), (1, 2, 0.3)], &[&[0, 1], &[2]]);
        check(3, &[(0, 1, 0.5), (1, 2, 0.4), (0, 2, 0.3)], &[&[0, 1, 2]]);
        // Of two equal joins the earlier wins.
        check(3, &[(1, 2, 0.3), (0, 1, 0.3)], &[&[0, 1], &[2]]);
    }

    #[test]
    fn two_tight_groups_that_are_merely_alike_stay_apart() {
        let mut between = Vec::new();
        for a in 0..8 {
            for b in a + 1..8 {
                let same = (a < 4) == (b < 4);
                between.push((a, b, if same { 0.95 } else { 0.3 }));
            }
        }
        check(8, &between, &[&[0, 1, 2, 3], &[4, 5, 6, 7]]);
        // Loose reports that are as alike are one story.
        let loose: Vec<_> = (0..4)
            .flat_map(|a| (a + 1..4).map(move |b| (a, b, 0.3)))
            .collect();
        check(4, &loose, &[&[0, 1, 2, 3]]);
    }
}
