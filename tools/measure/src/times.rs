//! Time expressions against MEANTIME and WikiWars, scored as in TempEval-3.
//!
//! As there, the time that a text was made (the line with MEANTIME's date, which the gold gives as
//! `published` and not among its expressions) is no part of what is scored.

use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use variorum_model::{Report, Span};

use crate::data;
use crate::score::{Counts, f1, row, shown};

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    value: Option<String>,
}

#[derive(Default)]
struct Score {
    strict: Counts,
    relaxed: Counts,
    value_right: usize,
}

/// Scores both sets and prints the table.
pub(crate) fn measure(folder: &Path, verbose: bool) -> Result<()> {
    for (name, anchors) in [
        (
            "meantime-en",
            [
                "",
                "next >= 0.85",
                "SUTime ~0.67, HeidelTime 0.776, UWTime 0.824 (on another set); next >= 0.72",
            ],
        ),
        ("wikiwars", ["", "next >= 0.90", "next >= 0.80"]),
    ] {
        let rows: Vec<Value> = data::rows(&folder.join(format!("times/{name}.jsonl.gz")))?;
        let reports: Vec<_> = rows.iter().map(data::report).collect();
        let analyses = data::analyses(&reports);
        let mut score = Score::default();
        for ((row, report), analysis) in rows.iter().zip(&reports).zip(&analyses) {
            let gold: Vec<Gold> = serde_json::from_value(row["timexes"].clone())?;
            let gold: Vec<(Span, String)> = gold
                .into_iter()
                .map(|g| {
                    (
                        Span {
                            start: g.start,
                            end: g.end,
                        },
                        g.value.unwrap_or_default(),
                    )
                })
                .collect();
            let labelled = labelled(name, &report.text);
            let created = created(name, report);
            let found: Vec<(Span, String)> = analysis
                .times
                .iter()
                .filter(|t| t.start < labelled && !created.contains(&t.start))
                .map(|t| (t.span(), t.value.clone()))
                .collect();
            score.add(&gold, &found);
            if verbose {
                list(&report.id, &report.text, &gold, &found);
            }
        }
        let value = f1(score.relaxed.precision(), score.relaxed.recall())
            * crate::score::share(score.value_right, score.relaxed.found);
        row(&format!("{name} strict"), score.strict, anchors[0]);
        row(&format!("{name} relaxed"), score.relaxed, anchors[1]);
        row(
            &format!("{name} values right"),
            shown(score.value_right, score.relaxed.found),
            "",
        );
        row(
            &format!("{name} value F1"),
            format!("{value:.3}"),
            anchors[2],
        );
    }
    Ok(())
}

/// How many code points of a text are labelled: MEANTIME stops behind the sixth line.
fn labelled(set: &str, text: &str) -> usize {
    let lines = if set == "meantime-en" { 6 } else { usize::MAX };
    text.split_inclusive('\n')
        .take(lines)
        .map(|line| line.chars().count())
        .sum()
}

/// Where the time stands that a text was made: MEANTIME's second line, where the gold takes it so.
fn created(set: &str, report: &Report) -> Range<usize> {
    if set != "meantime-en" || report.published.is_none() {
        return 0..0;
    }
    let mut lines = report.text.split_inclusive('\n');
    let mut length = || lines.next().map_or(0, |line| line.chars().count());
    let start = length();
    start..start + length()
}

impl Score {
    fn add(&mut self, gold: &[(Span, String)], found: &[(Span, String)]) {
        let exact = gold
            .iter()
            .filter(|g| found.iter().any(|f| f.0 == g.0))
            .count();
        self.strict += Counts::of(gold.len(), found.len(), exact);
        let pairs = pairs(gold, found);
        self.relaxed += Counts::of(gold.len(), found.len(), pairs.len());
        self.value_right += pairs
            .iter()
            .filter(|&&(g, f)| gold[g].1 == found[f].1)
            .count();
    }
}

/// Overlapping expressions one to one, the longest overlap first.
fn pairs(gold: &[(Span, String)], found: &[(Span, String)]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(usize, usize, usize)> = Vec::new();
    for (g, (a, _)) in gold.iter().enumerate() {
        for (f, (b, _)) in found.iter().enumerate() {
            let overlap = a.overlap(*b);
            if overlap > 0 {
                candidates.push((overlap, g, f));
            }
        }
    }
    candidates.sort_by_key(|&(overlap, g, f)| (std::cmp::Reverse(overlap), g, f));
    let mut taken = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, g, f) in candidates {
        if !taken.0[g] && !taken.1[f] {
            (taken.0[g], taken.1[f]) = (true, true);
            pairs.push((g, f));
        }
    }
    pairs
}

fn list(id: &str, text: &str, gold: &[(Span, String)], found: &[(Span, String)]) {
    let points = variorum_model::CodePoints::of(text);
    let pairs = pairs(gold, found);
    println!("=== {id}");
    for (g, (span, value)) in gold.iter().enumerate() {
        match pairs.iter().find(|p| p.0 == g) {
            None => println!("  missed {:?} = {value}", points.slice(*span)),
            Some(&(_, f)) if found[f].1 != *value => {
                let words = points.slice(found[f].0);
                println!("  value of {words:?} is {}, should be {value}", found[f].1);
            }
            Some(_) => {}
        }
    }
    for (f, (span, value)) in found.iter().enumerate() {
        if !pairs.iter().any(|p| p.1 == f) {
            println!("  too much {:?} = {value}", points.slice(*span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_relaxed_and_value() {
        let time = |start, end, value: &str| (Span { start, end }, value.to_owned());
        let gold = [
            time(0, 6, "2017"),
            time(10, 20, "2018"),
            time(30, 33, "2019"),
        ];
        let found = [
            time(0, 6, "2017"),
            time(14, 20, "2011"),
            time(50, 60, "2012"),
        ];
        let mut score = Score::default();
        score.add(&gold, &found);
        assert_eq!(score.strict, Counts::of(3, 3, 1));
        assert_eq!(score.relaxed, Counts::of(3, 3, 2));
        assert_eq!(score.value_right, 1);
    }
}
