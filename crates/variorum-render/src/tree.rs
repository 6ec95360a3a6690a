//! Who took text from whom, as a tree: each report stands under the one that it shares most of its text
//! with, from the origin down.

use std::collections::BTreeMap;

use variorum_model::{Evidence, Origin, OriginEdge};

/// A report of an origin in its tree.
#[derive(Debug, PartialEq)]
pub(crate) struct Row<'a> {
    /// Id of the report.
    pub(crate) report: &'a str,
    /// How many reports stand above it in its branch.
    pub(crate) depth: usize,
    /// What it shares with the report above it; nothing for the first of a branch.
    pub(crate) taken: Option<Taken<'a>>,
}

/// What a report shares with the one above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Taken<'a> {
    /// Id of that report.
    pub(crate) from: &'a str,
    /// Whether it is known to have had the words first.
    pub(crate) known: bool,
    pub(crate) edge: &'a OriginEdge,
}

impl<'a> Taken<'a> {
    /// The shared passages: as the report above has each, and as this one does.
    pub(crate) fn passages(&self) -> impl Iterator<Item = (&'a Evidence, &'a Evidence)> {
        self.edge.passages.iter().map(|(from, to)| (from, to))
    }
}

/// The reports of an origin, each behind the one that it stands under. Those that share no text with another
/// stand at the end.
pub(crate) fn rows(origin: &Origin) -> Vec<Row<'_>> {
    let places: BTreeMap<&str, usize> = origin
        .reports
        .iter()
        .enumerate()
        .map(|(at, id)| (id.as_str(), at))
        .collect();
    let mut edges: Vec<(usize, usize, Taken<'_>)> = origin
        .edges
        .iter()
        .filter_map(|edge| {
            let (from, known) = match &edge.from {
                Some(from) => (from.as_str(), true),
                None => (partner(edge)?, false),
            };
            let taken = Taken { from, known, edge };
            Some((*places.get(from)?, *places.get(edge.to.as_str())?, taken))
        })
        .collect();
    // What is known before what is not, then the greatest share, then the earliest report.
    edges.sort_by(|(a, _, x), (b, _, y)| {
        let share = y.edge.share.total_cmp(&x.edge.share);
        y.known.cmp(&x.known).then(share).then(a.cmp(b))
    });
    let mut above: Vec<Option<Taken<'_>>> = vec![None; origin.reports.len()];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); origin.reports.len()];
    let mut roots: Vec<usize> = (0..origin.reports.len()).collect();
    for (from, to, taken) in edges {
        // A circle has no beginning.
        if above[to].is_none() && root(&mut roots, from) != to {
            above[to] = Some(taken);
            below[from].push(to);
            roots[to] = from;
        }
    }
    let mut firsts: Vec<usize> = (0..above.len()).filter(|&at| above[at].is_none()).collect();
    firsts.sort_by_key(|&at| below[at].is_empty());
    let mut open: Vec<(usize, usize)> = firsts.into_iter().rev().map(|at| (at, 0)).collect();
    let mut rows = Vec::with_capacity(above.len());
    while let Some((at, depth)) = open.pop() {
        rows.push(Row {
            report: &origin.reports[at],
            depth,
            taken: above[at],
        });
        below[at].sort_unstable();
        open.extend(below[at].iter().rev().map(|&next| (next, depth + 1)));
    }
    rows
}

/// The first report above one, with the ways there made short.
fn root(roots: &mut [usize], mut at: usize) -> usize {
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

/// The other report of an edge without a direction.
fn partner(edge: &OriginEdge) -> Option<&str> {
    let both = edge.passages.iter().flat_map(|(a, b)| [a, b]);
    both.map(|evidence| evidence.report.as_str())
        .find(|report| *report != edge.to)
}

#[cfg(test)]
mod tests {
    use variorum_model::OriginKind;

    use super::*;

    fn evidence(report: &str) -> Evidence {
        Evidence {
            report: report.to_owned(),
            start: 0,
            end: 0,
            exact: String::new(),
            prefix: String::new(),
            suffix: String::new(),
        }
    }

    /// Edges as "a>b 0.5", or "a-b 0.5" where the direction is not known.
    fn check(reports: &str, edges: &[&str], expected: &[&str]) {
        let edges = edges.iter().map(|edge| {
            let (pair, share) = edge.split_once(' ').expect("a share");
            let (from, to) = (&pair[..1], &pair[2..]);
            OriginEdge {
                from: pair.contains('>').then(|| from.to_owned()),
                to: to.to_owned(),
                share: share.parse().expect("a number"),
                passages: vec![(evidence(from), evidence(to))],
            }
        });
        let origin = Origin {
            id: "o".to_owned(),
            reports: reports.chars().map(String::from).collect(),
            kind: OriginKind::Copy,
            agency: None,
            edges: edges.collect(),
        };
        let lines: Vec<String> = rows(&origin)
            .iter()
            .map(|row| format!("{}{}", ".".repeat(row.depth), row.report))
            .collect();
        assert_eq!(lines, expected, "{reports}");
    }

    #[test]
    fn copies_stand_under_what_they_were_copied_from() {
        check("ab", &["a>b 0.9"], &["a", ".b"]);
        check("ab", &["b>a 0.9"], &["b", ".a"]);
        check(
            "abc",
            &["a>b 0.9", "a>c 0.4", "b>c 0.8"],
            &["a", ".b", "..c"],
        );
        check("abc", &["a>c 0.9", "b>c 0.9"], &["a", ".c", "b"]);
        check("abcd", &["c>a 0.5", "c>d 0.5"], &["c", ".a", ".d", "b"]);
    }

    #[test]
    fn what_is_known_comes_before_what_is_not() {
        check("abc", &["a-c 1.0", "b>c 0.5"], &["b", ".c", "a"]);
        check("ab", &["a-b 0.5"], &["a", ".b"]);
    }

    #[test]
    fn a_circle_is_cut() {
        check(
            "abc",
            &["a>b 0.9", "b>c 0.8", "c>a 0.7"],
            &["a", ".b", "..c"],
        );
        check("a", &["a>a 0.9"], &["a"]);
    }

    #[test]
    fn a_long_chain_is_walked() {
        let edge = |at: usize| OriginEdge {
            from: Some(at.to_string()),
            to: (at + 1).to_string(),
            share: 1.0,
            passages: Vec::new(),
        };
        let origin = Origin {
            id: "o".to_owned(),
            reports: (0..100_001).map(|at| at.to_string()).collect(),
            kind: OriginKind::Copy,
            agency: None,
            edges: (0..100_000).map(edge).collect(),
        };
        assert_eq!(rows(&origin).last().map(|row| row.depth), Some(100_000));
    }
}
