//! Learns the weights that label attributions, from PolNeAR's training half.
//!
//! The second model sees cues as the first one finds them in reports that it was not learned from: the
//! reports are parted into folds, and each fold's cues come from a model of the others. A found cue that
//! touches no gold cue has neither source nor content.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use variorum_text::attribution::{self, Attribution, CUE_LAYOUT, ROLE_LAYOUT, View, cues, roles};
use variorum_text::outlets::Outlets;
use variorum_text::quotations::quotations;
use variorum_text::sequence::Observed;
use variorum_text::syntax::Syntax;
use variorum_text::{Document, TokenKind};

use crate::chain::{self, Example};

const FOLDS: usize = 4;
const CUE_ROUNDS: u64 = 14;
const ROLE_ROUNDS: u64 = 12;

/// A report with its gold attributions.
#[derive(Deserialize)]
struct Row {
    text: String,
    attributions: Vec<Spans>,
}

/// Gold spans, in code points.
#[derive(Deserialize)]
struct Spans {
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// A report as the models see it.
struct Report<'a> {
    view: View<'a>,
    gold: Vec<Gold>,
}

/// A gold attribution in tokens.
struct Gold {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// Learns both models, writes them and prints how well they do on the development half.
pub(crate) fn write(data: &Path, folder: &Path) -> Result<()> {
    let train = rows(&data.join("statements/polnear-train.jsonl.gz"))?;
    let dev = rows(&data.join("statements/polnear-dev.jsonl.gz"))?;
    with_reports(&train, |train| {
        with_reports(&dev, |dev| learn(&train, &dev, folder))
    })
}

fn learn(train: &[Report<'_>], dev: &[Report<'_>], folder: &Path) -> Result<()> {
    println!("{} reports, {} for the test", train.len(), dev.len());
    let all: Vec<usize> = (0..train.len()).collect();
    let cue_weights = learn_cues(train, &all);
    fs::write(folder.join("cues.bin"), &cue_weights)?;
    let mut found: Vec<Vec<Range<usize>>> = vec![Vec::new(); train.len()];
    for fold in 0..FOLDS {
        let others: Vec<usize> = (0..train.len()).filter(|i| i % FOLDS != fold).collect();
        let weights = learn_cues(train, &others);
        for i in (fold..train.len()).step_by(FOLDS) {
            found[i] = attribution::cues_with(&weights, &train[i].view);
        }
    }
    let mut examples = Vec::new();
    for (report, cues) in train.iter().zip(&found) {
        examples.extend(role_examples(report, cues));
    }
    println!("{} cues with their windows", examples.len());
    let role_weights = chain::learn::<{ roles::LABELS }>(&examples, ROLE_LAYOUT, ROLE_ROUNDS);
    fs::write(folder.join("roles.bin"), &role_weights)?;
    score(dev, &cue_weights, &role_weights);
    Ok(())
}

fn learn_cues(reports: &[Report<'_>], which: &[usize]) -> Vec<u8> {
    let mut examples = Vec::new();
    for &i in which {
        let report = &reports[i];
        for sentence in &report.view.doc.sentences {
            let mut observed = Observed::default();
            cues::observe(&report.view, sentence.tokens.clone(), &mut observed);
            let mut labels = vec![cues::OUTSIDE; observed.len()];
            for cue in report.gold.iter().flat_map(|gold| &gold.cue) {
                for token in cue.clone().filter(|t| sentence.tokens.contains(t)) {
                    labels[token - sentence.tokens.start] = if token == cue.start {
                        cues::BEGIN
                    } else {
                        cues::INSIDE
                    };
                }
            }
            examples.push(Example { observed, labels });
        }
    }
    chain::learn::<{ cues::LABELS }>(&examples, CUE_LAYOUT, CUE_ROUNDS)
}

fn role_examples(report: &Report<'_>, found: &[Range<usize>]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (number, cue) in found.iter().enumerate() {
        let touches = |gold: &&Gold| {
            gold.cue
                .iter()
                .any(|g| g.start < cue.end && cue.start < g.end)
        };
        let window = roles::window(&report.view, cue);
        let mut observed = Observed::default();
        roles::observe(&report.view, found, number, window.clone(), &mut observed);
        let mut labels = vec![roles::NEITHER; observed.len()];
        if let Some(gold) = report.gold.iter().find(touches) {
            for (spans, label) in [
                (&gold.content, roles::CONTENT),
                (&gold.source, roles::SOURCE),
            ] {
                for token in spans
                    .iter()
                    .cloned()
                    .flatten()
                    .filter(|t| window.contains(t))
                {
                    labels[token - window.start] = label;
                }
            }
        }
        examples.push(Example { observed, labels });
    }
    examples
}

fn rows(path: &Path) -> Result<Vec<Row>> {
    let text = crate::read_gzip(path)?;
    text.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// Makes the views of some reports and gives them to `then`.
fn with_reports<T>(rows: &[Row], then: impl FnOnce(Vec<Report<'_>>) -> T) -> T {
    let docs: Vec<Document<'_>> = rows
        .iter()
        .map(|row| Document::new(&row.text, None))
        .collect();
    let syntax: Vec<Syntax> = docs.iter().map(Syntax::of).collect();
    let reports = rows
        .iter()
        .zip(docs.iter().zip(&syntax))
        .map(|(row, (doc, syntax))| Report {
            view: View::new(doc, syntax, &quotations(doc)),
            gold: gold(row, doc),
        })
        .collect();
    then(reports)
}

fn gold(row: &Row, doc: &Document<'_>) -> Vec<Gold> {
    let bytes: Vec<usize> = row
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([row.text.len()])
        .collect();
    let tokens = |spans: &[(usize, usize)]| -> Vec<Range<usize>> {
        spans
            .iter()
            .filter_map(|&(start, end)| {
                let (start, end) = (*bytes.get(start)?, *bytes.get(end)?);
                let first = doc.tokens.partition_point(|t| t.end <= start);
                let last = doc.tokens.partition_point(|t| t.start < end);
                (first < last).then_some(first..last)
            })
            .collect()
    };
    row.attributions
        .iter()
        .map(|spans| Gold {
            source: tokens(&spans.source),
            cue: tokens(&spans.cue),
            content: tokens(&spans.content),
        })
        .collect()
}

/// Exact F1 of each part over tokens, marks at the ends left out.
fn score(reports: &[Report<'_>], cues: &[u8], roles: &[u8]) {
    let mut counts = [[0usize; 3]; 4];
    for report in reports {
        let shown = attribution::attributions_with(cues, roles, &report.view, Outlets::built_in());
        let doc = report.view.doc;
        let parts = |list: &dyn Fn(usize) -> Vec<Range<usize>>, count: usize| {
            let mut spans: Vec<Range<usize>> = (0..count)
                .flat_map(list)
                .filter_map(|span| trimmed(doc, span))
                .collect();
            spans.sort_by_key(|span| (span.start, span.end));
            spans.dedup();
            spans
        };
        let gold = &report.gold;
        let pairs = [
            (
                parts(&|i| gold[i].source.clone(), gold.len()),
                parts(&|i| shown[i].source.clone(), shown.len()),
            ),
            (
                parts(&|i| gold[i].cue.clone(), gold.len()),
                parts(&|i| vec![shown[i].cue.clone()], shown.len()),
            ),
            (
                parts(&|i| gold[i].content.clone(), gold.len()),
                parts(&|i| shown[i].content.clone(), shown.len()),
            ),
        ];
        for (counts, (gold, shown)) in counts.iter_mut().zip(&pairs) {
            let both = gold.iter().filter(|span| shown.contains(span)).count();
            *counts = [
                counts[0] + gold.len(),
                counts[1] + shown.len(),
                counts[2] + both,
            ];
        }
        let trim = |spans: &[Range<usize>]| -> Vec<Range<usize>> {
            spans
                .iter()
                .filter_map(|span| trimmed(doc, span.clone()))
                .collect()
        };
        let same = |gold: &Gold, shown: &Attribution| {
            trim(&gold.source) == trim(&shown.source)
                && trim(&gold.cue) == trim(std::slice::from_ref(&shown.cue))
                && trim(&gold.content) == trim(&shown.content)
        };
        let whole = gold
            .iter()
            .filter(|g| shown.iter().any(|s| same(g, s)))
            .count();
        let [g, s, b] = counts[3];
        counts[3] = [g + gold.len(), s + shown.len(), b + whole];
    }
    for (name, [gold, shown, both]) in ["source", "cue", "content", "whole"].iter().zip(counts) {
        let share = |of: usize| both as f64 / of.max(1) as f64;
        let (precision, recall) = (share(shown), share(gold));
        let f1 = 2.0 * both as f64 / (gold + shown).max(1) as f64;
        println!("{name:<8} F1 {f1:.4}  P {precision:.3}  R {recall:.3}");
    }
}

fn trimmed(doc: &Document<'_>, span: Range<usize>) -> Option<Range<usize>> {
    let word = |&t: &usize| doc.tokens[t].kind != TokenKind::Mark;
    let first = span.clone().find(word)?;
    let last = span.rev().find(word)?;
    Some(first..last + 1)
}
