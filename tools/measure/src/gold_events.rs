//! The timeline of a story file against the labels: recall, dates, pairs across reports.

use variorum_model::Span;

use crate::gold::Case;
use crate::score::{self, Counts, brief};

/// Sums over stories.
#[derive(Default)]
pub(crate) struct Score {
    /// Gold mentions.
    pub gold: usize,
    /// Of these whose time expression a mention covers.
    pub found: usize,
    /// Of these with the right date.
    pub right: usize,
    /// Cross-report pairs of mentions of one event.
    pub pairs: Counts,
    /// Lines of the timeline.
    pub shown: usize,
}

struct Mention<'a> {
    event: usize,
    report: &'a str,
    span: Span,
    date: String,
    words: &'a str,
}

impl Score {
    /// Adds one story.
    pub(crate) fn add(&mut self, case: &Case, verbose: bool) {
        let entries: Vec<_> = case
            .stories
            .iter()
            .flat_map(|story| &story.timeline)
            .collect();
        self.shown += entries.len();
        let shown: Vec<Mention<'_>> = entries
            .iter()
            .enumerate()
            .flat_map(|(event, e)| {
                e.mentions.iter().map(move |m| Mention {
                    event,
                    report: &m.evidence.report,
                    span: Span {
                        start: m.evidence.start,
                        end: m.evidence.end,
                    },
                    date: m.date.to_string(),
                    words: &m.evidence.exact,
                })
            })
            .collect();
        let gold: Vec<Mention<'_>> = case
            .gold
            .events
            .iter()
            .enumerate()
            .flat_map(|(event, e)| {
                e.mentions.iter().map(move |m| Mention {
                    event,
                    report: &m.at.report,
                    span: m.time(),
                    date: m.date.clone(),
                    words: &m.at.words,
                })
            })
            .collect();
        if verbose {
            for entry in &entries {
                let (date, agree, what) = (entry.date, entry.agree, brief(&entry.what));
                println!(
                    "  event {date} {agree:?} {} reports: {what}",
                    entry.report_count
                );
                for m in &entry.mentions {
                    println!(
                        "        {} {}: {}",
                        m.evidence.report,
                        m.date,
                        brief(&m.evidence.exact)
                    );
                }
            }
        }
        self.gold += gold.len();
        for mention in &gold {
            // Of several mentions around one time expression the tightest is meant.
            let best = shown
                .iter()
                .filter(|s| covers(s, mention))
                .min_by_key(|s| s.span.len());
            let Some(best) = best else {
                if verbose {
                    let what = &case.gold.events[mention.event].what;
                    println!(
                        "  event missed [{what}, {}]: {}",
                        mention.date,
                        brief(mention.words)
                    );
                }
                continue;
            };
            self.found += 1;
            self.right += usize::from(best.date == mention.date);
            if verbose && best.date != mention.date {
                println!(
                    "  event date {}, should be {}: {}",
                    best.date,
                    mention.date,
                    brief(mention.words)
                );
            }
        }
        self.pairs += pairs(&shown, &gold, verbose);
    }
}

/// Whether a mention holds at least half of a gold time expression.
fn covers(shown: &Mention<'_>, gold: &Mention<'_>) -> bool {
    shown.report == gold.report && shown.span.overlap(gold.span) * 2 >= gold.span.len()
}

fn pairs(shown: &[Mention<'_>], gold: &[Mention<'_>], verbose: bool) -> Counts {
    score::pairs(
        shown,
        gold,
        |a, b| a.event == b.event && a.report != b.report,
        covers,
        |one| one.words,
        verbose.then_some("event"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(event: usize, report: &str, start: usize, end: usize) -> Mention<'_> {
        Mention {
            event,
            report,
            span: Span { start, end },
            date: String::new(),
            words: "",
        }
    }

    #[test]
    fn pairs_of_one_event() {
        let gold = [mention(0, "a", 10, 16), mention(0, "b", 10, 16)];
        let shown = [
            mention(0, "a", 0, 13),
            mention(0, "b", 0, 40),
            mention(0, "c", 0, 9),
        ];
        let counts = pairs(&shown, &gold, false);
        assert_eq!(
            counts,
            Counts {
                gold: 1,
                found: 1,
                shown: 3,
                right: 1
            }
        );
        assert!(!covers(&mention(0, "a", 0, 12), &gold[0]));
    }
}
