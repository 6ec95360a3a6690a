//! Attributions of single reports against PolNeAR.

use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use variorum_model::{Attribution, Span};

use crate::data;
use crate::score::{Counts, brief, length, overlap, row};

#[derive(Deserialize)]
struct Gold {
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// One attribution with trimmed spans.
struct Parts {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
}

#[derive(Default)]
struct Score {
    exact: [Counts; 3],
    characters: [Counts; 3],
    whole: Counts,
    soft: Counts,
    /// The same, when half of the shorter content is enough.
    softer: Counts,
}

const PARTS: [&str; 3] = ["source", "cue", "content"];

/// Scores the development half and prints the table.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    let rows: Vec<Value> = data::rows(&folder.join("statements/polnear-dev.jsonl.gz"))?;
    let reports: Vec<_> = rows.iter().map(data::report).collect();
    let analyses = data::analyses(&reports);
    let mut score = Score::default();
    for ((row, report), analysis) in rows.iter().zip(&reports).zip(&analyses) {
        let text: Vec<char> = report.text.chars().collect();
        let gold: Vec<Gold> = serde_json::from_value(row["attributions"].clone())?;
        let gold: Vec<Parts> = gold.iter().map(|g| Parts::of_gold(&text, g)).collect();
        let shown: Vec<Parts> = analysis
            .statements
            .iter()
            .map(|a| Parts::of_shown(&text, a))
            .collect();
        score.add(&gold, &shown);
        if verbose {
            list(&report.id, &text, &gold, &shown);
        }
    }
    let anchors = [
        "CRF 0.506, BERT-CofeNet 0.832, human 0.777; next >= 0.72",
        "CRF 0.534, BERT-CofeNet 0.753, human 0.705; next >= 0.68",
        "CRF 0.286, BERT-CofeNet 0.729, human 0.659; next >= 0.55",
    ];
    for (i, part) in PARTS.iter().enumerate() {
        row(&format!("{part} exact"), score.exact[i], anchors[i]);
    }
    for (i, part) in PARTS.iter().enumerate() {
        let anchor = if i == 2 { "next >= 0.82" } else { "" };
        row(&format!("{part} characters"), score.characters[i], anchor);
    }
    row("whole attribution exact", score.whole, "next >= 0.42");
    row("soft", score.soft, "next >= 0.70");
    row("soft, half of the shorter", score.softer, "");
    Ok(())
}

impl Score {
    fn add(&mut self, gold: &[Parts], shown: &[Parts]) {
        for i in 0..3 {
            let (g, s) = (spans(gold, i), spans(shown, i));
            let both = g.iter().filter(|span| s.contains(span)).count();
            self.exact[i] += Counts::of(g.len(), s.len(), both);
            let both = covered(&g, &s);
            self.characters[i] += Counts::of(covered(&g, &g), covered(&s, &s), both);
        }
        let whole = |a: &Parts, b: &Parts| (0..3).all(|i| a.part(i) == b.part(i));
        self.whole += matched(gold, shown, whole);
        let source = |a: &Parts, b: &Parts| {
            a.source.is_empty() && b.source.is_empty() || overlap(&a.source, &b.source) > 0
        };
        let near = |a: &Parts, b: &Parts, of: usize| {
            let both = overlap(&a.content, &b.content);
            both > 0 && both * 2 >= of && source(a, b)
        };
        let lengths = |a: &Parts, b: &Parts| (length(&a.content), length(&b.content));
        let longer = |a: &Parts, b: &Parts| {
            let (x, y) = lengths(a, b);
            near(a, b, x.max(y))
        };
        let shorter = |a: &Parts, b: &Parts| {
            let (x, y) = lengths(a, b);
            near(a, b, x.min(y))
        };
        self.soft += matched(gold, shown, longer);
        self.softer += matched(gold, shown, shorter);
    }
}

impl Parts {
    fn part(&self, i: usize) -> &[Span] {
        [&self.source, &self.cue, &self.content][i]
    }

    fn of_gold(text: &[char], gold: &Gold) -> Self {
        let parts = |list: &[(usize, usize)]| {
            trimmed(text, list.iter().map(|&(start, end)| Span { start, end }))
        };
        Parts {
            source: parts(&gold.source),
            cue: parts(&gold.cue),
            content: parts(&gold.content),
        }
    }

    fn of_shown(text: &[char], shown: &Attribution) -> Self {
        let parts = |list: &[Span]| trimmed(text, list.iter().copied());
        Parts {
            source: parts(&shown.source),
            cue: parts(&shown.cue),
            content: parts(&shown.content),
        }
    }
}

/// Spans without white space and punctuation at their ends; empty ones dropped.
fn trimmed(text: &[char], spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut found: Vec<Span> = spans
        .filter_map(|span| {
            let slice = text.get(span.start..span.end)?;
            let first = slice.iter().position(|c| c.is_alphanumeric())?;
            let last = slice.iter().rposition(|c| c.is_alphanumeric())?;
            Some(Span {
                start: span.start + first,
                end: span.start + last + 1,
            })
        })
        .collect();
    found.sort();
    found
}

/// The distinct spans of one part.
fn spans(list: &[Parts], part: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = list.iter().flat_map(|p| p.part(part)).copied().collect();
    spans.sort();
    spans.dedup();
    spans
}

/// How many code points lie in both lists, each counted once.
fn covered(a: &[Span], b: &[Span]) -> usize {
    let union = |spans: &[Span]| -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(*span),
            }
        }
        joined
    };
    overlap(&union(a), &union(b))
}

/// One-to-one matches, taken in text order.
fn matched(gold: &[Parts], shown: &[Parts], fits: impl Fn(&Parts, &Parts) -> bool) -> Counts {
    let mut free = vec![true; shown.len()];
    let mut both = 0;
    for g in gold {
        if let Some(i) = (0..shown.len()).find(|&i| free[i] && fits(g, &shown[i])) {
            free[i] = false;
            both += 1;
        }
    }
    Counts::of(gold.len(), shown.len(), both)
}

fn list(id: &str, text: &[char], gold: &[Parts], shown: &[Parts]) {
    let words = |spans: &[Span]| -> String {
        let parts: Vec<String> = spans
            .iter()
            .map(|s| text[s.start..s.end].iter().collect())
            .collect();
        brief(&parts.join(" … "))
    };
    println!("=== {id}");
    for (mark, list, others) in [("missed", gold, shown), ("shown", shown, gold)] {
        for parts in list {
            if !others
                .iter()
                .any(|o| (0..3).all(|i| o.part(i) == parts.part(i)))
            {
                let [source, cue, content] = [0, 1, 2].map(|i| words(parts.part(i)));
                println!("  {mark}: [{source}] [{cue}] [{content}]");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(source: (usize, usize), content: (usize, usize)) -> Parts {
        let span = |(start, end)| vec![Span { start, end }];
        Parts {
            source: span(source),
            cue: Vec::new(),
            content: span(content),
        }
    }

    #[test]
    fn exact_and_soft() {
        let gold = [parts((0, 5), (10, 30)), parts((40, 45), (50, 60))];
        let shown = [parts((0, 5), (12, 30)), parts((40, 45), (50, 60))];
        let mut score = Score::default();
        score.add(&gold, &shown);
        assert_eq!(score.exact[0], Counts::of(2, 2, 2));
        assert_eq!(score.exact[2], Counts::of(2, 2, 1));
        assert_eq!(score.characters[2], Counts::of(30, 28, 28));
        assert_eq!(score.whole, Counts::of(2, 2, 1));
        assert_eq!(score.soft, Counts::of(2, 2, 2));
    }

    #[test]
    fn ends_do_not_count() {
        let text: Vec<char> = "“Yes,” he".chars().collect();
        let found = trimmed(&text, [Span { start: 0, end: 6 }].into_iter());
        assert_eq!(found, [Span { start: 1, end: 4 }]);
    }
}
