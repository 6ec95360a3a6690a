//! Counting: precision, recall, F1, shares, and how they are printed.

use std::fmt;
use std::ops::{Add, AddAssign};

use variorum_model::Span;

/// How many of the gold items were found and how many of the shown items are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub gold: usize,
    pub found: usize,
    pub shown: usize,
    pub right: usize,
}

impl Counts {
    /// Counts where an item is either in both or not.
    pub(crate) fn of(gold: usize, shown: usize, both: usize) -> Self {
        Counts {
            gold,
            found: both,
            shown,
            right: both,
        }
    }

    /// Share of the gold items that were found.
    pub(crate) fn recall(self) -> f64 {
        share(self.found, self.gold)
    }

    /// Share of the shown items that are right.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.shown)
    }

    /// Harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        f1(self.precision(), self.recall())
    }
}

impl Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            gold: self.gold + other.gold,
            found: self.found + other.found,
            shown: self.shown + other.shown,
            right: self.right + other.right,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        *self = *self + other;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "F1 {:.3}  P {:.3} ({}/{})  R {:.3} ({}/{})",
            self.f1(),
            self.precision(),
            self.right,
            self.shown,
            self.recall(),
            self.found,
            self.gold
        )
    }
}

/// Harmonic mean of precision and recall; 0 when both are 0.
pub(crate) fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    }
}

/// A share; 0 of nothing is 0.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// A share with its counts, for printing.
pub(crate) fn shown(part: usize, whole: usize) -> String {
    format!("{:.3} ({part}/{whole})", share(part, whole))
}

/// One line of a table: what, the figure, and what to hold it against.
pub(crate) fn row(what: &str, figure: impl fmt::Display, anchor: &str) {
    println!("{what:<34} {:<48} {anchor}", figure.to_string());
}

/// How many code points both lists of spans cover; the spans of one list do not overlap.
pub(crate) fn overlap(a: &[Span], b: &[Span]) -> usize {
    a.iter().flat_map(|x| b.iter().map(|y| x.overlap(*y))).sum()
}

/// How many code points a list of spans covers.
pub(crate) fn length(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

/// What is shared, divided by all that either covers.
pub(crate) fn intersection_over_union(a: &[Span], b: &[Span]) -> f64 {
    let both = overlap(a, b);
    share(both, length(a) + length(b) - both)
}

/// Whether at least half of the shorter one is shared.
pub(crate) fn half_of_shorter(a: &[Span], b: &[Span]) -> bool {
    let both = overlap(a, b);
    both > 0 && both * 2 >= length(a).min(length(b))
}

/// Pairs across reports of what a story file and the labels each put together: `together` tells which two of one
/// list are, `meet` whether a shown one and a labelled one are the same place. With a name, what differs is printed.
pub(crate) fn pairs<T>(
    shown: &[T],
    gold: &[T],
    together: impl Fn(&T, &T) -> bool,
    meet: impl Fn(&T, &T) -> bool,
    words: impl Fn(&T) -> &str,
    name: Option<&str>,
) -> Counts {
    let across = |list: &[T]| -> Vec<(usize, usize)> {
        (0..list.len())
            .flat_map(|i| (i + 1..list.len()).map(move |j| (i, j)))
            .filter(|&(i, j)| together(&list[i], &list[j]))
            .collect()
    };
    let (of_shown, of_gold) = (across(shown), across(gold));
    let fits = |&(i, j): &(usize, usize), &(x, y): &(usize, usize)| {
        (meet(&shown[i], &gold[x]) && meet(&shown[j], &gold[y]))
            || (meet(&shown[i], &gold[y]) && meet(&shown[j], &gold[x]))
    };
    let (right, wrong): (Vec<_>, Vec<_>) = of_shown
        .iter()
        .partition(|s| of_gold.iter().any(|g| fits(s, g)));
    let (found, missed): (Vec<_>, Vec<_>) = of_gold
        .iter()
        .partition(|g| of_shown.iter().any(|s| fits(s, g)));
    if let Some(name) = name {
        let pair = |list: &[T], i: usize, j: usize| {
            format!("{} and {}", brief(words(&list[i])), brief(words(&list[j])))
        };
        for &(i, j) in wrong {
            println!("  false {name} pair: {}", pair(shown, i, j));
        }
        for &(i, j) in missed {
            println!("  missed {name} pair: {}", pair(gold, i, j));
        }
    }
    Counts {
        gold: of_gold.len(),
        found: found.len(),
        shown: of_shown.len(),
        right: right.len(),
    }
}

/// The first words of a text on one line, for listings.
pub(crate) fn brief(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 110 {
        line
    } else {
        line.chars().take(109).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    #[test]
    fn overlaps() {
        let (a, b) = ([span(0, 10)], [span(5, 10), span(12, 17)]);
        assert_eq!(overlap(&a, &b), 5);
        assert!(half_of_shorter(&a, &b));
        assert!((intersection_over_union(&a, &b) - 1.0 / 3.0).abs() < 1e-9);
        assert!(!half_of_shorter(&a, &[span(10, 12)]));
    }

    #[test]
    fn f1_of_counts() {
        let counts = Counts::of(4, 2, 2);
        assert_eq!((counts.precision(), counts.recall()), (1.0, 0.5));
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-9);
        assert!(Counts::default().f1() == 0.0);
    }
}
