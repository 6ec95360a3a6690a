//! Statements of a story file against the labels: pairs across reports, recall, speakers.

use variorum_model::Span;

use crate::gold::{Case, GoldStatement, Quote, spans};
use crate::score::{Counts, brief, half_of_shorter, intersection_over_union, length, overlap};

/// Sums over stories.
#[derive(Default)]
pub(crate) struct Score {
    /// Cross-report pairs, spans matched by half of the shorter one.
    pub pairs: Counts,
    /// Cross-report pairs, spans matched by intersection over union.
    pub pairs_strict: Counts,
    /// Gold variants.
    pub gold: usize,
    /// Of these covered by a variant.
    pub found: usize,
    /// Of these under the right speaker.
    pub speaker_right: usize,
}

/// One wording as the system gives it.
struct Shown<'a> {
    statement: usize,
    report: &'a str,
    spans: Vec<Span>,
    words: String,
    speaker: Option<&'a str>,
}

impl Score {
    /// Adds one story.
    pub(crate) fn add(&mut self, case: &Case, verbose: bool) {
        let shown = shown(case);
        let half = |s: &Shown<'_>, g: &Quote| half_of_shorter(&s.spans, &[g.span()]);
        let strict =
            |s: &Shown<'_>, g: &Quote| intersection_over_union(&s.spans, &[g.span()]) >= 0.5;
        self.pairs += pairs(&shown, &case.gold.statements, half, verbose);
        self.pairs_strict += pairs(&shown, &case.gold.statements, strict, false);
        for gold in &case.gold.statements {
            for variant in &gold.variants {
                self.gold += 1;
                let quote = [variant.span()];
                let best = shown
                    .iter()
                    .filter(|s| s.report == variant.report)
                    .filter(|s| {
                        overlap(&s.spans, &quote) * 2 >= length(&quote)
                            || intersection_over_union(&s.spans, &quote) >= 0.5
                    })
                    .max_by_key(|s| {
                        (
                            overlap(&s.spans, &quote),
                            std::cmp::Reverse(length(&s.spans)),
                        )
                    });
                let Some(best) = best else {
                    if verbose {
                        println!(
                            "  statement missed [{}]: {}",
                            gold.speaker,
                            brief(&variant.words)
                        );
                    }
                    continue;
                };
                self.found += 1;
                let right = best
                    .speaker
                    .is_some_and(|name| same_speaker(name, &gold.speaker));
                self.speaker_right += usize::from(right);
                if verbose && !right {
                    let name = best.speaker.unwrap_or("nobody");
                    println!(
                        "  speaker {name:?} for {:?}: {}",
                        gold.speaker,
                        brief(&best.words)
                    );
                }
            }
        }
    }
}

fn shown(case: &Case) -> Vec<Shown<'_>> {
    let statements = case.stories.iter().flat_map(|story| &story.statements);
    statements
        .enumerate()
        .flat_map(|(statement, s)| {
            s.variants.iter().map(move |variant| Shown {
                statement,
                report: &variant.report,
                spans: spans(&variant.spans),
                words: variant
                    .spans
                    .iter()
                    .map(|e| e.exact.as_str())
                    .collect::<Vec<_>>()
                    .join(" … "),
                speaker: s.speaker.as_ref().map(|speaker| speaker.name.as_str()),
            })
        })
        .collect()
}

/// Pairs of wordings of one statement in two different reports, the system's against the labels'.
fn pairs(
    shown: &[Shown<'_>],
    gold: &[GoldStatement],
    same: impl Fn(&Shown<'_>, &Quote) -> bool,
    verbose: bool,
) -> Counts {
    let quotes: Vec<(usize, &Quote)> = gold
        .iter()
        .enumerate()
        .flat_map(|(i, statement)| statement.variants.iter().map(move |v| (i, v)))
        .collect();
    let matches: Vec<Vec<usize>> = shown
        .iter()
        .map(|s| {
            let fits = |q: &Quote| s.report == q.report && same(s, q);
            (0..quotes.len()).filter(|&i| fits(quotes[i].1)).collect()
        })
        .collect();
    let mut found = std::collections::BTreeSet::new();
    let mut counts = Counts::default();
    for (a, first) in shown.iter().enumerate() {
        for (b, second) in shown.iter().enumerate().skip(a + 1) {
            if first.statement != second.statement || first.report == second.report {
                continue;
            }
            counts.shown += 1;
            let mut right = false;
            for &x in &matches[a] {
                for &y in matches[b].iter().filter(|&&y| quotes[x].0 == quotes[y].0) {
                    right = true;
                    found.insert((x.min(y), x.max(y)));
                }
            }
            counts.right += usize::from(right);
            if verbose && !right {
                println!(
                    "  false pair: {}\n          and {}",
                    brief(&first.words),
                    brief(&second.words)
                );
            }
        }
    }
    counts.found = found.len();
    // Whose a labelled wording is as shown; a dash when it is not shown.
    let speaker = |x: usize| {
        let at = matches.iter().position(|m| m.contains(&x));
        at.map_or("-", |at| shown[at].speaker.unwrap_or("nobody"))
    };
    for (x, (i, a)) in quotes.iter().enumerate() {
        for (y, (j, b)) in quotes.iter().enumerate().skip(x + 1) {
            if i == j && a.report != b.report {
                counts.gold += 1;
                if verbose && !found.contains(&(x, y)) {
                    println!(
                        "  missed pair: [{}] {}\n           and [{}] {}",
                        speaker(x),
                        brief(&a.words),
                        speaker(y),
                        brief(&b.words)
                    );
                }
            }
        }
    }
    counts
}

/// Whether two names can be the same speaker's: equal last names, or one whole name inside the
/// other, case aside. Where the label names a body and, in brackets or behind a stroke, who speaks for it,
/// either will do.
pub(crate) fn same_speaker(shown: &str, gold: &str) -> bool {
    gold.split(['(', ')', '/'])
        .filter(|part| part.contains(char::is_alphanumeric))
        .any(|part| same_name(shown, part))
}

fn same_name(shown: &str, gold: &str) -> bool {
    let plain = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-' && c != '’')
            .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the"))
            .map(str::to_lowercase)
            .collect()
    };
    let (shown, gold) = (plain(shown), plain(gold));
    let contains = |a: &[String], b: &[String]| {
        !b.is_empty() && a.windows(b.len().min(a.len()).max(1)).any(|w| w == b)
    };
    (shown.last().is_some() && shown.last() == gold.last())
        || contains(&shown, &gold)
        || contains(&gold, &shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers() {
        for (shown, gold, expected) in [
            ("Jens Stoltenberg", "Stoltenberg", true),
            ("White House", "White House (Sean Spicer)", true),
            ("the police", "British police (authorities)", true),
            ("Mark Rowley", "Theresa May", false),
            ("", "Theresa May", false),
        ] {
            assert_eq!(
                same_speaker(shown, gold),
                expected,
                "{shown:?} and {gold:?}"
            );
        }
    }

    fn quote(report: &str, start: usize, end: usize) -> Quote {
        Quote {
            report: report.to_owned(),
            words: String::new(),
            start,
            end,
        }
    }

    fn wording(statement: usize, report: &str, start: usize, end: usize) -> Shown<'_> {
        let spans = vec![Span { start, end }];
        Shown {
            statement,
            report,
            spans,
            words: String::new(),
            speaker: None,
        }
    }

    #[test]
    fn pairs_across_reports() {
        let gold = [
            GoldStatement {
                speaker: String::new(),
                variants: vec![quote("a", 0, 10), quote("b", 0, 10), quote("b", 20, 30)],
            },
            GoldStatement {
                speaker: String::new(),
                variants: vec![quote("a", 50, 60)],
            },
        ];
        let shown = [
            wording(0, "a", 0, 9),
            wording(0, "b", 0, 14),
            wording(1, "a", 50, 60),
            wording(1, "b", 20, 30),
        ];
        let half = |s: &Shown<'_>, g: &Quote| half_of_shorter(&s.spans, &[g.span()]);
        let counts = pairs(&shown, &gold, half, false);
        assert_eq!(
            counts,
            Counts {
                gold: 2,
                found: 1,
                shown: 2,
                right: 1
            }
        );
    }
}
