//! Figures of a story file against the labels: recall, values, pairs across reports.

use variorum_model::Span;

use crate::gold::Case;
use crate::score::{self, Counts, brief};

/// Sums over stories.
#[derive(Default)]
pub(crate) struct Score {
    /// Gold values.
    pub gold: usize,
    /// Of these touched by a value.
    pub found: usize,
    /// Of these with the right range.
    pub right: usize,
    /// Cross-report pairs of values of one quantity.
    pub pairs: Counts,
}

struct Value<'a> {
    figure: usize,
    report: &'a str,
    span: Span,
    range: (Option<f64>, Option<f64>),
    words: &'a str,
}

impl Score {
    /// Adds one story.
    pub(crate) fn add(&mut self, case: &Case, verbose: bool) {
        let shown: Vec<Value<'_>> = case
            .stories
            .iter()
            .flat_map(|story| &story.figures)
            .enumerate()
            .flat_map(|(figure, f)| {
                f.values.iter().map(move |v| Value {
                    figure,
                    report: &v.evidence.report,
                    span: Span {
                        start: v.evidence.start,
                        end: v.evidence.end,
                    },
                    range: (v.min, v.max),
                    words: &v.evidence.exact,
                })
            })
            .collect();
        let gold: Vec<Value<'_>> = case
            .gold
            .figures
            .iter()
            .enumerate()
            .flat_map(|(figure, f)| {
                f.values.iter().map(move |v| Value {
                    figure,
                    report: &v.at.report,
                    span: v.at.span(),
                    range: (v.min, v.max),
                    words: &v.at.words,
                })
            })
            .collect();
        self.gold += gold.len();
        for value in &gold {
            let best = shown
                .iter()
                .filter(|s| s.report == value.report && s.span.overlap(value.span) > 0)
                .max_by_key(|s| (s.span.overlap(value.span), same_range(s.range, value.range)));
            let what = &case.gold.figures[value.figure].what;
            let Some(best) = best else {
                if verbose {
                    println!("  figure missed [{what}]: {}", brief(value.words));
                }
                continue;
            };
            self.found += 1;
            let right = same_range(best.range, value.range);
            self.right += usize::from(right);
            if verbose && !right {
                let (words, is, should) = (brief(value.words), best.range, value.range);
                println!("  figure value {is:?}, should be {should:?}: {words}");
            }
        }
        self.pairs += pairs(&shown, &gold, verbose);
    }
}

fn same_range(a: (Option<f64>, Option<f64>), b: (Option<f64>, Option<f64>)) -> bool {
    let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * b.abs().max(1.0),
        (None, None) => true,
        _ => false,
    };
    same(a.0, b.0) && same(a.1, b.1)
}

fn pairs(shown: &[Value<'_>], gold: &[Value<'_>], verbose: bool) -> Counts {
    score::pairs(
        shown,
        gold,
        |a, b| a.figure == b.figure && a.report != b.report,
        |a, b| a.report == b.report && a.span.overlap(b.span) > 0,
        |one| one.words,
        verbose.then_some("figure"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(figure: usize, report: &str, start: usize) -> Value<'_> {
        let span = Span {
            start,
            end: start + 5,
        };
        Value {
            figure,
            report,
            span,
            range: (Some(1.0), None),
            words: "",
        }
    }

    #[test]
    fn pairs_of_one_quantity() {
        let gold = [
            value(0, "a", 0),
            value(0, "b", 0),
            value(1, "a", 10),
            value(1, "b", 10),
        ];
        let shown = [value(0, "b", 2), value(0, "a", 3), value(0, "c", 0)];
        let counts = pairs(&shown, &gold, false);
        assert_eq!(
            counts,
            Counts {
                gold: 2,
                found: 1,
                shown: 3,
                right: 1
            }
        );
    }

    #[test]
    fn ranges() {
        assert!(same_range((Some(5.0), None), (Some(5.0), None)));
        assert!(!same_range((Some(5.0), Some(5.0)), (Some(5.0), None)));
    }
}
